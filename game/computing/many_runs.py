"""Many runs of scenarios by computer players, shared out over processes and tallied."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.doctrines import DOCTRINES, FOILS, SCHOOLS, Doctrine, Script
from engine.listening import LISTENER, READER, Listening, listening
from engine.rules import Rules, prepare
from engine.simulate import Tally, simulate
from game.computing import pool
from game.computing.climbing import best_script
from game.text.bar import progress
from game.words.errors import NotFound, did_you_mean
from game.words.wording import count

if TYPE_CHECKING:
    from engine.scenario import Scenario

_QUICK: Final = (*SCHOOLS, *FOILS)
"""The players that look at the moment and choose."""
GROUPS: Final = {"quick": _QUICK, "schools": tuple(SCHOOLS), "foils": tuple(FOILS), "all": tuple(DOCTRINES)}
"""Names for several players. `all` has those that search, too."""
_CHUNK, _SEARCHING_CHUNK = 250, 4
"""Runs handed to a worker at a time: some tenths of a second's work, or some seconds' for players that search."""


@dataclass(frozen=True, slots=True)
class Job:
    """Runs of one scenario by one player."""

    scenario: int
    player: str
    seeds: range


class Play:
    """Plays jobs, in whichever process it is called. Scenarios and their scripts travel to a worker once, and are
    prepared there."""

    def __init__(self, scenarios: Sequence[Scenario], scripts: Sequence[Script] = ()) -> None:
        self._scenarios = tuple(scenarios)
        self._scripts = tuple(scripts)
        self._rules: dict[int, Rules] = {}

    def __call__(self, job: Job) -> Tally:
        if job.scenario not in self._rules:
            self._rules[job.scenario] = prepare(self._scenarios[job.scenario])
        compared = job.player in (READER, LISTENER)
        return simulate(self._rules[job.scenario], self._doctrine(job), job.seeds, each=compared)

    def _doctrine(self, job: Job) -> Doctrine:
        if job.player == READER:
            return lambda rules, key: self._scripts[job.scenario].read_out()
        return DOCTRINES[job.player]


def chosen(text: str) -> tuple[str, ...]:
    """The players that a list of names and groups means, in the order of the doctrines. Raises `NotFound`."""
    wanted: set[str] = set()
    for name in (each.strip() for each in text.split(",")):
        if name in GROUPS:
            wanted.update(GROUPS[name])
        elif name in DOCTRINES:
            wanted.add(name)
        else:
            close = did_you_mean(name, (*DOCTRINES, *GROUPS))
            raise NotFound(
                f"There is no player {name!r}.{close} There are {', '.join(DOCTRINES)}; "
                f"and {', '.join(GROUPS)} for several."
            )
    return tuple(name for name in DOCTRINES if name in wanted)


def searches(player: str) -> bool:
    """Whether a player takes its time over a run; the script takes none, once it has been found."""
    return player not in (*_QUICK, READER)


def jobs(scenarios: int, players: Sequence[str], seed: int, runs: int, expert_runs: int) -> Iterator[Job]:
    """Yield all the work, a piece of each player's in turn, so that stopping early leaves as much of everyone's: so
    many `runs` from a seed on, and `expert_runs` of those that search, who come last."""
    quick = [player for player in players if not searches(player)]
    searching = [player for player in players if searches(player)]
    for some, size, whole in ((quick, _CHUNK, runs), (searching, _SEARCHING_CHUNK, expert_runs)):
        for begun in range(0, whole, size):
            seeds = range(seed + begun, seed + min(begun + size, whole))
            for scenario in range(scenarios):
                for player in some:
                    yield Job(scenario, player, seeds)


Tallies = dict[tuple[int, str], Tally]
"""By place of the scenario and name of the player."""


def played(
    play: Play,
    scenarios: Sequence[Scenario],
    work: Sequence[Job],
    processes: int,
    until: float | None = None,
    waiting: str = "",
) -> tuple[Tallies, bool]:
    """Do all the jobs, or as many as are done `until` then, or when Ctrl+C comes; return the tallies, and whether it
    came. `waiting` is said where no progress can be shown."""
    tallies: Tallies = {}
    what = scenarios[0].id if len(scenarios) == 1 else count(len(scenarios), "scenario")
    stopped = False
    with (
        progress(f"simulating {what}", sum(len(job.seeds) for job in work), waiting) as advance,
        closing(pool.results(play, work, processes)) as done,
    ):
        try:
            for place, tally in done:
                job = work[place]
                key = job.scenario, job.player
                tallies[key] = tallies[key] + tally if key in tallies else tally
                advance(len(job.seeds))
                if until is not None and time.monotonic() >= until:
                    break
        except KeyboardInterrupt:
            stopped = True
    return tallies, stopped


def compared(scenario: Scenario, runs: int, until: float | None = None) -> tuple[Listening, bool]:
    """What the best script of a scenario earns of what the expert earns, from the buyers of seeds 0 to `runs` - 1, or
    from as many as both have met `until` then, by the monotonic clock, or when Ctrl+C comes; and whether it came."""
    processes = pool.usable_processors()
    waiting = "The best script is looked for; that takes a minute or two ..."
    script = best_script(scenario, prepare(scenario), processes, waiting)
    seeds = [range(begun, min(begun + _SEARCHING_CHUNK, runs)) for begun in range(0, runs, _SEARCHING_CHUNK)]
    work = [Job(0, player, some) for some in seeds for player in (LISTENER, READER)]
    waiting = "The expert searches at each move; that takes minutes ..."
    tallies, stopped = played(Play([scenario], [script]), [scenario], work, processes, until, waiting)
    earned = {
        player: dict(tallies[0, player].earned) if (0, player) in tallies else {} for player in (READER, LISTENER)
    }
    return listening(earned[READER], earned[LISTENER]), stopped
