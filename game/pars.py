"""Par worked out once and kept: the expert takes seconds over it, and it follows from scenario, rules and seed alone.

What is kept is only ever shown. Whoever verifies a run works par out anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache, partial
from pathlib import Path
from typing import Final

from engine import par
from engine.par import Attempt, Par, attempt, settled
from engine.play import Game
from engine.rules import RULES_VERSION
from engine.scenario.compiled import Scenario
from game import pool
from game.files import read_regular, write_whole
from game.profile import home

_LARGE: Final = 40
"""Moves of a scenario from which on it takes longer to work par out than to start other processes."""
_LONGEST: Final = 64
_LINE: Final = re.compile(rb"(-?\d{1,15}) (\d{1,15}) (\d{1,4})\n")


def par_of(game: Game, seed: int, stopped: Callable[[], bool] = lambda: False) -> Par | None:
    """Par for the buyers that `seed` draws, kept from an earlier time or worked out now, on all processors.

    None if `stopped` says so before it is done.
    """
    kept = _kept(game, seed)
    if kept is not None:
        return kept
    processes = pool.usable_processors() if len(game.rules.moves) >= _LARGE else 1
    try:
        attempts = _attempts(game, seed, processes, stopped)
    except pool.WorkerLost:  # killed, or no memory for more than this process
        attempts = _attempts(game, seed, 1, stopped)
    if len(attempts) < par.RUNS:
        return None
    found = settled(game, seed, attempts)
    with suppress(OSError):  # a home that cannot be written costs the time of working it out again
        write_whole(_path(game, seed), f"{found.value} {found.error} {found.runs}\n".encode(), over=True)
    return found


def _attempts(game: Game, seed: int, processes: int, stopped: Callable[[], bool]) -> list[Attempt]:
    """The expert's runs in their order; fewer than `par.RUNS` if `stopped` says so."""
    found: dict[int, Attempt] = {}
    with closing(pool.results(partial(_attempt, game.scenario, seed), range(par.RUNS), processes)) as done:
        for number, one in done:
            found[number] = one
            if stopped():
                break
    return [found[number] for number in sorted(found)]


def _attempt(scenario: Scenario, seed: int, number: int) -> Attempt:
    return attempt(_game(scenario), seed, number)


@cache
def _game(scenario: Scenario) -> Game:
    return Game(scenario)


def _path(game: Game, seed: int) -> Path:
    return home() / "par" / f"{game.digest}.{RULES_VERSION}" / str(seed)


def _kept(game: Game, seed: int) -> Par | None:
    try:
        found = _LINE.fullmatch(read_regular(_path(game, seed), _LONGEST))
    except OSError:
        return None
    return Par(*map(int, found.groups())) if found else None
