"""The room of an event: what is possible in it, what is refused, and that everybody meets the same buyers."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.luck import SEEDS
from game.workshop.log.entries import Adjusted, Began, Moved, Opened, Seated
from game.workshop.log.plan import Moment, RoundPlan
from game.workshop.log.refused import Refused
from game.workshop.log.room import MOST_MOVES, in_force
from game.workshop.log.rounds import commitment, seed
from tests.game.workshop.halls import SCENARIO, SECRETS, Hall, event, game

START = game().new_initial_state(seed(SECRETS[0], 0, 0))
FIRST = game().move_name(START.legal_actions()[0])
"""A move with which the first buyer can be met."""


def refused(code: str, act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    return str(caught.value)


# --- secrets and seeds -----------------------------------------------------------------------------------------------


def test_a_seed_is_what_the_written_rule_says() -> None:
    secret = bytes(range(32))
    said = int(hmac.new(secret, b"2:7", hashlib.sha256).hexdigest(), 16) % 2**53
    assert seed(secret, 2, 7) == said < SEEDS
    assert commitment(secret) == hashlib.sha256(secret).hexdigest()


def test_everybody_meets_the_same_buyers_in_the_same_order() -> None:
    hall = Hall()
    hall.seat(2)
    hall.open()
    hall.play(1, luck=1)
    hall.play(2, luck=2)
    for buyer in range(2):
        first, second = (hall.room.run(0, buyer, seat).state for seat in (1, 2))
        assert first.seed == second.seed == seed(SECRETS[0], 0, buyer)
        assert first.states()[0] == second.states()[0]


def test_a_round_does_not_open_with_another_secret_than_the_one_announced() -> None:
    hall = Hall()
    refused("secret", lambda: hall.put(Opened, round=0, commitment=commitment(b"another")))


# --- rounds ----------------------------------------------------------------------------------------------------------


def test_rounds_come_one_after_the_other() -> None:
    hall = Hall(event(RoundPlan(SCENARIO), RoundPlan("pricing-form")))
    refused("rounds", lambda: hall.open(1))
    hall.open(0)
    refused("open", lambda: hall.open(1))
    refused("closed", lambda: hall.close(1))
    hall.close(0)
    hall.open(1)
    hall.close(1)
    assert hall.room.over
    refused("rounds", lambda: hall.open(1))


def test_no_move_is_taken_before_a_round_or_after_its_time() -> None:
    hall = Hall()
    hall.seat()
    move = {"round": 0, "buyer": 0, "seat": 1, "n": 0, "move": FIRST, "seconds": 0}
    refused("closed", lambda: hall.put(Moved, **move))
    hall.open()
    hall.at += 20 * 60_000
    refused("closed", lambda: hall.put(Moved, **move))
    hall.put(Adjusted, action="more-time", round=0, minutes=1, reason="late")
    hall.put(Moved, **move)
    hall.close()
    refused("closed", lambda: hall.put(Moved, **{**move, "n": 1}))


def test_a_round_can_begin_at_a_moment_of_a_run() -> None:
    start = game().new_initial_state(11)
    moves: list[tuple[str, int]] = []
    for _ in range(3):
        action = start.legal_actions()[0]
        moves.append((game().move_name(action), 0))
        start = start.apply_action(action)
    hall = Hall(event(RoundPlan(SCENARIO, buyers=1, moment=Moment(11, tuple(moves)))))
    hall.seat()
    hall.open()
    position = hall.room.position(1)
    assert position.run is not None
    assert (position.run.state, position.run.moves) == (start, 0)
    hall.move(1)


# --- seats -----------------------------------------------------------------------------------------------------------


def test_a_seat_goes_from_waiting_to_the_end() -> None:
    hall = Hall(event(RoundPlan(SCENARIO, buyers=1), RoundPlan(SCENARIO, buyers=1)))
    hall.seat(2)

    def doing() -> str:
        return hall.room.position(1).doing

    assert doing() == "waiting"
    hall.open(0)
    assert doing() == "playing"
    hall.play(1)
    assert doing() == "between"
    hall.close(0)
    assert (doing(), hall.room.position(1).round) == ("waiting", 1)
    hall.open(1)
    hall.close(1)
    assert doing() == "over"


def test_the_door_can_be_locked_and_opened_again() -> None:
    hall = Hall()
    hall.put(Adjusted, action="lock", reason="everybody is here")
    refused("locked", hall.seat)
    hall.put(Adjusted, action="unlock", reason="one more")
    hall.seat()


def test_nobody_comes_late_unless_the_event_lets_them() -> None:
    hall = Hall(event(late=False))
    hall.seat()
    hall.open()
    refused("late", hall.seat)
    hall = Hall(event(late=True))
    hall.open()
    hall.seat()
    hall.move(1)


def test_seats_are_numbered_without_a_gap_and_teams_are_the_event_s() -> None:
    hall = Hall()
    refused("log", lambda: hall.put(Seated, seat=2))
    refused("team", lambda: hall.put(Seated, seat=1, team="red"))


def test_who_was_kicked_out_plays_no_more() -> None:
    hall = Hall()
    hall.seat(2)
    hall.open()
    hall.move(1)
    hall.put(Adjusted, action="kick", seat=1, reason="a second seat of the same player")
    refused("kicked", lambda: hall.move(1))
    hall.move(2)


# --- moves -----------------------------------------------------------------------------------------------------------


def test_who_was_kicked_out_leaves_the_place_to_another_where_all_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.workshop.log.room.MOST_SEATS", 2)
    hall = Hall()
    hall.seat(2)
    refused("full", hall.seat)
    hall.put(Adjusted, action="kick", seat=1, reason="nobody")
    hall.seat()
    assert list(hall.room.seats) == [1, 2, 3]
    refused("full", hall.seat)


def test_a_move_is_the_next_one_of_the_buyer_whose_turn_it_is() -> None:
    hall = Hall()
    hall.seat()
    hall.open()
    move = {"round": 0, "buyer": 0, "seat": 1, "n": 0, "move": FIRST, "seconds": 0}
    refused("buyer", lambda: hall.put(Moved, **{**move, "buyer": 1}))
    refused("n", lambda: hall.put(Moved, **{**move, "n": 1}))
    refused("kicked", lambda: hall.put(Moved, **{**move, "seat": 2}))
    assert FIRST in refused("illegal", lambda: hall.put(Moved, **{**move, "move": FIRST + "n"}))
    hall.put(Moved, **move)
    refused("n", lambda: hall.put(Moved, **move))
    assert len(hall.log) == 4


def test_thinking_costs_patience_only_in_a_live_round_and_by_the_host_s_clock() -> None:
    patience = {}
    for live in (False, True):
        hall = Hall(event(RoundPlan(SCENARIO, live=live)))
        hall.seat()
        hall.open()
        hall.move(1, after=100)
        first = hall.room.position(1).run
        assert first is not None
        assert first.state.think == 0  # reading the briefing is free
        hall.move(1, after=30)
        run = hall.room.position(1).run
        assert run is not None
        patience[live] = run.state.think
        here = {"round": 0, "buyer": 0, "seat": 1, "n": 2, "move": "leave"}
        refused("log", lambda hall=hall, here=here: hall.put(Moved, **here, seconds=9))  # type: ignore[misc]
    assert patience == {False: 0, True: 30}


def test_a_run_cannot_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.workshop.log.room.MOST_MOVES", 2)
    hall = Hall()
    hall.seat()
    hall.open()
    hall.move(1)
    hall.move(1)
    refused("long", lambda: hall.move(1))
    assert MOST_MOVES == 2_000


# --- the host --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("adjust", {"action": "void", "round": 0}),
        ("adjust", {"action": "lock", "seat": 1}),
        ("adjust", {"action": "more-time", "round": 0, "minutes": 0}),
        ("seat", {"action": "kick", "seat": 9}),
        ("rounds", {"action": "void", "round": 4, "buyer": 0}),
        ("buyer", {"action": "void", "round": 0, "buyer": 2}),
    ],
)
def test_an_adjustment_names_what_it_is_about_and_what_is_there(code: str, fields: dict[str, object]) -> None:
    hall = Hall()
    hall.seat()
    hall.open()
    refused(code, lambda: hall.put(Adjusted, reason="so", **fields))


def test_what_was_decided_about_a_seat_is_taken_back_once() -> None:
    hall = Hall()
    hall.seat(2)
    hall.open()
    refused("adjust", lambda: hall.put(Adjusted, action="reinstate", seat=1, reason="so"))
    for action in ("hide", "disqualify", "kick"):
        hall.put(Adjusted, action=action, seat=1, reason="so")
    refused("adjust", lambda: hall.put(Adjusted, action="reinstate", seat=2, reason="so"))
    hall.put(Adjusted, action="reinstate", seat=1, reason="so")
    assert hall.room.seats[1] == replace(hall.room.seats[2], number=1)
    hall.move(1)
    refused("adjust", lambda: hall.put(Adjusted, action="reinstate", seat=1, reason="so"))


def test_a_void_is_taken_back_for_those_it_was_made_for() -> None:
    hall = Hall()
    hall.seat(2)
    hall.open()
    hall.put(Adjusted, action="void", round=0, buyer=1, reason="so")
    hall.put(Adjusted, action="void", round=0, buyer=1, seat=1, reason="so")
    refused("adjust", lambda: hall.put(Adjusted, action="unvoid", round=0, buyer=0, reason="so"))
    refused("adjust", lambda: hall.put(Adjusted, action="unvoid", round=0, buyer=1, seat=2, reason="so"))
    hall.put(Adjusted, action="unvoid", round=0, buyer=1, reason="so")
    assert [(each.action, each.seat) for each in in_force(hall.room.adjustments)] == [("void", 1)]


# --- the log as a whole ----------------------------------------------------------------------------------------------


def test_a_log_begins_once_and_goes_on_in_time() -> None:
    hall = Hall()
    hall.at -= 1
    refused("log", hall.seat)
    hall.at += 1
    refused("log", lambda: hall.put(lambda **_: hall.log[0]))
    again = hall.log[0]
    assert isinstance(again, Began)
    refused("log", lambda: hall.room.after(replace(again, seq=1)))


def test_a_room_stays_as_it_was_when_something_comes_after_it() -> None:
    hall = Hall()
    hall.seat()
    hall.open()
    before = hall.room
    link, runs = before.link, dict(before.runs)
    hall.play(1)
    assert (before.link, dict(before.runs)) == (link, runs)
    assert before.position(1).doing == "playing"


def test_runs_are_changed_by_giving_new_ones_and_are_known_by_who_played_them() -> None:
    hall = Hall(event(RoundPlan(SCENARIO, buyers=3), RoundPlan(SCENARIO, buyers=2)))
    hall.seat(2)
    hall.open()
    hall.play(2, luck=1)
    before = hall.room.runs
    hall.move(1)
    assert (len(before), len(hall.room.runs)) == (3, 4)
    assert set(hall.room.runs) - set(before) == {(0, 0, 1)}
    assert {key: run for key, run in hall.room.runs.items() if key[2] == 2} == before.of(2) == dict(before)
    assert hall.room.position(2).buyer == 2  # the last of three
    hall.close()
    hall.open(1)
    assert hall.room.position(2).buyer == 0
    assert hall.room.runs.last(2) == (0, 2, 2)
