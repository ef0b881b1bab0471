"""A graph as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.authoring.graph import BETWEEN, Graph, Row, never
from game.report.graph.words import ENDS, NEVER, how_often, name_of, played
from game.text.wrapping import wrapped
from game.words.visible import visible


def as_text(title: str, graphs: Sequence[Graph], columns: int) -> Iterator[str]:
    """Yield lines of plain text."""
    yield from wrapped(f"{visible(title)} ({played(graphs[0])})", columns)
    for graph in graphs:
        if len(graphs) > 1:
            yield ""
            yield visible(graph.name).upper()
        for box in graph.boxes:
            yield ""
            reached = how_often(box.plays, graph)
            yield f"[{name_of(box)}]{f'  {reached}' if reached else ''}"
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
            text = f"{ending.id}: {how_often(ending.plays, graph)}" if ending.plays is not None else ending.id
            yield from wrapped(text, columns, first="  " + ("! " if never(ending.plays) else "  "), rest="      ")


def _row_text(row: Row) -> str:
    facts = [row.kind, *([f"until {row.last}"] if row.last else []), *([f"when {row.when}"] if row.when else [])]
    facts += [f"may end in {' or '.join(ENDS[end] for end in row.ends)}"] if row.ends else []
    facts += [NEVER] if never(row.plays) else []
    return f"{row.id} ({'; '.join(facts)}): {visible(row.say)}"
