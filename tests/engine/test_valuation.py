"""Claims about means that are given with an error."""

from __future__ import annotations

import pytest

from engine.coach.imagining import LEAST
from engine.valuation import average, mean_of_few


@pytest.mark.parametrize(("many", "wider"), [(LEAST, 5 / 3), (48, 47 / 45)])
def test_few_values_say_less_about_their_mean_than_they_seem_to(many: int, wider: float) -> None:
    values = [1_000_000 + (100_000 if number % 2 else -100_000) for number in range(many)]
    found, plain = mean_of_few(values), average(values)
    assert found.value == plain.value
    assert abs(found.error - wider**0.5 * plain.error) <= 1


def test_two_values_have_an_error_too() -> None:
    assert mean_of_few([0, 1000]).error >= average([0, 1000]).error == 500
