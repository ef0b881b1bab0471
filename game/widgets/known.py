"""What the seller knows so far: facts, objections, who is at the table, what is agreed."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.content import Content

from engine.calendar import clock_text
from engine.view import PlayerView, Promise, ProspectView
from game.widgets.plain import Hanging, Plain
from game.wording import CHANNELS, money

SORTS = {"need": "needs", "trait": "about them", "reason": "what lies behind", "decider": "who decides"}


class Known(VerticalScroll, can_focus=False):
    """A page of notes. It is rebuilt only when a note changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._notes: tuple[object, ...] | None = None

    def show(self, view: PlayerView, currency: str) -> None:
        """Show what is known of the one who is talked to."""
        one = next((each for each in view.prospects if each.id == view.talking_to), None)
        if one is None:
            return
        notes = (one.facts, one.objections, one.present, one.price, one.promise)
        if notes == self._notes:
            return
        self._notes = notes
        with self.app.batch_update():
            self.remove_children()
            self.mount_all(_lines(one, currency))


def promise_text(promise: Promise | None) -> str:
    """What is agreed, in words: `Mon 10:00, by phone`."""
    if promise is None:
        return "nothing agreed"
    if promise.kind == "vague" or promise.at is None:
        return "“I'll be in touch”, no date"
    when = clock_text(promise.at) if promise.kind == "timed" else clock_text(promise.at).split()[0] + ", no time"
    return f"{when}, {CHANNELS.get(promise.channel, promise.channel)}"


def _lines(one: ProspectView, currency: str) -> list[Plain]:
    lines: list[Plain] = [Plain("What you know", classes="heading")]
    told = [fact for fact in one.facts if fact.sort != "decider" or fact.says]
    if not told:
        lines.append(Plain("Nothing yet. Questions find things out.", classes="quiet"))
    sort = ""
    for fact in told:
        if fact.sort != sort:
            sort = fact.sort
            lines.append(Plain(SORTS.get(sort, sort), classes="quiet"))
        mark = "✓" if fact.met else "○" if fact.sort == "need" else "·"
        lines.append(_item(mark, fact.says))
    if one.objections:
        lines.append(Plain("objections", classes="quiet"))
        lines.extend(_item("✓" if each.answered else "!", each.says) for each in one.objections)
    if one.present:
        lines.append(Plain(f"at the table: {', '.join(one.present)}", classes="fact"))
    lines.append(Plain(f"price asked: {money(one.price, currency)}", classes="fact first"))
    if one.promise is not None:
        lines.append(Plain(f"agreed: {promise_text(one.promise)}", classes="fact"))
    return lines


def _item(mark: str, text: str) -> Plain:
    return Plain(Hanging(Content.styled(mark, "bold $accent"), Content(text), lead_width=2), classes="fact")
