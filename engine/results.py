"""How a sale has ended, once all of it is known: as its player saw it, or with an order that did not last."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine import world as at
from engine.scenario.vocabulary import RESULTS
from engine.words import marked
from engine.world import Prospect

CANCELLED: Final = "cancelled"
ENDINGS: Final[Mapping[str, str]] = MappingProxyType({**RESULTS, CANCELLED: marked("order, cancelled afterwards")})
"""Every result of a run that is over, with the words a player reads, to be looked up where they are shown."""
_RESULTS: Final = tuple(RESULTS)


def ending(p: Prospect) -> str | None:
    """One of `ENDINGS`; None for a sale that is not over."""
    if not p[at.RESULT]:
        return None
    return CANCELLED if p[at.CANCELLED] else _RESULTS[p[at.RESULT] - 1]
