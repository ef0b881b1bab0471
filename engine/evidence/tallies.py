"""What trials came to, and figures worked out from it with their sampling error.

Every figure is a function of sums over blocks of seeds. Its error is the delete-a-block jackknife's (Tukey 1958; Efron
and Stein 1981): work the figure out again without each block in turn and see how much it moves. As all trials of an
experiment are cut at the same seeds, what their buyers share cancels out of differences between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf, isclose, isfinite, sqrt
from typing import Final

from engine.evidence.trials import BLOCKS, Block, Counts
from engine.intervals import Mean

Sums = Mapping[str, Counts]
"""The counts of each trial of an experiment, by the name the experiment gives it."""

Quantity = Callable[[Sums], float]
"""What a figure is worked out by. May raise ZeroDivisionError where the sums are too small for it."""


def rate(trial: str, what: str, of: str = "runs", per: float = 1) -> Quantity:
    """One count of a trial for every `per` of another: 100 gives percent."""
    return lambda sums: per * sums[trial][what] / sums[trial][of]


def less(one: Quantity, other: Quantity) -> Quantity:
    """The difference of two quantities."""
    return lambda sums: one(sums) - other(sums)


def times(factor: float, one: Quantity) -> Quantity:
    """A quantity times a number."""
    return lambda sums: factor * one(sums)


def over(one: Quantity, other: Quantity) -> Quantity:
    """The ratio of two quantities."""
    return lambda sums: one(sums) / other(sums)


def part(one: Quantity, of: Quantity) -> Quantity:
    """One quantity in percent of another."""
    return lambda sums: 100 * one(sums) / of(sums)


def lead(one: Quantity, other: Quantity) -> Quantity:
    """By how much one quantity is above another, in percent of the mean of the two; from -200 to 200."""
    return lambda sums: 200 * (one(sums) - other(sums)) / (one(sums) + other(sums))


def average(quantities: Iterable[Quantity]) -> Quantity:
    """The mean of some quantities."""
    each = tuple(quantities)
    return lambda sums: sum(quantity(sums) for quantity in each) / len(each)


def most(quantities: Iterable[Quantity]) -> Quantity:
    """The largest of some quantities."""
    each = tuple(quantities)
    return lambda sums: max(quantity(sums) for quantity in each)


_ROUNDING: Final = 1e-12
"""What figures differ by that are the same but for the order of sums."""


class Tallies:
    """The blocks of each trial of an experiment."""

    def __init__(self, blocks: Mapping[str, Sequence[Block]]) -> None:
        self._blocks = blocks

    @property
    def runs(self) -> int:
        """All runs behind the figures."""
        return sum(block.counts["runs"] for blocks in self._blocks.values() for block in blocks)

    @property
    def fewest(self) -> float:
        """The runs of the trial that has the fewest; infinite where nothing had to be played."""
        return min((sum(block.counts["runs"] for block in blocks) for blocks in self._blocks.values()), default=inf)

    def values(self, trial: str) -> tuple[int, ...]:
        """What each run of a trial earned, by seed."""
        return tuple(value for block in self._blocks[trial] for value in block.values)

    def figure(self, work_out: Quantity) -> Mean:
        """A figure and its standard error.

        The figure is not a number where it cannot be worked out, and its error infinite where it cannot be without one
        of the blocks.
        """
        whole = {name: _total(blocks) for name, blocks in self._blocks.items()}
        try:
            value = work_out(whole)
        except ZeroDivisionError:
            return Mean(float("nan"), inf)
        without = []
        for number in range(BLOCKS):
            left = {name: _less(whole[name], blocks[number].counts) for name, blocks in self._blocks.items()}
            try:
                without.append(work_out(left))
            except ZeroDivisionError:
                return Mean(value, inf)
        if isclose(min(without), max(without), rel_tol=_ROUNDING, abs_tol=_ROUNDING):
            return Mean(value, 0.0)
        middle = sum(without) / BLOCKS
        spread = sum((one - middle) ** 2 for one in without)
        return Mean(value, sqrt(spread * (BLOCKS - 1) / BLOCKS))


def known(figure: Mean) -> bool:
    """Whether a figure could be worked out, with its error."""
    return isfinite(figure.value) and isfinite(figure.error)


def _total(blocks: Sequence[Block]) -> Counts:
    total: Counts = dict(blocks[0].counts)
    for block in blocks[1:]:
        for name, number in block.counts.items():
            total[name] += number
    return total


def _less(whole: Counts, part: Counts) -> Counts:
    return {name: number - part[name] for name, number in whole.items()}
