"""What follows from the effects of claims, and how sure it is: the one place where verdicts are made.

An effect is pooled over the places where it was tried, each counting the same. All places have the same seeds, and the
error is the jackknife's over them (`tallies`), so the pooling is paired: what places share is in it once. The pooled
effect is tested against the smallest one that matters, in both directions. The places are tested too: they differ where
some have the effect and others do not, each by a test of its own, corrected for the number of places.

All tests of all claims that are judged together are one family, corrected by Holm's method.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

from engine.evidence.certainty import ALPHA, beyond, holm, tail
from engine.evidence.claims import Claim, Effect, Figure, Matters
from engine.evidence.tallies import Tallies, average, known
from engine.evidence.trials import BLOCKS
from engine.intervals import Mean

Verdict = Literal["reproduced", "not reproduced", "depends", "undecided"]
VERDICTS: Final[tuple[Verdict, ...]] = ("reproduced", "not reproduced", "depends", "undecided")

FREEDOM: Final = BLOCKS - 1
"""Degrees of freedom of an error."""

SURE: Final = 100
"""Runs in which something has to have come out the same every time before it is taken to be so."""


@dataclass(frozen=True, slots=True)
class Place:
    """An effect at one place."""

    name: str
    figure: Figure
    holds: bool | None
    """Whether it is what the claim says; None where its own interval, widened for the number of places, leaves it open.
    """


@dataclass(frozen=True, slots=True)
class Found:
    """An effect as it came out."""

    effect: Effect
    pooled: Figure
    places: tuple[Place, ...]
    chance: float
    """Of so clear a result by luck, corrected for all tests of the family."""
    verdict: Verdict
    needed: float
    """Times the runs that would about decide it; 1 for what is decided, infinite where no number would."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an experiment says about a claim."""

    claim: Claim
    found: tuple[Found, ...]
    shown: tuple[Figure, ...]
    runs: int

    @property
    def verdict(self) -> Verdict:
        """A claim needs all of its effects: it fails with one, and otherwise is as open as the most open of them."""
        verdicts = {one.verdict for one in self.found}
        order: tuple[Verdict, ...] = ("not reproduced", "depends", "undecided", "reproduced")
        return next(verdict for verdict in order if verdict in verdicts)

    @property
    def needed(self) -> float:
        """Times the runs that would about decide it."""
        return max(one.needed for one in self.found)


def judged(claims: Iterable[tuple[Claim, Tallies]]) -> tuple[Judgement, ...]:
    """Judge claims together, corrected for how many tests that takes."""
    every = [(claim, tallies, [_Tried(effect, tallies) for effect in claim.effects]) for claim, tallies in claims]
    tests = [chance for _, _, tried in every for one in tried for chance in one.chances]
    corrected = iter(holm(tests))
    return tuple(
        Judgement(
            claim,
            tuple(one.found([next(corrected) for _ in one.chances], len(tests)) for one in tried),
            tuple(Figure(s.what, tallies.figure(s.quantity), s.unit, s.digits) for s in claim.shown),
            tallies.runs,
        )
        for claim, tallies, tried in every
    )


class _Tried:
    """An effect with its tests: of the pooled effect, and of whether places differ where there are several."""

    def __init__(self, effect: Effect, tallies: Tallies) -> None:
        def figure(mean: Mean) -> Figure:
            return Figure(effect.what, mean, effect.unit, effect.digits)

        self._effect = effect
        means = {name: _measured(tallies.figure(quantity), tallies) for name, quantity in effect.places.items()}
        usable = [effect.places[name] for name, mean in means.items() if known(mean)]
        self._pooled = _measured(tallies.figure(average(usable)), tallies)
        self._figure = figure(self._pooled)
        self._inside, self._outside = _chances(self._pooled, effect.matters)
        self._places = [(name, figure(mean), *_chances(mean, effect.matters)) for name, mean in means.items()]
        self.chances = [min(1.0, 2 * min(self._inside, self._outside))]
        if len(means) > 1:
            some = min(inside for _, _, inside, _ in self._places)
            others = min(outside for _, _, _, outside in self._places)
            self.chances.append(min(1.0, len(means) * max(some, others)))

    def found(self, corrected: Sequence[float], tests: int) -> Found:
        """The effect with its verdict, from its chances as corrected among this many tests."""
        pooled, differ = corrected[0], corrected[1] if len(corrected) > 1 else 1.0
        verdict: Verdict = "undecided"
        if differ <= ALPHA:
            verdict = "depends"
        elif pooled <= ALPHA:
            verdict = "reproduced" if self._inside < self._outside else "not reproduced"
        needed = 1.0 if verdict != "undecided" else self._needed(ALPHA / (2 * tests))
        return Found(self._effect, self._figure, self._read(), min(pooled, differ), verdict, needed)

    def _read(self) -> tuple[Place, ...]:
        level = ALPHA / len(self._places)
        return tuple(
            Place(name, figure, True if inside <= level else False if outside <= level else None)
            for name, figure, inside, outside in self._places
        )

    def _needed(self, level: float) -> float:
        if not known(self._pooled):
            return inf
        matters = self._effect.matters
        off = min(abs(self._pooled.value - bound) for bound in (matters.low, matters.high))
        return max(1.0, (beyond(level, FREEDOM) * self._pooled.error / off) ** 2) if off else inf


def _measured(mean: Mean, tallies: Tallies) -> Mean:
    """A figure, whose error is not known where all blocks came out the same in few runs."""
    return Mean(mean.value, inf) if not mean.error and tallies.fewest < SURE else mean


def _chances(mean: Mean, matters: Matters) -> tuple[float, float]:
    """The chances of so clear a figure if the effect were not what the claim says, and if it were."""
    if not known(mean):
        return 1.0, 1.0
    if not mean.error:
        return (0.0, 1.0) if matters.holds(mean.value) else (1.0, 0.0)
    above = tail((mean.value - matters.low) / mean.error, FREEDOM)
    below = tail((matters.high - mean.value) / mean.error, FREEDOM)
    return max(above, below), 1 - max(above, below)


def counted(judgements: Iterable[Judgement]) -> Mapping[Verdict, int]:
    """How many of each verdict there are."""
    verdicts = [judgement.verdict for judgement in judgements]
    return {verdict: verdicts.count(verdict) for verdict in VERDICTS}
