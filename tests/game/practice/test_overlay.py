"""Claims about two curves over one axis of time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.course import CurvePoint
from game.practice.overlay import overlay


def curve(steps: list[tuple[int, int]]) -> tuple[CurvePoint, ...]:
    """A curve that begins at minute 600 with 50, and at each move has taken this many minutes and come to a level."""
    points = [CurvePoint(600, 50, 20, 25, 40, None, silence=False)]
    for move, (minutes, interest) in enumerate(steps):
        points.append(CurvePoint(points[-1].minute + minutes, interest, 0, interest, 40, move, silence=False))
    return tuple(points)


CURVE = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 100)), max_size=12).map(curve)


@given(CURVE, CURVE, st.integers(2, 150))
def test_both_begin_together_and_the_axis_ends_with_the_longer_one(
    mine: tuple[CurvePoint, ...], other: tuple[CurvePoint, ...], columns: int
) -> None:
    found = overlay(mine, other, columns)
    assert len(found.mine) == len(found.other) == columns
    last = max(mine[-1].minute, other[-1].minute)
    if last > 600:
        assert found.column(600) == 0
        assert found.column(last) == columns - 1
        longer, points = (found.mine, mine) if mine[-1].minute == last else (found.other, other)
        assert longer[-1] == points[-1].interest
    for heights, points in ((found.mine, mine), (found.other, other)):
        drawn = [each for each in heights if each is not None]
        levels = [each.interest for each in points]
        assert drawn
        assert min(levels) <= min(drawn) <= max(drawn) <= max(levels)
        assert heights == (*drawn, *[None] * (columns - len(drawn))), "a curve is whole until it ends"


@given(CURVE, CURVE, st.integers(2, 150), st.integers(0, 300_000), st.integers(0, 300_000))
def test_what_is_later_never_stands_further_left(
    mine: tuple[CurvePoint, ...], other: tuple[CurvePoint, ...], columns: int, one: int, two: int
) -> None:
    found = overlay(mine, other, columns)
    early, late = sorted((one, two))
    assert found.column(early) <= found.column(late)


@given(CURVE, st.integers(2, 150))
def test_a_run_lies_on_itself(mine: tuple[CurvePoint, ...], columns: int) -> None:
    found = overlay(mine, mine, columns)
    assert found.mine == found.other


def test_a_conversation_can_be_seen_beside_the_days_after_it() -> None:
    talk = curve([(3, 55), (3, 60), (4, 65), (10 * 1440, 20)])
    found = overlay(talk, talk, 60)
    assert found.column(talk[3].minute) >= 15
