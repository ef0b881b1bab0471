"""What a line, a reply or a need is worth: a scenario without it, played again by those who had made use of it.

A line that is left out is never offered, a reply says what it says and does nothing else, and a need is met by nothing.
Until the line or the reply would have been said, or the need was told, a run without it is the run with it; so only the
others have to be played again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.authoring.following import Course
from engine.authoring.replies import only_words, replies
from engine.intervals import Mean, difference
from engine.rules import Rules
from engine.scenario.compiled import AnyOf, Clause, Line, Scenario, When
from engine.units import Span

_NEVER: Final = Clause("conversation", span=Span(1_000_000, 1_000_000))
_OF_NEEDS: Final = ("knows", "knows-not", "met", "met-not")


@dataclass(frozen=True, slots=True)
class Without:
    """A scenario with one thing left out."""

    what: str
    """`line`, `reply` or `need`."""
    name: str
    scenario: Scenario
    seeds: Mapping[str, tuple[int, ...]]
    """Of the runs to play again, by player."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a line, a reply or a need is worth to those who made use of it."""

    what: str
    name: str
    runs: int
    """The runs in which they did."""
    by: Mean
    """What they earned more with it than without it, run by run: the same buyers with the same luck."""
    otherwise: int
    """In how many of these runs they chose anything else without it."""


def without(rules: Rules, courses: Mapping[str, Course], most: int) -> tuple[Without, ...]:
    """The scenario without each line of its author's that these players said, without what each reply that they heard
    does of its own, and without each need that was told to them, with the first runs of each player, at most so many,
    in which that was so."""
    return (
        *_without_lines(rules, courses, most),
        *_without_needs(rules.scenario, courses, most),
        *_without_replies(rules.scenario, courses, most),
    )


def _without_lines(rules: Rules, courses: Mapping[str, Course], most: int) -> Iterator[Without]:
    for move, what in enumerate(rules.moves):
        seeds = {name: course.said[move][:most] for name, course in courses.items() if move in course.said}
        if isinstance(what, str) or not seeds:
            continue
        who, place = what[0], _place(rules.scenario.prospects[what[0]].lines, what[1].line.id)
        if place is not None:
            line = rules.scenario.prospects[who].lines[place]
            unsaid = replace(line, when=(*line.when, _NEVER))
            yield Without("line", rules.names[move], _with_lines(rules.scenario, who, {place: unsaid}), seeds)


def _without_needs(scenario: Scenario, courses: Mapping[str, Course], most: int) -> Iterator[Without]:
    for who, fact, number in needs(scenario):
        seeds = {name: course.told[number][:most] for name, course in courses.items() if number in course.told}
        if seeds:
            lines = scenario.prospects[who].lines
            unmet = {
                place: replace(line, meets=tuple(need for need in line.meets if need != fact))
                for place, line in enumerate(lines)
                if fact in line.meets
            }
            yield Without("need", need_name(scenario, who, fact), _with_lines(scenario, who, unmet), seeds)


def _without_replies(scenario: Scenario, courses: Mapping[str, Course], most: int) -> Iterator[Without]:
    for reply in replies(scenario):
        part = reply.part
        seeds = {name: course.heard[part][:most] for name, course in courses.items() if part in course.heard}
        if reply.acts and seeds:
            line = only_words(scenario.prospects[part.who].lines[part.of], part.nth)
            yield Without("reply", reply.name, _with_lines(scenario, part.who, {part.of: line}), seeds)


def needs(scenario: Scenario) -> Iterator[tuple[int, int, int]]:
    """Each need, as (prospect, place among its facts, place among the facts of all prospects)."""
    number = 0
    for who, prospect in enumerate(scenario.prospects):
        for place, fact in enumerate(prospect.facts):
            if fact.sort == "need":
                yield who, place, number + place
        number += len(prospect.facts)


def opens_lines(scenario: Scenario, who: int, fact: int) -> bool:
    """Whether a line waits for a need to be told or met, or not to be."""
    return any(_asks_for(line.when, fact) for line in scenario.prospects[who].lines)


def _asks_for(when: When, fact: int) -> bool:
    return any(
        any(_asks_for(each, fact) for each in clause.of)
        if isinstance(clause, AnyOf)
        else clause.what in _OF_NEEDS and fact in clause.of
        for clause in when
    )


def need_name(scenario: Scenario, who: int, fact: int) -> str:
    """What a need is called, as lines are: by its id, and by its prospect where there are several."""
    prospect = scenario.prospects[who]
    id = prospect.facts[fact].id
    return f"{id}@{prospect.id}" if len(scenario.prospects) > 1 else id


def worth(now: Mapping[str, Course], left_out: Without, then: Mapping[str, Course]) -> Worth:
    """What is left out, held against the runs in which it was used."""
    with_it, without_it = list[int](), list[int]()
    otherwise = 0
    for name, course in then.items():
        earned = dict(now[name].earned)
        otherwise += len({*course.ways} - {*now[name].ways})
        for seed, less in course.earned:
            with_it.append(earned[seed])
            without_it.append(less)
    return Worth(left_out.what, left_out.name, len(with_it), difference(with_it, without_it), otherwise)


def _place(lines: Sequence[Line], id: str) -> int | None:
    return next((place for place, line in enumerate(lines) if line.id == id), None)


def _with_lines(scenario: Scenario, who: int, changed: Mapping[int, Line]) -> Scenario:
    prospects = list(scenario.prospects)
    lines = tuple(changed.get(place, line) for place, line in enumerate(prospects[who].lines))
    prospects[who] = replace(prospects[who], lines=lines)
    return replace(scenario, prospects=tuple(prospects))


__all__ = ["Without", "Worth", "need_name", "needs", "opens_lines", "without", "worth"]
