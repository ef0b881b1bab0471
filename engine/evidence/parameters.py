"""What an experiment takes from the file of published figures: the kinds of its parameters, read and spelled out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from engine.evidence.lab import PRESETS
from engine.scenario.nearest import meant
from engine.scenario.notation import NotationError
from engine.scenario.times import duration
from engine.scenario.vocabulary import REACH_PRESETS
from engine.units import DAY, HOUR, WEEK

Read = Callable[[Any], Any]
"""Reads what the file has. Raises ValueError, with what is wrong and what to write, for anything else."""

Stretch = tuple[int, int]
"""From one minute to another; a moment where both are the same."""


def time(value: Any) -> int:
    """A time such as `5m`, `4h` or `2d`, in minutes."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a time; write it like `5m`, `4h` or `2d`")
    try:
        return duration(value)
    except NotationError as error:
        raise ValueError(f"{error}; {error.help}") from None


def times(value: Any) -> tuple[int, ...]:
    """A time, or a list of them."""
    return tuple(time(each) for each in (value if isinstance(value, list) else [value]))


def stretch(value: Any) -> Stretch:
    """A time, or a list of two, the first of them the earlier one."""
    found = times(value)
    if len(found) == 1:
        return found[0], found[0]
    if len(found) != 2 or found[0] >= found[1]:
        raise ValueError(f"{value!r} is neither a time nor a stretch of it; write `5m`, or `[1h, 1d]`")
    return found[0], found[1]


def number(low: int, high: int) -> Read:
    """A whole number from `low` to `high`."""

    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise ValueError(f"{value!r} is not a whole number from {low:,} to {high:,}")
        return value

    return read


def numbers(low: int, high: int) -> Read:
    """A whole number from `low` to `high`, or a list of them."""
    one = number(low, high)
    return lambda value: tuple(one(each) for each in (value if isinstance(value, list) else [value]))


def word(*words: str) -> Read:
    """One of some words."""

    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"{value!r} is unknown; {meant(str(value), words)}")
        return str(value)

    return read


def words(*known: str) -> Read:
    """One of some words, or a list of them."""
    one = word(*known)
    return lambda value: tuple(one(each) for each in (value if isinstance(value, list) else [value]))


SALE: Final = word(*PRESETS)
"""A kind of sale of the laboratory."""

SALES: Final = words(*PRESETS)

REACH: Final = word(*REACH_PRESETS)
"""A curve of how reach falls with the delay."""


def spelled(minutes: int) -> str:
    """A time in words: `5 minutes`, `1 hour`, `3 days`."""
    for unit, name in ((WEEK, "week"), (DAY, "day"), (HOUR, "hour"), (1, "minute")):
        if minutes >= unit and minutes % unit == 0:
            count = minutes // unit
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "0 minutes"


def listed(minutes: tuple[int, ...]) -> str:
    """Times in words, with commas."""
    return ", ".join(spelled(each) for each in minutes)


def stretched(of: Stretch) -> str:
    """A stretch in words: `5 minutes`, or `1 hour to 1 day`."""
    low, high = of
    return spelled(low) if low == high else f"{spelled(low)} to {spelled(high)}"
