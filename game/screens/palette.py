"""Every command there is, found by typing: what the screen beneath can do, then the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option as Row

from engine.record import CUES
from engine.words import gettext, languages, marked, name_of
from game.programs.themes import NAMES
from game.screens.sheet import Sheet
from game.widgets.listing import Listing
from game.widgets.plain import Hanging
from game.words.wording import CUE_NAMES

if TYPE_CHECKING:
    from game.programs.playing import Playing

_NAME = 25
"""Columns for the name of a command."""


class Command(NamedTuple):
    """Something that can be done from here."""

    name: str
    about: str
    run: Callable[[], object]


def commands(program: Playing) -> Iterator[Command]:
    """Everything that can be done where a program is now."""
    yield from _of_the_screen(program)
    yield Command(gettext("Leave"), gettext("Leave the program; nothing is lost"), program.action_quit)
    for theme, called in NAMES.items():
        name = gettext("Colours: {theme}").format(theme=gettext(called))
        yield Command(name, gettext("One of the program's themes"), partial(setattr, program, "theme", theme))
    if not program.PLAY_IS_SET:
        yield from _of_runs(program)


def _of_the_screen(program: Playing) -> Iterator[Command]:
    """What has a key on the screen beneath, but for what is told with the settings."""
    told = {"Choose", "Leave", "Cues", "Clock", "Colours"}
    for active in program.screen.active_bindings.values():
        binding = active.binding
        if binding.show and active.enabled and binding.description not in told:
            told.add(binding.description)
            key = gettext("Key {key}").format(key=program.get_key_display(binding))
            about = gettext(binding.tooltip) if binding.tooltip else key
            yield Command(gettext(binding.description), about, partial(program.run_action, binding.action, active.node))


def _of_runs(program: Playing) -> Iterator[Command]:
    """How runs are played, and in which language everything else is."""
    for cues in CUES:
        name = gettext("Cues: {cues}").format(cues=gettext(CUE_NAMES[cues]))
        yield Command(name, gettext("How much of the buyer shows"), partial(program.set_cues, cues))
    yield Command(gettext("Live clock"), gettext("Turn the live clock on or off"), program.action_live)
    for language in languages():
        name = gettext("Language: {language}").format(language=name_of(language))
        yield Command(name, gettext("Of everything but runs"), partial(program.set_language, language))


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
