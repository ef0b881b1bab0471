"""Amounts of money as people write them: in the decimals of their currency."""

from __future__ import annotations

from typing import Final

_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
DECIMALS: Final = {
    **dict.fromkeys(_NONE.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
    **dict.fromkeys(_FOUR.split(), 4),
}
"""The currencies of ISO 4217 that do not have two decimals."""


def money_text(hundredths: int, currency: str, minus: str = "-") -> str:
    """`38,900` or `4.50`, without the currency's name: no decimals for a whole amount, else as many as it has.

    A currency without decimals shows the nearest whole amount, halves away from nothing.
    """
    decimals = DECIMALS.get(currency, 2)
    whole, part = divmod(abs(hundredths), 100)
    if not decimals:
        whole, part = (abs(hundredths) + 50) // 100, 0
    digits = f"{whole:,}.{part:02}{'0' * (decimals - 2)}" if part else f"{whole:,}"
    return f"{minus if hundredths < 0 and (whole or part) else ''}{digits}"
