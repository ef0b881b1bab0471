"""A graph as a picture: SVG, with the stages below each other, as a conversation goes through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from engine.authoring.graph import Arrow, Box, Graph, never
from engine.authoring.plain_words import shortened
from game.report.graph.words import ENDS, NEVER, how_often, name_of, played
from game.text.wrapping import cells
from game.words.visible import visible

_STYLE: Final = """
svg { background: #fff; color: #222; font: 13px system-ui, sans-serif; }
text { fill: currentColor; } .faint { fill: #666; } .small { font-size: 11px; } .head { font-weight: 600; }
rect, path { fill: none; stroke: currentColor; stroke-width: 1; } .jump { stroke-dasharray: 5 4; }
.never { stroke: #c00; stroke-width: 1.5; stroke-dasharray: 6 4; } text.never { fill: #c00; stroke: none; }
@media (prefers-color-scheme: dark) {
  svg { background: #1b1b1b; color: #ddd; } .faint { fill: #aaa; }
  .never { stroke: #ff7b72; } text.never { fill: #ff7b72; }
}
"""
_WIDE: Final = 640
"""The width of a stage's box."""
_LEFT: Final = 190
"""Room beside the boxes for the ways that jump."""
_ROW: Final = 19
_HEAD: Final = 26
_GAP: Final = 40
_LETTER: Final = 6.6
"""About how wide a letter is."""


def as_svg(title: str, graphs: Sequence[Graph]) -> str:
    """A picture of a scenario's graphs."""
    picture = _Picture(title)
    y = 28
    picture.write(16, y, f"{shortened(title, 70)} ({played(graphs[0])})", "head")
    for graph in graphs:
        if len(graphs) > 1:
            y += 34
            picture.write(_LEFT, y, graph.name, "head")
        y = picture.draw(graph, y + 20)
    return picture.cut_at(y + 16)


class _Picture:
    """A picture that grows downwards."""

    def __init__(self, title: str) -> None:
        self._svg = Element("svg", xmlns="http://www.w3.org/2000/svg", role="img")
        SubElement(self._svg, "title").text = title
        SubElement(self._svg, "style").text = _STYLE
        marks = SubElement(SubElement(self._svg, "defs"), "marker", id="tip", viewBox="0 0 8 8", refX="7", refY="4")
        marks.attrib |= {"markerWidth": "8", "markerHeight": "8", "orient": "auto-start-reverse"}
        SubElement(marks, "path", d="M0 0 L8 4 L0 8", style="fill:none")

    def cut_at(self, height: int) -> str:
        """The whole of it, as text."""
        width = _LEFT + _WIDE + 24
        self._svg.attrib |= {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
        return f"{tostring(self._svg, encoding='unicode')}\n"

    def write(self, x: int, y: int, text: str, style: str = "", anchor: str = "start") -> None:
        """Write a text where its line begins or, with `anchor`, ends."""
        if text:
            node = SubElement(self._svg, "text", {"x": str(x), "y": str(y), "class": style, "text-anchor": anchor})
            node.text = visible(text)

    def draw(self, graph: Graph, y: int) -> int:
        """Draw a graph below `y`, and return where it ends."""
        tops: dict[str, int] = {}
        feet: dict[str, int] = {}
        for box in graph.boxes:
            tops[box.id] = y
            y = self._box(graph, box, y)
            feet[box.id] = y
            y += _GAP
        labels: dict[tuple[str, str], list[str]] = {}
        for arrow in graph.arrows:
            if arrow.straight:
                self._straight(arrow, feet[arrow.start], tops[arrow.end])
            else:
                labels.setdefault((arrow.start, arrow.end), []).append(arrow.label)
        for number, ((start, end), told) in enumerate(labels.items()):
            self._jump(tops[start] + 14 + 5 * (number % 5), tops[end] + 8 + 4 * (number % 5), number, ", ".join(told))
        return self._endings(graph, y - _GAP + 24)

    def _box(self, graph: Graph, box: Box, y: int) -> int:
        height = _HEAD + _ROW * max(1, len(box.rows)) + 6
        lost, right = never(box.plays), _LEFT + _WIDE - 10
        self._frame({"x": _LEFT, "y": y, "width": _WIDE, "height": height, "rx": 6}, lost)
        self.write(_LEFT + 10, y + 18, name_of(box), "head never" if lost else "head")
        self.write(right, y + 18, how_often(box.plays, graph), "small never" if lost else "small faint", "end")
        at = y + _HEAD + 13
        if not box.rows:
            self.write(_LEFT + 10, at, "no line begins here", "small faint")
        for row in box.rows:
            tags = [f"→ {ENDS[end]}" for end in row.ends] + ([f"until {row.last}"] if row.last else [])
            tags = [NEVER] if never(row.plays) else tags
            tag = "; ".join(tags)
            room = int((_WIDE - 30 - _LETTER * cells(tag)) / _LETTER)
            said = shortened(f"{row.id}: {row.say}", room)
            self.write(_LEFT + 10, at, said, "never" if never(row.plays) else "")
            self.write(right, at, tag, "small never" if never(row.plays) else "small faint", "end")
            at += _ROW
        return y + height

    def _frame(self, sides: dict[str, int], lost: bool) -> None:
        node = SubElement(self._svg, "rect", {name: str(value) for name, value in sides.items()})
        node.attrib |= {"class": "never"} if lost else {}

    def _straight(self, arrow: Arrow, begins: int, ends: int) -> None:
        x = _LEFT + 40
        SubElement(self._svg, "path", {"d": f"M{x} {begins} L{x} {ends - 1}", "marker-end": "url(#tip)"})
        self.write(x + 10, begins + _GAP // 2 + 4, shortened(arrow.label, 84), "small faint")

    def _jump(self, begins: int, ends: int, number: int, label: str) -> None:
        x = _LEFT - 24 - 14 * (number % 5)
        way = f"M{_LEFT} {begins} L{x} {begins} L{x} {ends} L{_LEFT - 1} {ends}"
        SubElement(self._svg, "path", {"d": way, "class": "jump", "marker-end": "url(#tip)"})
        middle = (begins + ends) // 2 + 14 * (number % 3)
        self.write(x - 5, middle, shortened(label, int((x - 12) / _LETTER)), "small faint", "end")

    def _endings(self, graph: Graph, y: int) -> int:
        """Draw the endings in two columns, and return where they end."""
        self.write(_LEFT, y, "How it can end", "head")
        wide = (_WIDE - 12) // 2
        for number, end in enumerate(graph.ends):
            x, top = _LEFT + number % 2 * (wide + 12), y + 12 + number // 2 * 32
            lost = never(end.plays)
            self._frame({"x": x, "y": top, "width": wide, "height": 26, "rx": 13}, lost)
            self.write(x + 14, top + 17, end.id, "never" if lost else "")
            often = how_often(end.plays, graph)
            self.write(x + wide - 14, top + 17, often, "small never" if lost else "small faint", "end")
        return y + 12 + -(-len(graph.ends) // 2) * 32
