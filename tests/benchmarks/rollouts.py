"""The load of analysing one run: `python tests/benchmarks/rollouts.py [SCENARIO]`.

Up to fifteen moves of a run, six alternatives at each, every one played to the end two hundred times with luck of its
own: at random, and as a school would. Prints the median processor time of three rounds on one core, how many times as
long the school takes, and the median time by the clock of three rounds of the school's that two processes share. The
aim is a second.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from engine.doctrines import DOCTRINES
from engine.luck import Luck
from engine.play import Game
from engine.playing import play_out
from engine.rules import Move, Rules, Turn, legal, play, start, step
from engine.rules.value import value
from engine.scenario import read_scenario
from engine.world import Core

ROUNDS, MOVES, ALTERNATIVES, ROLLOUTS = 3, 15, 6, 200

PROCESSES = 2

Playout = Callable[[Core, tuple[Luck, ...]], Core]
Line = list[tuple[Core, tuple[Move, ...]]]


def main() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "saturday-showroom.yaml"
    rules, line, school = run(path)
    policies: dict[str, Playout] = {
        "at random": lambda core, luck: at_random(rules, core, luck),
        "as a school": school,
    }
    spent = dict[str, float]()
    for name, playout in policies.items():
        rounds, played = [], 0
        for _ in range(ROUNDS):
            begun = time.process_time()
            played = analyse(rules, line, playout, range(ROLLOUTS))
            rounds.append(time.process_time() - begun)
        spent[name] = statistics.median(rounds)
        print(f"{path.name}: {played:,} runs played to the end {name}: {spent[name]:.2f} s")
    print(f"{path.name}: as a school / at random: {spent['as a school'] / spent['at random']:.2f}")
    print(f"{path.name}: as a school, shared by {PROCESSES} processes: {shared(path):.2f} s by the clock")


@cache
def run(path: Path) -> tuple[Rules, Line, Playout]:
    """The rules of a scenario, a run of it, and how a school plays on there."""
    rules = Game(read_scenario(path.read_bytes(), str(path))).rules
    school = DOCTRINES["collector"](rules, 0)
    return rules, positions(rules), lambda core, luck: play_out(rules, core, luck, school)


def shared(path: Path) -> float:
    """The seconds that a round of the school takes, divided up among processes that have played before."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        rounds = []
        for _ in range(ROUNDS + 1):
            begun = time.perf_counter()
            list(pool.map(part, [path] * PROCESSES, range(PROCESSES)))
            rounds.append(time.perf_counter() - begun)
    return statistics.median(rounds[1:])


def part(path: Path, first: int) -> int:
    """What one of the processes does of a round."""
    rules, line, school = run(path)
    return analyse(rules, line, school, range(first, ROLLOUTS, PROCESSES))


def positions(rules: Rules) -> Line:
    """The states of one run, each with the alternatives to look at."""
    luck = _luck(rules, "position")
    pick = random.Random(1).random
    core = start(rules, luck)
    found: Line = []
    while len(found) < MOVES and (moves := legal(rules, core, luck)):
        found.append((core, moves[:ALTERNATIVES]))
        going_on = [move for move in moves if rules.names[move] not in ("leave", "walk-away")]
        core = step(rules, core, luck, going_on[int(pick() * len(going_on))])
    return found


def analyse(rules: Rules, line: Line, playout: Playout, numbers: Iterable[int]) -> int:
    """Play everything out once for each number; returns how many runs that was."""
    played = 0
    for place, (core, moves) in enumerate(line):
        for number in numbers:
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
