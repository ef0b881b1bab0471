"""The moves of a run, to choose one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final, cast

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.words import gettext, marked
from game.widgets.listing import Listing
from game.widgets.plain import Hanging

if TYPE_CHECKING:
    from game.programs.saying import Saying

_WHEN: Final = 9
"""Columns for the time of a move: more, where it comes with the day."""


class Moves(Listing):
    """The moves of the run. Enter does not act here: r goes back to a move, so that a slip costs nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", marked("Choose"), show=False)]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say what does act."""
        event.stop()
        cast("Saying", self.app).say(gettext("Press r to go back to this move."))


def columns(whens: Iterable[str]) -> int:
    """The columns that the times of these moves take."""
    return max([_WHEN, *map(cell_len, whens)])


def row(number: int, when: str, wide: int, text: str, tail: Content, mark: str = "") -> Row:
    """A move, `number` from 0, with its time in so many columns. The `mark` stands before it: a sign and a space, where
    moves are marked."""
    return Row(
        Hanging(
            Content.assemble((mark, "bold $accent"), (f"{number + 1:>3}  {when:<{wide}}  ", "$text-muted")),
            Content(text),
            lead_width=len(mark) + 7 + wide,
            tail=tail,
        ),
        id=str(number),
    )
