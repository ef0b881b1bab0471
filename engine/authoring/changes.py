"""A handful of changes that an author might make, each as the scenario it makes: to be played, not guessed at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from engine.authoring.plain_words import span_words
from engine.calendar import span_text
from engine.scenario.compiled import Buyer, Clause, Line, Prospect, Reply, Scenario
from engine.scenario.vocabulary import ASKS, STARTS
from engine.units import CERTAIN, LEVEL, POINT, Span, points

LONGER: Final = ((2, 3), (3, 2), (5, 2))
"""Patience shorter by a third, half as long again, and two and a half times as long."""
HALF, DOUBLE = (1, 2), (2, 1)
CEILING: Final = CERTAIN // 5
"""By how much the ceiling is raised and lowered."""
WARMER: Final = 10 * POINT
"""By how much trust and interest at the start are raised and lowered."""
FAR: Final = 2 * WARMER
"""So far from where buyers usually begin, that is tried as well."""
DEARER: Final = 5 * POINT
"""The trust that a wrong answer costs more."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, and the scenario with it."""

    what: str
    """In words that go on after 'with': `patience of 15..27 minutes`."""
    was: str
    """The same of the scenario as it is; empty where it was nothing that has a number."""
    field: str
    """Where an author makes it: `buyer.patience`."""
    scenario: Scenario


def changes(scenario: Scenario) -> tuple[Change, ...]:
    """The changes that would change anything in this scenario, up and down where both make sense, and first what an
    author is most likely to turn. With several prospects each is made to all of them, and the words are about the
    first."""
    own = scenario.digest()
    return tuple(change for change in _changes(scenario) if change.scenario.digest() != own)


def _changes(scenario: Scenario) -> Iterator[Change]:
    buyers = [one.buyer for one in scenario.prospects]
    buyer, calendar = buyers[0], scenario.calendar
    for by in LONGER:
        yield _patience(scenario, by)
    if any(one.rival is not None for one in buyers):
        for word, by in (("twice", DOUBLE), ("half", HALF)):
            yield Change(f"rivals {word} as quick", "", "buyer.rival", _buyers(scenario, partial(_rival, by=by)))
    if any(one.today < one.real for one in buyers):
        for by in (HALF, DOUBLE):
            if not 0 < _times(buyer.ready, by).low < calendar.deadline:
                continue
            yield Change(
                f"buyers ready after {span_words(_times(buyer.ready, by))}",
                span_words(buyer.ready),
                "buyer.ready",
                _buyers(scenario, partial(_ready, by=by)),
            )
        yield _ceiling(scenario, CEILING)
    if any(one.today for one in buyers):
        yield _ceiling(scenario, -CEILING)
    if any(_wrong(line, reply) for one in scenario.prospects for line in one.lines for reply in line.replies):
        what = f"wrong answers that cost {points(DEARER)} more of trust"
        yield Change(what, "", "replies (trust)", _prospects(scenario, _dearer))
    for warmer in (WARMER, -WARMER):
        for name in ("trust", "interest"):
            yield Change(
                f"{name} of {_points(_warmer(getattr(buyer, name), warmer))} at the start",
                _points(getattr(buyer, name)),
                f"buyer.{name}",
                _buyers(scenario, partial(_start, name=name, by=warmer)),
            )
    for name, (low, high) in STARTS.items():
        start, usual = getattr(buyer, name), Span(low * POINT, high * POINT)
        if abs(start.low + start.high - usual.low - usual.high) > 2 * FAR:
            yield Change(
                f"{name} of {_points(usual)} at the start",
                _points(start),
                f"buyer.{name}",
                _buyers(scenario, partial(_begun, name=name, at=usual)),
            )
    if any(not line.prices for one in scenario.prospects for line in one.lines if line.kind in ASKS):
        yield Change("the price named by the question itself", "", "lines (prices: yes)", _prospects(scenario, _priced))
    if any(one.decides[0] < CERTAIN for one in buyers):
        yield Change(
            f"{_percent(_alone(buyer)[0])} who decide alone",
            _percent(buyer.decides[0]),
            "buyer.decides",
            _buyers(scenario, lambda one: {"decides": _alone(one)}),
        )
    if any(one.objections for one in scenario.prospects):
        yield Change("half as many objections", "", "objections (chance)", _prospects(scenario, _fewer_objections))
    if any(one.indecision[2] for one in buyers):
        yield Change(
            f"{_percent(_firmer(buyer)[2])} highly undecided",
            _percent(buyer.indecision[2]),
            "buyer.indecision",
            _buyers(scenario, lambda one: {"indecision": _firmer(one)}),
        )
    yield Change(
        f"a deadline of {span_text(2 * calendar.deadline)}",
        span_text(calendar.deadline),
        "calendar.deadline",
        replace(scenario, calendar=replace(calendar, deadline=2 * calendar.deadline)),
    )


