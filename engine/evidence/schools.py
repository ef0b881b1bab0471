"""The schools' tables: every doctrine in every bundled scenario, and every school in every kind of sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from engine.doctrines import BY_SCHOOL, FOILS, SCHOOLS
from engine.evidence.certainty import ALPHA, holm, tail
from engine.evidence.tallies import Tallies, rate
from engine.evidence.trials import Expecting, Playing, Trial, World
from engine.intervals import Mean, difference
from engine.units import CERTAIN, DAY, HOUR, WEEK, Span

EXPERT: Final = "expert"
QUICK: Final = (*SCHOOLS, *FOILS)
"""The doctrines that need no search."""
ROW_SHARE: Final = 100
"""Percent of the runs asked for that each doctrine plays of each scenario: the schools are close to each other."""
EXPERT_SHARES: Final[Mapping[str, int]] = {"roof-before-the-rain": 4, "friday-pipeline": 4, "long-audition": 1}
"""... and the expert, who thinks for a good part of a second about a run and in some for seconds; 2 elsewhere. Its lead
is widest in the long sale, and hardest to tell from luck in the other two named here."""

SCENARIOS: Final[Mapping[str, str | None]] = {
    "first-five-minutes": None,
    "roof-before-the-rain": "plan-a",
    "friday-pipeline": "collect-decisions",
    "pricing-form": "speed-first",
    "long-audition": "audition",
    "saturday-showroom": "same-day",
}
"""The bundled scenarios, each with the school it teaches."""

OWN: Final[Mapping[str, str]] = {name: BY_SCHOOL[school] for name, school in SCENARIOS.items() if school is not None}
"""The doctrine of the school that a scenario teaches, for those that teach one."""

CURRENCY: Final = 100
"""Minor units of a unit of money."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A doctrine in a scenario."""

    doctrine: str
    income: Mean
    """Money a run, in units and not in minor ones."""
    first_visit_close: Mean
    """Orders in the first conversation, percent of the buyers who could have ordered in it."""
    dependence: Mean
    """Continuations and undated follow-ups a decision."""
    runs: int


@dataclass(frozen=True, slots=True)
class Lead:
    """By how much one doctrine is ahead of another, buyer by buyer."""

    over: str
    gap: Mean
    """Money a run."""
    chance: float
    """Of so clear a gap, to either side, between two that are worth the same; corrected or not."""

    @property
    def apart(self) -> bool:
        """Whether it is certain to be ahead."""
        return self.gap.value > 0 and self.chance <= ALPHA


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario with all doctrines in it."""

    scenario: str
    school: str | None
    """The doctrine of the school that it teaches."""
    cells: tuple[Cell, ...]
    best: str
    """The school with the highest income."""
    over_schools: Lead | None
    """The scenario's own school over the best of the other four."""
    over_foils: tuple[Lead, ...]
    """The scenario's own school over each bad habit."""
    expert_income: Mean
    """What the expert can be expected to earn a run."""
    expert: Lead
    """The expert over the best of all others, buyer by buyer, in what each can be expected to earn."""
    expert_runs: int

    @property
    def leads(self) -> tuple[Lead, ...]:
        """Those whose certainty is tested, and corrected for how many they are."""
        return (*((self.over_schools,) if self.over_schools is not None else ()), *self.over_foils, self.expert)


@dataclass(frozen=True, slots=True)
class SaleKind:
    """A kind of sale and what each school earns in it."""

    price: int
    """In units of money."""
    today: int
    """Percent who can decide in the first conversation."""
    cycle: str
    incomes: Mapping[str, Mean]
    """Money a run, by school."""
    best: str
    lead: Lead
    """The best over the next best."""


def scenario_trials(scenario: str) -> dict[str, Trial]:
    """Every doctrine in one scenario, and over its first buyers all of them with the expert."""
    trials: dict[str, Trial] = {name: playing(scenario, name) for name in QUICK}
    return trials | {_expected(name): expecting(scenario, name) for name in (*QUICK, EXPERT)}


def _expected(name: str) -> str:
    return f"{name}, expected"


def playing(scenario: str, doctrine: str) -> Playing:
    """A doctrine in a bundled scenario, as the table and the claims have it, so that it is played once for both."""
    return Playing(World(scenario), doctrine, share=ROW_SHARE)


def expecting(scenario: str, doctrine: str) -> Expecting:
    """What a doctrine can be expected to earn from the buyers whom the expert meets, played once in the same way."""
    return Expecting(World(scenario), doctrine, EXPERT_SHARES.get(scenario, 2))


