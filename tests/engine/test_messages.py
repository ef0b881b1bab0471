"""Claims about what is sent between conversations, and about the answers to it."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.play import Game
from engine.units import CERTAIN, HOUR
from tests.engine.sales import play, written
from tests.engine.visits import LETTER, TRIED_OTHERWISE, VISIT, answered, buyer, reached


def test_an_empty_message_does_not_make_anybody_easier_to_reach(visit: Game) -> None:
    state = play(visit.new_initial_state(1), "later", "wait.1w")
    assert reached(play(state, "hello")) <= reached(state)


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


def test_who_has_had_enough_of_messages_says_so_in_one() -> None:
    state = play(written(VISIT + TRIED_OTHERWISE).new_initial_state(1), "later")
    while not buyer(state)[at.OPTED_OUT]:
        hello = state.game.move_named("hello")
        state = (
            state.apply_outcome(hello, "nothing") if hello in state.legal_actions() else play(state, "wait.tomorrow")
        )
    assert [event.text for event in state.events if event.what == "reply"] == ["She writes: please stop."]


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
