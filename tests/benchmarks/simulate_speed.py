"""Scored runs a second through `simulate` on one core: `python tests/benchmarks/simulate_speed.py [SCENARIO]`.

For two doctrines, one that looks and one that does not, the median of five rounds in processor time; and beside it
the same runs without counting anything, so that the cost of the tally shows. Rounds before them, which do not count,
let the moves that are made often be made quick (`engine.rules.quick`).
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from engine.doctrines import DOCTRINES
from engine.luck import Luck
from engine.playing import play_out
from engine.rules import Rules, prepare, start
from engine.scenario import read_scenario
from engine.simulate import simulate

ROUNDS = 5
RUNS = 1_000
BEFORE = 4_000
PLAYERS = ("random", "plan-a")


def main() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "saturday-showroom.yaml"
    rules = prepare(read_scenario(path.read_bytes(), str(path)))
    for player in PLAYERS:
        simulate(rules, DOCTRINES[player], range(BEFORE))
        moves = simulate(rules, DOCTRINES[player], range(RUNS)).moves.total
        bare, tallied = [], []
        for _ in range(ROUNDS):  # in turn, so that a slow moment slows both
            bare.append(_seconds(partial(_only_play, rules, player)))
            tallied.append(_seconds(partial(simulate, rules, DOCTRINES[player], range(RUNS))))
        rate, without = RUNS / statistics.median(tallied), RUNS / statistics.median(bare)
        print(
            f"{path.name}, {player}: {rate:,.0f} runs/s, {rate * moves / RUNS:,.0f} moves/s, "
            f"10,000 runs in {10_000 / rate:.1f} s; without a tally {without:,.0f} runs/s "
            f"(medians of {ROUNDS} rounds of {RUNS:,} runs)"
        )


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _only_play(rules: Rules, player: str) -> None:
    names = [prospect.id for prospect in rules.scenario.prospects]
    for seed in range(RUNS):
        luck = tuple(Luck(seed, name) for name in names)
        play_out(rules, start(rules, luck), luck, DOCTRINES[player](rules, seed))


if __name__ == "__main__":
    main()
