"""Claims about the five schools: each is right somewhere, and none is right everywhere."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from engine.doctrines import FOILS, SCHOOLS
from engine.expectations import earnings, findings, lead
from engine.play import Game
from engine.scenario.compiled import Expect
from engine.units import CERTAIN, Span
from tests.engine.sales import BUNDLED, SCHOOL_SCENARIOS, bundled

RUNS = 500


@cache
def earned(doctrine: str, scenario: str) -> tuple[int, ...]:
    """What a doctrine earns from each of the first 500 buyers of a scenario, in minor units."""
    return earnings(bundled(scenario), doctrine, RUNS)


def mean(doctrine: str, scenario: str) -> float:
    results = earned(doctrine, scenario)
    return sum(results) / len(results)


def ahead(doctrine: str, other: str, scenario: str) -> float:
    """By how many standard errors one doctrine's mean is above another's."""
    return lead(earned(doctrine, scenario), earned(other, scenario))


@pytest.mark.parametrize("foil", sorted(FOILS))
@pytest.mark.parametrize("school", sorted(SCHOOLS))
def test_each_school_beats_every_bad_habit_where_it_is_right(school: str, foil: str) -> None:
    assert ahead(school, foil, SCHOOL_SCENARIOS[school]) > 2


def test_no_one_school_is_best_in_all_five() -> None:
    best = [max(SCHOOLS, key=lambda school: mean(school, scenario)) for scenario in SCHOOL_SCENARIOS.values()]
    assert len(set(best)) > 1
    assert all(best.count(school) <= 2 for school in SCHOOLS)


@pytest.mark.parametrize("school", sorted(SCHOOLS))
def test_no_school_beats_the_one_whose_scenario_it_is(school: str) -> None:
    scenario = SCHOOL_SCENARIOS[school]
    assert all(ahead(other, school, scenario) < 2 for other in SCHOOLS if other != school)


@pytest.mark.parametrize("scenario", BUNDLED)
def test_every_bundled_scenario_does_what_its_author_expects(scenario: str) -> None:
    assert [finding for finding in findings(bundled(scenario)) if not finding.met] == []


def test_an_expectation_that_is_not_met_says_what_came_out_instead() -> None:
    game = bundled("first-five-minutes")
    wrong = replace(
        game.scenario, expect=Expect(best_school="audition", first_visit_close=(("audition", Span(CERTAIN, CERTAIN)),))
    )
    school, close = findings(Game(wrong), runs=40)
    assert not school.met
    assert "against" in school.found
    assert not close.met
    assert "0.0% of 40" in close.found
