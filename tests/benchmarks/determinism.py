"""One digest over many random runs of every bundled scenario: the same on every Python and every platform.

    python tests/benchmarks/determinism.py [RUNS]

Run it with two interpreters and compare what they print. A run counts with the digests of all its states, its result,
its value and its conduct; the random player is a small generator of its own.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import scenarios
from engine.play import Game, State
from engine.scenario import read_scenario
from engine.score import scorecard

MANY = 1_000


def main(runs: int) -> None:
    games = [
        Game(read_scenario(path.read_bytes(), path.name)) for path in sorted(Path(scenarios.__path__[0]).glob("*.yaml"))
    ]
    total = hashlib.blake2b(digest_size=16)
    moves = 0
    for number in range(runs):
        game = games[number % len(games)]
        state = play(game, seed=number)
        moves += state.moves
        card = scorecard(state)
        results = [each.result for each in state.player_view("expert").prospects]
        for each in state.states():
            total.update(each.digest().encode())
        total.update(f"{game.scenario.id} {results} {card.value} {card.conduct_percent}\n".encode())
    print(f"{total.hexdigest()}  {runs} runs, {moves} moves")


def play(game: Game, seed: int) -> State:
    """Return the end of a run in which every move is drawn."""
    state = game.new_initial_state(seed)
    draws = numbers(seed)
    while not state.is_terminal():
        legal = state.legal_actions()
        state = state.apply_action(legal[next(draws) % len(legal)], think=next(draws) % 20)
    return state


def numbers(seed: int) -> Iterator[int]:
    """Yield whole numbers that depend on nothing but `seed`."""
    count = 0
    while True:
        yield from hashlib.blake2b(f"{seed}:{count}".encode(), digest_size=32).digest()
        count += 1


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
