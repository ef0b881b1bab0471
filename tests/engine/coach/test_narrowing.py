"""Claims about what the coach leaves as it is, and what it goes on trying."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from engine.coach import analysis as coach
from engine.coach.analysis import Alternative, Assessed, at_stake, promise
from engine.coach.imagining import LEAST, Imagined, Plan
from engine.coach.judgement import JUDGED, as_good
from engine.coach.narrowing import Left, everything, in_question, judged, left_open, plans
from engine.coach.verdict import Analysis, analysis
from engine.par import Par, least
from engine.play import State
from engine.rules import Move
from tests.engine.coach.test_analysis import imagining, run_of

PAR = 10_000
POINT = PAR
"""In hundredths of a minor unit."""
BEST, MADE, GUIDES, OTHER = range(4)


def test_a_point_is_of_what_could_be_earned_then_or_at_the_start_if_that_was_more() -> None:
    """As far as anybody could know: what this buyer was good for makes no mistake larger or smaller."""
    end = run_of("shop", "random", 3)
    start = promise(end.game)
    moves = [replace(assessed(0, 1), alternatives=(Alternative(BEST, of, 0, None),)) for of in (-5, start, 7 * start)]
    assert [at_stake(end.game, move) for move in moves] == [start, start, 7 * start]
    assert start >= least(end.game) > 0


def assessed(lost: int, error: int, *others: tuple[int, int]) -> Assessed:
    """A move that lost so many points with this error, with how far others are behind, and the errors of that."""
    hundred = POINT // 100
    found = ((0, 0), (lost, error), *others)
    alternatives = [Alternative(move, -hundred * gap, hundred * off, None) for move, (gap, off) in enumerate(found)]
    return Assessed(
        0, MADE, GUIDES, tuple(alternatives), hundred * lost, hundred * error, True, LEAST, Plan(BEST), 0, 0
    )


@pytest.mark.parametrize(
    ("lost", "error", "enough"),
    [
        (15, 1, True),  # surely an inaccuracy
        (0, 3, True),  # surely nothing that has a word
        (8, 2, False),  # it may yet be an inaccuracy
        (10, 1, True),  # whether a word more or less cannot be told apart any more
        (60, 4, False),  # a blunder whatever it is; but how much was lost is told too
    ],
)
def test_a_move_is_judged_once_no_other_word_goes_with_it(lost: int, error: int, enough: bool) -> None:
    assert judged(assessed(lost, error), POINT) is enough


def test_nothing_is_held_to_be_lost_before_it_was_tried_whether_it_is_only_put_off() -> None:
    lost, nothing = assessed(15, 1), assessed(0, 1)
    assert judged(lost, POINT)
    assert not judged(replace(lost, put_off=False), POINT)
    assert judged(replace(nothing, put_off=False), POINT)


@pytest.mark.parametrize(("error", "enough"), [(3, True), (20, False)])
def test_what_is_advised_although_it_seems_worse_than_the_move_made_is_known_as_well(error: int, enough: bool) -> None:
    made = Alternative(MADE, 40 * POINT // 100, error * POINT // 100, None)
    assert judged(replace(assessed(0, 0), alternatives=(Alternative(BEST, 0, 0, None), made)), POINT) is enough


@pytest.mark.parametrize(
    ("behind", "error", "goes_on"),
    [
        (2, 1, True),  # it may be better by a point
        (3, 1, False),  # it may be better, but surely by no more than that
        (0, 0, False),  # it is worth the same
        (20, 8, True),
    ],
)
def test_what_is_surely_no_better_by_a_point_is_tried_no_more(behind: int, error: int, goes_on: bool) -> None:
    left = in_question(assessed(30, 5, (40, 5), (behind, error)), range(4), POINT)
    assert left == ((BEST, MADE, GUIDES, OTHER) if goes_on else (BEST, MADE, GUIDES))


def test_the_move_made_is_tried_with_each_of_what_seems_best_right_after_it() -> None:
    """Which of them is best may be seen only when nothing more is tried."""
    moves, tried = (BEST, MADE, GUIDES, OTHER), [{Plan(move): 0 for move in range(4)}] * LEAST
    found = plans(assessed(30, 5, (4, 5), (8, 8)), moves, tried, None)
    assert {plan.then for plan in found if plan.move == MADE} == {(), (BEST,), (GUIDES,), (OTHER,)}
    assert {plan.then for plan in found if plan.move == OTHER} == {(), (BEST,)}


def test_whatever_is_put_off_is_put_off_with_what_goes_on_best_after_it() -> None:
    """Else a move would seem to lose what it does not hinder: that two things are asked, one after the other."""
    ahead = Plan(BEST, (OTHER, MADE), by=1)
    alone = {Plan(move): 0 for move in range(4)} | {ahead: 1000}
    found = plans(assessed(30, 5, (4, 5), (8, 8)), (BEST, MADE, GUIDES, OTHER), [alone] * LEAST, None)
    assert ahead in found
    assert Plan(MADE, (BEST, OTHER), by=1) in found
    assert Plan(OTHER, (BEST, MADE), by=1) in found
    assert Plan(GUIDES, (BEST, OTHER, MADE), by=1) in found


def test_after_the_move_made_another_school_plays_on_too_and_after_others_where_it_may_do_as_well() -> None:
    """One may recover what another gives up."""
    for worth, recovers in ((500, {BEST, MADE, GUIDES, OTHER}), (-500, {MADE})):
        alone = {Plan(move): 0 for move in range(4)} | {Plan(OTHER, by=1): worth}
        found = plans(assessed(30, 5, (4, 5), (8, 8)), (BEST, MADE, GUIDES, OTHER), [alone] * LEAST, None)
        assert {plan.move for plan in found if plan.by} == recovers


def test_the_move_made_is_tried_with_what_seems_best_at_the_moment_after_it() -> None:
    """What was best instead may not be there to be put off: nobody waits while they talk to whoever rang."""
    there, then = 7, 8
    moves, tried = (BEST, MADE, GUIDES, OTHER), [{Plan(move): 0 for move in range(4)}] * LEAST
    found = plans(assessed(30, 5, (4, 5), (8, 8)), moves, tried, Plan(there, (then,), by=1))
    assert [plan for plan in found if there in plan.then] == [Plan(MADE, (there, then), by=1)]


@cache
def narrowed(seed: int, stages: int = 3) -> tuple[list[tuple[Imagined | None, ...]], list[Left]]:
    """What is imagined of a run stage by stage, and what each stage left open."""
    end, imagined = run_of("shop", "random", seed), list[tuple[Imagined | None, ...]]()
    left, steps = everything(end), list[Left]()
    for stage in range(stages):
        imagined += [imagining(end, number, left=left) for number in range(len(imagined), LEAST << stage)]
        left = left_open(end, imagined)
        steps.append(left)
    return imagined, steps


def moves_of(plans: Iterable[Plan]) -> set[Move]:
    return {plan.move for plan in plans}


def put_off(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    return tuple(plan for plan in plans if plan.then)


def told(imagined: list[tuple[Imagined | None, ...]], end: State) -> Analysis:
    return analysis(end, "0" * 16, imagined).measured(Par(PAR, 100, 8))


def test_before_the_first_move_nothing_is_left_open() -> None:
    """The coach looks on from there."""
    assert left_open(run_of("shop", "random", 1).states()[0], [()] * LEAST) == ()


def test_what_is_settled_is_tried_no_more_and_the_move_made_as_long_as_it_is_not() -> None:
    end = run_of("shop", "random", 3)
    imagined, steps = narrowed(3)
    before = everything(end)
    for left in steps:
        for now, then, state, after in zip(left, before, end.states(), end.states()[1:], strict=False):
            assert moves_of(now) <= moves_of(then) <= set(state.legal_actions())
            assert not now or after.action in moves_of(now)
        before = left
    assert sum(len(moves_of(each)) for each in steps[-1]) < sum(map(len, everything(end))) / 2
    for one, left in zip(imagined[LEAST:], [steps[0]] * LEAST, strict=False):
        assert [set(each.worths) if each is not None else set() for each in one] == [set(each) for each in left]


def test_each_move_goes_on_with_what_is_best_after_it() -> None:
    end = run_of("shop", "random", 3)
    imagined, steps = narrowed(3)
    best = [move.plan for move in coach.assessed(end, imagined[: 2 * LEAST])]
    before = [set().union(*(each.worths for each in found if each)) for found in zip(*imagined, strict=True)]
    moves = list(zip(end.states()[1:], best[1:], before, steps[1], strict=False))
    assert any(now for *_, now in moves)
    assert all(following.after(after.action) in {*tried, *now} for after, following, tried, now in moves if now)


def test_every_alternative_has_a_value_however_soon_it_was_left() -> None:
    end = run_of("shop", "random", 3)
    found = told(narrowed(3)[0], end)
    for verdict, state in zip(found.moves, end.states(), strict=False):
        assert len(verdict.alternatives) == len(state.legal_actions())
        first, *others = verdict.alternatives
        behind = [(each.value - first.value, max(each.error, first.error)) for each in others]
        assert all(as_good(100 * lost / verdict.point, 100 * error / verdict.point) for lost, error in behind)


def test_nothing_is_lost_that_an_analysis_that_tries_everything_does_not_find_lost() -> None:
    end = run_of("shop", "random", 3)
    imagined, steps = narrowed(3)
    plans = tuple((*first, *then) for first, then in zip(everything(end), map(put_off, steps[-2]), strict=True))
    some, all_of_it = told(imagined, end), told([imagining(end, each, plans) for each in range(24)], end)
    for one, two in zip(some.moves, all_of_it.moves, strict=True):
        assert abs(one.loss - two.loss) <= 3 * (one.error + two.error)
        assert {one.judgement, two.judgement} <= {"best", "good"} or {one.judgement, two.judgement} <= {
            *JUDGED,
            "unclear",
        }
    assert some.par is not None
    assert some.luck_buyer is not None
    assert some.result == some.par - some.losses + some.luck_answers + some.luck_buyer
