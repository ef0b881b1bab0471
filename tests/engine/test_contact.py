"""Claims about what happens between conversations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import world as at
from engine.calendar import is_open
from engine.play import Game, State
from engine.rules.contact import lead_reach, visitor_reach
from engine.units import CERTAIN, DAY, HOUR, WEEK
from tests.engine.sales import play, written

VISIT = """
buyer: {name: Ada, real: 100%, returns: 0%, interest: 55, trust: 45, patience: 40m, drifts: 0% a day}
lines:
  talk: {kind: small-talk, say: Hello.}
  ask: {kind: ask-for-decision, say: Shall we?}
  later: {kind: vague-follow-up, say: I will be in touch.}
  monday: {kind: propose-dated-step, say: On Tuesday?, on: Tue, by: call}
  timed: {kind: propose-dated-step, say: Tomorrow at half past ten?, at: "10:30", by: call}
  ring: {kind: call, say: Ring her.}
  note: {kind: touch, say: Send her the drawing.}
  hello: {kind: check-in, say: Just checking in., repeat: yes}
"""


@pytest.fixture(scope="module")
def visit() -> Game:
    return written(VISIT)


def reached(state: State) -> int:
    return dict(state.chance_outcomes(state.game.move_named("ring"))).get("reached", 0)


def agreed(start: State, step: str = "timed") -> State:
    return start.apply_outcome(start.game.move_named(step), "agrees")


def buyer(state: State) -> tuple[int, ...]:
    return state.people[0]


def test_a_meeting_is_kept_by_nothing_that_is_sent() -> None:
    """Who was to be met is not met by somebody who drives round and leaves a parcel."""
    parcel = "  parcel: {kind: touch, say: Leave a parcel at the desk., by: call}\n"
    game = written(VISIT + parcel)
    due = play(agreed(game.new_initial_state(1)), "wait.agreed")
    option = next(each for each in due.player_view("novice").options if each.name == "parcel")
    assert not option.keeps
    sent = due.apply_outcome(game.move_named("parcel"), "nothing")
    assert buyer(sent)[at.KEPT] == 0


def test_who_drives_half_an_hour_to_somebody_they_have_just_rung_does_not_ring_twice() -> None:
    for minutes, again in (("30m", False), ("5m", True)):
        drive = f"  drive: {{kind: call, by: visit, takes: {minutes}, say: Drive round to her.}}\n"
        game = written(VISIT + drive)
        left = play(game.new_initial_state(1), "later", "wait.1h")
        missed = left.apply_outcome(game.move_named("ring"), "missed")
        chances = dict(missed.chance_outcomes(game.move_named("drive")))
        assert (chances.get("reached", 0) == 0) == again


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


def test_the_same_day_reaches_more_than_the_next_and_that_more_than_the_third() -> None:
    same, next_day, third = visitor_reach(6 * HOUR), visitor_reach(DAY), visitor_reach(3 * DAY)
    assert same > 1.5 * next_day > 2.2 * third


@given(st.sampled_from(["telfer", "hbr", "classic"]), st.integers(0, WEEK), st.integers(0, WEEK))
def test_an_enquiry_is_never_easier_to_reach_later(preset: str, one: int, other: int) -> None:
    early, late = sorted((one, other))
    assert CERTAIN >= lead_reach(preset, early) >= lead_reach(preset, late) > 0


def test_the_presets_disagree_about_half_an_hour() -> None:
    ratio = {name: lead_reach(name, 5) / lead_reach(name, 30) for name in ("telfer", "hbr", "classic")}
    assert ratio["telfer"] < ratio["hbr"] < ratio["classic"]


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


def test_an_empty_message_does_not_make_anybody_easier_to_reach(visit: Game) -> None:
    state = play(visit.new_initial_state(1), "later", "wait.1w")
    assert reached(play(state, "hello")) <= reached(state)


TALKS = "  slow: {kind: small-talk, say: Lovely weather., takes: 10m, repeat: yes}\n"


@pytest.fixture(scope="module")
def talkative() -> Game:
    return written(VISIT + TALKS)


def rung(state: State, *waits: str) -> State:
    """The conversation that a call after these waits becomes."""
    return play(state, *waits).apply_outcome(state.game.move_named("ring"), "reached")


def patience(state: State) -> tuple[int, int]:
    """Minutes of patience left, and of what it was when whole."""
    view = state.player_view()
    assert view.patience is not None
    assert view.patience_full is not None
    return view.patience // 60, view.patience_full // 60


def test_hanging_up_and_ringing_again_gains_no_patience(talkative: Game) -> None:
    """Patience is not drawn anew by putting the receiver down: what was used comes back over four hours."""
    talked = play(talkative.new_initial_state(1), "slow", "slow")
    left, full = patience(talked)
    assert (left, full) == (20, 40)
    hung_up = play(talked, "later")
    used = full - patience(talked)[0] + 1  # hanging up took a minute more
    again = {
        waits: patience(rung(hung_up, *waits)) for waits in [(), ("wait.1h",), ("wait.1h", "wait.1h"), ("wait.3h",)]
    }
    assert again[()] == (full - used, full)
    assert again["wait.1h",] == (full - used * 3 // 4 - 1, full)
    assert again["wait.1h", "wait.1h"] == (full - used // 2 - 1, full)
    assert patience(rung(hung_up, "wait.3h", "wait.1h")) == (full, full)


def test_somebody_rung_too_soon_is_restless_at_once_and_hears_a_sentence_out(talkative: Game) -> None:
    spent = play(talkative.new_initial_state(1), *["slow"] * 4)  # she has walked out
    again = rung(spent)
    assert again.player_view("regular").prospects[0].mood == "restless"
    assert 0 < patience(again)[0] < 7
    assert not play(again, "talk").is_terminal()


@pytest.mark.parametrize("invited", [False, True])
def test_at_an_agreed_time_and_to_who_rings_back_patience_is_whole(talkative: Game, invited: bool) -> None:
    start = play(talkative.new_initial_state(1), "slow", "slow")
    if invited:
        here = play(play(start, "later").apply_outcome(talkative.move_named("note"), "replies"), "wait.3h")
        again = play(here, "take-call")
    else:
        soon = written((VISIT + TALKS).replace('at: "10:30"', "in: 1h"))
        due = play(agreed(play(soon.new_initial_state(1), "slow", "slow")), "wait.agreed")
        again = due.apply_outcome(soon.move_named("ring"), "kept")
    left, full = patience(again)
    assert left == full


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


def test_the_view_does_not_tell_that_a_message_will_be_answered(visit: Game) -> None:
    state = play(visit.new_initial_state(1), "later")
    note = visit.move_named("note")
    views = [state.apply_outcome(note, outcome).player_view() for outcome in ("replies", "nothing")]
    assert views[0] == views[1]


def test_somebody_who_answers_a_message_says_so_and_somebody_who_comes_back_does_not() -> None:
    game = written(VISIT + "outcomes: {replies: About your drawing., comes-back: It is me again.}\n")
    state = play(game.new_initial_state(1), "later").apply_outcome(game.move_named("note"), "replies")
    while not state.player_view().prospects[0].here:
        state = state.apply_action(state.player_view().options[-1].action)
    talking = play(state, "take-call")
    assert talking.player_view().transcript[-1].text == "About your drawing."


def in_touch(state: State) -> State:
    while not state.player_view().prospects[0].here:
        state = state.apply_action(state.player_view().options[-1].action)
    return state


def answered(game: Game, message: str, seed: int = 1) -> State:
    """The moment at which the buyer answers a message."""
    later = play(game.new_initial_state(seed), "later")
    return in_touch(later.apply_outcome(game.move_named(message), "replies"))


def test_who_has_not_answered_a_message_is_reached_by_the_usual_chance(visit: Game) -> None:
    later = play(visit.new_initial_state(1), "later")
    quiet = later.apply_outcome(visit.move_named("note"), "nothing")
    assert 0 < reached(quiet) < CERTAIN
    assert reached(quiet) <= reached(later)


def test_who_has_answered_is_reached_soon_and_by_the_usual_chance_once_they_have_waited_in_vain(visit: Game) -> None:
    there = answered(visit, "note")
    soon = play(there, "wait.1h")
    assert dict(soon.chance_outcomes(visit.move_named("take-call"))) == {"replies": CERTAIN}
    late = play(soon, "wait.1h")
    assert "take-call" not in {option.name for option in late.player_view().options}
    assert 0 < reached(late) < CERTAIN


def test_who_gets_in_touch_has_a_line_in_the_log(visit: Game) -> None:
    view = answered(visit, "note").player_view()
    assert view.transcript[-1].text == f"{view.prospects[0].name} answers your message."


@pytest.mark.parametrize("by", ["", ", by: text"])
def test_who_has_answered_a_message_is_rung_since_what_is_said_then_is_spoken(by: str) -> None:
    game = written(
        VISIT.replace("say: Send her the drawing.", f"say: Send her the drawing.{by}")
        + "  listen: {kind: proof, say: Can you hear the pump?, when: {channel: call}, repeat: yes}\n"
        "outcomes: {replies: She writes.}\n"
    )
    view = play(answered(game, "note"), "take-call").player_view()
    assert view.channel == "call"
    assert view.transcript[-1].text == "She writes."
    assert "listen" in {option.name for option in view.options}


def test_who_rings_back_after_an_answer_that_nobody_took_is_on_the_phone() -> None:
    game = written(VISIT)
    for seed in range(100):  # until a call in vain is returned
        ignored = play(answered(game, "note", seed), "wait.tomorrow")
        rung = play(ignored.apply_outcome(game.move_named("ring"), "missed"), "wait.tomorrow")
        if rung.player_view().prospects[0].here:
            break
    assert rung.player_view().transcript[-1].text == "Ada gets in touch, and waits for your answer."
    assert play(rung, "take-call").player_view().channel == "call"


def test_what_keeps_an_agreed_time_is_marked_when_it_is_time(visit: Game) -> None:
    state = agreed(visit.new_initial_state(1))
    assert not any(option.keeps for option in state.player_view().options)
    due = play(state, "wait.agreed").player_view()
    assert {option.kind for option in due.options if option.keeps} == {"call"}


def test_a_long_silence_before_the_start_counts() -> None:
    def at_start(quiet: str) -> State:
        text = VISIT.replace("real: 100%", f"real: 100%, arrives: known, quiet: {quiet}")
        return written(text).new_initial_state(1)

    assert reached(at_start("5h")) > reached(at_start("1d")) > reached(at_start("2w"))
    assert at_start("5w").player_view().prospects[0].last_contact is not None


def test_an_empty_message_never_earns_trust_and_useful_ones_do_until_they_are_too_many() -> None:
    notes = "\n".join(f"  note-{n}: {{kind: touch, say: Here is something new {n}., by: email}}" for n in range(11))
    game = written(VISIT + notes + "\n")
    state = play(game.new_initial_state(1), "later")
    empty = play(state, "hello")
    assert buyer(empty)[at.TRUST] < buyer(state)[at.TRUST]
    gains = []
    for n in range(11):
        after = state.apply_outcome(game.move_named(f"note-{n}"), "nothing")
        gains.append(buyer(after)[at.TRUST] - buyer(state)[at.TRUST])
        state = play(after, "wait.tomorrow") if n < 9 else after
    assert all(gain > 0 for gain in gains[:6])
    assert all(gain < 0 for gain in gains[7:])


def test_a_follow_up_without_a_date_counts_towards_dependence_and_a_dated_one_does_not(visit: Game) -> None:
    start = visit.new_initial_state(1)
    assert buyer(play(start, "later", "hello"))[at.UNDATED] == 1
    dated = play(agreed(start), "wait.agreed").apply_outcome(visit.move_named("ring"), "kept")
    assert buyer(dated)[at.UNDATED] == 0


def test_nothing_can_be_done_while_the_business_is_closed(visit: Game) -> None:
    late = written(VISIT, base=CLOSING).new_initial_state(1)
    state = play(late, "talk", "later")
    kinds = {option.kind for option in state.player_view().options}
    assert kinds <= {"wait", "finish"}
    assert "ring" in {option.name for option in play(state, "wait.tomorrow").player_view().options}


CLOSING = """\
format: 1
id: closing-time
title: Closing time
situation: A buyer shortly before closing.
briefing: A buyer shortly before closing.
offer: {price: 1000, floor: 800, hour: 30}
calendar: {start: Mon 17:58, open: Mon-Fri 09:00-18:00, visit: 1h, deadline: 14d}
"""


def test_a_rival_wins_while_nobody_is_in_contact_and_never_during_a_conversation() -> None:
    game = written(VISIT.replace("drifts: 0% a day}", "drifts: 0% a day, rival: {name: Bo, wins: 90% a day}}"))
    lost = 0
    for seed in range(40):
        start = game.new_initial_state(seed)
        assert play(start, "talk").player_view().prospects[0].result is None
        end = play(start, "later", "finish")
        lost += end.player_view().prospects[0].result == "lost-to-rival"
    assert lost >= 38


@pytest.mark.parametrize("by_itself", ["drifts: 90% a day", "drifts: 0% a day, rival: {name: Bo, wins: 90% a day}"])
def test_nobody_buys_elsewhere_or_gives_it_up_at_night(by_itself: str) -> None:
    game = written(VISIT.replace("drifts: 0% a day", by_itself))
    ended = [buyer(play(game.new_initial_state(seed), "later", "finish"))[at.ENDED_AT] for seed in range(30)]
    assert all(is_open(game.scenario.calendar, minute) for minute in ended)


TRIED_OTHERWISE = """  drop-in: {kind: call, by: visit, say: Look in on her.}
outcomes:
  missed:
    - {when: {channel: call}, says: It rings out.}
    - {when: {channel: visit}, says: The desk says she is out.}
  opts-out:
    - {when: {channel: email}, says: 'She writes: please stop.'}
    - says: Please stop.
