"""Computer players: from what a player can see to one of the options.

The schools are named after what they say. The foils, called bad habits wherever people read of them, are to be beaten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from weakref import WeakKeyDictionary

from engine.doctrines import (
    always_close,
    audition,
    collector,
    discounter,
    follow_up_friday,
    never_calls_back,
    plan_a,
    same_day,
    speed_first,
    talker,
)
from engine.doctrines.at_random import AtRandom
from engine.doctrines.climbing import Climbers, best_script
from engine.doctrines.expert import Expert
from engine.doctrines.known_scripts import known_script
from engine.doctrines.script import Entry, Script
from engine.playing import Chooser, practised
from engine.rules import Rules

Doctrine = Callable[[Rules, int | str], Chooser]
"""Sits down to one run of a scenario, with a key for luck of its own, and plays it."""


def _always(choose: Chooser) -> Doctrine:
    """A doctrine that needs no more than the moment."""
    return lambda rules, key: practised(choose, rules)


SCHOOLS: Final[Mapping[str, Doctrine]] = {
    "plan-a": _always(plan_a.choose),
    "collector": _always(collector.choose),
    "speed-first": _always(speed_first.choose),
    "audition": _always(audition.choose),
    "same-day": _always(same_day.choose),
}
"""One doctrine a school of thought."""

BY_SCHOOL: Final[Mapping[str, str]] = {
    "plan-a": "plan-a",
    "collect-decisions": "collector",
    "speed-first": "speed-first",
    "audition": "audition",
    "same-day": "same-day",
}
"""The doctrine of each school in `vocabulary.SCHOOLS`."""

FOILS: Final[Mapping[str, Doctrine]] = {
    "always-close": _always(always_close.choose),
    "discounter": _always(discounter.choose),
    "follow-up-friday": _always(follow_up_friday.choose),
    "never-calls-back": _always(never_calls_back.choose),
    "talker": _always(talker.choose),
    "random": lambda rules, key: AtRandom(key).choose,
}
"""Bad habits, and none at all."""


def _expert(rules: Rules, key: int | str) -> Chooser:
    return Expert(rules, key, {name: school(rules, key) for name, school in SCHOOLS.items()}).choose


_SCRIPTS: WeakKeyDictionary[Rules, Script] = WeakKeyDictionary()


def script_of(rules: Rules, climbers: Climbers | None = None) -> Script:
    """The best script of a scenario: the one that is known, or else one looked for, once, in about a minute.
    `climbers` can share the work."""
    found = _SCRIPTS.get(rules) or known_script(rules)
    if found is None:
        schools = tuple(school(rules, 0) for school in SCHOOLS.values())
        found = best_script(rules, schools, climbers)
    _SCRIPTS[rules] = found
    return found


DOCTRINES: Final[Mapping[str, Doctrine]] = {
    **SCHOOLS,
    **FOILS,
    "script": lambda rules, key: script_of(rules).read_out(),
    "expert": _expert,
}
"""Every computer player. A script that is not known is looked for once; the expert searches at each move, and
takes a few hundred times as long as the others."""

__all__ = [
    "BY_SCHOOL",
    "DOCTRINES",
    "FOILS",
    "SCHOOLS",
    "Climbers",
    "Doctrine",
    "Entry",
    "Script",
    "known_script",
    "script_of",
]
