"""Where an analysis is fine enough: what more imaginings would tell nobody.

Most moves of a run are soon judged, and most alternatives are soon seen to be worse than the best. So each stage of an
analysis, which has twice the imaginings of the one before, tries only what the stage before has left open. What is left
open follows from what was imagined and from nothing else, so it is the same in whichever processes that was done.

What is tried again is tried in other ways, too: with what seemed best right after it, the move that was made also with
what seems best at the moment after it, and with another school that plays on (see `analysis`). Before that no move is
called worse than good.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from engine.coach.analysis import Assessed, assessed, at_stake, behind, by_move
from engine.coach.imagining import Imagined, Plan, at_first
from engine.coach.judgement import THRESHOLDS
from engine.play import State
from engine.rules import Move

Left = tuple[tuple[Plan, ...], ...]
"""For each move of a run, what is still to be tried in its place: nothing where it is judged."""

CLOSE: Final = 3
"""Points of standard error above which what a move lost is not known well enough, whatever the word for it."""
EXACT: Final = 1
"""Points below which it is."""
FOREMOST: Final = 3
"""Moves that are tried right after the one that was made."""
SURELY: Final = 3
"""Standard errors that are given to what is settled for good: an alternative that may still be the best, a word that
may still be another. More than a player is given: what few imaginings find is often rarer than it looks."""


def everything(end: State) -> Left:
    """All that could have been done in a run."""
    return tuple(at_first(state) for state in end.states()[:-1])


def left_open(end: State, imagined: Sequence[Sequence[Imagined | None]]) -> Left:
    """What is still open after these imaginings of a run, `imagining.LEAST` or more."""
    moves = assessed(end, imagined)
    tried = [[each.worths for each in found] for found in by_move(imagined)]
    points = [at_stake(end.game, move) for move in moves]
    later = (*(move.plan for move in moves), None)[1:]  # none where no move was made yet
    return tuple(
        ()
        if judged(move, point)
        else plans(move, in_question(move, {plan.move for plan in each[-1]}, point), each, following)
        for move, each, point, following in zip(moves, tried, points, later, strict=True)
    )


def plans(
    move: Assessed, moves: Sequence[Move], tried: Sequence[Mapping[Plan, int]], following: Plan | None
) -> tuple[Plan, ...]:
    """What is to be tried of each of these moves, after it was `tried` so far: of the plans that were tried to the
    last, the best one and those that are behind it by no more than chance. New ones are those with what seems best
    right after it, and those in which the next best school plays on, if it may do as well here or the move was made.
    That is tried in any case with each of what seems best right after it: which of them is best may be seen late. It is
    also tried with what seems best at the moment after it, the plan `following`: to wait can't be put off by answering
    somebody, for one thing, but what would have been said to them can be told from there."""
    last, best = list(tried[-1]), move.best.move
    own = {each: [plan for plan in last if plan.move == each] for each in moves}
    seems_best = {each: _best(plans, tried) for each, plans in own.items()}
    foremost = [each.move for each in move.alternatives if each.move in moves and each.move != move.made][:FOREMOST]
    recovers = _may_be_best([plan for plan in last if plan.by], last, tried)
    found = dict.fromkeys(seems_best[then].after(move.made) for then in foremost)
    for each in moves:
        new = [seems_best[best].after(each)] if each != best else []
        new += [Plan(each, by=1)] if each == move.made or recovers else []
        new += [following.after(each)] if following is not None and each == move.made else []
        found |= dict.fromkeys(_may_be_best(own[each], own[each], tried))
        found |= dict.fromkeys(plan for plan in new if not any(plan in worths for worths in tried))
    return tuple(found)


def _may_be_best(some: Sequence[Plan], plans: Sequence[Plan], tried: Sequence[Mapping[Plan, int]]) -> list[Plan]:
    """Those of some plans that are the best one, or are behind it by no more than chance."""
    best, together = _best(plans, tried), _together(plans, tried)
    gaps = {plan: behind(together, plan, best) for plan in some}
    return [plan for plan, gap in gaps.items() if plan == best or gap.value < gap.error]


def _best(plans: Sequence[Plan], tried: Sequence[Mapping[Plan, int]]) -> Plan:
    """The plan that is worth most, of some that were tried to the last."""
    together = _together(plans, tried)
    return max(plans, key=lambda plan: sum(worths[plan] for worths in together))


def _together(plans: Sequence[Plan], tried: Sequence[Mapping[Plan, int]]) -> list[Mapping[Plan, int]]:
    """The imaginings in which all of some plans were tried."""
    return [worths for worths in tried if all(plan in worths for plan in plans)]


def judged(move: Assessed, point: int) -> bool:
    """Whether no more imaginings are needed for a move: no word for it but one goes with what it may have lost, and
    that is known well, or it is known so exactly that the word does not matter; and if something was lost, then also
    where the best is only put off. What is called the best although it seems worse than the move made has to be known
    as well. `point`: what a point is worth, in hundredths of a minor unit."""
    lost, error = 100 * move.lost / point, 100 * move.error / point
    made = move.of(move.made)
    if move.best.value < made.value and 100 * made.error > CLOSE * point:
        return False
    low, high = (sum(one >= least for least, _ in THRESHOLDS) for one in (lost - SURELY * error, lost + SURELY * error))
    return (error <= EXACT or (error <= CLOSE and low == high)) and (move.put_off or not high)


def in_question(move: Assessed, tried: Collection[Move], point: int) -> tuple[Move, ...]:
    """Of the alternatives that were tried to the last, the move made, the guide's, the best so far, and all that may be
    better than that by more than a loss has to be known to."""
    best, always = move.best, (move.made, move.guide, move.best.move)
    return tuple(
        sorted(
            each.move
            for each in move.alternatives
            if each.move in tried
            and (each.move in always or 100 * (best.value - each.value) <= 100 * SURELY * each.error - EXACT * point)
        )
    )
