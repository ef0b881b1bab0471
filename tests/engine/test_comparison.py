"""Claims about two runs of one buyer, side by side."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.comparison import OtherBuyer, compare, ghost
from engine.doctrines import DOCTRINES
from engine.par import Par
from engine.play import State
from engine.playing import play_out
from tests.engine.sales import bundled, play, written

SHOP = """\
ceiling: 100%
buyer: {name: Sam, real: 70%, ready: 0m, patience: 30m}
needs:
  dry: {says: I have to get to the station dry., weight: 60, chance: 60%}
lines:
  where-to: {kind: open-question, say: Where to?, reveals: dry}
  this-one: {kind: present, say: This one., meets: dry}
  what-it-costs: {kind: quote, say: It is a thousand.}
  have-it: {kind: ask-for-decision, say: Shall I ring it up?}
  bye: {kind: leave, say: Goodbye.}
"""
GAME = written(SHOP)
PAR = Par(10_000, 100, 8)


def at_random(state: State, key: int) -> State:
    """The end of a run that goes on with moves of no sense."""
    choice = Random(key).choice
    while not state.is_terminal():
        state = state.apply_action(choice(state.legal_actions()))
    return state


RUN = st.builds(lambda seed, key: at_random(GAME.new_initial_state(seed), key), st.integers(0, 9), st.integers(0, 99))


@given(RUN, st.integers(0, 30), st.integers(0, 99))
def test_a_retry_parts_from_the_run_it_repeats_where_another_move_is_made_and_not_before(
    run: State, place: int, key: int
) -> None:
    start = run.states()[min(place, run.moves - 1)]
    again = at_random(start, key)
    found = compare(run, again, PAR)
    assert found.parted >= start.moves
    alike = zip(run.states()[: found.parted + 1], again.states()[: found.parted + 1], strict=True)
    assert all(mine.core == theirs.core for mine, theirs in alike)
    if not found.same:
        mine, theirs = (end.states()[found.parted + 1] for end in (run, again))
        assert (mine.action, mine.events) != (theirs.action, theirs.events)


@given(RUN, st.integers(0, 99))
def test_both_sides_agree_where_they_part_and_in_what_they_differ(run: State, key: int) -> None:
    again = at_random(run.states()[0], key)
    found, turned = compare(run, again, PAR), compare(again, run, PAR)
    assert found.parted == turned.parted
    assert {(mine, other) for other, mine in turned.changed()} == set(found.changed())
    assert (found.mine, found.other) == (turned.other, turned.mine)


@given(RUN)
def test_a_run_never_parts_from_itself_and_changes_nothing(run: State) -> None:
    found = compare(run, run, PAR)
    assert found.same
    assert found.changed() == ()


def test_runs_of_other_buyers_or_of_other_scenarios_are_not_compared() -> None:
    run = at_random(GAME.new_initial_state(1), 1)
    with pytest.raises(OtherBuyer, match="another buyer"):
        compare(run, at_random(GAME.new_initial_state(2), 1))
    with pytest.raises(OtherBuyer, match="two scenarios"):
        compare(run, at_random(bundled("first-five-minutes").new_initial_state(1), 1))


def test_what_changed_is_what_came_out_differently() -> None:
    starts = (GAME.new_initial_state(seed) for seed in range(9))
    start = next(each for each in starts if play(each, "where-to").glance().prospects[0].facts)
    found = compare(play(start, "bye", "finish"), play(start, "where-to", "bye", "finish"), PAR)
    assert found.parted == 0
    names = {each.name for both in found.changed() for each in both if each is not None}
    assert "needs found" in names
    assert found.mine.worked < found.other.worked


@pytest.mark.parametrize("name", ["plan-a", "collector", "expert"])
def test_a_ghost_plays_this_very_buyer_as_the_computer_player_does(name: str) -> None:
    end = ghost(GAME, 4, name)
    start = GAME.new_initial_state(4)
    assert end.states()[0].core == start.core
    assert end.is_terminal()
    choose = DOCTRINES[name](GAME.rules, "ghost")
    assert play_out(GAME.rules, start.core, start.luck, choose) == end.core
    assert ghost(GAME, 4, name) == end
