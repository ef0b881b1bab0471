"""Claims about places: who is ahead of whom, and what the host can do about it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.par import Par
from game.workshop.log.entries import Adjusted
from game.workshop.log.plan import RoundPlan
from game.workshop.results.ranking import Baseline, Ranking, Row, played, ranking
from tests.game.workshop.halls import SCENARIO, Hall, event


def adjust(hall: Hall, action: str, **about: object) -> None:
    hall.put(Adjusted, action=action, reason="as agreed in the room", **about)


def hall_of(*lucks: int, rounds: int = 1, teams: Mapping[int, str] | None = None) -> Hall:
    """A room in which each seat has played every round anyhow, by its own luck."""
    plans = [RoundPlan(SCENARIO, buyers=2) for _ in range(rounds)]
    hall = Hall(event(*plans, teams=teams is not None))
    for seat in range(1, len(lucks) + 1):
        hall.seat(team=teams.get(seat) if teams else None)
    for number in range(rounds):
        hall.open(number)
        for seat, luck in enumerate(lucks, start=1):
            hall.play(seat, luck + 100 * number)
        hall.close(number)
    return hall


def row(found: Ranking, seat: int) -> Row:
    return next(each for each in found.rows if each.seat == seat)


@pytest.fixture(scope="module")
def five() -> Hall:
    return hall_of(1, 2, 3, 4, 5)


def test_who_earned_more_from_the_same_buyers_is_ahead(five: Hall) -> None:
    rows = ranking(five.room).rows
    assert [each.earned for each in rows] == sorted((each.earned for each in rows), reverse=True)
    for each in rows:
        runs = [five.room.runs[0, buyer, each.seat] for buyer in range(2)]
        assert each.earned == sum(run.state.returns() for run in runs)


def test_who_did_the_same_shares_a_place_and_the_next_place_is_left_out() -> None:
    found = ranking(hall_of(1, 1, 2).room)
    places = {each.seat: each.place for each in found.rows}
    assert places[1] == places[2]
    assert sorted(each.place or 0 for each in found.rows) in ([1, 1, 3], [1, 2, 2])


def test_conduct_decides_between_those_who_earned_the_same_where_the_event_says_so(five: Hall) -> None:
    one, other = ranking(five.room).rows[:2]
    for ties in ("conduct", "equal"):
        hall = hall_of(1, 2, 3, 4, 5)
        hall = _with_ties(hall, ties)
        adjust(hall, "add", seat=other.seat, amount=one.earned - other.earned)
        found = ranking(hall.room)
        places = row(found, one.seat).place, row(found, other.seat).place
        assert row(found, one.seat).earned == row(found, other.seat).earned
        assert one.conduct != other.conduct
        assert (places == (1, 1)) == (ties == "equal")
        if ties == "conduct":
            assert (places[0] == 1) == (one.conduct > other.conduct)


def _with_ties(hall: Hall, ties: str) -> Hall:
    made = Hall(event(RoundPlan(SCENARIO, buyers=2), ties=ties))
    for entry in hall.log[1:]:
        made.room = made.room.after(entry)
    made.at = hall.at
    return made


def test_speed_never_decides() -> None:
    quick, slow = hall_of(1), hall_of(1)
    slow.at += 600_000
    assert ranking(quick.room).rows == ranking(slow.room).rows


def test_the_rule_is_printed_with_the_ranking(five: Hall) -> None:
    assert ranking(five.room).rule == (
        "Places go by what was earned from the same buyers. Whoever earned the same is ranked by conduct; whoever is "
        "equal in that too shares a place. Speed does not count."
    )


def test_a_buyer_who_was_never_met_counts_as_left_undecided_once_the_round_is_closed() -> None:
    hall = Hall()
    hall.seat(2)
    hall.open()
    hall.move(1)
    hall.play(2)
    assert row(ranking(hall.room), 1).earned == hall.room.run(0, 0, 1).state.returns()
    hall.close()
    hour = hall.room.rounds[0].game.rules.prospects[0].prospect.offer.hour
    left = row(ranking(hall.room), 1)
    assert left.earned < hall.room.run(0, 0, 1).state.returns() - hour // 2
    assert (left.over, left.buyers) == (0, 2)


def test_who_made_no_move_has_no_place_and_is_ahead_of_nobody() -> None:
    hall = Hall()
    hall.seat(2)
    hall.open()
    hall.play(1)
    hall.close()
    found = ranking(hall.room)
    assert [(each.seat, each.place, each.status) for each in found.rows] == [(1, 1, "ranked"), (2, None, "no move")]


def test_late_joiners_are_ranked_on_what_they_could_play_and_their_row_says_so() -> None:
    hall = Hall(event(RoundPlan(SCENARIO, buyers=1), RoundPlan(SCENARIO, buyers=1)))
    hall.seat()
    hall.open(0)
    hall.play(1)
    hall.at += 1_000
    hall.close(0)
    hall.at += 1_000
    hall.seat()
    hall.open(1)
    hall.play(1)
    hall.play(2)
    hall.close(1)
    found = ranking(hall.room)
    assert row(found, 1).rounds == (0, 1)
    assert (row(found, 2).rounds, row(found, 2).buyers) == ((1,), 1)
    assert row(found, 2).earned == row(ranking(hall.room, 1), 2).earned
    assert row(ranking(hall.room, 0), 2).status == "no move"


# --- what the host can do --------------------------------------------------------------------------------------------


def test_disqualified_seats_share_the_last_place_whatever_they_earned(five: Hall) -> None:
    hall = hall_of(1, 2, 3, 4, 5)
    best, second, *_ = ranking(five.room).rows
    for each in (best, second):
        adjust(hall, "disqualify", seat=each.seat)
    found = ranking(hall.room)
    assert [(each.status, each.place) for each in found.rows[-2:]] == [("disqualified", 4)] * 2
    assert [each.place for each in found.rows[:3]] == [1, 2, 3]
    assert row(found, best.seat).rulings[0].reason == "as agreed in the room"


def test_a_void_buyer_counts_for_nobody_or_not_for_one_seat() -> None:
    whole = hall_of(1, 2)
    adjust(whole, "void", round=0, buyer=1)
    for each in ranking(whole.room).rows:
        assert (each.earned, each.buyers) == (whole.room.run(0, 0, each.seat).state.returns(), 1)
    one = hall_of(1, 2)
    adjust(one, "void", round=0, buyer=1, seat=1)
    assert {each.seat: each.buyers for each in ranking(one.room).rows} == {1: 1, 2: 2}


def test_what_was_taken_back_counts_as_if_it_had_never_been() -> None:
    hall = hall_of(1, 2)
    before = ranking(hall.room)
    adjust(hall, "void", round=0, buyer=1)
    adjust(hall, "disqualify", seat=1)
    adjust(hall, "kick", seat=2)
    assert ranking(hall.room) != before
    adjust(hall, "unvoid", round=0, buyer=1)
    adjust(hall, "reinstate", seat=1)
    adjust(hall, "reinstate", seat=2)
    assert ranking(hall.room) == before


def test_an_amount_is_added_once() -> None:
    hall = hall_of(1, 2, rounds=2)
    before = [row(ranking(hall.room, only), 1).earned for only in (None, 0, 1)]
    adjust(hall, "add", seat=1, amount=500, round=1)
    adjust(hall, "add", seat=1, amount=-30)
    after = [row(ranking(hall.room, only), 1).earned for only in (None, 0, 1)]
    assert [now - then for now, then in zip(after, before, strict=True)] == [470, 0, 500]


def test_somebody_sent_out_is_not_ranked_and_does_not_count_for_the_room() -> None:
    hall = hall_of(1, 2, 3)
    without = ranking(hall_of(1, 2).room)
    adjust(hall, "kick", seat=3)
    found = ranking(hall.room)
    assert (row(found, 3).status, row(found, 3).place) == ("removed", None)
    assert (found.closed, found.could, found.leaning, found.decisions) == (
        without.closed,
        without.could,
        without.leaning,
        without.decisions,
    )


# --- beside the places -----------------------------------------------------------------------------------------------


def test_a_team_stands_by_the_average_of_its_players_and_somebody_alone_is_a_team_of_one() -> None:
    found = ranking(hall_of(1, 2, 3, teams={1: "North", 2: "North"}).room)
    teams = {each.team: each for each in found.teams}
    assert teams["North"].seats == (1, 2)
    assert teams["North"].earned == (row(found, 1).earned + row(found, 2).earned) // 2
    assert teams[None].seats == (3,)
    assert teams[None].earned == row(found, 3).earned
    assert sorted(each.place for each in found.teams) in ([1, 2], [1, 1])


def test_who_made_no_move_does_not_pull_a_team_down() -> None:
    hall = Hall(event(teams=True))
    hall.seat(2, team="North")
    hall.open()
    hall.play(1)
    hall.close()
    assert ranking(hall.room).teams[0].seats == (1,)


def test_without_teams_there_are_none(five: Hall) -> None:
    assert ranking(five.room).teams == ()


def test_most_improved_is_who_left_more_of_the_room_behind_than_before() -> None:
    hall = hall_of(1, 2, 3, 4, rounds=2)
    first, last = ranking(hall.room, 0), ranking(hall.room, 1)
    found = ranking(hall.room).improved
    assert list(found) == sorted(found, key=lambda each: (-each.gain, each.seat))
    for each in found:
        behind = [100 * (4 - (row(one, each.seat).place or 0)) // 3 for one in (first, last)]
        assert [each.first, each.last] == behind
        assert each.gain > 0
    assert ranking(hall.room, 1).improved == ()


def test_the_headlines_of_the_room_are_those_of_its_ranked_seats_together(five: Hall) -> None:
    found = ranking(five.room)
    assert found.decisions == sum(each.decisions for each in found.rows)
    assert found.leaning == sum(each.leaning for each in found.rows)
    assert (found.closed, found.could) == (sum(e.closed for e in found.rows), sum(e.could for e in found.rows))


def test_a_share_is_of_the_par_of_all_buyers_that_count(five: Hall) -> None:
    known = {(0, buyer): Baseline(Par(100_000, 0, 2), {"plan-a": 40_000, "random": -900}) for buyer in range(2)}
    found = ranking(five.room, None, known)
    for each in found.rows:
        assert each.share == max(0, 100 + 100 * (each.earned - 200_000) // 200_000)
    assert ranking(five.room).rows[0].share is None
    assert ranking(five.room, None, {(0, 0): known[0, 0]}).rows[0].share is None


def test_computer_players_are_told_the_place_they_would_take(five: Hall) -> None:
    found = ranking(
        five.room, None, {(0, buyer): Baseline(Par(1, 0, 2), {"a": 10**7, "z": -(10**7)}) for buyer in (0, 1)}
    )
    assert [(each.name, each.earned, each.place) for each in found.references] == [
        ("a", 2 * 10**7, 1),
        ("z", -2 * 10**7, 6),
    ]
    assert ranking(five.room).references == ()


def test_there_is_no_sum_of_no_round() -> None:
    hall = Hall()
    assert played(hall.room) == ()
    with pytest.raises(ValueError, match="here there is none"):
        ranking(hall.room)
