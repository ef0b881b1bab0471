"""The course of a run: when its moves were made, what each changed, the levels of each prospect from move to move, and
what silence took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from engine import world as at
from engine.calendar import run_clock_text
from engine.changes import Change, changes
from engine.play import State
from engine.rules.tables import DATED, ProspectRules
from engine.rules.turn import Turn
from engine.seeing import meters
from engine.units import HOUR

_POINTS_IN_A_SILENCE: Final = 12


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Levels of one prospect at one minute, in whole points (0 to 100)."""

    minute: int
    interest: int
    excitement: int
    conviction: int
    trust: int
    move: int | None
    """Index into the run's moves, if a move ended here."""
    silence: bool
    """Whether the stretch before this point was silence (see `silent`)."""


def dates(end: State) -> tuple[str, ...]:
    """When each move of a run was made, in words: a move is dated by its beginning, which is what the clock showed when
    it was chosen."""
    states = end.states()
    return tuple(run_clock_text(each.minute, states[0].minute, end.minute) for each in states[:-1])


def course(state: State) -> tuple[tuple[Change, ...], ...]:
    """What each move of a run changed, in the points that the meters show. What silence took is on the curve."""
    return tuple(
        tuple(one for one in changes(before, after) if not one.faded or not silent(before, after, one.prospect))
        for before, after in pairwise(state.states())
    )


def silent(before: State, after: State, who: int) -> bool:
    """Whether a prospect heard nothing from the seller while a move took its time, and nothing was agreed either."""
    what = after.game.rules.moves[after.action]
    apart = before.core[at.ACTIVE] != who and after.minute > before.minute
    return apart and (isinstance(what, str) or what[0] != who) and after.people[who][at.PROMISE] < DATED


def curve(states: Sequence[State], who: int, rules: ProspectRules) -> tuple[CurvePoint, ...]:
    """The levels after each move, with points between where time passed, until the prospect's end."""
    points = [_point(states[0], who, rules, states[0].minute, None, silence=False)]
    for number, state in enumerate(states[1:]):
        before = states[number]
        if before.people[who][at.RESULT]:
            break
        silence = silent(before, state, who)
        until = min(state.minute, state.people[who][at.ENDED_AT]) if state.people[who][at.RESULT] else state.minute
        if before.core[at.ACTIVE] != who and until - before.minute > HOUR:
            span = until - before.minute
            for part in range(1, _POINTS_IN_A_SILENCE):
                minute = before.minute + span * part // _POINTS_IN_A_SILENCE
                points.append(_point(before, who, rules, minute, None, silence=silence))
        source = state if until == state.minute else before
        points.append(_point(source, who, rules, until, number, silence=silence))
    return tuple(points)


def _point(state: State, who: int, rules: ProspectRules, minute: int, move: int | None, silence: bool) -> CurvePoint:
    turn = Turn(state.game.rules, state.core, state.luck)
    turn.clock = max(minute, state.people[who][at.SINCE])
    seen = meters(turn, rules, state.people[who])
    return CurvePoint(minute, seen.interest, seen.excitement, seen.conviction, seen.trust, move, silence)


def by_move(points: Sequence[CurvePoint]) -> Iterator[tuple[int, CurvePoint, CurvePoint]]:
    """The moves of a curve, each with the point at which it ended, after the one where the move before it did, or
    where the run began."""
    ends = [*points[:1], *(point for point in points[1:] if point.move is not None)]
    for before, after in pairwise(ends):
        if after.move is not None:
            yield after.move, before, after


def lost(points: Sequence[CurvePoint]) -> int:
    """Points of interest that silence took."""
    return sum(max(0, before.interest - after.interest) for before, after in pairwise(points) if after.silence)
