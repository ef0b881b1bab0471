"""Taking part on screens: the room, the buyers one after the other, and the way back."""

from __future__ import annotations

import asyncio
import re
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from game.coach.judging import Judging
from game.programs.guest import Guest, play
from game.report.debrief import CUT_SHORT
from game.screens.offer import Offer
from game.screens.room import RoomScreen
from game.screens.run import RunScreen
from game.screens.sales import SaleDebrief, Sales
from game.widgets.choices import Choices
from game.widgets.plain import Plain
from game.workshop.guest.client import Client, Ticket
from game.workshop.guest.whereabouts import NAMELESS
from game.workshop.hall.acts import adjust, close_round, open_round
from game.workshop.results.looking_back import past
from tests.game.screens.moves import until
from tests.game.workshop.elsewhere import Elsewhere
from tests.game.workshop.halls import SCENARIO
from tests.game.workshop.served import CODE


def guest(there: Elsewhere) -> Guest:
    async def joined() -> Ticket:
        async with Client(there.service.base) as client:
            return await client.join(CODE, "Ann", "")

    found: list[Ticket] = []
    asking = threading.Thread(target=lambda: found.append(asyncio.run(joined())))
    asking.start()
    asking.join()
    return Guest(there.service.base, found[0])


async def meet(app: Guest, pilot: Pilot[None]) -> None:
    """From the room to the buyer."""
    await until(pilot, lambda: "Buyer 1 of 2" in said(app) and app.listening)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, RunScreen))


async def there_it(there: Elsewhere, act: object) -> None:
    await asyncio.to_thread(there.do, act)


def said(app: Guest) -> str:
    room = app.screen_stack[0]
    assert isinstance(room, RoomScreen)
    return str(room.query_one("#where", Plain).content)


async def to_the_end(app: Guest, pilot: Pilot[None]) -> None:
    """Take leave and wait until the buyer is done with, and read the last words."""
    here = app.table.now.run
    assert here is not None
    while (now := app.table.now.run) is not None and now.buyer == here.buyer:
        screen = app.screen
        if isinstance(screen, RunScreen):
            choices = screen.query_one(Choices)
            ends = [each for each in screen.view.options if each.kind in ("leave", "take-no", "finish")]
            longest = sorted(screen.view.options, key=lambda each: each.minutes)[-1:]
            if not any(choices.choose(each.action) for each in (ends or longest)[:1]):
                await pilot.press("enter")
        await pilot.pause()


async def test_a_round_is_played_from_the_room_through_every_buyer_and_back(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Judging, "begin", lambda *_: pytest.fail("somebody looks on at what is played on a host"))
    app = guest(elsewhere)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Waiting for the host" in said(app))
        await there_it(elsewhere, open_round)
        await meet(app, pilot)
        await to_the_end(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RunScreen) and app.screen.session is not None)
        assert elsewhere.service.hall.room.runs[(0, 0, 1)].finished
        await to_the_end(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RoomScreen))
        assert "You have met every buyer" in said(app)
        await there_it(elsewhere, close_round)
        await until(pilot, lambda: "The event is over" in said(app))
        await until(pilot, lambda: "Your place: 1, with" in known(app))


async def over(there: Elsewhere, app: Guest, pilot: Pilot[None]) -> None:
    """Play a move, and let the round close."""
    await there_it(there, open_round)
    await meet(app, pilot)
    await until(pilot, lambda: app.listening)
    await pilot.press("1")
    await until(pilot, lambda: app.table.now.run is not None and app.table.now.run.n == 1)
    await there_it(there, close_round)
    await until(pilot, lambda: isinstance(app.screen, RoomScreen) and "over" in said(app) and app.listening)
    await until(pilot, lambda: "Your sales" in known(app))


def known(app: Guest) -> str:
    return str(app.screen_stack[0].query_one("#known", Plain).content)


def test_whoever_leaves_reads_on_the_terminal_that_the_seat_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Guest, "until_left", lambda app: 0)
    assert play("http://127.0.0.1:1", Ticket(1, "", "Ann"), None) == 0
    assert "Your seat is kept: the same command comes back" in capsys.readouterr().err


