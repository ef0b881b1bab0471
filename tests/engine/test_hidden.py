"""Claims about what a player cannot see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine import world as at
from engine.doctrines import FOILS, SCHOOLS
from engine.play import Game, State
from engine.scenario.compiled import AnyOf, When
from engine.scenario.vocabulary import HIDDEN_CONDITIONS
from engine.seeing import HIDDEN, veiled
from tests.engine.sales import BUNDLED, bundled
from tests.engine.test_deciders import house
from tests.engine.watching import chosen

NAMES = (*BUNDLED, "house")
"""The bundled scenarios, and one in which several decide who have needs of their own."""


def game_of(name: str) -> Game:
    return house() if name == "house" else bundled(name)


def with_hidden_of(state: State, other: State) -> State:
    """The same visible history, with another buyer's hidden facts behind it."""
    people = []
    for mine, theirs in zip(state.people, other.people, strict=True):
        person = list(mine)
        for slot in HIDDEN:
            person[slot] = theirs[slot]
        known = person[at.KNOWN]
        person[at.HAS] |= known & mine[at.HAS]
        if known:
            person[at.DECIDER], person[at.REASONS] = mine[at.DECIDER], mine[at.REASONS]
        people.append(tuple(person))
    return replace(state, core=(*state.core[: at.FIRST], *people))


@given(
    st.sampled_from(NAMES),
    st.integers(0, 2**32),
    st.integers(0, 2**32),
    st.lists(st.integers(0, 99), max_size=14),
)
def test_two_buyers_with_equal_visible_history_give_equal_views(
    name: str, seed: int, other_seed: int, picks: list[int]
) -> None:
    state = game_of(name).new_initial_state(seed)
    for pick in picks:
        possible = state.legal_actions()
        if not possible:
            break
        state = state.apply_action(possible[pick % len(possible)])
    other = with_hidden_of(state, game_of(name).new_initial_state(other_seed))
    for cues in ("novice", "regular", "expert"):
        assert state.player_view(cues) == other.player_view(cues)
    if not state.is_terminal():
        for doctrine in (*SCHOOLS.values(), *FOILS.values()):
            choose, again = (doctrine(state.game.rules, 1) for _ in range(2))
            assert chosen(state, choose) == chosen(other, again)


@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.lists(st.integers(0, 99), max_size=14))
def test_a_veil_takes_nothing_from_what_a_player_sees_and_leaves_nothing_hidden(
    name: str, seed: int, picks: list[int]
) -> None:
    game = game_of(name)
    state, other = game.new_initial_state(seed), game.new_initial_state(seed + 1)
    for pick in picks:
        possible = state.legal_actions()
        if not possible:
            break
        state = state.apply_action(possible[pick % len(possible)])
    behind = replace(state, core=veiled(state.core))
    assert behind.player_view("novice") == state.player_view("novice")
    assert veiled(with_hidden_of(state, other).core) == veiled(state.core)


@given(st.sampled_from(BUNDLED), st.integers(0, 2**32), st.integers(0, 2**32))
def test_an_expert_sees_the_same_opening_whoever_the_seed_draws(name: str, seed: int, other: int) -> None:
    game = bundled(name)
    one, two = (game.new_initial_state(s).player_view("expert") for s in (seed, other))
    assert replace(one, patience=0, patience_full=0) == replace(two, patience=0, patience_full=0)


@given(st.sampled_from(BUNDLED), st.integers(0, 2**32))
def test_cues_take_away_meters_then_moods(name: str, seed: int) -> None:
    state = bundled(name).new_initial_state(seed)
    assert all(one.meters is not None for one in state.player_view("novice").prospects)
    assert all(one.meters is None for one in state.player_view("regular").prospects)
    assert all(one.meters is None and one.mood is None for one in state.player_view("expert").prospects)
    assert all(said.mood is None for said in state.player_view("expert").transcript)


def test_no_line_is_offered_for_a_reason_the_seller_cannot_know() -> None:
    for name in BUNDLED:
        for prospect in bundled(name).scenario.prospects:
            for line in prospect.lines:
                assert not set(_words(line.when)) & HIDDEN_CONDITIONS.keys(), line.id


def _words(when: When) -> Iterator[str]:
    for clause in when:
        yield clause.what
        if isinstance(clause, AnyOf):
            for way in clause.of:
                yield from _words(way)
