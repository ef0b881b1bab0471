"""Steps a second of the Gymnasium environment, with random legal moves.

    python tests/benchmarks/gym_steps.py [SCENARIO]

Prints the medians of five rounds in processor time of one core, episodes begun included, at each level of cues.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path
from typing import get_args

import numpy as np

from engine.gym import FirstVisitEnv
from engine.play import Game
from engine.scenario import read_scenario
from engine.view import Cues

ROUNDS = 5
STEPS = 3_000


def rate(env: FirstVisitEnv, number: int) -> float:
    """Steps a second of one round."""
    pick = random.Random(number)
    _, info = env.reset(seed=number)
    begun = time.process_time()
    for _ in range(STEPS):
        move = pick.choice(np.flatnonzero(info["action_mask"]))
        *_, over, _, info = env.step(move)
        if over:
            _, info = env.reset()
    return STEPS / (time.process_time() - begun)


def main() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "saturday-showroom.yaml"
    game = Game(read_scenario(path.read_bytes(), str(path)))
    cues: Cues
    for cues in get_args(Cues):
        env = FirstVisitEnv(game, cues)
        median = statistics.median([rate(env, number) for number in range(ROUNDS + 1)][1:])
        print(f"{path.name}, {cues}: {median:,.0f} steps/s, {len(env.places)} numbers and {len(env.moves)} moves")


if __name__ == "__main__":
    main()
