"""How a sale has ended, once all of it is known: as its player saw it, or with an order that did not last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from engine import world as at
from engine.scenario.vocabulary import RESULTS
from engine.words import marked

CANCELLED: Final = "cancelled"
ENDINGS: Final[Mapping[str, str]] = MappingProxyType({**RESULTS, CANCELLED: marked("order, cancelled afterwards")})
"""Every result of a run that is over, with the words a player reads, to be looked up where they are shown."""
_RESULTS: Final = tuple(RESULTS)


def result(p: Sequence[int]) -> str | None:
    """One of `vocabulary.RESULTS`, as its player saw it; None for a sale that is not over."""
    return _RESULTS[p[at.RESULT] - 1] if p[at.RESULT] else None


def ending(p: Sequence[int]) -> str | None:
    """One of `ENDINGS`; None for a sale that is not over."""
    return CANCELLED if p[at.CANCELLED] else result(p)
