"""What a player of an event looks back on: the sales of rounds that have closed, and the debrief of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.words import gettext, marked
from game.report.debrief import cut_short
from game.screens.debrief import DebriefScreen
from game.screens.sheet import Sheet
from game.widgets.listing import Listing
from game.widgets.plain import Plain
from game.words.visible import visible
from game.workshop.guest.whereabouts import past_text

if TYPE_CHECKING:
    from game.runs.accounts import Account
    from game.workshop.results.looking_back import Past


class Sales(Sheet[int]):
    """A list of one's runs. Its answer is the number of the one that was chosen, from 0."""

    WAY_OUT = marked("Enter looks back on it · Esc closes")
    SCROLLS_BY_KEYS = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", marked("Close"), show=False)]

    def __init__(self, runs: tuple[Past, ...]) -> None:
        super().__init__(classes="wide")
        self._runs = runs

    def body(self) -> ComposeResult:
        yield Plain(gettext("Your sales"), classes="title")
        yield Listing()

    def on_mount(self) -> None:
        """Put the cursor on the last."""
        listing = self.query_one(Listing)
        listing.fill([Row(visible(past_text(each)), id=str(number)) for number, each in enumerate(self._runs)])
        listing.go_to(str(len(self._runs) - 1))
        listing.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take Enter or a click."""
        event.stop()
        self.dismiss(event.option_index)


class SaleDebrief(DebriefScreen):
    """The debrief of a run that was played on a host."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,l", "back", marked("The room"), key_display="Esc")]

    def __init__(self, told: Account, past: Past) -> None:
        home = gettext("To meet this buyer again, with the coach and with retries, type at home: {command}")
        only_here = gettext("This round began in the middle of a run, so its buyer is met here only.")
        where = home.format(command=past.again) if past.again else only_here
        super().__init__(told, None, f"{cut_short(told, past.earned)} {where}".strip())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What goes on with the run itself is for home."""
        return action not in ("coach", "retry", "same_buyer", "new_buyer")

    def action_back(self) -> None:
        """Back to the room."""
        self.app.pop_screen()
