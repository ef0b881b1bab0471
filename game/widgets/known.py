"""What the seller knows so far: facts, objections, who is at the table, what is agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual

from engine.view import PlayerView, ProspectView, told_by
from engine.words import gettext, marked
from game.widgets.plain import Hanging, Plain
from game.widgets.stack import Stack
from game.words.wording import money, promise_text

SORTS = {
    "need": marked("needs"),
    "trait": marked("about them"),
    "reason": marked("what lies behind"),
    "decider": marked("who decides"),
}
"""What is known, by its sort, to be looked up."""


class Known(VerticalScroll, can_focus=False):
    """A page of notes: one piece of text, so that a change costs one update."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._notes: tuple[object, ...] | None = None

    def compose(self) -> ComposeResult:
        yield Plain()

    def show(self, view: PlayerView, currency: str, changes: Sequence[str] = ()) -> None:
        """Show what is known of the one who is talked to, and what the last move changed."""
        one = next((each for each in view.prospects if each.id == view.talking_to), None)
        if one is None:
            return
        notes = (one.facts, one.objections, one.table, one.price, one.promise, changes)
        if notes != self._notes:
            self._notes = notes
            self.query_one(Plain).update(Stack(*_lines(one, view.minute, currency, changes)))


def _lines(one: ProspectView, now: int, currency: str, changes: Sequence[str]) -> Iterator[Visual]:
    yield Content.styled(gettext("What you know"), "bold $accent")
    told = [fact for fact in one.facts if fact.sort != "decider" or fact.says]
    if not told:
        yield Content.styled(gettext("Nothing yet. Questions find things out."), "$text-muted")
    sort = ""
    for fact in told:
        if fact.sort != sort:
            sort = fact.sort
            yield Content.styled(gettext(SORTS.get(sort, sort)), "$text-muted")
        yield _item("✓" if fact.met else "○" if fact.sort == "need" else "·", told_by(fact.of, fact.says))
    if one.objections:
        yield Content.styled(gettext("objections"), "$text-muted")
        yield from (_item("✓" if each.handled else "!", told_by(each.of, each.says)) for each in one.objections)
    yield Content(" ")
    if one.table:
        yield Content(gettext("at the table: {who}").format(who=", ".join(one.table)))
    yield Content(gettext("price asked: {price}").format(price=money(one.price, currency)))
    if one.promise is not None:
        yield Content(gettext("agreed: {what}").format(what=promise_text(one.promise, now)))
    if changes:
        yield Content(" ")
        yield Content.styled(gettext("What the last line did"), "bold $accent")
        yield from (_item("·", change) for change in changes)


def _item(mark: str, text: str) -> Visual:
    return Hanging(Content.styled(f" {mark}", "bold $accent"), Content(text), lead_width=3)
