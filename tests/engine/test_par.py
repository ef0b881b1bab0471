"""Claims about par: the best of expert, schools and script, honestly chosen, and known well enough to compare with."""

from __future__ import annotations

from math import hypot, sqrt

import pytest

from engine import world as at
from engine.doctrines import SCHOOLS, Entry, Script
from engine.luck import Luck
from engine.outlook import outlook
from engine.par import LONG, LOOKS, Attempt, Par, attempt, enough, followed, par, par_so_far, scale, settled
from engine.playing import play_out
from engine.rules import Move
from engine.sight import Sight
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
    gains = [followed(rules, core, f"gain/{number}", player, guide)[0] for number in range(80)]
    found = sum(guided) / len(guided) + sum(gains) / len(gains)
    assert abs(found - sum(plain) / len(plain)) < 3 * hypot(error(guided), error(gains), error(plain))
    assert error(gains) < error(plain[:80])


def test_who_plays_as_the_guide_does_gains_nothing() -> None:
    game = bundled("roof-before-the-rain")
    guide = SCHOOLS["plan-a"](game.rules, 0)
    assert followed(game.rules, game.new_initial_state(REAL).core, "same", guide, guide)[0] == 0


def test_what_runs_that_are_followed_were_worth_is_their_outlook_with_less_luck_in_it() -> None:
    """A no that ends the sale has its exact chance too, where an outlook draws it."""
    game = bundled("pricing-form")
    rules, core = game.rules, game.new_initial_state(0).core
    school = SCHOOLS["collector"](rules, 0)
    plain = [outlook(rules, core, rules.luck(f"plain/{number}"), school) for number in range(300)]
    runs = [followed(rules, core, f"run/{number}", school, school)[1] for number in range(300)]
    assert abs(sum(runs) - sum(plain)) / 300 < 3 * hypot(error(runs), error(plain))
    assert error(runs) < 0.93 * error(plain)


def test_who_came_out_best_by_luck_is_measured_by_the_runs_that_did_not_choose_them() -> None:
    game = bundled("first-five-minutes")
    assert game.new_initial_state(REAL).people[0][at.REAL]
    lucky_then_not = [Attempt((1000, 500), False), Attempt((100, 500), False)] * 3
    assert settled(game, REAL, lucky_then_not).value == (100 + 500) // 2
    steady = [Attempt((400, 500), False), Attempt((420, 520), False)] * 3
    assert settled(game, REAL, steady).value == 510


def measured(leads: list[int], runs: list[int]) -> list[Attempt]:
    """Attempts of an expert that is far ahead of the only school."""
    return [Attempt((0, by_leads), False, run) for by_leads, run in zip(leads, runs, strict=True)]


def test_the_expert_is_measured_by_what_varies_less_once_there_are_runs_enough_to_tell() -> None:
    game = bundled("first-five-minutes")
    wild, calm = [4000, 4000, 12_000, 12_000] * 3, [7900, 8100, 8100, 7900] * 3
    by_leads, by_runs = measured(calm, wild), measured(wild, calm)
    for attempts in (by_leads, by_runs):
        found = settled(game, REAL, attempts)
        assert abs(found.value - 8000) <= 10
        assert found.error < 100
    assert settled(game, REAL, by_runs[:8]).error > 1000
    assert settled(game, REAL, by_leads[:8]).error < 100


def test_the_fewer_attempts_agree_the_less_they_are_believed() -> None:
    """Two standard errors hold what they should, 95 of 100, after four attempts as after many."""
    game, luck = bundled("first-five-minutes"), Luck("attempts", "spread")

    def found(many: int, number: int) -> Par:
        earned = [sum(luck.between(-1000, 1000, f"{number}/{each}", die) for die in range(3)) for each in range(many)]
        return settled(game, REAL, [Attempt((10_000 + each, 0), False) for each in earned])

    for many in LOOKS[:3]:
        pars = [found(many, number) for number in range(400)]
        outside = sum(abs(each.value - 10_000) > 2 * each.error for each in pars)
        assert outside < 0.07 * len(pars), many


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


def spread(by: int, many: int, around: int = 8000) -> list[Attempt]:
    """Attempts at which one player earns so much more, or less, than so much."""
    return [Attempt((around + (by if number // 2 % 2 else -by), 0), False) for number in range(many)]


def test_attempts_go_on_until_par_is_known_to_a_twentieth_of_it() -> None:
    game = bundled("first-five-minutes")
    first, second = LOOKS[:2]
    assert enough(game, REAL, spread(100, first - 1)) is None
    soon = enough(game, REAL, spread(100, first))
    assert soon is not None
    assert enough(game, REAL, spread(100, second)) == soon  # whoever has made more has the same
    assert enough(game, REAL, spread(2000, second - 1)) is None
    later = enough(game, REAL, spread(600, second))
    assert later is not None
    assert later.runs == second
    for found in (soon, later):
        assert 20 * found.error <= scale(game, found)


def test_until_then_there_is_par_so_far_from_the_first_look_on() -> None:
    game = bundled("first-five-minutes")
    first, second = LOOKS[:2]
    assert par_so_far(game, REAL, spread(600, first - 1)) is None
    for many in (first, second - 1):
        rough = par_so_far(game, REAL, spread(600, many))
        assert rough is not None
        assert rough.so_far
        assert rough.runs == first
        assert 20 * rough.error > scale(game, rough)
    known = par_so_far(game, REAL, spread(600, second))
    assert known is not None
    assert not known.so_far
    assert known == enough(game, REAL, spread(600, second))


def test_somebody_from_whom_one_time_much_is_earned_and_one_time_little_has_a_par_that_is_known_as_well() -> None:
    game = bundled("first-five-minutes")
    found = enough(game, REAL, spread(5000, LOOKS[-1]))
    assert found is not None
    assert found.runs < LOOKS[-1]
    assert 20 * found.error <= scale(game, found)


def test_one_clean_no_does_not_say_how_far_others_would_lie_apart() -> None:
    game = bundled("roof-before-the-rain")
    nobody = next(seed for seed in range(100) if not game.new_initial_state(seed).people[0][at.REAL])
    one, all_of_them = (
        [Attempt((-100,), clean) for clean in (True, *[rest] * (LOOKS[0] - 1))] for rest in (False, True)
    )
    assert enough(game, nobody, one) is None
    assert par_so_far(game, nobody, one) is None
    assert enough(game, nobody, all_of_them) is not None


def test_attempts_end_where_nobody_would_wait_any_longer() -> None:
    found = enough(bundled("first-five-minutes"), REAL, spread(30_000, LOOKS[-1], 20_000))
    assert found is not None
    assert found.runs == LOOKS[-1]
    for name in ("friday-pipeline", "long-audition"):
        long = enough(bundled(name), REAL, spread(10**9, LONG[-1], 2 * 10**9))
        assert long is not None
        assert long.runs == LONG[-1]


def test_in_the_first_sale_a_few_attempts_will_do() -> None:
    game = bundled("first-five-minutes")
    found = par(game, REAL)
    assert found.runs == LOOKS[0]
    assert 20 * found.error < found.value
