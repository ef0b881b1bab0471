"""The best script of a scenario, looked for on several processors."""

from __future__ import annotations

from collections.abc import Sequence

from engine.doctrines import Script, known_script, script_of
from engine.doctrines.climbing import ROUNDS, Climb, Found, Training, climb
from engine.rules import Rules, prepare
from engine.scenario import Scenario
from game.computing import pool
from game.text.bar import progress


class Climber:
    """Betters scripts, in whichever process it is called. The scenario is prepared there."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._training: Training | None = None

    def __call__(self, work: Climb) -> Found:
        if self._training is None:
            self._training = Training(prepare(self._scenario))
        return climb(self._training, work)


def best_script(scenario: Scenario, rules: Rules, processes: int, waiting: str = "") -> Script:
    """The best script of a scenario. Where it is not known, it takes about a minute of one processor, and is the same
    on any number of them. `waiting` is said where no progress can be shown."""
    if (known := known_script(rules)) is not None:
        return known
    moves = sum(one.lists * one.moves for one in ROUNDS)
    with progress(f"looking for the script of {scenario.id}", moves, waiting) as advance:
        training = Training(rules)

        def climbers(work: Sequence[Climb]) -> list[Found]:
            if processes == 1 or len(work) == 1:
                return [climb(training, one, advance) for one in work]
            found: dict[int, Found] = {}
            for place, one in pool.results(Climber(scenario), work, processes):
                found[place] = one
                advance(work[place].round.moves)
            return [found[place] for place in range(len(work))]

        return script_of(rules, climbers)
