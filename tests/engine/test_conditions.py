"""Claims about when a line is offered: days, times, counts, and one of several ways."""

from __future__ import annotations

import pytest

from engine.play import State
from engine.scenario import check_scenario
from tests.engine.sales import BASE, play, written

SALE = """
ceiling: 100%
buyer: {name: Ada, real: 100%, interest: 60, trust: 50, patience: 50m, indecision: {low: 100%}}
lines:
  chat: {say: Lovely weather., takes: 10m, repeat: yes}
  price: {kind: quote, say: It is a thousand.}
  ask: {kind: ask-for-decision, say: Shall we?}
  bye: {kind: leave, say: Goodbye.}
  call: {kind: call, stage: between, say: Ring her.}
  here: {say: Here., when: WHEN}
"""


def start(when: str, seed: int = 7) -> State:
    return written(SALE.replace("WHEN", when)).new_initial_state(seed)


def offered(state: State) -> bool:
    return state.game.move_named("here") in state.legal_actions()


@pytest.mark.parametrize(
    ("when", "held"),
    [
        ("{weekday: Mon}", True),
        ("{weekday: [Tue, Sun]}", False),
        ("{time: 10:00..10:10}", True),
        ("{time: ..10:00}", False),
        ("{time: 10:01..}", False),
        ("{asked: 0}", True),
        ("{asked: 1..}", False),
        ("{quiet: 0m..}", False),
        ("{quiet: ..30d}", False),
        ("{unanswered: 1..}", False),
        ("{broken: 0}", True),
        ("{broken: 1..}", False),
        ("{any: [{weekday: Tue}, {asked: 0}]}", True),
        ("{any: [{weekday: Tue}, {asked: 1..}]}", False),
        ("{any: {asked: 0}}", True),
        ("{any: [{weekday: Mon, asked: 1..}, {time: 12:00..}]}", False),
        ("{asked: 1.., any: [{weekday: Mon}]}", False),
    ],
)
def test_at_the_first_word_on_a_monday_at_ten(when: str, held: bool) -> None:
    assert offered(start(when)) == held


def test_the_time_of_day_goes_on_while_one_talks() -> None:
    state = start("{time: 10:10..10:20}")
    held = [offered(state), offered(play(state, "chat")), offered(play(state, "chat", "chat"))]
    assert held == [False, True, False]


def test_how_often_the_decision_was_asked_for_is_counted() -> None:
    state = start("{asked: 1}")
    assert not offered(state)
    asked = next(after for seed in range(20) if not (after := play(start("{asked: 1}", seed), "ask")).is_terminal())
    assert offered(asked)


def test_how_long_it_was_quiet_counts_from_the_last_conversation() -> None:
    def second_talk(when: str) -> State:
        left = play(start(when), "bye", "wait.tomorrow")
        return left.apply_outcome(left.game.move_named("call"), "reached")

    assert offered(second_talk("{quiet: 10h..}"))
    assert not offered(second_talk("{quiet: ..10h}"))
    assert not offered(second_talk("{quiet: 3d..}"))


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("{time: 12:00}", "is not a stretch of the day"),
        ("{time: 12:00..12:00}", "ends as it begins"),
        ("{time: 14:00..12:00}", "runs backwards"),
        ("{weekday: Monday}", "is not a weekday"),
        ("{any: []}", ""),
        ("{any: [{trust: 40..}]}", "trust"),
        ("{any: [{knows: nobody-said}]}", "there is no fact `nobody-said`"),
    ],
)
def test_what_is_no_condition_is_an_error_by_line(when: str, says: str) -> None:
    text = BASE + SALE.replace("WHEN", when)
    scenario, problems = check_scenario(text.encode(), "sale.yaml")
    assert scenario is None
    (problem,) = problems
    assert problem.level == "error"
    assert says in problem.message
    assert problem.spot.line == len(text.splitlines())
