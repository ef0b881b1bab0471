"""A program with screens: its colours, and how its terminal is read, its shell stops it, and the system ends it."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from typing import TYPE_CHECKING

from engine.words import gettext
from game.computing.background import let_it_end
from game.programs.seen import OnlySeen
from game.programs.themes import DARK, NAMES, THEMES

if TYPE_CHECKING:
    from textual.driver import Driver


class Program(OnlySeen):
    """What a player, a guest, a host and an author start: each has screens and keys of its own."""

    ENABLE_COMMAND_PALETTE = False  # there is one of our own

    def __init__(self) -> None:
        super().__init__()
        self.aside = ""
        """What the heading of every screen says first, whatever the screen: such as the time that is left."""
        for theme in THEMES:
            self.register_theme(theme)

    def get_driver_class(self) -> type[Driver]:
        """The library's driver for this terminal, guarded where it needs to be."""
        chosen = super().get_driver_class()
        if os.name != "posix":
            return chosen
        from game.programs.driver import GuardedDriver

        return GuardedDriver if issubclass(GuardedDriver, chosen) else chosen

    def take_over(self, theme: str) -> None:
        """Take these colours, if they are ours, and listen from now on. Called once the program is mounted."""
        self.theme = theme if theme in NAMES else DARK.name
        if os.name == "posix" and not self.is_headless:
            for number in (signal.SIGTERM, signal.SIGHUP):
                if signal.getsignal(number) is not signal.SIG_IGN:
                    asyncio.get_running_loop().add_signal_handler(number, self._told_to_end, number)
        self.drop_between_screens()
        if not self.is_headless:
            gc.freeze()  # what is loaded by now stays: to look at it again would stop everything, and a key with it

    def until_left(self) -> int:
        """Run until somebody leaves, and return the exit code."""
        self.run()
        let_it_end()
        return self.return_code or 0

    def _told_to_end(self, number: int) -> None:
        """Leave as with Ctrl+Q, with the exit code that tells the signal."""
        self.exit(return_code=128 + number)

    def action_help_quit(self) -> None:
        """Ctrl+C, which copies what is selected, ends nothing: say what does."""
        self.notify(gettext("q leaves, and nothing is lost."), markup=False, timeout=6)

    def action_suspend_process(self) -> None:
        """Stop as the shell's job, where there is a shell that can let it go on; else go on at once."""
        if os.name != "posix" or self._driver is None or not self._driver.can_suspend:
            return
        with self.suspend():
            held = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(0, signal.SIGTSTP)  # the whole job, as the terminal itself would
            signal.signal(signal.SIGTSTP, held)

    def action_colours(self) -> None:
        """Go from dark to light to high contrast."""
        names = list(NAMES)
        here = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(here + 1) % len(names)]
