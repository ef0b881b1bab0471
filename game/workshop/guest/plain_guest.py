"""Taking part in an event as lines of text: what a screen would show is printed, option numbers are read."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from engine.words import gettext, marked
from game.plain import Turns
from game.report import lesson
from game.report.debrief import cut_short
from game.runs import lines
from game.text.wrapping import width, wrapped
from game.words.errors import FINE, WRONG
from game.words.numbers import whole_number
from game.words.visible import visible_lines
from game.words.wording import CUE_NAMES
from game.workshop.guest.client import Client, Refusal, Ticket
from game.workshop.guest.table import GoneOn, Table
from game.workshop.guest.whereabouts import LEFT, consent, ending, headline, past_text, places, sentences

if TYPE_CHECKING:
    from engine.view import PlayerView
    from game.workshop.results.looking_back import Past

_LONGEST: Final = 4_096
"""Characters of a line that are read."""


class PlainGuest:
    """One seat, played as lines."""

    def __init__(self, base: str, ticket: Ticket, certificate: Path | None, source: TextIO, out: TextIO) -> None:
        self._client = Client(base, ticket.token, certificate)
        self._client.say = self._say
        self._typed = _Typed(source)
        self._out = out

    def run(self) -> int:
        """Play until the event is over, or the player leaves. Returns the exit code."""
        with asyncio.Runner() as runner:
            self._typed.runner = runner
            runner.run(self._client.__aenter__())
            try:
                table = Table(self._client, runner.run(self._client.now()))
                return self._play(table, runner)
            except Refusal as refusal:
                self._say(str(refusal))
                return WRONG
            finally:
                runner.run(self._client.__aexit__())

    def _play(self, table: Table, runner: asyncio.Runner) -> int:
        you = gettext("You are {name}, seat {seat}.").format(name=table.now.name, seat=table.now.seat)
        self._say(f"{table.now.title}. {you}")
        briefed: int | None = None
        while True:
            now = table.now
            self._print([""])
            self._say(f"{headline(now)}.")
            for sentence in sentences(now, table.ahead):
                self._say(sentence)
            runner.run(table.look_at_standings())
            if now.state != "playing" and table.standings is not None:
                for text in places(table.standings, now.seat):
                    self._say(text)
            if now.state != "playing":
                if not self._wait(table, runner):
                    return FINE
                continue
            if briefed != now.round:
                briefed = now.round
                self._print([""])
                self._print(
                    lines.briefing(
                        table.scene,
                        gettext("Cues: {cues}.").format(cues=gettext(CUE_NAMES[now.cues or "novice"])),
                        width(),
                    )
                )
                self._say(gettext("Type a number and Enter; ? helps; q leaves."))
            turns = _GuestTurns(table, runner, cast(TextIO, self._typed), self._out)
            self._typed.meanwhile = partial(self._closed, table) if self._typed.isatty() else None
            try:
                if not turns.play():
                    self._say(gettext(LEFT))
                    return FINE
            except GoneOn as gone_on:
                self._say(str(gone_on))
            finally:
                self._typed.meanwhile = None

    # --- while nothing is played -------------------------------------------------------------------------------------

    def _wait(self, table: Table, runner: asyncio.Runner) -> bool:
        """Wait for the host, and meanwhile do what is typed in a terminal. Returns whether there is more to come."""
        over = table.now.state == "over"
        if not self._typed.isatty():
            while not over and not runner.run(table.news()):
                pass
            return not over
        runner.run(table.look_back())
        self._offer(table)
        while True:
            line = runner.run(self._typed.line_or(_never() if over else _news(table)))
            if line is None:
                return True
            word = line.strip().lower()
            if not line or word in ("q", "quit", "exit"):
                return False
            self._do(word, table, runner)

    def _offer(self, table: Table) -> None:
        """Say what one can look back on."""
        mine = table.mine
        if mine is None or not (mine.runs or mine.besides):
            return
        self._print(["", gettext("Your sales:")])
        for number, past in enumerate(mine.runs, start=1):
            self._print(wrapped(visible_lines(past_text(past)), width(), first=f"{number:>2}. "))
        for text in mine.besides:
            self._print(wrapped(visible_lines(text), width(), first="    "))
        if not mine.runs:
            return
        self._say(consent(mine))
        self._say(
            gettext(
                "Type a number to look back on that sale, name to change whether your name stands there, or q to leave."
            )
        )

    def _do(self, word: str, table: Table, runner: asyncio.Runner) -> None:
        mine = table.mine
        runs = mine.runs if mine is not None else ()
        if (number := whole_number(word, 1, len(runs))) is not None:
            self._look_back(runs[number - 1], runner)
        elif word == "name" and mine is not None and runs:
            runner.run(table.agree(not mine.agrees))
            self._say(consent(table.mine or mine))
        elif runs:
            self._say(gettext("Type a number from 1 to {most}, name, or q.").format(most=len(runs)))

    def _look_back(self, past: Past, runner: asyncio.Runner) -> None:
        told = runner.run(self._client.account(past))
        self._print([""])
        self._say(past_text(past))
        if cut := cut_short(told, past.earned):
            self._say(cut)
        self._print([""])
        taught = lesson.felt(told.debrief, [each.text for each in told.moves])
        self._print(lines.debrief(told.debrief, told.names, told.currency, width(), taught))
        self._print([""])
        if past.again:
            self._print([gettext("To meet this buyer again at home:"), past.again])

    async def _closed(self, table: Table) -> None:
        """Wait until the round has closed, and say meanwhile that the host has given it more time."""
        while (before := table.now).state == "playing":
            await table.news()
            if table.now.round == before.round and table.now.ends_at != before.ends_at:
                self._print([""])
                self._say(f"{gettext('You have more time.')} {ending(table.now, table.ahead)}")
                self._out.write("> ")
                self._out.flush()

    def _say(self, text: str) -> None:
        self._print(wrapped(visible_lines(text), width()))

    def _print(self, text: Iterable[str]) -> None:
        for line in text:
            self._out.write(line + "\n")
        self._out.flush()


class _GuestTurns(Turns):
    """The turns of a run on a host."""

    LEAVING = marked(
        """\