def row(scenario: str, found: Tallies) -> Row:
    """One line of the table from the trials of `scenario_trials`."""
    cells = tuple(_cell(name, found) for name in QUICK)
    income = {cell.doctrine: cell.income.value for cell in cells}
    best = max(SCHOOLS, key=lambda name: income[name])
    own = OWN.get(scenario)
    over_schools: Lead | None = None
    over_foils: tuple[Lead, ...] = ()
    if own is not None:
        second = max((name for name in SCHOOLS if name != own), key=lambda name: income[name])
        over_schools = _lead(found, own, second)
        over_foils = tuple(_lead(found, own, foil) for foil in FOILS)
    expected = {name: found.figure(rate(_expected(name), "value", "runs", 1 / CURRENCY)) for name in (*QUICK, EXPERT)}
    rival = max(QUICK, key=lambda name: expected[name].value)
    ahead = _lead(found, _expected(EXPERT), _expected(rival))
    runs = len(found.values(_expected(EXPERT)))
    return Row(scenario, own, cells, best, over_schools, over_foils, expected[EXPERT], replace(ahead, over=rival), runs)


def corrected(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with the chances of all their leads corrected for how many they are, as one family."""
    chances = iter(holm([lead.chance for row in rows for lead in row.leads]))

    def lead(one: Lead) -> Lead:
        return replace(one, chance=next(chances))

    return tuple(
        replace(
            row,
            over_schools=lead(row.over_schools) if row.over_schools is not None else None,
            over_foils=tuple(lead(one) for one in row.over_foils),
            expert=lead(row.expert),
        )
        for row in rows
    )


def _cell(name: str, found: Tallies) -> Cell:
    return Cell(
        name,
        found.figure(rate(name, "value", "runs", 1 / CURRENCY)),
        found.figure(rate(name, "first", "could", 100)),
        found.figure(lambda sums: (sums[name]["continuations"] + sums[name]["undated"]) / sums[name]["decisions"]),
        len(found.values(name)),
    )


def _lead(found: Tallies, one: str, other: str) -> Lead:
    """Over the buyers that both met, which are the first ones of each."""
    a, b = found.values(one), found.values(other)
    met = min(len(a), len(b))
    gap = difference(a[:met], b[:met])
    return Lead(other, Mean(gap.value / CURRENCY, gap.error / CURRENCY), _chance(gap, met - 1))


def _chance(gap: Mean, freedom: int) -> float:
    if not gap.error:
        return 0.0 if gap.value else 1.0
    return min(1.0, 2 * tail(abs(gap.value) / gap.error, freedom)) if freedom else 1.0


# --- by kind of sale -------------------------------------------------------------------------------------------------

PRICES: Final = (20, 2_000, 40_000)
SMALL: Final = 20
"""The price at which a sale is a small one; the others are large."""
CEILINGS: Final = (10, 40, 75)
CYCLES: Final[Mapping[str, World]] = {
    "enquiry": World("lead"),
    "hours": World("auto").but(ready=Span(3 * HOUR, 2 * DAY), deadline=2 * WEEK),
    "days": World("auto").but(ready=Span(3 * DAY, 10 * DAY), deadline=30 * DAY),
    "weeks": World("b2b").but(ready=Span(3 * WEEK, 6 * WEEK), deadline=11 * WEEK, decides=(CERTAIN, 0)),
}
"""Sales by how long those need who cannot decide at first, and one that begins with an enquiry."""


def kinds() -> tuple[tuple[int, int, str], ...]:
    """Every price, ceiling and cycle."""
    return tuple(product(PRICES, CEILINGS, CYCLES))


def kind_trials(price: int, today: int, cycle: str) -> dict[str, Trial]:
    """The five schools in one kind of sale of the laboratory."""
    size = "small" if price == SMALL else "large"
    world = CYCLES[cycle].but(price=price * CURRENCY, size=size, today=today * CERTAIN // 100)
    return {name: Playing(world, name, share=20) for name in SCHOOLS}


def corrected_kinds(kinds: Sequence[SaleKind]) -> tuple[SaleKind, ...]:
    """The cells with the chances of all their leads corrected for how many they are, as one family."""
    chances = holm([kind.lead.chance for kind in kinds])
    return tuple(
        replace(kind, lead=replace(kind.lead, chance=chance)) for kind, chance in zip(kinds, chances, strict=True)
    )


def kind(price: int, today: int, cycle: str, found: Tallies) -> SaleKind:
    """One cell of the table from the trials of `kind_trials`."""
    incomes = {name: found.figure(rate(name, "value", "runs", 1 / CURRENCY)) for name in SCHOOLS}
    best, second, *_ = sorted(SCHOOLS, key=lambda name: -incomes[name].value)
    return SaleKind(price, today, cycle, incomes, best, _lead(found, best, second))
