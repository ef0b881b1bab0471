"""The offer of the tutorial, at the very first start."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList

from game.widgets.plain import Plain


class Offer(ModalScreen[bool]):
    """Yes opens the tutorial; no shows the library. Asked once."""

    CSS_PATH = "modal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,y", "answer(True)", "Start", show=False),
        Binding("2,n,escape", "answer(False)", "Not now", show=False),
        Binding("q", "app.quit", "Leave", show=False),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="sheet", can_focus=False):
            yield Plain("Welcome to First Visit", classes="title")
            yield Plain(
                "A buyer walks in, interested, and that interest fades by itself. You decide what to ask, what to "
                "show, and when to ask for the decision. Afterwards you see what moved the buyer, and why.",
                classes="text",
            )
            yield Plain(f"“{self._title}” explains the screen while you sell. It takes five minutes.", classes="text")
            yield OptionList("1  Start with it", "2  Look at the library first", markup=False)

    def on_mount(self) -> None:
        """Put the cursor on the first answer."""
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take Enter or a click."""
        event.stop()
        self.dismiss(event.option_index == 0)

    def action_answer(self, yes: bool) -> None:
        """Take a key."""
        self.dismiss(yes)
