"""How sure a figure makes us, alone and among many: Student's t, and Holm's correction.

Errors come from the spread between a few blocks of seeds, so they are uncertain themselves, and a normal distribution
would call too much certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan, cos, inf, pi, sin, sqrt
from typing import Final

ALPHA: Final = 0.05
"""The chance, at most, that anything among the tests of one family is called certain and is not so."""


def tail(t: float, freedom: int) -> float:
    """The chance that Student's t exceeds `t` (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).

    Raises ValueError for less than one degree of freedom.
    """
    if freedom < 1:
        raise ValueError(f"Student's t takes one degree of freedom or more, not {freedom}")
    if t in (inf, -inf):
        return 0.0 if t > 0 else 1.0
    angle, odd = atan(t / sqrt(freedom)), freedom % 2
    total, term = 0.0, cos(angle) if odd else 1.0
    for number in range(odd, freedom - odd, 2):
        total += term
        term *= cos(angle) ** 2 * (number + 1) / (number + 2)
    within = 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
    return max(0.0, (1 - within) / 2)


def beyond(chance: float, freedom: int) -> float:
    """The `t` that is exceeded with this chance, from 0 to a half, by bisection."""
    low, high = 0.0, 1e4
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle, freedom) > chance else (low, middle)
    return high


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """The chances of several tests, corrected for how many they are (Holm 1979).

    Those at or below `ALPHA` afterwards are certain; the chance that any of them is so by luck is no greater.
    """
    left, least = len(chances), 0.0
    corrected = list(chances)
    for place in sorted(range(left), key=lambda place: chances[place]):
        least = max(least, min(1.0, left * chances[place]))
        corrected[place] = least
        left -= 1
    return tuple(corrected)
