"""Help for the screen beneath: what it is, and its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from game.widgets.plain import Hanging, Plain


class Help(ModalScreen[None]):
    """A short page over the screen it explains."""

    CSS_PATH = "modal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,question_mark,f1", "dismiss", "Close"),
        Binding("q", "app.quit", "Leave", show=False),
    ]

    def __init__(self, about: str, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._about = about
        self._keys = keys

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="sheet") as sheet:
            sheet.border_title = "Help"
            sheet.border_subtitle = "Esc closes"
            yield Plain(self._about, classes="text")
            for key, what in self._keys:
                yield Plain(Hanging(Content.styled(key, "bold $accent"), Content(what), lead_width=12))
            yield Plain(Hanging(Content.styled("Ctrl+P", "bold $accent"), Content("All commands"), lead_width=12))
