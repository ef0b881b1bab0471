"""How a test lets a doctrine play a state move by move."""

from __future__ import annotations

from engine.catalogue import catalogue
from engine.play import State
from engine.playing import Chooser
from engine.rules import Move, Turn
from engine.sight import Sight


def sight(state: State) -> Sight:
    """What a doctrine sees of a state."""
    rules = state.game.rules
    return Sight(catalogue(rules), Turn(rules, state.core, ()), state.legal_actions())


def chosen(state: State, choose: Chooser) -> Move:
    """What somebody would do here."""
    return choose(sight(state))
