"""Hosting without a screen: what matters is printed as lines, and what the host types is done."""

from __future__ import annotations

import asyncio
import shlex
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from game.errors import FINE
from game.visible import visible
from game.wording import count
from game.workshop.acts import adjust, close_round, open_round
from game.workshop.entries import Action
from game.workshop.hall import Hall
from game.workshop.names import name_of
from game.workshop.news import happened, time_text, told_of
from game.workshop.room import Refused
from game.workshop.store import StoreError

if TYPE_CHECKING:
    from game.workshop.hosting import Invitation

HELP: Final = """\
open              open the next round            close             close the running round
more MINUTES WHY  give the round more time       who               list the seats
lock WHY          let nobody else in             unlock WHY        let people in again
code WHY          change the join code           rename SEAT NAME  give somebody another name
hide SEAT WHY     keep a name off the board      kick SEAT WHY     take somebody out
disqualify SEAT WHY                              add SEAT CENTS WHY
void ROUND BUYER [SEAT] WHY                      unvoid ROUND BUYER [SEAT] WHY
reinstate SEAT WHY  undo hide, kick, disqualify  recover SEAT      a code to take the seat again
quit              stop serving; the event is kept"""

READING: Final = 0.25
"""Seconds between two looks at what has happened: nobody reads faster, and each look takes every seat in."""


