"""The evidence as a whole: what there is to do for it, and what came of it.

The work is a list of independent jobs with seeds of their own; results are put together in the order of the list, so
that the same question gets the same answer, however many processes shared the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.evidence import (
    claims_audition,
    claims_decisions,
    claims_plan_a,
    claims_same_day,
    claims_speed,
    schools,
    trades,
)
from engine.evidence.experiments import Asked
from engine.evidence.findings import Finding, finding
from engine.evidence.measurement import Measurement
from engine.evidence.standing import Standing, standing
from engine.evidence.switches import SWITCHES
from engine.evidence.tallies import Tallies
from engine.evidence.targets import targets
from engine.evidence.trials import BLOCKS, Block, Load, Trial, runs_of
from engine.evidence.verdicts import Judgement, judged

CLAIMS: Final = (
    *claims_plan_a.CLAIMS,
    *claims_decisions.CLAIMS,
    *claims_speed.CLAIMS,
    *claims_audition.CLAIMS,
    *claims_same_day.CLAIMS,
)
"""The 22 claims of the five schools."""

SCHOOLS: Final = "schools"
KINDS: Final = "kinds-of-sale"
TRADES: Final = "trades"
TABLES: Final = (SCHOOLS, KINDS, TRADES)
"""The ids of the tables."""

_TOGETHER: Final = 5
"""Blocks of a trial that one job plays, where a block is quickly played."""


def ids() -> tuple[str, ...]:
    """Everything that can be asked for by its id: targets, tables, claims and switches."""
    return (*targets().by_id, *TABLES, *(claim.id for claim in (*CLAIMS, *SWITCHES)))


@dataclass(frozen=True, slots=True)
class FigureJob:
    """The job of measuring what one or several published figures are about."""

    asked: Asked
    runs: int

    @property
    def weight(self) -> int:
        return 4 * self.runs


@dataclass(frozen=True, slots=True)
class TrialJob:
    """The job of playing some blocks of a trial, the first of them with the seeds from `first` on."""

    trial: Trial
    first: int
    runs: int
    """Of each block."""
    blocks: int

    @property
    def weight(self) -> int:
        return self.runs * self.blocks * (200 if _searches(self.trial) else 1)


Job = FigureJob | TrialJob
Result = Measurement | tuple[Block, ...]


def work(job: Job, load: Load) -> Result:
    """Do one job. Raises what `load` raises for a scenario that does not exist."""
    if isinstance(job, FigureJob):
        return job.asked.measure(job.runs)
    return tuple(job.trial.play(job.first + number * job.runs, job.runs, load) for number in range(job.blocks))


def _searches(trial: Trial) -> bool:
    return getattr(trial, "player", None) == schools.EXPERT


@dataclass(frozen=True, slots=True)
class Page:
    """All that was asked for."""

    runs: int
    """Asked for of each trial."""
    whole: bool
    """Whether everything was asked for."""
    figures: tuple[Finding, ...]
    rows: tuple[schools.Row, ...]
    kinds: tuple[schools.SaleKind, ...]
    trades: tuple[trades.Beside, ...]
    claims: tuple[Judgement, ...]
    switches: tuple[Judgement, ...]

    def held(self, to: Standing | None = None) -> tuple[Finding, ...]:
        """The figures that the model has and is held to; only those of one standing, where that is named."""
        held = (one for one in self.figures if one.target.held and one.measurement is not None)
        return tuple(one for one in held if to is None or standing(one.target) == to)

    def misses(self, to: Standing | None = None) -> tuple[Finding, ...]:
        """Those of them that it misses."""
        return tuple(one for one in self.held(to) if one.verdict == "outside")


class Work:
    """What has to be done for some ids, in order, and the page that is made of the results."""

    def __init__(self, wanted: Iterable[str], runs: int) -> None:
        """`wanted` are ids of `ids()`, none of them means all; `runs`, of each experiment, is 40 or more.

        Raises ValueError for an id that does not exist.
        """
        names = set(wanted)
        if unknown := names - set(ids()):
            raise ValueError(f"nothing is called {min(unknown)!r}")
        self.runs = runs
        self.whole = not names

        def asked(id: str) -> bool:
            return not names or id in names

        self._targets = [target for target in targets().by_id.values() if asked(target.id)]
        self._rows = list(schools.SCENARIOS) if asked(SCHOOLS) else []
        self._kinds = list(schools.kinds()) if asked(KINDS) else []
        self._trades = list(trades.TRADES) if asked(TRADES) else []
        self._claims = [claim for claim in CLAIMS if asked(claim.id)]
        self._switches = [claim for claim in SWITCHES if asked(claim.id)]

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """Everything there is to do; what takes longest comes first."""
        every = dict.fromkeys(target.asked for target in self._targets)
        measuring = [FigureJob(asked, self.runs) for asked in every if asked is not None]
        return tuple(sorted([*measuring, *self._plays()], key=lambda job: -job.weight))

    def page(self, results: Sequence[Result]) -> Page:
        """Put the results of `jobs`, in their order, together."""
        measured: dict[Asked | None, Measurement] = {}
        parts: dict[Trial, dict[int, tuple[Block, ...]]] = {}
        for job, result in zip(self.jobs, results, strict=True):
            if isinstance(job, FigureJob):
                assert isinstance(result, Measurement)
                measured[job.asked] = result
            else:
                assert not isinstance(result, Measurement)
                parts.setdefault(job.trial, {})[job.first] = result
        blocks = {
            trial: tuple(block for first in sorted(found) for block in found[first]) for trial, found in parts.items()
        }

        def tallies(trials: Mapping[str, Trial]) -> Tallies:
            return Tallies({name: blocks[trial] for name, trial in trials.items()})

        tried = (*self._claims, *self._switches)
        verdicts = judged((claim, tallies(claim.trials)) for claim in tried)
        return Page(
            self.runs,
            self.whole,
            tuple(finding(target.id, measured.get(target.asked)) for target in self._targets),
            schools.corrected([schools.row(name, tallies(schools.scenario_trials(name))) for name in self._rows]),
            schools.corrected_kinds([schools.kind(*at, tallies(schools.kind_trials(*at))) for at in self._kinds]),
            tuple(trades.beside(trade, tallies(trades.trade_trials(trade))) for trade in self._trades),
            verdicts[: len(self._claims)],
            verdicts[len(self._claims) :],
        )

    def _plays(self) -> Iterator[TrialJob]:
        """Every trial once, however many claims and tables ask for it."""
        for trial in dict.fromkeys(self._trials()):
            runs = runs_of(trial, self.runs) // BLOCKS
            together = 1 if _searches(trial) else _TOGETHER
            for number in range(0, BLOCKS, together):
                yield TrialJob(trial, number * runs, runs, together)

    def _trials(self) -> Iterator[Trial]:
        for scenario in self._rows:
            yield from schools.scenario_trials(scenario).values()
        for cell in self._kinds:
            yield from schools.kind_trials(*cell).values()
        for trade in self._trades:
            yield from trades.trade_trials(trade).values()
        for claim in (*self._claims, *self._switches):
            yield from claim.trials.values()
