"""Claims about the scenarios beside their trades: what is counted, and by how much a game is kinder."""

from __future__ import annotations

import re

import pytest

from engine.doctrines import DOCTRINES
from engine.evidence.lab import opening
from engine.evidence.page import Work
from engine.evidence.schools import EXPERT, SCENARIOS, scenario_trials
from engine.evidence.tallies import Tallies
from engine.evidence.targets import targets
from engine.evidence.trades import TRADES, Beside, Trade, beside, trade_trials
from engine.evidence.trials import BLOCKS, Block, Expecting, World
from engine.intervals import Mean
from engine.outlook import foreseen, outlook
from engine.scenario import Scenario
from tests.engine.sales import bundled

ORDERS = Trade("saturday-showroom", "orders per visitor", 0.12, 0.25, "somebody", "orders", "prospects")
OPEN = Trade("friday-pipeline", "left open", 0.4, 0.6, "somebody", "limbo", "prospects", less_is_kinder=True)


def load(name: str) -> Scenario:
    return bundled(name).scenario


def measured(trade: Trade, share: float) -> Beside:
    return Beside(trade, "a school", Mean(share, 0.01), None)


@pytest.mark.parametrize(
    ("share", "times", "kinder"),
    [(0.5, 2.0, True), (0.2, None, False), (0.06, 0.5, False), (0.115, None, False), (0.26, None, False)],
)
def test_more_orders_than_in_the_trade_are_kinder_and_the_factor_is_to_the_nearer_end(
    share: float, times: float | None, kinder: bool
) -> None:
    found = measured(ORDERS, share)
    assert found.times(found.by_school) == times
    assert found.kinder(found.by_school) == kinder


def test_fewer_sales_without_a_decision_are_kinder() -> None:
    found = measured(OPEN, 0.1)
    assert found.times(found.by_school) == pytest.approx(0.25)
    assert found.kinder(found.by_school)
    assert not measured(OPEN, 0.9).kinder(Mean(0.9, 0.01))


def test_the_orders_of_school_and_expert_are_counted_alike() -> None:
    school = [Block({"runs": 10, "prospects": 10, "orders": 4})] * BLOCKS
    expert = [Block({"runs": 2, "prospects": 2, "expected_orders": 1_500_000})] * BLOCKS
    found = beside(ORDERS, Tallies({"school": school, EXPERT: expert}))
    assert (found.school, found.by_school.value) == ("same-day", 0.4)
    assert found.by_expert is not None
    assert found.by_expert.value == 0.75


def test_the_expert_has_no_figure_where_only_orders_are_known() -> None:
    trade = Trade("saturday-showroom", "dates kept", 0.56, 0.56, "somebody", "dated_again", "dated")
    school = [Block({"runs": 10, "dated": 4, "dated_again": 3})] * BLOCKS
    found = beside(trade, Tallies({"school": school, EXPERT: school}))
    assert found.by_school.value == 0.75
    assert found.by_expert is None


def test_every_scenario_has_a_figure_and_every_source_is_listed() -> None:
    assert {trade.scenario for trade in TRADES} == set(SCENARIOS)
    assert len({(trade.scenario, trade.what) for trade in TRADES}) == len(TRADES)
    for trade in TRADES:
        assert trade.low <= trade.high
        assert all(int(number) in targets().sources for number in re.findall(r"\[(\d+)\]", trade.source))


def test_nothing_is_played_for_it_that_the_schools_table_does_not_play() -> None:
    for trade in TRADES:
        table = set(scenario_trials(trade.scenario).values())
        assert set(trade_trials(trade).values()) <= table
    assert len(Work(["schools", "trades"], 40).jobs) == len(Work(["schools"], 40).jobs)


@pytest.mark.parametrize("scenario", ["saturday-showroom", "friday-pipeline"])
def test_the_orders_that_can_be_expected_are_a_chance_of_each_prospect(scenario: str) -> None:
    block = Expecting(World(scenario), "plan-a", 2).play(0, 20, load)
    assert 0 < block.counts["expected_orders"] <= 1_000_000 * block.counts["prospects"]


def test_orders_are_foreseen_with_the_worth_of_the_same_run() -> None:
    game = bundled("roof-before-the-rain")
    for seed in range(10):
        core, luck = opening(game, seed)
        player = DOCTRINES["plan-a"]
        worth, orders = foreseen(game.rules, core, luck, player(game.rules, seed))
        assert worth == outlook(game.rules, core, luck, player(game.rules, seed))
        assert 0 <= orders <= 1_000_000
