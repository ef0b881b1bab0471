"""Claims about the five schools: each is right somewhere, and none is right everywhere."""

from __future__ import annotations

from functools import cache

import pytest

from engine.doctrines import DOCTRINES, FOILS, SCHOOLS, play_out
from engine.rules.value import value
from tests.engine.sales import SCHOOL_SCENARIOS, bundled

SEEDS = range(500)


@cache
def earned(doctrine: str, scenario: str) -> tuple[int, ...]:
    """What a doctrine earns from each of the first 500 buyers of a scenario, in minor units."""
    game = bundled(scenario)
    results = []
    for seed in SEEDS:
        state = game.new_initial_state(seed)
        results.append(value(game.rules, play_out(game.rules, state.core, state.luck, DOCTRINES[doctrine])))
    return tuple(results)


def mean(doctrine: str, scenario: str) -> float:
    results = earned(doctrine, scenario)
    return sum(results) / len(results)


def lead(doctrine: str, other: str, scenario: str) -> float:
    """By how many standard errors one doctrine's mean is above another's, the buyers being the same."""
    gaps = [a - b for a, b in zip(earned(doctrine, scenario), earned(other, scenario), strict=True)]
    average = sum(gaps) / len(gaps)
    spread = sum((gap - average) ** 2 for gap in gaps) / (len(gaps) - 1)
    return average / (spread / len(gaps)) ** 0.5 if spread else 0.0


@pytest.mark.parametrize("foil", sorted(FOILS))
@pytest.mark.parametrize("school", sorted(SCHOOLS))
def test_each_school_beats_every_bad_habit_where_it_is_right(school: str, foil: str) -> None:
    assert lead(school, foil, SCHOOL_SCENARIOS[school]) > 2


def test_no_one_school_is_best_in_all_five() -> None:
    best = [max(SCHOOLS, key=lambda school: mean(school, scenario)) for scenario in SCHOOL_SCENARIOS.values()]
    assert len(set(best)) > 1
    assert all(best.count(school) <= 2 for school in SCHOOLS)


@pytest.mark.parametrize("school", sorted(SCHOOLS))
def test_no_school_beats_the_one_whose_scenario_it_is(school: str) -> None:
    scenario = SCHOOL_SCENARIOS[school]
    assert all(lead(other, school, scenario) < 2 for other in SCHOOLS if other != school)


@pytest.mark.parametrize("scenario", sorted(SCHOOL_SCENARIOS.values()))
def test_random_play_is_no_way_to_sell(scenario: str) -> None:
    assert all(mean("random", scenario) < mean(school, scenario) for school in SCHOOLS if right(school, scenario))


def right(school: str, scenario: str) -> bool:
    return SCHOOL_SCENARIOS[school] == scenario
