"""Claims about what can be heard: whoever reads the words, and nothing else, sells about as well as a school does."""

from __future__ import annotations

from functools import cache

import pytest

from engine.doctrines import DOCTRINES, Entry, Script
from engine.expectations import lead
from engine.outlook import outlook
from engine.play import Game
from engine.playing import Chooser, play_out
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


LISTS = {
    "everybody-is-shown-everything": (
        "side-by-side who-signs who-should-see sum-or-when what-worries-you how-you-choose anybody-waiting "
        "say-it-back two-days-of-noise what-i-have why-now what-worries-you the-valley three-addresses start-at-one "
        "about-the-cost what-compare half-and-half price-and-ask the-form come-and-sit ten-minutes-outside "
        "sum-or-when the-price monday-then monday-then monday-then close-the-file wait.tomorrow"
    ),
    "each-answer-in-turn": (
        "who-signs who-should-see sum-or-when three-addresses what-compare two-days-of-noise why-now is-that-it "
        "over-a-year say-no-if-no what-else-counts side-by-side anybody-waiting is-that-it how-you-choose "
        "what-worries-you come-and-sit what-i-have the-valley price-and-ask the-price the-form start-at-one "
        "monday-then half-and-half monday-then monday-then close-the-file monday-then"
    ),
}
"""Lists of lines that were found for the roof while the wrong answer cost less there."""


@pytest.mark.parametrize("words", LISTS.values(), ids=LISTS)
def test_a_list_said_to_everybody_sells_far_less_than_listening(words: str) -> None:
    game = bundled("roof-before-the-rain")
    read = Script(Entry(game.move_named(name)) for name in words.split())
    school = DOCTRINES["plan-a"](game.rules, 0)
    buyers = range(1, 601)
    by_list = sum(_promised(game, read.read_out(), seed) for seed in buyers)
    assert by_list < 0.6 * sum(_promised(game, school, seed) for seed in buyers)


def _promised(game: Game, choose: Chooser, seed: int) -> int:
    """What somebody earns from the buyer of a seed, the yes counted with its exact chance."""
    luck = game.rules.luck(seed)
    return outlook(game.rules, start(game.rules, luck), luck, choose)
