"""The states that a proof has come to, and which to visit next: the one that took the fewest minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush

from engine.authoring.holding import State

_Place = tuple[int, int, int]
"""What states have in common that are merged: stage, conversation, channel."""


@dataclass(slots=True)
class Frontier:
    """States to be visited, each once, or again when a way of fewer minutes has led to it.

    With `merging`, all states of a place become a single one, in which whatever is known or said in any of them is so.
    It is visited again when it has grown.
    """

    merging: bool
    """Whether states of a place are merged."""
    steps: int = 0
    """How many steps have led to a state."""
    _best: dict[State, int] = field(default_factory=dict)
    _heap: list[tuple[int, int, State]] = field(default_factory=list)
    _merged: dict[_Place, tuple[State, int]] = field(default_factory=dict)
    _visited: dict[_Place, tuple[State, int]] = field(default_factory=dict)

    @property
    def states(self) -> int:
        """How many states have been come to, where they are not merged."""
        return len(self._best)

    def reach(self, state: State, minutes: int) -> None:
        """Note a step that leads to a state after so many minutes of its conversation."""
        self.steps += 1
        if self._grows(state, minutes) if self.merging else self._is_sooner(state, minutes):
            heappush(self._heap, (minutes, self.steps, state))

    def next(self) -> tuple[State, int] | None:
        """The state to visit now, and the fewest minutes that lead to it; None when all have been visited."""
        while self._heap:
            minutes, _, state = heappop(self._heap)
            if not self.merging:
                if minutes == self._best[state]:
                    return state, minutes
                continue
            grown = self._merged[_place(state)]
            if self._visited.get(_place(state)) != grown:
                self._visited[_place(state)] = grown
                return grown
        return None

    def _is_sooner(self, state: State, minutes: int) -> bool:
        if minutes >= self._best.get(state, minutes + 1):
            return False
        self._best[state] = minutes
        return True

    def _grows(self, state: State, minutes: int) -> bool:
        """Merge a state into that of its place, with the fewer minutes of the two; return whether that changed it."""
        state = state._replace(turns=0, spent=0, last=-1, resume=0)
        held = self._merged.get(_place(state))
        grown = (state, minutes) if held is None else (_union(state, held[0]), min(minutes, held[1]))
        self._merged[_place(state)] = grown
        return grown != held


def _place(s: State) -> _Place:
    return s.stage, s.talks, s.channel


def _union(one: State, other: State) -> State:
    """The state in which whatever is so in either of two states of a place is so."""
    return one._replace(
        said=one.said | other.said,
        known=one.known | other.known,
        met=one.met | other.met,
        present=one.present | other.present,
        priced=one.priced or other.priced,
        asked=max(one.asked, other.asked),
        off=one.off or other.off,
    )


__all__ = ["Frontier"]
