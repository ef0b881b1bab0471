"""Taking part in an event as lines of text: what a screen would show is printed, option numbers are read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TextIO

from game import lines
from game.errors import FINE, WRONG
from game.plain import Turns
from game.visible import visible_lines
from game.workshop.client import Client, Moved, Refusal, RemoteRun, Table, Ticket
from game.workshop.whereabouts import headline, places, sentences

HELP: Final = """\
Type the number of an option and press Enter. The time in brackets is how long it takes.
?  shows this, and what you know so far
o  shows the options again
q  leaves; your seat is kept, and the same command comes back to this moment
Everybody meets the same buyers. What counts is what you earn from them; speed does not."""


class PlainGuest:
    """One seat, played as lines."""

    def __init__(self, base: str, ticket: Ticket, certificate: Path | None, source: TextIO, out: TextIO) -> None:
        self._client = Client(base, ticket.token, certificate)
        self._client.say = self._say
        self._source = source
        self._out = out

    def run(self) -> int:
        """Play until the event is over, or the player leaves. Returns the exit code."""
        with asyncio.Runner() as runner:
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
        self._say(f"{table.now.title}. You are {table.now.name}, seat {table.now.seat}.")
        briefed: int | None = None
        while True:
            now = table.now
            self._print([""])
            self._say(f"{headline(now)}.")
            for sentence in sentences(now, time.time() - now.now / 1000):
                self._say(sentence)
            runner.run(table.look_at_standings())
            if now.state != "playing" and table.standings is not None:
                for text in places(table.standings, now.seat):
                    self._say(text)
            if now.state == "over":
                return FINE
            if now.state != "playing":
                self._out.flush()
                while not runner.run(table.news()):
                    pass
                continue
            if briefed != now.round:
                briefed = now.round
                self._print([""])
                self._print(lines.briefing(table.scene, f"Cues: {now.cues}.", lines.width()))
                self._say("Type a number and Enter; ? helps; q leaves.")
            turns = _GuestTurns(table.run(), runner, self._source, self._out)
            try:
                if not turns.play():
                    self._say("You left. Your seat is kept: the same command comes back to this moment.")
                    return FINE
            except Moved as moved:
                self._say(str(moved))

    def _say(self, text: str) -> None:
        self._print(lines.wrapped(visible_lines(text), lines.width()))

    def _print(self, text: Iterable[str]) -> None:
        for line in text:
            self._out.write(line + "\n")
        self._out.flush()


class _GuestTurns(Turns):
    """The turns of a run on a host."""

    HELP = HELP

    def __init__(self, run: RemoteRun, runner: asyncio.Runner, source: TextIO, out: TextIO) -> None:
        super().__init__(run, source, out)
        self._runner = runner

    def play(self) -> bool:
        """Play to the end of the sale. Returns whether it was reached. Raises `Moved` and `Refusal`."""
        return self._to_the_end()

    def _make(self, action: int, think: int) -> None:
        self._runner.run(self._run.make(action, think))
