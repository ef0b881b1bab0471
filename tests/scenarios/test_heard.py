"""Claims about what can be heard: whoever reads the words, and nothing else, sells about as well as a school does."""

from __future__ import annotations

from functools import cache

import pytest

from engine.doctrines import DOCTRINES, play_out
from engine.expectations import lead
from engine.rules import start
from engine.rules.value import value
from engine.units import DAY
from tests.engine.sales import SCHOOL_SCENARIOS, bundled
from tests.scenarios.listener import Listener, Plan

PLANS = {
    "friday-pipeline": Plan({"forgot": "start-over"}, minutes=16, pause=60),
    "long-audition": Plan(minutes=18, ask_from=56, pause=7 * DAY, talks=12, touches=True),
    "pricing-form": Plan(minutes=20),
    "roof-before-the-rain": Plan(minutes=60),
    "saturday-showroom": Plan({"online": "line-by-line", "long-morning": "your-key-your-time"}, minutes=34),
}
RUNS = {
    "friday-pipeline": 40,
    "long-audition": 100,
    "pricing-form": 60,
    "roof-before-the-rain": 60,
    "saturday-showroom": 80,
}
SCHOOLS = {scenario: school for school, scenario in SCHOOL_SCENARIOS.items()}
APART = 1.96
NEARLY = 2 / 3
"""Of what the school earns for which the scenario is, which sees in numbers what this player has to read."""


@cache
def earned(scenario: str, deaf: bool = False) -> tuple[int, ...]:
    game = bundled(scenario)
    seeds = range(1, RUNS[scenario] + 1)
    return tuple(value(game.rules, Listener(game, PLANS[scenario], deaf).play(seed).core) for seed in seeds)


def of_the_school(scenario: str) -> list[int]:
    rules, found = bundled(scenario).rules, list[int]()
    for seed in range(1, RUNS[scenario] + 1):
        luck, choose = rules.luck(seed), DOCTRINES[SCHOOLS[scenario]](rules, seed)
        found.append(value(rules, play_out(rules, start(rules, luck), luck, choose)))
    return found


@pytest.mark.parametrize("scenario", PLANS)
def test_reading_the_words_is_enough_to_sell(scenario: str) -> None:
    assert sum(earned(scenario)) > NEARLY * sum(of_the_school(scenario)) > 0


@pytest.mark.parametrize("scenario", PLANS)
def test_the_same_plan_without_the_words_sells_next_to_nothing(scenario: str) -> None:
    assert lead(earned(scenario), earned(scenario, deaf=True)) > APART
