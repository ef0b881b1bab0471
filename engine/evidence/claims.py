"""What the five schools say, as experiments: 22 claims, each with its figures, and a verdict that follows from them.

A verdict is a rule over the figures' 95% intervals, written beside the experiment, so that other constants or other
scenarios can turn it. It says what this model does, and no more than that about the world.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.evidence.tallies import Tallies, known
from engine.evidence.trials import Trial
from engine.intervals import Mean

Verdict = Literal["reproduced", "not reproduced", "depends on"]


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
class Judgement:
    """What an experiment says about a claim."""

    verdict: Verdict
    why: str
    """On what it depends, or which figures decided it; one sentence with the numbers."""
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a school says, and how it is tried."""

    id: str
    school: str
    """Of `vocabulary.SCHOOLS`."""
    says: str
    tested: str
    trials: Mapping[str, Trial]
    judge: Callable[[Tallies], Judgement]


# --- rules from figures to verdicts ----------------------------------------------------------------------------------


def sign(figure: Mean, above: float = 0) -> int:
    """1 for a figure over `above` with its whole interval, -1 for one below, 0 where the interval holds it."""
    if not known(figure):
        return 0
    return 1 if figure.low > above else -1 if figure.high < above else 0


def along(what: str, places: Sequence[tuple[str, Figure]], above: float = 0, wanted: int = 1) -> Judgement:
    """Reproduced when every place has a figure over `above`, not reproduced when none has, else it depends on `what`.

    With `wanted` of -1 the figures have to be below it.
    `places` are in order; the sentence names where the sign turns.
    """
    signs = [wanted * sign(figure.mean, above) for _, figure in places]
    figures = tuple(figure for _, figure in places)
    if all(one > 0 for one in signs):
        return Judgement("reproduced", f"wherever it was tried: {_placed(places)}", figures)
    if not any(one > 0 for one in signs):
        return Judgement("not reproduced", f"nowhere it was tried: {_placed(places)}", figures)
    parts = []
    for wanted, words in ((1, "holds at"), (0, "not apart at"), (-1, "the other way round at")):
        here = [place for place, one in zip(places, signs, strict=True) if one == wanted]
        if here:
            parts.append(f"{words} {_placed(here)}")
    return Judgement("depends on", f"{what}: {'; '.join(parts)}", figures)


def within_all(what: str, places: Sequence[tuple[str, Figure]], low: float, high: float) -> Judgement:
    """Reproduced when every figure lies between `low` and `high`, not reproduced when none does, else it depends."""
    figures = tuple(figure for _, figure in places)
    inside = [place for place in places if known(place[1].mean) and low <= place[1].mean.value <= high]
    outside = [place for place in places if place not in inside]
    if not outside:
        return Judgement("reproduced", f"within {low:g} to {high:g}: {_placed(inside)}", figures)
    if not inside:
        return Judgement("not reproduced", f"outside {low:g} to {high:g}: {_placed(outside)}", figures)
    return Judgement("depends on", f"{what}: inside at {_placed(inside)}; outside at {_placed(outside)}", figures)


def _placed(places: Sequence[tuple[str, Figure]]) -> str:
    return ", ".join(f"{place} ({figure.text()})" for place, figure in places)
