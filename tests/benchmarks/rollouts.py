"""The load of analysing one run: `python tests/benchmarks/rollouts.py [SCENARIO]`.

Up to fifteen moves of a run, six alternatives at each, every one played to the end two hundred times with luck of its
own: at random, and as a school would. Prints the median processor time of three rounds on one core.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from engine.doctrines import DOCTRINES, play_out
from engine.luck import Luck
from engine.play import Game
from engine.rules import Move, Rules, Turn, legal, play, start, step
from engine.rules.value import value
from engine.scenario import read_scenario
from engine.world import Core

ROUNDS, MOVES, ALTERNATIVES, ROLLOUTS = 3, 15, 6, 200

Playout = Callable[[Core, tuple[Luck, ...]], Core]


def main() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "saturday-showroom.yaml"
    rules = Game(read_scenario(path.read_bytes(), str(path))).rules
    school = DOCTRINES["collector"](rules, 0)
    policies: dict[str, Playout] = {
        "at random": lambda core, luck: at_random(rules, core, luck),
        "as a school": lambda core, luck: play_out(rules, core, luck, school),
    }
    line = positions(rules)
    for name, playout in policies.items():
        spent, played = [], 0
        for _ in range(ROUNDS):
            begun = time.process_time()
            played = analyse(rules, line, playout)
            spent.append(time.process_time() - begun)
        print(f"{path.name}: {played:,} runs played to the end {name}: {statistics.median(spent):.2f} s")


def positions(rules: Rules) -> list[tuple[Core, tuple[Move, ...]]]:
    """The states of one run, each with the alternatives to look at."""
    luck = _luck(rules, "position")
    pick = random.Random(1).random
    core = start(rules, luck)
    found: list[tuple[Core, tuple[Move, ...]]] = []
    while len(found) < MOVES and (moves := legal(rules, core, luck)):
        found.append((core, moves[:ALTERNATIVES]))
        going_on = [move for move in moves if rules.names[move] not in ("leave", "walk-away")]
        core = step(rules, core, luck, going_on[int(pick() * len(going_on))])
    return found


def analyse(rules: Rules, line: list[tuple[Core, tuple[Move, ...]]], playout: Playout) -> int:
    """Play everything out; returns how many runs that was."""
    played = 0
    for place, (core, moves) in enumerate(line):
        for number in range(ROLLOUTS):
            luck = _luck(rules, f"{place}/{number}")
            for move in moves:
                value(rules, playout(step(rules, core, luck, move), luck))
                played += 1
    return played


def at_random(rules: Rules, core: Core, luck: tuple[Luck, ...]) -> Core:
    pick = random.Random(1).random
    return play(Turn(rules, core, luck), lambda moves: moves[int(pick() * len(moves))])


def _luck(rules: Rules, key: str) -> tuple[Luck, ...]:
    return tuple(Luck(key, one.prospect.id) for one in rules.prospects)


if __name__ == "__main__":
    main()
