"""`firstvisit simulate`: computer players play scenarios many times, and what came of it is reported."""

from __future__ import annotations

import os
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.doctrines import DOCTRINES, FOILS, SCHOOLS, Doctrine, Script
from engine.listening import LISTENER, READER, Listening, listening
from engine.rules import Rules, prepare
from engine.simulate import Tally, simulate
from game.report.output import deliver, must_be_writable
from game.report.simulation import as_text
from game.report.simulation_data import Played, Simulation, as_csv, as_data
from game.shelf import library
from game.shelf.loading import loaded
from game.text.bar import progress
from game.text.telling import tell
from game.text.wrapping import width
from game.words.errors import FINE, STOPPED, Failure, NotFound, did_you_mean
from game.words.visible import json_text
from game.words.wording import count
from game.work import pool
from game.work.climbing import best_script

if TYPE_CHECKING:
    from engine.scenario import Scenario

QUICK: Final = (*SCHOOLS, *FOILS)
"""The players that look at the moment and choose."""
_OFTEN: Final = (*QUICK, READER)
"""The players that take no time over a run, once the script has been found."""
GROUPS: Final = {"quick": QUICK, "schools": tuple(SCHOOLS), "foils": tuple(FOILS), "all": tuple(DOCTRINES)}
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


def simulate_scenarios(options: Namespace) -> int:
    """Simulate the scenarios named and print or write the report.

    Returns 0, or 130 when it was stopped and reported what had been done. Raises `Failure` for what cannot be done.
    """
    from engine.record import LARGEST_SEED

    players = chosen(options.players)
    last = options.seed + max(runs(player, options) for player in players) - 1
    if last > LARGEST_SEED:
        raise Failure(f"The last run would have seed {last}, and seeds end at {LARGEST_SEED}.")
    if options.output is not None:
        must_be_writable(options.output)
    scenarios = [loaded(path, "simulated") for path in _paths(options)]
    rules = [prepare(scenario) for scenario in scenarios]
    processes = options.processes or pool.usable_processors()
    work = list(jobs(len(scenarios), players, options))
    scripts: list[Script] = []
    tallies: Tallies = {}
    stopped = True
    with suppress(KeyboardInterrupt):
        if READER in players:
            scripts = [best_script(one, own, processes) for one, own in zip(scenarios, rules, strict=True)]
        tallies, stopped = _play(Play(scenarios, scripts), scenarios, work, processes)
    if not tallies:
        tell("Stopped before the first runs were done.")
        return STOPPED
    played = tuple(
        Played(scenario, rules[number], own, scripts[number].entries if scripts else ())
        for number, scenario in enumerate(scenarios)
        if (own := {player: tally for (where, player), tally in tallies.items() if where == number})
    )
    simulation = Simulation(options.seed, options.runs, options.expert_runs, stopped, played)
    _report(simulation, options)
    if stopped:
        tell("Stopped: the report holds the runs that were done.")
    return STOPPED if stopped else FINE


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


def runs(player: str, options: Namespace) -> int:
    """How many runs of each scenario a player is to play."""
    asked: int = options.runs if player in _OFTEN else options.expert_runs
    return asked


def jobs(scenarios: int, players: Sequence[str], options: Namespace) -> Iterator[Job]:
    """Yield all the work, a piece of each player's in turn, so that stopping early leaves as much of everyone's.

    Those that search come last.
    """
    quick = [player for player in players if player in _OFTEN]
    searching = [player for player in players if player not in _OFTEN]
    for some, size in ((quick, _CHUNK), (searching, _SEARCHING_CHUNK)):
        whole = runs(some[0], options) if some else 0
        for begun in range(0, whole, size):
            seeds = range(options.seed + begun, options.seed + min(begun + size, whole))
            for scenario in range(scenarios):
                for player in some:
                    yield Job(scenario, player, seeds)


Tallies = dict[tuple[int, str], Tally]
"""By place of the scenario and name of the player."""


def _play(
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
    tallies, stopped = _play(Play([scenario], [script]), [scenario], work, processes, until, waiting)
    earned = {
        player: dict(tallies[0, player].earned) if (0, player) in tallies else {} for player in (READER, LISTENER)
    }
    return listening(earned[READER], earned[LISTENER]), stopped


# --- scenarios -------------------------------------------------------------------------------------------------------


def _paths(options: Namespace) -> list[Path]:
    """The files of the scenarios named, each once. Raises `NotFound`."""
    return list(
        {
            os.path.realpath(path): path for path in (library.find(name, options.scenarios) for name in options.names)
        }.values()
    )


# --- the report ------------------------------------------------------------------------------------------------------


def _report(simulation: Simulation, options: Namespace) -> None:
    """Print the report, or write it where it was asked for. Raises `SaveError`."""
    if options.json:
        text = json_text(as_data(simulation)) + "\n"
    elif options.csv:
        text = as_csv(simulation)
    else:
        columns = width() if options.output is None else 80
        text = "".join(f"{line}\n" for line in as_text(simulation, columns))
    deliver(text, options.output)
