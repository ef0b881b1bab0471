"""Two runs of one buyer, side by side: the curves over each other, and both to be gone through move by move."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content

from engine.calendar import run_clock_text
from engine.course import course
from engine.words import gettext, marked
from game.report import comparison as report
from game.screens.frame import SCROLLING, Frame
from game.text.wrapping import cells
from game.widgets.curves import OTHER, Curves
from game.widgets.plain import Plain

if TYPE_CHECKING:
    from engine.changes import Change
    from engine.comparison import Comparison, Side
    from engine.view import Cues

_SIDES: Final = ("mine", "other")
_AROUND: Final = 3
"""The columns of the upper edge of a pane that its title leaves: at both ends, and a blank after it."""


class SideBySide(Frame):
    """A run and another one of the same buyer, from the move where they part."""

    CSS_PATH = "beside.tcss"
    ABOUT = marked(
        "The same buyer with the same luck, met twice. Left and right go through both runs at once, move by move; "
        "they part where this page opens, and after the last move you see what came out differently. The area is "
        "interest in this run, the rings are the other run. Time is compressed: the longer a gap was, the more, so "
        "that minutes and weeks fit on one line."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", marked("Step"), key_display="← →", tooltip=marked("The next move of both")),
        Binding("left", "step(-1)", marked("Step back"), show=False),
        Binding("home", "go('start')", marked("First move"), show=False),
        Binding("end", "go('end')", marked("What changed"), key_display="End", tooltip=marked("After the last move")),
        *SCROLLING,
        Binding("p", "prospect", marked("Next buyer"), show=False),
        Binding("escape,l", "back", marked("Back"), key_display="Esc"),
    ]

    def __init__(self, found: Comparison, name: str, cues: Cues) -> None:
        """Show two runs of a buyer; `name` is what the other one is called."""
        super().__init__()
        self._found = found
        self._sides: tuple[Side, Side] = (found.mine, found.other)
        self._names = (gettext(report.THIS), name)
        self._cues = cues
        self._changes: tuple[tuple[tuple[Change, ...], ...], ...] = tuple(course(side.end) for side in self._sides)
        self._last = max(side.end.moves for side in self._sides)
        self._at = min(found.parted, self._last)
        self._buyers = found.mine.found.names
        self._shown = self._about(found.parted) or next(iter(self._buyers))

    def _about(self, number: int) -> str | None:
        """The prospect that a move was about, in the first of the runs that has made it; None for a wait."""
        made = (report.about(side.end, number) for side in self._sides if number < side.end.moves)
        return next((one for one in made if one is not None), None)

    def body(self) -> ComposeResult:
        yield Plain(id="parted")
        yield Curves(id="curves")
        with Container(id="panes"):
            for side in _SIDES:
                with VerticalScroll(id=side, classes="pane", can_focus=False):
                    yield Plain(id=f"{side}-told")

    def on_mount(self) -> None:
        """Stand where they part."""
        self.head(
            gettext("Side by side: {title}").format(title=self._found.mine.end.game.scenario.title),
            ", ".join(self._results()),
        )
        self._draw()

    def on_resize(self) -> None:
        """The panes may have other widths."""
        self.call_after_refresh(self._show)

    def _results(self) -> Iterator[str]:
        for name, side in zip(self._names, self._sides, strict=True):
            card = side.found.scorecard
            yield f"{report.in_short(name)} {card.result_percent}%" if card.result_percent is not None else name

    def _draw(self) -> None:
        self.query_one(Curves).show(*(side.found.curves[self._shown] for side in self._sides))
        whose = f"{self._buyers[self._shown]} ({gettext('p: next')})  " if len(self._buyers) > 1 else ""
        self.query_one("#parted", Plain).update(
            Content.assemble(
                (whose, "bold"),
                ("█", "$accent"),
                f" {self._names[0]}  ",
                (OTHER, "$secondary"),
                f" {self._names[1]}  ",
                (report.parting(self._found), "$text-muted"),
            )
        )

    # --- one step -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        levels = [self._levels(side) for side in self._sides]
        heads = [
            f" {report.in_short(name)}: {self._place(side)}"
            for name, side in zip(self._names, self._sides, strict=True)
        ]
        whole = [f"{head}: {told}" if told else head for head, told in zip(heads, levels, strict=True)]
        room = self.query_one("#mine").outer_size.width - _AROUND
        fit = max(map(cells, whole)) <= room
        minutes: list[int | None] = []
        for place, (side, pane) in enumerate(zip(self._sides, _SIDES, strict=True)):
            over = self._at >= side.end.moves
            minutes.append(side.end.states()[min(self._at, side.end.moves)].minute)
            told = self._ended(side) if over else self._told(side, self._changes[place][self._at])
            first = [] if fit or not levels[place] else [Content.styled(levels[place], "$text-muted")]
            view = self.query_one(f"#{pane}", VerticalScroll)
            view.border_title = Content(f"{whole[place] if fit else heads[place]} ").markup
            self.query_one(f"#{pane}-told", Plain).update(Content("\n").join([*first, *told]))
            view.scroll_home(animate=False)
        self.query_one(Curves).select(*minutes)

    def _place(self, side: Side) -> str:
        if self._at >= side.end.moves:
            return gettext("over")
        minute, start = side.end.states()[self._at].minute, side.end.states()[0].minute
        time = run_clock_text(minute, start, max(each.end.minute for each in self._sides))  # told alike in both
        return gettext("move {number} of {all}, {time}").format(number=self._at + 1, all=side.end.moves, time=time)

    def _told(self, side: Side, changes: tuple[Change, ...]) -> Iterator[Content]:
        """A move: what was done, what came back, and what it moved."""
        before = side.end.states()[self._at]
        spoken = report.spoke(side, self._at)
        did = report.did(side, self._at, self._cues)
        yield Content.assemble((f"{gettext('You')}  " if spoken else "", "bold"), did)
        for said in report.heard(side, self._at, self._cues):
            if said.who == "buyer":
                mood = f" ({gettext(said.mood)})" if said.mood else ""
                name = said.by or self._buyers.get(said.prospect or "", "")
                yield Content.assemble((name, "bold $accent"), (mood, "$text-muted italic"), "  ", said.text)
            elif said.who == "narrator":
                yield Content.styled(said.text, "italic")
        many = len(self._buyers) > 1
        names = [each.buyer.name for each in before.game.scenario.prospects]
        moved = [f"{f'{names[each.prospect]}: ' if many else ''}{each.text}" for each in changes]
        if moved:
            yield Content.styled("; ".join(moved), "$text-muted")

    def _levels(self, side: Side) -> str:
        """What a move has led to with the buyer whose curves are shown."""
        reached = next((each for each in side.found.curves[self._shown] if each.move == self._at), None)
        if reached is None:
            return ""
        return gettext("interest {interest}, trust {trust}").format(interest=reached.interest, trust=reached.trust)

    def _ended(self, side: Side) -> Iterator[Content]:
        """How it ended; once both are over, with what came out differently."""
        for ending in side.found.endings:
            yield Content.styled(ending.sentence, "bold")
        if self._at >= self._last:
            mine = side is self._found.mine
            for what, here, there in report.differences(self._found):
                yield Content.assemble((f"{what}: ", "$text-muted"), here if mine else there)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """Go through both runs."""
        self._at = max(0, min(self._last, self._at + by))
        about = self._about(self._at) if self._at < self._last else None
        if about is not None and about != self._shown:
            self._shown = about
            self._draw()
        self._show()

    def action_go(self, where: str) -> None:
        """To the first move, or behind the last."""
        self._at = 0 if where == "start" else self._last
        self._show()

    def action_prospect(self) -> None:
        """Show the next buyer's curves."""
        names = list(self._buyers)
        self._shown = names[(names.index(self._shown) + 1) % len(names)]
        self._draw()
        self._show()

    def action_back(self) -> None:
        """Back to where this was opened."""
        self.app.pop_screen()
