"""The host's screen: a whole event from the first player to the class debrief, with the keys that it shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from textual.pilot import Pilot

from game.screens.host import HostApp
from game.workshop.afterwards import Afterwards
from game.workshop.hall import Hall
from game.workshop.hosting import Invitation
from tests.game.workshop.served import CODE, ID, begun

pytestmark = pytest.mark.asyncio
INVITATION = Invitation(("http://192.0.2.7:8765",), CODE, "http://192.0.2.7:8765/board#token")


@asynccontextmanager
async def hosting(size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Pilot[None], Hall]]:
    """The screen of a host whom nobody has joined yet."""
    with TemporaryDirectory() as folder:
        store = begun(Path(folder) / "event.db")
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


async def test_the_picture_for_telephones_is_whole_at_80_columns() -> None:
    async with hosting() as (pilot, _):
        await press(pilot, "j")
        corners = seen(pilot).count("█▀▀▀▀▀█")
        assert corners == 3
        await press(pilot, "escape")


async def test_a_host_opens_a_round_gives_it_time_and_closes_it_after_a_question() -> None:
    async with hosting() as (pilot, hall):
        await hall.take_seat("Ann", None)
        await settled(pilot)
        assert "Ann took seat 1" in seen(pilot)
        await press(pilot, "o")
        running = hall.room.running
        assert running is not None
        assert "no move yet" in seen(pilot)
        await press(pilot, "m")
        assert hall.room.rounds[0].added == 5
        await press(pilot, "x")
        assert "1 player still playing" in seen(pilot)
        await press(pilot, "2")
        assert hall.room.running is not None
        await press(pilot, "x", "1")
        assert hall.room.over
        assert "the last round has closed" in seen(pilot)


async def test_what_cannot_be_done_is_said_and_nothing_happens() -> None:
    async with hosting() as (pilot, hall):
        await press(pilot, "x")
        assert "No round is running." in seen(pilot)
        await press(pilot, "escape", "m")
        assert "Only a round that is running can be given more time." in seen(pilot)
        assert hall.room.adjustments == ()


async def test_a_player_who_lost_the_telephone_gets_a_code_and_the_seat_again() -> None:
    async with hosting() as (pilot, hall):
        await hall.take_seat("Ann", None)
        await settled(pilot)
        await press(pilot, "enter", "enter")
        shown = seen(pilot)
        code = next(word for word in shown.split() if word.count("-") == 2)
        assert await hall.recover(code)


async def test_an_adjustment_asks_for_its_reason_and_is_in_the_log() -> None:
    async with hosting() as (pilot, hall):
        await hall.take_seat("Ann", None)
        await settled(pilot)
        await press(pilot, "enter", "down", "down", "down", "enter")
        assert "Amount and why" in seen(pilot)
        await press(pilot, *"50", "space", *"coffee", "enter")
        (made,) = hall.room.adjustments
        assert (made.action, made.seat, made.amount, made.reason) == ("add", 1, 5_000, "coffee")


async def test_stopping_while_a_round_runs_is_asked_first() -> None:
    async with hosting() as (pilot, _):
        await press(pilot, "o", "q")
        assert "Stop serving while a round runs?" in seen(pilot)
        await press(pilot, "1")
        assert pilot.app.is_running
        assert "Stop serving" not in seen(pilot)


async def test_names_are_shown_as_they_were_typed() -> None:
    async with hosting() as (pilot, hall):
        await hall.take_seat("[b]Ann[/b] {0}", None)
        await settled(pilot)
        assert "[b]Ann[/b] {0}" in seen(pilot)
