"""Moves a second of random play on states as values and in place, each run drawn and scored:
`python tests/benchmarks/engine_speed.py [SCENARIO.yaml ...]`.

Each line has the medians of five rounds in which the two take turns with the same runs, in processor time of one core,
and the median of their ratios. Runs before them, which do not count, fill the tables of the curves, and let the moves
that are made often be made quick (`engine.rules.quick`); the seconds that the first 2,000 runs of a scenario take
without all that come last. Below stands what all of them do together: the geometric means of their medians.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.luck import Luck
from engine.rules import Rules, begun, legal, play, prepare, start, step
from engine.rules.value import value
from engine.scenario import read_scenario
from engine.world import Core

ROUNDS = 5
RUNS = 300
FIRST = 2_000
BEFORE = 60_000

Choose = Callable[[tuple[int, ...]], int]
Play = Callable[[Rules, Sequence[Luck], Choose], Core]


def by_value(rules: Rules, luck: Sequence[Luck], choose: Choose) -> Core:
    """A run in which every move gives a new state."""
    core = start(rules, luck)
    while moves := legal(rules, core, luck):
        core = step(rules, core, luck, choose(moves))
    return core


def in_place(rules: Rules, luck: Sequence[Luck], choose: Choose) -> Core:
    """The same run on one open turn."""
    return play(begun(rules, luck), choose)


def measured(rules: Rules, way: Play, runs: int) -> tuple[int, float]:
    """The moves made in this many runs, and the seconds they took."""
    names = [prospect.id for prospect in rules.scenario.prospects]
    pick, moves = random.Random(0).random, 0

    def choose(on_offer: tuple[int, ...]) -> int:
        nonlocal moves
        moves += 1
        return on_offer[int(pick() * len(on_offer))]

    begun = time.process_time()
    for seed in range(runs):
        luck = [Luck(seed, name) for name in names]
        value(rules, way(rules, luck, choose))
    return moves, time.process_time() - begun


def main() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    paths = [Path(name) for name in sys.argv[1:]] or sorted(folder.glob("*.yaml"))
    print(f"{'':24}{'by value':>14}{'in place':>14}{'ratio':>8}{'runs/s':>10}{'made in':>10}{'first 2,000':>14}")
    medians: list[tuple[float, float]] = []
    for path in paths:
        scenario = read_scenario(path.read_bytes(), str(path))
        begun = time.process_time()
        rules = prepare(scenario)
        making = time.process_time() - begun
        _, first = measured(rules, in_place, FIRST)
        measured(rules, in_place, BEFORE)
        slow, fast, ratios, runs = [], [], [], []
        for _ in range(ROUNDS + 1):
            moves, seconds = measured(rules, by_value, RUNS)
            same, quicker = measured(rules, in_place, RUNS)
            assert same == moves
            slow.append(moves / seconds)
            fast.append(moves / quicker)
            runs.append(RUNS / quicker)
            ratios.append(seconds / quicker)
        one, other, ratio, each = (statistics.median(row[1:]) for row in (slow, fast, ratios, runs))
        medians.append((one, other))
        print(
            f"{path.stem:24}{one:12,.0f}/s{other:12,.0f}/s{ratio:7.1f}x{each:10,.0f}"
            f"{making * 1000:8.0f}ms{first:13.2f}s",
            flush=True,
        )
    one, other = map(statistics.geometric_mean, zip(*medians, strict=True))
    print(f"{'together':24}{one:12,.0f}/s{other:12,.0f}/s")


if __name__ == "__main__":
    main()
