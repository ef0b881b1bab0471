"""Claims about what a player usually does after such a moment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.coach.habits import MOMENTS, habits, moment
from engine.play import State
from tests.engine.sales import play, written
from tests.engine.test_comparison import RUN

GAME = written("""\
ceiling: 100%
buyer: {name: Sam, real: 100%, ready: 0m, patience: 30m}
needs:
  dry: {says: I have to get to the station dry., weight: 60}
lines:
  where-to: {kind: open-question, say: Where to?, reveals: dry}
  this-one: {kind: present, say: This one., meets: dry}
  what-it-costs: {kind: quote, say: It is a thousand.}
  have-it: {kind: ask-for-decision, say: Shall I ring it up?}
  bye: {kind: leave, say: Goodbye.}
""")


def test_a_moment_is_named_by_what_the_last_move_brought() -> None:
    start = GAME.new_initial_state(1)
    assert moment(start) is None, "nothing has come yet"
    told = play(start, "where-to")
    assert moment(told) == "told"
    asked = play(start, "what-it-costs").apply_outcome(GAME.move_named("have-it"), "stall")
    assert moment(asked) == "stall"
    left = play(start, "bye")
    assert moment(left) == "open-end"
    assert moment(left.apply_outcome(GAME.move_named("call"), "missed")) == "missed"


def test_what_was_done_is_counted_by_its_kind_and_once_for_each_moment() -> None:
    end = play(GAME.new_initial_state(1), "where-to", "this-one", "bye", "finish")
    found = habits([end, end])
    assert found["told"].done == {"present": 2}
    assert (found["told"].runs, found["told"].moments) == (2, 2)
    assert found["open-end"].done == {"wait": 2}


@given(st.lists(RUN, max_size=4))
def test_every_moment_is_counted_once(runs: list[State]) -> None:
    found = habits(runs)
    named = [moment(state) for end in runs for state in end.states()[:-1]]
    for each in MOMENTS:
        assert (found[each].moments if each in found else 0) == named.count(each)
    assert all(habit.runs <= min(len(runs), habit.moments) for habit in found.values())