"""


def test_an_attempt_in_vain_is_told_of_the_way_it_was_tried() -> None:
    """Whoever was met and is rung in vain does not stand at a desk, nor the other way round."""
    start = play(written(VISIT + TRIED_OTHERWISE).new_initial_state(1), "later")
    ring, drop_in = (start.game.move_named(name) for name in ("ring", "drop-in"))
    rung = start.apply_outcome(ring, "missed")
    assert narrated(rung) == ["It rings out."]
    looked_in = play(rung, "wait.1h").apply_outcome(drop_in, "missed")
    assert narrated(looked_in) == ["The desk says she is out."]
    assert narrated(play(looked_in, "wait.1h").apply_outcome(ring, "missed")) == ["It rings out."]


def narrated(state: State) -> list[str]:
    return [event.text for event in state.events if event.what == "narration"]


def test_who_has_had_enough_of_messages_says_so_in_one() -> None:
    state = play(written(VISIT + TRIED_OTHERWISE).new_initial_state(1), "later")
    while not buyer(state)[at.OPTED_OUT]:
        hello = state.game.move_named("hello")
        state = (
            state.apply_outcome(hello, "nothing") if hello in state.legal_actions() else play(state, "wait.tomorrow")
        )
    assert [event.text for event in state.events if event.what == "reply"] == ["She writes: please stop."]


def test_silence_costs_trust_in_a_sale_of_many_calls_only() -> None:
    def trust_after_weeks(sale: str) -> int:
        game = written(
            VISIT.replace("real: 100%", "real: 100%, quiet: 1d, arrives: known") + f"sale: {sale}\nceiling: 0%\n"
        )
        start = game.new_initial_state(1)
        return buyer(play(start, "wait.1w", "wait.3d"))[at.TRUST] - buyer(start)[at.TRUST]

    assert trust_after_weeks("one-call") == 0
    assert trust_after_weeks("multi-call") < 0


def test_nobody_holds_silence_against_who_is_expected_on_an_agreed_day() -> None:
    text = VISIT.replace("real: 100%", "real: 100%, quiet: 1d, arrives: known").replace("on: Tue", "in: 11d")
    text += "sale: multi-call\nceiling: 0%\n"
    start = written(text).new_initial_state(1).apply_outcome(written(text).move_named("ring"), "reached")
    waited, vague = play(agreed(start, "monday"), "wait.1w", "wait.3d"), play(start, "later", "wait.1w", "wait.3d")
    assert silences(waited) == 0
    assert silences(vague) == 1


def silences(state: State) -> int:
    return sum(event.what == "trust" and "silence" in event.cause for event in state.log)


def test_a_buyer_who_comes_back_stops_the_clock_and_waits_for_you() -> None:
    game = written(VISIT.replace("returns: 0%", "returns: 100%"))
    state = play(game.new_initial_state(1), "later", "finish")
    assert not state.is_terminal()
    assert state.player_view().prospects[0].here
    assert dict(state.chance_outcomes(game.move_named("take-call"))) == {"comes-back": CERTAIN}


def test_time_is_over_at_the_deadline_and_what_was_never_tried_is_never_contacted() -> None:
    game = written(VISIT.replace("real: 100%", "real: 100%, arrives: lead"))
    end = play(game.new_initial_state(1), "finish")
    assert end.is_terminal()
    assert end.minute == end.player_view().deadline
    assert end.player_view().prospects[0].result == "never-contacted"


def test_two_prospects_share_one_calendar() -> None:
    game = written(
        """
