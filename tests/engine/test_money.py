"""Money has the decimals of its currency."""

from decimal import Decimal

import pytest

from engine.money import amount, money_text


@pytest.mark.parametrize(
    ("hundredths", "currency", "text"),
    [
        (3_890_000, "EUR", "38,900"),
        (450, "EUR", "4.50"),
        (-253_334, "JPY", "−2,533"),
        (-253_350, "JPY", "−2,534"),
        (-30, "JPY", "0"),
        (128_000_000, "JPY", "1,280,000"),
        (450, "KWD", "4.500"),
        (-5, "USD", "−0.05"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(hundredths: int, currency: str, text: str) -> None:
    assert money_text(hundredths, currency) == text


def test_a_whole_amount_has_decimals_where_it_stands_below_others_that_have_them() -> None:
    assert money_text(-41_000, "EUR", decimals=True) == "−410.00"
    assert money_text(253_300, "JPY", decimals=True) == "2,533"


@pytest.mark.parametrize(
    ("hundredths", "currency", "found"),
    [(1_110.4, "EUR", "11.10"), (-1_110.5, "EUR", "-11.11"), (253_334, "JPY", "2533"), (450, "KWD", "4.500")],
)
def test_an_average_is_rounded_to_what_the_currency_has(hundredths: float, currency: str, found: str) -> None:
    assert amount(hundredths, currency) == Decimal(found)
    assert str(amount(hundredths, currency)) == found
