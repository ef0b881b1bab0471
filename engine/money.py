"""Amounts of money as people write them: in the decimals of their currency."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from engine.words import pgettext

_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
DECIMALS: Final = {
    **dict.fromkeys(_NONE.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
    **dict.fromkeys(_FOUR.split(), 4),
}
"""The currencies of ISO 4217 that do not have two decimals."""


def money_text(hundredths: int, currency: str, *, decimals: bool = False) -> str:
    """`38,900` or `−4.50`, without the currency's name: no decimals for a whole amount, unless they are asked for, else
    as many as it has.

    A currency without decimals shows the nearest whole amount, halves away from nothing.
    """
    found = amount(hundredths, currency)
    size = abs(found)
    whole = size.to_integral_value()
    return f"{'−' if found < 0 else ''}{number_text(whole if size == whole and not decimals else size)}"


def number_text(number: int | Decimal) -> str:
    """`38,900` or `4.50`: with the marks of thousands and of decimals that the language spoken here has."""
    marks = pgettext("mark of thousands, mark of decimals", ",.")
    return f"{number:,}".translate(str.maketrans(",.", marks))


def amount(hundredths: float, currency: str) -> Decimal:
    """An amount in the currency's unit, with just the decimals it has; halves are rounded away from nothing."""
    smallest = Decimal(1).scaleb(-DECIMALS.get(currency, 2))
    return (Decimal(hundredths) / 100).quantize(smallest, ROUND_HALF_UP)
