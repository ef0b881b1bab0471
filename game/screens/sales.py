"""What a player of an event looks back on: the sales of rounds that have closed, and the debrief of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets.option_list import Option as Row

from engine.words import gettext, marked
from game.report.debrief import cut_short
from game.screens.debrief_outcome import OutcomePage
from game.screens.debrief_pages import DebriefPages
from game.screens.pick import Pick
from game.words.visible import visible
from game.workshop.guest.whereabouts import past_text

if TYPE_CHECKING:
    from game.runs.accounts import Account
    from game.workshop.results.looking_back import Past


class Sales(Pick):
    """One's runs, with the cursor on the last."""

    WAY_OUT = marked("Enter looks back on it · Esc closes")

    def __init__(self, runs: Sequence[Past]) -> None:
        rows = [Row(visible(past_text(each))) for each in runs]
        super().__init__(gettext("Your sales"), rows, at_end=True, classes="wide")


class SaleDebrief(DebriefPages):
    """The debrief of a run that was played on a host. What goes on with the run itself is for home."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,l", "back", marked("The room"), key_display="Esc")]

    def __init__(self, told: Account, past: Past) -> None:
        super().__init__(told)
        home = gettext("To meet this buyer again, with the coach and with retries, type at home: {command}")
        only_here = gettext("This round began in the middle of a run, so its buyer is met here only.")
        where = home.format(command=past.again) if past.again else only_here
        self._where = f"{cut_short(told, past.earned)} {where}".strip()

    def outcome(self) -> OutcomePage:
        return OutcomePage(self.told, self._where)
