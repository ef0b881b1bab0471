"""Claims about what happens between conversations: who is reached, what silence does, and what a call costs."""

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
from tests.engine.visits import TRIED_OTHERWISE, VISIT, agreed, answered, buyer, reached


def test_who_drives_half_an_hour_to_somebody_they_have_just_rung_does_not_ring_twice() -> None:
    for minutes, again in (("30m", False), ("5m", True)):
        drive = f"  drive: {{kind: call, by: visit, takes: {minutes}, say: Drive round to her.}}\n"
        game = written(VISIT + drive)
        left = play(game.new_initial_state(1), "later", "wait.1h")
        missed = left.apply_outcome(game.move_named("ring"), "missed")
        chances = dict(missed.chance_outcomes(game.move_named("drive")))
        assert (chances.get("reached", 0) == 0) == again


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


def test_who_rings_back_after_an_answer_that_nobody_took_is_on_the_phone() -> None:
    game = written(VISIT)
    for seed in range(100):  # until a call in vain is returned
        ignored = play(answered(game, "note", seed), "wait.tomorrow")
        rung = play(ignored.apply_outcome(game.move_named("ring"), "missed"), "wait.tomorrow")
        if rung.player_view().prospects[0].here:
            break
    assert rung.player_view().transcript[-1].text == "Ada gets in touch, and waits for your answer."
    assert play(rung, "take-call").player_view().channel == "call"


def test_a_long_silence_before_the_start_counts() -> None:
    def at_start(quiet: str) -> State:
        text = VISIT.replace("real: 100%", f"real: 100%, arrives: known, quiet: {quiet}")
        return written(text).new_initial_state(1)

    assert reached(at_start("5h")) > reached(at_start("1d")) > reached(at_start("2w"))
    assert at_start("5w").player_view().prospects[0].last_contact is not None


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


def test_silence_costs_trust_in_a_sale_of_many_calls_only() -> None:
    def trust_after_weeks(sale: str) -> int:
        game = written(
            VISIT.replace("real: 100%", "real: 100%, quiet: 1d, arrives: known") + f"sale: {sale}\nceiling: 0%\n"
        )
        start = game.new_initial_state(1)
        return buyer(play(start, "wait.1w", "wait.3d"))[at.TRUST] - buyer(start)[at.TRUST]

    assert trust_after_weeks("one-call") == 0
    assert trust_after_weeks("multi-call") < 0


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
