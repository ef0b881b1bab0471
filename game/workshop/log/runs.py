"""Every run of an event, as a value that is cheap to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.play import State

Key = tuple[int, int, int]
"""Round, buyer and seat of a run."""


@dataclass(frozen=True, slots=True)
class Run:
    """One seat's run with one buyer."""

    state: State
    moves: int = 0
    """Made by the player; those before the moment at which a round begins are not counted."""
    at: int = 0
    """When the last move was made; 0 before the first."""

    @property
    def finished(self) -> bool:
        return self.state.is_terminal()


_NONE: Final[dict[Key, Run]] = {}


class Runs(Mapping[Key, Run]):
    """Runs by round, buyer and seat. `put` gives new ones and leaves these as they were; it copies what one seat has
    played, since a room makes thousands of moves a second and plays thousands of runs."""

    __slots__ = ("_by_seat",)

    def __init__(self, by_seat: Mapping[int, dict[Key, Run]] | None = None) -> None:
        self._by_seat = by_seat or {}

    def put(self, key: Key, run: Run) -> Runs:
        """The same runs with this one at its place."""
        seat = key[2]
        return Runs({**self._by_seat, seat: {**self.of(seat), key: run}})

    def of(self, seat: int) -> Mapping[Key, Run]:
        """The runs of one seat, in the order in which they were begun."""
        return self._by_seat.get(seat, _NONE)

    def last(self, seat: int) -> Key | None:
        """The run that a seat has begun last, if it has begun one."""
        return next(reversed(self._by_seat.get(seat, _NONE)), None)

    def __getitem__(self, key: Key) -> Run:
        return self.of(key[2])[key]

    def __iter__(self) -> Iterator[Key]:
        for runs in self._by_seat.values():
            yield from runs

    def __len__(self) -> int:
        return sum(map(len, self._by_seat.values()))
