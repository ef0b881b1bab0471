"""The page of a debrief that says how it ended, what there is to learn, and what moved the buyer most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from engine.results import ENDINGS
from engine.words import gettext, marked
from game.widgets.curve import Curve
from game.widgets.plain import Hanging, Plain
from game.widgets.score import headline
from game.words.wording import capital, signed

if TYPE_CHECKING:
    from engine.debrief import Ending
    from engine.moments import Moment
    from game.runs.accounts import Account


class OutcomePage(VerticalScroll, can_focus=False):
    """How it ended and why, what could not be seen, and the three moments that moved the buyer most."""

    def __init__(self, told: Account, practice: str = "", about: str = "", *, again: bool = False) -> None:
        """Show what is told of a run. `practice` says where else its buyer was or can be met, `about` with which
        version it was played, and `again` whether one can go back to a move of it.
        """
        super().__init__()
        self._told = told
        self._practice = practice
        self._about = about
        self._again = again
        self._many = len(told.debrief.endings) > 1

    def compose(self) -> ComposeResult:
        found = self._told.debrief
        yield Plain(classes="note", id="lesson")
        if self._practice:
            yield Plain(self._practice, classes="note")
        for ending in found.endings:
            yield Plain(
                Content.assemble((_result(ending, self._many), "bold $accent"), "\n", ending.how or ending.sentence),
                classes="ending",
            )
        if self._told.tutorial and self._again:
            yield Plain(classes="note", id="again")
        yield Horizontal(
            headline(found.scorecard.first_visit_close),
            headline(found.scorecard.follow_up_dependence),
            classes="headlines",
        )
        yield Plain(classes="legend")
        yield Curve(id="small-curve")
        if found.moments:
            yield Plain(
                Content.assemble(
                    (gettext("What moved it most"), "bold $accent"),
                    (f"  {gettext('in points: interest, trust, pressure, decision')}", "$text-muted"),
                )
            )
            for number in range(1, len(found.moments) + 1):
                yield Plain(classes="moment", id=f"moment-{number}")
        if any(ending.revealed for ending in found.endings):
            yield Plain(gettext("What you could not see"), classes="heading")
        for ending in found.endings:
            if self._many and ending.revealed:
                yield Plain(ending.name, classes="quiet")
            for fact in ending.revealed:
                yield Plain(Hanging(Content("·"), Content(fact), lead_width=2), classes="fact")
        if self._about:
            yield Plain(self._about, classes="version")

    def on_mount(self) -> None:
        """Say of the moments what the meters say."""
        self.tell_moments(self._told.debrief.moments)

    def teach(self, text: str, move: int | None) -> None:
        """Say on top what there is to learn, and how to go back to the move that cost most, if one did."""
        lesson = self.query_one("#lesson", Plain)
        lesson.display = bool(text)
        lesson.update(text)
        for note in self.query("#again").results(Plain):
            note.display = move is not None
            note.update(
                gettext(
                    "Try one moment again: press 2, choose move {number}, and press r: the same buyer, the same luck, "
                    "another line."
                ).format(number=(move or 0) + 1)
            )

    def tell_moments(self, moments: Iterable[Moment]) -> None:
        """Say what there is to say of the moments."""
        for number, each in enumerate(moments, start=1):
            name = self._told.names.get(each.prospect, "") if self._many else ""
            text = self._told.moves[each.move].text
            self.query_one(f"#moment-{number}", Plain).update(_moment(number, each, text, name))


def _result(ending: Ending, many: bool) -> str:
    result = gettext(ENDINGS.get(ending.result or "", marked("not over")))
    return f"{ending.name}: {result}" if many else capital(result)


def _moment(number: int, moment: Moment, text: str, name: str) -> Hanging:
    body = [Content.assemble((f"{name}: " if name else "", "bold"), text or moment.said)]
    if moment.answer:
        body.append(Content(moment.answer))
    if moment.causes:
        body.append(Content.styled("; ".join(moment.causes), "$text-muted"))
    if moment.principle:
        body.append(Content.styled(moment.principle, "italic"))
    lead = Content.assemble(
        (f"{number}  ", "bold $accent"), (gettext("move {number}").format(number=moment.move + 1), "$text-muted")
    )
    tail = Content.styled(f"{signed(moment.change):>4}", "bold")
    return Hanging(lead, Content("\n").join(body), lead_width=12, tail=tail)
