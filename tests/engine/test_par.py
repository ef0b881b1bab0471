"""Claims about par: the best of expert, schools and script, honestly chosen, and known well enough to compare with."""

from __future__ import annotations

from math import hypot, sqrt

import pytest

from engine import world as at
from engine.doctrines import SCHOOLS, Entry, Script, Sight, outlook, play_out
from engine.par import Attempt, attempt, gain, par, settled
from engine.rules import Move
from tests.engine.sales import bundled

REAL = 3
"""A seed of a buyer who buys, in the scenarios below."""


def error(values: list[int]) -> float:
    mean = sum(values) / len(values)
    return sqrt(sum((one - mean) ** 2 for one in values) / len(values) / (len(values) - 1))


def test_what_a_player_gains_over_another_is_right_on_average_and_varies_less_than_a_run() -> None:
    game = bundled("roof-before-the-rain")
    rules, core = game.rules, game.new_initial_state(REAL).core
    guide, player = SCHOOLS["plan-a"](rules, 0), SCHOOLS["same-day"](rules, 0)
    guided = [outlook(rules, core, rules.luck(f"guide/{number}"), guide) for number in range(300)]
    plain = [outlook(rules, core, rules.luck(f"plain/{number}"), player) for number in range(300)]
    gains = [gain(rules, core, f"gain/{number}", player, guide) for number in range(80)]
    found = sum(guided) / len(guided) + sum(gains) / len(gains)
    assert abs(found - sum(plain) / len(plain)) < 3 * hypot(error(guided), error(gains), error(plain))
    assert error(gains) < error(plain[:80])


def test_who_plays_as_the_guide_does_gains_nothing() -> None:
    game = bundled("roof-before-the-rain")
    guide = SCHOOLS["plan-a"](game.rules, 0)
    assert gain(game.rules, game.new_initial_state(REAL).core, "same", guide, guide) == 0


def test_who_came_out_best_by_luck_is_measured_by_the_runs_that_did_not_choose_them() -> None:
    game = bundled("first-five-minutes")
    assert game.new_initial_state(REAL).people[0][at.REAL]
    lucky_then_not = [Attempt((1000, 500), False), Attempt((100, 500), False)] * 3
    assert settled(game, REAL, lucky_then_not).value == (100 + 500) // 2
    steady = [Attempt((400, 500), False), Attempt((420, 520), False)] * 3
    assert settled(game, REAL, steady).value == 510


def test_the_script_that_comes_along_is_one_of_those_that_par_is_the_best_of(monkeypatch: pytest.MonkeyPatch) -> None:
    game = bundled("first-five-minutes")
    core, luck, path = game.new_initial_state(REAL).core, game.rules.luck("path"), list[Move]()

    def watched(s: Sight) -> Move:
        path.append(SCHOOLS["same-day"](game.rules, 0)(s))
        return path[-1]

    play_out(game.rules, core, luck, watched)
    monkeypatch.setattr("engine.par.EACH", 2)
    monkeypatch.setattr("engine.par.known_script", lambda rules: None)
    without = attempt(game, REAL, 0).earned
    monkeypatch.setattr("engine.par.known_script", lambda rules: Script(map(Entry, path)))
    *schools, script, expert = attempt(game, REAL, 0).earned
    assert (*schools, expert) == without
    assert script > 0


def test_no_school_earns_more_than_par_from_the_same_buyer() -> None:
    game = bundled("first-five-minutes")
    state, found = game.new_initial_state(REAL), par(game, REAL, 4)
    for name, school in SCHOOLS.items():
        choose = school(game.rules, 0)
        earned = [outlook(game.rules, state.core, game.rules.luck(f"other/{run}"), choose) for run in range(150)]
        assert sum(earned) / len(earned) < found.value + 3 * hypot(found.error, error(earned)), name


def test_the_error_of_par_is_below_a_twentieth_of_it() -> None:
    found = par(bundled("first-five-minutes"), REAL, 4)
    assert 20 * found.error < found.value
