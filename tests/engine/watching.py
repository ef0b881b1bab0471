"""How a test lets a doctrine play a state move by move."""

from __future__ import annotations

from engine import world as at
from engine.doctrines import Chooser, Sight
from engine.doctrines.catalogue import catalogue
from engine.play import State
from engine.rules import Move


def sight(state: State) -> Sight:
    """What a doctrine sees of a state."""
    return Sight(
        catalogue(state.game.rules),
        state.minute,
        state.core[at.ACTIVE],
        state.core[at.STARTED],
        state.people,
        state.legal_actions(),
    )


def chosen(state: State, choose: Chooser) -> Move:
    """What somebody would do here."""
    return choose(sight(state))
