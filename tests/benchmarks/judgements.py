"""One digest for each bundled scenario over the coach's analysis of a run: the same on every Python, every platform
and any number of processes.

    python tests/benchmarks/judgements.py [IMAGININGS [PROCESSES [SCENARIO ...]]]

Run it with two interpreters, or with other processes, and compare what they print. A run is played by moves that are
drawn, and judged to the quick setting unless fewer imaginings are asked for.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict
from pathlib import Path

import scenarios
from engine.coach.imagining import QUICK
from engine.play import Game, State
from engine.record import Header
from engine.rules import RULES_VERSION
from engine.scenario import read_scenario
from game.coach import coaching
from tests.benchmarks.determinism import play

SEED = 4


def main(imaginings: int, processes: int, names: list[str]) -> None:
    for path in sorted(Path(scenarios.__path__[0]).glob("*.yaml")):
        if not names or path.stem in names:
            end = play(Game(read_scenario(path.read_bytes(), path.name)), SEED)
            told = judged(end, imaginings, processes)
            print(f"{hashlib.blake2b(told.encode(), digest_size=16).hexdigest()}  {path.stem}, {end.moves} moves")


def judged(end: State, imaginings: int, processes: int) -> str:
    """Return the analysis of a run as JSON."""
    scenario = end.game.scenario
    header = Header(scenario.id, scenario.digest(), RULES_VERSION, SEED, "expert", False, "2026-03-07T09:41:12Z")
    work = coaching.on_processors(end, processes)
    found = coaching.judged(end, header, work, lambda made: made >= imaginings)
    *_, last = found
    return json.dumps(asdict(last))


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else QUICK,
        int(sys.argv[2]) if len(sys.argv) > 2 else 1,
        sys.argv[3:],
    )
