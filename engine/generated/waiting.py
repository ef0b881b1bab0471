"""The ways to let time pass, each minute's worked out once."""

from __future__ import annotations

from engine.generated.open_turn import OpenTurn
from engine.rules import Move, Rules, contact, tables
from engine.world import FAR, PROMISE, PROMISE_AT, RESULT

_DATED = tables.PROMISE["dated"]


class Waits:
    """What waiting can lead to from any minute on."""

    def __init__(self, rules: Rules) -> None:
        first = len(rules.moves) - len(tables.WAITS)
        self._move = {name: first + place for place, name in enumerate(tables.WAITS)}
        self._deadline = rules.deadline
        self._ways: dict[int | tuple[int, int], tuple[tuple[Move, ...], dict[Move, int]]] = {}

    def moves(self, t: OpenTurn) -> tuple[Move, ...]:
        """The moves that let time pass, the longest last."""
        return self._from(t)[0]

    def to(self, t: OpenTurn, move: Move) -> int:
        """The minute that such a move leads to."""
        return self._from(t)[1][move]

    def _from(self, t: OpenTurn) -> tuple[tuple[Move, ...], dict[Move, int]]:
        now, agreed = t.clock, FAR
        for p in t.people:
            if p[PROMISE] >= _DATED and now < p[PROMISE_AT] < agreed and not p[RESULT]:
                agreed = p[PROMISE_AT]
        key = now if agreed >= self._deadline else (now, agreed)
        found = self._ways.get(key)
        if found is None:
            leads = {self._move[name]: to for name, to in contact.waits(t)}
            found = self._ways[key] = tuple(leads), leads
        return found
