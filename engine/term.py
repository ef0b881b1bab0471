"""A line of the scorecard, with its formula and its cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["money", "percent"]


@dataclass(frozen=True, slots=True)
class Term:
    """One printed line of the scorecard."""

    name: str
    value: int
    unit: Unit
    """`money` is in minor units; `percent` in whole percent."""
    formula: str
    """How the value was worked out, with the numbers in it."""
    cause: str
    """What happened in this run to make it so."""
    treatment: bool = False
    """Whether it says how the buyer was treated."""