async def test_a_sale_is_looked_back_on_in_the_debrief_that_everybody_knows(elsewhere: Elsewhere) -> None:
    app = guest(elsewhere)
    async with app.run_test(size=(80, 24)) as pilot:
        await over(elsewhere, app, pilot)
        seed = elsewhere.service.hall.room.rounds[0].openings[0].seed
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, Sales) and app.listening)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SaleDebrief) and app.listening)
        shown = "\n".join(str(each.content) for each in app.screen.query(Plain))
        earned = past(elsewhere.service.hall.room, (0, 0, 1)).earned
        assert CUT_SHORT.format(earned=earned) in shown
        assert f"firstvisit play {SCENARIO} --seed {seed}" in shown
        for key in "4crbn":  # what goes on with the run is for home
            await pilot.press(key)
        assert isinstance(app.screen, SaleDebrief)
        assert "press r" not in app.screen.about()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, RoomScreen))


async def test_a_player_agrees_to_be_named_and_takes_it_back(elsewhere: Elsewhere) -> None:
    app = guest(elsewhere)
    async with app.run_test(size=(80, 24)) as pilot:
        await over(elsewhere, app, pilot)
        for key, agrees in (("2", False), ("1", True), ("escape", True), ("1", False)):
            await until(pilot, lambda: isinstance(app.screen, RoomScreen) and app.listening)
            await pilot.press("n")
            await until(pilot, lambda: isinstance(app.screen, Offer) and app.listening)
            await pilot.press(key)
            await until(pilot, lambda agrees=agrees: elsewhere.service.hall.room.seats[1].agrees == agrees)  # type: ignore[misc]
        await until(pilot, lambda: NAMELESS in known(app))


async def test_who_comes_back_in_the_middle_sits_at_that_moment(elsewhere: Elsewhere) -> None:
    app = guest(elsewhere)
    await there_it(elsewhere, open_round)
    async with app.run_test(size=(80, 24)) as pilot:
        await meet(app, pilot)
        await until(pilot, lambda: app.listening)
        await pilot.press("1")
        await until(pilot, lambda: app.table.now.run is not None and app.table.now.run.n == 1)
    again = Guest(elsewhere.service.base, Ticket(1, app.client.token, "Ann"))
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(again.screen, RunScreen))
        assert isinstance(again.screen, RunScreen)
        state = elsewhere.service.hall.room.runs[(0, 0, 1)].state
        assert again.screen.view == state.player_view("novice")


async def test_beside_every_heading_stands_what_is_left_of_the_round_or_that_the_host_is_gone(
    elsewhere: Elsewhere,
) -> None:
    app = guest(elsewhere)
    await there_it(elsewhere, open_round)
    async with app.run_test(size=(80, 24)) as pilot:
        await meet(app, pilot)
        await until(pilot, lambda: app.listening)

        def heading() -> str:
            app._tick()
            return str(app.screen.query_one("#bar-right", Plain).content)

        assert re.match(r"(20:00|19:5\d) left · .* 1, ", heading())
        app.client._is_bad("The line is down.", again=True)
        assert heading().startswith("host out of reach · ")
        back = next(each for each in app.screen.active_bindings.values() if each.binding.key == "escape")
        assert back.binding.description == "The room"


async def test_a_round_that_closes_leads_back_to_the_room(elsewhere: Elsewhere) -> None:
    app = guest(elsewhere)
    await there_it(elsewhere, open_round)
    async with app.run_test(size=(80, 24)) as pilot:
        await meet(app, pilot)
        await there_it(elsewhere, close_round)
        await until(pilot, lambda: isinstance(app.screen, RoomScreen) and "over" in said(app))


async def test_who_is_sent_away_is_told_why_and_the_program_ends(elsewhere: Elsewhere) -> None:
    app = guest(elsewhere)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Waiting" in said(app))
        await there_it(elsewhere, adjust("kick", "a second seat", seat=1))
        await until(pilot, lambda: bool(app.sent_away))
    assert "taken this seat out" in app.sent_away


async def test_a_guest_is_told_once_what_is_wrong_with_the_settings(elsewhere: Elsewhere, home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "settings.json").write_text("{")
    app = guest(elsewhere)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Waiting for the host" in said(app))
        told = [each.message for each in app._notifications if "could not be understood" in each.message]
    assert len(told) == 1
