"""What a move is worth: it is made, and somebody plays on.

Whoever judges moves asks here: the expert in the worlds it imagines, the coach in worlds that agree with what a player
had seen, par with the very buyer. Moves that are compared are tried in the same worlds with the same luck, so that they
differ by what they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isqrt

from engine.catalogue import catalogue
from engine.luck import Luck
from engine.outlook import Foreseen, foreseen_on
from engine.playing import Chooser, chosen
from engine.rules import Move, Rules, Turn, make, odds, possible
from engine.units import CERTAIN
from engine.world import Core

World = tuple[Core, Sequence[Luck]]
"""A state with nothing left open, and the luck of what follows."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a move earns on average, in minor units."""

    value: int
    error: int
    """Standard error of `value`; 0 for a single world."""


class Trial:
    """One world in which moves are tried, and what came of them: plans that come to the same are played on once."""

    def __init__(self, rules: Rules, world: World, guide: Chooser, made: int) -> None:
        """`guide` plays on; `made` moves had been made."""
        self._rules = rules
        self._world = world
        self._guide = guide
        self._made = made + 1
        self._found: dict[tuple[Move, int | None, tuple[Move, ...]], Foreseen] = {}

    def worth(self, move: Move, then: tuple[Move, ...] = ()) -> int:
        """What a legal move earns if the guide plays on, in minor units; see `foreseen`."""
        return self.foreseen(move, then).worth

    def foreseen(self, move: Move, then: tuple[Move, ...] = ()) -> Foreseen:
        """What comes of a legal move if the guide plays on: averaged over the answers that may come back, each with its
        exact chance, and with the exact chance of every yes later on. The guide makes the moves `then` first, those
        that can be made when it is their turn."""
        core, luck = self._world
        now = Turn(self._rules, core, luck)
        answers = odds(now, move)
        if len(answers) == 1:
            return self._after(now, move, None, then)
        found = [(share, self._after(now.fork(), move, one, then)) for one, share in answers if share]
        return Foreseen(
            sum(share * one.worth for share, one in found) // CERTAIN,
            sum(share * one.orders for share, one in found) // CERTAIN,
        )

    def _after(self, now: Turn, move: Move, answer: int | None, then: tuple[Move, ...]) -> Foreseen:
        if not then and (known := self._found.get((move, answer, then))) is not None:
            return known
        make(now, move, answer=answer)
        if then:
            moves = possible(now)
            while then and then[0] not in moves:
                then = then[1:]
            if len(then) == 1 and then[0] == chosen(catalogue(self._rules), now, moves, self._guide, self._made):
                then = ()
        found = self._found.get((move, answer, then))
        if found is None:
            found = self._found[move, answer, then] = foreseen_on(now, self._guide, self._made, then)
        return found


def worth(rules: Rules, world: World, move: Move, guide: Chooser, made: int) -> int:
    """What a legal move earns in one world; see `Trial`."""
    return Trial(rules, world, guide, made).worth(move)


def worths(
    rules: Rules, worlds: Sequence[World], moves: Iterable[Move], guide: Chooser, made: int
) -> dict[Move, Worth]:
    """What each of these legal moves earns in the same worlds (1 or more) if `guide` plays on."""
    return {move: average([worth(rules, world, move, guide, made) for world in worlds]) for move in moves}


def lead(rules: Rules, worlds: Sequence[World], move: Move, over: Move, guide: Chooser, made: int) -> Worth:
    """What a legal move earns more than another one in the same worlds (1 or more) if `guide` plays on after either."""
    gaps = [worth(rules, one, move, guide, made) - worth(rules, one, over, guide, made) for one in worlds]
    return average(gaps)


def average(values: Sequence[int]) -> Worth:
    """The mean of what was earned, rounded down, with its standard error."""
    n, whole = len(values), sum(values)
    mean = whole // n
    return Worth(mean, isqrt(sum((one - mean) ** 2 for one in values) // (n * (n - 1))) if n > 1 else 0)


def mean_of_few(values: Sequence[int]) -> Worth:
    """The mean of 2 values or more, rounded down, with its standard error as `average` gives it made larger as
    Student's distribution is wider than the normal one where values are few: so twice the error is as much from 6 of
    them as from 48. Of two or three it is as wide as can be said."""
    n, mean = len(values), sum(values) // len(values)
    spread = sum((one - mean) ** 2 for one in values)
    return Worth(mean, isqrt(spread // (n * max(n - 3, 1))))
