"""Claims about keyed luck."""

from __future__ import annotations

import hashlib
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.luck import Luck, which
from engine.units import CERTAIN

SEEDS = st.integers(0, 2**53 - 1)


def test_a_draw_can_be_checked_in_a_shell() -> None:
    """`printf '42:priya:ask:0' | b2sum` begins with the draw's 32 bits."""
    shell = hashlib.blake2b(b"42:priya:ask:0").hexdigest()
    assert Luck(42, "priya").draw("ask") == int(shell[:8], 16)
    assert Luck(42, "priya").draw("ask", 1) == int(shell[8:16], 16)


@given(SEEDS, st.lists(st.tuples(st.sampled_from(["ask", "step", "reach"]), st.integers(0, 40)), max_size=20))
def test_the_order_of_draws_changes_no_draw(seed: int, asked: list[tuple[str, int]]) -> None:
    forwards, backwards = Luck(seed, "x"), Luck(seed, "x")
    one = {key: forwards.draw(*key) for key in asked}
    other = {key: backwards.draw(*key) for key in reversed(asked)}
    assert one == other


@given(SEEDS, st.integers(0, 40))
def test_draws_taken_together_are_those_taken_one_by_one(seed: int, count: int) -> None:
    assert Luck(seed, "x").draws("ask", count) == tuple(Luck(seed, "x").draw("ask", nth) for nth in range(count))


@given(SEEDS, st.integers(-1000, 1000), st.integers(0, 1000))
def test_a_number_between_two_is_between_them(seed: int, low: int, more: int) -> None:
    assert low <= Luck(seed, "x").between(low, low + more, "e") <= low + more


@given(SEEDS, st.lists(st.integers(0, 100), min_size=1, max_size=6).filter(any))
def test_what_has_no_weight_is_never_chosen(seed: int, weights: list[int]) -> None:
    assert weights[which(Luck(seed, "x").draw("e"), tuple(weights))] > 0


def test_neighbouring_seeds_and_occurrences_share_no_luck() -> None:
    """Correlations that a poor hash shows at once; with 4,000 pairs chance stays within 0.06."""
    draws = [[Luck(seed, "x").chance("ask", n) - CERTAIN // 2 for n in (0, 1)] for seed in range(4000)]
    square = sum(a * a for a, _ in draws)
    assert abs(sum(a * b for a, b in draws)) < 0.06 * square
    assert abs(sum(a * b for (a, _), (b, _) in pairwise(draws))) < 0.06 * square
    assert abs(sum(a for a, _ in draws)) < 0.02 * CERTAIN * len(draws)
