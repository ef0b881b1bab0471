"""Where a seat is, and its run, which is played like any other and whose moves are made on the host."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.words import gettext, speak
from game.words.errors import Failure
from game.workshop.guest.client import Client, Refusal

if TYPE_CHECKING:
    from engine.changes import Change
    from engine.view import Cues, Meters, PlayerView, Said
    from game.runs.scene import Scene
    from game.workshop.results.looking_back import Mine
    from game.workshop.results.standings import Standings
    from game.workshop.web.wire import Now, Shown


class GoneOn(Failure):
    """What was to be played is not what is played now: the round has closed, or another device went on."""


class Table:
    """Where this seat is, as the host has told last; its program speaks the room's language."""

    def __init__(self, client: Client, now: Now) -> None:
        self.client = client
        self.now = now
        self.standings: Standings | None = None
        """The ranking as it was when nothing was played last."""
        self.mine: Mine | None = None
        """What was played in rounds that have closed, as it was then."""
        self.ahead = 0.0
        """What this machine's clock is ahead of the host's, in seconds."""
        self._scenes: dict[int, Scene] = {}
        self._learn(now)

    def _learn(self, now: Now) -> None:
        if now.scene is not None and now.round is not None:
            self._scenes[now.round] = now.scene
        self.now = now
        self.ahead = time.time() - now.now / 1000
        speak(now.language)

    @property
    def scene(self) -> Scene:
        """What is known of the running round's scenario."""
        assert self.now.round is not None
        return self._scenes[self.now.round]

    async def look_at_standings(self) -> None:
        """Ask for the ranking, where nothing is played. Raises `Refusal`."""
        if self.now.state != "playing":
            self.standings = await self.client.standings()

    async def look_back(self) -> None:
        """Ask for one's runs of rounds that have closed, where nothing is played. Raises `Refusal`."""
        if self.now.state != "playing":
            self.mine = await self.client.mine()

    async def agree(self, yes: bool) -> None:
        """Let one's name stand with one's run where that is shown as a strong one, or not. Raises `Refusal`."""
        await self.client.agree(yes)
        await self.look_back()

    async def look(self) -> Now:
        """Ask where the seat is. Raises `Refusal`."""
        self._learn(await self.client.now())
        return self.now

    async def news(self) -> bool:
        """Wait for news, and return whether there was any that was not known from a move. Raises `Refusal`."""
        before = self.now
        found = await self.client.news(before.version)
        if self.now is not before or found.version == before.version:
            return False  # a move was made meanwhile, or nothing has happened
        self._learn(found)
        return True

    def run(self) -> RemoteRun:
        """The run that is played now. Raises ValueError when none is."""
        if self.now.run is None:
            raise ValueError(f"nothing is played while {self.now.state}")
        return RemoteRun(self, self.now)


class RemoteRun:
    """A run whose moves are made on the host."""

    record_path: Path | None = None

    def __init__(self, table: Table, now: Now) -> None:
        assert now.run is not None
        assert now.round is not None
        self._table = table
        self._round = now.round
        self.buyer = now.run.buyer
        self.scene = table.scene
        self.cues: Cues = now.cues or "novice"
        self.live = now.live
        self._transcript: tuple[Said, ...] = ()
        self._take(now.run)

    def _take(self, shown: Shown) -> None:
        self._transcript = self._transcript[: shown.told] + shown.view.transcript
        self._shown = shown
        self._view = replace(shown.view, transcript=self._transcript)

    @property
    def is_played(self) -> bool:
        """Whether the host has it as the seat's run now, as far as is known here."""
        now = self._table.now
        return now.run is not None and (now.round, now.run.buyer, now.run.n) == (self._round, self.buyer, self.moves)

    @property
    def finished(self) -> bool:
        return self._view.place == "over"

    @property
    def moves(self) -> int:
        return self._shown.n

    def view(self) -> PlayerView:
        """What the player can see now."""
        return self._view

    def changes(self) -> tuple[Change, ...]:
        """What the last move changed, where the cues show levels."""
        return self._shown.changes

    def remembered(self, prospect: str) -> Meters | None:
        """The levels of a prospect at the last word, as the cues showed them then."""
        return next((each.meters for each in self._shown.remembered if each.id == prospect), None)

    def prepare_par(self, stopped: Callable[[], bool]) -> None:
        """The host does that, once the round is over."""

    async def make(self, action: int, think: int) -> None:
        """Make a move; the host counts the time.

        Raises `GoneOn` if this run is not played any further, and `Refusal`.
        """
        name = next(each.name for each in self._view.options if each.action == action)
        told = len(self._transcript)
        try:
            now = await self._table.client.move(self._round, self.buyer, self.moves, name, told)
        except Refusal as refusal:
            if refusal.status != 409:
                raise
            await self._table.look()
            raise GoneOn(str(refusal)) from None
        self._table._learn(now)
        for shown in (now.run, now.ended):
            if shown is not None and (now.round, shown.buyer) == (self._round, self.buyer):
                self._take(shown)
                return
        raise GoneOn(gettext("The round has gone on without this move."))
