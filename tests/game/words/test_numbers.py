"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.words.numbers import whole_number


@given(st.integers(0, 2**53))
def test_a_number_that_was_typed_in_plain_digits_is_that_number(number: int) -> None:
    assert whole_number(str(number), 0, 2**53) == number


@given(st.text())
def test_any_other_text_is_none(text: str) -> None:
    assert whole_number(text, 0, 10**16) == (
        int(text) if set(text) <= set("0123456789") and 0 < len(text) < 17 else None
    )


@pytest.mark.parametrize("text", ["", "0", "10", "-3", "+3", "3.0", " 3", "1_0", "²", "٣", "9" * 5_000])
def test_what_is_out_of_range_or_not_in_plain_digits_is_none(text: str) -> None:
    assert whole_number(text, 1, 9) is None
