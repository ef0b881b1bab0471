"""The moves of a scenario by kind, in the order in which a player reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from engine.remembered import Remembered
from engine.rules import Move, Rules
from engine.rules.tables import LineRule
from engine.seeing import place

Kinds = tuple[str, ...]

_MENUS = 10_000
"""Menus remembered at most for one scenario."""


class Ties(NamedTuple):
    """What a line takes up, as masks."""

    needs: int = 0
    about: int = 0
    objections: int = 0
    reasons: int = 0


UNTIED: Final = Ties()
"""What a line takes up that takes up nothing."""


class Catalogue:
    """What a computer player looks up about the moves of a scenario."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.kind: list[str] = []
        """The kind of each move's line; `wait` or `finish` for the others."""
        self.lines: list[LineRule | None] = []
        """The line of each move; None for the others."""
        self.whose: list[int] = []
        """The prospect each move is about; -1 for nobody."""
        self.bits: list[int] = []
        """The bit of each move's line in the mask of lines said."""
        self.prices: list[bool] = []
        """Whether the buyer hears the price in it."""
        self.ties: list[Ties] = []
        self.rank: list[int] = []
        """Where each move stands among the options."""
        for action, what in enumerate(rules.moves):
            name = rules.names[action]
            if isinstance(what, str):
                self._add("finish" if what == "finish" else "wait", None, -1, UNTIED, (1 << 64) + action)
                continue
            who, line = what
            facts = rules.prospects[who].reason_facts
            about = 0 if line.line.about is None else 1 << line.line.about
            reasons = sum({1 << facts[reason] for reason in line.line.handles_reasons})
            ties = Ties(line.meets, about, line.handles_objections, reasons)
            self._add(line.kind, line, who, ties if any(ties) else UNTIED, place(rules.scenario.ordered_as, name))
        self.needs = tuple(one.needs for one in rules.prospects)
        """The facts of each prospect that are needs, as masks."""
        self.owners = tuple(one.owners for one in rules.prospects)
        """The people of each prospect who have something of their own; see `ProspectRules.owners`."""
        self.named = {name: action for action, name in enumerate(rules.names)}
        """The moves by the names that records write."""
        self.menus: Remembered[tuple[Move, ...], Menu] = Remembered(lambda moves: Menu(self, moves), _MENUS)
        """What is on offer, by the moves. The same are again and again, so each menu is made once."""

        self.practised: dict[Callable[..., Move], Callable[..., Move]] = {}
        """Players who have chosen in this scenario before; see `playing.practised`."""

    def _add(self, kind: str, line: LineRule | None, who: int, ties: Ties, rank: int) -> None:
        self.kind.append(kind)
        self.lines.append(line)
        self.bits.append(line.bit if line is not None else 0)
        self.prices.append(line is not None and line.prices)
        self.whose.append(who)
        self.ties.append(ties)
        self.rank.append(rank)


class Menu:
    """The moves on offer at some moment, and what follows from them alone, each worked out when it is first asked."""

    __slots__ = ("_of", "_read", "any", "kinds", "quickest", "tied", "wait")

    def __init__(self, of: Catalogue, moves: tuple[Move, ...]) -> None:
        self._of = of
        self._read = sorted(moves, key=of.rank.__getitem__)
        self.kinds: Remembered[Kinds, tuple[Move, ...]] = Remembered(self._kinds)
        """The moves of some kinds: kind by kind, each in the order in which a player reads them."""
        self.tied: Remembered[Kinds, tuple[tuple[Move, Ties], ...]] = Remembered(self._tied)
        """Those of them that take up anything, each with what it takes up."""
        self.quickest: Remembered[tuple[int, Kinds], Move | None] = Remembered(self._quickest)
        """The move about one prospect, of these kinds, that takes the fewest minutes; of equals, the first."""
        self.any: Remembered[Kinds, Move] = Remembered(self._any)
        """The first move outside these kinds; the first of all, if there is none."""
        self.wait: Remembered[Kinds, Move] = Remembered(
            lambda names: next((of.named[name] for name in names if of.named[name] in moves), moves[-1])
        )
        """The first of these ways to let time pass that is on offer; the longest one if none is."""

    def _kinds(self, kinds: Kinds) -> tuple[Move, ...]:
        return tuple(move for kind in kinds for move in self._read if self._of.kind[move] == kind)

    def _tied(self, kinds: Kinds) -> tuple[tuple[Move, Ties], ...]:
        of = self._of
        return tuple((move, of.ties[move]) for move in self.kinds[kinds] if of.ties[move] is not UNTIED)

    def _quickest(self, wanted: tuple[int, Kinds]) -> Move | None:
        who, kinds = wanted
        mine = [(line.minutes, move) for move in self.kinds[kinds] if (line := self._of.lines[move]) is not None]
        mine = [(minutes, move) for minutes, move in mine if self._of.whose[move] == who]
        return min(mine, key=lambda pair: pair[0])[1] if mine else None

    def _any(self, avoid: Kinds) -> Move:
        return next((move for move in self._read if self._of.kind[move] not in avoid), self._read[0])


_CATALOGUES: WeakKeyDictionary[Rules, Catalogue] = WeakKeyDictionary()


def catalogue(rules: Rules) -> Catalogue:
    """The moves of a scenario by kind, worked out once."""
    found = _CATALOGUES.get(rules)
    if found is None:
        found = _CATALOGUES[rules] = Catalogue(rules)
    return found
