"""Claims about what was agreed for later: a time, a day, or nothing."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.play import Game, State
from engine.units import CERTAIN
from tests.engine.sales import play, written
from tests.engine.visits import LETTER, VISIT, agreed, buyer, reached


def test_a_meeting_is_kept_by_nothing_that_is_sent() -> None:
    """Who was to be met is not met by somebody who drives round and leaves a parcel."""
    parcel = "  parcel: {kind: touch, say: Leave a parcel at the desk., by: call}\n"
    game = written(VISIT + parcel)
    due = play(agreed(game.new_initial_state(1)), "wait.agreed")
    option = next(each for each in due.player_view("novice").options if each.name == "parcel")
    assert not option.keeps
    sent = due.apply_outcome(game.move_named("parcel"), "nothing")
    assert buyer(sent)[at.KEPT] == 0


def test_a_conversation_while_a_date_stands_leaves_nothing_open(visit: Game) -> None:
    reopened = agreed(visit.new_initial_state(1)).apply_outcome(visit.move_named("ring"), "reached")
    left = play(reopened, "later")
    assert buyer(left)[at.CONTINUATIONS] == 0
    promise = left.player_view("novice").prospects[0].promise
    assert promise is not None
    assert promise.at is not None, "the date still stands"
    assert not [event for event in left.events if event.what == "promise"]


def test_a_date_that_would_replace_another_is_marked(visit: Game) -> None:
    first = visit.new_initial_state(1)
    again = agreed(first).apply_outcome(visit.move_named("ring"), "reached")
    marks = [{each.name for each in state.player_view("novice").options if each.replaces} for state in (first, again)]
    assert not marks[0]
    assert marks[1] == {"monday", "timed"}


def test_a_vague_promise_is_rarely_kept(visit: Game) -> None:
    """After a week, fewer than one in ten talk again, whatever was said to be nice."""
    after = play(visit.new_initial_state(1), "later", "wait.1w")
    assert 0.02 * CERTAIN < reached(after) < 0.10 * CERTAIN


def test_a_vague_promise_binds_no_more_than_none(visit: Game) -> None:
    start = visit.new_initial_state(1)
    left, promised = play(start, "later", "wait.tomorrow"), start
    assert reached(left) == reached(play(promised, "later", "wait.tomorrow"))
    bare = written(VISIT.replace("later: {kind: vague-follow-up", "later: {kind: leave")).new_initial_state(1)
    assert reached(play(bare, "later", "wait.tomorrow")) == reached(left)


def test_an_agreed_time_is_kept_more_often_than_not_and_a_day_alone_helps_little(visit: Game) -> None:
    start = visit.new_initial_state(1)
    ring = visit.move_named("ring")
    timed = play(agreed(start), "wait.agreed")
    kept = dict(timed.chance_outcomes(ring))["kept"]
    assert 0.5 * CERTAIN < kept < 0.65 * CERTAIN
    dated, vague = play(agreed(start, "monday"), "wait.tomorrow"), play(start, "later", "wait.tomorrow")
    assert reached(vague) < reached(dated) < 1.1 * reached(vague)
    assert kept > 2 * reached(dated)


def test_missing_an_agreed_time_costs_trust_and_keeping_it_earns_some(visit: Game) -> None:
    start = agreed(visit.new_initial_state(1))
    there = play(start, "wait.agreed")
    kept = there.apply_outcome(visit.move_named("ring"), "kept")
    assert buyer(kept)[at.KEPT] == 1
    assert buyer(kept)[at.TRUST] > buyer(start)[at.TRUST]
    missed = play(there, "wait.3h")
    assert buyer(missed)[at.BROKEN] == 1
    assert buyer(missed)[at.TRUST] <= buyer(start)[at.TRUST] - 1000
    assert any("without a word" in event.cause for event in missed.events)


def test_no_wait_but_the_last_leads_past_an_agreed_time(visit: Game) -> None:
    view = agreed(visit.new_initial_state(1)).player_view()
    promise = view.prospects[0].promise
    assert promise is not None
    assert promise.at is not None
    waits = [option for option in view.options if option.kind == "wait"]
    assert max(view.minute + option.minutes for option in waits) == promise.at


def test_an_agreed_time_is_never_harder_to_reach_than_no_agreement(visit: Game) -> None:
    start = visit.new_initial_state(1)
    soon = written(VISIT.replace('at: "10:30"', "in: 1h")).new_initial_state(1)
    timed, vague = play(agreed(soon), "wait.agreed"), play(start, "later", "wait.1h")
    assert dict(timed.chance_outcomes(timed.game.move_named("ring")))["kept"] >= reached(vague)


@pytest.mark.parametrize("outcome", ["kept", "not-there"])
def test_who_is_early_waits_until_it_is_time(outcome: str) -> None:
    work = "  boxes: {kind: task, say: Unpack the boxes., takes: 50m}\n"
    game = written(VISIT.replace('at: "10:30"', "in: 1h") + work)
    start = agreed(game.new_initial_state(1))
    early, punctual = play(start, "boxes"), play(start, "wait.agreed")
    assert early.minute == buyer(start)[at.PROMISE_AT] - 10
    called, due = (state.apply_outcome(game.move_named("ring"), outcome) for state in (early, punctual))
    assert called.minute == due.minute


def test_an_appointment_in_person_is_kept_in_person() -> None:
    game = written(VISIT.replace('at: "10:30", by: call', 'at: "10:30", by: visit'))
    state = play(agreed(game.new_initial_state(1)), "wait.agreed")
    calls = [option.name for option in state.player_view().options if option.kind == "call"]
    assert calls == ["as-agreed"]
    kept = state.apply_outcome(game.move_named("as-agreed"), "kept")
    assert kept.player_view().channel == "visit"


def test_a_date_that_you_let_pass_was_no_decision(visit: Game) -> None:
    start = agreed(visit.new_initial_state(1))
    assert buyer(start)[at.DECISIONS] == 1
    missed = play(start, "wait.agreed", "wait.3h")
    assert buyer(missed)[at.DECISIONS] == 0
    assert buyer(missed)[at.CONTINUATIONS] == 1


def test_a_step_that_is_refused_is_harder_to_propose_again(visit: Game) -> None:
    start, step = visit.new_initial_state(1), visit.move_named("timed")
    refused = start.apply_outcome(step, "declines")
    assert dict(refused.chance_outcomes(step))["agrees"] < dict(start.chance_outcomes(step))["agrees"]


def test_a_step_beyond_the_deadline_is_not_offered() -> None:
    game = written(VISIT.replace('at: "10:30"', "in: 30d"))
    assert "timed" not in {option.name for option in game.new_initial_state(1).player_view().options}


def test_a_call_before_the_agreed_time_leaves_it_standing_and_is_no_second_decision() -> None:
    game = written(VISIT.replace('at: "10:30"', "in: 10d"))
    state = agreed(game.new_initial_state(1))
    early = state.apply_outcome(game.move_named("ring"), "reached")
    again = early.apply_outcome(game.move_named("timed"), "agrees")
    assert buyer(again)[at.DECISIONS] == 1
    assert buyer(again)[at.UNDATED] == 1


def test_what_keeps_an_agreed_time_is_marked_when_it_is_time(visit: Game) -> None:
    state = agreed(visit.new_initial_state(1))
    assert not any(option.keeps for option in state.player_view().options)
    due = play(state, "wait.agreed").player_view()
    assert {option.kind for option in due.options if option.keeps} == {"call"}


def test_a_follow_up_without_a_date_counts_towards_dependence_and_a_dated_one_does_not(visit: Game) -> None:
    start = visit.new_initial_state(1)
    assert buyer(play(start, "later", "hello"))[at.UNDATED] == 1
    dated = play(agreed(start), "wait.agreed").apply_outcome(visit.move_named("ring"), "kept")
    assert buyer(dated)[at.UNDATED] == 0


def test_nobody_holds_silence_against_who_is_expected_on_an_agreed_day() -> None:
    text = VISIT.replace("real: 100%", "real: 100%, quiet: 1d, arrives: known").replace("on: Tue", "in: 11d")
    text += "sale: multi-call\nceiling: 0%\n"
    start = written(text).new_initial_state(1).apply_outcome(written(text).move_named("ring"), "reached")
    waited, vague = play(agreed(start, "monday"), "wait.1w", "wait.3d"), play(start, "later", "wait.1w", "wait.3d")
    assert silences(waited) == 0
    assert silences(vague) == 1


def silences(state: State) -> int:
    return sum(event.what == "trust" and "silence" in event.cause for event in state.log)


def test_what_was_to_be_sent_by_an_hour_is_kept_by_who_sits_down_to_it_then() -> None:
    step = "  letter-due: {kind: propose-dated-step, say: By noon?, at: '12:00', by: email}\n"
    game = written(VISIT + step + LETTER)
    due = play(agreed(game.new_initial_state(1), "letter-due"), "wait.agreed")
    sent = due.apply_outcome(game.move_named("letter"), "nothing")
    assert (buyer(sent)[at.KEPT], buyer(sent)[at.BROKEN]) == (1, 0)
