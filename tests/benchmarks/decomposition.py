"""Whether result = par - losses + luck of the answers + luck of the buyer, to the cent, in thousands of random runs.

    python tests/benchmarks/decomposition.py [RUNS]

Somebody plays at random in every bundled scenario, most often in those of one conversation, and each run is judged as
roughly as can be: by one world an imagining, and one imagining in the place of all. What the figures are does not
matter here, only that they add up: over the run, over its moves, and in the data that is printed. Prints how often they
did; exits with 1 if they did not once.
"""

from __future__ import annotations

import sys
from collections import Counter

from engine.coach import imagining as coach
from engine.coach.verdict import Analysis, analysis
from engine.doctrines import DOCTRINES
from engine.par import Par
from engine.play import Game, State
from game.report.coach import as_data
from game.shelf import library
from tests.engine.watching import chosen

SHARES = {
    "first-five-minutes": 30,
    "pricing-form": 24,
    "saturday-showroom": 20,
    "roof-before-the-rain": 24,
    "friday-pipeline": 1,
    "long-audition": 1,
}
"""Of a hundred runs, those in each scenario."""
FIRST_SEED = 700_000


def played(game: Game, seed: int) -> State:
    """A whole random run."""
    state, choose = game.new_initial_state(seed), DOCTRINES["random"](game.rules, seed)
    while not state.is_terminal():
        state = state.apply_action(chosen(state, choose))
    return state


def judged(end: State) -> Analysis:
    """A run, judged roughly: from too little for a word on any move, which would take longer."""
    one = coach.Imagining(end.game.rules, 0).says(end)
    return analysis(end, "0" * 16, [one] * coach.LEAST).measured(Par(10**9 + end.seed, 1, 2))


def adds_up(found: Analysis, end: State) -> bool:
    """Whether the parts of a result are what they should be."""
    data = as_data(found)
    return (
        data["result"] == end.returns() == data["par"] - data["losses"] + data["luck_answers"] + data["luck_buyer"]
        and data["losses"] == sum(each["loss"] for each in data["moves"])
        and data["luck_answers"] == sum(each["luck"] for each in data["moves"])
        and len(data["moves"]) == end.moves
    )


def main() -> int:
    runs = int(sys.argv[1]) if sys.argv[1:] else 10_000
    coach.WORLDS = 1  # type: ignore[misc]
    right, wrong, moves = 0, Counter[str](), 0
    for name, share in SHARES.items():
        game = Game(library.load(library.find(name)))
        for seed in range(FIRST_SEED, FIRST_SEED + max(1, runs * share // 100)):
            end = played(game, seed)
            moves += end.moves
            if adds_up(judged(end), end):
                right += 1
            else:
                wrong[name] += 1
        print(f"{name:22} {right:6,} runs add up so far, {sum(wrong.values())} do not", flush=True)
    print(f"{right:,} runs of {moves:,} moves add up to the cent, {sum(wrong.values())} do not {dict(wrong) or ''}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
