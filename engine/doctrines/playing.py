"""Playing a run with a doctrine, without telling what happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine import world as at
from engine.luck import Luck
from engine.rules import Rules, step
from engine.seeing import look
from engine.view import Option, PlayerView
from engine.world import Core

MOST_MOVES = 400
"""Moves after which a doctrine that goes round in circles lets the rest of the time pass."""


def play_out(
    rules: Rules, core: Core, luck: Sequence[Luck], doctrine: Callable[[PlayerView], Option], made: int = 0
) -> Core:
    """The last state of a run that `doctrine` plays on from `core`, in which `made` moves had been made."""
    finish = len(rules.moves) - 1
    while True:
        view = look(rules, core, luck, "expert")
        if view.place == "over":
            return core
        move = doctrine(view).action
        if made >= MOST_MOVES and core[at.ACTIVE] == -1:
            move = finish
        core = step(rules, core, luck, move)
        made += 1
