"""A scenario that is being written, played at random in a process beside the screen: what never comes up in it, and the
way to each of its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Final

from game.computing import pool
from game.computing.background import in_background
from game.computing.pool import WorkerLost

if TYPE_CHECKING:
    from engine.authoring.exploring import Exploration
    from engine.authoring.proving import Proof
    from engine.scenario import Problem, Scenario
    from game.authoring.watching import Version

SLICES: Final = (25, 175, 300, 500, 1_000, 1_000, 1_000, 1_000)
"""Plays after each of which it is said what was found: soon for the first time, then for as long as it pays."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a line comes to be on offer."""

    seed: int
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of playing a version of a file so far."""

    text: bytes
    """The version."""
    plays: int
    problems: tuple[Problem, ...]
    ways: Mapping[int, Way]
    """The shortest way to a line, by its move; none to a line that was never on offer."""
    trouble: str = ""
    """Why it is played no further, if it failed."""


@dataclass(frozen=True, slots=True)
class _Slice:
    """Some plays more of the scenario that was given last, or the first of one that is given."""

    plays: int
    text: bytes
    path: str
    scenario: Scenario | None
    known: tuple[Problem, ...]


class _Explore:
    """Explores a scenario slice by slice, in whichever process it is called."""

    def __init__(self) -> None:
        self._scenario: Scenario | None = None
        self._found: Exploration | None = None
        self._proof: Proof | None = None

    def __call__(self, job: _Slice) -> Played:
        from engine.authoring.exploring import begin, explore
        from engine.authoring.findings import findings
        from engine.authoring.proving import prove

        if job.scenario is not None:
            if self._scenario is None or job.scenario.digest() != self._scenario.digest():
                self._found, self._proof = begin(job.scenario), None
            self._scenario = job.scenario  # where only words are others, what was found stays found
        elif self._found is not None and self._proof is None:
            self._proof = prove(self._found.rules)  # once the first findings are shown
        assert self._scenario is not None  # the first slice brings it
        assert self._found is not None
        self._found = explore(self._found, job.plays)
        problems = findings(job.text, job.path, self._scenario, self._found, job.known, self._proof)
        return Played(job.text, self._found.plays, problems, ways(self._found))


def ways(found: Exploration) -> dict[int, Way]:
    """The shortest way to each line that was on offer, by its move."""
    from engine.authoring.parts import Part

    there: dict[int, Way] = {}
    for move, what in enumerate(found.rules.moves):
        if not isinstance(what, str):
            who, line = what
            path = found.path(Part("offered", who, line.bit.bit_length() - 1))
            if path is not None:
                there[move] = Way(path.seed, tuple(found.rules.names[each] for each in path.moves))
    return there


class PlayingOn:
    """Plays the newest version of a file, and tells what it finds."""

    def __init__(self, path: Path, tell: Callable[[Played], object], stopped: Callable[[], bool]) -> None:
        """`tell` is called in a thread of its own, until `stopped`."""
        self._path = path
        self._tell = tell
        self._stopped = stopped
        self._newest: Version | None = None
        self._changed = Condition()

    def begin(self) -> None:
        """Start the process."""
        in_background(self._run)

    def take(self, version: Version) -> None:
        """Play this version from now on; what is found of an older one is told no more."""
        with self._changed:
            self._newest = version
            self._changed.notify()

    def _run(self) -> None:
        while not self._stopped():
            try:
                with pool.beside(_Explore(), self._stopped) as explore:
                    self._go_on(explore)
            except WorkerLost:
                pass  # the next version is played in another process

    def _go_on(self, explore: Callable[[_Slice], Played | None]) -> None:
        while not self._stopped():
            with self._changed:
                self._changed.wait(0.1)
                version, self._newest = self._newest, None
            if version is None:
                continue
            try:
                self._play(version, explore)
            except BrokenExecutor:
                self._tell(Played(version.text, 0, (), {}, "the process that plays it was ended"))
                raise
            except Exception as error:  # whatever it was, the preview itself goes on
                self._tell(Played(version.text, 0, (), {}, f"playing it failed: {type(error).__name__}"))

    def _play(self, version: Version, explore: Callable[[_Slice], Played | None]) -> None:
        assert version.game is not None  # only what can be played comes here
        scenario: Scenario | None = version.game.scenario
        for plays in SLICES:
            found = explore(_Slice(plays, version.text, str(self._path), scenario, version.problems))
            scenario = None
            if found is None or self._newest is not None:
                return
            self._tell(found)
