"""What a move changed, in the whole points that the meters show: the parts add up to what a meter moved by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.events import LEVELS, cause_text
from engine.play import State
from engine.rules.kinds import KINDS
from engine.rules.turn import Turn
from engine.seeing import levels
from engine.units import points, signed
from engine.words import gettext, marked

FADING: Final = marked("time passed")
"""The cause of what fades by itself."""
_WELCOME: Final = frozenset(
    (level, kind.cause)
    for kind in KINDS.values()
    for level in ("excitement", "conviction", "trust")
    if getattr(kind, level) >= 0
)
"""What a kind of line costs nobody by itself: where an author lets it cost something, its name alone explains
nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """Points that one cause has moved a level by."""

    prospect: int
    level: str
    points: int
    cause: str
    """Why, in plain words, in the language that was spoken when this was made."""
    faded: bool = False
    """Whether time alone has moved it."""

    @property
    def text(self) -> str:
        """`trust +4: a question that was listened to`."""
        return f"{gettext(self.level)} {signed(self.points)}: {self.cause}"


def by_cause(changes: Iterable[Change]) -> tuple[tuple[int, str], ...]:
    """What changes come to, by prospect, what has one cause told once: `trust −2, pressure +3: said too often`."""
    levels: dict[tuple[int, str], list[str]] = {}
    for each in changes:
        levels.setdefault((each.prospect, each.cause), []).append(f"{gettext(each.level)} {signed(each.points)}")
    return tuple((who, f"{', '.join(moved)}: {cause}") for (who, cause), moved in levels.items())


def changes(before: State, after: State) -> tuple[Change, ...]:
    """What the move between two states changed, cause by cause, fading last; nothing that rounds to 0 is told.

    Each cause is rounded where it leaves the level, not by itself, so that the parts add up as the meters do.
    """
    found: list[Change] = []
    for who in range(len(after.people)):
        was, now = _levels(before, who), _levels(after, who)
        by_level: dict[str, dict[str, int]] = {level: {} for level in LEVELS}
        latest: dict[tuple[str, str], str] = {}  # a silence costs week after week, and is one thing all the same
        for event in after.events:
            if event.prospect == who and event.what in by_level and event.cause != FADING:
                latest[event.what, event.cause] = cause_text(event)
                causes = by_level[event.what]
                causes[event.cause] = causes.get(event.cause, 0) + event.amount
        faded: list[Change] = []
        for level, told in by_level.items():
            held = now[level] - sum(told.values())  # what time alone would have made of it
            faded.append(Change(who, level, points(held) - points(was[level]), gettext(FADING), faded=True))
            for cause, amount in told.items():
                moved = points(held + amount) - points(held)
                why = latest[level, cause]
                if moved < 0 and (level, cause) in _WELCOME:
                    why = gettext("{cause}, not wanted just then").format(cause=why)
                found.append(Change(who, level, moved, why))
                held += amount
        found.extend(faded)
    return tuple(change for change in found if change.points)


def _levels(state: State, who: int) -> dict[str, int]:
    turn = Turn(state.game.rules, state.core, state.luck)
    return levels(turn, turn.rules.prospects[who], turn.people[who])
