"""How interest and pressure fade: laws by name, evaluated from an anchor.

A level that fades is kept as (value, since). What it is now depends only on the minutes since then, so letting 10 and
then 20 minutes pass is the same as letting 30 pass, exactly, and waiting writes nothing but the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.curves import ONE, scaled_exp, scaled_half, scaled_power
from engine.remembered import Remembered
from engine.units import DAY, HOUR


@dataclass(frozen=True, slots=True)
class Fading:
    """A law with its numbers: `minutes` is its time, `tail` its exponent in thousandths where it has one."""

    law: str
    minutes: int
    tail: int = 0


@dataclass(frozen=True, slots=True)
class Fade:
    """How the two stores of interest fade."""

    excitement: Fading
    conviction: Fading


Law = Callable[[int], int]
"""Minutes since the anchor -> the share that is left, as a fraction of `curves.ONE`. Never rises."""


def exponential(e_fold: int) -> Law:
    """e**(-t / e_fold), with `e_fold` in minutes: what is left after that time is 37%."""
    return Remembered[int, int](lambda minutes: scaled_exp(-minutes, e_fold, ONE)).__getitem__


def power(scale: int, tail: int) -> Law:
    """(1 + t / scale)**(-tail / 1000), with `scale` in minutes: fast at first, then a heavy tail."""
    return Remembered[int, int](lambda minutes: scaled_power(scale + minutes, scale, -tail, ONE)).__getitem__


def half_life(minutes: int) -> Law:
    """2**(-t / minutes): half is left after that time."""
    return Remembered[int, int](lambda passed: scaled_half(passed, minutes, ONE)).__getitem__


LAWS: Final[Mapping[str, Callable[[Fading], Law]]] = {
    "exponential": lambda fading: exponential(fading.minutes),
    "half-life": lambda fading: half_life(fading.minutes),
    "power": lambda fading: power(fading.minutes, fading.tail),
}
"""The laws an author can name. A new one is a function above and a line here."""

PRESETS: Final[Mapping[str, Fade]] = {
    "after-visit": Fade(Fading("exponential", 6 * HOUR), Fading("power", DAY, 350)),
    "inbound": Fade(Fading("exponential", HOUR), Fading("power", 6 * HOUR, 350)),
    "slow": Fade(Fading("exponential", 2 * DAY), Fading("power", 14 * DAY, 350)),
}
"""Named presets. `after-visit` is the default of the published parts (emotion.hours; a design choice as a whole);
`inbound` and `slow` are design choices: the interest of a stranger's form, and of a purchase of months."""


def laws(fade: Fade) -> tuple[Law, Law]:
    """The laws of excitement and of conviction for one buyer."""
    return LAWS[fade.excitement.law](fade.excitement), LAWS[fade.conviction.law](fade.conviction)


def left(fade: Fade, minutes: int) -> tuple[int, int]:
    """What is left of excitement and of conviction after that time, each in percent."""
    excitement, conviction = (law(minutes) for law in laws(fade))
    return (100 * excitement + ONE // 2) // ONE, (100 * conviction + ONE // 2) // ONE
