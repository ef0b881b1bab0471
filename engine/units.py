"""The whole-number units that state and score are kept in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEVEL: Final = 10_000
"""A level of 100 points: levels are kept in hundredths of a point."""

POINT: Final = LEVEL // 100
"""One point of a level."""

CERTAIN: Final = 1_000_000
"""A chance of 100%: chances are kept in millionths."""

HOUR: Final = 60
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY


@dataclass(frozen=True, slots=True)
class Span:
    """An inclusive range of whole numbers."""

    low: int
    high: int


def percent(millionths: int) -> int:
    """A chance in whole percent."""
    return round(100 * millionths / CERTAIN)


def points(level: int) -> int:
    """Whole points, 0 to 100, of a level; a half rounds up."""
    return (level + POINT // 2) // POINT


def signed(change: int) -> str:
    """A change as people read it: `+4`, `−3` with a real minus, `0`."""
    return f"+{change}" if change > 0 else f"−{-change}" if change else "0"
