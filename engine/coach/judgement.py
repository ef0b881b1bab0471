"""From what a move lost to a word for it, and from the moves of a run to its accuracy.

What is lost is counted in points: hundredths of what was at stake at that moment (`analysis.at_stake`). The thresholds
and the accuracy are those of lichess for chess, with these points in the place of points of winning chance. There a
move that drops 10, 20 or 30 points is an inaccuracy, a mistake or a blunder (`lila`,
modules/tree/src/main/Advice.scala), and a move's accuracy falls exponentially with its drop
(modules/analyse/src/main/AccuracyPercent.scala).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum
from statistics import harmonic_mean, pstdev
from typing import Final, Literal

Judgement = Literal["best", "good", "inaccuracy", "mistake", "blunder", "unclear"]

THRESHOLDS: Final[tuple[tuple[int, Judgement], ...]] = ((30, "blunder"), (20, "mistake"), (10, "inaccuracy"))
"""Points lost from which on a move is called so, the worst first."""
JUDGED: Final = frozenset(word for _, word in THRESHOLDS)
"""The judgements that say that something was lost."""
SAME: Final = 2
"""Points within which two moves are worth the same to anybody who has to choose."""
SURE: Final = 2
"""Standard errors that are given to the player: a word is deserved even if the loss is smaller by so much."""
OF_MANY: Final = 3
"""The same for the move of a run that cost most: of some twenty that cost nothing, one or another comes to two standard
errors by luck."""

_STEEP, _TOP, _SHIFT, _DOUBT = 0.04354415386753951, 103.1668100711649, 3.166924740191411, 1.0
"""The curve of accuracy, as published; the last is added for what an analysis may itself have missed."""
_WINDOW = 2, 8
"""The fewest and the most moves by whose spread a move is weighted."""
_WEIGHT = 0.5, 12.0
"""The least and the largest weight of a move."""


def judgement(lost: float, error: float) -> Judgement:
    """The word for a move that lost this many points, known to a standard error of `error` points. It goes by whole
    points, as they are told.

    >>> judgement(34, 1), judgement(34, 6), judgement(34, 13), judgement(4, 13), judgement(1, 0)
    ('blunder', 'mistake', 'unclear', 'good', 'best')
    """
    surely, about = round(lost - SURE * error), round(lost)
    for threshold, word in THRESHOLDS:
        if surely >= threshold:
            return word
    if about >= THRESHOLDS[-1][0]:
        return "unclear"
    return "best" if about <= SAME else "good"


def as_good(lost: float, error: float) -> bool:
    """Whether a choice that is worth this many points less than the best one is right as well, to anybody who is asked:
    it is worth the same, or cannot be told from it.

    >>> as_good(2, 0), as_good(3, 0), as_good(11, 6), as_good(13, 6)
    (True, False, True, False)
    """
    return lost <= max(SAME, SURE * error)


def accuracy(worths: Sequence[float], lost: Sequence[float]) -> float:
    """The accuracy of a run, 0 to 100, from the points its moves lost (in order, each 0 or more) and what the run was
    worth before each, in points of its start. 100 for a run of no moves.

    The mean of two averages of the moves' accuracies: one weighted by how much was in the balance around a move (the
    spread of the worth in a window of moves), and the harmonic mean, which a single blunder pulls down.

    >>> accuracy([100, 100, 100], [0, 0, 0])
    100.0
    """
    if not lost:
        return 100.0
    each = [max(0.0, min(100.0, _TOP * exp(-_STEEP * one) - _SHIFT + _DOUBT)) for one in lost]
    width = min(max(len(worths) // 10, _WINDOW[0]), _WINDOW[1])
    spreads = [pstdev(worths[max(0, at + 1 - width) : at + 1] or [0.0]) for at in range(len(worths))]
    weights = [max(_WEIGHT[0], min(_WEIGHT[1], spread)) for spread in spreads]
    weighted = fsum(w * a for w, a in zip(weights, each, strict=True)) / fsum(weights)
    return (weighted + harmonic_mean([max(one, 0.01) for one in each])) / 2
