"""A list to choose from, as every screen shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row


class Listing(OptionList):
    """An option list of plain text, in the program's own look."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Open", key_display="⏎")]

    CONFIRMS: ClassVar[frozenset[str]] = frozenset({"enter"})
    """Keys that may confirm a row that asks once more; any other takes the question back."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._asking: tuple[str, VisualType] | None = None

    def fill(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """Show these rows with the cursor on the first that can be chosen; with `keep`, where it was if it can be."""
        self._asking = None
        here = self.highlighted_option.id if keep and self.highlighted_option is not None else None
        at = next((index for index, row in enumerate(rows) if here is not None and row.id == here), None)
        with self.app.batch_update():
            self.set_options(rows)
            if at is None:
                at = next((index for index, row in enumerate(rows) if not row.disabled), None)
                self.scroll_home(animate=False)
            self.highlighted = at

    def go_to(self, row: str) -> None:
        """Put the cursor on the row with this id, if there is one."""
        self.highlighted = next((at for at, each in enumerate(self.options) if each.id == row), self.highlighted)

    def ask_once_more(self, row: str, question: VisualType) -> bool:
        """Put a question in the place of a row, and the cursor on it. Returns whether it stood there already."""
        if self._asking is not None and self._asking[0] == row:
            return True
        self.take_back()
        self._asking = (row, self.get_option(row).prompt)
        self.replace_option_prompt(row, question)
        self.go_to(row)
        return False

    def take_back(self) -> None:
        """Show the row again that asks once more."""
        if self._asking is not None:
            row, prompt = self._asking
            self._asking = None
            self.replace_option_prompt(row, prompt)

    def on_key(self, event: events.Key) -> None:
        """Any other key than one that confirms takes the question back."""
        if self._asking is not None and not self.confirms(self._asking[0], event.key):
            self.take_back()

    def confirms(self, row: str, key: str) -> bool:
        """Whether this key answers the question that stands in a row."""
        return key in self.CONFIRMS


def heading(text: str) -> Row:
    """A row that names the rows below it."""
    return Row(Content.styled(text, "bold $accent"), disabled=True)


def gap() -> Row:
    """An empty row."""
    return Row("", disabled=True)
