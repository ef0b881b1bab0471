"""Claims about the coach's words and its accuracy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.coach.judgement import accuracy, judgement

ORDER = ("best", "good", "unclear", "inaccuracy", "mistake", "blunder")
POINTS = st.floats(0, 200)


@pytest.mark.parametrize(
    ("lost", "error", "word"),
    [
        (0, 0, "best"),
        (-4, 1, "best"),
        (5, 1, "good"),
        (10, 0, "inaccuracy"),
        (20, 0, "mistake"),
        (30, 0, "blunder"),
        (35, 2, "blunder"),
        (35, 6, "mistake"),
        (35, 30, "unclear"),
        (9, 30, "good"),
        (9.7, 0, "inaccuracy"),  # it is told as 10 points
        (9.7, 2, "unclear"),
        (2.4, 0, "best"),
    ],
)
def test_a_word_is_given_that_the_error_carries(lost: float, error: float, word: str) -> None:
    assert judgement(lost, error) == word


@given(POINTS, POINTS, st.floats(0, 50), st.floats(0, 50))
def test_who_loses_more_or_is_known_better_is_never_judged_more_mildly(
    lost: float, more: float, error: float, less: float
) -> None:
    harsher = judgement(lost + more, min(error, less))
    assert ORDER.index(harsher) >= ORDER.index(judgement(lost, max(error, less)))


def test_a_run_without_losses_is_wholly_accurate() -> None:
    assert accuracy([80, 90, 100], [0, 0, 0]) == 100
    assert accuracy([], []) == 100


def test_accuracy_falls_as_published() -> None:
    """A drop of 10 points alone is worth 64.6, by the published curve."""
    assert accuracy([100], [10]) == pytest.approx(64.58, abs=0.01)


@given(st.lists(st.tuples(st.floats(-100, 300), POINTS), min_size=1, max_size=40), st.integers(0, 39))
def test_accuracy_is_a_percentage_that_another_loss_never_raises(moves: list[tuple[float, float]], at: int) -> None:
    worths, lost = [worth for worth, _ in moves], [loss for _, loss in moves]
    before = accuracy(worths, lost)
    lost[at % len(lost)] += 15
    assert 0 <= accuracy(worths, lost) <= before + 1e-9 <= 100 + 1e-9
