"""The moves of a scenario by kind, in the order in which a player reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from engine.rules import Move, Rules
from engine.rules.tables import LineRule
from engine.seeing import place

Menu = Mapping[str, tuple[Move, ...]]
"""The moves on offer by kind, in the order in which a player reads them."""

_MENUS = 50_000
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
            reasons = sum({1 << facts[reason] for reason in line.line.answers_reasons})
            ties = Ties(line.meets, about, line.answers_objections, reasons)
            self._add(line.kind, line, who, ties if any(ties) else UNTIED, place(rules.scenario.id, name))
        self.needs = [one.needs for one in rules.prospects]
        """The facts of each prospect that are needs, as masks."""
        self.named = {name: action for action, name in enumerate(rules.names)}
        """The moves by the names that records write."""
        self._menus: dict[tuple[Move, ...], Menu] = {}

    def _add(self, kind: str, line: LineRule | None, who: int, ties: Ties, rank: int) -> None:
        self.kind.append(kind)
        self.lines.append(line)
        self.bits.append(line.bit if line is not None else 0)
        self.prices.append(line is not None and line.prices)
        self.whose.append(who)
        self.ties.append(ties)
        self.rank.append(rank)

    def menu(self, moves: tuple[Move, ...]) -> Menu:
        """These moves by kind. The same moves are on offer again and again, so each menu is made once."""
        found = self._menus.get(moves)
        if found is None:
            if len(self._menus) >= _MENUS:
                self._menus.clear()
            by_kind: dict[str, tuple[Move, ...]] = {}
            for move in sorted(moves, key=self.rank.__getitem__):
                by_kind[self.kind[move]] = (*by_kind.get(self.kind[move], ()), move)
            found = self._menus[moves] = by_kind
        return found


_CATALOGUES: WeakKeyDictionary[Rules, Catalogue] = WeakKeyDictionary()


def catalogue(rules: Rules) -> Catalogue:
    """The moves of a scenario by kind, worked out once."""
    found = _CATALOGUES.get(rules)
    if found is None:
        found = _CATALOGUES[rules] = Catalogue(rules)
    return found
