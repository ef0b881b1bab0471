"""How far off sampling may be: 95% intervals around shares, means and ratios.

Everything is computed from whole-number counts and sums, which can be added up in any order, and divided at the end. So
equal runs give equal intervals, to the last digit, however the runs were shared out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Final

Z: Final = 1.959963984540054
"""Standard errors to either side that hold 95% of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Mean:
    """An average with its sampling error."""

    value: float
    error: float
    """Standard error; infinite where one run says nothing about the spread."""

    @property
    def half(self) -> float:
        """Half the width of the interval: `value` plus or minus this."""
        return Z * self.error

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self.value - self.half

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self.value + self.half


def wilson(successes: int, of: int) -> tuple[float, float]:
    """The interval around a share, lower and upper end, 0 to 1 (Wilson 1927, the score interval).

    Raises ValueError unless 0 <= successes <= of and of >= 1.
    """
    if not 0 <= successes <= of or of < 1:
        raise ValueError(f"a share needs 1 or more, and no more successes than that, not {successes} of {of}")
    square = Z * Z
    middle = (successes + square / 2) / (of + square)
    half = Z / (of + square) * sqrt(successes * (of - successes) / of + square / 4)
    low = middle - half if successes else 0.0
    high = middle + half if successes < of else 1.0
    return max(0.0, low), min(1.0, high)


def mean(total: int, squares: int, n: int) -> Mean:
    """The mean of `n` whole numbers (1 or more) from their sum and the sum of their squares.

    Raises ValueError for n below 1.
    """
    if n < 1:
        raise ValueError(f"a mean needs 1 number or more, not {n}")
    # exact until the one division at the end: the difference of two large floats would lose what is asked for
    error = sqrt((n * squares - total * total) / (n * n * (n - 1))) if n > 1 else inf
    return Mean(total / n, error)


def difference(one: Sequence[int], other: Sequence[int]) -> Mean:
    """By how much `one` is above `other` on average, pair by pair: runs of the same buyers with the same luck.

    Raises ValueError for lists of different lengths, or empty ones.
    """
    gaps = [a - b for a, b in zip(one, other, strict=True)]
    return mean(sum(gaps), sum(gap * gap for gap in gaps), len(gaps))


def ratio(total: int, squares: int, base: int, base_squares: int, products: int, n: int) -> Mean:
    """The ratio of two sums over the same `n` runs (1 or more), with the linearised error of a ratio estimator.

    `total` and `squares` are of the numerator, `base` and `base_squares` of the denominator, `products` is the sum of
    numerator times denominator, run by run (Cochran, Sampling Techniques, 1977, section 6.4).

    Raises ValueError for n below 1 or a denominator of 0.
    """
    if n < 1 or not base:
        raise ValueError(f"a ratio needs 1 run or more and a denominator other than 0, not {n} and {base}")
    if n == 1:
        return Mean(total / base, inf)
    spread = base * base * squares - 2 * base * total * products + total * total * base_squares
    return Mean(total / base, sqrt(n * spread / ((n - 1) * base**4)))
