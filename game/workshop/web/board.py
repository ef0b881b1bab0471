"""The board: what the room sees of the event, whenever it has changed, twice a second at most."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from engine.words import known, speaking
from game.workshop.export.files import seal
from game.workshop.hall.acts import Standing
from game.workshop.hall.afterwards import Afterwards
from game.workshop.hall.writer import Hall
from game.workshop.results.standings import Standings, most, standings

if TYPE_CHECKING:
    from aiohttp import web

SHORTEST: Final = 0.5
"""Seconds between two pictures."""
REST: Final = 20
"""A picture is made again after this many times as long as it took, so that boards take a twentieth of a processor."""
QUIET: Final = 15.0
"""Seconds after which a subscriber is told that nothing has happened, so that nobody on the way gives up."""


def picture(
    standing: Standing, addresses: tuple[str, ...], at: int, shown: Standings, closed: list[int], coached: list[int]
) -> dict[str, Any]:
    """What the board shows at a moment. `closed` are the rounds that can be looked back on, `coached` those of which
    the coach has judged the strong run."""
    room = standing.room
    running = room.running
    places = [room.position(seat) for seat in room.here]
    return {
        "title": room.event.title,
        "language": known(room.language),
        "now": at,
        "code": standing.code,
        "locked": room.shut is not None,
        "addresses": list(addresses),
        "qr": _qr(f"{addresses[0]}/#{standing.code}") if addresses else None,
        "rounds": [
            {
                "title": each.game.scenario.title,
                "buyers": each.plan.buyers,
                "minutes": each.minutes,
                "state": each.stage,
                "ends_at": each.ends if each.running else None,
                "commitment": each.commitment,
                "secret": each.secret,
            }
            for each in room.rounds
        ],
        "round": running.number if running is not None else None,
        "over": room.over,
        "seal": seal(room) if room.over else "",
        "seats": len(places),
        "playing": sum(each.doing == "playing" for each in places),
        "done": sum(each.doing == "between" for each in places),
        "standings": asdict(shown),
        "debriefs": closed,
        "coached": coached,
        "agree": [seat.number for seat in room.seats.values() if seat.agrees],
    }


@lru_cache(maxsize=8)
def _qr(text: str) -> str:
    """A picture of a text that telephones read, as the address of an image."""
    import segno

    return str(segno.make(text, error="m").svg_data_uri(scale=8, border=2, dark="#000", light="#fff"))


class Broadcast:
    """The newest picture of the board, and everybody who wants the next. A slow subscriber misses pictures, and no
    other waits for it."""

    def __init__(self, hall: Hall, addresses: tuple[str, ...]) -> None:
        self._hall = hall
        self._addresses = addresses
        self.afterwards = Afterwards(hall)
        self._newest = b""
        self._number = 0
        self._next: asyncio.Event = asyncio.Event()
        self._more = asyncio.Event()
        self._ended = False
        self._standings: Standings | None = None
        self._ranking = asyncio.Lock()
        self._ranked_of = -1
        """The number of the entry up to which that was ranked."""
        self._took = 0.0
        """Seconds of a processor that the last picture took."""

    async def picture(self) -> bytes:
        """The board as it stands, as JSON."""
        return await asyncio.to_thread(self._made)

    async def standings(self, seat: int) -> Standings:
        """The ranking as a player sees it: what everybody sees, and their own place."""
        async with self._ranking:  # at a round's end everybody looks, and at once: it is ranked for the first of them
            room = self._hall.room
            if self._standings is None or (room.running is None and self._ranked_of != room.seq):
                self._standings = await asyncio.to_thread(self._ranked, self._hall.standing)
        return most(self._standings, room, seat)

    def _ranked(self, standing: Standing) -> Standings:
        self._ranked_of = standing.room.seq
        with speaking(standing.room.language):  # it is the players' as well as the board's
            return standings(standing.room, standing.names, self._hall.clock(), self.afterwards.baselines)

    def _made(self) -> bytes:
        began, standing = time.thread_time(), self._hall.standing
        self._standings = self._ranked(standing)
        shown = most(self._standings, standing.room)
        closed, coached = sorted(self.afterwards.debriefs), sorted(self.afterwards.coached)
        made = json.dumps(picture(standing, self._addresses, self._hall.clock(), shown, closed, coached)).encode()
        self._took = time.thread_time() - began
        return made

    async def running(self, _: web.Application) -> AsyncIterator[None]:
        """Make pictures while the application runs."""
        tasks = [asyncio.create_task(self._go_on()), asyncio.create_task(self.afterwards.run(self._more.set))]
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def end(self, _: web.Application) -> None:
        """Let every subscriber go."""
        self._ended = True
        self._next.set()

    async def _go_on(self) -> None:
        while True:
            news = self._hall.news()
            self._more.clear()
            self._newest = await asyncio.to_thread(self._made)  # nobody who moves waits for it
            self._number += 1
            self._next.set()
            self._next = asyncio.Event()
            await asyncio.sleep(max(SHORTEST, REST * self._took))
            more = asyncio.create_task(self._more.wait())
            first: set[asyncio.Future[Any]] = {news, more}
            await asyncio.wait(first, timeout=self._until_still(), return_when=asyncio.FIRST_COMPLETED)
            more.cancel()

    def _until_still(self) -> float | None:
        """Seconds until the board begins to stand still, if that is to come."""
        stands = self._hall.room.stands_from
        left = (stands - self._hall.clock()) / 1000 if stands is not None else 0
        return left if left > 0 else None

    async def pictures(self) -> AsyncIterator[bytes]:
        """The newest picture, then each that follows; an empty one where nothing has happened for a while."""
        seen = -1
        while not self._ended:
            upcoming = self._next
            if seen != self._number:
                seen = self._number
                yield self._newest or await self.picture()
                continue
            try:
                async with asyncio.timeout(QUIET):
                    await upcoming.wait()
            except TimeoutError:
                yield b""
