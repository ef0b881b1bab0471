"""Claims about the claims: every one has an experiment that runs, effects, and the smallest effect that matters."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite, nan

import pytest

from engine.evidence.claims import Claim, Figure
from engine.evidence.page import CLAIMS
from engine.evidence.switches import SWITCHES
from engine.evidence.tallies import Tallies, less, over, rate, times
from engine.evidence.trials import BLOCKS, Block, Playing, World, game, runs_of
from engine.evidence.verdicts import VERDICTS, Judgement, judged
from engine.intervals import Mean
from engine.scenario import Scenario
from engine.scenario.vocabulary import SCHOOLS
from tests.engine.sales import bundled


def load(name: str) -> Scenario:
    return bundled(name).scenario


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mean", [Mean(nan, inf), Mean(3.0, inf)])
def test_what_could_not_be_worked_out_is_not_printed(mean: Mean) -> None:
    assert Figure("", mean).text() == "too few runs"


def test_an_exact_figure_has_no_error_to_print() -> None:
    assert Figure("", Mean(77.0, 0.0), "%", 0).text() == "77%"
    assert Figure("", Mean(7.1, 0.4), "points").text() == "7.1 +/- 0.8 points"


# --- figures ---------------------------------------------------------------------------------------------------------


def block(runs: int, orders: int) -> Block:
    return Block({"runs": runs, "orders": orders})


def test_the_error_of_a_share_is_that_of_its_blocks() -> None:
    blocks = [block(10, 4 + number % 3) for number in range(BLOCKS)]
    found = Tallies({"a": blocks}).figure(rate("a", "orders"))
    shares = [each.counts["orders"] / 10 for each in blocks]
    middle = sum(shares) / BLOCKS
    spread = sum((share - middle) ** 2 for share in shares) / (BLOCKS - 1)
    assert found.value == pytest.approx(middle)
    assert found.error == pytest.approx((spread / BLOCKS) ** 0.5)


def test_what_two_trials_share_cancels_out_of_their_difference() -> None:
    blocks = [block(10, number % 7) for number in range(BLOCKS)]
    more = [block(10, number % 7 + 1) for number in range(BLOCKS)]
    found = Tallies({"a": blocks, "b": more})
    assert found.figure(less(rate("b", "orders"), rate("a", "orders"))).error == pytest.approx(0, abs=1e-12)
    assert found.figure(rate("a", "orders")).error > 0.04


def test_a_ratio_of_nothing_is_no_figure() -> None:
    nothing = Tallies({"a": [block(10, 0)] * BLOCKS})
    found = nothing.figure(over(rate("a", "orders"), times(2, rate("a", "orders"))))
    assert found.error == inf


def test_half_of_the_runs_count_half() -> None:
    assert Tallies({"a": [block(10, 5)] * BLOCKS}).figure(times(100, rate("a", "orders"))).value == 50


# --- worlds ----------------------------------------------------------------------------------------------------------


def test_a_world_changes_what_it_names_and_nothing_else() -> None:
    as_it_is, frozen = World("saturday-showroom"), World("saturday-showroom", fades="frozen")
    one, other = game(as_it_is, load).scenario, game(frozen, load).scenario
    assert one.prospects[0].buyer.fades != other.prospects[0].buyer.fades
    assert one.prospects[0].lines == other.prospects[0].lines
    assert one.calendar == other.calendar


def test_with_nothing_fading_interest_is_the_same_after_a_week() -> None:
    frozen = game(World("saturday-showroom", fades="frozen"), load).rules.prospects[0]
    assert frozen.excitement_law(10_080) == frozen.excitement_law(0)
    assert frozen.conviction_law(10_080) == frozen.conviction_law(0)


def test_the_fast_store_can_be_emptied_or_slowed() -> None:
    as_it_is, emptied, slowed = (
        game(World("saturday-showroom", fades=fades), load).rules.prospects[0] for fades in (None, "emptied", "slowed")
    )
    assert emptied.excitement_law(60) < as_it_is.excitement_law(60) < slowed.excitement_law(60)
    assert slowed.excitement_law(600) == as_it_is.conviction_law(600)
    assert emptied.conviction_law(600) == as_it_is.conviction_law(600)


def test_copies_of_a_prospect_have_luck_of_their_own() -> None:
    many = game(World("lead", copies=3), load)
    assert len({tuple(person[:10]) for person in many.new_initial_state(1).people}) == 3


def test_equal_seeds_give_equal_blocks() -> None:
    trial = Playing(World("saturday-showroom"), "same-day")
    assert trial.play(0, 12, load) == trial.play(0, 12, load)
    whole, parts = trial.play(0, 12, load), [trial.play(0, 6, load), trial.play(6, 6, load)]
    assert whole.values == (*parts[0].values, *parts[1].values)


# --- the claims ------------------------------------------------------------------------------------------------------


def tried(claim: Claim, asked: int = 40) -> Judgement:
    """A claim with few runs of each trial."""
    blocks: dict[str, Sequence[Block]] = {}
    for name, trial in claim.trials.items():
        runs = runs_of(trial, asked) // BLOCKS
        blocks[name] = [trial.play(number * runs, runs, load) for number in range(BLOCKS)]
    (judgement,) = judged([(claim, Tallies(blocks))])
    return judgement


def test_there_are_22_claims_and_each_school_has_its_own() -> None:
    assert [claim.id for claim in CLAIMS] == [
        *(f"0.{number}" for number in range(1, 6)),
        *(f"1.{number}" for number in range(1, 5)),
        *(f"2.{number}" for number in range(1, 6)),
        *(f"3.{number}" for number in range(1, 5)),
        *(f"4.{number}" for number in range(1, 5)),
    ]
    assert {claim.school for claim in CLAIMS} == set(SCHOOLS)


@pytest.mark.parametrize("claim", [*CLAIMS, *SWITCHES], ids=lambda claim: claim.id)
def test_a_claim_is_a_sentence_with_its_test(claim: Claim) -> None:
    assert claim.says.endswith(".")
    assert claim.tested.endswith(".")
    assert claim.trials or claim.id == "2.2"


QUICK = ("0.3", "1.3", "2.2", "3.2", "3.3", "4.4")
"""Claims whose experiments are small enough to be tried whole in a test."""


@pytest.mark.parametrize("claim", [claim for claim in CLAIMS if claim.id in QUICK], ids=lambda claim: claim.id)
def test_an_experiment_gives_every_effect_and_figure_and_a_verdict(claim: Claim) -> None:
    judgement = tried(claim)
    assert judgement.verdict in VERDICTS
    assert [found.effect for found in judgement.found] == list(claim.effects)
    assert all(len(found.places) == len(found.effect.places) for found in judgement.found)
    assert len(judgement.shown) == len(claim.shown)


def test_an_experiment_says_the_same_every_time() -> None:
    (claim,) = (claim for claim in CLAIMS if claim.id == "4.4")
    one, again = tried(claim, 400), tried(claim, 400)
    assert (one.found, one.shown) == (again.found, again.shown)


@pytest.mark.parametrize("claim", [*CLAIMS, *SWITCHES], ids=lambda claim: claim.id)
def test_every_claim_says_how_much_would_matter_and_why(claim: Claim) -> None:
    assert claim.effects
    for effect in claim.effects:
        assert effect.places
        assert isfinite(effect.matters.low) or isfinite(effect.matters.high)
        assert effect.matters.because


@pytest.mark.parametrize("claim", [*CLAIMS, *SWITCHES], ids=lambda claim: claim.id)
def test_every_claim_can_be_judged_from_whatever_comes_out_and_one_run_decides_nothing(claim: Claim) -> None:
    one = {name: trial.play(0, 1, load) for name, trial in claim.trials.items()}
    (judgement,) = judged([(claim, Tallies({name: [only] * BLOCKS for name, only in one.items()}))])
    assert judgement.verdict == ("undecided" if claim.trials else "depends")
