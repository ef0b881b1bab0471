"""Skill apart from luck: where a run's result comes from, to the cent.

    result = par - losses + luck of the answers + luck of the buyer

as a backgammon program divides a game into errors and dice. *Losses* are what the moves lost, as far as the player
could know. The *luck of the answers* is, move by move, what this very buyer was worth after the answer less what the
same move was worth before it, averaged over all answers: it is 0 on average, however well or badly somebody plays.
What is left is the *luck of the buyer*: what the moves cost less, or more, with just this one than could be known. Of
somebody who would have bought from nobody no mistake costs anything. All are in minor units.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.coach.analysis import Assessed
from engine.rules import Move


def answer_luck(moves: Sequence[Assessed], place: int, result: int) -> int:
    """What the answer to one move was worth more, or less, than the answers to it are on average."""
    after = result if place + 1 == len(moves) else _known(moves[place + 1], moves[place + 1].guide)
    return after - _known(moves[place], moves[place].made)


def _known(move: Assessed, which: Move) -> int:
    known = move.of(which).known
    if known is None:
        raise ValueError(f"what move {move.number + 1} was worth with this very buyer was not worked out")
    return known
