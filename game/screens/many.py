"""A screen that is a list over many runs, or a sentence where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.words import gettext, ngettext
from game.coach import resting
from game.screens.frame import Own
from game.widgets.listing import Listing
from game.widgets.plain import Plain

if TYPE_CHECKING:
    from game.home.run_files import Run


class Many(Own):
    """A list that is read anew whenever it is shown. Subclasses read what is in it, show it, and open what is
    chosen."""

    NAME: ClassVar[str]
    """Its heading."""
    EMPTY: ClassVar[str]
    """What stands there instead of an empty list."""
    AT_ONCE: ClassVar[int] = 100
    """Runs that are shown before a row leads to as many again."""

    def __init__(self) -> None:
        super().__init__()
        self.most = self.AT_ONCE
        self._under_cursor: str | None = None
        self._resting: Timer | None = None
        """Until the cursor rests."""

    def body(self) -> ComposeResult:
        yield Listing(id="many")
        yield Plain(gettext(self.EMPTY), id="empty")

    def on_mount(self) -> None:
        """Paint the frame first, then look at the files."""
        self.head(gettext(self.NAME))
        self.query_one("#empty", Plain).display = False
        self.query_one("#many", Listing).focus()

    def on_screen_resume(self) -> None:
        """Read everything again: a run may have been finished since."""
        self.call_after_refresh(self._read_anew)

    def on_screen_suspend(self) -> None:
        """The cursor rests nowhere any more."""
        self._under_cursor = None
        if self._resting is not None:
            self._resting.stop()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Let the coach judge while the cursor rests, first the run on which it does, so that it is judged when it is
        opened."""
        event.stop()
        if event.option_id == self._under_cursor or not self.is_current:
            return  # the list was only shown anew
        self.game.resting.move_on()
        if self._resting is not None:
            self._resting.stop()
        self._under_cursor = event.option_id
        self._resting = self.set_timer(resting.SECONDS, self._rest)

    def _rest(self) -> None:
        if self.is_current:
            what, _, name = (self._under_cursor or "").partition(":")
            self.game.resting.on(self.run(name) if what == "run" else None)

    def _read_anew(self) -> None:
        if self.is_current:  # it may have come to the top for a moment, on the way to another screen
            self.read()

    def read(self) -> None:
        """Look at the files, and fill the list."""
        raise NotImplementedError

    def fill(self) -> None:
        """Show what was read, up to `most` runs."""
        raise NotImplementedError

    def run(self, name: str) -> Run:
        """The run in the row whose id is `run:name`."""
        raise NotImplementedError

    def choose(self, what: str, name: str) -> None:
        """Open what a row stands for whose id is `what:name`."""
        raise NotImplementedError

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show older runs, or open what was chosen."""
        event.stop()
        what, _, name = (event.option_id or "").partition(":")
        if what == "more":
            self.most += self.AT_ONCE
            self.fill()
        else:
            self.choose(what, name)

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; where there are none, the sentence."""
        listing, nothing = self.query_one("#many", Listing), self.query_one("#empty", Plain)
        nothing.display = not rows
        listing.display = bool(rows)
        listing.fill(rows, keep=True)

    def older(self, runs: int) -> Sequence[Row]:
        """The row that leads to more runs, if there are more."""
        left = runs - self.most
        told = ngettext("and {count} older run", "and {count} older runs", left).format(count=left)
        return (Row(Content(f"  {told}"), id="more:"),) if left > 0 else ()
