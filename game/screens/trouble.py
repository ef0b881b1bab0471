"""A page for what went wrong: problems of a scenario, or something that could not be saved."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from engine.words import marked
from game.screens.sheet import Sheet
from game.widgets.plain import Plain


class Trouble(Sheet[None]):
    """Title and message, as plain text. Closing it goes on where the player was."""

    WAY_OUT = marked("Enter goes on · q leaves")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,question_mark,f1", "dismiss", marked("Go on")),
        Binding("q", "app.quit", marked("Leave")),
    ]

    def __init__(self, title: str, message: str, *, wide: bool = False) -> None:
        super().__init__(classes="wide" if wide else None)
        self._title = title
        self._message = message

    def body(self) -> ComposeResult:
        yield Plain(self._title, classes="title")
        yield Plain(self._message, classes="text")
