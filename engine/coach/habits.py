"""What a player usually does after such a moment, counted over runs.

*Such a moment* is named by what the last move brought: the buyer let slip that they are ready, raised an objection, put
the decision off, did not agree to a step; a call was in vain; a conversation ended with nothing agreed; the buyer told
something about themselves. Where it brought several of these, the first in this list counts. What the player then did
is the kind of the line, or `wait` for any time that was let pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from engine.events import NOBODY, Event
from engine.play import State
from engine.scenario.vocabulary import OUTCOMES

_OUTCOMES: Final = tuple(OUTCOMES)
MOMENTS: Final = ("signal", "objection", "stall", "declines", "missed", "open-end", "told")
"""What a moment may be named by, the first of which counts."""
_BY_EVENT: Final = {
    "signal": "signal",
    "raised": "objection",
    "reopened": "objection",
    "continuation": "open-end",
    "knows": "told",
}


@dataclass(frozen=True, slots=True)
class Habit:
    """What was done after moments of one kind."""

    done: Mapping[str, int]
    """How often what was done, by the kind of line."""
    runs: int
    """In how many runs there was such a moment."""

    @property
    def moments(self) -> int:
        return sum(self.done.values())


def moment(state: State) -> str | None:
    """What a moment is named by, one of `MOMENTS`; None for one in which none of these has just come."""
    found = {_named(event) for event in state.events} if state.moves else set()
    return next((each for each in MOMENTS if each in found), None)


def _named(event: Event) -> str | None:
    if (
        event.what == "reply"
        and 0 <= event.amount < len(_OUTCOMES)
        and _OUTCOMES[event.amount] in ("stall", "declines")
    ):
        return _OUTCOMES[event.amount]
    if event.what == "contact":
        return "missed" if event.amount == NOBODY else None
    return _BY_EVENT.get(event.what)


def habits(ends: Iterable[State]) -> dict[str, Habit]:
    """What was done after each kind of moment, over these runs."""
    done: dict[str, Counter[str]] = {}
    runs: Counter[str] = Counter()
    for end in ends:
        met = set()
        for before, after in pairwise(end.states()):
            named = moment(before)
            if named is not None:
                line = after.line(after.action)
                done.setdefault(named, Counter())[line.line.kind if line is not None else "wait"] += 1
                met.add(named)
        runs.update(met)
    return {named: Habit(dict(counted), runs[named]) for named, counted in done.items()}