q  leaves; your seat is kept, and the same command comes back to this moment
Everybody meets the same buyers. What counts is what you earn from them; speed does not."""
    )

    def __init__(self, table: Table, runner: asyncio.Runner, source: TextIO, out: TextIO) -> None:
        super().__init__(table.run(), source, out)
        self._table = table
        self._runner = runner

    def play(self) -> bool:
        """Play to the end of the sale. Returns whether it was reached. Raises `GoneOn` and `Refusal`."""
        return self._to_the_end()

    def _make(self, action: int, think: int) -> None:
        self._runner.run(self._run.make(action, think))

    def _help(self, view: PlayerView) -> None:
        super()._help(view)
        self._say(ending(self._table.now, self._table.ahead))


class _Typed:
    """What is typed. Who waits for a line can wait for something else as well, and the line is not lost then."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self.runner: asyncio.Runner
        self.meanwhile: Callable[[], Coroutine[Any, Any, object]] | None = None
        """What makes a line that is waited for pointless: that the round has closed."""
        self._coming: asyncio.Future[str] | None = None
        """The line that is being typed, if anybody has waited for one."""

    def isatty(self) -> bool:
        return self._source.isatty()

    def readline(self, most: int = -1) -> str:
        """The next line, as of any source. Raises `GoneOn` if what is waited for `meanwhile` comes before it."""
        if self._coming is None and self.meanwhile is None:
            return self._source.readline(most)
        line = self.runner.run(self.line_or(self.meanwhile() if self.meanwhile is not None else _never()))
        if line is None:
            raise GoneOn(gettext("The round has closed."))
        return line

    async def line_or(self, other: Coroutine[Any, Any, object]) -> str | None:
        """The next line, which is empty at the end of the input; None if the other was done before."""
        loop = asyncio.get_running_loop()
        if self._coming is None:
            self._coming = loop.create_future()
            threading.Thread(target=self._read, args=(loop, self._coming), daemon=True).start()
        waiting: asyncio.Future[Any] = loop.create_task(other)
        either: set[asyncio.Future[Any]] = {self._coming, waiting}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not self._coming.done():
            waiting.result()
            return None
        waiting.cancel()
        with suppress(asyncio.CancelledError, Refusal):
            await waiting
        line, self._coming = self._coming.result(), None
        return line

    def _read(self, loop: asyncio.AbstractEventLoop, coming: asyncio.Future[str]) -> None:
        try:
            line = self._source.readline(_LONGEST)
        except (OSError, ValueError):
            line = ""  # a terminal that is gone
        with suppress(RuntimeError):  # nobody waits any more
            loop.call_soon_threadsafe(coming.set_result, line)


async def _news(table: Table) -> None:
    while not await table.news():
        pass


async def _never() -> None:
    await asyncio.Event().wait()
