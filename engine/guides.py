"""Who plays on after a move that is tried: the schools that earn most from a scenario's population."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from engine.playing import Chooser, play_out
from engine.rules import Rules, start
from engine.rules.value import value

_TRIALS: Final = 120
"""Buyers from whom each school earns, to find those that earn most."""


@dataclass(frozen=True, slots=True)
class Guides:
    """Who plays out what is imagined, as it was found out."""

    names: tuple[str, ...]
    """The school that earns most from a population, and the next one if it earns nearly as much."""
    next: str
    """The next one, however much it earns."""
    promise: int
    """What the first of them earns in a run, in minor units, on average."""


_GUIDES: WeakKeyDictionary[Rules, Guides] = WeakKeyDictionary()


def guides(rules: Rules, schools: Mapping[str, Chooser]) -> tuple[Chooser, ...]:
    """The players behind `guides_of`."""
    return tuple(schools[name] for name in guides_of(rules, schools).names)


def guides_of(rules: Rules, schools: Mapping[str, Chooser]) -> Guides:
    """Who plays out what is imagined, found out at the first time."""
    if rules not in _GUIDES:
        earned = {name: sum(_trial(rules, one, number) for number in range(_TRIALS)) for name, one in schools.items()}
        best, second = sorted(earned, key=lambda name: -earned[name])[:2]
        names = (best, second) if 5 * earned[second] > 4 * earned[best] else (best,)
        _GUIDES[rules] = Guides(names, second, earned[best] // _TRIALS)
    return _GUIDES[rules]


def take_as_guides(rules: Rules, found: Guides) -> None:
    """Take these for the guides, which takes longer to find out than to remember."""
    _GUIDES[rules] = found


def guides_found(rules: Rules) -> Guides | None:
    """The guides, once they have been asked for; None before."""
    return _GUIDES.get(rules)


def _trial(rules: Rules, school: Chooser, number: int) -> int:
    luck = rules.luck(f"trial/{number}")
    return value(rules, play_out(rules, start(rules, luck), luck, school))
