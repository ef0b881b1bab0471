"""Claims about intervals."""

from __future__ import annotations

from math import inf, isclose, sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.intervals import Z, difference, mean, ratio, wilson

NUMBERS = st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=50)
PAIRS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=2, max_size=50)


def test_wilson_gives_the_published_example() -> None:
    low, high = wilson(81, 263)  # Newcombe 1998, table I
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_the_share_it_is_around(counts: tuple[int, int]) -> None:
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1
    assert low < high


def test_none_of_many_is_still_no_proof_of_never() -> None:
    assert wilson(0, 100)[0] == 0
    assert 0.03 < wilson(0, 100)[1] < 0.04
    assert wilson(100, 100)[1] == 1


@given(NUMBERS)
def test_a_mean_and_its_error_are_the_textbooks(numbers: list[int]) -> None:
    found = mean(sum(numbers), sum(one * one for one in numbers), len(numbers))
    assert isclose(found.value, fmean(numbers), abs_tol=1e-6)
    assert isclose(found.error, stdev(numbers) / sqrt(len(numbers)), rel_tol=1e-9, abs_tol=1e-6)
    assert isclose(found.high - found.low, 2 * Z * found.error, rel_tol=1e-6, abs_tol=1e-6)


def test_a_small_spread_around_a_large_sum_is_not_lost() -> None:
    numbers = [10**15, 10**15 + 1]
    assert mean(sum(numbers), sum(one * one for one in numbers), 2).error == 0.5


def test_one_run_says_nothing_about_the_spread() -> None:
    assert mean(7, 49, 1).error == inf
    assert ratio(1, 1, 2, 4, 2, 1).error == inf


@given(NUMBERS, st.integers(-1000, 1000))
def test_what_two_share_run_by_run_does_not_blur_their_difference(numbers: list[int], more: int) -> None:
    found = difference([one + more for one in numbers], numbers)
    assert (found.value, found.error) == (more, 0)


@given(PAIRS)
def test_a_ratio_is_that_of_the_sums_with_the_textbooks_error(pairs: list[tuple[int, int]]) -> None:
    y, x = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    n, r = len(pairs), sum(y) / sum(x)
    found = ratio(sum(y), sum(a * a for a in y), sum(x), sum(b * b for b in x), sum(a * b for a, b in pairs), n)
    assert found.value == r
    spread = sum((a - r * b) ** 2 for a, b in pairs) / (n - 1)
    assert isclose(found.error, sqrt(spread / n) / fmean(x), rel_tol=1e-6, abs_tol=1e-9)


def test_nothing_counted_has_no_interval() -> None:
    for wrong in (lambda: wilson(0, 0), lambda: wilson(2, 1), lambda: mean(0, 0, 0), lambda: ratio(1, 1, 0, 0, 0, 3)):
        with pytest.raises(ValueError, match="needs 1"):
            wrong()
    with pytest.raises(ValueError, match="needs 1 number"):
        difference([], [])
    with pytest.raises(ValueError, match="shorter"):
        difference([1, 2], [1])
