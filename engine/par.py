"""Par: what the expert earns from this very buyer, with luck averaged.

The expert plays the buyer that a seed draws, hidden facts as in the run and unknown to it, again and again with other
luck in everything else. Par is the mean, and its error says how accurate that is. It is no upper bound: a run with good
luck earns more, and so does a player who sees further than the expert does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

from engine import world as at
from engine.doctrines import DOCTRINES, outlook, play_out
from engine.play import Game
from engine.rules.tables import RESULT
from engine.rules.value import value

RUNS = 8
"""Runs of the expert behind one par."""
DOCTRINE = "expert"


@dataclass(frozen=True, slots=True)
class Par:
    """What the expert earns on average from this buyer, in minor units."""

    value: int
    error: int
    """Standard error of `value`."""
    runs: int
    """Runs behind the average."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run of the expert: what it can be expected to earn, and whether it ended in a clear no."""

    value: int
    clean_no: bool


def par(game: Game, seed: int, runs: int | None = None) -> Par:
    """Par for the buyers that `seed` draws, from `runs` of the expert (2 or more, or `RUNS`); the same every time.

    Raises ValueError for fewer than 2 runs.
    """
    runs = RUNS if runs is None else runs
    if runs < 2:
        raise ValueError(f"par needs 2 runs or more, not {runs}")
    return _par(game, seed, runs)


@lru_cache(maxsize=64)
def _par(game: Game, seed: int, runs: int) -> Par:
    return settled(game, seed, [attempt(game, seed, number) for number in range(runs)])


def attempt(game: Game, seed: int, number: int) -> Attempt:
    """The expert's run number `number` (0 or more) against the buyers that `seed` draws."""
    state = game.new_initial_state(seed)
    key = f"{seed}/par/{number}"
    luck = game.rules.luck(key)
    choose = DOCTRINES[DOCTRINE](game.rules, key)
    if len(luck) == 1 and not _no_buyer(game, seed):  # the yes with its exact chance, see `doctrines.outlook`
        return Attempt(outlook(game.rules, state.core, luck, choose), False)
    end = play_out(game.rules, state.core, luck, choose)
    return Attempt(value(game.rules, end), end[at.FIRST][at.RESULT] == RESULT["no-sale"])


def settled(game: Game, seed: int, attempts: Sequence[Attempt]) -> Par:
    """Par from the expert's runs: their mean. Against somebody who buys from nobody, the mean of those that came to a
    clear no, if any did: more than that cannot be had."""
    counted = [one for one in attempts if one.clean_no] if _no_buyer(game, seed) else []
    values = [one.value for one in counted or attempts]
    n, mean = len(values), sum(values) // len(values)
    spread = sum((one - mean) ** 2 for one in values)
    return Par(mean, isqrt(spread // (n * (n - 1))) if n > 1 else 0, n)


def _no_buyer(game: Game, seed: int) -> bool:
    people = game.new_initial_state(seed).people
    return len(people) == 1 and not people[0][at.REAL]
