"""What an experiment has found: numbers with their sampling errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Measurement:
    """What the simulation gives for one quantity."""

    values: tuple[float, ...]
    """One number, or one for each place of a published list."""
    errors: tuple[float, ...]
    """The standard error of each; 0 where nothing was drawn."""
    runs: int
    """Runs played for it, all together."""
    what: str
    """What was measured, in a sentence."""

    @property
    def value(self) -> float:
        """The first number, for quantities that have only one."""
        return self.values[0]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its standard error."""

    value: float
    error: float = 0.0

    def __sub__(self, other: Estimate) -> Estimate:
        """The difference of two estimates, taken as independent."""
        return Estimate(self.value - other.value, sqrt(self.error**2 + other.error**2))

    def over(self, other: Estimate) -> Estimate:
        """The ratio of two estimates, taken as independent; its error by the delta method.

        Infinite, with an infinite error, over an estimate of nothing.
        """
        if not other.value:
            return Estimate(float("inf"), float("inf"))
        ratio = self.value / other.value
        own = self.error / self.value if self.value else 0.0
        return Estimate(ratio, abs(ratio) * sqrt(own**2 + (other.error / other.value) ** 2))

    def less(self, constant: float) -> Estimate:
        """The estimate less a constant."""
        return Estimate(self.value - constant, self.error)

    def odds(self) -> Estimate:
        """The odds of a share strictly between 0 and 1; infinite for a share of 1."""
        if self.value >= 1:
            return Estimate(float("inf"), float("inf"))
        return Estimate(self.value / (1 - self.value), self.error / (1 - self.value) ** 2)


def share(hits: int, of: int) -> Estimate:
    """A share with its binomial error; the error of none or all is that of half a case. Nothing of nothing is 0."""
    if not of:
        return Estimate(0.0, float("inf"))
    least = 0.5 / of
    p = min(max(hits / of, least), 1 - least)
    return Estimate(hits / of, sqrt(p * (1 - p) / of))


def mean(numbers: Sequence[float]) -> Estimate:
    """A mean with its standard error; raises ValueError for fewer than two numbers."""
    n = len(numbers)
    if n < 2:
        raise ValueError("a mean with an error needs at least two numbers")
    middle = sum(numbers) / n
    spread = sum((number - middle) ** 2 for number in numbers) / (n - 1)
    return Estimate(middle, sqrt(spread / n))


def measured(what: str, runs: int, *estimates: Estimate) -> Measurement:
    """A measurement of these estimates."""
    return Measurement(tuple(one.value for one in estimates), tuple(one.error for one in estimates), runs, what)
