"""A page for what went wrong: problems of a scenario, or something that could not be saved."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from game.widgets.plain import Plain


class Trouble(ModalScreen[None]):
    """Title and message, as plain text. Closing it goes on where the player was."""

    CSS_PATH = "modal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,question_mark,f1", "dismiss", "Go on"),
        Binding("q", "app.quit", "Leave"),
    ]

    def __init__(self, title: str, message: str, *, wide: bool = False) -> None:
        super().__init__(classes="wide" if wide else None)
        self._title = title
        self._message = message

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="sheet") as sheet:
            sheet.border_subtitle = "Enter goes on · q leaves"
            yield Plain(self._title, classes="title")
            yield Plain(self._message, classes="text")
