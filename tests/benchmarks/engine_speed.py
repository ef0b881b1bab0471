"""Moves a second of random play, each run scored: `python tests/benchmarks/engine_speed.py [SCENARIO]`.

Prints the median of five rounds, in processor time of one core.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

from engine.luck import Luck
from engine.play import Game
from engine.rules import legal, start, step
from engine.rules.value import value
from engine.scenario import read_scenario

ROUNDS = 5
RUNS = 400


def main() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "saturday-showroom.yaml"
    rules = Game(read_scenario(path.read_bytes(), str(path))).rules
    names = [prospect.id for prospect in rules.scenario.prospects]
    rates = []
    for number in range(ROUNDS + 1):
        pick, moves, begun = random.Random(number).random, 0, time.process_time()
        for seed in range(RUNS):
            luck = tuple(Luck(seed, name) for name in names)
            core = start(rules, luck)
            while possible := legal(rules, core, luck):
                core = step(rules, core, luck, possible[int(pick() * len(possible))])
                moves += 1
            value(rules, core)
        rates.append(moves / (time.process_time() - begun))
    print(f"{path.name}: {statistics.median(rates[1:]):,.0f} moves/s (median of {ROUNDS} rounds of {RUNS} runs)")


if __name__ == "__main__":
    main()
