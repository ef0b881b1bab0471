"""Hosting without a screen: what matters is printed as lines, and what the host types is done."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from engine.words import gettext, marked, ngettext, speak
from game.report.document import as_text
from game.text.telling import fitting
from game.text.wrapping import width
from game.words.errors import FINE
from game.words.visible import visible
from game.workshop.hall.acts import adjust, close_round, open_round, read_amount
from game.workshop.hall.admission import change_code, forget, put_into, rename, way_back
from game.workshop.hall.writer import Hall
from game.workshop.host.news import (
    NO_DEBRIEF,
    happened,
    still_playing,
    stopped,
    taken_again,
    taken_up,
    time_text,
    told_of,
)
from game.workshop.kept.errors import StoreError
from game.workshop.log.entries import Action
from game.workshop.log.names import name_of
from game.workshop.log.refused import Refused
from game.workshop.log.room import Round
from game.workshop.results.standings import Line, apart, round_of_amounts, standings

if TYPE_CHECKING:
    from game.workshop.hall.afterwards import Afterwards
    from game.workshop.host.invitation import Invitation

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "open": ("open", marked("open the next round")),
    "close": ("close", marked("close the running round")),
    "more": (marked("more MINUTES WHY"), marked("give the round more time")),
    "who": ("who", marked("list the seats")),
    "ranking": ("ranking", marked("show who stands where")),
    "debrief": ("debrief", marked("show the class debrief of the round that closed last")),
    "lock": (marked("lock WHY"), marked("let nobody else in")),
    "unlock": (marked("unlock WHY"), marked("let people in again")),
    "code": (marked("code WHY"), marked("change the code to join with")),
    "rename": (marked("rename SEAT NAME"), marked("give somebody another name")),
    "team": (marked("team SEAT TEAM"), marked("put somebody into another team")),
    "recover": (marked("recover SEAT"), marked("a code to take the seat again")),
    "add": (marked("add SEAT AMOUNT WHY"), marked("add money, or deduct it with a minus")),
    "void": (marked("void ROUND BUYER [SEAT] WHY"), marked("let a buyer count no more")),
    "unvoid": (marked("unvoid ROUND BUYER [SEAT] WHY"), marked("let a buyer count again")),
    "hide": (marked("hide SEAT WHY"), marked("keep a name off boards")),
    "kick": (marked("kick SEAT WHY"), marked("remove somebody")),
    "disqualify": (marked("disqualify SEAT WHY"), marked("let somebody come last")),
    "reinstate": (marked("reinstate SEAT WHY"), marked("undo hide, kick and disqualify")),
    "forget": (marked("forget SEAT"), marked("delete a person: the name, and every way back to the seat")),
    "quit": ("quit", marked("stop serving; the event is kept")),
}
"""What can be typed: how, and what it does, both to be looked up."""

_HOW: Final = 32
"""Columns for how something is typed."""
_DOING: Final[Mapping[str, str]] = {
    "waiting": marked("waiting"),
    "playing": marked("playing"),
    "between": marked("has met every buyer"),
    "over": marked("has played the event"),
    "out": marked("removed"),
}
"""What a seat does, to be looked up."""
READING: Final = 0.25
"""Seconds between two looks at what has happened: nobody reads faster, and each look takes every seat in."""


class PlainHost:
    """Prints what happens in an event, and does what is typed."""

    def __init__(
        self,
        hall: Hall,
        invitation: Invitation,
        afterwards: Afterwards,
        token: Path | None,
        source: TextIO,
        out: TextIO,
    ) -> None:
        self._hall = hall
        self._invitation = invitation
        self._afterwards = afterwards
        self._token = token
        self._source = source
        self._out = out
        self._stop = asyncio.Event()
        self._sure = ""
        """What was typed last and is done only once it is typed again."""

    async def run(self) -> int:
        """Serve until somebody says stop. Returns the exit code."""
        from game.workshop.web.serving import told_to_stop

        told_to_stop(self._stop)
        speak(self._hall.room.language)
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
        for line in stopped(self._hall.room, deleted=self._hall.deleted):
            self._say(line)
        return FINE

    def _opening(self) -> Iterator[str]:
        hall, room, invitation = self._hall, self._hall.room, self._invitation
        yield f"{room.event.title}: {', '.join(map(_planned, room.rounds))}"
        if apart(room):
            yield apart(room)
        addresses = gettext(" or ").join(invitation.addresses)
        yield gettext("Join at {address} with the code {code}").format(address=addresses, code=invitation.code)
        command = f"firstvisit join {invitation.to_join} --code {invitation.code}"
        yield gettext("In a terminal: {command}").format(command=command)
        if invitation.ssh:
            yield gettext("With nothing installed: {command}").format(command=invitation.ssh)
        yield gettext("Board for the projector: {address}").format(address=invitation.board)
        until = _day(room.began.at + room.event.days * 86_400_000)
        yield gettext("Kept in {file} until {day}").format(file=hall.store.name, day=until)
        if self._token is not None:
            yield gettext("The host's token for the API is in {file}").format(file=self._token)
        if any(address.startswith(("http://127.", "http://[::1]")) for address in invitation.addresses):
            yield gettext("Only this machine can come. With --lan, others in the room can.")
        yield from taken_up(room, hall.names)
        yield gettext("Type open to begin the next round; help lists what else can be typed.")

    # --- telling -----------------------------------------------------------------------------------------------------

    async def _tell(self) -> None:
        hall = self._hall
        before, trouble = hall.room, ""
        while True:
            news = hall.news()
            speak(hall.room.language)
            for line in happened(before, hall.room, hall.names):
                self._say(line)
            before = hall.room
            if hall.deleted:
                self._stop.set()
                return
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
        self._print(f"{time_text(self._hall.clock())}  {text}", rest=" " * 10)

    def _print(self, text: str, rest: str = "") -> None:
        self._out.write(f"{fitting(visible(text), self._out, rest)}\n")
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
            if (doubt := self._doubt(word, rest)) and self._sure != (typed_now := " ".join([word, *rest])):
                self._sure = typed_now
                self._say(gettext("{doubt} Type it again to do it.").format(doubt=doubt))
                continue
            self._sure = ""
            if deed is None:
                if word not in ("help", "?"):
                    self._say(gettext("There is no '{word}' here. What can be typed:").format(word=word))
                for how, what in COMMANDS.values():
                    self._print(f"{gettext(how):<{_HOW}}  {gettext(what)}", rest=" " * (_HOW + 2))
                continue
            try:
                await deed(rest)
            except (Refused, StoreError) as error:
                self._say(str(error))
            except (IndexError, ValueError):
                self._say(gettext("That needs more: {how}").format(how=gettext(COMMANDS[word][0])))

    def _doubt(self, word: str, rest: list[str]) -> str:
        """Why somebody at a terminal is asked again before it is done, as a sentence; nothing if it is done at once."""
        running = self._hall.room.running
        if not self._source.isatty():
            return ""
        if word == "close" and running is not None:
            return still_playing(self._hall.room) if self._hall.room.many("playing") else ""
        if word == "forget" and rest and rest[0].isdecimal() and int(rest[0]) in self._hall.names:
            return gettext("Delete {name}?").format(name=self._called(int(rest[0])))
        return ""

    def _deeds(self) -> dict[str, Callable[[list[str]], Awaitable[object]]]:
        def simple(action: Action) -> Callable[[list[str]], Awaitable[object]]:
            return lambda rest: self._hall.do(adjust(action, " ".join(rest)))

        def about_seat(action: Action) -> Callable[[list[str]], Awaitable[object]]:
            return lambda rest: self._hall.do(adjust(action, " ".join(rest[1:]), seat=int(rest[0])))

        return {
            "open": lambda _: self._hall.do(open_round),
            "close": lambda _: self._hall.do(close_round),
            "who": self._who,
            "ranking": self._rank,
            "debrief": self._debrief,
            "forget": self._forget,
            "more": self._more,
            "code": self._code,
            "rename": lambda rest: self._hall.do(
                rename(int(rest[0]), " ".join(rest[1:]), gettext("renamed by the host"))
            ),
            "team": lambda rest: self._hall.do(put_into(int(rest[0]), " ".join(rest[1:]), gettext("by the host"))),
            "recover": self._recover,
            "add": lambda rest: self._hall.do(
                adjust(
                    "add",
                    " ".join(rest[2:]),
                    seat=int(rest[0]),
                    amount=read_amount(rest[1]),
                    round=round_of_amounts(self._hall.room),
                )
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
            where = gettext(_DOING["out" if seat.kicked else here.doing])
            if here.doing == "playing" and here.buyer is not None and not seat.kicked:
                where = gettext("buyer {buyer}").format(buyer=here.buyer + 1)
            if here.run is not None and here.run.moves:
                moves = ngettext("{count} move", "{count} moves", here.run.moves).format(count=here.run.moves)
                where = f"{where}, {moves}"
            team = f"  {seat.team}" if seat.team else ""
            self._print(f"{seat.number:>4}  {self._called(seat.number)}{team}  {where}", rest=" " * 6)
        if not room.seats:
            self._print(gettext("Nobody is here yet."))

    async def _rank(self, _: list[str]) -> None:
        hall = self._hall
        found = await asyncio.to_thread(standings, hall.room, hall.names, hall.clock(), {}, everything=True)
        if not found.title:
            self._print(gettext("There is no ranking before the first round."))
            return
        self._print(f"{found.title}. {found.note}".strip())
        for text in (*map(_ranked, (*found.lines, *found.teams)), *found.room, found.rule):
            self._print(text)

    async def _debrief(self, _: list[str]) -> None:
        told = await asyncio.to_thread(self._afterwards.told)
        for line in as_text(told, width(), all_fit=True) if told else [gettext(NO_DEBRIEF)]:
            self._print(line)

    async def _forget(self, rest: list[str]) -> None:
        seat = int(rest[0])
        await forget(self._hall, seat)
        self._say(gettext("The person at seat {seat} is deleted.").format(seat=seat))

    async def _more(self, rest: list[str]) -> None:
        running = self._hall.room.running
        round = running.number if running is not None else 0
        await self._hall.do(adjust("more-time", " ".join(rest[1:]), round=round, minutes=int(rest[0])))

    async def _code(self, rest: list[str]) -> None:
        code = await self._hall.do(change_code(" ".join(rest)))
        self._say(gettext("People join with {code} from now on.").format(code=code))

    async def _recover(self, rest: list[str]) -> None:
        seat = int(rest[0])
        code = await self._hall.do(way_back(seat))
        self._say(taken_again(self._called(seat), code))

    async def _void(self, action: Action, rest: list[str]) -> None:
        round, buyer, rest = int(rest[0]) - 1, int(rest[1]) - 1, rest[2:]
        seat = int(rest.pop(0)) if rest and rest[0].isdecimal() else None
        await self._hall.do(adjust(action, " ".join(rest), round=round, buyer=buyer, seat=seat))


def _ranked(line: Line) -> str:
    status = "" if line.place.isdecimal() else line.place
    facts = (line.name, line.team, status, line.earned, line.conduct, line.met)
    return f"{line.place if not status else '':>4}  {'  '.join(each for each in facts if each)}"


def _lines(source: TextIO, loop: asyncio.AbstractEventLoop, typed: asyncio.Queue[str]) -> None:
    """Hand on what is typed; at the end of the input, serving goes on."""
    try:
        while line := source.readline(4_096):
            loop.call_soon_threadsafe(typed.put_nowait, line)
    except (OSError, ValueError, RuntimeError):
        return


def _planned(round: Round) -> str:
    """What is played in a round: `Saturday in the showroom (3 buyers, 20 min)`."""
    buyers, minutes = round.plan.buyers, round.plan.minutes
    text = ngettext("{title} ({count} buyer, {minutes} min)", "{title} ({count} buyers, {minutes} min)", buyers)
    return text.format(title=round.game.scenario.title, count=buyers, minutes=minutes)


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000):%Y-%m-%d}"
