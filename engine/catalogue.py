"""The moves of a scenario by kind, in the order in which a player reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from engine import world as at
from engine.remembered import Remembered
from engine.rules import Move, Rules
from engine.rules.tables import LineRule
from engine.seeing import place

Kinds = tuple[str, ...]
_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")

_MENUS = 10_000
"""Menus remembered at most for one scenario."""


class Ties(NamedTuple):
    """What a line takes up, as masks."""

    needs: int = 0
    about: int = 0
    objections: int = 0
    reasons: int = 0

    def told(self, p: Sequence[int]) -> bool:
        """Whether it answers anything that a prospect has told: a need or a reason, or an objection that stands."""
        return bool((self.needs | self.reasons) & p[at.KNOWN] or self.objections & p[at.OPEN])


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
        self.menus = Remembered[tuple[Move, ...], Menu](lambda moves: Menu(self, moves), _MENUS)
        """What is on offer, by the moves. The same are again and again, so each menu is made once, and so is what
        follows from it alone:"""
        self.kinds = _of_menus(Menu.of_kinds)
        """the moves of some kinds: kind by kind, each in the order in which a player reads them;"""
        self.first = _of_menus(Menu.first_of)
        """the first of them;"""
        self.tied = _of_menus(Menu.tied_of)
        """those of them that take up anything, each with what it takes up;"""
        self.quickest = Remembered[Kinds, Remembered[tuple[Menu, int], Move | None]](
            lambda kinds: Remembered(lambda asked: asked[0].quickest_of(asked[1], kinds), _MENUS)
        )
        """the move about one prospect, of some kinds, that takes the fewest minutes; of equals, the first;"""
        self.any = _of_menus(Menu.any_but)
        """the first move outside some kinds; the first of all, if there is none;"""
        self.wait = _of_menus(Menu.wait_of)
        """the first of these ways to let time pass that is on offer; the longest one if none is."""
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
    """The moves on offer at some moment, asked for by kind: the kinds in the order given, those of a kind as a player
    reads them."""

    __slots__ = ("_moves", "_of", "_read")

    def __init__(self, of: Catalogue, moves: tuple[Move, ...]) -> None:
        self._of = of
        self._moves = moves
        self._read = sorted(moves, key=of.rank.__getitem__)

    def of_kinds(self, kinds: Kinds) -> tuple[Move, ...]:
        """All moves of these kinds."""
        return tuple(move for kind in kinds for move in self._read if self._of.kind[move] == kind)

    def first_of(self, kinds: Kinds) -> Move | None:
        """The first move of these kinds, or None."""
        return next(iter(self.of_kinds(kinds)), None)

    def tied_of(self, kinds: Kinds) -> tuple[tuple[Move, Ties], ...]:
        """The moves of these kinds that take something up, with what it is."""
        of = self._of
        return tuple((move, of.ties[move]) for move in self.of_kinds(kinds) if of.ties[move] is not UNTIED)

    def quickest_of(self, who: int, kinds: Kinds) -> Move | None:
        """The line of these kinds for this prospect that takes the fewest minutes, or None."""
        mine = [(line.minutes, move) for move in self.of_kinds(kinds) if (line := self._of.lines[move]) is not None]
        mine = [(minutes, move) for minutes, move in mine if self._of.whose[move] == who]
        return min(mine, key=lambda pair: pair[0])[1] if mine else None

    def any_but(self, avoid: Kinds) -> Move:
        """The first move that is of none of these kinds; the first of all where every move is."""
        return next((move for move in self._read if self._of.kind[move] not in avoid), self._read[0])

    def wait_of(self, names: Kinds) -> Move:
        """The first wait of these names that is on offer, else the last move."""
        named = self._of.named
        return next((named[name] for name in names if named[name] in self._moves), self._moves[-1])


def _of_menus(function: Callable[[Menu, _Asked], _Answer]) -> Remembered[_Asked, Remembered[Menu, _Answer]]:
    """What a function says of menus, by what it is asked and by the menu, each worked out when it is first asked."""
    return Remembered(lambda asked: Remembered(lambda menu: function(menu, asked), _MENUS))


_CATALOGUES: WeakKeyDictionary[Rules, Catalogue] = WeakKeyDictionary()


def catalogue(rules: Rules) -> Catalogue:
    """The moves of a scenario by kind, worked out once."""
    found = _CATALOGUES.get(rules)
    if found is None:
        found = _CATALOGUES[rules] = Catalogue(rules)
    return found
