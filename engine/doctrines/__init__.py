"""Computer players: pure functions from what a player can see to one of the options.

The schools are named after what they say; the foils are habits to be beaten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from engine.doctrines import audition, collector, foils, plan_a, same_day, speed_first
from engine.doctrines.playing import play_out
from engine.view import Option, PlayerView

Doctrine = Callable[[PlayerView], Option]

SCHOOLS: Final[Mapping[str, Doctrine]] = {
    "plan-a": plan_a.choose,
    "collector": collector.choose,
    "speed-first": speed_first.choose,
    "audition": audition.choose,
    "same-day": same_day.choose,
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
    "always-close": foils.always_close,
    "discounter": foils.discounter,
    "follow-up-friday": foils.follow_up_friday,
    "never-calls-back": foils.never_calls_back,
    "talker": foils.talker,
    "random": foils.at_random,
}
"""Bad habits."""

DOCTRINES: Final[Mapping[str, Doctrine]] = {**SCHOOLS, **FOILS}

__all__ = ["BY_SCHOOL", "DOCTRINES", "FOILS", "SCHOOLS", "Doctrine", "play_out"]
