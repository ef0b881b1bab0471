"""Plays a second of an exploration: `python tests/benchmarks/exploring.py [SCENARIO]`.

For each bundled scenario, or the one named, the median of five rounds in processor time, whole and in slices as the
preview asks for them. The aim is 1,000 plays a second.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from engine.authoring.exploring import begin, explore
from engine.scenario import read_scenario

ROUNDS = 5
PLAYS = 400
SLICE = 25


def main() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    for path in [Path(name) for name in sys.argv[1:]] or sorted(folder.glob("*.yaml")):
        scenario = read_scenario(path.read_bytes(), str(path))
        whole, sliced, moves = [], [], 0
        for _ in range(ROUNDS):  # in turn, so that a slow moment slows both
            begun = time.process_time()
            moves = sum(explore(begin(scenario), PLAYS).said)
            whole.append(time.process_time() - begun)
            begun = time.process_time()
            found = begin(scenario)
            for _ in range(PLAYS // SLICE):
                found = explore(found, SLICE)
            sliced.append(time.process_time() - begun)
        print(
            f"{path.name}: {PLAYS / statistics.median(whole):,.0f} plays/s of {moves / PLAYS:.0f} moves, "
            f"{PLAYS / statistics.median(sliced):,.0f} in slices of {SLICE}"
        )


if __name__ == "__main__":
    main()
