"""Curves as whole numbers that are the same on every machine.

`exp` and `ln` of `decimal` are correctly rounded by their specification, unlike those of a platform's libm, so a value
rounded from 28 digits to a whole number is the same everywhere. They are also a hundred times slower. So libm is asked
first, and believed only where its last digits, in which machines differ, cannot change the whole number (Ziv's test):
in one case of a few hundred the decimals decide. Every value is computed once and remembered.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from typing import Final

from engine.units import CERTAIN, DAY

BITS: Final = 30
"""Decay factors are fractions of 2 to this power: multiplying by one ends in a shift."""
ONE: Final = 1 << BITS
"""The scale of decay factors: `ONE` keeps the whole value."""

QUANTILES: Final = 1024
"""How finely waiting times are drawn."""

_DIGITS: Final = Context(prec=28, rounding=ROUND_HALF_EVEN)
_FLAT: Final = 12_000
_DOUBT: Final = 2.0**-40
"""By what share of a value libm might be wrong: some thousand times what it is on any machine known."""


def _whole(near: float, exact: Callable[[], Decimal]) -> int:
    """The whole number nearest to a value that libm puts `near` where it is."""
    whole = round(near)
    if abs(near - whole) + abs(near) * _DOUBT < 0.5:
        return whole
    return int(exact().to_integral_value(ROUND_HALF_EVEN))


def scaled_exp(numerator: int, denominator: int, scale: int) -> int:
    """`scale * e**(numerator/denominator)`, rounded to the nearest whole number."""

    def exact() -> Decimal:
        power = _DIGITS.exp(_DIGITS.divide(Decimal(numerator), Decimal(denominator)))
        return _DIGITS.multiply(power, Decimal(scale))

    return _whole(scale * math.exp(numerator / denominator), exact)


def scaled_half(numerator: int, denominator: int, scale: int) -> int:
    """`scale * 2**(-numerator/denominator)`, rounded to the nearest whole number."""

    def exact() -> Decimal:
        exponent = _DIGITS.divide(_DIGITS.multiply(_DIGITS.ln(Decimal(2)), Decimal(-numerator)), Decimal(denominator))
        return _DIGITS.multiply(_DIGITS.exp(exponent), Decimal(scale))

    return _whole(scale * math.pow(2, -numerator / denominator), exact)


def scaled_power(base_numerator: int, base_denominator: int, thousandths: int, scale: int) -> int:
    """`scale * (base_numerator/base_denominator)**(thousandths/1000)`, rounded; the base must be positive."""

    def exact() -> Decimal:
        base = _DIGITS.divide(Decimal(base_numerator), Decimal(base_denominator))
        exponent = _DIGITS.multiply(_DIGITS.ln(base), _DIGITS.divide(Decimal(thousandths), Decimal(1000)))
        return _DIGITS.multiply(_DIGITS.exp(exponent), Decimal(scale))

    return _whole(scale * math.pow(base_numerator / base_denominator, thousandths / 1000), exact)


@cache
def _logistic(z: int) -> int:
    def exact() -> Decimal:
        growth = _DIGITS.exp(_DIGITS.divide(Decimal(-z), Decimal(1000)))
        return _DIGITS.divide(Decimal(CERTAIN), _DIGITS.add(Decimal(1), growth))

    return _whole(CERTAIN / (1 + math.exp(-z / 1000)), exact)


def logistic(z: int) -> int:
    """The chance, in millionths, for a score of `z` thousandths on the log-odds scale: 1 / (1 + e**-z).

    Beyond 12 log-odds either way the chance no longer moves by a millionth worth having, and is held there.
    """
    if z > _FLAT:
        z = _FLAT
    elif z < -_FLAT:
        z = -_FLAT
    return _logistic(z)


@cache
def log_odds(chance: int) -> int:
    """The score in thousandths for which `logistic` gives `chance` (in millionths, 1 to 999,999)."""
    odds = _DIGITS.divide(Decimal(chance), Decimal(CERTAIN - chance))
    return int(_DIGITS.multiply(_DIGITS.ln(odds), Decimal(1000)).to_integral_value(ROUND_HALF_EVEN))


@cache
def compounded(chance: int, minutes: int, span: int) -> int:
    """The chance, in millionths, that something has happened within `span` minutes, of which the chance within
    `minutes` is `chance`, and the danger always the same: 1 - (1 - chance)**(span/minutes)."""
    if minutes == span or not 0 < chance < CERTAIN:
        return chance
    power = _DIGITS.divide(_DIGITS.multiply(_ln(CERTAIN - chance, CERTAIN), Decimal(span)), Decimal(minutes))
    share = _DIGITS.multiply(_DIGITS.subtract(Decimal(1), _DIGITS.exp(power)), Decimal(CERTAIN))
    return int(share.to_integral_value(ROUND_HALF_EVEN))


@cache
def _ln(numerator: int, denominator: int) -> Decimal:
    """The slow part of a quantile, which many of them share."""
    return _DIGITS.ln(_DIGITS.divide(Decimal(numerator), Decimal(denominator)))


@cache
def exponential_quantile(draw: int, per_day: int) -> int:
    """Minutes until something with a constant chance `per_day` (millionths) happens, for a `draw` of 0 to 1,023.

    Inverse of the exponential law: -ln(1 - u) / rate, with rate = -ln(1 - per_day) a day and u = (draw + 1/2) / 1,024.
    """

    def exact() -> Decimal:
        days = _DIGITS.divide(_ln(2 * (QUANTILES - draw) - 1, 2 * QUANTILES), _ln(CERTAIN - per_day, CERTAIN))
        return _DIGITS.multiply(days, Decimal(DAY))

    gone = (draw + 0.5) / (QUANTILES - draw - 0.5)
    return _whole(DAY * math.log1p(gone) / math.log1p(per_day / (CERTAIN - per_day)), exact)