class PlainHost:
    """Prints what happens in an event, and does what is typed."""

    def __init__(self, hall: Hall, invitation: Invitation, token: Path | None, source: TextIO, out: TextIO) -> None:
        self._hall = hall
        self._invitation = invitation
        self._token = token
        self._source = source
        self._out = out
        self._stop = asyncio.Event()

    async def run(self) -> int:
        """Serve until somebody says stop. Returns the exit code."""
        from game.workshop.hosting import told_to_stop

        told_to_stop(self._stop)
        for line in self._opening():
            self._print(line)
        typed: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        threading.Thread(target=_lines, args=(self._source, loop, typed), daemon=True).start()
        telling = asyncio.create_task(self._tell())
        doing = asyncio.create_task(self._obey(typed))
        await self._stop.wait()
        for task in (telling, doing):
            task.cancel()
        room = self._hall.room
        goes_on = (
            f"results: firstvisit results {shlex.quote(room.event.title)}"
            if room.over
            else "to go on: firstvisit host --resume"
        )
        self._say(f"Stopped. The event is kept; {goes_on}")
        return FINE

    def _opening(self) -> Iterator[str]:
        hall, room, invitation = self._hall, self._hall.room, self._invitation
        rounds = ", ".join(
            f"{each.game.scenario.title} ({count(each.plan.buyers, 'buyer')}, {each.plan.minutes} min)"
            for each in room.rounds
        )
        yield f"{room.event.title}: {rounds}"
        yield f"Join at {' or '.join(invitation.addresses)} with the code {invitation.code}"
        where = invitation.addresses[0].partition("//")[2]
        yield f"In a terminal: firstvisit join {where} --code {invitation.code}"
        if invitation.ssh:
            yield f"With nothing installed: {invitation.ssh}"
        yield f"Board for the projector: {invitation.board}"
        yield f"Kept in {hall.store.name} until {_day(room.began.at + room.event.days * 86_400_000)}"
        if self._token is not None:
            yield f"The host's token for the API is in {self._token}"
        if any(address.startswith(("http://127.", "http://[::1]")) for address in invitation.addresses):
            yield "Only this machine can come. With --lan, others in the room can."
        if room.running is not None and room.running.ends is not None:
            yield f"Round {room.running.number + 1} is open until {time_text(room.running.ends)}."
        yield "Type open to begin the next round; help lists what else can be typed."

    # --- telling -----------------------------------------------------------------------------------------------------

    async def _tell(self) -> None:
        hall = self._hall
        before, trouble = hall.room, ""
        while True:
            news = hall.news()
            for line in happened(before, hall.room, hall.names):
                self._say(line)
            before = hall.room
            if hall.trouble != trouble:
                trouble = hall.trouble
                self._say(told_of(trouble))
            await asyncio.sleep(READING)
            done, _ = await asyncio.wait({news}, timeout=1.0)
            if not done:
                news.cancel()

    def _called(self, seat: int) -> str:
        return name_of(self._hall.names, seat)

    def _say(self, text: str) -> None:
        self._print(f"{time_text(self._hall.clock())}  {text}")

    def _print(self, text: str) -> None:
        self._out.write(f"{visible(text)}\n")
        self._out.flush()

    # --- obeying -----------------------------------------------------------------------------------------------------

    async def _obey(self, typed: asyncio.Queue[str]) -> None:
        while True:
            word, *rest = (await typed.get()).split() or [""]
            if not word:
                continue
            if word in ("quit", "q", "exit"):
                self._stop.set()
                return
            deed = self._deeds().get(word)
            if deed is None:
                for line in HELP.split("\n"):
                    self._print(line)
                continue
            try:
                await deed(rest)
            except (Refused, StoreError) as error:
                self._say(str(error))
            except (IndexError, ValueError):
                self._say(
                    f"That needs more: {next(each for each in HELP.split('  ') if each.strip().startswith(word))}"
                )

    def _deeds(self) -> dict[str, Callable[[list[str]], Awaitable[object]]]:
        def simple(action: Action) -> Callable[[list[str]], Awaitable[object]]:
            return lambda rest: self._hall.do(adjust(action, " ".join(rest)))

        def about_seat(action: Action) -> Callable[[list[str]], Awaitable[object]]:
            return lambda rest: self._hall.do(adjust(action, " ".join(rest[1:]), seat=int(rest[0])))

        return {
            "open": lambda _: self._hall.do(open_round),
            "close": lambda _: self._hall.do(close_round),
            "who": self._who,
            "more": self._more,
            "code": self._code,
            "rename": lambda rest: self._hall.rename(int(rest[0]), " ".join(rest[1:]), "renamed by the host"),
            "recover": self._recover,
            "add": lambda rest: self._hall.do(
                adjust("add", " ".join(rest[2:]), seat=int(rest[0]), amount=int(rest[1]))
            ),
            "void": lambda rest: self._void("void", rest),
            "unvoid": lambda rest: self._void("unvoid", rest),
            "lock": simple("lock"),
            "unlock": simple("unlock"),
            "hide": about_seat("hide"),
            "kick": about_seat("kick"),
            "disqualify": about_seat("disqualify"),
            "reinstate": about_seat("reinstate"),
        }

    async def _who(self, _: list[str]) -> None:
        room = self._hall.room
        for seat in room.seats.values():
            here = room.position(seat.number)
            where = f"buyer {here.buyer + 1}" if here.doing == "playing" and here.buyer is not None else here.doing
            moves = f", {count(here.run.moves, 'move')}" if here.run is not None and here.run.moves else ""
            self._print(f"{seat.number:>4}  {self._called(seat.number)}  {'out' if seat.kicked else where}{moves}")
        if not room.seats:
            self._print("Nobody is here yet.")

    async def _more(self, rest: list[str]) -> None:
        running = self._hall.room.running
        round = running.number if running is not None else 0
        await self._hall.do(adjust("more-time", " ".join(rest[1:]), round=round, minutes=int(rest[0])))

    async def _code(self, rest: list[str]) -> None:
        self._say(f"The code is now {await self._hall.change_code(' '.join(rest))}")

    async def _recover(self, rest: list[str]) -> None:
        seat = int(rest[0])
        self._say(f"{self._called(seat)} can take the seat again with the code {await self._hall.recovery(seat)}")

    async def _void(self, action: Action, rest: list[str]) -> None:
        round, buyer, rest = int(rest[0]) - 1, int(rest[1]) - 1, rest[2:]
        seat = int(rest.pop(0)) if rest and rest[0].isdecimal() else None
        await self._hall.do(adjust(action, " ".join(rest), round=round, buyer=buyer, seat=seat))


def _lines(source: TextIO, loop: asyncio.AbstractEventLoop, typed: asyncio.Queue[str]) -> None:
    """Hand on what is typed; at the end of the input, serving goes on."""
    try:
        while line := source.readline(4_096):
            loop.call_soon_threadsafe(typed.put_nowait, line)
    except (OSError, ValueError, RuntimeError):
        return


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000):%Y-%m-%d}"
