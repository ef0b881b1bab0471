"""At random: any option. What the scenario gives to somebody who does not listen at all."""

from __future__ import annotations

from engine.luck import Luck
from engine.rules import Move
from engine.sight import Sight


class AtRandom:
    """Picks by a keyed luck of its own, so that equal seeds give equal runs."""

    def __init__(self, seed: int | str) -> None:
        self._luck = Luck(seed, "at-random")
        self._made = 0

    def choose(self, s: Sight) -> Move:
        """Any option, equally likely."""
        self._made += 1
        return s.moves[self._luck.between(0, len(s.moves) - 1, "pick", self._made)]
