"""What a graph says, however it is drawn."""

from __future__ import annotations

from typing import Final

from engine.authoring.graph import BETWEEN, Box, Graph, never
from game.words.wording import count

NEVER: Final = "never reached"
ENDS: Final = {"order": "an order", "no": "a no", "date": "a date", "nothing": "nothing agreed"}


def name_of(box: Box) -> str:
    """What a box is called: the id of its stage."""
    return "between conversations" if box.id == BETWEEN else box.id


def played(graph: Graph) -> str:
    """How often a scenario was played for its graph."""
    return f"played {count(graph.plays, 'time')}, seed {graph.seed}" if graph.plays else "not played"


def how_often(plays: int | None, graph: Graph) -> str:
    """In how many plays something came up: `never reached`, `in 40% of plays`; nothing where nothing was played."""
    if plays is None:
        return ""
    return NEVER if never(plays) else f"in {max(1, 100 * plays // graph.plays)}% of plays"
