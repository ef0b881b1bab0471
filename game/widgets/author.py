"""What an author is told beside the game: the buyer as they are, every line, the last reply, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets.option_list import Option as Row

from engine import world as at
from engine.authoring.insight import Sayable, Weighed, buyer, sayable, weighed
from engine.authoring.retelling import CHANGED, HAPPENED, NARRATED, REPLY, SAID, tell
from engine.scenario.vocabulary import BETWEEN
from engine.words import all_of
from game.shelf.diagnostics import render
from game.widgets.listing import Listing, heading
from game.widgets.plain import Hanging, Plain
from game.widgets.stack import Stack
from game.words.visible import visible
from game.words.wording import count, likely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.authoring.insight import Yes
    from engine.authoring.retelling import Difference
    from engine.play import State
    from engine.scenario import Problem

_MARK: Final = 3
"""Columns before what is told."""


class Page(VerticalScroll):
    """A page of text that is read, and scrolled with the keys."""

    def compose(self) -> Iterator[Plain]:
        yield Plain()

    def show(self, parts: Iterable[Visual]) -> None:
        """Show these paragraphs."""
        self.query_one(Plain).update(Stack(*parts) if (parts := list(parts)) else "")


class Rows(Listing):
    """A page of rows, each of which stands for a place in the file."""


def buyers(state: State) -> Iterator[Visual]:
    """Everything about the buyer in conversation, or about all of them."""
    who = state.core[at.ACTIVE]
    prospects = state.game.scenario.prospects
    for number in range(len(prospects)) if who < 0 else (who,):
        if len(prospects) > 1 or who < 0:
            yield _title(prospects[number].buyer.name)
        for part in buyer(state, number):
            yield _title(part.heading)
            yield from (_item("·", line) for line in part.lines)


def lines(state: State) -> Iterator[Row]:
    """Every line of this place with its chance of a yes, then those that cannot be said, and why."""
    found = sayable(state)
    names = [one.buyer.name for one in state.game.scenario.prospects]
    offered = [one for one in found if one.offered]
    for title, some in (("On offer", offered), ("Not on offer", [one for one in found if not one.offered])):
        if some:
            yield heading(f"{title}: {count(len(some), 'line')}")
        for one in some:
            yield Row(_line(one, names if len(names) > 1 else []), id=f"line:{one.action}")


def _line(one: Sayable, names: Sequence[str]) -> Visual:
    whose = f"{names[one.prospect]}: " if names else ""
    title = Content.assemble((f"{whose}{one.id}", "bold" if one.offered else ""), (f"  {one.kind}", "$text-muted"))
    parts: list[Visual] = [Hanging(Content("✓" if one.offered else "·"), title, lead_width=_MARK)]
    if one.yes is not None:
        told = yes_text(one.yes) if one.kind not in BETWEEN else f"reaches them in {one.yes.chance} of 100 calls"
        parts.append(Hanging(Content(""), Content.styled(told, "$text-muted"), lead_width=_MARK))
    parts += [Hanging(Content(""), Content.styled(why, "$text-muted"), lead_width=_MARK) for why in one.lacking]
    return Stack(*parts)


def yes_text(yes: Yes) -> str:
    """How likely a yes is and what it is made of; what rules it out stands before what it would be without."""
    told = likely(yes.chance, yes.reasons)
    bars = ", ".join(_BARS[bar].format(who=all_of(yes.missing)) for bar in yes.bars)
    return f"no yes now: {bars}; else {told}" if bars else told


_BARS: Final = {
    "no-buyer": "will never buy",
    "not-ready": "cannot decide yet",
    "somebody-missing": "who else decides is not at the table: {who}",
    "unpriced": "has not heard the price",
    "distrust": "does not trust you at all",
}
"""What rules a yes out, at the moment."""


def reply(state: State) -> Iterator[Visual]:
    """What the last move came to: what it changed, and why this reply was given rather than another."""
    if state.previous is None:
        yield Content.styled("Nothing was said yet.", "$text-muted")
        return
    step = tell(state)[state.moves]
    yield _title(f"What {step.move} came to")
    told = [each.text for each in step.told if each.sign in (CHANGED, HAPPENED)]
    yield from (_item("·", text) for text in told or ["nothing moved"])
    choices = weighed(state)
    if not choices:
        yield _title("Why this reply")
        yield _item("·", "the file has no reply to it: it is what was found out, or what the program has")
    for one in choices:
        yield from _choice(one)


def _choice(one: Weighed) -> Iterator[Visual]:
    yield _title("Why this reply" if one.outcome is None else f"Texts for the outcome '{one.outcome}'")
    if one.kept_quiet:
        yield Content.styled("The buyer keeps to themselves what was asked.", "$text-muted")
    beaten = False
    for each in one.candidates:
        sign = "✓" if each.spoken else "○" if each.chosen else "·"
        yield _item(sign, f"“{each.says}”")
        condition = f"when {each.when}" if each.when else "always"
        if each.lacking:
            yield _item(" ", f"{condition}: {'; '.join(each.lacking)}")
        elif each.chosen:
            yield _item(
                " ", f"{condition}: holds, and is the first" + ("" if each.spoken else "; another text goes before")
            )
        else:
            yield _item(" ", f"{condition}: holds too, and comes later" if beaten else condition)
        beaten = beaten or each.chosen


def problems(found: Sequence[Problem], text: bytes) -> Iterator[Row]:
    """What is wrong in the file, as `check` says it, the errors first."""
    for number, problem in sorted(enumerate(found), key=lambda pair: (pair[1].level != "error", pair[0])):
        yield Row(Content(render([problem], text)), id=f"problem:{number}")


def mark(found: Difference) -> str:
    """What is said where a run comes out differently since the file was saved, but for what is there to be read."""
    told = [found.sentence]
    if found.was:
        told.append(f"It was: “{found.was}”")
    if found.now and found.sign not in (SAID, REPLY, NARRATED):
        told.append(f"Now: “{found.now}”")
    return visible(" ".join(told))


def _title(text: str) -> Content:
    return Content.styled(text, "bold $accent")


def _item(sign: str, text: str) -> Visual:
    return Hanging(Content(f" {sign}"), Content(text), lead_width=_MARK)
