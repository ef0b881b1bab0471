"""`firstvisit simulate`: computer players play scenarios many times, and what came of it is reported."""

from __future__ import annotations

import os
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from engine.listening import READER
from engine.rules import prepare
from game.computing import pool
from game.computing.climbing import best_script
from game.computing.many_runs import Play, Tallies, chosen, jobs, played, searches
from game.report.output import deliver, must_be_writable
from game.report.simulation import as_text
from game.report.simulation_data import Played, Simulation, as_csv, as_data
from game.shelf import library
from game.shelf.loading import loaded
from game.text.telling import tell
from game.text.wrapping import width
from game.words.errors import FINE, STOPPED, Failure
from game.words.visible import json_text

if TYPE_CHECKING:
    from engine.doctrines import Script


def simulate_scenarios(options: Namespace) -> int:
    """Simulate the scenarios named and print or write the report.

    Returns 0, or 130 when it was stopped and reported what had been done. Raises `Failure` for what cannot be done.
    """
    from engine.record import LARGEST_SEED

    players = chosen(options.players)
    last = options.seed + max(options.expert_runs if searches(player) else options.runs for player in players) - 1
    if last > LARGEST_SEED:
        raise Failure(f"The last run would have seed {last}, and seeds end at {LARGEST_SEED}.")
    must_be_writable(options.output)
    scenarios = [loaded(path, "simulated") for path in _paths(options)]
    rules = [prepare(scenario) for scenario in scenarios]
    processes = options.processes or pool.usable_processors()
    work = list(jobs(len(scenarios), players, options.seed, options.runs, options.expert_runs))
    scripts: list[Script] = []
    tallies: Tallies = {}
    stopped = True
    with suppress(KeyboardInterrupt):
        if READER in players:
            scripts = [best_script(one, own, processes) for one, own in zip(scenarios, rules, strict=True)]
        tallies, stopped = played(Play(scenarios, scripts), scenarios, work, processes)
    if not tallies:
        tell("Stopped before the first runs were done.")
        return STOPPED
    found = tuple(
        Played(scenario, rules[number], own, scripts[number].entries if scripts else ())
        for number, scenario in enumerate(scenarios)
        if (own := {player: tally for (where, player), tally in tallies.items() if where == number})
    )
    simulation = Simulation(options.seed, options.runs, options.expert_runs, stopped, found)
    _report(simulation, options)
    if stopped:
        tell("Stopped: the report holds the runs that were done.")
    return STOPPED if stopped else FINE


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
