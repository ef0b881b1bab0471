"""Where the computer players stand on the very buyers of a round, so that luck is visible.

It takes seconds a buyer, and says much about one: so it is worked out after a round, and in other processes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import astuple
from functools import cache, partial
from pathlib import Path
from typing import Final

from engine.doctrines import DOCTRINES, FOILS, SCHOOLS, Doctrine
from engine.par import Attempt, Par, attempt, enough, looks
from engine.play import State
from engine.playing import play_out
from engine.rules import RULES_VERSION
from engine.rules.value import value
from engine.scenario.compiled import Scenario
from engine.valuation import average
from game.computing import pool
from game.computing.pars import game_of
from game.home.files import read_regular, write_whole
from game.home.profile import home
from game.text.bar import Advance, progress, unseen
from game.workshop.results.ranking import Baseline, Baselines

_LONGEST: Final = 4_096
TRIES: Final = 60
"""Runs of the player who chooses at random, of which the average counts."""
_PLAYERS: Final[Mapping[str, Doctrine]] = {**SCHOOLS, "expert": DOCTRINES["expert"]}


Starts = Mapping[tuple[int, int], State]
"""The state in which each buyer is met, by round and buyer."""


def work(starts: Starts) -> int:
    """The pieces of work that these buyers take at most, as `advance` counts them."""
    return sum(looks(start.game)[-1] + 1 for start in starts.values())


def baselines(
    starts: Starts,
    processes: int | None = None,
    stopped: Callable[[], bool] = pool.never,
    advance: Advance = unseen,
) -> dict[tuple[int, int], Baseline] | None:
    """What the five schools, the expert and the player at random earn from each buyer, and its par.

    `starts` has the state in which each buyer is met, by round and buyer; `processes` are all processors by default.
    The same every time. None if `stopped` says so before all of it is done.
    """
    try:
        return _found(starts, processes or pool.usable_processors(), stopped, advance)
    except pool.WorkerLost:  # killed, or no memory for more than this process
        return _found(starts, 1, stopped, advance)


def worked_out(starts: Starts, processes: int | None) -> Baselines:
    """What `baselines` gives, for somebody who waits for it and is shown how far it has come."""
    otherwise = "Working out what the best player earns from the same buyers ..."
    with progress("working par out", work(starts), otherwise) as advance:
        found = baselines(starts, processes, advance=advance)
    assert found is not None  # nobody stops it
    return found


def known(starts: Starts, processes: int | None) -> Baselines:
    """What `worked_out` gives, worked out only for those buyers of whom nothing is kept.

    For rounds that have closed: what is kept tells much about a buyer, so it is not on the disk while anybody plays
    them.
    """
    found = kept_or(starts, lambda left: worked_out(left, processes))
    assert found is not None
    return found


def kept_or(starts: Starts, work_out: Callable[[Starts], Baselines | None]) -> Baselines | None:
    """What is kept of these buyers, and what `work_out` makes of those of whom nothing is; None if it gives up."""
    found = {place: kept for place, start in starts.items() if (kept := _kept(start)) is not None}
    left = {place: start for place, start in starts.items() if place not in found}
    fresh = work_out(left) if left else {}
    if fresh is None:
        return None
    for place, one in fresh.items():
        _keep(starts[place], one)
    return {place: found.get(place) or fresh[place] for place in starts}


def _path(start: State) -> Path:
    moves = hashlib.blake2b(repr(start.history).encode(), digest_size=4).hexdigest()
    return home() / "par" / f"{start.game.digest}.{RULES_VERSION}" / f"{start.seed}-{moves}.room"


def _kept(start: State) -> Baseline | None:
    try:
        found = json.loads(read_regular(_path(start), _LONGEST))
        par_of, earned = Par(*map(int, found["par"])), {str(name): int(each) for name, each in found["earned"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return Baseline(par_of, earned) if earned.keys() == {*_PLAYERS, "random"} else None


def _keep(start: State, found: Baseline) -> None:
    text = json.dumps({"par": astuple(found.par), "earned": dict(found.earned)})
    with suppress(OSError):  # a home that cannot be written costs the time of working it out again
        write_whole(_path(start), f"{text}\n".encode(), over=True)


# --- in a worker -----------------------------------------------------------------------------------------------------

_Buyer = tuple[Scenario, int, tuple[tuple[int, int], ...]]
"""A scenario, a seed, and the moves that are made already when the buyer is met."""
_Done = dict[tuple[int, int], Attempt | dict[str, int]]


def _found(
    starts: Starts, processes: int, stopped: Callable[[], bool], advance: Advance
) -> dict[tuple[int, int], Baseline] | None:
    """As `baselines`: attempts at all buyers, and more at those whose par is not known well enough by then."""
    buyers = tuple((start.game.scenario, start.seed, start.history) for start in starts.values())
    jobs = [(buyer, -1) for buyer in range(len(buyers))]
    left = dict.fromkeys(range(len(buyers)), 0)
    done: _Done = {}
    pars: dict[int, Par] = {}
    while left:
        for buyer, start in enumerate(starts.values()):
            if buyer in left:
                to = next(many for many in looks(start.game) if many > left[buyer])
                jobs += [(buyer, number) for number in range(left[buyer], to)]
                left[buyer] = to
        more = _done(buyers, jobs, processes, stopped, advance)
        if len(more) < len(jobs):
            return None
        done.update(more)
        jobs = []
        for buyer, start in enumerate(starts.values()):
            if buyer in left:
                attempts = [one for each in range(left[buyer]) if isinstance(one := done[buyer, each], Attempt)]
                if (par := enough(start.game, start.seed, attempts)) is not None:
                    pars[buyer] = par
                    advance(looks(start.game)[-1] - left.pop(buyer))
    found = {}
    for buyer, place in enumerate(starts):
        earned = done[buyer, -1]
        assert isinstance(earned, dict)  # number -1 is the players themselves
        found[place] = Baseline(pars[buyer], earned)
    return found


def _done(
    buyers: tuple[_Buyer, ...],
    jobs: list[tuple[int, int]],
    processes: int,
    stopped: Callable[[], bool],
    advance: Advance,
) -> _Done:
    found: _Done = {}
    with closing(pool.results(partial(_work, buyers), jobs, processes, stopped)) as results:
        for place, one in results:
            found[jobs[place]] = one
            advance(1)
    return found


def _work(buyers: tuple[_Buyer, ...], job: tuple[int, int]) -> Attempt | dict[str, int]:
    """An attempt at the par of one buyer; for number -1, what each player earns with the room's luck."""
    buyer, number = job
    start = _start(*buyers[buyer])
    return attempt(start.game, start.seed, number, start.core) if number >= 0 else _earned(start)


@cache
def _start(scenario: Scenario, seed: int, history: tuple[tuple[int, int], ...]) -> State:
    state = game_of(scenario).new_initial_state(seed)
    for action, think in history:
        state = state.apply_action(action, think)
    return state


def _earned(start: State) -> dict[str, int]:
    def of(player: Doctrine, key: str) -> int:
        rules = start.game.rules
        return value(rules, play_out(rules, start.core, start.luck, player(rules, key), start.moves))

    found = {name: of(player, f"{start.seed}/room") for name, player in _PLAYERS.items()}
    tries = [of(FOILS["random"], f"{start.seed}/room/{number}") for number in range(TRIES)]
    found["random"] = average(tries).value
    return found
