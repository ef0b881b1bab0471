"""How a computer player reads a view: the options by kind, and what they take up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.view import Option, PlayerView, ProspectView


@dataclass(frozen=True)
class Reading:
    """A view, with the questions that doctrines ask of it."""

    view: PlayerView

    @cached_property
    def buyer(self) -> ProspectView:
        """The buyer in conversation; between conversations, the first prospect that is still open."""
        open_ones = [one for one in self.view.prospects if one.result is None]
        for one in self.view.prospects:
            if one.id == self.view.talking_to:
                return one
        return open_ones[0] if open_ones else self.view.prospects[0]

    @property
    def minutes_left(self) -> int:
        """Whole minutes of patience left in the conversation."""
        return (self.view.patience or 0) // 60

    @property
    def needs_known(self) -> int:
        return sum(fact.sort == "need" for fact in self.buyer.facts)

    @property
    def unanswered(self) -> bool:
        """Whether an objection is on the table."""
        return any(not objection.answered for objection in self.buyer.objections)

    @property
    def reason_known(self) -> bool:
        """Whether the buyer has said what lies behind an objection."""
        return any(fact.sort == "reason" for fact in self.buyer.facts)

    def first(self, *kinds: str) -> Option | None:
        """The first option of the first of these kinds that is on offer."""
        for kind in kinds:
            for option in self.view.options:
                if option.kind == kind:
                    return option
        return None

    def tied(self, *kinds: str) -> Option | None:
        """The first option of these kinds that takes up something the buyer has told."""
        for kind in kinds:
            for option in self.view.options:
                if option.kind == kind and option.about:
                    return option
        return None

    def wait(self, *names: str) -> Option:
        """The first of these ways to let time pass that is on offer; the last one of all if none is."""
        for name in names:
            for option in self.view.options:
                if option.name == name:
                    return option
        return self.view.options[-1]

    def done(self) -> Option:
        """Other work, as long as there is any; then the rest of the time."""
        return self.first("task") or self.wait("finish")

    def for_prospect(self, prospect: str, *kinds: str) -> Option | None:
        """The first option about one prospect, by kind."""
        for kind in kinds:
            for option in self.view.options:
                if option.kind == kind and option.prospect == prospect:
                    return option
        return None

    def due_now(self) -> ProspectView | None:
        """A prospect who waits for the seller, or with whom this moment was agreed."""
        for one in self.view.prospects:
            if one.result is not None:
                continue
            if one.here:
                return one
            promise = one.promise
            if promise is not None and promise.at is not None:
                if promise.kind == "timed" and abs(self.view.minute - promise.at) <= 20:
                    return one
                if promise.kind == "dated" and self.view.minute // 1440 == promise.at // 1440:
                    return one
        return None

    def call_due(self) -> Option | None:
        """The call that is due now: to somebody who waits for it, or with whom this moment was agreed."""
        due = self.due_now()
        return self.for_prospect(due.id, "call") if due is not None else None


def is_dated(one: ProspectView) -> bool:
    """Whether a day, or a day and time, is agreed with a prospect."""
    return one.promise is not None and one.promise.at is not None


def one_of(*wishes: Option | None) -> Option | None:
    """The first wish that can be had."""
    return next((wish for wish in wishes if wish is not None), None)


def any_line(reading: Reading, avoid: Iterable[str] = ()) -> Option:
    """Some option, outside the kinds to avoid if possible."""
    bad = set(avoid)
    for option in reading.view.options:
        if option.kind not in bad:
            return option
    return reading.view.options[0]
