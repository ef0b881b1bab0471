"""What a move changed adds up to what the meters show, and what is taught of fading is what they do."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from engine.changes import changes
from engine.decay import left
from engine.events import LEVELS
from engine.play import State
from engine.units import DAY, HOUR
from tests.engine.sales import BUNDLED, bundled, play, written


def walk(name: str, seed: int, moves: int) -> list[State]:
    """The states of a run of random moves."""
    chance = random.Random(seed)
    states = [bundled(name).new_initial_state(seed)]
    while len(states) <= moves and not states[-1].is_terminal():
        states.append(states[-1].apply_action(chance.choice(states[-1].legal_actions())))
    return states


@pytest.mark.parametrize("name", BUNDLED)
def test_causes_add_up_to_what_the_meters_moved_by(name: str) -> None:
    states = walk(name, 5, 25)
    for before, after in pairwise(states):
        moved = changes(before, after)
        for who, (was, now) in enumerate(
            zip(before.player_view().prospects, after.player_view().prospects, strict=True)
        ):
            assert was.meters is not None
            assert now.meters is not None
            for level in LEVELS:
                told = sum(each.points for each in moved if (each.prospect, each.level) == (who, level))
                assert told == getattr(now.meters, level) - getattr(was.meters, level)


@pytest.mark.parametrize("name", BUNDLED)
def test_interest_is_the_sum_of_the_parts_that_are_shown(name: str) -> None:
    for state in walk(name, 7, 25):
        for one in state.player_view().prospects:
            assert one.meters is not None
            assert 0 <= one.meters.interest - one.meters.excitement - one.meters.conviction <= 5


@pytest.mark.parametrize(("minutes", "excitement", "conviction"), [(HOUR, 85, 99), (DAY, 2, 78), (3 * DAY, 0, 62)])
def test_the_tutorial_s_buyer_keeps_most_conviction_until_tomorrow(
    minutes: int, excitement: int, conviction: int
) -> None:
    assert left(bundled("first-five-minutes").scenario.prospects[0].buyer.fades, minutes) == (excitement, conviction)


@pytest.mark.parametrize("name", BUNDLED)
def test_no_id_stands_in_what_is_told_of_a_move(name: str) -> None:
    for state in walk(name, 9, 40):
        for event in state.events:
            rules = state.game.rules.prospects[event.prospect].prospect
            ids = [fact.id for fact in rules.facts] + [one.id for one in rules.objections] + list(rules.reasons)
            assert not [id for id in ids if f"({id})" in event.cause or event.cause.endswith(f": {id}")]


def test_a_friendly_word_that_costs_something_is_not_told_as_one_that_was_welcome() -> None:
    game = written(
        "buyer: {name: Ada}\nlines:\n  hello: {kind: small-talk, say: Nothing urgent., conviction: -4, trust: +3}\n"
    )
    before = game.new_initial_state(1)
    told = {each.level: each.cause for each in changes(before, play(before, "hello"))}
    assert told["trust"] == "a friendly word"
    assert told["conviction"] == "a friendly word, not wanted just then"


def test_what_a_kind_of_line_costs_by_itself_is_told_by_its_name() -> None:
    game = written("buyer: {name: Ada}\nlines:\n  best: {kind: claim, say: The best there is.}\n")
    before = game.new_initial_state(1)
    told = {each.level: each.cause for each in changes(before, play(before, "best"))}
    assert told["trust"] == "a claim with nothing behind it"
