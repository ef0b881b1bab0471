"""What players look back on once a round has closed, and whether their name may stand with it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from game.report.document import Heading, Paragraph
from game.workshop.hall.afterwards import Afterwards
from game.workshop.log.entries import Adjusted, Agreed
from game.workshop.log.plan import Moment, RoundPlan
from game.workshop.log.refused import Refused
from game.workshop.log.room import MOST_AGREED
from game.workshop.results.classroom import report
from game.workshop.results.looking_back import agreed_names, mine
from game.workshop.results.standings import standings
from tests.game.workshop.exports import SCENARIO, hall, work_out
from tests.game.workshop.halls import Hall, event
from tests.game.workshop.served import Service, begun, service

LUCK = 1
"""With which somebody who plays the first round of `exports.hall` anyhow earns something."""


@pytest.fixture
async def there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Service]:
    """An event of one round, which is over."""
    monkeypatch.setattr(Afterwards.__init__, "__defaults__", (lambda *_: None,))  # par takes long, and is not asked for
    store = begun(folder / "event.db", event(RoundPlan(SCENARIO, buyers=2)))
    async with service(store) as found:
        yield found


async def round_of_two(there: Service) -> tuple[str, str]:
    """Ann plays well and Ben hardly; the round closes. Returns their tokens."""
    ann, ben = await there.join("Ann"), await there.join("Ben")
    await there.open()
    await there.play(ann, LUCK)
    await there.move(ben, await there.now(ben))
    await there.close()
    return ann, ben


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")


def told(parts: list[dict[str, Any]]) -> str:
    return "\n".join(
        [each["text"] for each in parts if "text" in each]
        + [cell for each in parts if each["kind"] == "table" for row in each["rows"] for cell in row]
    )


def test_what_was_earned_is_accounted_for_to_the_cent_with_buyers_never_met_and_what_the_host_added() -> None:
    made = Hall(event(RoundPlan(SCENARIO, buyers=2)))
    made.seat(2)
    made.open()
    made.move(1)
    made.put(Adjusted, action="add", seat=1, amount=250, reason="for the coffee")
    made.close()
    found = mine(made.room, 1)
    assert [each.buyer for each in found.runs] == [0]
    never, added = found.besides
    assert never.startswith("Round 1, buyer 2. Never met: left undecided, which costs 2 h of your time.")
    assert added == "Added by the host: 2.50 NZD (for the coffee)"
    (line,) = (each for each in standings(made.room, {}, made.at, {}).lines if each.seat == 1)
    counted = [found.runs[0].earned, never.split("of your time. ")[1], "2.50 NZD"]
    assert sum(map(cents, counted)) == cents(line.earned)
    assert mine(made.room, 2).runs == ()
    assert len(mine(made.room, 2).besides) == 2


def test_a_buyer_that_does_not_count_any_more_is_said_with_the_reason() -> None:
    made = Hall(event(RoundPlan(SCENARIO, buyers=1)))
    made.seat()
    made.open()
    made.move(1)
    made.put(Adjusted, action="void", round=0, buyer=0, seat=1, reason="lost the phone")
    made.close()
    assert mine(made.room, 1).besides == ("Round 1, buyer 1. Does not count any more (lost the phone).",)


def cents(amount: str) -> int:
    """`−1,200.50 NZD` as a number of cents."""
    digits = amount.removesuffix(" NZD").replace(",", "").replace("−", "-")
    return round(100 * float(digits))


async def test_a_player_looks_back_on_every_sale_once_the_round_has_closed(there: Service) -> None:
    ann, ben = await round_of_two(there)
    found = (await there.get("/api/runs", ann)).body
    assert [(each["round"], each["buyer"]) for each in found["runs"]] == [(0, 0), (0, 1)]
    assert found["agrees"] is False
    seeds = [start.seed for start in there.hall.room.rounds[0].openings]
    assert [each["again"] for each in found["runs"]] == [f"firstvisit play {SCENARIO} --seed {each}" for each in seeds]
    state = there.hall.room.runs[(0, 0, 1)].state
    account = (await there.get("/api/runs/0/0", ann)).body
    assert [each["minute"] for each in account["transcript"]] == [
        each.minute for each in state.player_view("novice").transcript
    ]
    assert len(account["moves"]) == state.moves
    page = told((await there.get("/api/runs/0/0?words=yes", ann)).body)
    for text in ("How it ended", "Interest, move by move", "Score", account["moves"][0]["text"]):
        assert text in page
    assert "The round closed first" not in page
    cut_short = (await there.get("/api/runs", ben)).body["runs"]
    assert f"and comes to {cut_short[0]['earned']}." in told((await there.get("/api/runs/0/0?words=yes", ben)).body)
    assert [(each["buyer"], each["ended"].endswith("left undecided")) for each in cut_short] == [(0, True)]


async def test_nothing_can_be_looked_back_on_while_the_round_runs_nor_by_anybody_else(there: Service) -> None:
    ann, ben = await there.join("Ann"), await there.join("Ben")
    await there.open()
    await there.play(ann, LUCK)
    assert (await there.get("/api/runs", ann)).body["runs"] == []
    assert (await there.get("/api/runs/0/0", ann)).status == 404
    await there.close()
    for path in ("/api/runs/0/0", "/api/runs/0/7", "/api/runs/9/0", "/api/runs/x/y", "/api/runs/-1/0"):
        assert (await there.get(path, ben)).status == 404, path
    for path in ("/api/runs", "/api/runs/0/0"):
        assert (await there.get(path)).status == 401
        assert (await there.get(path, there.board)).status == 403


async def test_the_room_reads_what_the_coach_says_of_the_strong_run_and_nobody_is_named(
    there: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(there.afterwards, "_work_out", lambda starts, *_: work_out(starts))
    said = (Heading("The coach: First five minutes"), Heading("To take away", 2), Paragraph("Ask for it sooner."))
    monkeypatch.setattr("game.workshop.hall.afterwards.notes", lambda *_: said)  # its judgement takes long
    await round_of_two(there)
    await until(lambda: 0 in there.afterwards.coached)
    assert (await there.get("/api/board", there.board)).body["coached"] == [0]
    page = told((await there.get("/api/debrief/0", there.board)).body)
    strong, coach, again = (
        page.index(each)
        for each in ("A strong run, move by move", "What the coach says of that run", "To meet them again")
    )
    assert strong < coach < again
    assert "Ask for it sooner." in page
    assert "Ann" not in page


async def test_whoever_looks_at_a_round_s_end_keeps_nobody_waiting_who_plays(
    there: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = await round_of_two(there)
    await until(lambda: 0 in there.afterwards.debriefs)
    answering, at = threading.get_ident(), list[int]()

    def noted(made: Callable[..., Any]) -> Callable[..., Any]:
        def noting(*about: Any, **more: Any) -> Any:
            at.append(threading.get_ident())
            return made(*about, **more)

        return noting

    monkeypatch.setattr("game.workshop.web.board.standings", noted(standings))
    monkeypatch.setattr("game.workshop.web.api.report", noted(report))
    await there.post("/api/agree", ann, yes=True)  # so that it is ranked anew
    looked = await asyncio.gather(
        *(there.get("/api/standings", each) for each in (ann, ben) * 10), there.get("/api/debrief/0", there.board)
    )
    assert {each.status for each in looked} == {200}
    assert answering not in at
    assert 2 <= len(at) <= 4  # once for all who look, for the board, and for the debrief


async def test_a_name_stands_with_the_strong_run_from_when_its_owner_agrees_until_that_is_taken_back(
    there: Service,
) -> None:
    ann, ben = await round_of_two(there)
    await until(lambda: 0 in there.afterwards.debriefs)

    async def shown() -> str:
        return told((await there.get("/api/debrief/0", there.board)).body)

    assert "One run with buyer" in await shown()
    await there.post("/api/agree", ben, yes=True)  # the run is not his
    assert "One run with buyer" in await shown()
    assert (await there.post("/api/agree", ann, yes=True)).body == {"agrees": True}
    assert "Ann's run with buyer" in await shown()
    assert "Ben" not in await shown()
    assert (await there.get("/api/board", there.board)).body["agree"] == [1, 2]
    await there.post("/api/agree", ann, yes=False)
    assert "Ann" not in await shown()


async def test_who_is_forgotten_or_kept_off_boards_is_not_named_though_they_agreed(there: Service) -> None:
    ann, ben = await round_of_two(there)
    for token in (ann, ben):
        await there.post("/api/agree", token, yes=True)
    assert agreed_names(there.hall.room, there.hall.names) == {1: "Ann", 2: "Ben"}
    await there.post("/api/host/forget", there.host, seat=1)
    await there.post("/api/host/adjust", there.host, action="hide", seat=2, reason="asked for it")
    assert agreed_names(there.hall.room, there.hall.names) == {}


async def test_agreeing_is_a_yes_or_a_no_and_asked_again_it_is_the_same_once(there: Service) -> None:
    ann = await there.join("Ann")
    before = there.hall.room.seq
    for _ in range(3):
        assert (await there.post("/api/agree", ann, yes=True)).body == {"agrees": True}
    assert there.hall.room.seq == before + 1
    for sent in ({}, {"yes": 1}, {"yes": "yes"}, {"yes": None}):
        assert (await there.post("/api/agree", ann, **sent)).status == 400
    assert (await there.post("/api/agree", there.board, yes=True)).status == 403


def test_nobody_agrees_for_ever_but_whoever_has_can_take_it_back() -> None:
    made = Hall()
    made.seat()
    for _ in range(MOST_AGREED):
        made.put(Agreed, seat=1, yes=True)
        made.put(Agreed, seat=1, yes=False)
    with pytest.raises(Refused, match="too often"):
        made.put(Agreed, seat=1, yes=True)
    assert not made.room.seats[1].agrees


@pytest.mark.parametrize(("seat", "yes"), [(2, True), (1, False)])
def test_only_a_seat_that_is_there_agrees_and_only_to_something_else(seat: int, yes: bool) -> None:
    made = Hall()
    made.seat()
    with pytest.raises(Refused):
        made.put(Agreed, seat=seat, yes=yes)


def test_somebody_sent_out_is_not_named() -> None:
    made = Hall()
    made.seat()
    made.put(Agreed, seat=1, yes=True)
    assert agreed_names(made.room, {1: "Ann"}) == {1: "Ann"}
    made.put(Adjusted, action="kick", seat=1, reason="a second seat")
    assert agreed_names(made.room, {1: "Ann"}) == {}


def test_a_buyer_met_in_the_middle_of_a_recorded_run_has_no_seed_to_tell() -> None:
    assert all(each.again for each in mine(hall().room, 1).runs)
    start = hall().room.rounds[0].openings[0]
    moment = Moment(start.seed, ((start.game.move_name(start.legal_actions()[0]), 0),))
    made = Hall(event(RoundPlan(SCENARIO, buyers=1, moment=moment)))
    made.seat()
    made.open()
    made.play(1, 3)
    made.close()
    assert [each.again for each in mine(made.room, 1).runs] == [""]
