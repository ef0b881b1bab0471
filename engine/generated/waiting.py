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
        self._agreed: Remembered[tuple[int, int], Minute] = Remembered(self._waiting)

    def seen_from(self, t: OpenTurn) -> Minute:
        """This minute, with the wait for the next time that is agreed with anybody."""
        now, agreed = t.clock, FAR
        for p in t.people:
            if p[PROMISE] >= _DATED and now < p[PROMISE_AT] < agreed and not p[RESULT]:
                agreed = p[PROMISE_AT]
        return self[now] if agreed >= self._rules.deadline else self._agreed[now, agreed]

    def _minute(self, minute: int) -> Minute:
        waits = contact.waits(OpenTurn(self._rules, (minute, -1, 0, minute), ()))
        to = {self._move[name]: until for name, until in waits}
        return Minute(is_open(self._rules.scenario.calendar, minute), tuple(to), to)

    def _waiting(self, both: tuple[int, int]) -> Minute:
        """A minute from which one can wait for an agreed time, and for nothing later but the end."""
        minute, agreed = both
        plain, finish = self[minute], self._move["finish"]
        to = {self._move["wait.agreed"]: agreed}
        to |= {move: until for move, until in plain.to.items() if until <= agreed or move == finish}
        return Minute(plain.opened, tuple(to), to)
