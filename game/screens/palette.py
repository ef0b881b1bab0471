"""Every command there is, found by typing: what the screen beneath can do, then the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option as Row

from engine.words import gettext, marked
from game.screens.sheet import Sheet
from game.widgets.listing import Listing
from game.widgets.plain import Hanging

_NAME = 25
"""Columns for the name of a command."""


class Command(NamedTuple):
    """Something that can be done from here."""

    name: str
    about: str
    run: Callable[[], object]


class Palette(Sheet[Command]):
    """A list of commands; typing filters, and closing it returns the one that was chosen."""

    TITLE_LINE = marked("All commands")
    WAY_OUT = marked("Enter chooses · Esc closes")
    SCROLLS_BY_KEYS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "dismiss", "Close", show=False),
        Binding("down", "list('cursor_down')", "Down", show=False),
        Binding("up", "list('cursor_up')", "Up", show=False),
        Binding("pagedown", "list('page_down')", "Page down", show=False),
        Binding("pageup", "list('page_up')", "Page up", show=False),
    ]

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self.commands = commands

    def body(self) -> ComposeResult:
        yield Input(placeholder=gettext("Type to filter"), compact=True)
        yield Listing()

    def on_mount(self) -> None:
        """Show all commands, and put the cursor where one types."""
        self.query_one(Listing).can_focus = False
        self._fill("")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what matches."""
        event.stop()
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        words = typed.casefold().split()
        self.query_one(Listing).fill(
            [
                Row(
                    Hanging(Content(each.name), Content.styled(each.about, "$text-muted"), lead_width=_NAME), id=str(at)
                )
                for at, each in enumerate(self.commands)
                if all(word in f"{each.name} {each.about}".casefold() for word in words)
            ]
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what stands under the cursor."""
        event.stop()
        self.query_one(Listing).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the command that was chosen."""
        event.stop()
        self.dismiss(self.commands[int(event.option_id or 0)])

    def action_list(self, action: str) -> None:
        """Move the cursor of the list."""
        getattr(self.query_one(Listing), f"action_{action}")()
