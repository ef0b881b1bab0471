"""A run that is played on in place, by the rules of a machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.generated.open_turn import OpenTurn
from engine.rules import Move
from engine.rules.decision import Odds
from engine.world import Core

Legal = Callable[[OpenTurn], tuple[Move, ...]]
"""The moves that can be made in a state."""
OddsOf = Callable[[OpenTurn], Odds]
"""What may come back from one move."""
Carry = Callable[[OpenTurn, int, int | None], None]
"""Carries out one move: with the seconds of patience that thinking took, and the answer if luck is not to decide."""


class Run:
    """One run; its numbers are to be read only."""

    __slots__ = ("_legal", "_moves", "_odds", "_turn", "people")

    def __init__(self, turn: OpenTurn, legal: Legal, odds: Sequence[OddsOf], moves: Sequence[Carry]) -> None:
        self._turn = turn
        self._legal = legal
        self._odds = odds
        self._moves = moves
        self.people: Sequence[Sequence[int]] = turn.people
        """The prospects' numbers, by the slots of `engine.world`."""

    @property
    def clock(self) -> int:
        return self._turn.clock

    @property
    def active(self) -> int:
        """The prospect in conversation, or -1."""
        return self._turn.active

    @property
    def started(self) -> int:
        """Minute at which the running conversation began, or the last one."""
        return self._turn.started

    def legal(self) -> tuple[Move, ...]:
        """The moves that can be made now; none once it is over."""
        return self._legal(self._turn)

    def chance(self, move: Move) -> Odds:
        """What may come back from a legal move."""
        return self._odds[move](self._turn)

    def make(self, move: Move, answer: int | None = None) -> None:
        """Make a legal move; without an `answer`, luck decides what comes back."""
        self._moves[move](self._turn, 0, answer)

    def close(self) -> Core:
        """The state as it stands."""
        return self._turn.close()
