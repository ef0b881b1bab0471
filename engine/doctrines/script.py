"""The script: a list of moves made in order, whatever comes back.

It plays the first entry not yet used that is on the menu now, and uses it up. It reads the menu, as anybody with a list
in hand does, and nothing else: no reply, no manner, no meter. What the best script of a scenario earns is what the
scenario gives to somebody who does not listen; `engine.doctrines.rehearsal` finds that script.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.doctrines.playing import Chooser
from engine.doctrines.sight import Sight
from engine.rules import Move


class Script:
    """Moves in the order in which they are wished for; one that is to be made twice stands in it twice.

    Once nothing of it is on the menu, a conversation is left, and the rest of the time passes.
    """

    __slots__ = ("_again", "_first", "moves")

    def __init__(self, moves: Iterable[Move]) -> None:
        self.moves = tuple(moves)
        self._first: dict[Move, int] = {}
        """The place at which each move stands first."""
        self._again: dict[int, int] = {}
        """For each place of which the move stands further down again: where."""
        last: dict[Move, int] = {}
        for place, move in enumerate(self.moves):
            if move in last:
                self._again[last[move]] = place
            else:
                self._first[move] = place
            last[move] = place

    def read_out(self, used: set[int] | None = None) -> Chooser:
        """Somebody who plays one run by it. The places of what they make are added to `used`."""
        left, again, nowhere = dict(self._first), self._again, len(self.moves)

        def choose(s: Sight) -> Move:
            place = min((left[move] for move in s.moves if move in left), default=nowhere)
            if place == nowhere:
                return _way_out(s)
            move = self.moves[place]
            if place in again:
                left[move] = again[place]
            else:
                del left[move]
            if used is not None:
                used.add(place)
            return move

        return choose


def _way_out(s: Sight) -> Move:
    if not s.talking:
        return s.wait("finish")
    wish = s.first("leave", "vague-follow-up")
    return s.any_line() if wish is None else wish
