"""The page of a debrief that goes through a run move by move, under the curve of interest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.calendar import span_text
from engine.course import by_move
from engine.words import gettext
from game.widgets.curve import Curve
from game.widgets.moves import Moves, columns, row
from game.widgets.plain import Plain
from game.words.wording import signed, why_text

if TYPE_CHECKING:
    from engine.debrief import Debrief
    from game.runs.accounts import Account


class MovesPage(Vertical):
    """The curve of one prospect at a time, the moves with what each did to it, and why."""

    def __init__(self, told: Account) -> None:
        """Show a run, with the cursor on the move that the meters say cost most."""
        super().__init__()
        self._told = told
        self._found = found = told.debrief
        worst = found.costliest or next(iter(found.moments), None)
        self._put = worst.move if worst is not None else 0
        """The move on which the cursor was put; once the player has moved it, it stays where it is."""
        self.prospect = worst.prospect if worst is not None else next(iter(found.curves), "")
        """Whose curve is shown."""

    def compose(self) -> ComposeResult:
        yield Plain(classes="legend")
        yield Curve(id="curve")
        yield Plain(id="why")
        moves = Moves(id="list")
        moves.border_title = f" {gettext('change of interest')} "
        yield moves

    def on_mount(self) -> None:
        """List the moves."""
        self._fill()

    @property
    def chosen(self) -> int | None:
        """The move under the cursor."""
        option = self.query_one(Moves).highlighted_option
        return int(option.id) if option is not None and option.id is not None else None

    def open(self) -> None:
        """The page is looked at."""
        moves = self.query_one(Moves)
        moves.focus()
        moves.call_after_refresh(moves.scroll_to_highlight)  # it had no size before

    def turn(self) -> None:
        """Show the next prospect."""
        every = list(self._found.curves)
        if len(every) > 1:
            self.prospect = every[(every.index(self.prospect) + 1) % len(every)]
            self._fill()

    def point_to(self, move: int, prospect: str | None) -> bool:
        """Put the cursor on a move, which was about this prospect, unless the player has moved it. Returns whether it
        stands elsewhere now."""
        chosen, was = self.chosen, self._put
        self._put = move
        if move == was or chosen != was:
            return False
        self.prospect = prospect or self.prospect
        self._fill()
        return True

    def _fill(self) -> None:
        moves = self.query_one(Moves)
        moves.fill(list(self._rows()))
        moves.go_to(str(self._put))

    def _rows(self) -> Iterator[Row]:
        ends = {move: (before, after) for move, before, after in by_move(self._found.curves.get(self.prospect, ()))}
        whens = {move: self._found.when(before.minute) for move, (before, _) in ends.items()}
        wide, marks = columns(whens.values()), _marks(self._found)
        for index, told in enumerate(self._told.moves):
            when, moved = whens.get(index, ""), ""
            if index in ends:
                before, after = ends[index]
                change = after.interest - before.interest
                moved = signed(change) if change else "·"
            yield row(index, when, wide, told.text, Content(f"{moved:>4}"), mark=f"{marks.get(index, ' ')} ")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show on the curve where the move was, and say what it did."""
        event.stop()
        move = int(event.option_id) if event.option_id is not None else None
        self.query_one("#curve", Curve).select(move)
        self.query_one("#why", Plain).update("" if move is None else self._why(move))

    def _why(self, move: int) -> str:
        """What a move changed, with causes; for a silence, what it took."""
        points = self._found.curves.get(self.prospect, ())
        at = next((index for index, point in enumerate(points) if point.move == move), None)
        if at is None:
            return gettext("This move was about somebody else.")
        parts: list[str] = []
        if points[at].silence:
            first = at - 1
            while first > 0 and points[first].move is None:
                first -= 1
            passed = span_text(points[at].minute - points[first].minute)
            silence = gettext("{time} of silence: interest {before} → {after}")
            parts.append(silence.format(time=passed, before=points[first].interest, after=points[at].interest))
        parts.extend(text for prospect, text in self._told.moves[move].changes if prospect == self.prospect)
        parts.extend(
            gettext("it had {chance}").format(chance=why_text(answer))
            for answer in self._found.answers
            if answer.move == move
        )
        return "; ".join(parts) or gettext("Nothing moved by a point or more.")


def draw(screen: Widget, found: Debrief, prospect: str) -> None:
    """Draw the curve of a prospect, with its legend, wherever there is room for it on a screen."""
    theirs = {moment.move for moment in found.moments if moment.prospect == prospect}
    marks = {move: mark for move, mark in _marks(found).items() if move in theirs}
    for curve in screen.query(Curve):
        curve.show(found.curves.get(prospect, ()), marks)
    lost = found.silence_lost.get(prospect, 0)
    silence = f"{gettext('undated silence: {points}').format(points=signed(-lost))}  " if lost else ""
    whose = ""
    if len(found.curves) > 1:  # on a line of its own: all of it is too long for one
        whose = f"{found.names.get(prospect, '')} ({gettext('p: next')})  {silence}".rstrip() + "\n"
        silence = ""
    legend = Content.assemble(
        (whose, "bold"),
        ("█", "$accent"),
        f" {gettext('conviction')}  ",
        ("⣿", "$secondary"),
        f" {gettext('excitement')}  ",
        (silence, "bold"),
        ("1 2 3", "bold"),
        f" {gettext('turning points')}",
    )
    for line in screen.query(".legend").results(Plain):
        line.update(legend)


def _marks(found: Debrief) -> dict[int, str]:
    """The numbers of the moments that moved the buyer most, by move."""
    return {moment.move: str(number) for number, moment in enumerate(found.moments, start=1)}
