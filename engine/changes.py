"""What a move changed, in the whole points that the meters show: the parts add up to what a meter moved by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.events import LEVELS
from engine.play import State
from engine.rules.turn import Turn
from engine.seeing import levels
from engine.units import points

FADING: Final = "time passed"
"""The cause of what fades by itself."""
_SILENCE: Final = "silence for "
"""What the causes of a silence begin with: it costs something week after week, and is one thing all the same."""


@dataclass(frozen=True, slots=True)
class Change:
    """Points that one cause has moved a level by."""

    prospect: int
    level: str
    points: int
    cause: str


def changes(before: State, after: State) -> tuple[Change, ...]:
    """What the move between two states changed, cause by cause, fading last; nothing that rounds to 0 is told.

    Each cause is rounded where it leaves the level, not by itself, so that the parts add up as the meters do.
    """
    found: list[Change] = []
    for who in range(len(after.people)):
        was, now = _levels(before, who), _levels(after, who)
        by_level: dict[str, dict[str, int]] = {level: {} for level in LEVELS}
        longest: dict[tuple[str, str], str] = {}
        for event in after.events:
            if event.prospect == who and event.what in by_level and event.cause != FADING:
                kind = _SILENCE if event.cause.startswith(_SILENCE) else event.cause
                longest[event.what, kind] = event.cause
                causes = by_level[event.what]
                causes[kind] = causes.get(kind, 0) + event.amount
        faded: list[Change] = []
        for level, told in by_level.items():
            held = now[level] - sum(told.values())  # what time alone would have made of it
            faded.append(Change(who, level, points(held) - points(was[level]), FADING))
            for kind, amount in told.items():
                found.append(Change(who, level, points(held + amount) - points(held), longest[level, kind]))
                held += amount
        found.extend(faded)
    return tuple(change for change in found if change.points)


def _levels(state: State, who: int) -> dict[str, int]:
    turn = Turn(state.game.rules, state.core, state.luck)
    return levels(turn, turn.rules.prospects[who], turn.people[who])
