"""One move in the making: the state opened for change, its luck, and the events it causes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine import world as at
from engine.curves import ONE
from engine.events import LEVELS, Event
from engine.luck import Luck
from engine.rules.conditions import (
    CONVICTION,
    DAYS,
    EXCITEMENT,
    INTEREST,
    PATIENCE,
    PRESSURE,
    PUZZLING,
    QUESTIONED,
    READY,
    UNSURE,
    Condition,
    days,
)
from engine.rules.constants import MOODS
from engine.rules.tables import ProspectRules, Rules
from engine.units import LEVEL, POINT
from engine.world import Core

People = list[int]
"""A prospect's numbers, opened for change."""


class Turn:
    """The state opened for one move. Rules change it; `close` gives the next state.

    `trace` collects events when somebody wants to know why; without it nothing is spent on telling.
    """

    __slots__ = ("active", "clock", "luck", "opened", "people", "rules", "started", "tasked", "trace")

    def __init__(self, rules: Rules, core: Core, luck: Sequence[Luck], trace: list[Event] | None = None) -> None:
        self.rules = rules
        self.luck = luck
        self.trace = trace
        self.clock: int
        self.active: int
        self.tasked: int
        self.started: int
        self.people: list[Any]
        self.clock, self.active, self.tasked, self.started, *self.people = core
        self.opened = 0

    def open(self, who: int) -> People:
        """The numbers of prospect `who`, to be changed."""
        if not self.opened >> who & 1:
            self.people[who] = list(self.people[who])
            self.opened |= 1 << who
        person: People = self.people[who]
        return person

    def close(self) -> Core:
        """The state after the move."""
        people = [tuple(p) if self.opened >> i & 1 else p for i, p in enumerate(self.people)]
        return (self.clock, self.active, self.tasked, self.started, *people)

    def tell(self, who: int, what: str, amount: int = 0, cause: str = "", text: str = "") -> None:
        """Note an event, if anybody listens."""
        if self.trace is not None and (amount or what not in LEVELS):
            self.trace.append(Event(self.clock, who, what, amount, cause, text))

    # readings

    def excitement(self, rules: ProspectRules, p: Sequence[int]) -> int:
        return p[at.EXCITEMENT] * rules.excitement_law(self.clock - p[at.SINCE]) // ONE

    def conviction(self, rules: ProspectRules, p: Sequence[int]) -> int:
        return p[at.CONVICTION] * rules.conviction_law(self.clock - p[at.SINCE]) // ONE

    def interest(self, rules: ProspectRules, p: Sequence[int]) -> int:
        """Floor and both stores, in level units, 0 to `LEVEL`."""
        passed = self.clock - p[at.SINCE]
        return (
            p[at.FLOOR]
            + p[at.EXCITEMENT] * rules.excitement_law(passed) // ONE
            + p[at.CONVICTION] * rules.conviction_law(passed) // ONE
        )

    def pressure(self, rules: ProspectRules, p: Sequence[int]) -> int:
        held = p[at.PRESSURE]
        return held * rules.pressure_law(self.clock - p[at.PRESSED_AT]) // ONE if held else 0

    def able(self, p: Sequence[int]) -> bool:
        """Whether the buyer could decide now: a buyer at all, ready, and with whoever else decides at the table."""
        decider = p[at.DECIDER]
        return bool(p[at.REAL] and self.clock >= p[at.READY_AT] and (not decider or p[at.PRESENT] >> (decider - 1) & 1))

    def holds(self, condition: Condition, rules: ProspectRules, p: Sequence[int]) -> bool:
        """Whether every test of a condition passes."""
        for slot, mask, wanted in condition.masks:
            if p[slot] & mask != wanted:
                return False
        for slot, allowed in condition.picks:
            if not allowed >> p[slot] & 1:
                return False
        for slot, mask in condition.any_of:
            if not p[slot] & mask:
                return False
        for what, low, high in condition.ranges:
            if not low <= (p[what] if what >= 0 else self._computed(what, rules, p)) <= high:
                return False
        return True

    def _computed(self, what: int, rules: ProspectRules, p: Sequence[int]) -> int:
        if what == INTEREST:
            return self.interest(rules, p)
        if what == EXCITEMENT:
            return self.excitement(rules, p)
        if what == CONVICTION:
            return self.conviction(rules, p)
        if what == PRESSURE:
            return self.pressure(rules, p)
        if what == PATIENCE:
            return max(0, p[at.PATIENCE]) * LEVEL // max(1, p[at.PATIENCE_FULL])
        if what == DAYS:
            return days(self.clock, rules.start)
        if what == READY:
            return int(self.able(p))
        if what == PUZZLING:
            return p[at.OPEN] & ~p[at.OPENED_UP]
        if what == UNSURE:
            return p[at.ANSWERED] & ~p[at.CONFIRMED]
        if what == QUESTIONED:
            return p[at.ASKS] + p[at.INVITES] + p[at.STEPS]
        raise ValueError(f"no reading {what}")

    # changes

    def settle(self, who: int, rules: ProspectRules, p: People) -> None:
        """Move the anchor of both stores to now, telling what has faded."""
        passed = self.clock - p[at.SINCE]
        if not passed:
            return
        excitement, conviction = self.excitement(rules, p), self.conviction(rules, p)
        if self.trace is not None:
            cause = "time passed"
            if lost := excitement - p[at.EXCITEMENT]:
                self.tell(who, "excitement", lost, cause)
            if lost := conviction - p[at.CONVICTION]:
                self.tell(who, "conviction", lost, cause)
        p[at.EXCITEMENT], p[at.CONVICTION], p[at.SINCE] = excitement, conviction, self.clock

    def stir(self, who: int, rules: ProspectRules, p: People, excitement: int, conviction: int, cause: str) -> None:
        """Change the stores of interest by so many level units.

        Gains shrink with the room that is left below full interest, so that no pile of good lines makes certainty.
        """
        if not excitement and not conviction:
            return
        self.settle(who, rules, p)
        room = LEVEL - p[at.FLOOR] - p[at.EXCITEMENT] - p[at.CONVICTION]
        if excitement:
            change = excitement * room // LEVEL if excitement > 0 else max(excitement, -p[at.EXCITEMENT])
            p[at.EXCITEMENT] += change
            room -= change
            self.tell(who, "excitement", change, cause)
        if conviction:
            change = conviction * room // LEVEL if conviction > 0 else max(conviction, -p[at.CONVICTION])
            p[at.CONVICTION] += change
            self.tell(who, "conviction", change, cause)

    def trust(self, who: int, p: People, change: int, cause: str) -> None:
        """Change trust; gains shrink with the room left."""
        if not change:
            return
        held = p[at.TRUST]
        change = change * (LEVEL - held) // LEVEL if change > 0 else max(change, -held)
        p[at.TRUST] = held + change
        self.tell(who, "trust", change, cause)

    def press(self, who: int, rules: ProspectRules, p: People, change: int, cause: str) -> None:
        """Change pressure, from what is left of it now."""
        if not change:
            return
        now = self.pressure(rules, p)
        if now != p[at.PRESSURE]:
            self.tell(who, "pressure", now - p[at.PRESSURE], "time passed")
        after = min(LEVEL, max(0, now + change))
        p[at.PRESSURE], p[at.PRESSED_AT] = after, self.clock
        if after > p[at.MOST_PRESSURE]:
            p[at.MOST_PRESSURE] = after
        self.tell(who, "pressure", after - now, cause)

    def mood(self, rules: ProspectRules, p: Sequence[int]) -> str:
        """How the buyer comes across right now, one of `constants.MOODS`."""
        if self.pressure(rules, p) >= 45 * POINT:
            return MOODS[0]
        if self.active >= 0 and self.people[self.active] is p and p[at.PATIENCE] * 6 < p[at.PATIENCE_FULL]:
            return MOODS[1]
        warmth = (self.interest(rules, p) + p[at.TRUST]) // 2
        for place, below in enumerate((30, 42, 54, 66), start=2):
            if warmth < below * POINT:
                return MOODS[place]
        return MOODS[6]