calendar: {start: Mon 10:00, open: Mon-Fri 09:00-18:00, visit: 1h, deadline: 14d}
lines:
  talk: {kind: small-talk, say: Hello.}
  bye: {kind: vague-follow-up, say: Bye.}
prospects:
  ada: {briefing: Ada., buyer: {name: Ada, arrives: known, reach: 90%, real: 100%}}
  bo: {briefing: Bo., buyer: {name: Bo, arrives: known, reach: 90%, real: 100%}}
""",
        base=CLOSING.split("calendar:")[0],
    )
    start = game.new_initial_state(1)
    ada = start.apply_outcome(game.move_named("call@ada"), "reached")
    after = play(ada, "talk@ada", "bye@ada")
    assert after.people[1] == start.people[1]
    assert after.minute > start.minute
    assert {option.prospect for option in after.player_view().options if option.kind == "call"} == {"ada", "bo"}


LETTER = "  letter: {kind: touch, say: Write to her., takes: 2h}\n  line: {kind: touch, say: Text her., takes: 1m}\n"


def test_a_message_counts_from_when_it_is_out() -> None:
    """Who writes for two hours has answered an enquiry after two hours, as somebody has who waited as long."""
    game = written(VISIT.replace("returns: 0%", "returns: 0%, arrives: lead, reach: telfer") + LETTER)
    start = game.new_initial_state(1)
    slow, quick = (start.apply_outcome(game.move_named(each), "nothing") for each in ("letter", "line"))
    assert buyer(slow)[at.FIRST_TRY] == slow.minute == start.minute + 2 * HOUR
    assert buyer(quick)[at.FIRST_TRY] == quick.minute
    felt = [event.minute for event in slow.events if event.what in ("trust", "conviction")]
    assert set(felt) == {slow.minute}


def test_a_message_that_takes_long_is_answered_as_rarely_as_one_begun_so_much_later() -> None:
    game = written(VISIT.replace("returns: 0%", "returns: 0%, arrives: lead, reach: telfer") + LETTER)
    start = game.new_initial_state(1)
    chances = [
        dict(state.chance_outcomes(game.move_named(name)))["replies"]
        for state, name in (
            (start, "line"),
            (start, "letter"),
            (play(start, "wait.1h", "wait.1h"), "line"),
        )
    ]
    assert chances[0] > chances[1] >= chances[2]


def test_a_message_reaches_nobody_who_has_bought_elsewhere_while_it_was_written() -> None:
    rival = "buyer: {rival: {name: the other shop, wins: 99% a day, enquired: no},"
    start = written(VISIT.replace("buyer: {", rival + " ") + LETTER).new_initial_state(1)
    begun = play(start, "later")
    won = buyer(begun)[at.RIVAL_AT]
    while begun.minute + 2 * HOUR <= won:
        begun = play(begun, "wait.1h")
    lost = begun.apply_outcome(begun.game.move_named("letter"), "nothing")
    assert lost.player_view().prospects[0].result == "lost-to-rival"
    assert buyer(lost)[at.TOUCHES] == 0
    assert buyer(lost)[at.WORKED] == buyer(begun)[at.WORKED] + 2 * HOUR, "the time is gone all the same"


def test_a_buyer_who_rings_while_something_is_written_for_them_still_waits_to_be_answered() -> None:
    returning = VISIT.replace("returns: 0%", "returns: 100%")
    left = play(written(returning).new_initial_state(1), "later")
    until = buyer(left)[at.INBOUND_AT] - left.minute
    game = written(returning + LETTER.replace("2h", f"{until + 5}m"))
    rung = play(game.new_initial_state(1), "later").apply_outcome(game.move_named("letter"), "nothing")
    assert rung.player_view().prospects[0].here


def test_what_was_to_be_sent_by_an_hour_is_kept_by_who_sits_down_to_it_then() -> None:
    step = "  letter-due: {kind: propose-dated-step, say: By noon?, at: '12:00', by: email}\n"
    game = written(VISIT + step + LETTER)
    due = play(agreed(game.new_initial_state(1), "letter-due"), "wait.agreed")
    sent = due.apply_outcome(game.move_named("letter"), "nothing")
    assert (buyer(sent)[at.KEPT], buyer(sent)[at.BROKEN]) == (1, 0)
