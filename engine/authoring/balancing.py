"""Balance: who is ahead in a scenario that everybody has played, and what a change to it did, buyer by buyer with the
same luck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import copysign, inf
from types import MappingProxyType
from typing import Final

from engine.authoring.following import Course
from engine.doctrines import SCHOOLS
from engine.intervals import Mean, difference

LEADS_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "plan-a": "It asks what is behind a 'not yet', shows more, and asks again while patience lasts. Leave it "
        "something to show then (`when: {asked: 1..}`), patience for a third ask, and a rival who is quick.",
        "collector": "It makes a no easy and puts a date to the rest. It leads where many will never buy (`real`) and "
        "time is short (`deadline`).",
        "same-day": "It leaves, and calls before the day is over. It needs buyers who cannot decide at the table "
        "(`ceiling`, `decides`), and an excitement that fades (`fades`).",
        "speed-first": "It calls within minutes. It needs `arrives: lead` and a rival with `enquired: yes`, and gains "
        "where calls are short (`patience`).",
        "audition": "It brings something new each time. It needs `sale: multi-call`, several who decide, and messages "
        "that meet needs.",
    }
)
"""What each school does that the others don't, and what a scenario has to have so that it leads."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Two players, the one who earns more first."""

    first: str
    second: str
    by: Mean
    """What the first earned more on average, buyer by buyer."""

    @property
    def sigmas(self) -> float:
        """In standard errors."""
        return sigmas(self.by) if self.by.value else 0.0

    def needed(self, runs: int, surely: float = 2) -> int | None:
        """The runs after which so small a lead would be as clear as this; None where there is no lead at all."""
        return max(runs, round(runs * (surely / self.sigmas) ** 2)) if self.sigmas else None


def best_of(courses: Mapping[str, Course], names: Iterable[str]) -> str:
    """Who earned the most."""
    return max((name for name in names if name in courses), key=lambda name: courses[name].income.value)


def lead(courses: Mapping[str, Course], one: str, other: str) -> Lead:
    """By how much one player is ahead of another, over the buyers that both have met."""
    mine, theirs = dict(courses[one].earned), dict(courses[other].earned)
    seeds = sorted(mine.keys() & theirs.keys())
    return Lead(one, other, difference([mine[seed] for seed in seeds], [theirs[seed] for seed in seeds]))


def school_lead(courses: Mapping[str, Course]) -> Lead:
    """The best of the schools, over the next best."""
    first = best_of(courses, SCHOOLS)
    second = best_of(courses, [name for name in SCHOOLS if name != first])
    return lead(courses, first, second)


def changed_orders(now: Mapping[str, Course], then: Mapping[str, Course]) -> tuple[Mean, Mean]:
    """By how many orders a run differs in two versions of a scenario, at the first visit and in all: the same players,
    buyers and luck."""
    pairs = [
        (one, other)
        for name in sorted(now.keys() & then.keys())
        for one, other in zip(now[name].ordered, then[name].ordered, strict=True)
    ]
    first, every = (difference([new[place] for _, new in pairs], [old[place] for old, _ in pairs]) for place in (1, 2))
    return first, every


def sigmas(of: Mean) -> float:
    """A mean in standard errors; without any spread it is as sure as can be."""
    if of.error:
        return of.value / of.error
    return copysign(inf, of.value) if of.value else 0.0


__all__ = ["LEADS_BY", "Lead", "best_of", "changed_orders", "lead", "school_lead", "sigmas"]
