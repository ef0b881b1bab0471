"""What a conversation always offers in the bundled scenarios: a way to ask and a way to leave, and a word before a line
goes for good."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from engine import world as at
from engine.doctrines import DOCTRINES
from engine.play import State
from engine.scenario.vocabulary import ASKS
from engine.units import DAY
from engine.view import Option
from game.runs.choosing import LAST_CHANCE, cost
from tests.engine.sales import BUNDLED, bundled
from tests.engine.watching import chosen

PLAYERS = ("random", "plan-a", "audition", "same-day")
LEAVES = frozenset({"vague-follow-up", "leave", "take-no"})
ENDS = ASKS | LEAVES | {"propose-dated-step", "invite-no"}


def talked(scenario: str, player: str, seed: int) -> Iterator[tuple[State, tuple[Option, ...]]]:
    """The moments of a run at which somebody is talked to, with what could be said."""
    game = bundled(scenario)
    state, choose = game.new_initial_state(seed), DOCTRINES[player](game.rules, seed)
    while not state.is_terminal():
        if state.core[at.ACTIVE] >= 0:
            yield state, state.player_view("expert").options
        state = state.apply_action(chosen(state, choose))


@pytest.mark.parametrize("player", PLAYERS)
@pytest.mark.parametrize("scenario", [name for name in BUNDLED if name != "first-five-minutes"])
def test_there_is_always_a_way_to_ask_and_a_way_to_leave(scenario: str, player: str) -> None:
    """In the tutorial, the buyer first tries the thing on offer, and a tip says when to ask."""
    for seed in range(6):
        for state, options in talked(scenario, player, seed):
            kinds = {option.kind for option in options}
            assert kinds & ASKS, (seed, state.moves)
            assert kinds & LEAVES, (seed, state.moves)


@pytest.mark.parametrize("scenario", BUNDLED)
def test_no_line_goes_for_good_without_a_word_while_the_conversation_goes_on(scenario: str) -> None:
    for seed in range(12):
        for (before, could), (after, can) in pairwise(talked(scenario, "random", seed)):
            who = before.core[at.ACTIVE]
            same = after.core[at.ACTIVE] == who and after.people[who][at.TALKS] == before.people[who][at.TALKS]
            stage = before.people[who][at.STAGE]
            run_out = before.people[who][at.TURNS] + 1 >= before.game.rules.prospects[who].stages[stage].turns
            if not (same and run_out and after.people[who][at.STAGE] > stage):
                continue
            left = {option.name for option in can}
            said = after.action
            for option in could:
                line = before.line(option.action)
                assert line is not None
                gone = option.name not in left and line.line.last == stage and option.action != said
                if gone and option.kind not in ENDS:
                    assert option.last, (seed, before.moves, option.name)
                    assert LAST_CHANCE in cost(option, before.player_view())


@pytest.mark.parametrize("scenario", BUNDLED)
def test_nobody_is_asked_for_twice_in_a_conversation_nor_told_twice_that_a_no_is_welcome(scenario: str) -> None:
    for seed in range(12):
        for (before, _), (after, can) in pairwise(talked(scenario, "random", seed)):
            line = before.line(after.action) if after.action is not None else None
            if line is not None and line.kind in ("bring-in", "invite-no"):
                assert line.action not in {option.action for option in can}, (seed, before.moves)


def test_an_owner_who_was_out_can_be_asked_for_on_another_day() -> None:
    game = bundled("pricing-form")
    fetch, told = game.move_named("bring-marguerite"), game.move_named("ring-the-number")
    state = game.new_initial_state(13).apply_outcome(told, "reached")
    for name in ("who-signs", "plain-number", "who-dances"):
        state = state.apply_action(game.move_named(name))
    state = state.apply_outcome(fetch, "declines")
    assert fetch not in state.legal_actions()
    state = state.apply_action(game.move_named("brochure-and-shout")).apply_action(game.move_named("wait.tomorrow"))
    state = state.apply_outcome(game.move_named("ring-again"), "reached")
    assert fetch in state.legal_actions()


def test_a_line_of_the_door_is_marked_in_the_last_moment_at_the_door_and_not_before() -> None:
    state = bundled("roof-before-the-rain").new_initial_state(1)
    marked = []
    while state.people[0][at.STAGE] == 0:
        options = state.player_view("expert").options
        marked.append(any(option.last for option in options))
        state = state.apply_action(next(option.action for option in options if option.kind not in ENDS))
    assert marked == [False, False, True]


def test_the_rain_that_was_announced_for_friday_has_come_for_whoever_is_rung_after_it() -> None:
    game, rung = bundled("roof-before-the-rain"), 0
    for seed in range(12):
        state = game.new_initial_state(seed)
        end = next(option.action for option in state.player_view().options if option.kind in LEAVES)
        state = state.apply_action(end).apply_action(game.move_named("wait.3d"))
        ring = next((option.action for option in state.player_view().options if option.kind == "call"), None)
        if ring is None or state.core[at.CLOCK] // DAY - game.rules.start // DAY < 3:
            continue  # somebody else has it, or they got in touch before
        state = state.apply_outcome(ring, "reached")
        going_on = next(option.action for option in state.player_view().options if option.kind not in ENDS)
        told = " ".join(each.text for each in state.apply_action(going_on).player_view().transcript)
        assert any(word in told for word in ("line but rain", "It drips", "Water runs down"))
        rung += 1
    assert rung


def test_what_a_question_brings_out_in_the_tutorial_can_be_answered_however_late_it_was_asked() -> None:
    """Finding out must never be the worse move because nothing could be made of it any more."""
    late = 0
    for seed in range(20):
        for state, options in talked("first-five-minutes", "random", seed):
            told = state.player_view("expert").prospects[0]
            if told.conversations != 1 or told.stage == "hello":
                continue
            unmet = {fact.says for fact in told.facts if fact.sort == "need" and not fact.met}
            facts = state.game.scenario.prospects[0].facts
            lines = [state.line(option.action) for option in options]
            answered = {facts[need].says for line in lines if line is not None for need in line.line.meets}
            assert unmet <= answered, (seed, state.moves)
            late += bool(unmet) and told.stage == "decide"
    assert late


@pytest.mark.parametrize("scenario", BUNDLED)
def test_nothing_that_is_sent_goes_off_without_a_word(scenario: str) -> None:
    for prospect in bundled(scenario).scenario.prospects:
        silent = [line.id for line in prospect.lines if line.kind in ("touch", "check-in") and not line.replies]
        assert silent == []


def test_two_who_want_to_talk_it_over_can_be_left_alone_with_it() -> None:
    """On the screen from the pitch, in the showroom, and on the telephone, whenever both have heard the question."""
    alone = {"walk-him-round", "coffee-corner", "face-down"}
    met = set[str]()
    for seed in range(40):
        for player in ("same-day", "random"):
            for state, options in talked("saturday-showroom", player, seed):
                told = state.player_view("expert").prospects[0]
                said = {option.name for option in options}
                if told.present and told.outcome in ("stall", "objection") and told.stage != "welcome":
                    used = {line for line in alone if state.people[0][at.SAID] >> _place(line) & 1}
                    assert said & alone or used, (seed, player, state.moves)
                met |= said & alone
    assert {"walk-him-round", "face-down"} <= met


def _place(name: str) -> int:
    """The bit of a line of the showroom in the mask of those that were said."""
    lines = bundled("saturday-showroom").scenario.prospects[0].lines
    return next(place for place, line in enumerate(lines) if line.id == name)


def test_who_comes_back_with_one_thing_can_be_asked_what_it_is() -> None:
    asked = 0
    for seed in range(40):
        for player in ("same-day", "random"):
            for state, options in talked("saturday-showroom", player, seed):
                if state.player_view("expert").prospects[0].outcome in ("comes-back", "replies"):
                    asked += "one-thing" in {option.name for option in options}
    assert asked


def test_a_call_before_a_date_can_leave_it_as_it_stands_and_offers_no_other() -> None:
    left = 0
    for seed in range(60):
        for state, options in talked("long-audition", "random", seed):
            view = state.player_view("expert")
            if view.channel == "call" and view.prospects[0].promise is not None:
                assert "until-then" in {option.name for option in options}, (seed, state.moves)
                assert "propose-dated-step" not in {option.kind for option in options}, (seed, state.moves)
                left += 1
    assert left


def test_a_text_with_the_number_in_it_is_answered_as_soon_as_one_without_and_has_said_the_price() -> None:
    """Whoever asked for a price would not rather hear that there is one."""
    game = bundled("pricing-form")
    state = game.new_initial_state(1)
    answering, holding_back = game.move_named("text-the-number"), game.move_named("ask-by-text")
    assert state.chance_outcomes(answering) == state.chance_outcomes(holding_back)
    assert state.apply_outcome(answering, "reached").people[0][at.PRICED]
    assert not state.apply_outcome(holding_back, "reached").people[0][at.PRICED]
