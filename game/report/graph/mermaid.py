"""A graph as Mermaid, which wikis and code hosts draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.authoring.graph import End, Graph, never
from engine.authoring.plain_words import shortened
from game.report.graph.words import NEVER, name_of, played
from game.words.visible import visible

_LONGEST: Final = 60
"""Characters of a text in a node or beside an arrow, at most."""


def as_mermaid(title: str, graphs: Sequence[Graph]) -> Iterator[str]:
    """Yield lines of Mermaid, which wikis and code hosts draw."""
    yield "---"
    yield f"title: {_quoted(f'{title} ({played(graphs[0])})')}"
    yield "---"
    yield "flowchart TB"
    yield "  classDef never stroke:#c00,stroke-width:2px,stroke-dasharray:6 4"
    for number, graph in enumerate(graphs):
        of = f"p{number}"
        names = {box.id: f"{of}s{place}" for place, box in enumerate(graph.boxes)}
        marked: list[str] = []
        for box in graph.boxes:
            own = f"{graph.name}: {name_of(box)}" if len(graphs) > 1 else name_of(box)
            yield f"  subgraph {names[box.id]}[{_quoted(f'{own} ({NEVER})' if never(box.plays) else own)}]"
            for place, row in enumerate(box.rows):
                node = f"{names[box.id]}l{place}"
                yield f"    {node}[{_quoted(f'{row.id}: {shortened(row.say, _LONGEST)}')}]"
                marked += [node] if never(row.plays) else []
            if not box.rows:
                yield f"    {names[box.id]}none[{_quoted('no line begins here')}]"
            yield "  end"
            marked += [names[box.id]] if never(box.plays) else []
        for arrow in graph.arrows:
            line = "-->" if arrow.straight else "-.->"
            yield f"  {names[arrow.start]} {line}|{_quoted(shortened(arrow.label, _LONGEST))}| {names[arrow.end]}"
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
