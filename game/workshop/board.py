"""The board: what the room sees of the event, as often as it is another one, twice a second at most."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final

from game.workshop.hall import Hall, Standing

if TYPE_CHECKING:
    from aiohttp import web

SHORTEST: Final = 0.5
"""Seconds between two pictures."""
QUIET: Final = 15.0
"""Seconds after which a subscriber is told that nothing has happened, so that nobody on the way gives up."""


def picture(standing: Standing, addresses: tuple[str, ...], at: int) -> dict[str, Any]:
    """What the board shows at a moment."""
    room = standing.room
    running = room.running
    places = [room.position(seat.number) for seat in room.seats.values() if not seat.kicked]
    return {
        "title": room.event.title,
        "now": at,
        "code": standing.code,
        "locked": room.locked,
        "addresses": list(addresses),
        "rounds": [
            {
                "title": each.game.scenario.title,
                "buyers": each.plan.buyers,
                "minutes": each.plan.minutes + each.added,
                "state": "coming" if each.opened is None else "running" if each.running else "closed",
                "ends_at": each.ends if each.running else None,
                "commitment": each.commitment,
                "secret": each.secret,
            }
            for each in room.rounds
        ],
        "round": running.number if running is not None else None,
        "over": room.over,
        "seats": len(places),
        "playing": sum(each.doing == "playing" for each in places),
        "done": sum(each.doing == "between" for each in places),
    }


class Broadcast:
    """The newest picture of the board, and everybody who wants the next. A slow subscriber misses pictures, and no
    other waits for it."""

    def __init__(self, hall: Hall, addresses: tuple[str, ...]) -> None:
        self._hall = hall
        self._addresses = addresses
        self._newest = b""
        self._number = 0
        self._next: asyncio.Event = asyncio.Event()
        self._ended = False

    def picture(self) -> bytes:
        """The board as it stands, as JSON."""
        return self._made()

    def _made(self) -> bytes:
        return json.dumps(picture(self._hall.standing, self._addresses, self._hall.clock())).encode()

    async def running(self, _: web.Application) -> AsyncIterator[None]:
        """Make pictures while the application runs."""
        task = asyncio.create_task(self._go_on())
        yield
        task.cancel()

    async def end(self, _: web.Application) -> None:
        """Let every subscriber go."""
        self._ended = True
        self._next.set()

    async def _go_on(self) -> None:
        while True:
            news = self._hall.news()
            self._newest = self._made()
            self._number += 1
            self._next.set()
            self._next = asyncio.Event()
            await asyncio.sleep(SHORTEST)
            await news

    async def pictures(self) -> AsyncIterator[bytes]:
        """The newest picture, then each that follows; an empty one where nothing has happened for a while."""
        seen = -1
        while not self._ended:
            upcoming = self._next
            if seen != self._number:
                seen = self._number
                yield self._newest or self._made()
                continue
            try:
                async with asyncio.timeout(QUIET):
                    await upcoming.wait()
            except TimeoutError:
                yield b""
