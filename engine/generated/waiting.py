"""What a minute of the calendar allows: whether the business is open, and the ways to let time pass. Each minute is
worked out once."""

from __future__ import annotations

from typing import Final, NamedTuple

from engine.calendar import is_open
from engine.generated.open_turn import OpenTurn
from engine.generated.remembered import Remembered
from engine.rules import Move, Rules, contact, tables
from engine.world import FAR, PROMISE, PROMISE_AT, RESULT

_DATED: Final = tables.PROMISE["dated"]


class Minute(NamedTuple):
    """A minute between conversations at which nothing is agreed for later."""

    opened: bool
    waits: tuple[Move, ...]
    """The moves that let time pass, the longest last."""
    to: dict[Move, int]
    """The minute that each of them leads to."""


class Minutes(Remembered[int, Minute]):
    """The minutes of a run."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(self._minute)
        first = len(rules.moves) - len(tables.WAITS)
        self._move = {name: first + place for place, name in enumerate(tables.WAITS)}
        self._rules = rules
        self._agreed: dict[tuple[int, int], Minute] = {}

    def seen_from(self, t: OpenTurn) -> Minute:
        """This minute, with the wait for the next time that is agreed with anybody."""
        now, agreed = t.clock, FAR
        for p in t.people:
            if p[PROMISE] >= _DATED and now < p[PROMISE_AT] < agreed and not p[RESULT]:
                agreed = p[PROMISE_AT]
        if agreed >= self._rules.deadline:
            return self[now]
        found = self._agreed.get((now, agreed))
        if found is None:
            found = self._agreed[now, agreed] = self._seen(t)
        return found

    def _minute(self, minute: int) -> Minute:
        return self._seen(OpenTurn(self._rules, (minute, -1, 0, minute), ()))

    def _seen(self, t: OpenTurn) -> Minute:
        to = {self._move[name]: minute for name, minute in contact.waits(t)}
        return Minute(is_open(self._rules.scenario.calendar, t.clock), tuple(to), to)
