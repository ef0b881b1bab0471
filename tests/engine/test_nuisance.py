"""Claims about contact as the buyer feels it: it wears, it is remembered, and at some point it is enough."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.calendar import is_open
from engine.play import State
from engine.score import scorecard
from engine.units import POINT
from tests.engine.sales import play, written

SALE = """
buyer: {name: Ada, real: 100%, returns: 0%, interest: 55, trust: 45, patience: 40m, drifts: 0% a day}
lines:
  talk: {kind: small-talk, say: Hello.}
  ask: {kind: ask-for-decision, say: Shall we?}
  no: {kind: take-no, say: Then not.}
  free: {kind: invite-no, say: You can say no.}
  later: {kind: vague-follow-up, say: I will be in touch.}
  timed: {kind: propose-dated-step, say: Tomorrow at half past ten?, at: "Wed 10:30"}
  other: {kind: propose-dated-step, say: Or on Thursday?, at: "Thu 10:30"}
  ring: {kind: call, say: Ring her.}
  note: {kind: touch, say: Send her the drawing., repeat: yes}
  hello: {kind: check-in, say: Just checking in., repeat: yes}
"""


@pytest.fixture(scope="module")
def left() -> State:
    """A visit that ended with nothing agreed."""
    return play(written(SALE).new_initial_state(1), "later")


def trust(state: State) -> int:
    return state.people[0][at.TRUST]


def missed(state: State) -> State:
    return state.apply_outcome(state.game.move_named("ring"), "missed")


def reach(state: State) -> int:
    return dict(state.chance_outcomes(state.game.move_named("ring"))).get("reached", 0)


def conduct(state: State) -> int:
    return scorecard(state).conduct_percent


def until_open(state: State, name: str) -> State:
    """The state after a move, made at the next time at which it can be."""
    action = state.game.move_named(name)
    while action not in state.legal_actions():
        state = play(state, "wait.tomorrow")
    return state.apply_action(action)


def test_a_hundred_empty_texts_end_in_being_asked_to_stop(left: State) -> None:
    state = left
    for _ in range(100):
        if state.is_terminal():
            break
        action = state.game.move_named("hello")
        state = state.apply_action(action) if action in state.legal_actions() else play(state, "wait.tomorrow")
    person = state.people[0]
    assert person[at.OPTED_OUT]
    assert person[at.HARASSED] > 10
    assert conduct(state) == 0
    assert scorecard(state).value < 0


def test_one_text_a_week_does_not(left: State) -> None:
    state = play(left, "wait.tomorrow", "hello", "wait.1w", "hello")
    assert not state.people[0][at.OPTED_OUT]


def test_being_asked_to_stop_is_said_in_words(left: State) -> None:
    state = left
    while not state.people[0][at.OPTED_OUT]:
        state = until_open(state, "hello")
    assert any(event.what == "reply" and "touch" in event.text for event in state.events)


def test_who_asked_to_be_left_alone_is_seen_to_have(left: State) -> None:
    state = left
    while not state.people[0][at.OPTED_OUT]:
        assert not state.player_view().prospects[0].left_alone
        state = until_open(state, "hello")
    assert state.player_view().prospects[0].left_alone


def test_a_useful_message_that_costs_trust_is_one_too_many(left: State) -> None:
    state, causes = left, set()
    for _ in range(12):
        state = until_open(state, "note")
        causes |= {event.cause for event in state.events if event.what == "trust" and event.amount < 0}
    assert "one message too many" in causes
    assert "something useful from you" not in causes


def test_nobody_is_reached_who_asked_to_be_left_alone(left: State) -> None:
    state = left
    while not state.people[0][at.OPTED_OUT]:
        state = until_open(state, "hello")
    assert reach(play(state, "wait.tomorrow")) == 0


def test_a_call_a_minute_is_one_attempt(left: State) -> None:
    tried = missed(play(left, "wait.tomorrow"))
    assert tried.minute - play(left, "wait.tomorrow").minute < 15
    assert reach(tried) == 0
    again = play(tried, "ring")
    assert again.people[0][at.TRIED] == tried.people[0][at.TRIED]
    assert again.people[0][at.NUISANCE] > tried.people[0][at.NUISANCE]


def test_nothing_useful_is_taken_by_somebody_who_asked_to_be_left_alone() -> None:
    game = written(SALE.replace("repeat: yes}", "repeat: yes, replies: [{says: She thanks you.}]}", 1))
    state = play(game.new_initial_state(1), "later")
    while not state.people[0][at.OPTED_OUT]:
        state = until_open(state, "hello")
    sent = until_open(state, "note")
    assert all(event.amount <= 0 for event in sent.events if event.what in ("trust", "conviction", "excitement"))
    assert not any(event.text == "She thanks you." for event in sent.events)
    assert sent.people[0][at.HARASSED] == state.people[0][at.HARASSED] + 1


def test_four_calls_in_six_minutes_are_pestering(left: State) -> None:
    """One attempt to reach her, and four times that the telephone rang."""
    morning = play(left, "wait.tomorrow")
    once = missed(morning)
    pestered = play(once, "ring", "ring", "ring")
    assert pestered.minute - morning.minute < 15
    assert pestered.people[0][at.ATTEMPTS] == 1
    assert trust(pestered) <= trust(once) - 9 * POINT
    assert in_peace(once) == 100
    assert in_peace(pestered) < 50
    assert any(event.cause == "you tried again within minutes" for event in pestered.events)
    later = [reach(play(state, "wait.3h")) for state in (once, pestered)]
    assert later[1] < later[0] * 3 / 4


def test_once_more_right_away_is_forgiven(left: State) -> None:
    twice = play(missed(play(left, "wait.tomorrow")), "ring")
    assert in_peace(twice) > 70


def test_a_call_a_minute_ends_in_being_asked_to_stop(left: State) -> None:
    state = missed(play(left, "wait.tomorrow"))
    for _ in range(7):
        state = play(state, "ring")
    assert state.people[0][at.OPTED_OUT]
    assert conduct(state) == 0 or not state.people[0][at.HARASSED]
    assert in_peace(state) == 0


def in_peace(state: State) -> int:
    return next(term.value for term in scorecard(state).conduct if term.name == "left in peace")


def test_thirty_calls_in_vain_are_harassment(left: State) -> None:
    state = left
    for _ in range(30):
        state = play(state, "wait.1h") if "wait.1h" in names(state) else play(state, "wait.tomorrow")
        if state.is_terminal():
            break
        action = state.game.move_named("ring")
        if action in state.legal_actions() and not state.people[0][at.HERE_UNTIL]:
            state = missed(state)
    assert state.people[0][at.OPTED_OUT]
    assert conduct(state) < 20


def names(state: State) -> set[str]:
    return {state.game.move_name(action) for action in state.legal_actions()}


def test_reach_falls_with_each_attempt_in_vain(left: State) -> None:
    state, reaches = play(left, "wait.tomorrow"), []
    for _ in range(7):
        reaches.append(reach(state))
        state = play(missed(state), "wait.1h")
    assert reaches[-1] < reaches[0] / 3


def test_ringing_again_right_after_talking_costs_trust(left: State) -> None:
    reached = left.apply_outcome(left.game.move_named("ring"), "reached")
    assert trust(reached) < trust(left)
    assert any(event.cause == "too soon after you had talked" for event in reached.events)


def test_ringing_in_vain_right_after_talking_wears_as_much_as_being_put_through(left: State) -> None:
    rung, reached = missed(left), left.apply_outcome(left.game.move_named("ring"), "reached")
    assert any(event.cause == "too soon after you had talked" for event in rung.events)
    assert (trust(rung), rung.people[0][at.NUISANCE]) == (trust(reached), reached.people[0][at.NUISANCE])
    assert in_peace(rung) < in_peace(missed(play(left, "wait.tomorrow"))) == 100


def test_a_second_message_on_one_day_is_one_too_many(left: State) -> None:
    once = play(left, "note")
    twice = play(once, "note")
    assert twice.people[0][at.NUISANCE] > once.people[0][at.NUISANCE] == 0


def test_an_empty_message_is_neither_first_contact_nor_the_follow_up_of_the_day(left: State) -> None:
    after = play(left, "hello")
    assert after.people[0][at.DONE] == 0
    assert play(left, "note").people[0][at.DONE] == 1


def test_without_any_trust_nobody_agrees_to_a_date() -> None:
    game = written(SALE.replace("trust: 45", "trust: 0"))
    start = game.new_initial_state(1)
    assert dict(start.chance_outcomes(game.move_named("timed"))).get("agrees", 0) == 0


def test_naming_the_hour_helps(left: State) -> None:
    game = written(SALE.replace('"Thu 10:30"', '"Thu 10:30"').replace('at: "Thu 10:30"', "on: Thu"))
    start = game.new_initial_state(1)
    hour, day = (dict(start.chance_outcomes(game.move_named(name)))["agrees"] for name in ("timed", "other"))
    assert hour > day


def test_putting_another_date_in_place_of_one_that_stands_breaks_it() -> None:
    game = written(SALE)
    agreed = game.new_initial_state(1).apply_outcome(game.move_named("timed"), "agrees")
    talking = agreed.apply_outcome(game.move_named("ring"), "reached")
    moved = talking.apply_outcome(game.move_named("other"), "agrees")
    assert moved.people[0][at.BROKEN] == 1
    assert trust(moved) < trust(talking)


def test_giving_up_on_somebody_who_would_have_bought_is_no_good_conduct() -> None:
    game = written(SALE)
    state = game.new_initial_state(1).apply_outcome(game.move_named("free"), "stays")
    assert conduct(play(state, "no")) <= 50


@pytest.mark.parametrize("real", ["0%", "100%"])
def test_who_rings_back_does_not_tell_whether_they_are_a_buyer(real: str) -> None:
    game = written(SALE.replace("real: 100%", f"real: {real}"))
    back = 0
    for seed in range(60):
        state = missed(play(game.new_initial_state(seed), "later", "wait.tomorrow"))
        back += state.people[0][at.INBOUND_AT] < at.FAR
    assert 5 < back < 25


def test_buyers_get_in_touch_when_business_is_open() -> None:
    game = written(SALE.replace("returns: 0%", "returns: 100%"))
    for seed in range(40):
        when = play(game.new_initial_state(seed), "later").people[0][at.INBOUND_AT]
        assert is_open(game.scenario.calendar, when)


LATE = SALE + "  report: {kind: task, say: Write the report., takes: 10h}\n"


def test_nobody_is_met_after_closing() -> None:
    game = written(LATE)
    closed = []
    for seed in range(40):
        state = play(game.new_initial_state(seed), "later", "report")
        if not is_open(game.scenario.calendar, state.minute):
            closed.append(state)
    assert closed
    assert all(name.startswith("wait.") or name == "finish" for state in closed for name in names(state))
