"""Playing a run with a computer player, without telling what happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine import world as at
from engine.doctrines.sight import Sight, catalogue
from engine.luck import Luck
from engine.rules import Move, Rules, legal, step
from engine.world import Core

Chooser = Callable[[Sight], Move]
"""Somebody who plays one run: from what is seen to one of the legal moves."""

MOST_MOVES = 400
"""Moves after which a player who goes round in circles lets the rest of the time pass."""


def play_out(rules: Rules, core: Core, luck: Sequence[Luck], choose: Chooser, made: int = 0) -> Core:
    """The last state of a run that `choose` plays on from `core`, in which `made` moves had been made."""
    of, finish = catalogue(rules), len(rules.moves) - 1
    while moves := legal(rules, core, luck):
        if made >= MOST_MOVES and core[at.ACTIVE] < 0:
            move = finish
        else:
            move = choose(Sight(of, core[at.CLOCK], core[at.ACTIVE], core[at.STARTED], core[at.FIRST :], moves))
        core = step(rules, core, luck, move)
        made += 1
    return core
