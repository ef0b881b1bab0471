"""The program of somebody who takes part in an event: the known screens, over the room instead of a library."""

from __future__ import annotations

import time
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen

from engine.words import gettext, ngettext
from game.programs.playing import Playing
from game.screens.frame import Frame
from game.workshop.guest.client import Client, Refusal, Ticket
from game.workshop.guest.table import RemoteRun, Table
from game.workshop.guest.whereabouts import LEFT, ending, how_it_ended

if TYPE_CHECKING:
    from game.runs.playable import Playable
    from game.workshop.results.looking_back import Past

_WARNED: Final = (5, 1)
"""Minutes before a round's end at which that is said."""


def play(base: str, ticket: Ticket, certificate: Path | None) -> int:
    """Take part on screens, and return the exit code."""
    from game.text.telling import tell

    app = Guest(base, ticket, certificate)
    left_with = app.until_left()
    tell(app.sent_away or gettext(LEFT))
    return left_with


class Guest(Playing):
    """The game in a terminal, played on a host."""

    CSS_PATH = ["../widgets/widgets.tcss", "../screens/room.tcss"]  # noqa: RUF012 (the base class declares it)
    PLAY_IS_SET = True
    way_back = "room"

    def __init__(self, base: str, ticket: Ticket, certificate: Path | None = None) -> None:
        super().__init__()
        self.client = Client(base, ticket.token, certificate)
        self.table: Table
        self.sent_away = ""
        """Why the host has taken the seat away, if it has."""

    def get_default_screen(self) -> Screen[None]:
        """The room lies at the bottom of every path."""
        from game.screens.room import RoomScreen

        return RoomScreen()

    async def on_load(self) -> None:
        """Ask where the seat is, before anything is shown."""
        await self.client.__aenter__()
        try:
            self.table = Table(self.client, await self.client.now())
            await self._look_around()
        except Refusal as refusal:
            self._send_away(refusal)
            return

    def open_first(self) -> None:
        """Follow what the host tells, and go to the buyer whose turn it is."""
        if self.sent_away:
            return
        self.client.say = lambda text: self.say(text, warning=True)
        self.run_worker(self._follow(), group="news")
        self.set_interval(5, self._remind)
        self.set_interval(1, self._tick)
        if self.table.now.run is not None and self.table.now.run.n:
            self.go_on()

    async def on_unmount(self) -> None:
        """Hang up. Textual calls the handler of the class above by itself."""
        await self.client.__aexit__()

    def _send_away(self, refusal: Refusal) -> None:
        self.sent_away = str(refusal)
        self.exit(return_code=1)

    # --- what the host tells -----------------------------------------------------------------------------------------

    async def _follow(self) -> None:
        """Wait for news, for as long as the program runs."""
        while True:
            before = self.table.now
            try:
                news = await self.table.news()
                if news:
                    await self._look_around()
            except Refusal as refusal:
                self._send_away(refusal)
                return
            if news:
                self._told((before.state, before.round), before.ends_at)

    async def _look_around(self) -> None:
        """Ask for what a room shows where nothing is played. Raises `Refusal`."""
        await self.table.look_at_standings()
        await self.table.look_back()

    def _told(self, before: tuple[str, int | None], ended_at: int | None) -> None:
        """Show news where they concern what is shown."""
        now = self.table.now
        if (now.state, now.round) != before:
            if before[0] == "playing" and now.state in ("waiting", "over"):
                self.say(gettext("The round has closed."))
            self.to_bottom()
        elif now.ends_at is not None and ended_at is not None and now.ends_at != ended_at:
            self.say(f"{gettext('You have more time.')} {ending(now, self.table.ahead)}")
        self._show_room()

    def _show_room(self) -> None:
        from game.screens.room import RoomScreen

        room = self.screen_stack[0]
        if isinstance(room, RoomScreen) and room.is_mounted:
            room.told()

    def _tick(self) -> None:
        """Say beside every heading what is left of the round, or that the host cannot be reached."""
        now, told = self.table.now, ""
        if self.client.lost:
            told = gettext("host out of reach")
        elif now.state in ("playing", "between") and now.ends_at is not None:
            left = max(0, round(now.ends_at / 1000 - (time.time() - self.table.ahead)))
            told = gettext("{time} left").format(time=f"{left // 60}:{left % 60:02}")
        before, self.aside = self.aside, told
        if (told or before) and isinstance(self.screen, Frame):
            self.screen.show_aside()

    def _remind(self) -> None:
        """Say when a round is about to end; where nothing is played, look at the ranking again."""
        now = self.table.now
        if now.state != "playing":
            self.run_worker(self._look_at_standings(), group="standings", exclusive=True)
        if now.state != "playing" or now.ends_at is None:
            return
        left = now.ends_at / 1000 - (time.time() - self.table.ahead)
        for minutes in _WARNED:
            if minutes * 60 - 5 < left <= minutes * 60:
                left_text = ngettext(
                    "{count} minute left in this round.", "{count} minutes left in this round.", minutes
                )
                self.say(left_text.format(count=minutes))

    # --- the way through the program ---------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To the buyer whose turn it is, if there is one."""
        if self.table.now.state == "playing":
            self.tips_shown = set()
            self.show_run(self.table.run())

    def show_run(self, session: Playable) -> None:
        """Show a run where it stands; one that is played no more leads back to the room."""
        now = self.table.now
        mine = isinstance(session, RemoteRun) and session.is_played
        if mine and not session.finished:
            self.show_moment(session)
        elif now.state == "playing" and now.run is not None and now.run.n == 0 and now.ended is not None:
            self.say(how_it_ended(now.ended))
            self.go_on()
        elif now.state == "playing":
            self.go_on()
        else:
            self.to_bottom()
            self.run_worker(self._look_at_standings(), group="standings", exclusive=True)

    async def _look_at_standings(self) -> None:
        try:
            await self.table.look_at_standings()
        except Refusal as refusal:
            self._send_away(refusal)
        else:
            self._show_room()

    def look_back(self, past: Past) -> None:
        """Show the debrief of a run of a round that has closed."""
        self._ask(self._show_account(past))

    async def _show_account(self, past: Past) -> None:
        from game.screens.sales import SaleDebrief

        self.push_screen(SaleDebrief(await self.client.account(past), past))

    def agree(self, yes: bool) -> None:
        """Let one's name stand with one's run where that is shown as a strong one, or not."""
        self._ask(self.table.agree(yes))

    def _ask(self, asked: Coroutine[Any, Any, None]) -> None:
        """Ask the host for something, and show what is known then."""

        async def done() -> None:
            try:
                await asked
            except Refusal as refusal:
                self.trouble(gettext("The host says no"), str(refusal))
            self._show_room()

        self.run_worker(done(), group="asking")

    def after_run(self, session: Playable) -> str:
        """What follows the end of a run, as a short line that offers it."""
        return gettext("The next buyer") if self.table.now.state == "playing" else gettext("Back to the room")

    def to_bottom(self) -> None:
        """Back to the room."""
        super().to_bottom()
        self._show_room()

    def take_back(self) -> None:
        """Nothing: a host speaks at any time, and what it says stays."""

    def action_cues(self) -> None:
        """The host has set that."""
        self.say(gettext("How much of the buyer shows is set for everybody here."))

    def action_live(self) -> None:
        """The host has set that."""
        self.say(gettext("Whether thinking costs patience is set for everybody here."))
