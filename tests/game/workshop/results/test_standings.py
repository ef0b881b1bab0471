"""What the room is shown of a ranking: as much, and when, as the event has declared."""

from __future__ import annotations

from game.workshop.guest.whereabouts import places
from game.workshop.log.entries import Adjusted
from game.workshop.log.plan import Board, RoundPlan
from game.workshop.results.standings import Standings, apart, most, round_of_amounts, standings
from tests.game.workshop.halls import SCENARIO, Hall, event

NAMES = {1: "Ann", 2: "Ben", 3: "Cem"}
MINUTE = 60_000
DEFAULT = Board()


def shown(hall: Hall, everything: bool = False) -> Standings:
    return standings(hall.room, NAMES, hall.at, {}, everything)


def opened(board: Board = DEFAULT, rounds: int = 1, players: int = 3) -> Hall:
    hall = Hall(event(*[RoundPlan(SCENARIO, buyers=2)] * rounds, board=board))
    hall.seat(players)
    hall.open()
    return hall


def test_before_the_first_round_there_is_nothing_to_show() -> None:
    hall = Hall()
    hall.seat()
    assert (shown(hall).lines, shown(hall).note) == ((), "")


def test_a_round_is_ranked_while_it_runs() -> None:
    hall = opened()
    hall.play(1)
    found = shown(hall)
    assert found.title == "Round 1"
    assert [(line.name, line.place) for line in found.lines] == [
        ("Ann", "1"),
        ("Ben", "no move yet"),
        ("Cem", "no move yet"),
    ]
    assert found.lines[0].met == "2 of 2"


def test_while_a_round_runs_nothing_says_which_buyers_can_be_closed_on_the_first_visit() -> None:
    hall = opened()
    hall.play(1)
    running = shown(hall)
    assert {line.closed for line in running.lines} <= {"0", "1", "2"}
    assert running.room[0].startswith("First-visit closes in this room so far: ")
    hall.close()
    assert all(" of " in line.closed or line.closed == "none possible" for line in shown(hall).lines)


def test_what_the_host_adds_stands_in_the_ranking_of_the_only_round_and_in_that_of_all_of_several() -> None:
    for rounds in (1, 2):
        hall = opened(rounds=rounds)
        hall.play(1)
        hall.play(2)
        hall.put(Adjusted, action="add", seat=2, amount=900_000, reason="the best question")
        if rounds == 1:
            assert shown(hall).lines[0].name == "Ben"
        hall.close()
        assert shown(hall).lines[0].name == "Ben"


def test_amounts_of_a_ranking_have_decimals_where_one_of_them_needs_any() -> None:
    hall = opened(players=2)
    assert [line.earned for line in shown(hall).lines] == ["0 EUR", "0 EUR"]
    hall.put(Adjusted, action="add", seat=1, amount=1_250, reason="for the coffee")
    assert [line.earned for line in shown(hall).lines] == ["12.50 EUR", "0.00 EUR"]


def test_what_is_added_where_rounds_cannot_be_added_up_goes_to_the_round_that_is_ranked() -> None:
    hall = apart_rounds()
    assert round_of_amounts(hall.room) == 0
    hall.open()
    hall.close()
    hall.open(1)
    assert round_of_amounts(hall.room) == 1
    assert round_of_amounts(opened(rounds=2).room) is None


def test_who_has_done_nothing_has_no_conduct_yet() -> None:
    hall = opened(players=2)
    hall.play(1)
    found = shown(hall)
    assert [bool(line.conduct) for line in found.lines] == [True, False]
    assert "Your place: none (no move yet)." in places(found, 2)
    hall.close()
    assert "Your place: none (no move)." in places(shown(hall), 2)


def test_rounds_are_added_up_between_them() -> None:
    hall = opened(rounds=2)
    hall.play(1)
    hall.close()
    assert shown(hall).title == "Round 1"
    hall.open(1)
    assert shown(hall).title == "Round 2"
    hall.close(1)
    assert shown(hall).title == "All rounds together"


def apart_rounds() -> Hall:
    return Hall(event(RoundPlan(SCENARIO, buyers=1), RoundPlan("first-five-minutes", buyers=1)))


def test_rounds_whose_amounts_cannot_be_added_up_end_with_the_ranking_of_the_last() -> None:
    hall = apart_rounds()
    assert "EUR and NZD" in apart(hall.room)
    assert apart(opened(rounds=2).room) == ""
    hall.seat(2)
    for round in (0, 1):
        hall.open(round)
        hall.play(1)
        hall.close(round)
    found = shown(hall)
    assert (found.title, [line.name for line in found.lines]) == ("Round 2", ["Ann", "Ben"])
    assert "NZD" in found.lines[0].earned
    assert "EUR and NZD" in found.note
    assert "First in round 1: Ann, with " in found.note


def test_a_hidden_board_shows_when_places_come_and_the_host_sees_them_at_once() -> None:
    for until, when in (("round", "the round has ended"), ("event", "after the last round")):
        hall = opened(Board(until=until), rounds=2)  # type: ignore[arg-type]
        hall.play(1)
        assert (shown(hall).lines, when in shown(hall).note) == ((), True)
        assert len(shown(hall, everything=True).lines) == 3
        hall.close()
        assert bool(shown(hall).lines) == (until == "round")


def test_a_board_of_the_first_places_shows_those_and_one_s_own() -> None:
    hall = opened(Board(shows="top", top=1))
    for seat in (1, 2, 3):
        hall.play(seat, seat)
    found = shown(hall)
    last = found.lines[-1].seat
    assert [line.place for line in most(found, hall.room).lines] == ["1"]
    assert [line.seat for line in most(found, hall.room, last).lines] == [found.lines[0].seat, last]


def test_a_name_that_the_host_hides_is_on_no_board() -> None:
    hall = opened()
    hall.play(2)
    hall.put(Adjusted, action="hide", seat=2, reason="asked to be")
    assert shown(hall).lines[0].name == "Seat 2"
    assert "Ben" not in repr(shown(hall))


def test_in_its_last_minutes_a_round_s_board_stands_still() -> None:
    hall = opened(Board(freeze=5))
    hall.play(1)
    before = shown(hall)
    hall.at += 16 * MINUTE
    hall.play(2)
    stands = shown(hall)
    assert (stands.lines, "stands still" in stands.note) == (before.lines, True)
    assert shown(hall, everything=True).lines != before.lines


def test_more_time_lets_the_board_go_on_until_the_new_last_minutes() -> None:
    hall = opened(Board(freeze=5))
    hall.at += 16 * MINUTE
    hall.play(1)
    hall.put(Adjusted, action="more-time", round=0, minutes=10, reason="the projector failed")
    assert shown(hall).lines[0].name == "Ann"
    assert shown(hall).note == ""


def test_a_board_that_stood_still_shows_everything_once_the_round_has_closed() -> None:
    hall = opened(Board(freeze=5))
    hall.at += 16 * MINUTE
    hall.play(1)
    hall.close()
    assert (shown(hall).lines[0].name, shown(hall).note) == ("Ann", "")
    assert hall.room.still is None
