"""Claims about the laboratory: that it is an ordinary scenario, and that its kinds of sale are what they say."""

from __future__ import annotations

from importlib.resources import files

import pytest

from engine import world as at
from engine.evidence.lab import PERCENT, PRESETS, lab, play
from engine.evidence.populations import drawn, played
from engine.evidence.routines import Routine, ordinary
from engine.scenario.loading import check_scenario
from engine.units import CERTAIN


def test_the_laboratory_passes_the_checker_without_a_warning() -> None:
    text = files("engine.evidence").joinpath("lab.yaml").read_bytes()
    scenario, problems = check_scenario(text, "lab.yaml")
    assert scenario is not None
    assert [each for each in problems if each.level != "hint"] == []


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_kind_of_sale_differs_from_the_scenario_by_what_it_names(preset: str) -> None:
    prospect = lab(preset).scenario.prospects[0]
    for name, value in PRESETS[preset].changes.items():
        if name == "price":
            assert prospect.offer.price == value
            assert prospect.offer.floor == value * 80 // 100
        elif name == "size":
            assert prospect.offer.size == value
        elif name == "objects":
            assert {objection.chance for objection in prospect.objections} == {value}
        elif name == "sale":
            assert prospect.sale == value
        elif name == "deadline":
            assert lab(preset).scenario.calendar.deadline == value
        else:
            assert getattr(prospect.buyer, name) == value


def test_only_the_small_price_band_is_a_small_sale() -> None:
    sizes = {preset: lab(preset).scenario.prospects[0].offer.size for preset in PRESETS}
    assert sizes == dict.fromkeys(PRESETS, "large") | {"small_retail": "small"}


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_kind_of_sale_says_which_figures_it_is_set_by(preset: str) -> None:
    assert "." in PRESETS[preset].says
    assert PRESETS[preset].says.endswith(".")


def test_further_changes_are_made_by_name() -> None:
    game = lab("auto", real=0, deadline=600, price=1_000)
    assert game.scenario.prospects[0].buyer.real == 0
    assert game.scenario.calendar.deadline == 600
    assert not any(person[at.REAL] for person in drawn(game, "nobody", 50))


def test_what_does_not_exist_is_answered_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="in_home"):
        lab("in_hom")
    with pytest.raises(ValueError, match="drifts"):
        lab("auto", drift=1)
    with pytest.raises(ValueError, match="a seed is a whole number"):
        play(lab("auto"), -1, Routine().sit_down())


def test_an_experiment_meets_the_same_buyers_every_time() -> None:
    routine = Routine(first=(ordinary,))
    one, other = (list(played(lab("auto"), routine, "again", 20)) for _ in range(2))
    assert [run.p for run in one] == [run.p for run in other]


def test_two_habits_of_one_experiment_meet_the_same_buyers() -> None:
    hidden = (at.REAL, at.READY_AT, at.INDECISION, at.OBJECTS)
    one, other = (
        [tuple(run.p[slot] for slot in hidden) for run in played(lab("auto"), routine, "same", 20)]
        for routine in (Routine(first=(ordinary,)), Routine())
    )
    assert one == other


def test_a_ceiling_is_the_share_who_could_order_at_once() -> None:
    game = lab("auto", today=30 * PERCENT, real=CERTAIN)
    able = sum(person[at.READY_AT] <= game.rules.start for person in drawn(game, "ceiling", 2000))
    assert 0.27 < able / 2000 < 0.33


def test_a_seller_calls_at_the_minute_it_is_told_to() -> None:
    game = lab("lead", rival=None, drifts=0)
    for minute in (1, 7, 75, 1500):
        (run,) = played(game, Routine(calls=(minute,)), "on time", 1)
        assert run.p[at.FIRST_TRY] == game.rules.start + minute
