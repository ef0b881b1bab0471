"""Claims about the schools' tables: who is best is read off the same buyers, and being apart off intervals."""

from __future__ import annotations

from engine.doctrines import FOILS, SCHOOLS
from engine.evidence import schools
from engine.evidence.schools import EXPERT, QUICK, Row, SaleKind
from engine.evidence.tallies import Tallies
from engine.evidence.trials import BLOCKS, Block, Counts, Playing, runs_of
from engine.scenario import Scenario
from engine.scenario.vocabulary import SCHOOLS as TAUGHT
from tests.engine.sales import BUNDLED, SHOP, bundled, written


def load(name: str) -> Scenario:
    return bundled(name).scenario


def load_shop(_name: str) -> Scenario:
    """Where the expert is quick, whatever is asked for."""
    return written(SHOP).scenario


def counts(value: int, runs: int) -> Counts:
    return {
        "runs": runs,
        "value": value,
        "first": 1,
        "could": 2,
        "continuations": 1,
        "undated": 1,
        "decisions": 4,
    }


def paid(amounts: dict[str, int], spread: int) -> Tallies:
    """Doctrines that earn this much a run, in minor units, more and less by `spread` from buyer to buyer."""
    blocks = {}
    for place, name in enumerate((*QUICK, EXPERT)):
        earned = amounts.get(name, 0)
        wide = spread * (1 + place % 4)
        values = [(earned + wide, earned - wide) for _ in range(BLOCKS)]
        blocks[f"{name}, expected"] = [Block({"runs": 2, "value": sum(own)}, own) for own in values]
        if name != EXPERT:
            blocks[name] = [Block(counts(sum(own), 2), own) for own in values]
    return Tallies(blocks)


def test_every_bundled_scenario_is_in_the_table_and_each_school_has_one() -> None:
    assert sorted(schools.SCENARIOS) == BUNDLED
    assert [school for school in schools.SCENARIOS.values() if school is not None] == list(TAUGHT)
    for scenario, school in schools.SCENARIOS.items():
        assert load(scenario).teaches[:1] == ((school,) if school is not None else load(scenario).teaches[:1])


def test_the_expert_meets_fewer_buyers_than_the_others() -> None:
    trials = schools.scenario_trials("saturday-showroom")
    assert set(trials) == {*QUICK, *(f"{name}, expected" for name in (*QUICK, EXPERT))}
    assert runs_of(trials["expert, expected"], 4000) < runs_of(trials["plan-a"], 4000)
    assert len({runs_of(trials[f"{name}, expected"], 4000) for name in (*QUICK, EXPERT)}) == 1


def test_the_best_school_earns_most_and_its_lead_is_over_the_next() -> None:
    row = schools.row("saturday-showroom", paid({"same-day": 5000, "collector": 3000, "discounter": 4000}, 100))
    assert row.best == "same-day"
    assert row.over_schools is not None
    assert row.over_schools.over == "collector"
    assert round(row.over_schools.gap.value) == 20
    assert row.over_schools.apart
    assert {lead.over for lead in row.over_foils} == set(FOILS)
    assert all(lead.apart for lead in row.over_foils)


def test_a_lead_that_luck_could_have_made_is_not_apart() -> None:
    row = schools.row("saturday-showroom", paid({"same-day": 3010, "collector": 3000}, 100_000))
    assert row.over_schools is not None
    assert not row.over_schools.apart


def test_a_scenario_of_no_school_has_no_leads_of_a_school() -> None:
    row = schools.row("first-five-minutes", paid({"plan-a": 100}, 10))
    assert row.school is None
    assert row.over_schools is None
    assert row.over_foils == ()


def test_the_expert_is_compared_over_the_buyers_that_both_met() -> None:
    row = schools.row("saturday-showroom", paid({EXPERT: 9000, "same-day": 5000}, 100))
    assert row.expert.over == "same-day"
    assert row.expert_runs == 2 * BLOCKS
    assert round(row.expert.gap.value) == 40
    assert round(row.expert_income.value) == 90


def test_kinds_of_sale_differ_in_price_ceiling_and_cycle() -> None:
    cells = schools.kinds()
    assert len(set(cells)) == len(cells) == 36
    worlds = set()
    for price, today, cycle in cells:
        trials = schools.kind_trials(price, today, cycle)
        assert set(trials) == set(SCHOOLS)
        for trial in trials.values():
            assert isinstance(trial, Playing)
            worlds.add(trial.world)
    assert len(worlds) == len(cells)


def test_a_kind_of_sale_names_its_best_school() -> None:
    trials = schools.kind_trials(2_000, 75, "hours")
    blocks = {name: [trial.play(2 * n, 2, load) for n in range(BLOCKS)] for name, trial in trials.items()}
    kind = schools.kind(2_000, 75, "hours", Tallies(blocks))
    assert isinstance(kind, SaleKind)
    assert kind.best == max(kind.incomes, key=lambda name: kind.incomes[name].value)
    assert kind.lead.over != kind.best


def test_a_row_of_real_runs_has_a_cell_for_every_doctrine() -> None:
    trials = schools.scenario_trials("first-five-minutes")
    runs = {name: 1 if name.startswith(EXPERT) else 2 for name in trials}
    blocks = {
        name: [trial.play(runs[name] * n, runs[name], load_shop) for n in range(BLOCKS)]
        for name, trial in trials.items()
    }
    row = schools.row("first-five-minutes", Tallies(blocks))
    assert isinstance(row, Row)
    assert [cell.doctrine for cell in row.cells] == list(QUICK)
    assert row.expert_runs == BLOCKS
    assert all(cell.runs == 2 * BLOCKS for cell in row.cells)
