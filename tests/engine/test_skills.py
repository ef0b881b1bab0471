"""Claims about what a run shows of the seller's skills."""

from __future__ import annotations

import pytest
from hypothesis import given

from engine import skills
from engine import world as at
from engine.play import Game, State
from engine.score import scorecard
from engine.units import POINT
from tests.engine.sales import bundled, play, written
from tests.engine.test_conversation import SALE, objecting
from tests.engine.test_score import ends, with_slots


def shown(state: State) -> dict[str, tuple[int, int]]:
    people = list(zip(state.game.rules.prospects, state.people, strict=True))
    return {each.name: (each.part, each.whole) for each in skills.skills(people)}


@pytest.fixture(scope="module")
def sale() -> Game:
    return written(SALE)


@given(ends())
def test_a_skill_is_a_part_of_a_whole_and_what_the_run_did_not_call_for_is_left_out(state: State) -> None:
    for name, (part, whole) in shown(state).items():
        if name == skills.LEANING:
            assert part >= 0 <= whole
            assert part or whole
        elif name == skills.WAITED:
            assert part >= 0 < whole
        else:
            assert 0 <= part <= whole > 0


@given(ends())
def test_skills_are_what_the_scorecard_prints(state: State) -> None:
    found = shown(state)
    for term in scorecard(state).conduct:
        if term.name in found and term.name != skills.SPEED:
            part, whole = found[term.name]
            assert term.value == 100 * part // whole
    printed = [term.value for term in scorecard(state).conduct if term.name == skills.SPEED]
    assert found.get(skills.SPEED, (0, 0)) == (sum(printed), 100 * len(printed))


def test_the_real_reason_is_found_by_asking_what_lies_behind_or_by_answering_it(sale: Game) -> None:
    start = sale.new_initial_state(7)
    assert skills.REASONS not in shown(start), "nobody has objected yet"
    raised = objecting(start)
    assert shown(raised)[skills.REASONS] == (0, 1)
    assert shown(play(raised, "answer-price"))[skills.REASONS] == (0, 1), "what was said is not what was meant"
    assert shown(play(raised, "answer-boss"))[skills.REASONS] == (1, 1)
    trusting = with_slots(raised, {at.TRUST: 60 * POINT})
    assert shown(play(trusting, "isolate"))[skills.REASONS] == (1, 1)


def test_a_step_is_dated_or_the_sale_was_left_open_without_one(sale: Game) -> None:
    start = sale.new_initial_state(7)
    assert shown(play(start, "later"))[skills.DATED] == (0, 1)
    agreed = start.apply_outcome(sale.move_named("tomorrow"), "agrees")
    assert shown(agreed)[skills.DATED] == (1, 1)
    forgotten = play(agreed, "wait.agreed", "wait.1h")
    assert shown(forgotten)[skills.DATED] == (0, 1), "a date that you let pass was none"
    assert shown(forgotten)[skills.PROMISES] == (0, 1)


def test_no_word_on_the_same_day_is_due_to_somebody_who_would_fix_nothing_or_be_left_alone(sale: Game) -> None:
    start = sale.new_initial_state(7)
    assert shown(play(start, "later"))[skills.SAME_DAY] == (0, 1)
    declined = start.apply_outcome(sale.move_named("tomorrow"), "declines")
    assert skills.SAME_DAY not in shown(play(declined, "later"))
    assert skills.SAME_DAY not in shown(play(with_slots(start, {at.OPTED_OUT: 1}), "later"))


def test_a_lead_that_waits_costs_reach_and_one_that_is_never_called_has_none_left() -> None:
    game = bundled("pricing-form")
    start = game.new_initial_state(3)
    assert shown(start)[skills.SPEED] == (0, 100)
    assert skills.WAITED not in shown(start)
    call = next(option for option in start.player_view().options if option.kind == "call")
    at_once, later = start.apply_action(call.action), play(start, "wait.1h").apply_action(call.action)
    assert shown(at_once)[skills.SPEED] == (100, 100)
    assert shown(at_once)[skills.WAITED][0] < shown(later)[skills.WAITED][0]
    assert 0 < shown(later)[skills.SPEED][0] < 100
