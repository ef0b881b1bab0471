"""Charts of a page of HTML, drawn as SVG in the colours of the text around them, for a screen and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, isfinite, log10
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from engine.words import gettext, marked

STYLE: Final = """
figure { margin: 1rem 0; overflow-x: auto; } svg { width: 100%; min-width: 34rem; display: block; }
svg.courses { min-width: 0; }
polyline { fill: none; stroke: currentColor; stroke-width: 2; } line { stroke: currentColor; stroke-width: .5; }
.c1 { stroke-dasharray: 6 4; } .c2 { stroke-dasharray: 2 3; }
svg text { font-size: 12px; fill: currentColor; } svg .name { text-anchor: end; } svg .figure { text-anchor: middle; }
svg .on-dark { fill: Canvas; } svg .key { font-size: 11px; } rect { fill: currentColor; stroke: currentColor; }
rect.s0 { fill-opacity: .9; } rect.s1 { fill-opacity: .65; } rect.s2 { fill-opacity: .35; }
rect.s3 { fill-opacity: .15; } rect.s4 { fill-opacity: 0; }
line.range { stroke-width: 2; } line.step { stroke-opacity: .25; } line.zero { stroke-width: 1; }
line.mark { stroke-width: 1; stroke-dasharray: 4 3; } circle { fill: currentColor; }
@media print { svg { min-width: 0; } rect, circle { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
"""What a page's style has to say of them."""

_SVG: Final = "http://www.w3.org/2000/svg"
_ROW: Final = 26
"""The height of a row of bars."""
_TIGHT: Final = 20
"""... and of intervals."""
_LETTER: Final = 7
"""The room for a letter of a name."""
_WHOLE: Final = 736
"""The width of a drawing, names among it: that of the page's text, so that letters are as large as they are set."""
_LABELLED: Final = 0.07
"""The share from which on a stretch has its figure in it."""
_STEPS: Final = 6
"""Figures below a drawing, at most."""
_END: Final = 24
"""Room beside an axis for half of its last figure."""
_HIGH: Final = 120
"""The height of courses; a column of them is `_WIDE` wide."""
_WIDE: Final = 6
_EDGE: Final = 12
"""Room above and below courses together, for half of the first and of the last figure beside them."""
_BESIDE: Final = 28
"""Room beside courses, for the figures there."""


def bars(figure: Element, rows: Sequence[tuple[str, Sequence[float]]], names: Sequence[str]) -> None:
    """A bar for each row of shares of 0 to 1, from dark to light in their order, with the larger figures in them."""
    left = _room(name for name, _ in rows)
    long = _WHOLE - left
    svg = _svg(figure, _ROW * (len(rows) + 1), ", ".join(names))
    x = float(left)
    for place, name in enumerate(names):
        _stretch(svg, x, 2, 12, place)
        _text(svg, x + 16, 13, name, "key")
        x += long / len(names)
    for row, (name, shares) in enumerate(rows, 1):
        y, x = row * _ROW, float(left)
        _text(svg, left - 8, y + 15, name, "name")
        for place, share in enumerate(shares):
            length = share * long
            if length > 0:
                _stretch(svg, x, y, length, place)
            if share >= _LABELLED:
                _text(svg, x + length / 2, y + 15, f"{100 * share:.0f}", "figure on-dark" if place < 2 else "figure")
            x += length


def intervals(
    figure: Element,
    rows: Sequence[tuple[str, tuple[float, float, float]]],
    unit: str,
    mark: tuple[float, str] | None = None,
) -> None:
    """A dot for each row's value with a line from low to high, over an axis that has 0 in it, and a broken line at a
    figure that has a name."""
    ends = [0.0, *(end for _, row in rows for end in row if isfinite(end))]
    if mark:
        ends.append(mark[0])
    step = _step(max(ends) - min(ends))
    low, high = step * floor(min(ends) / step), step * -floor(-max(ends) / step)
    left = _room(name for name, _ in rows)
    foot = _TIGHT * len(rows) + (_TIGHT if mark else 0)
    svg = _svg(figure, foot + 36, unit)

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (_WHOLE - left - _END)

    for number in range(round((high - low) / step) + 1):
        value = low + number * step
        _line(svg, (x(value), 0), (x(value), foot + 4), "zero" if abs(value) < step / 2 else "step")
        _text(svg, x(value), foot + 18, _number(value, step), "figure")
    _text(svg, _WHOLE, foot + 33, unit, "name key")
    if mark:
        _line(svg, (x(mark[0]), 0), (x(mark[0]), foot + 4), "mark")
        right = x(mark[0]) < (left + _WHOLE) / 2
        _text(svg, x(mark[0]) + (6 if right else -6), foot - 6, mark[1], "key" if right else "name key")
    for number, (name, (value, lowest, highest)) in enumerate(rows):
        y = number * _TIGHT + _TIGHT / 2
        _text(svg, left - 8, y + 4, name, "name")
        if isfinite(lowest) and isfinite(highest):
            _line(svg, (x(lowest), y), (x(highest), y), "range")
        SubElement(svg, "circle", {"cx": f"{x(value):.1f}", "cy": f"{y:.1f}", "r": "4"})


def _step(span: float) -> float:
    """The round figure by which an axis of this length is divided."""
    rough = span / _STEPS if span else 1.0
    size = float(10.0 ** floor(log10(rough)))
    return min(size * by for by in (1.0, 2.0, 5.0, 10.0) if size * by >= rough * (1 - 1e-9))


def _number(value: float, step: float) -> str:
    decimals = max(0, -floor(log10(step)))
    return f"{value:,.{decimals}f}".replace("-", "−") if abs(value) >= step / 2 else "0"


def courses(figure: Element, rows: Sequence[tuple[str, Sequence[int | None]]]) -> None:
    """The courses as lines, the first one whole and the others broken, with their names below."""
    width = _WIDE * max(len(course) for _, course in rows)
    svg = _svg(figure, _HIGH + _EDGE, ", ".join(name for name, _ in rows), width + _BESIDE)
    svg.set("class", "courses")  # legible on a telephone, too: it need not be scrolled
    foot = _EDGE // 2 + _HIGH
    for level in (0, 50, 100):
        y = foot - _HIGH * level // 100
        _line(svg, (0, y), (width, y))
        _text(svg, width + 4, y + 4, str(level), "key")
    for number, (_, course) in enumerate(rows):
        points = " ".join(
            f"{_WIDE * at},{foot - _HIGH * value // 100}" for at, value in enumerate(course) if value is not None
        )
        SubElement(svg, "polyline", {"points": points, "class": f"c{number}"})
    lines = marked("whole line: {name}"), marked("broken line: {name}"), marked("dotted line: {name}")
    told = [gettext(lines[min(number, 2)]).format(name=name) for number, (name, _) in enumerate(rows)]
    SubElement(figure, "figcaption").text = "; ".join(told) if len(told) > 1 else rows[0][0]


# --- pieces ----------------------------------------------------------------------------------------------------------


def _room(names: Iterator[str]) -> int:
    """The room for the longest of some names."""
    return 16 + _LETTER * max(map(len, names))


def _svg(figure: Element, high: float, title: str, wide: int = _WHOLE) -> Element:
    svg = SubElement(figure, "svg", viewBox=f"0 0 {wide} {high:.0f}", role="img", xmlns=_SVG)
    SubElement(svg, "title").text = title
    return svg


def _text(svg: Element, x: float, y: float, text: str, kind: str) -> None:
    SubElement(svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "class": kind}).text = text


def _line(svg: Element, start: tuple[float, float], end: tuple[float, float], kind: str = "") -> None:
    at = dict(zip(("x1", "y1", "x2", "y2"), (f"{each:.1f}" for each in (*start, *end)), strict=True))
    SubElement(svg, "line", {**at, "class": kind} if kind else at)


def _stretch(svg: Element, x: float, y: int, length: float, place: int) -> None:
    size = {"x": f"{x:.1f}", "y": str(y), "width": f"{length:.1f}", "height": "12" if y == 2 else str(_ROW - 6)}
    SubElement(svg, "rect", {**size, "class": f"s{place}"})
