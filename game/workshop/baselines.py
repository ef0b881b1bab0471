"""Where the computer players stand on the very buyers of a round, so that luck is visible.

It takes seconds a buyer, and says much about one: so it is worked out after a round, and in other processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache, partial
from typing import Final

from engine import par
from engine.doctrines import DOCTRINES, FOILS, SCHOOLS, Doctrine, play_out
from engine.doctrines.valuation import average
from engine.par import Attempt, attempt, settled
from engine.play import Game, State
from engine.rules.value import value
from engine.scenario.compiled import Scenario
from game import pool
from game.bar import Advance, progress
from game.workshop.ranking import Baseline, Baselines

TRIES: Final = 60
"""Runs of the player who chooses at random, of which the average counts."""
_PLAYERS: Final[Mapping[str, Doctrine]] = {**SCHOOLS, "expert": DOCTRINES["expert"]}


def work(buyers: int) -> int:
    """The pieces of work that so many buyers take, as `advance` counts them."""
    return buyers * (par.RUNS + 1)


def _never() -> bool:
    return False


def _unseen(more: int) -> None:
    """Nobody looks at how far the work has come."""


def baselines(
    starts: Mapping[tuple[int, int], State],
    processes: int | None = None,
    stopped: Callable[[], bool] = _never,
    advance: Advance = _unseen,
) -> dict[tuple[int, int], Baseline] | None:
    """What the five schools, the expert and the player at random earn from each buyer, and its par.

    `starts` has the state in which each buyer is met, by round and buyer; `processes` are all processors by default.
    The same every time. None if `stopped` says so before all of it is done.
    """
    buyers = [(start.game.scenario, start.seed) for start in starts.values()]
    jobs = [(buyer, number) for buyer in range(len(buyers)) for number in range(-1, par.RUNS)]
    try:
        done = _done(buyers, jobs, processes or pool.usable_processors(), stopped, advance)
    except pool.WorkerLost:  # killed, or no memory for more than this process
        done = _done(buyers, jobs, 1, stopped, advance)
    if len(done) < len(jobs):
        return None
    found = {}
    for buyer, (place, start) in enumerate(starts.items()):
        attempts = [one for number in range(par.RUNS) if isinstance(one := done[buyer, number], Attempt)]
        earned = done[buyer, -1]
        assert isinstance(earned, dict)  # number -1 is the players themselves
        found[place] = Baseline(settled(start.game, start.seed, attempts), earned)
    return found


def worked_out(starts: Mapping[tuple[int, int], State], processes: int | None) -> Baselines:
    """The same for somebody who waits for it, and is shown how far it has come."""
    otherwise = "Working out what the best player earns from the same buyers ..."
    with progress("working par out", work(len(starts)), otherwise) as advance:
        found = baselines(starts, processes, advance=advance)
    assert found is not None  # nobody stops it
    return found


_Done = dict[tuple[int, int], Attempt | dict[str, int]]


def _done(
    buyers: list[tuple[Scenario, int]],
    jobs: list[tuple[int, int]],
    processes: int,
    stopped: Callable[[], bool],
    advance: Advance,
) -> _Done:
    found: _Done = {}
    with closing(pool.results(partial(_work, tuple(buyers)), jobs, processes, stopped)) as results:
        for place, one in results:
            found[jobs[place]] = one
            advance(1)
    return found


def _work(buyers: tuple[tuple[Scenario, int], ...], job: tuple[int, int]) -> Attempt | dict[str, int]:
    """An attempt at the par of one buyer; for number -1, what each player earns with the room's luck."""
    buyer, number = job
    scenario, seed = buyers[buyer]
    game = _game(scenario)
    return attempt(game, seed, number) if number >= 0 else _earned(game, seed)


@cache
def _game(scenario: Scenario) -> Game:
    return Game(scenario)


def _earned(game: Game, seed: int) -> dict[str, int]:
    def of(player: Doctrine, key: str) -> int:
        start = game.new_initial_state(seed)
        return value(game.rules, play_out(game.rules, start.core, start.luck, player(game.rules, key)))

    found = {name: of(player, f"{seed}/room") for name, player in _PLAYERS.items()}
    found["random"] = average([of(FOILS["random"], f"{seed}/room/{number}") for number in range(TRIES)]).value
    return found
