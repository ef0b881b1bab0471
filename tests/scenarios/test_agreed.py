"""Claims about an hour that was agreed on in a bundled scenario."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from engine import world as at
from engine.doctrines import DOCTRINES
from engine.play import State
from engine.rules.tables import DATED
from engine.scenario.vocabulary import CHANNELS
from engine.units import DAY
from engine.view import Option
from tests.engine.sales import BUNDLED, bundled, play
from tests.engine.watching import chosen
from tests.scenarios.moments import moments


def calls(state: State) -> set[str]:
    """The calls on offer, by name."""
    return {option.name for option in state.player_view("novice").options if option.kind == "call"}


def test_the_day_before_no_call_is_offered_as_one_that_keeps_the_hour() -> None:
    """Whoever takes 'be there at the hour' the day before would ring at once, and nobody would have meant that."""
    game = bundled("pricing-form")
    start = game.new_initial_state(3).apply_outcome(game.move_named("ring-the-number"), "reached")
    step = next(
        option for option in started(start).player_view("novice").options if option.kind == "propose-dated-step"
    )
    agreed = started(start).apply_outcome(step.action, "agrees")
    put_off = play(started(start), "brochure-and-shout")
    assert agreed.player_view("novice").prospects[0].promise is not None
    assert calls(agreed) <= calls(put_off)
    kept = [option for option in play(agreed, "wait.agreed").player_view("novice").options if option.keeps]
    assert kept
    assert {option.kind for option in kept} == {"call"}


def started(state: State) -> State:
    """The conversation as soon as an hour can be proposed in it."""
    while not any(option.kind == "propose-dated-step" for option in state.player_view("novice").options):
        question = next(
            option for option in state.player_view("novice").options if option.kind in ("quote", "open-question")
        )
        state = state.apply_action(question.action)
    return state


@pytest.mark.parametrize("name", BUNDLED)
def test_whoever_has_a_date_with_you_is_not_glad_of_some_time_or_other(name: str) -> None:
    """A goodbye without a day leaves a date that stands where it is, so they cannot answer it as if there were none,
    wherever it can be said then at all."""
    without, with_one = set[tuple[str, str]](), set[tuple[str, str]]()
    for state, options, _ in moments(bundled(name)):
        without |= vaguely_answered(state, dated=False)
        for step in (each for each in options if each.kind == "propose-dated-step"):
            if dict(state.chance_outcomes(step.action)).get("agrees"):
                agreed = state.apply_outcome(step.action, "agrees")
                for ring in (each for each in agreed.player_view().options if each.kind == "call"):
                    if dict(agreed.chance_outcomes(ring.action)).get("reached"):
                        with_one |= vaguely_answered(agreed.apply_outcome(ring.action, "reached"), dated=True)
    assert not with_one & without


def vaguely_answered(state: State, dated: bool) -> set[tuple[str, str]]:
    """The goodbyes without a day that can be said, each with what is answered; none unless a date stands, or not."""
    told = set[tuple[str, str]]()
    for goodbye in (each for each in state.player_view().options if each.kind == "vague-follow-up"):
        if (state.people[state.core[at.ACTIVE]][at.PROMISE] >= DATED) == dated:
            after = state.apply_action(goodbye.action)
            told |= {(goodbye.name, each.text) for each in after.events if each.what == "reply"}
    return told


@pytest.mark.parametrize("name", ["roof-before-the-rain", "saturday-showroom"])
def test_a_first_visit_does_not_run_out_of_a_next_step_while_the_talk_goes_on(name: str) -> None:
    """Not even where everything else has been said, so that the conversation is at its last stage on the first day."""
    late = 0
    for school, seed in product(("plan-a", "same-day", "collector"), range(30, 64)):
        for state, options in first_visit(name, school, seed):
            stages = state.game.rules.prospects[0].stages
            if state.people[0][at.STAGE] == len(stages) - 1:
                assert any(option.kind == "propose-dated-step" for option in options), (school, seed, state.moves)
                late += 1
    assert late


def first_visit(name: str, school: str, seed: int) -> Iterator[tuple[State, tuple[Option, ...]]]:
    """The moments of a first conversation as this player leads it, with what could be said."""
    game = bundled(name)
    state, choose = game.new_initial_state(seed), DOCTRINES[school](game.rules, seed)
    while not state.is_terminal() and state.core[at.ACTIVE] >= 0:
        yield state, state.player_view("expert").options
        state = state.apply_action(chosen(state, choose))


def test_with_both_of_them_on_the_telephone_a_day_at_the_car_can_be_proposed() -> None:
    """But for a Monday evening, when the half past five that it is about is over."""
    game, both = bundled("saturday-showroom"), 0
    for state, options, _ in moments(game, runs=120):
        on_the_telephone = state.core[at.ACTIVE] >= 0 and state.people[0][at.CHANNEL] == CHANNELS.index("call")
        if on_the_telephone and state.people[0][at.PRESENT] and state.core[at.CLOCK] // DAY % 7:
            assert any(option.kind == "propose-dated-step" for option in options), state.moves
            both += 1
    assert both


def test_whoever_sits_in_the_room_answers_when_a_day_with_them_is_proposed_in_vain_again() -> None:
    """Nobody has to be asked for through others who is there and can say so."""
    game, asked = bundled("long-audition"), set[str]()
    people = game.scenario.prospects[0].people
    for state, options, _ in moments(game, runs=60):
        here = state.people[0][at.PRESENT] if state.core[at.ACTIVE] >= 0 else 0
        for name in (name for index, name in enumerate(people) if here >> index & 1):
            for step in (each for each in options if each.name.endswith(f"with-{name.lower()}")):
                twice = refused(refused(state, step.action), step.action)
                if twice is not None:
                    told = " ".join(each.text for each in twice.events if each.what == "reply")
                    assert f"says {name}" in told
                    asked.add(name)
    assert asked == set(people)


def refused(state: State | None, step: int) -> State | None:
    """The state after a next step was proposed and refused; nothing where it cannot be."""
    if state is None or step not in state.legal_actions() or not dict(state.chance_outcomes(step)).get("declines"):
        return None
    return state.apply_outcome(step, "declines")
