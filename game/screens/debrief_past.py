"""The debrief of a run from before."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from engine.words import marked, ngettext
from game.screens.debrief import DebriefScreen


class PastDebrief(DebriefScreen):
    """The debrief of a run that was chosen among the past ones."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,l", "back", marked("Runs"), key_display="Esc")]

    def par_to_come(self) -> str:
        return ngettext(
            "What the best of expert, schools and script earns from this very buyer is not known here, and is being "
            "worked out while you read. Your result is measured against it as soon as it is known.",
            "What the best of expert, schools and script earns from these very buyers is not known here, and is being "
            "worked out while you read. Your result is measured against it as soon as it is known.",
            len(self.found.endings),
        )

    def action_back(self) -> None:
        """Back to the past runs."""
        self.app.pop_screen()
