"""Playing a run with a computer player, without telling what happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.catalogue import Catalogue, catalogue
from engine.luck import Luck
from engine.rules import Move, Rules, Turn, play
from engine.sight import Sight
from engine.specialising import Row, Specialiser, counted
from engine.world import Core

Chooser = Callable[[Sight], Move]
"""Somebody who plays one run: from what is seen to one of the legal moves."""

PRACTISED = 10_000
"""Choices of a player before these are worth a function of their own: it takes some hundredths of a second to make, and
saves some two microseconds a choice."""
MOST_MOVES = 400
"""Moves after which a player who goes round in circles lets the rest of the time pass."""


class Practised:
    """A player who needs no more than the moment, at one scenario: made quick by `engine.specialising` once they have
    chosen often."""

    __slots__ = ("known",)

    def __init__(self, choose: Chooser, of: Catalogue) -> None:
        seen = Sight, {"catalogue": of, "_people": Row(len(of.rules.prospects))}
        self.known = counted(1, lambda _: (choose, {}), Specialiser({"s": seen}), PRACTISED)
        """How they choose; has one entry, 0."""

    def __call__(self, s: Sight) -> Move:
        return self.known[0](s)  # type: ignore[no-any-return]


def practised(choose: Chooser, rules: Rules) -> Chooser:
    """The practised player who chooses like that in a scenario."""
    of = catalogue(rules)
    player = of.practised.get(choose)
    if player is None:
        player = of.practised[choose] = Practised(choose, of)
    return player


def play_out(rules: Rules, core: Core, luck: Sequence[Luck], choose: Chooser, made: int = 0) -> Core:
    """The last state of a run that `choose` plays on from `core`, in which `made` moves had been made."""
    return play_on(Turn(rules, core, luck), choose, made)


def play_on(turn: Turn, choose: Chooser, made: int = 0) -> Core:
    """The same from an open turn, which is played on in place."""
    of = catalogue(turn.rules)
    known = choose.known if isinstance(choose, Practised) else [choose]

    def pick(moves: tuple[Move, ...]) -> Move:
        nonlocal made
        made += 1
        if made <= MOST_MOVES:  # the same as below, without another call
            return known[0](Sight(of, turn, moves))
        return chosen(of, turn, moves, choose, made - 1)

    return play(turn, pick)


def planned(ahead: list[Move], moves: Sequence[Move]) -> Move | None:
    """Take the next of some planned moves, the last of them first, that is one of these; what is not is left out. None
    where nothing is left."""
    while ahead:
        if (move := ahead.pop()) in moves:
            return move
    return None


def chosen(of: Catalogue, turn: Turn, moves: tuple[Move, ...], choose: Chooser, made: int) -> Move:
    """What `choose` does now, unless it has gone round in circles for too long."""
    if made >= MOST_MOVES and turn.active < 0:
        return of.named["finish"]
    return choose(Sight(of, turn, moves))
