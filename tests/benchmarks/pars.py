"""What par costs, and how well it is known: CPU seconds, and its standard error in hundredths of what results are
measured against.

    python tests/benchmarks/pars.py [SEEDS [SCENARIO ...]]

SEEDS are separated by commas; without any, the first eight, and all bundled scenarios of one call to one prospect. Each
par is worked out anew, in one process, after one attempt at somebody else. Two processes take half as long by the
clock. The hard buyers take minutes; of them, the first par so far is printed, too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import scenarios
from engine.par import LOOKS, Attempt, attempt, enough, looks, par_so_far, scale
from engine.play import Game
from engine.scenario import read_scenario

ANOTHER = 999


def main(seeds: Sequence[int], names: Sequence[str]) -> None:
    for path in sorted(Path(scenarios.__path__[0]).glob("*.yaml")):
        if names and path.stem not in names:
            continue
        game = Game(read_scenario(path.read_bytes(), path.name))
        if not names and looks(game) != LOOKS:
            continue
        attempt(game, ANOTHER, 0)
        found = [measured(game, seed, path.stem) for seed in seeds]
        for what, of in zip(("CPU seconds", "error, %", "attempts"), zip(*found, strict=True), strict=True):
            print(f"{path.stem}: {what}, median {median(of):.1f}, most {max(of):.1f}", flush=True)


def measured(game: Game, seed: int, name: str) -> tuple[float, float, int]:
    """CPU seconds, error in hundredths, and attempts of one par."""
    begun, attempts, first = time.process_time(), list[Attempt](), ""
    while (par := enough(game, seed, attempts)) is None:
        attempts.append(attempt(game, seed, len(attempts)))
        if not first and (so_far := par_so_far(game, seed, attempts)) is not None:
            first = f"; {so_far.value} +- {so_far.error} after {time.process_time() - begun:.1f} s"
    spent, error = time.process_time() - begun, 100 * par.error / scale(game, par)
    print(
        f"  {name}, seed {seed}: {par.value} +- {par.error}, {error:.1f} %, {par.runs} runs, {spent:.1f} s{first}",
        flush=True,
    )
    return spent, error, par.runs


if __name__ == "__main__":
    main(
        [int(seed) for seed in sys.argv[1].split(",")] if len(sys.argv) > 1 else range(8),
        sys.argv[2:],
    )
