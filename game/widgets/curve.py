"""Interest over time as a picture: conviction below, excitement on top of it, the moves on its edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip

from engine.calendar import span_text
from engine.units import HOUR
from game.widgets.drawn import Drawn

if TYPE_CHECKING:
    from engine.course import CurvePoint

SOLID = " ▁▂▃▄▅▆▇█"
_DOTS = " ⣀⣤⣶⣿"
AXIS = 4
"""Columns of the scale on the left."""


class Curve(Drawn):
    """A stacked area in characters. Solid is conviction, dotted is excitement, together they are interest.

    Every move has the same width, however long it took; a silence is as wide as the logarithm of its length, and its
    length stands below it. Turning points are numbered above, the selected move is marked with a caret.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"curve--conviction", "curve--excitement", "curve--quiet", "curve--mark"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: Sequence[CurvePoint] = ()
        self._marks: Mapping[int, str] = {}
        self._selected: int | None = None

    def show(self, points: Sequence[CurvePoint], marks: Mapping[int, str]) -> None:
        """Show a curve. `marks` are signs by index of a move."""
        self._points = points
        self._marks = marks
        self.draw_anew()

    def select(self, move: int | None) -> None:
        """Put the caret on a move."""
        if move != self._selected:
            self._selected = move
            self.draw_anew()

    # --- drawing ----------------------------------------------------------------------------------------------------

    def draw(self, width: int, height: int) -> list[Strip]:
        rows = height - 3
        if rows < 2 or width < AXIS + 8 or not self._points:
            return []
        columns = width - AXIS - 1
        at = _columns(self._points, columns)
        levels = [_between(self._points, at, column) for column in range(columns)]
        quiet = self._rich("curve--quiet")
        lines = [self._marks_row(at, columns)]
        for row in range(rows):
            floor = (rows - 1 - row) * 100 // rows
            ceiling = (rows - row) * 100 // rows
            segments = [Segment(label(row, rows), quiet)]
            segments.extend(self._cell(level, floor, ceiling) for level in levels)
            lines.append(Strip(segments).simplify().adjust_cell_length(width, self.rich_style))
        lines.append(self._moves_row(at, columns))
        lines.append(self._silence_row(at, columns))
        return [line.adjust_cell_length(width, self.rich_style) for line in lines]

    def _cell(self, level: tuple[int, int], floor: int, ceiling: int) -> Segment:
        """One character: what lasts in eighths of a block, what fades in rows of dots above it."""
        lasting, interest = level
        solid = share(lasting, floor, ceiling - floor, 8)
        dotted = share(interest, floor, ceiling - floor, 4)
        if dotted == 4:  # the edge between the two may run through this cell, which can show only one of them
            solid = 8 if solid > 4 else 0
        if dotted * 2 > solid + 1:
            return Segment(_DOTS[dotted], self._rich("curve--excitement"))
        return Segment(SOLID[solid], self._rich("curve--conviction"))

    def _marks_row(self, at: Sequence[int], columns: int) -> Strip:
        row = [" "] * columns
        for point, column in zip(self._points, at, strict=True):
            if point.move is not None and point.move in self._marks:
                row[min(column, columns - 1)] = self._marks[point.move]
        return Strip([Segment(" " * AXIS, self.rich_style), Segment("".join(row), self._rich("curve--mark"))])

    def _moves_row(self, at: Sequence[int], columns: int) -> Strip:
        row = ["─"] * columns
        for first, last in _silences(self._points):
            row[at[first] : at[last]] = "╌" * (at[last] - at[first])
        selected = None
        for point, column in zip(self._points, at, strict=True):
            if point.move is not None:
                row[min(column, columns - 1)] = "┴"
                if point.move == self._selected:
                    selected = min(column, columns - 1)
        quiet = self._rich("curve--quiet")
        segments = [Segment(" " * AXIS, quiet)]
        if selected is None:
            segments.append(Segment("".join(row), quiet))
        else:
            segments.append(Segment("".join(row[:selected]), quiet))
            segments.append(Segment("▲", self._rich("curve--mark")))
            segments.append(Segment("".join(row[selected + 1 :]), quiet))
        return Strip(segments)

    def _silence_row(self, at: Sequence[int], columns: int) -> Strip:
        row = [" "] * columns
        for first, last in _silences(self._points):
            left, right = at[first], min(at[last], columns - 1)
            minutes = self._points[last].minute - self._points[first].minute
            text = span_text(minutes)
            if minutes >= HOUR and right - left >= len(text) + 2:
                start = left + (right - left - len(text)) // 2
                row[start : start + len(text)] = text
        return Strip([Segment(" " * AXIS, self.rich_style), Segment("".join(row), self._rich("curve--quiet"))])

    def _rich(self, component: str) -> RichStyle:
        return self.get_component_rich_style(component)


def label(row: int, rows: int) -> str:
    """What is written left of a row of a curve that is this many rows high."""
    middle = (rows - 1 - row) * 100 // rows <= 50 < (rows - row) * 100 // rows
    return "100 " if row == 0 else " 50 " if middle else "  0 " if row == rows - 1 else "    "


def share(value: int, floor: int, part: int, steps: int) -> int:
    """How many of a cell's steps a value fills."""
    return max(0, min(steps, ((value - floor) * steps + part // 2) // part))


def _silences(points: Sequence[CurvePoint]) -> Iterator[tuple[int, int]]:
    """The first and the last point of each silence, from the point before it to the move that ended it."""
    first: int | None = None
    for index, point in enumerate(points):
        if not point.silence:
            continue
        if first is None:
            first = index - 1
        if point.move is not None or index == len(points) - 1:
            yield first, index
            first = None


def _weights(points: Sequence[CurvePoint]) -> list[int]:
    """The width of the way from each point to the next, in hundredths of a move."""
    weights = [100 if point.move is not None else 20 for point in points[1:]]
    for first, last in _silences(points):
        minutes = max(1, points[last].minute - points[first].minute)
        width = 200 + 100 * (minutes // HOUR).bit_length()
        for index in range(first, last):
            weights[index] = width * (points[index + 1].minute - points[index].minute) // minutes
    return weights


def _columns(points: Sequence[CurvePoint], columns: int) -> list[int]:
    """Where each point stands, from 0 to `columns` - 1."""
    weights = _weights(points)
    whole = sum(weights) or 1
    at, passed = [0], 0
    for weight in weights:
        passed += weight
        at.append(passed * (columns - 1) // whole)
    return at


def _between(points: Sequence[CurvePoint], at: Sequence[int], column: int) -> tuple[int, int]:
    """What lasts of interest, and all of it, at a column: straight between the points on both sides."""
    after = next((index for index, place in enumerate(at) if place >= column), len(at) - 1)
    right, left = points[after], points[max(0, after - 1)]
    run, passed = at[after] - at[max(0, after - 1)], column - at[max(0, after - 1)]
    if run <= 0:
        return right.interest - right.excitement, right.interest
    lasting = left.interest - left.excitement
    return (
        lasting + (right.interest - right.excitement - lasting) * passed // run,
        left.interest + (right.interest - left.interest) * passed // run,
    )
