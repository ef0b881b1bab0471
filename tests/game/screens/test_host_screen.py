"""The host's screen: a whole event from the first player to the class debrief, with the keys that it shows."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from textual.pilot import Pilot

from game.programs.host import HostApp
from game.screens.host import Host
from game.widgets.listing import Listing
from game.workshop.hall.acts import close_round, make_move, open_round
from game.workshop.hall.admission import take_again, take_seat
from game.workshop.hall.afterwards import Afterwards
from game.workshop.hall.writer import Hall
from game.workshop.host.invitation import Invitation
from game.workshop.log.plan import Event, RoundPlan
from game.workshop.results.baselines import Starts, work
from game.workshop.results.standings import standings
from tests.game.workshop.halls import SCENARIO, event
from tests.game.workshop.served import CODE, ID, begun

INVITATION = Invitation(("http://192.0.2.7:8765",), CODE, "http://192.0.2.7:8765/board#token")


@asynccontextmanager
async def hosting(
    size: tuple[int, int] = (80, 24), planned: Event | None = None
) -> AsyncIterator[tuple[Pilot[None], Hall]]:
    """The screen of a host whom nobody has joined yet."""
    with TemporaryDirectory() as folder:
        store = begun(Path(folder) / "event.db", planned)
        async with Hall(store, ID) as hall:
            app = HostApp(hall, INVITATION, Afterwards(hall, lambda *_: None))
            async with app.run_test(size=size) as pilot:
                await settled(pilot)
                yield pilot, hall
        store.close()


async def settled(pilot: Pilot[None]) -> None:
    """Wait until what was asked for is done and shown."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    screen: Any = pilot.app.screen_stack[1]
    screen._look()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def seen(pilot: Pilot[None]) -> str:
    """The text of everything that is shown."""
    lines = pilot.app.screen._compositor.render_strips(pilot.app.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def test_address_and_code_stand_there_from_the_beginning_at_every_size() -> None:
    for size in ((80, 24), (120, 40)):
        async with hosting(size) as (pilot, _):
            assert "http://192.0.2.7:8765" in seen(pilot)
            assert CODE in seen(pilot)
            assert "Nobody is here yet" in seen(pilot)


async def test_a_title_that_is_cut_off_leaves_a_gap_before_what_stands_beside_it() -> None:
    async with hosting(planned=replace(event(), title="An evening of doors, bells, knockers and letter boxes")) as (
        pilot,
        _,
    ):
        assert "…  round 1 of 1 comes next" in seen(pilot)


async def test_the_picture_for_telephones_is_whole_at_80_columns() -> None:
    async with hosting() as (pilot, _):
        await press(pilot, "j")
        corners = seen(pilot).count("█▀▀▀▀▀█")
        assert corners == 3
        await press(pilot, "escape")


async def test_a_host_opens_a_round_gives_it_time_and_closes_it_after_a_question() -> None:
    async with hosting() as (pilot, hall):
        await hall.do(take_seat("Ann", None))
        await settled(pilot)
        assert "Ann took seat 1" in seen(pilot)
        await press(pilot, "o")
        running = hall.room.running
        assert running is not None
        assert "no move yet" in seen(pilot)
        await press(pilot, "m")
        assert hall.room.rounds[0].added == 5
        await press(pilot, "x")
        assert "1 player is still playing" in seen(pilot)
        await press(pilot, "2")
        assert hall.room.running is not None
        await press(pilot, "x", "1")
        assert hall.room.over
        assert "the last round has closed" in seen(pilot)


async def test_how_far_par_has_come_does_not_read_as_what_the_room_has_earned() -> None:
    def half(starts: Starts, _: object, stopped: Callable[[], bool], on: Callable[[int], None]) -> None:
        on(work(starts) // 2)
        while not stopped():
            time.sleep(0.01)

    async with hosting(planned=event(RoundPlan(SCENARIO), RoundPlan(SCENARIO))) as (pilot, hall):
        await hall.do(take_seat("Ann", None))
        await hall.do(open_round)
        run = hall.room.position(1).run
        assert run is not None
        await hall.do(make_move(1, 0, 0, 0, run.state.game.move_name(run.state.legal_actions()[0])))
        await hall.do(close_round)
        screen = pilot.app.screen
        assert isinstance(screen, Host)
        screen.host.afterwards = Afterwards(hall, half)
        working = asyncio.create_task(screen.host.afterwards.run(lambda: None))
        while not screen.host.afterwards.working:
            await asyncio.sleep(0.01)
        await settled(pilot)
        assert re.search(r"round 2 of 2 comes next · 1 here · par \d\d% done  ", seen(pilot))
        working.cancel()


async def test_what_cannot_be_done_is_said_and_nothing_happens() -> None:
    async with hosting() as (pilot, hall):
        await press(pilot, "x")
        assert "No round is running." in seen(pilot)
        await press(pilot, "escape", "m")
        assert "Only a round that is running can be given more time." in seen(pilot)
        assert hall.room.adjustments == ()


async def test_a_player_who_lost_the_telephone_gets_a_code_and_the_seat_again() -> None:
    async with hosting() as (pilot, hall):
        await hall.do(take_seat("Ann", None))
        await settled(pilot)
        await press(pilot, "enter", "enter")
        shown = seen(pilot)
        assert "You had a seat already?" in shown
        code = next(word for word in shown.split() if word.count("-") == 2).rstrip(".")
        assert await hall.do(take_again(code))


async def test_an_adjustment_asks_for_its_reason_and_is_in_the_log() -> None:
    async with hosting() as (pilot, hall):
        await hall.do(take_seat("Ann", None))
        await settled(pilot)
        await press(pilot, "enter", "down", "down", "down", "enter")
        assert "Amount and why" in seen(pilot)
        await press(pilot, *"50", "space", *"coffee", "enter")
        (made,) = hall.room.adjustments
        assert (made.action, made.seat, made.amount, made.reason) == ("add", 1, 5_000, "coffee")
        assert re.search(r"Added: Ann, seat 1, 50 [A-Z]{3} \(coffee\)", seen(pilot))


async def choose(pilot: Pilot[None], deed: str) -> None:
    """Take something from the list of what can be done."""
    listing = pilot.app.screen.query_one(Listing)
    at = next(place for place, each in enumerate(listing.options) if deed in str(each.prompt))
    await press(pilot, *["down"] * at, "enter")


async def because(pilot: Pilot[None], why: str) -> None:
    await press(pilot, *why, "enter")


async def test_whoever_mistyped_their_team_is_put_into_the_right_one() -> None:
    async with hosting(planned=event(teams=True)) as (pilot, hall):
        await hall.do(take_seat("Ann", "Blue"))
        await hall.do(take_seat("Bob", "Bleu"))
        await settled(pilot)
        await press(pilot, "down", "enter")
        await choose(pilot, "Put into another team")
        assert "The team: Blue, Bleu, or another" in seen(pilot)
        await because(pilot, "blue")
        assert (hall.room.teams, hall.room.seats[2].team) == (("Blue",), "Blue")
        assert "In another team: Bob, seat 2, Blue (by the host)" in seen(pilot)


async def test_no_team_is_spoken_of_where_there_are_none() -> None:
    async with hosting() as (pilot, hall):
        await hall.do(take_seat("Ann", None))
        await settled(pilot)
        await press(pilot, "enter")
        assert "team" not in seen(pilot)


async def test_a_buyer_is_voided_for_everybody_and_counts_again() -> None:
    async with hosting() as (pilot, hall):
        await press(pilot, "a")
        await choose(pilot, "Void a buyer for everybody")
        assert "There is nothing to void yet" in seen(pilot)
        await press(pilot, "escape", "o", "a")
        await choose(pilot, "Void a buyer for everybody")
        await choose(pilot, "Round 1, buyer 2: no longer counts")
        await because(pilot, "typo")
        await press(pilot, "a")
        await choose(pilot, "Void a buyer for everybody")
        await choose(pilot, "Round 1, buyer 2: counts again")
        await because(pilot, "mended")
        made = [(each.action, each.round, each.buyer, each.seat, each.reason) for each in hall.room.adjustments]
        assert made == [("void", 0, 1, None, "typo"), ("unvoid", 0, 1, None, "mended")]
        assert "Counts again: round 1, buyer 2 (mended)" in seen(pilot)


async def test_a_buyer_is_voided_for_one_player_who_has_met_them() -> None:
    async with hosting() as (pilot, hall):
        await hall.do(take_seat("Ann", None))
        await settled(pilot)
        await press(pilot, "o")
        run = hall.room.position(1).run
        assert run is not None
        move = run.state.game.move_name(run.state.legal_actions()[0])
        await hall.do(make_move(1, 0, 0, 0, move))
        await press(pilot, "enter")
        await choose(pilot, "Void a buyer for this player")
        assert "buyer 2" not in seen(pilot)
        await choose(pilot, "Round 1, buyer 1")
        await because(pilot, "helped")
        (made,) = hall.room.adjustments
        assert (made.action, made.round, made.buyer, made.seat) == ("void", 0, 0, 1)


async def test_who_was_removed_hidden_and_disqualified_can_be_let_in_again() -> None:
    async with hosting() as (pilot, hall):
        await hall.do(take_seat("Ann", None))
        await hall.do(take_seat("Ben", None))
        await press(pilot, "o")
        for deed in ("Keep the name off boards", "Disqualify", "Remove from the event"):
            await press(pilot, "enter")
            await choose(pilot, deed)
            await because(pilot, "so")
        assert [(each.hidden, each.disqualified, each.kicked) for each in hall.room.seats.values()] == [
            (True, True, True),
            (False, False, False),
        ]
        assert "Removed" in seen(pilot)  # still listed, or nobody could bring them back
        assert "0 of 1 done" in seen(pilot)  # and not waited for
        await press(pilot, "enter")
        await choose(pilot, "No longer off boards, disqualified and removed")
        await because(pilot, "sorry")
        seat = hall.room.seats[1]
        assert (seat.hidden, seat.disqualified, seat.kicked) == (False, False, False)


async def test_another_code_is_made_for_a_reason_and_shown() -> None:
    async with hosting() as (pilot, hall):
        await press(pilot, "a")
        await choose(pilot, "another code")
        await because(pilot, "leaked")
        assert hall.standing.code != CODE
        assert f"People join with {hall.standing.code} from now on." in seen(pilot)


async def test_the_door_is_locked_and_opened_again() -> None:
    async with hosting() as (pilot, hall):
        for deed, locked in (("Let nobody else in", True), ("Let people in again", False)):
            await press(pilot, "a")
            await choose(pilot, deed)
            assert hall.room.locked == locked


async def test_every_key_of_the_screen_stands_in_its_last_line_at_80_columns() -> None:
    async with hosting() as (pilot, _):
        last = seen(pilot).splitlines()[-1]
        for each in ("o Start", "x End", "a More", "q Stop", "? F1 Help"):
            assert each in last


async def test_a_person_is_deleted_after_a_question() -> None:
    async with hosting() as (pilot, hall):
        await hall.do(take_seat("Ann", None))
        await settled(pilot)
        for answer, left in (("2", {1: "Ann"}), ("1", {})):
            await press(pilot, "enter")
            await choose(pilot, "Delete this person")
            await press(pilot, answer)
            assert hall.names == left


async def test_a_room_is_ranked_while_the_screen_and_the_players_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    ranked: list[int] = []

    def slowly(*about: Any, **more: Any) -> Any:
        ranked.append(threading.get_ident())
        return standings(*about, **more)

    monkeypatch.setattr("game.screens.host.standings", slowly)
    async with hosting() as (pilot, hall):
        await hall.do(take_seat("Ann", None))
        await settled(pilot)
        assert "Ann" in seen(pilot)
    assert threading.get_ident() not in ranked
    assert len(ranked) > 1


async def test_stopping_while_a_round_runs_is_asked_first() -> None:
    async with hosting() as (pilot, _):
        await press(pilot, "o", "q")
        assert "Stop serving while a round runs?" in seen(pilot)
        await press(pilot, "1")
        assert pilot.app.is_running
        assert "Stop serving" not in seen(pilot)


@pytest.mark.parametrize("page", ["n", "d", "j", "a", "f1", "x", "ctrl+q"])
async def test_no_page_over_the_room_is_a_way_to_stop_serving_without_a_question(page: str) -> None:
    async with hosting() as (pilot, hall):
        await press(pilot, "o", page, "q")
        assert pilot.app.is_running
        assert hall.room.running is not None
        await press(pilot, "q", "ctrl+q")
        assert "Stop serving while a round runs?" in seen(pilot)
        await press(pilot, "q", "1")
        assert pilot.app.is_running


async def test_help_names_no_key_that_does_nothing_here() -> None:
    async with hosting() as (pilot, _):
        await press(pilot, "f1")
        assert "Players join with a browser" in seen(pilot)
        assert "Ctrl+P" not in seen(pilot)
        assert "All commands" not in seen(pilot)


@pytest.mark.parametrize("page", ["n", "d", "j", "a"])
async def test_leaving_what_is_read_between_rounds_leads_back_to_the_room(page: str) -> None:
    async with hosting() as (pilot, _):
        await press(pilot, page)
        assert len(pilot.app.screen_stack) == 3
        await press(pilot, "q")
        assert pilot.app.is_running
        assert len(pilot.app.screen_stack) == 2


async def test_names_are_shown_as_they_were_typed() -> None:
    async with hosting() as (pilot, hall):
        await hall.do(take_seat("[b]Ann[/b] {0}", None))
        await settled(pilot)
        assert "[b]Ann[/b] {0}" in seen(pilot)
