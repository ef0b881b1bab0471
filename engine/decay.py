"""How interest and pressure fade: laws by name, evaluated from an anchor.

A level that fades is kept as (value, since). What it is now depends only on the minutes since then, so letting 10 and
then 20 minutes pass is the same as letting 30 pass, exactly, and waiting writes nothing but the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.curves import ONE, scaled_exp, scaled_power
from engine.units import DAY, HOUR


@dataclass(frozen=True, slots=True)
class Fade:
    """How interest fades: e-fold of excitement and scale of conviction in minutes, tail exponent in thousandths."""

    excitement: int
    conviction: int
    tail: int


Law = Callable[[int], int]
"""Minutes since the anchor -> the share that is left, as a fraction of `curves.ONE`. Never rises."""


class _Remembered(dict[int, int]):
    """A law that computes each minute once."""

    def __init__(self, law: Law) -> None:
        super().__init__()
        self._law = law

    def __missing__(self, minutes: int) -> int:
        share = self._law(minutes)
        self[minutes] = share
        return share


def exponential(e_fold: int) -> Law:
    """e**(-t / e_fold), with `e_fold` in minutes: what is left after that time is 37%."""
    return _Remembered(lambda minutes: scaled_exp(-minutes, e_fold, ONE)).__getitem__


def power(scale: int, tail: int) -> Law:
    """(1 + t / scale)**(-tail / 1000), with `scale` in minutes: fast at first, then a heavy tail."""
    return _Remembered(lambda minutes: scaled_power(scale + minutes, scale, -tail, ONE)).__getitem__


PRESETS: Final[Mapping[str, Fade]] = {
    "after-visit": Fade(excitement=6 * HOUR, conviction=DAY, tail=350),
    "inbound": Fade(excitement=HOUR, conviction=6 * HOUR, tail=350),
    "slow": Fade(excitement=2 * DAY, conviction=14 * DAY, tail=350),
}
"""Named two-store presets. `after-visit` is the default of the published parts (emotion.hours; a design choice as a
whole); `inbound` and `slow` are design choices: the interest of a stranger's form, and of a purchase of months."""


def laws(fade: Fade) -> tuple[Law, Law]:
    """The laws of excitement (exponential) and conviction (power) for one buyer."""
    return exponential(fade.excitement), power(fade.conviction, fade.tail)
