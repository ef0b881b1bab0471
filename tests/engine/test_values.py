"""A state is a value: it can be copied, compared, kept in sets, and sent to another process."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.debrief import debrief
from engine.play import Game, State
from engine.record import read_record
from engine.scenario import ScenarioErrors, read_scenario
from engine.scenario.notation import money
from tests.engine.sales import BUNDLED, bundled

LONG = read_scenario(
    b"""\
format: 1
id: kiosk
title: The kiosk
situation: A commuter looks at an umbrella.
briefing: It rains.
ceiling: 100%
offer: {name: Umbrella, price: 20, floor: 8, currency: EUR}
calendar: {start: Mon 09:00, deadline: 100w}
buyer: {name: Sam}
lines:
  where-to: {kind: open-question, say: Where are you off to?}
""",
    "kiosk.yaml",
)

OUTCOME = """
import pickle, sys

state = pickle.load(sys.stdin.buffer)
action = state.legal_actions()[0]
pickle.dump((state, state.apply_action(action, 3), state.digest()), sys.stdout.buffer)
"""


def played(name: str, seed: int, picks: list[int]) -> State:
    state = bundled(name).new_initial_state(seed)
    for pick in picks:
        possible = state.legal_actions()
        if not possible:
            break
        state = state.apply_action(possible[pick % len(possible)], think=pick % 40)
    return state


def long_run(moves: int) -> State:
    """A run of this many moves: nobody gets in touch, and time passes."""
    game = Game(LONG)
    return waited(game.new_initial_state(1).apply_action(game.move_named("leave")), moves - 1)


def waited(state: State, moves: int) -> State:
    """The run after so many moves more."""
    shortest = state.game.move_named("wait.15m")
    for _ in range(moves):
        legal = state.legal_actions()
        state = state.apply_action(shortest if shortest in legal else legal[0])
    return state


@settings(max_examples=12)
@given(st.sampled_from(BUNDLED), st.integers(0, 2**53 - 1), st.lists(st.integers(0, 10_000), max_size=30))
def test_a_pickled_state_is_the_same_state(name: str, seed: int, picks: list[int]) -> None:
    state = played(name, seed, picks)
    again = pickle.loads(pickle.dumps(state))
    assert again == state
    assert hash(again) == hash(state)
    assert (again.history, again.log, again.player_view()) == (state.history, state.log, state.player_view())
    assert again.legal_actions() == state.legal_actions()
    for action in state.legal_actions()[:1]:
        assert again.apply_action(action) == state.apply_action(action)


def test_a_state_goes_to_another_process_and_comes_back() -> None:
    state = played(BUNDLED[0], 7, [1, 2, 3])
    done = subprocess.run([sys.executable, "-c", OUTCOME], input=pickle.dumps(state), capture_output=True, check=True)
    again, after, digest = pickle.loads(done.stdout)
    assert (again, digest) == (state, state.digest())
    assert after == state.apply_action(state.legal_actions()[0], 3)
    assert len({again, state, after}) == 2


def test_states_are_equal_that_came_about_in_the_same_way() -> None:
    start = bundled(BUNDLED[0]).new_initial_state(7)
    one, other = start.legal_actions()[:2]
    assert start.apply_action(one) == start.apply_action(one)
    assert start.apply_action(one) != start.apply_action(other)
    assert start.apply_action(one, 1) != start.apply_action(one, 2)
    assert start != bundled(BUNDLED[0]).new_initial_state(8)
    assert start != bundled(BUNDLED[1]).new_initial_state(7)
    assert start != 7


def test_an_outcome_that_luck_would_not_have_brought_survives() -> None:
    start = bundled(BUNDLED[0]).new_initial_state(7)
    for action in start.legal_actions():
        for outcome, _ in start.chance_outcomes(action):
            state = start.apply_outcome(action, outcome)
            assert pickle.loads(pickle.dumps(state)) == state


def test_a_copy_of_what_never_changes_is_itself() -> None:
    state = played(BUNDLED[0], 7, [1, 2])
    assert copy.copy(state) is copy.deepcopy(state) is state.clone() is state


def refused(act: Callable[[], object]) -> Exception:
    """What is raised."""
    with pytest.raises((ValueError, ScenarioErrors)) as caught:
        act()
    return caught.value


def test_what_is_raised_reaches_another_process_as_it_is() -> None:
    game = bundled(BUNDLED[0])
    state = game.new_initial_state(7)
    for error in (
        refused(lambda: state.apply_action(10**6)),
        refused(lambda: game.move_named("no-such-line")),
        refused(lambda: game.new_initial_state(-1)),
        refused(lambda: read_record(b"nonsense")),
        refused(lambda: read_scenario(b"id: [", "odd.yaml")),
        refused(lambda: money("12 or so")),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.__dict__) == (type(error), str(error), error.__dict__)


def test_what_is_shown_of_a_state_is_a_value_too() -> None:
    state = played(BUNDLED[0], 7, [1, 2, 3])
    for shown in (state.player_view(), debrief(state), state.game.scenario, state.events):
        assert pickle.loads(pickle.dumps(shown)) == copy.deepcopy(shown) == shown
    assert hash(state.player_view()) == hash(played(BUNDLED[0], 7, [1, 2, 3]).player_view())


def test_games_of_equal_scenarios_are_equal() -> None:
    game, again = Game(LONG), Game(LONG)
    assert game == again == pickle.loads(pickle.dumps(game)) == copy.deepcopy(game)
    assert len({game, again}) == 1
    assert repr(game) == "<Game of kiosk>"
    assert game != bundled(BUNDLED[0])


def test_one_more_move_takes_no_more_memory_late_in_a_long_run() -> None:
    def taken_by_a_hundred_more(state: State) -> int:
        tracemalloc.start()
        try:
            after = waited(state, 100)
            return tracemalloc.get_traced_memory()[0] if after.moves == state.moves + 100 else 0
        finally:
            tracemalloc.stop()

    early, late = long_run(100), long_run(3_000)
    assert 0 < taken_by_a_hundred_more(late) < 2 * taken_by_a_hundred_more(early)


def test_a_run_longer_than_calls_can_be_nested_is_a_value_like_any() -> None:
    state = long_run(3_000)
    early = state.states()[100]
    assert pickle.loads(pickle.dumps(state)) == state
    assert len({state, early}) == 2
    assert repr(state) == "<State of kiosk, seed 1, after 3000 moves>"