def _patience(scenario: Scenario, by: tuple[int, int]) -> Change:
    """More patience, and visits that may last as long; or less."""
    spans = [_times(one.buyer.patience, by) for one in scenario.prospects]
    visit = max(scenario.calendar.visit, *(-(-span.high // 60) for span in spans))
    return Change(
        f"patience of {_minutes(spans[0])}",
        _minutes(scenario.prospects[0].buyer.patience),
        "buyer.patience",
        replace(
            _buyers(scenario, lambda one: {"patience": _times(one.patience, by)}),
            calendar=replace(scenario.calendar, visit=visit),
        ),
    )


def _ceiling(scenario: Scenario, by: int) -> Change:
    def today(one: Buyer) -> int:
        return max(0, min(one.real, one.today + by))

    buyer = scenario.prospects[0].buyer
    return Change(
        f"a ceiling of {_percent(today(buyer))}",
        _percent(buyer.today),
        "ceiling",
        _buyers(scenario, lambda one: {"today": today(one)}),
    )


def _prospects(scenario: Scenario, changed: Callable[[Prospect], Prospect]) -> Scenario:
    return replace(scenario, prospects=tuple(changed(one) for one in scenario.prospects))


def _buyers(scenario: Scenario, fields: Callable[[Buyer], dict[str, Any]]) -> Scenario:
    return _prospects(scenario, lambda one: replace(one, buyer=replace(one.buyer, **fields(one.buyer))))


def _priced(one: Prospect) -> Prospect:
    lines = tuple(replace(line, prices=True) if line.kind in ASKS else line for line in one.lines)
    return replace(one, lines=lines)


def _fewer_objections(one: Prospect) -> Prospect:
    return replace(one, objections=tuple(replace(each, chance=each.chance // 2) for each in one.objections))


def _rival(one: Buyer, by: tuple[int, int]) -> dict[str, Any]:
    if one.rival is None:
        return {}
    return {"rival": replace(one.rival, per_day=min(CERTAIN, one.rival.per_day * by[0] // by[1]))}


def _ready(one: Buyer, by: tuple[int, int]) -> dict[str, Any]:
    return {"ready": _times(one.ready, by)}


def _wrong(line: Line, reply: Reply) -> bool:
    """Whether a reply is for an answer that did not fit: to a need that was not told, or not landing."""
    takes_up = line.meets or line.handles_objections or line.handles_reasons
    missed = any(isinstance(clause, Clause) and clause.what in ("knows-not", "lacks") for clause in reply.when)
    return bool(takes_up) and (missed or not reply.lands)


def _dearer(one: Prospect) -> Prospect:
    def reply(line: Line, each: Reply) -> Reply:
        if not _wrong(line, each):
            return each
        return replace(each, effects=replace(each.effects, trust=(each.effects.trust or 0) - DEARER))

    return replace(
        one,
        lines=tuple(replace(line, replies=tuple(reply(line, each) for each in line.replies)) for line in one.lines),
    )


def _alone(one: Buyer) -> tuple[int, ...]:
    """The shares of who decides, with half of the others' given to those who decide alone."""
    others = tuple(share // 2 for share in one.decides[1:])
    return CERTAIN - sum(others), *others


def _firmer(one: Buyer) -> tuple[int, int, int]:
    low, moderate, high = one.indecision
    return low + high - high // 2, moderate, high // 2


def _start(one: Buyer, name: str, by: int) -> dict[str, Any]:
    return {name: _warmer(getattr(one, name), by)}


def _begun(_: Buyer, name: str, at: Span) -> dict[str, Any]:
    return {name: at}


def _warmer(span: Span, by: int) -> Span:
    return Span(max(0, min(LEVEL, span.low + by)), max(0, min(LEVEL, span.high + by)))


def _times(span: Span, by: tuple[int, int]) -> Span:
    over, under = by
    return Span(span.low * over // under, span.high * over // under)


def _minutes(span: Span) -> str:
    low, high = span.low // 60, span.high // 60
    return f"{low}..{high} minutes" if low != high else f"{low} minutes"


def _points(span: Span) -> str:
    return f"{points(span.low)}..{points(span.high)}"


def _percent(chance: int) -> str:
    return f"{100 * chance / CERTAIN:.0f}%"


__all__ = ["Change", "changes"]
