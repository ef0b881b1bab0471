"""A scenario's graph as text, as Mermaid, and as a picture. What is never reached is marked in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from engine.authoring.graph import BETWEEN, Arrow, Box, End, Graph, Row, never
from game.visible import visible
from game.wording import count
from game.wrapping import cells, wrapped

NEVER: Final = "never reached"
_ENDS: Final = {"order": "an order", "no": "a no", "date": "a date", "nothing": "nothing agreed"}


def _name(box: Box) -> str:
    return "between conversations" if box.id == BETWEEN else box.id


def _played(graph: Graph) -> str:
    return f"played {count(graph.plays, 'time')}, seed {graph.seed}" if graph.plays else "not played"


def _reached(plays: int | None, graph: Graph) -> str:
    """In how many plays something came up: `never reached`, `in 40% of plays`; nothing where nothing was played."""
    if plays is None:
        return ""
    return NEVER if never(plays) else f"in {max(1, 100 * plays // graph.plays)}% of plays"


def unreached(graph: Graph) -> list[str]:
    """What was looked for and never came up: stages, lines and endings."""
    return [
        *(f"stage {box.id}" for box in graph.boxes if never(box.plays)),
        *(f"line {row.id}" for box in graph.boxes for row in box.rows if never(row.plays)),
        *(f"ending {end.id}" for end in graph.ends if never(end.plays)),
    ]


# --- text ------------------------------------------------------------------------------------------------------------


def as_text(title: str, graphs: Sequence[Graph], columns: int) -> Iterator[str]:
    """Yield lines of plain text."""
    yield from wrapped(f"{visible(title)} ({_played(graphs[0])})", columns)
    for graph in graphs:
        if len(graphs) > 1:
            yield ""
            yield visible(graph.name).upper()
        for box in graph.boxes:
            yield ""
            reached = _reached(box.plays, graph)
            yield f"[{_name(box)}]{f'  {reached}' if reached else ''}"
            for row in box.rows:
                yield from wrapped(
                    _row_text(row), columns, first="  " + ("! " if never(row.plays) else "  "), rest="      "
                )
            for arrow in graph.arrows:
                if arrow.start == box.id:
                    end = "between conversations" if arrow.end == BETWEEN else arrow.end
                    yield from wrapped(f"-> {end}: {arrow.label}", columns, first="  ", rest="     ")
        yield ""
        yield "[endings]"
        for ending in graph.ends:
            text = f"{ending.id}: {_reached(ending.plays, graph)}" if ending.plays is not None else ending.id
            yield from wrapped(text, columns, first="  " + ("! " if never(ending.plays) else "  "), rest="      ")


def _row_text(row: Row) -> str:
    facts = [row.kind, *([f"until {row.last}"] if row.last else []), *([f"when {row.when}"] if row.when else [])]
    facts += [f"may end in {' or '.join(_ENDS[end] for end in row.ends)}"] if row.ends else []
    facts += [NEVER] if never(row.plays) else []
    return f"{row.id} ({'; '.join(facts)}): {visible(row.say)}"


# --- Mermaid ---------------------------------------------------------------------------------------------------------


def as_mermaid(title: str, graphs: Sequence[Graph]) -> Iterator[str]:
    """Yield lines of Mermaid, which wikis and code hosts draw."""
    yield "---"
    yield f"title: {_quoted(f'{title} ({_played(graphs[0])})')}"
    yield "---"
    yield "flowchart TB"
    yield "  classDef never stroke:#c00,stroke-width:2px,stroke-dasharray:6 4"
    for number, graph in enumerate(graphs):
        of = f"p{number}"
        names = {box.id: f"{of}s{place}" for place, box in enumerate(graph.boxes)}
        marked: list[str] = []
        for box in graph.boxes:
            own = f"{graph.name}: {_name(box)}" if len(graphs) > 1 else _name(box)
            yield f"  subgraph {names[box.id]}[{_quoted(f'{own} ({NEVER})' if never(box.plays) else own)}]"
            for place, row in enumerate(box.rows):
                node = f"{names[box.id]}l{place}"
                yield f"    {node}[{_quoted(f'{row.id}: {_short(row.say)}')}]"
                marked += [node] if never(row.plays) else []
            if not box.rows:
                yield f"    {names[box.id]}none[{_quoted('no line begins here')}]"
            yield "  end"
            marked += [names[box.id]] if never(box.plays) else []
        for arrow in graph.arrows:
            line = "-->" if arrow.straight else "-.->"
            yield f"  {names[arrow.start]} {line}|{_quoted(_short(arrow.label))}| {names[arrow.end]}"
        for place, end in enumerate(graph.ends):
            yield f"  {of}e{place}([{_quoted(f'{end.id} ({NEVER})' if never(end.plays) else end.id)}])"
            marked += [f"{of}e{place}"] if never(end.plays) else []
        for box in graph.boxes:
            for place, row in enumerate(box.rows):
                for kind in row.ends:
                    yield from (f"  {names[box.id]}l{place} --> {of}e{at}" for at in _where(graph.ends, kind))
        if marked:
            yield f"  class {','.join(marked)} never"


def _where(ends: Sequence[End], kind: str) -> Iterator[int]:
    """The places of the endings to which a line leads by itself; a date and nothing agreed lead on."""
    wanted = {"order": ("order-first-visit", "order-later"), "no": ("no-sale",)}.get(kind, ())
    yield from (place for place, end in enumerate(ends) if end.id in wanted)


def _quoted(text: str) -> str:
    """Text as Mermaid takes it, with nothing in it that it would read as its own."""
    safe = "".join(f"#{ord(char)};" if char in '"#<>&`;|\\{}[]()' else char for char in visible(text))
    return f'"{safe}"'


def _short(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: max(most, 4) - 2].rsplit(' ', 1)[0]} …"


# --- a picture -------------------------------------------------------------------------------------------------------

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
    """A picture: the stages below each other, as a conversation goes through them."""
    picture = Element("svg", xmlns="http://www.w3.org/2000/svg", role="img")
    SubElement(picture, "title").text = title
    SubElement(picture, "style").text = _STYLE
    marks = SubElement(SubElement(picture, "defs"), "marker", id="tip", viewBox="0 0 8 8", refX="7", refY="4")
    marks.attrib |= {"markerWidth": "8", "markerHeight": "8", "orient": "auto-start-reverse"}
    SubElement(marks, "path", d="M0 0 L8 4 L0 8", style="fill:none")
    y = 28
    _text(picture, 16, y, f"{_short(title, 70)} ({_played(graphs[0])})", "head")
    for graph in graphs:
        if len(graphs) > 1:
            y += 34
            _text(picture, _LEFT, y, graph.name, "head")
        y = _drawn(picture, graph, y + 20)
    width = _LEFT + _WIDE + 24
    picture.attrib |= {"viewBox": f"0 0 {width} {y + 16}", "width": str(width), "height": str(y + 16)}
    return f"{tostring(picture, encoding='unicode')}\n"


def _drawn(picture: Element, graph: Graph, y: int) -> int:
    """Draw a graph below `y`, and return where it ends."""
    tops: dict[str, int] = {}
    feet: dict[str, int] = {}
    for box in graph.boxes:
        tops[box.id] = y
        y = _box(picture, graph, box, y)
        feet[box.id] = y
        y += _GAP
    labels: dict[tuple[str, str], list[str]] = {}
    for arrow in graph.arrows:
        if arrow.straight:
            _straight(picture, arrow, feet[arrow.start], tops[arrow.end])
        else:
            labels.setdefault((arrow.start, arrow.end), []).append(arrow.label)
    for number, ((start, end), told) in enumerate(labels.items()):
        _jump(picture, tops[start] + 14 + 5 * (number % 5), tops[end] + 8 + 4 * (number % 5), number, ", ".join(told))
    return _endings(picture, graph, y - _GAP + 24)


def _box(picture: Element, graph: Graph, box: Box, y: int) -> int:
    height = _HEAD + _ROW * max(1, len(box.rows)) + 6
    lost = never(box.plays)
    SubElement(
        picture, "rect", {"x": str(_LEFT), "y": str(y), "width": str(_WIDE), "height": str(height), "rx": "6"}
    ).attrib |= {"class": "never"} if lost else {}
    _text(picture, _LEFT + 10, y + 18, _name(box), "head never" if lost else "head")
    _text(
        picture, _LEFT + _WIDE - 10, y + 18, _reached(box.plays, graph), "small never" if lost else "small faint", "end"
    )
    at = y + _HEAD + 13
    if not box.rows:
        _text(picture, _LEFT + 10, at, "no line begins here", "small faint")
    for row in box.rows:
        tags = [f"→ {_ENDS[end]}" for end in row.ends] + ([f"until {row.last}"] if row.last else [])
        tags = [NEVER] if never(row.plays) else tags
        tag = "; ".join(tags)
        room = int((_WIDE - 30 - _LETTER * cells(tag)) / _LETTER)
        _text(picture, _LEFT + 10, at, _short(f"{row.id}: {row.say}", room), "never" if never(row.plays) else "")
        _text(picture, _LEFT + _WIDE - 10, at, tag, "small never" if never(row.plays) else "small faint", "end")
        at += _ROW
    return y + height


def _straight(picture: Element, arrow: Arrow, begins: int, ends: int) -> None:
    x = _LEFT + 40
    SubElement(picture, "path", {"d": f"M{x} {begins} L{x} {ends - 1}", "marker-end": "url(#tip)"})
    _text(picture, x + 10, begins + _GAP // 2 + 4, _short(arrow.label, 84), "small faint")


def _jump(picture: Element, begins: int, ends: int, number: int, label: str) -> None:
    x = _LEFT - 24 - 14 * (number % 5)
    way = f"M{_LEFT} {begins} L{x} {begins} L{x} {ends} L{_LEFT - 1} {ends}"
    SubElement(picture, "path", {"d": way, "class": "jump", "marker-end": "url(#tip)"})
    middle = (begins + ends) // 2 + 14 * (number % 3)
    _text(picture, x - 5, middle, _short(label, int((x - 12) / _LETTER)), "small faint", "end")


def _endings(picture: Element, graph: Graph, y: int) -> int:
    """Draw the endings in two columns, and return where they end."""
    _text(picture, _LEFT, y, "How it can end", "head")
    wide = (_WIDE - 12) // 2
    for number, end in enumerate(graph.ends):
        x, top = _LEFT + number % 2 * (wide + 12), y + 12 + number // 2 * 32
        lost = never(end.plays)
        rect = SubElement(picture, "rect", {"x": str(x), "y": str(top), "width": str(wide), "height": "26", "rx": "13"})
        rect.attrib |= {"class": "never"} if lost else {}
        _text(picture, x + 14, top + 17, end.id, "never" if lost else "")
        _text(
            picture,
            x + wide - 14,
            top + 17,
            _reached(end.plays, graph),
            "small never" if lost else "small faint",
            "end",
        )
    return y + 12 + -(-len(graph.ends) // 2) * 32


def _text(picture: Element, x: int, y: int, text: str, style: str = "", anchor: str = "start") -> None:
    if text:
        node = SubElement(picture, "text", {"x": str(x), "y": str(y), "class": style, "text-anchor": anchor})
        node.text = visible(text)
