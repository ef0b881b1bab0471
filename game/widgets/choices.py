"""What the player can do now, each with its key: 1 to 9, then letters; or Enter, or a click."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.calendar import span_text
from engine.view import Option
from game.widgets.listing import Listing, heading
from game.widgets.plain import Hanging

if TYPE_CHECKING:
    from game.app import FirstVisit

KEYS: Final = "123456789abcdefghilmopstuvwxyz"
"""What picks the moves, in order. The letters with a meaning of their own are left out: j k n q r."""
_NOTHING: Final[Mapping[int, str]] = MappingProxyType({})


class Choices(Listing):
    """The legal moves. Holds no game: it reports which move was picked, by its action."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"pick('{key}')", f"Choose {key}", show=False) for key in KEYS),
        Binding("enter,space", "select", "Choose", key_display="1-9 a-z ⏎"),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]
    CONFIRMS: ClassVar[frozenset[str]] = frozenset({"enter", "space"})

    @dataclass
    class Picked(Message):
        """The player chose a move."""

        option: Option

    @dataclass
    class GoOn(Message):
        """The player has read how it ended and goes on."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._moves: dict[str, Option] = {}
        self._questions: Mapping[int, str] = _NOTHING

    def offer(self, groups: Iterable[tuple[str, Sequence[Option]]], questions: Mapping[int, str] = _NOTHING) -> None:
        """Show these moves, each with its key, under the groups' headings (an empty heading prints none).

        `questions`: what to ask before a move is made, by its action. The second choice answers.
        """
        rows: list[Row] = []
        self._moves = {}
        self._questions = questions
        for name, options in groups:
            if name:
                rows.append(heading(name))
            for option in options:
                at = len(self._moves)
                key = KEYS[at] if at < len(KEYS) else f"row-{at}"
                self._moves[key] = option
                rows.append(Row(_prompt(key, option), id=key))
        self._show(rows)

    def offer_to_go_on(self, text: str) -> None:
        """Show one way on, for the moment after a conversation or a run has ended."""
        self._moves = {}
        self._show([Row(Hanging(_lead("1"), Content(text), lead_width=3), id="1")])

    def _show(self, rows: list[Row]) -> None:
        self.fill(rows)
        self._say_more()
        self.call_after_refresh(self._say_more)
        cast("FirstVisit", self.app).listen_once_shown()

    def key_of(self, action: int) -> str | None:
        """What picks the move with this action; None if it is not offered."""
        return next((key for key, option in self._moves.items() if option.action == action), None)

    # --- picking ----------------------------------------------------------------------------------------------------

    def action_pick(self, key: str) -> None:
        """Pick the move with this key, if there is one and it can be seen; else show it."""
        row = next((at for at, each in enumerate(self.options) if each.id == key), None)
        if row is not None and self.brought_into_view(row):
            self._pick(key)

    def choose(self, action: int) -> bool:
        """Pick the move with this action, as if by its key. Returns whether it is offered."""
        key = self.key_of(action)
        if key is not None:
            self._pick(key)
        return key is not None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Turn Enter or a click into a pick."""
        event.stop()
        if event.option_id is not None:
            self._pick(event.option_id)

    def confirms(self, row: str, key: str) -> bool:
        """Enter, Space, and the key of the row itself."""
        return key == row or super().confirms(row, key)

    def _pick(self, key: str) -> None:
        option = self._moves.get(key)
        if option is None:
            self.post_message(self.GoOn())
            return
        question = self._questions.get(option.action)
        if question and not self.ask_once_more(key, _row(key, Content.styled(question, "bold"))):
            return
        self.post_message(self.Picked(option))

    # --- what lies below ---------------------------------------------------------------------------------------------

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say how many moves lie below now."""
        super().watch_scroll_y(old_value, new_value)
        self._say_more()

    def on_resize(self) -> None:
        """Say how many moves lie below now."""
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        end = self.scroll_offset.y + self.size.height
        # the rows' lines are known to the list alone; a move counts as below when its last line is
        last = {index: line for line, (index, _) in enumerate(self._lines)}
        below = sum(not row.disabled and last.get(index, 0) >= end for index, row in enumerate(self.options))
        self.border_title = f" {below} more below ↓ " if below and self.size.height else ""


def _lead(key: str) -> Content:
    return Content.styled(key, "bold $accent") if len(key) == 1 else Content("")


def _row(key: str, text: Content, tail: Content | None = None) -> Hanging:
    return Hanging(_lead(key), text, lead_width=3, tail=tail)


def _prompt(key: str, option: Option) -> Hanging:
    timed = option.minutes and option.kind not in ("wait", "finish")
    return _row(key, Content(option.text), Content.styled(span_text(option.minutes), "$text-muted") if timed else None)
