"""What the player can do now, each with its key: 1 to 9, then letters; or Enter, or a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, cast

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.view import Option, PlayerView
from engine.words import gettext, marked, ngettext
from game.runs.choosing import cost, grouped, with_name
from game.widgets.listing import Listing
from game.widgets.plain import Hanging
from game.words.signs import ENTER

if TYPE_CHECKING:
    from game.programs.program import Program

KEYS: Final = "123456789abcdefghilmopstuvwxyz"
"""What picks the moves, in order. The letters with a meaning of their own are left out: j k n q r."""
_LONGEST: Final = 12
"""Columns for the longest heading."""
_NOTHING: Final[Mapping[int, str]] = MappingProxyType({})


class Choices(Listing):
    """The legal moves. Holds no game: it reports which move was picked, by its action."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"pick('{key}')", marked("Choose"), show=False) for key in KEYS),
        Binding("enter,space", "select", marked("Choose"), key_display=f"1-9 a-z {ENTER}"),
        Binding("home", "first", marked("First"), show=False),
        Binding("end", "last", marked("Last"), show=False),
        Binding("j", "cursor_down", marked("Down"), show=False),
        Binding("k", "cursor_up", marked("Up"), show=False),
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
        self._leads: dict[str, str] = {}
        self._lead_width = 3
        self._above = ""
        self._shown_first = ""
        self._unchosen = False
        """Whether Enter was pressed on no move."""
        self._questions: Mapping[int, str] = _NOTHING

    def offer(self, view: PlayerView, questions: Mapping[int, str] = _NOTHING) -> None:
        """Show the moves of a view, each with its key, by groups; a group's heading stands beside its first move. The
        cursor is on none of them: Enter, pressed to go on, says nothing that was not chosen.

        `questions`: what to ask before a move is made, by its action. The second choice answers.
        """
        groups = grouped(view)
        self._moves = {}
        self._leads = {}
        self._questions = questions
        self._lead_width = 3
        if len(groups) > 1:
            self._lead_width += 2 + min(_LONGEST, max(cell_len(group.heading) for group in groups))
        rows: list[Row] = []
        for heading, options in groups:
            for number, option in enumerate(options):
                at = len(self._moves)
                key = KEYS[at] if at < len(KEYS) else f"row-{at}"
                self._moves[key] = option
                self._leads[key] = heading if number == 0 and len(groups) > 1 else ""
                costs = cost(option, view)
                tail = Content.styled(costs, "$text-muted") if costs else None
                rows.append(Row(self._row(key, Content(with_name(option, heading, view)), tail), id=key))
        self._show(rows, cursor=False)

    def offer_to_go_on(self, text: str) -> None:
        """Show one way on, for the moment after a conversation or a run has ended."""
        self._moves = {}
        self._leads = {}
        self._lead_width = 3
        self._show([Row(self._row("1", Content(text)), id="1")])

    def say_above(self, text: str) -> None:
        """Say something about what stands above the moves."""
        self._above = text
        self._say_more()

    def _row(self, key: str, text: Content, tail: Content | None = None) -> Hanging:
        """A move: its key, the heading of its group on the first of them, its words, and how long it takes."""
        heading = Content(self._leads.get(key, "")).truncate(max(0, self._lead_width - 4), ellipsis=True)
        sign = Content.styled(f"{key:<3}" if len(key) == 1 else "   ", "bold $accent")
        lead = sign + heading.stylize("$text-muted")
        return Hanging(lead, text, lead_width=self._lead_width, tail=tail, closing=True)

    def _show(self, rows: list[Row], *, cursor: bool = True) -> None:
        self._shown_first = ""
        self._unchosen = False
        self.fill(rows, cursor=cursor)
        self._say_more()
        self.call_after_refresh(self._say_more)
        cast("Program", self.app).listen_once_shown()

    def key_of(self, action: int) -> str | None:
        """What picks the move with this action; None if it is not offered."""
        return next((key for key, option in self._moves.items() if option.action == action), None)

    def move(self, key: str | None) -> Option | None:
        """What a key picks; None for one that picks nothing."""
        return self._moves.get(key or "")

    # --- picking ----------------------------------------------------------------------------------------------------

    def action_pick(self, key: str) -> None:
        """Pick the move with this key, if there is one and it can be seen; else show it. One that asks first is shown
        with its question: it is not made by this key press in any case."""
        row = next((at for at, each in enumerate(self.options) if each.id == key), None)
        if row is None:
            return
        move = self._moves.get(key)
        asks = move is not None and move.action in self._questions
        if self.brought_into_view(row) or asks:
            self._pick(key)

    def action_select(self) -> None:
        """Choose the move under the cursor; where there is none, say how to choose."""
        self._unchosen = self.highlighted is None and bool(self._moves)
        self._say_more()
        super().action_select()

    def brought_into_view(self, row: int) -> bool:
        """Whether a move is in view. If not, show it, and say that its key has to be pressed again."""
        was_seen = super().brought_into_view(row)
        if not was_seen:
            self._shown_first = self.options[row].id or ""
            self._say_more()
        return was_seen

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say no more of a key once the cursor has left its move, nor how to choose once it is on one."""
        if event.option_id != self._shown_first:
            self._shown_first = ""
        self._unchosen = False
        self._say_more()

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
        if question and not self.ask_once_more(key, self._row(key, Content.styled(question, "bold"))):
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
        below = [row for index, row in enumerate(self.options) if not row.disabled and last.get(index, 0) >= end]
        more = self._below_text(below) if below and self.size.height else ""
        key = self._shown_first if len(self._shown_first) == 1 else ENTER
        again = gettext("out of view until now: {key} again chooses it").format(key=key) if self._shown_first else ""
        how = gettext("choose with a key or ↑ ↓") if self._unchosen else ""
        self.border_title = " · ".join(text for text in (again or how or self._above, more) if text)

    def _below_text(self, below: Sequence[Row]) -> str:
        """How many moves lie below, and how many of them go for good with the next line: nobody would look for them."""
        more = gettext("{count} more below ↓").format(count=len(below))
        moves = (self._moves.get(row.id or "") for row in below)
        last = sum(move is not None and move.last for move in moves)
        if not last:
            return more
        told = ngettext("{more} {count} last chance", "{more} {count} last chances", last)
        return told.format(more=more, count=last)
