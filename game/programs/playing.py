"""A program in which runs are played, here or on a host: its keys, and which screen a run is on."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from engine.words import marked, speak
from game.programs.remembering import Remembering
from game.screens.frame import ALL_COMMANDS
from game.words.visible import visible, visible_lines

if TYPE_CHECKING:
    from engine.view import Cues
    from game.runs.playable import Playable
    from game.screens.offer import Offer


class Playing(Remembering):
    """What a player, a guest and an author have in common: the screens of runs, and what lies over any screen."""

    TITLE = "First Visit"
    PLAY_IS_SET: ClassVar[bool] = False
    """Whether somebody else has set how runs are played."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark,f1",
            "screen.help",
            marked("Help"),
            key_display="? F1",
            tooltip=marked("This screen, and its keys"),
        ),
        Binding("q", "quit", marked("Leave"), tooltip=marked("Leave the program. Nothing is lost.")),
        Binding("ctrl+q", "quit", marked("Leave"), show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
        Binding("ctrl+p", ALL_COMMANDS, marked("All commands"), key_display="Ctrl+P", show=False),
        Binding(
            "f2", "cues", marked("Cues"), key_display="F2", tooltip=marked("How much of the buyer shows"), show=False
        ),
        Binding(
            "f3",
            "live",
            marked("Clock"),
            key_display="F3",
            tooltip=marked("Whether thinking costs patience"),
            show=False,
        ),
        Binding(
            "f4",
            "colours",
            marked("Colours"),
            key_display="F4",
            tooltip=marked("Dark, light, high contrast"),
            show=False,
        ),
    ]

    def __init__(self, cues: Cues | None = None, live: bool | None = None) -> None:
        super().__init__(cues, live)
        self.leaving = Event()
        """Set once the program ends: whatever works in the background stops."""
        self.tips_shown: set[int] = set()
        self._beneath = 1
        """How many screens lie beneath the run that is being played: the library, and beneath a retry also those from
        which it was begun."""

    def on_mount(self) -> None:
        """Go where one begins."""
        self.remember_from_now_on()
        self.open_first()

    def open_first(self) -> None:
        """Stay on the screen at the bottom."""

    async def on_unmount(self) -> None:
        """Let nothing go on in the background."""
        self.leaving.set()

    # --- a run ------------------------------------------------------------------------------------------------------

    def show_run(self, session: Playable) -> None:
        """Show where a run has come to."""
        raise NotImplementedError

    def show_moment(self, session: Playable) -> None:
        """Show a run that goes on, in its own language: in a conversation, or between two."""
        speak(session.scene.language)
        if session.view().place == "conversation":
            from game.screens.visit import Visit

            self._lay(Visit(session), self._beneath)
        else:
            from game.screens.between import Between

            self._lay(Between(session), self._beneath)

    def look_on(self) -> None:
        """A run is on its screen: nobody looks on, unless the program has a coach."""

    def moved(self) -> None:
        """Somebody has made a move of the run that is being played."""

    def after_run(self, session: Playable) -> str:
        """What follows the end of a run, as a short line that offers it."""
        raise NotImplementedError

    @property
    def way_back(self) -> str:
        """What the way back from a run is named after: the place that it leads to."""
        raise NotImplementedError

    def to_bottom(self) -> None:
        """Close what lies over the screen at the bottom, the library or the room. A run stays as it is."""
        self._beneath = 1
        self.back_from_run()

    def back_from_run(self) -> None:
        """Back to where the run that is being played was begun."""
        while len(self.screen_stack) > self._beneath:
            self.pop_screen()

    def _lay(self, screen: Screen[None], beneath: int = 1) -> None:
        """Show a screen over this many of those that are there, in place of the others."""
        while len(self.screen_stack) > beneath + 1:
            self.pop_screen()
        if len(self.screen_stack) > beneath:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    # --- what lies over any screen ----------------------------------------------------------------------------------

    def ask(self, offer: Offer, answered: Callable[[bool], None]) -> None:
        """Show an offer, and go on with its answer once its page is closed."""

        def closed(yes: bool | None) -> None:
            self.call_later(answered, bool(yes))

        self.push_screen(offer, closed)

    def trouble(self, title: str, message: str, *, wide: bool = False) -> None:
        """Say what went wrong, on a page that closes with Enter."""
        from game.screens.trouble import Trouble

        self.push_screen(Trouble(visible(title), visible_lines(message), wide=wide))

    def action_palette(self) -> None:
        """List all commands, and run the one that is chosen."""
        from game.screens.palette import Command, Palette, commands

        def closed(chosen: Command | None) -> None:
            if chosen is not None:
                self.call_later(chosen.run)

        self.push_screen(Palette(tuple(commands(self))), closed)
