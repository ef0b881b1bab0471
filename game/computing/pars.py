"""Par worked out on all processors, and kept once a run is over: it takes seconds, with some buyers minutes, and
follows from scenario, rules and seed alone.

Par says much about a buyer, so nothing of it is on the disk while that buyer is being played. What is kept is only ever
shown. Whoever verifies a run works par out anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from functools import cache, partial
from itertools import takewhile
from pathlib import Path
from typing import Final

from engine.par import Attempt, Par, attempt, looks, par_so_far
from engine.play import Game
from engine.rules import RULES_VERSION
from engine.scenario.compiled import Scenario
from engine.words import gettext
from game.computing import pool
from game.computing.background import unheard
from game.home.files import read_regular, write_whole
from game.home.profile import home
from game.shelf import compiled
from game.text.bar import Advance, progress, unseen

_LARGE: Final = 40
"""In a scenario with this many moves the expert takes longer than other processes take to start."""
_LONGEST: Final = 64
_LINE: Final = re.compile(rb"(-?\d{1,15}) (\d{1,15}) (\d{1,4})\n")


def par_of(
    game: Game,
    seed: int,
    stopped: Callable[[], bool] = pool.never,
    advance: Advance = unseen,
    niceness: int = pool.GIVE_WAY,
    tell: Callable[[Par], object] = unheard,
    made: dict[int, Attempt] | None = None,
) -> Par | None:
    """Par for the buyers that `seed` draws, kept from an earlier run or worked out now, by processes as nice as that.

    None if `stopped` says so before it is done. `advance` is told of each of the expert's runs, and `tell` of par so
    far, whenever that has got better. Attempts that were `made` before are not made again; the others are added.
    """
    found = kept(game, seed)
    return found if found is not None else _worked_out(game, seed, stopped, advance, niceness, tell, made)


def whole_par(game: Game, seed: int, advance: Advance = unseen) -> Par:
    """What `par_of` gives somebody who waits for it."""
    found = par_of(game, seed, advance=advance)
    assert found is not None  # nobody stops it
    return found


def par_anew(game: Game, seed: int, advance: Advance) -> Par:
    """Par for the buyers that `seed` draws, whatever was kept."""
    found = _worked_out(game, seed, pool.never, advance, pool.GIVE_WAY)
    assert found is not None  # nobody stops it
    return found


def processes(game: Game) -> int:
    """How many processes are worth starting for a few runs of the expert."""
    return pool.usable_processors() if len(game.rules.moves) >= _LARGE else 1


def working_par_out(game: Game) -> AbstractContextManager[Advance]:
    """Show how far one par has come, to somebody who waits for it; where it is soon known well enough, the work ends
    before the bar does."""
    return progress(
        "working par out",
        looks(game)[-1],
        gettext("Working out what the best player earns from the same buyer ..."),
    )


def keep(game: Game, seed: int, found: Par) -> None:
    """Keep par for later runs with these buyers, now that one is over."""
    with suppress(OSError):  # a home that cannot be written costs the time of working it out again
        write_whole(_path(game, seed), f"{found.value} {found.error} {found.runs}\n".encode(), over=True)


def _worked_out(
    game: Game,
    seed: int,
    stopped: Callable[[], bool],
    advance: Advance,
    niceness: int,
    tell: Callable[[Par], object] = unheard,
    made: dict[int, Attempt] | None = None,
) -> Par | None:
    made = {} if made is None else made
    try:
        return _found(game, seed, processes(game), stopped, advance, niceness, tell, made)
    except pool.WorkerLost:  # killed, or no memory for more than this process
        return _found(game, seed, 1, stopped, advance, niceness, tell, made)


def _found(
    game: Game,
    seed: int,
    processes: int,
    stopped: Callable[[], bool],
    advance: Advance,
    niceness: int,
    tell: Callable[[Par], object],
    made: dict[int, Attempt],
) -> Par | None:
    """Par from the expert's runs in their order; None if `stopped` says so before there are enough."""
    every = range(looks(game)[-1])

    def so_far() -> Par | None:
        return par_so_far(game, seed, [made[each] for each in takewhile(made.__contains__, every)])

    told = so_far()
    work, jobs = partial(_attempt, game.scenario, seed), [each for each in every if each not in made]
    with closing(pool.results(work, jobs, processes, stopped, niceness)) as results:
        for place, one in results:
            made[jobs[place]] = one
            advance(1)
            found = so_far()
            if found is None or found == told:
                continue
            if not found.so_far:
                return found
            told = found
            tell(found)
    return None


def _attempt(scenario: Scenario, seed: int, number: int) -> Attempt:
    game = game_of(scenario)
    compiled.know_guides(game.rules)
    return attempt(game, seed, number)


@cache
def game_of(scenario: Scenario) -> Game:
    """A scenario ready to be played, prepared once in each process."""
    return Game(scenario)


def _path(game: Game, seed: int) -> Path:
    return home() / "par" / f"{game.digest}.{RULES_VERSION}" / str(seed)


def kept(game: Game, seed: int) -> Par | None:
    """Par as it was kept; None where it was not."""
    try:
        found = _LINE.fullmatch(read_regular(_path(game, seed), _LONGEST))
    except OSError:
        return None
    return Par(*map(int, found.groups())) if found else None
