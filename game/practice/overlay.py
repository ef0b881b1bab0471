"""Two curves of interest over one axis of time.

Time is squeezed: from one move to the next, whoever made it, the axis is as wide as the logarithm of the minutes, so
that a conversation and the days of silence after it can both be seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.course import CurvePoint

Heights = tuple[int | None, ...]
"""Interest, 0 to 100, column by column; None where the run has not begun or is over."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Both curves, in as many columns as there is room for."""

    mine: Heights
    other: Heights
    knots: tuple[int, ...]
    """The minutes at which somebody made a move, in their order."""
    places: tuple[int, ...]
    """The column of each of them."""

    def column(self, minute: int) -> int:
        """Where a minute stands; at the nearer end where it lies outside."""
        return _placed(minute, self.knots, self.places)


def overlay(mine: Sequence[CurvePoint], other: Sequence[CurvePoint], columns: int) -> Overlay:
    """Lay two curves over each other. Raises ValueError for fewer than 2 columns, or for no curve at all."""
    if columns < 2 or not (mine or other):
        raise ValueError("an overlay needs two columns or more, and a curve")
    ends = [curve[at].minute for curve in (mine, other) if curve for at in (0, -1)]
    knots = sorted({*ends, *(point.minute for point in (*mine, *other) if point.move is not None)})
    passed = [0]
    for before, after in pairwise(knots):
        passed.append(passed[-1] + (after - before).bit_length())
    places = tuple(at * (columns - 1) // (passed[-1] or 1) for at in passed)
    axis = tuple(knots)
    return Overlay(_heights(mine, axis, places, columns), _heights(other, axis, places, columns), axis, places)


def _placed(minute: int, knots: Sequence[int], places: Sequence[int]) -> int:
    after = bisect_right(knots, minute)
    if after == 0 or after == len(knots):
        return places[0 if after == 0 else -1]
    before = after - 1
    width, span = places[after] - places[before], knots[after] - knots[before]
    return places[before] + width * (minute - knots[before]) // span


def _heights(curve: Sequence[CurvePoint], knots: Sequence[int], places: Sequence[int], columns: int) -> Heights:
    """The interest at each column, straight between the points on both sides of it."""
    found: list[int | None] = [None] * columns
    at = [_placed(point.minute, knots, places) for point in curve]
    for one, two in pairwise(range(len(curve))):
        for column in range(at[one], at[two]):
            rise, run = curve[two].interest - curve[one].interest, at[two] - at[one]
            found[column] = curve[one].interest + rise * (column - at[one]) // run
    if curve:
        found[at[-1]] = curve[-1].interest  # of several moves in one column, the last
    return tuple(found)
