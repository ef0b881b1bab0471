"""What a preview holds: the last good version of a scenario, and a run in it whose choices are made again in each that
comes after it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.authoring.retelling import Choice, Difference
    from engine.play import Game, State
    from engine.scenario import Problem
    from game.authoring.playing_on import Played
    from game.authoring.watching import Version


class Preview:
    """The last good version of a scenario, and a run in it."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.seed = seed
        self.text = b""
        """What the file held when it was last looked at."""
        self.problems: tuple[Problem, ...] = ()
        """What was wrong in it then, as `check` reads it."""
        self.played: Played | None = None
        """What came of playing the last good version in the background."""
        self.state: State | None = None
        """The run; None until a version can be played."""
        self.difference: Difference | None = None
        """What came out differently first when the choices were last made again."""
        self.stopped = ""
        """Why not all of them could be made again."""
        self._made: tuple[Choice, ...] = ()
        """The choices of the run, with those that could not be made any more: they may be possible again."""

    @property
    def game(self) -> Game | None:
        return self.state.game if self.state is not None else None

    @property
    def everything(self) -> tuple[Problem, ...]:
        """What was read in the file to be wrong, and what was found by playing it."""
        return self.problems + (self.played.problems if self.played is not None and not self.stale else ())

    @property
    def stale(self) -> bool:
        """Whether the file has errors, so that an older version is played."""
        return any(problem.level == "error" for problem in self.problems)

    def take(self, version: Version) -> None:
        """Go on with another version of the file: if it can be played, with the same choices as far as they go."""
        self.text, self.problems = version.text, version.problems
        if version.game is None:
            return
        self.played = None
        before = self.state
        if before is None:
            self.state = version.game.new_initial_state(self.seed)
            return
        from engine.authoring.retelling import choices, difference, retell, tell

        again = retell(version.game, self.seed, choices(before))
        self.difference, self.stopped = difference(tell(before), again), again.stopped
        self.state = again.state if again.stopped else retell(version.game, self.seed, self._made).state

    # --- playing -----------------------------------------------------------------------------------------------------

    def choose(self, action: int) -> None:
        """Make a move. Raises `IllegalMove`."""
        assert self.state is not None  # moves are offered of a run
        self._go_to(self.state.apply_action(action))

    def undo(self) -> bool:
        """Take the last choice back. Returns whether there was one."""
        if self.state is None or self.state.previous is None:
            return False
        self._go_to(self.state.previous)
        return True

    def begin(self, seed: int, moves: Sequence[str] = ()) -> None:
        """Begin anew with a seed, and make these moves."""
        from engine.authoring.retelling import Choice, retell

        self.seed = seed
        self.difference = None
        if self.game is not None:
            self._go_to(retell(self.game, seed, [Choice(move) for move in moves]).state)

    def _go_to(self, state: State) -> None:
        from engine.authoring.retelling import choices

        self.state = state
        self._made = choices(state)
        if self.stopped or (self.difference is not None and self.difference.step > state.moves):
            self.difference, self.stopped = None, ""
