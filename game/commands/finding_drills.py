"""Finding positions to drill in the scenarios that come with the program: `python -m game.commands.finding_drills`.

Bad habits and schools play each scenario a few times, the coach judges their moves, and the costliest mistakes are kept
in `scenarios/drills.json`: of each scenario a few in which most choices are wrong, and clearly, and no bad habit is
right, each with another best choice, so that they teach different things, and where the same mistake was made with
another buyer, that one too: it is asked in turn, in other words. They are positions of this version of a scenario, so
this is done again when one changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

import scenarios
from engine.coach.advice import costly
from engine.coach.imagining import QUICK, would
from engine.coach.position import Position, mistakes, stand
from engine.doctrines import DOCTRINES
from engine.play import Game, State
from engine.record import Header
from engine.rules import RULES_VERSION
from engine.view import Cues
from game.coach import coaching
from game.computing import pool
from game.home.files import write_whole
from game.shelf import library
from game.words.visible import json_text

PLAYERS: Final = ("talker", "discounter", "always-close", "collector", "plan-a", "audition")
"""Who plays: habits that tempt, and schools where they are wrong."""
SEEDS: Final = (900_001, 900_002)
"""The buyers."""
_A_SCENARIO: Final = 4
"""Lessons kept of each scenario."""
_A_LESSON: Final = 2
"""Positions kept of each lesson."""
CUES: Final[Cues] = "regular"
"""How much of a buyer is seen there."""
CLEAR: Final = 5
"""Points that every wrong choice costs at least: of less, somebody who has to choose learns nothing."""
LONGEST: Final = 25
"""Moves after which a position is no longer quickly understood."""


def found(folder: Path) -> Iterator[Position]:
    """Yield the positions of every scenario in a folder."""
    for path in sorted(folder.glob("*.yaml")):
        game = Game(library.load(path))
        every = [each for player in PLAYERS for seed in SEEDS for each in _mistakes(game, player, seed)]
        yield from _best([each for each in every if clear(each) and not praises_a_habit(each, game)])


def _mistakes(game: Game, player: str, seed: int) -> tuple[Position, ...]:
    end = _played(game, player, seed)
    if end is None:
        return ()
    of = game.scenario
    header = Header(of.id, game.digest, RULES_VERSION, seed, CUES, False, "2026-01-01T00:00:00Z")
    work = coaching.on_processors(end, pool.usable_processors())
    *_, last = coaching.judged(end, header, work, QUICK.__le__)
    return mistakes(end, last, CUES)


def _played(game: Game, player: str, seed: int) -> State | None:
    """A whole run; None for one that is too long."""
    state, choose = game.new_initial_state(seed), DOCTRINES[player](game.rules, seed)
    while not state.is_terminal():
        if state.moves >= 2 * LONGEST:
            return None
        state = state.apply_action(would(state, choose))
    return state


def _best(every: list[Position]) -> Iterator[Position]:
    """The costliest ones that teach different things, and the same lessons with other buyers."""
    taught: dict[tuple[str, str], list[Position]] = {}
    for each in sorted(every, key=lambda each: (-each.verdict.points, each.key)):
        lesson = each.verdict.name, each.verdict.best
        if len(each.moves) > LONGEST:
            continue
        if lesson in taught:
            met = {other.seed for other in taught[lesson]}
            if len(met) < _A_LESSON and each.seed not in met:
                taught[lesson].append(each)
        elif len(taught) < _A_SCENARIO and not set(lesson) & {name for pair in taught for name in pair}:
            taught[lesson] = [each]
    for brothers in taught.values():
        yield from brothers


def clear(position: Position) -> bool:
    """Whether most of what could be done is a wrong answer, since where nearly anything is right, nothing is asked; and
    every wrong one clearly worse than the best."""
    verdict = position.verdict
    wrong = [verdict.behind(each.name)[0] for each in verdict.alternatives if not position.right(each.name)]
    return 2 * len(wrong) >= len(verdict.alternatives) and min(wrong) >= CLEAR


def praises_a_habit(position: Position, game: Game) -> bool:
    """Whether what costs whenever it is said or done would count as a right answer."""
    before = stand(game, position)
    right = (each.name for each in position.verdict.alternatives if position.right(each.name))
    return any(costly(before, game.move_named(name)) for name in right)


def main() -> None:
    """Find them, and write them down."""
    folder = Path(next(iter(scenarios.__path__)))
    data = {"positions": [{"key": each.key} | asdict(each) for each in found(folder)]}
    write_whole(folder / "drills.json", (json_text(data) + "\n").encode("ascii"), over=True)


if __name__ == "__main__":
    main()
