"""Help for the screen beneath: what it is, and its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from engine.words import marked
from game.screens.sheet import Sheet
from game.widgets.plain import Hanging, Plain


class Help(Sheet[None]):
    """A short page over the screen it explains."""

    TITLE_LINE = marked("Help")
    WAY_OUT = marked("Esc closes")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,question_mark,f1", "dismiss", marked("Close")),
        Binding("q", "app.quit", marked("Leave"), show=False),
    ]

    def __init__(self, about: str, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._about = about
        self._keys = keys

    def body(self) -> ComposeResult:
        yield Plain(self._about, classes="text")
        for key, what in self._keys:
            yield Plain(Hanging(Content.styled(key, "bold $accent"), Content(what), lead_width=12))
