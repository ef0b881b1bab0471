"""What holds in every run of every bundled scenario, whatever is done and whatever luck brings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine import world as at
from engine.doctrines import DOCTRINES, FOILS, SCHOOLS
from engine.events import LEVELS
from engine.play import Game, State
from engine.playing import play_out
from engine.rules.guards import holding
from engine.rules.moves import chance, outcome_name
from engine.rules.turn import Turn
from engine.units import CERTAIN, LEVEL
from tests.engine.sales import BUNDLED, bundled
from tests.engine.watching import chosen

SEEDS = st.integers(0, 2**53 - 1)
QUICK = st.sampled_from(sorted({*SCHOOLS, *FOILS}))
"""The doctrines that need no search; `test_expert.py` has the one that does."""
GAMES = st.sampled_from(BUNDLED).map(bundled)


@st.composite
def runs(draw: st.DrawFn) -> State:
    """A run of a bundled scenario: some random moves, not always to the end."""
    state = draw(GAMES).new_initial_state(draw(SEEDS))
    for pick in draw(st.lists(st.integers(0, 10_000), max_size=40)):
        possible = state.legal_actions()
        if not possible:
            break
        state = state.apply_action(possible[pick % len(possible)], think=pick % 40)
    return state


@given(runs())
def test_every_level_is_the_sum_of_its_events(state: State) -> None:
    sums: Counter[tuple[int, str]] = Counter()
    for event in state.log:
        if event.what in LEVELS:
            sums[event.prospect, event.what] += event.amount
    slots = dict(zip(LEVELS, (at.EXCITEMENT, at.CONVICTION, at.TRUST, at.PRESSURE), strict=True))
    for who, person in enumerate(state.people):
        assert {level: sums[who, level] for level in LEVELS} == {level: person[slot] for level, slot in slots.items()}


@given(runs())
def test_levels_stay_between_nothing_and_full(state: State) -> None:
    turn = Turn(state.game.rules, state.core, state.luck)
    for rules, person in zip(state.game.rules.prospects, state.people, strict=True):
        readings = (turn.interest(rules, person), person[at.TRUST], turn.pressure(rules, person))
        assert all(0 <= reading <= LEVEL for reading in readings)


@given(runs())
def test_what_is_rare_holds_when_anything_else_would(state: State) -> None:
    turn = Turn(state.game.rules, state.core, state.luck)
    for rules, person in zip(state.game.rules.prospects, state.people, strict=True):
        for guards in (rules.interrupts.guards, *(stage.guards for stage in rules.stages)):
            rare, common = replace(guards, rare=True), replace(guards, rare=False)
            assert holding(turn, rare, rules, person) == holding(turn, common, rules, person)


@given(runs())
def test_a_state_is_hashable_whole_numbers(state: State) -> None:
    assert isinstance(hash(state.core), int)
    assert all(isinstance(number, int) for person in state.people for number in person)


@given(runs())
def test_there_is_something_to_do_until_it_is_over(state: State) -> None:
    assert bool(state.legal_actions()) != state.is_terminal()
    options = state.player_view().options
    assert {option.action for option in options} == set(state.legal_actions())


@given(runs())
def test_playing_the_moves_again_gives_the_same_states(state: State) -> None:
    again = state.game.new_initial_state(state.seed)
    for action, think in state.history:
        again = again.apply_action(action, think)
    assert [one.core for one in again.states()] == [one.core for one in state.states()]
    assert again.log == state.log
    assert again.returns() == state.returns()


@given(runs())
def test_chances_add_up_and_luck_brings_one_of_them(state: State) -> None:
    for action in state.legal_actions():
        odds = chance(state.game.rules, state.core, state.luck, action)
        assert sum(share for _, share in odds) == CERTAIN
        assert all(share >= 0 for _, share in odds)
        names = {outcome_name(answer) for answer, _ in odds}
        after = state.apply_action(action)
        outcomes = {name: state.apply_outcome(action, name).core for name, _ in state.chance_outcomes(action)}
        assert set(outcomes) <= names
        assert after.core in outcomes.values()


@given(runs())
def test_waiting_never_raises_interest(state: State) -> None:
    for option in state.player_view().options:
        if option.kind not in ("wait", "finish"):
            continue
        after = state.apply_action(option.action)
        for before, later in zip(state.player_view().prospects, after.player_view().prospects, strict=True):
            assert before.meters is not None
            assert later.meters is not None
            assert later.meters.interest <= before.meters.interest


@given(runs())
def test_a_move_takes_no_time_backwards_and_none_past_the_deadline(state: State) -> None:
    minutes = [one.minute for one in state.states()]
    assert minutes == sorted(minutes)
    assert minutes[-1] <= state.game.rules.deadline


@given(GAMES, SEEDS, SEEDS)
def test_another_choice_shifts_no_other_luck(game: Game, seed: int, pick: int) -> None:
    """Whatever is said first, the buyer drawn is the same, and so is the luck of each later event."""
    one, other = game.new_initial_state(seed), game.new_initial_state(seed)
    assert one.core == other.core
    possible = one.legal_actions()
    moved = one.apply_action(possible[pick % len(possible)])
    for before, after in zip(one.luck, moved.luck, strict=True):
        assert [before.draw(event) for event in ("ask", "step", "reach")] == [
            after.draw(event) for event in ("ask", "step", "reach")
        ]


@given(GAMES, SEEDS, QUICK)
def test_every_doctrine_plays_every_scenario_to_an_end(game: Game, seed: int, doctrine: str) -> None:
    state = game.new_initial_state(seed)
    core = play_out(game.rules, state.core, state.luck, DOCTRINES[doctrine](game.rules, seed))
    assert all(person[at.RESULT] for person in core[at.FIRST :])


@given(GAMES, SEEDS, QUICK)
def test_playing_without_telling_is_playing(game: Game, seed: int, doctrine: str) -> None:
    """The fast path of doctrines and the path that tells events reach the same states."""
    state = game.new_initial_state(seed)
    core = play_out(game.rules, state.core, state.luck, DOCTRINES[doctrine](game.rules, seed))
    choose = DOCTRINES[doctrine](game.rules, seed)
    while not state.is_terminal() and len(state.history) < 120:
        state = state.apply_action(chosen(state, choose))
    if state.is_terminal():
        assert state.core == core
