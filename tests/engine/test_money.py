"""Money has the decimals of its currency."""

import pytest

from engine.money import money_text


@pytest.mark.parametrize(
    ("hundredths", "currency", "text"),
    [
        (3_890_000, "EUR", "38,900"),
        (450, "EUR", "4.50"),
        (-253_334, "JPY", "-2,533"),
        (-253_350, "JPY", "-2,534"),
        (-30, "JPY", "0"),
        (128_000_000, "JPY", "1,280,000"),
        (450, "KWD", "4.500"),
        (-5, "USD", "-0.05"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(hundredths: int, currency: str, text: str) -> None:
    assert money_text(hundredths, currency) == text
