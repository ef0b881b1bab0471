"""The state kept open through many moves, and what happens in it while time passes.

The same rules as in `engine.rules.passing`, for somebody who wants to know where a run ends and not why: nothing is
told, and nothing is copied.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.luck import Luck
from engine.rules import Rules, tables
from engine.rules import constants as c
from engine.rules.passing import missed_at
from engine.rules.turn import People, Turn
from engine.world import (
    ADVANCES,
    BROKEN,
    CONTINUATIONS,
    DECISIONS,
    DRIFT_AT,
    ENDED_AT,
    FAR,
    FIRST_TALK,
    HERE_UNTIL,
    INBOUND_AT,
    INDECISION,
    INVITED,
    PROMISE,
    REAL,
    RESULT,
    RIVAL_AT,
    SILENT_AT,
    TOUCHES,
    Core,
)
from engine.world import FIRST as _FIRST

_DATED = tables.PROMISE["dated"]


class OpenTurn(Turn):
    """A turn whose prospects are all open for change, and stay so. The interpreter's own rules can work on it too."""

    __slots__ = ("calm",)

    def __init__(self, rules: Rules, core: Core, luck: Sequence[Luck]) -> None:
        self.rules = rules
        self.luck = luck
        self.trace = None
        self.clock, self.active, self.tasked, self.started = core[:_FIRST]
        self.people = list(map(list, core[_FIRST:]))
        self.opened = -1
        self.calm = FAR
        """Before this minute nothing happens by itself to those who are not in conversation; known while one runs."""
        if self.active >= 0:
            self.look_ahead()

    def look_ahead(self) -> None:
        """Find out until when nothing happens to those who are not in conversation."""
        if len(self.people) > 1:
            self.calm = min(
                (due(p) for i, p in enumerate(self.people) if i != self.active and not p[RESULT]), default=FAR
            )

    def close(self) -> Core:
        """The state as it is now."""
        return (self.clock, self.active, self.tasked, self.started, *map(tuple, self.people))


def due(p: People) -> int:
    """The minute of the next thing that happens by itself to an open prospect out of conversation."""
    soonest = p[INBOUND_AT]
    if p[SILENT_AT] < soonest:
        soonest = p[SILENT_AT]
    if p[RIVAL_AT] < soonest:
        soonest = p[RIVAL_AT]
    if p[DRIFT_AT] < soonest:
        soonest = p[DRIFT_AT]
    if p[PROMISE] >= _DATED:
        missed = missed_at(p)
        if missed < soonest:
            soonest = missed
    if 0 < p[HERE_UNTIL] < soonest:
        soonest = p[HERE_UNTIL]
    return soonest


def elapse(t: OpenTurn, to: int, stop_for_buyers: bool) -> None:
    """Let the calendar run to minute `to`, or to the moment before it at which a buyer gets in touch."""
    deadline, people = t.rules.deadline, t.people
    if to > deadline:
        to = deadline
    while True:
        when, who = to + 1, -1
        for i, p in enumerate(people):
            if p[RESULT]:
                continue
            if i == t.active:
                soonest = min(p[INBOUND_AT], p[SILENT_AT])
            elif p[PROMISE] >= _DATED or p[HERE_UNTIL]:
                soonest = due(p)
            elif p[RIVAL_AT] < when or p[DRIFT_AT] < when or p[SILENT_AT] < when or p[INBOUND_AT] < when:
                soonest = min(p[RIVAL_AT], p[DRIFT_AT], p[SILENT_AT], p[INBOUND_AT])
            else:
                continue
            if soonest < when:
                when, who = soonest, i
        if who < 0:
            break
        if when > t.clock:
            t.clock = when
        if happen(t, who) and stop_for_buyers:
            return
    if to > t.clock:
        t.clock = to
    if t.clock >= deadline:
        run_out(t)


def happen(t: OpenTurn, who: int) -> bool:
    """Carry out what is due for one prospect; True when the buyer gets in touch."""
    p, now = t.people[who], t.clock
    if who != t.active:
        if p[RIVAL_AT] <= now:
            end(t, p, tables.RESULT["lost-to-rival"])
            return False
        if p[DRIFT_AT] <= now:
            end(t, p, tables.RESULT["lost-to-no-decision"])
            return False
        if p[PROMISE] >= _DATED and missed_at(p) <= now:
            p[PROMISE] = p[INVITED] = 0
            p[BROKEN] += 1
            p[ADVANCES] -= 1
            p[DECISIONS] -= 1
            p[CONTINUATIONS] += 1
            t.trust(who, p, c.BROKEN_TRUST, "")
            return False
        if 0 < p[HERE_UNTIL] <= now:
            p[HERE_UNTIL] = 0
            return False
    if p[SILENT_AT] <= now:
        p[SILENT_AT] += c.SILENCE_PERIOD
        t.trust(who, p, c.SILENCE_TRUST, "")
        return False
    if p[INBOUND_AT] <= now:
        p[INBOUND_AT] = FAR
        if who == t.active:
            return False
        p[HERE_UNTIL] = now + c.HERE_FOR
        return True
    return False


def run_out(t: OpenTurn) -> None:
    """End every prospect that is still open at the deadline."""
    if t.active >= 0:
        t.people[t.active][CONTINUATIONS] += 1
        t.active = -1
    for p in t.people:
        if p[RESULT]:
            continue
        if p[FIRST_TALK] < 0 and not p[TOUCHES]:
            end(t, p, tables.RESULT["never-contacted"])
        elif p[INDECISION] == 2 and p[REAL]:
            end(t, p, tables.RESULT["lost-to-no-decision"])
        else:
            end(t, p, tables.RESULT["expired"])


def end(t: OpenTurn, p: People, result: int) -> None:
    """Close the file of a prospect."""
    p[RESULT] = result
    p[ENDED_AT] = t.clock
    p[PROMISE] = p[HERE_UNTIL] = 0
