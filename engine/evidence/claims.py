"""What the five schools say, as experiments: each claim as the effects that have to be there for it to hold.

It says what this model does, and no more than that about the world. What follows from the effects is in `verdicts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from engine.evidence.tallies import Quantity, known
from engine.evidence.trials import Trial
from engine.intervals import Mean


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number, as a page prints it."""

    what: str
    mean: Mean
    unit: str = ""
    digits: int = 1
    """Decimal places that are printed."""

    def text(self) -> str:
        """The number with half the width of its interval, if it has one: `7.1 +/- 0.8%`."""
        if not known(self.mean):
            return "too few runs"
        unit = self.unit if not self.unit or self.unit == "%" else f" {self.unit}"
        spread = f" +/- {self.mean.half:,.{self.digits}f}" if self.mean.error else ""
        return f"{self.mean.value:,.{self.digits}f}{spread}{unit}"


@dataclass(frozen=True, slots=True)
class Matters:
    """From where to where an effect is what the claim says, ends included."""

    low: float = -inf
    high: float = inf
    because: str = ""
    """Why no smaller effect would do: a reason or a source."""

    def holds(self, value: float) -> bool:
        """Whether an effect of this size is what the claim says."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect that a claim says there is, at every place where it is tried."""

    what: str
    places: Mapping[str, Quantity]
    matters: Matters
    unit: str = ""
    digits: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that is printed with a claim and decides nothing."""

    what: str
    quantity: Quantity
    unit: str = ""
    digits: int = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a school says, and how it is tried."""

    id: str
    school: str
    """Of `vocabulary.SCHOOLS`."""
    says: str
    tested: str
    trials: Mapping[str, Trial]
    effects: tuple[Effect, ...]
    """All of them have to be there."""
    shown: tuple[Shown, ...] = ()


# --- the smallest effects that matter, where several claims have the same --------------------------------------------

POINTS = Matters(
    1.5, because="a date alone added 1.5 points in a field trial, and that could be chance (plan.date_only)"
)
"""Of orders, in points of a hundred buyers."""

IN_TWENTY = Matters(
    5, because="one order in twenty is what training in closing changed, and firms pay for that (rackham.close_low)"
)
"""Of orders, in percent of them."""

CLOSES = Matters(4, because="training in closing added 4 points (rackham.close_low)")
"""Of closes, in points of a hundred buyers."""

INCOME = Matters(5, because="par itself may be off by a twentieth, so nobody could read less from a score")
"""Of money, in percent of what the scenario's own school earns."""

SMALL_R = Matters(0.1, because="the smallest correlation, or difference of two, that is called an effect (Cohen 1988)")

METER = Matters(1, because="meters are read in whole points")
"""Of trust and pressure, in points of their meters."""
