"""What a line says of the price, in figures, against the price that is asked.

Importing this module imports pydantic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.money import money_text
from engine.scenario.defaults import kind_of, paid_in
from engine.scenario.drafts import Draft
from engine.scenario.format import Line
from engine.scenario.notation import Discount, amount_meant, money
from engine.scenario.report import Report
from engine.units import CERTAIN

_NUMBER: Final = r"\d[\d.,'’ ]{0,20}"
_MONEY: Final = r"(?:[$€£¥]|\b[A-Z]{3}\b|\b(?:euros?|dollars?|pounds?|francs?|Euro|Franken)\b)"
_SUM: Final = re.compile(rf"{_MONEY} ?({_NUMBER})|({_NUMBER}) ?{_MONEY}")
_RATE: Final = re.compile(r"\s*(?:/|an?\b|per\b|each\b|every\b|im\b|pro\b|je\b)")
"""What stands behind a sum that is paid more than once."""


def price_problems(draft: Draft, report: Report) -> None:
    """Reports lines in which the buyer hears the price, and hears another one than is asked."""
    price, currency = draft.offer.price, paid_in(draft)
    if price is None:
        return
    asked = {price, *(price - (off.money or price * off.share // CERTAIN) for off in _discounts(draft))}
    for id, line in draft.lines.items():
        if not _told(line):
            continue
        for number, text in enumerate(line.say):
            said = tuple(_sums(text))
            if said and not asked & set(said):
                message = (
                    f"`{id}` says {money_text(said[0], currency)} {currency}, and the price is "
                    f"{money_text(price, currency)} {currency}"
                )
                place = (*draft.place("lines", id), "say", number)
                report.warning("FV430", place, message, "say the price of the `offer`, or change it there")


def _told(line: Line) -> bool:
    """Whether the buyer hears the price in a line. What is taken off it may be told in a line of its own."""
    return bool(line.prices) if line.prices is not None else kind_of(line) == "quote"


def _discounts(draft: Draft) -> Iterator[Discount]:
    return (line.discount for line in draft.lines.values() if line.discount is not None)


def _sums(text: str) -> Iterator[int]:
    """The sums of money in a text, in hundredths, but for those that are paid more than once."""
    for found in _SUM.finditer(text):
        if not _RATE.match(text, found.end()):
            told = amount_meant((found[1] or found[2]).rstrip(" .,'’"))
            if told:
                yield money(told)
