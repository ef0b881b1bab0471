"""What came of a scenario that everybody has played, why, and what a change to it did."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from engine.authoring.balancing import WHYS, Course, changed_orders, follow, lead, school_lead, sigmas, together
from engine.authoring.changes import Change, changes
from engine.doctrines import DOCTRINES, SCHOOLS
from engine.rules import prepare
from engine.scenario import read_scenario
from engine.scenario.compiled import Scenario
from engine.simulate import simulate
from tests.engine.sales import BUNDLED, bundled

PAGE = Path(__file__).parents[3] / "scenarios" / "problems" / "FV605.md"
RUNS = 40


@cache
def hurried() -> Scenario:
    """Patience of 20 to 25 minutes, and a question that comes after 27."""
    text = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    return read_scenario(text.encode(), "hurried.yaml")


def courses(scenario: Scenario, runs: int = RUNS) -> dict[str, Course]:
    rules = prepare(scenario)
    return {name: follow(rules, SCHOOLS[name], range(runs)) for name in SCHOOLS}


def change(scenario: Scenario, field: str, nth: int = 0) -> Change:
    return [each for each in changes(scenario) if each.field == field][nth]


@pytest.mark.parametrize("name", ["first-five-minutes", "friday-pipeline"])
def test_a_course_says_of_runs_what_a_tally_says(name: str) -> None:
    rules = bundled(name).rules
    course = follow(rules, DOCTRINES["collector"], range(20))
    tally = simulate(rules, DOCTRINES["collector"], range(20), each=True)
    ends = course.count("end order-first-visit"), course.count("end order-later"), course.count("end no-sale")
    assert ends == (tally.outcomes[0], tally.outcomes[1], tally.outcomes[3])
    assert course.earned == tally.earned
    assert (course.count("moves"), course.count("minutes")) == (tally.moves.total, tally.minutes.total)


def test_courses_add_up_in_any_order() -> None:
    rules = bundled("first-five-minutes").rules
    one, other = (follow(rules, SCHOOLS["plan-a"], seeds) for seeds in (range(12), range(12, 20)))
    assert one + other == other + one == follow(rules, SCHOOLS["plan-a"], range(20))


@pytest.mark.parametrize("name", BUNDLED)
def test_every_buyer_without_an_order_is_lost_for_one_reason(name: str) -> None:
    course = follow(bundled(name).rules, SCHOOLS["collector"], range(10))
    ordered = course.count("end order-first-visit") + course.count("end order-later")
    assert sum(course.count(f"why {why}") for why in WHYS) == course.count("buyers") - ordered


def test_patience_that_ends_too_soon_is_the_reason_and_more_of_it_the_remedy() -> None:
    now = courses(hurried())
    assert together(now.values()).count("first could-ask") == 0
    assert now["plan-a"].share("why patience", "buyers") > 0.5
    longer = change(hurried(), "buyer.patience", 1)
    assert (longer.what, longer.was) == ("patience of 50..62 minutes", "20..25 minutes")
    then = courses(longer.scenario)
    assert together(then.values()).share("first could-ask", "first") > 0.5
    first, every = changed_orders(now, then)
    assert sigmas(first) > 2
    assert sigmas(every) > 2


def test_a_price_that_is_never_named_is_the_reason() -> None:
    patient = change(hurried(), "buyer.patience", 1).scenario
    (one,) = patient.prospects
    nowhere = tuple(replace(line, first=2, last=2) if line.id == "price" else line for line in one.lines)
    course = follow(
        prepare(replace(patient, prospects=(replace(one, lines=nowhere),))), DOCTRINES["always-close"], range(RUNS)
    )
    assert course.orders == 0
    assert course.count("first could-ask") == 0
    assert course.count("why unpriced") + course.count("why no-way") > course.count("buyers") / 2


def test_a_change_that_changes_nothing_leaves_every_order_as_it_was() -> None:
    now = courses(hurried(), 20)
    first, every = changed_orders(now, courses(hurried(), 20))
    assert (sigmas(first), sigmas(every)) == (0, 0)


def test_each_change_can_be_played_and_is_one_change() -> None:
    for each in changes(bundled("saturday-showroom").scenario):
        assert each.scenario.digest() != bundled("saturday-showroom").scenario.digest()
        follow(prepare(each.scenario), SCHOOLS["plan-a"], range(2))


def test_changes_that_are_no_changes_are_not_offered() -> None:
    fields = [each.field for each in changes(hurried())]
    assert "buyer.decides" not in fields
    assert "objections (chance)" not in fields
    assert "buyer.rival" not in fields


def test_the_lead_of_a_school_says_how_many_runs_would_make_it_sure() -> None:
    rules = bundled("first-five-minutes").rules
    found = {name: follow(rules, SCHOOLS[name], range(30)) for name in SCHOOLS}
    ahead = school_lead(found)
    assert ahead.by.value >= 0
    assert lead(found, ahead.second, ahead.first).by.value == -ahead.by.value
    assert ahead.needed(30) is None or (ahead.needed(30) or 0) >= 30
