"""Between the end of a run and its debrief, where par takes longer than the run was played."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from engine.par import looks
from engine.words import gettext, marked
from game.background import in_background
from game.screens.frame import Frame
from game.widgets.plain import Plain

if TYPE_CHECKING:
    from game.session import Session


class Settling(Frame):
    """Says what is being worked out and how far it has come, and opens the debrief as soon as it can be told."""

    CSS_PATH = "settling.tcss"
    ABOUT = marked(
        "Your result is measured against what the best of expert, schools and script earns from this very buyer. That "
        "takes some time, and was begun with the run. You need not wait: the run is kept, and offered again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,l",
            "back",
            marked("Library"),
            key_display="Esc",
            tooltip=marked("The run is kept and offered again"),
        )
    ]

    @dataclass
    class Tried(Message):
        """The expert has met the buyer again, so many times."""

        times: int

    class Settled(Message):
        """Par is known."""

    def __init__(self, session: Session) -> None:
        """Wait for the par of a run that is over."""
        super().__init__()
        self.session = session
        self._tried = 0
        self._left = Event()

    def body(self) -> ComposeResult:
        yield Plain(id="waiting")

    def on_mount(self) -> None:
        """Say what is waited for, and wait."""
        self.head(gettext("Debrief: {title}").format(title=self.session.scenario.title))
        self._say()
        in_background(self._wait)

    def _wait(self) -> None:
        """Work par out, or wait until that is done, in a thread of its own."""
        self.session.prepare_par(self._stopped, self._advance)
        self.post_message(self.Settled())

    def _advance(self, times: int) -> None:
        self.post_message(self.Tried(times))

    def _stopped(self) -> bool:
        return self._left.is_set() or self.game.leaving.is_set()

    def _say(self) -> None:
        works = gettext("Working out what the best player earns from the same buyer ...")
        made = gettext("Attempts: {made}, of {all} at most").format(made=self._tried, all=looks(self.session.game)[-1])
        self.query_one("#waiting", Plain).update(f"{works}\n{made}")

    def on_settling_tried(self, message: Tried) -> None:
        """Say how far it has come."""
        self._tried += message.times
        self._say()

    def on_settling_settled(self) -> None:
        """Show the debrief."""
        if self.session.par_so_far is not None:
            self.game.show_end(self.session)

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self._left.set()

    def action_back(self) -> None:
        """Back to the library; the run is offered again there."""
        self.game.to_library()
