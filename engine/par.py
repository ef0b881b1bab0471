"""Par: what good play earns from this very buyer, with luck averaged.

A plain search: each school of thought plays the same buyer many times, with the hidden facts of this run and other luck
in everything else, and the best average is par. It is a lower bound on what the best player could earn, so a result
above 100% of par is possible and means what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

from engine.doctrines import SCHOOLS, play_out
from engine.luck import Luck
from engine.play import Game
from engine.rules.value import value

ROLLOUTS = 24
"""Runs of each school."""


@dataclass(frozen=True, slots=True)
class Par:
    """What the best of the schools earns on average from this buyer, in minor units."""

    value: int
    error: int
    """Standard error of `value`."""
    runs: int
    """Runs behind the average."""
    doctrine: str
    """The school that earned it."""


@lru_cache(maxsize=64)
def par(game: Game, seed: int, rollouts: int = ROLLOUTS) -> Par:
    """Par for the buyers that `seed` draws, from `rollouts` (2 or more) runs of each school; the same every time.

    Raises ValueError for fewer than 2 rollouts.
    """
    if rollouts < 2:
        raise ValueError(f"par needs 2 runs or more of each school, not {rollouts}")
    core = game.new_initial_state(seed).core
    best: Par | None = None
    for name, doctrine in SCHOOLS.items():
        choose = doctrine(game.rules, seed)
        values = []
        for number in range(rollouts):
            luck = tuple(Luck(f"{seed}/par/{number}", prospect.id) for prospect in game.scenario.prospects)
            values.append(value(game.rules, play_out(game.rules, core, luck, choose)))
        mean = sum(values) // rollouts
        spread = sum((one - mean) ** 2 for one in values)
        found = Par(mean, isqrt(spread // (rollouts * (rollouts - 1))), rollouts, name)
        if best is None or found.value > best.value:
            best = found
    assert best is not None
    return best
