"""A page that lies over a screen until it is answered: help, trouble, an offer, the list of all commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, ScreenResultType

from engine.words import gettext
from game.screens.frame import Frame, TooSmall

if TYPE_CHECKING:
    from game.programs.program import Program


class Sheet(ModalScreen[ScreenResultType]):
    """A page over a screen. Subclasses give `body`."""

    CSS_PATH = "modal.tcss"
    HORIZONTAL_BREAKPOINTS = Frame.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = Frame.VERTICAL_BREAKPOINTS

    TITLE_LINE = ""
    """The text in the upper edge, to be looked up."""
    WAY_OUT = ""
    """The text in the lower edge, to be looked up."""
    SCROLLS_BY_KEYS = True
    """Whether the page itself takes the cursor, so that a long text can be scrolled with keys."""

    def compose(self) -> ComposeResult:
        yield TooSmall()
        with VerticalScroll(id="sheet", can_focus=self.SCROLLS_BY_KEYS) as sheet:
            sheet.border_title = gettext(self.TITLE_LINE) if self.TITLE_LINE else ""
            sheet.border_subtitle = gettext(self.WAY_OUT) if self.WAY_OUT else ""
            yield from self.body()

    def body(self) -> ComposeResult:
        """What stands on the page."""
        yield from ()

    def on_screen_resume(self) -> None:
        """Listen again once this page can be seen."""
        cast("Program", self.app).listen_once_shown()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close the page. Once closed it stays so: a second answer must not close what lies beneath."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
