"""A list to choose from, as every screen shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row


class Listing(OptionList):
    """An option list of plain text, in the program's own look."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Open", key_display="⏎")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def fill(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """Show these rows with the cursor on the first that can be chosen; with `keep`, where it was if it can be."""
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


def heading(text: str) -> Row:
    """A row that names the rows below it."""
    return Row(Content.styled(text, "bold $accent"), disabled=True)


def gap() -> Row:
    """An empty row."""
    return Row("", disabled=True)
