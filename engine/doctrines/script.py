"""The script: a list of moves made in order, whatever comes back.

It makes the first entry not yet used that is on the menu now, and uses it up. An entry may carry a day, as in a sales
cadence: it is passed over until then. It reads the menu and the diary, as anybody with a list in hand does: whoever
gets in touch is answered, and what is agreed is kept. Nothing else is read: no reply, no manner, no meter. What the
best script of a scenario earns is what the scenario gives to somebody who does not listen; `engine.doctrines.climbing`
finds that script.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from engine.catalogue import Catalogue
from engine.rules import Move
from engine.sight import Sight
from engine.units import DAY

_WAITS: Final = ((7, "wait.1w"), (3, "wait.3d"), (1, "wait.tomorrow"))
"""Ways to let days pass, and how many they are."""


class Entry(NamedTuple):
    """One thing to do."""

    move: Move
    day: int = 0
    """The day on which it is read for the first time, as in the condition `day`: 0 is the first."""


def spoken(of: Catalogue, move: Move) -> bool:
    """Whether a move is said in a conversation. The others are made between conversations."""
    line = of.lines[move]
    return line is not None and line.line.first >= 0


class Script:
    """Entries in the order in which they are wished for; a move to be made twice is listed twice.

    Once nothing of it is on the menu, a conversation is left. Between conversations time passes until the next day on
    which there is something to do, or to what is agreed; and to the end where there is nothing left.
    """

    __slots__ = ("_places", "entries")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._places: dict[Move, tuple[int, ...]] = {}
        """The places at which each move stands, the first one first."""
        for place, entry in enumerate(self.entries):
            self._places[entry.move] = (*self._places.get(entry.move, ()), place)

    def read_out(self, used: set[int] | None = None) -> Reading:
        """Somebody who plays one run by it. The places of the entries they make are added to `used`."""
        return Reading(self.entries, dict(self._places), set() if used is None else used)


class Reading:
    """One run played by a script."""

    __slots__ = ("_entries", "_left", "_used", "made")

    def __init__(self, entries: tuple[Entry, ...], left: dict[Move, tuple[int, ...]], used: set[int]) -> None:
        self._entries = entries
        self._left = left
        self._used = used
        self.made = 0
        """Moves made so far."""

    def __call__(self, s: Sight) -> Move:
        """The next move of the run."""
        self.made += 1
        if not s.talking and (call := s.call_due()) is not None:
            return call
        left, entries = self._left, self._entries
        today, found = s.now // DAY - s.start // DAY, len(entries)
        for move in s.moves:
            for place in left.get(move, ()):
                if place >= found:
                    break
                if entries[place].day <= today:
                    found = place
                    break
        if found == len(entries):
            return _way_out(s) if s.talking else self._until_next(s, today)
        move = entries[found].move
        left[move] = tuple(place for place in left[move] if place != found)
        self._used.add(found)
        return move

    def _until_next(self, s: Sight, today: int) -> Move:
        """Let time pass until something is to be done, as long at once as can be."""
        of, entries = s.catalogue, self._entries
        days = (entries[place].day for move, places in self._left.items() for place in places if not spoken(of, move))
        ahead = min((day - today for day in days if day > today), default=0)
        waits = (name for days, name in _WAITS if days <= ahead)
        return s.wait(*waits, "wait.agreed", *(("wait.tomorrow",) if ahead else ()), "finish")


def _way_out(s: Sight) -> Move:
    wish = s.first("leave", "vague-follow-up")
    return s.any_line() if wish is None else wish
