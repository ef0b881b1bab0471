"""A handful of changes that an author might make, each as the scenario it makes: to be played, not guessed at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from engine.calendar import span_text
from engine.scenario.compiled import Buyer, Prospect, Scenario
from engine.scenario.vocabulary import ASKS
from engine.units import CERTAIN, LEVEL, POINT, Span, points

LONGER: Final = ((3, 2), (5, 2))
"""Patience half as long again, and two and a half times as long."""
CEILING: Final = CERTAIN // 5
"""By how much the ceiling is raised and lowered."""
WARMER: Final = 10 * POINT


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
    """The changes that would change anything in this scenario. With several prospects each is made to all of them, and
    the words are about the first."""
    return tuple(_changes(scenario))


def _changes(scenario: Scenario) -> Iterator[Change]:
    first = scenario.prospects[0]
    buyer, calendar = first.buyer, scenario.calendar
    for by in LONGER:
        yield _patience(scenario, by)
    yield Change(
        f"a deadline of {span_text(2 * calendar.deadline)}",
        span_text(calendar.deadline),
        "calendar.deadline",
        replace(scenario, calendar=replace(calendar, deadline=2 * calendar.deadline)),
    )
    if any(not line.prices for one in scenario.prospects for line in one.lines if line.kind in ASKS):
        yield Change("the price named by the question itself", "", "lines (prices: yes)", _prospects(scenario, _priced))
    if any(one.buyer.today < one.buyer.real for one in scenario.prospects):
        yield _ceiling(scenario, CEILING)
        if buyer.ready.low:
            yield Change(
                f"buyers ready after {_span(_times(buyer.ready, (1, 2)))}",
                _span(buyer.ready),
                "buyer.ready",
                _buyers(scenario, lambda one: {"ready": _times(one.ready, (1, 2))}),
            )
    if any(one.buyer.today for one in scenario.prospects):
        yield _ceiling(scenario, -CEILING)
    if any(one.buyer.decides[0] < CERTAIN for one in scenario.prospects):
        yield Change(
            f"{_percent(_alone(buyer)[0])} who decide alone",
            _percent(buyer.decides[0]),
            "buyer.decides",
            _buyers(scenario, lambda one: {"decides": _alone(one)}),
        )
    yield Change(
        f"trust of {_points(_warmer(buyer.trust))} at the start",
        _points(buyer.trust),
        "buyer.trust",
        _buyers(scenario, lambda one: {"trust": _warmer(one.trust)}),
    )
    yield Change(
        f"interest of {_points(_warmer(buyer.interest))} at the start",
        _points(buyer.interest),
        "buyer.interest",
        _buyers(scenario, lambda one: {"interest": _warmer(one.interest)}),
    )
    if any(one.objections for one in scenario.prospects):
        yield Change("half as many objections", "", "objections (chance)", _prospects(scenario, _fewer_objections))
    if any(one.buyer.rival is not None for one in scenario.prospects):
        yield Change("rivals half as quick", "", "buyer.rival", _buyers(scenario, _slower_rival))
    if any(one.buyer.indecision[2] for one in scenario.prospects):
        yield Change(
            f"{_percent(_firmer(buyer)[2])} highly undecided",
            _percent(buyer.indecision[2]),
            "buyer.indecision",
            _buyers(scenario, lambda one: {"indecision": _firmer(one)}),
        )


def _patience(scenario: Scenario, by: tuple[int, int]) -> Change:
    """More patience, and visits that may last as long."""
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


def _slower_rival(one: Buyer) -> dict[str, Any]:
    return {"rival": replace(one.rival, per_day=one.rival.per_day // 2) if one.rival is not None else None}


def _alone(one: Buyer) -> tuple[int, ...]:
    """The shares of who decides, with half of the others' given to those who decide alone."""
    others = tuple(share // 2 for share in one.decides[1:])
    return CERTAIN - sum(others), *others


def _firmer(one: Buyer) -> tuple[int, int, int]:
    low, moderate, high = one.indecision
    return low + high - high // 2, moderate, high // 2


def _warmer(span: Span) -> Span:
    return Span(min(LEVEL, span.low + WARMER), min(LEVEL, span.high + WARMER))


def _times(span: Span, by: tuple[int, int]) -> Span:
    over, under = by
    return Span(span.low * over // under, span.high * over // under)


def _minutes(span: Span) -> str:
    low, high = span.low // 60, span.high // 60
    return f"{low}..{high} minutes" if low != high else f"{low} minutes"


def _span(span: Span) -> str:
    return f"{span_text(span.low)} to {span_text(span.high)}" if span.low != span.high else span_text(span.low)


def _points(span: Span) -> str:
    return f"{points(span.low)}..{points(span.high)}"


def _percent(chance: int) -> str:
    return f"{100 * chance / CERTAIN:.0f}%"


__all__ = ["Change", "changes"]
