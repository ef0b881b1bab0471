"""One decision of a run, taken out of it: how it came about, and what each choice was worth."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from engine.coach.verdict import Analysis, Verdict
from engine.play import Game, IllegalMove, State
from engine.rules import RULES_VERSION
from engine.view import Cues


@dataclass(frozen=True, slots=True)
class Position:
    """A moment to decide in, with the judgement on what was done there."""

    scenario: str
    digest: str
    rules: int
    seed: int
    cues: Cues
    moves: tuple[tuple[str, int], ...]
    """What led here: each move by name, with the seconds of thinking that cost patience."""
    verdict: Verdict
    kind: str
    """The kind of the best choice: of its line, or `wait`."""

    @property
    def key(self) -> str:
        """16 hex digits that name the position, whoever came to it."""
        told = f"{self.digest}:{self.rules}:{self.seed}:" + ",".join(f"{name} {think}" for name, think in self.moves)
        return hashlib.blake2b(told.encode("ascii"), digest_size=8).hexdigest()

    def right(self, name: str) -> bool:
        """Whether a choice is as good an answer as the best one."""
        return self.verdict.right(name)


def mistakes(end: State, found: Analysis, cues: Cues) -> tuple[Position, ...]:
    """The mistakes of a run as positions, the one that cost most first."""
    course = end.states()[1:]
    made = tuple((end.game.move_name(state.action), state.think) for state in course)
    return tuple(
        Position(
            scenario=end.game.scenario.id,
            digest=found.digest,
            rules=found.rules,
            seed=end.seed,
            cues=cues,
            moves=made[: verdict.number],
            verdict=verdict,
            kind=_kind(end.states()[verdict.number], verdict.best),
        )
        for verdict in found.mistakes
    )


def _kind(before: State, name: str) -> str:
    line = before.line(before.game.move_named(name))
    return line.line.kind if line is not None else "wait"


def stand(game: Game, position: Position) -> State:
    """The state of a position. Raises ValueError if it is of another version of the scenario or of the rules, or its
    moves or choices are none here."""
    if (position.digest, position.rules) != (game.digest, RULES_VERSION):
        raise ValueError("the position is of another version of its scenario or of the rules")
    state = game.new_initial_state(position.seed)
    try:
        for name, think in position.moves:
            state = state.apply_action(game.move_named(name), think)
        choices = {game.move_named(each.name) for each in position.verdict.alternatives}
    except IllegalMove as error:
        raise ValueError(str(error)) from None
    if choices != set(state.legal_actions()):
        raise ValueError("what could be chosen there is not what can be chosen here")
    return state
