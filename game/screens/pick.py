"""A list over a screen, of which one row is picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.words import marked
from game.screens.sheet import Sheet
from game.widgets.listing import Listing
from game.widgets.plain import Plain
from game.words.visible import visible


class Pick(Sheet[int]):
    """The list. Its answer is the number of the row, from 0."""

    WAY_OUT = marked("Enter chooses · Esc closes")
    SCROLLS_BY_KEYS = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", marked("Close"), show=False)]

    def __init__(self, title: str, rows: Sequence[Row], *, at_end: bool = False, classes: str | None = None) -> None:
        """Show these rows, with the cursor on the first that can be picked or, `at_end`, on the last."""
        super().__init__(classes=classes)
        self._title = title
        self._rows = rows
        self._at_end = at_end

    def body(self) -> ComposeResult:
        yield Plain(visible(self._title), classes="title")
        yield Listing()

    def on_mount(self) -> None:
        """Put the cursor on a row."""
        listing = self.query_one(Listing)
        listing.fill(self._rows)
        if self._at_end:
            listing.action_last()
        listing.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take Enter or a click."""
        event.stop()
        self.dismiss(event.option_index)
