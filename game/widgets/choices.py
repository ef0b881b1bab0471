"""What the player can do now, as a numbered list: a digit (0 for the tenth), Enter, or a click picks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.calendar import span_text
from engine.view import Option
from game.widgets.listing import Listing, heading
from game.widgets.plain import Hanging

_DIGITS = 10


class Choices(Listing):
    """The legal moves. Holds no game: it reports which move was picked, by its action."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n % 10), f"pick({n})", f"Choose {n}", show=False) for n in range(1, _DIGITS + 1)),
        Binding("enter,space", "select", "Choose", key_display="1-9 ⏎"),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

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

    def offer(self, groups: Iterable[tuple[str, Sequence[Option]]]) -> None:
        """Show these moves, numbered through, under the groups' headings (an empty heading prints none)."""
        rows: list[Row] = []
        self._moves = {}
        for name, options in groups:
            if name:
                rows.append(heading(name))
            for option in options:
                number = len(self._moves) + 1
                self._moves[str(number)] = option
                rows.append(Row(_prompt(number, option), id=str(number)))
        self.fill(rows)

    def offer_to_go_on(self, text: str) -> None:
        """Show one way on, for the moment after a conversation or a run has ended."""
        self._moves = {}
        self.fill([Row(Hanging(Content.styled("1", "bold $accent"), Content(text), lead_width=3), id="1")])

    def action_pick(self, number: int) -> None:
        """Pick the move with this number, if there is one."""
        if any(row.id == str(number) for row in self.options):
            self._pick(str(number))

    def choose(self, action: int) -> bool:
        """Pick the move with this action, as if by its number. Returns whether it is offered."""
        row = next((row for row, option in self._moves.items() if option.action == action), None)
        if row is not None:
            self._pick(row)
        return row is not None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Turn Enter or a click into a pick."""
        event.stop()
        if event.option_id is not None:
            self._pick(event.option_id)

    def _pick(self, row: str) -> None:
        if row in self._moves:
            self.post_message(self.Picked(self._moves[row]))
        else:
            self.post_message(self.GoOn())


def _prompt(number: int, option: Option) -> Hanging:
    lead = Content.styled(str(number), "bold $accent" if number <= _DIGITS else "$text-muted")
    takes = (
        Content.styled(span_text(option.minutes), "$text-muted") if option.minutes and option.kind != "wait" else None
    )
    return Hanging(lead, Content(option.text), lead_width=3, tail=takes)
