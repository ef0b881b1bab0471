"""The coach looks on while a run is played: what it imagines meanwhile need not be imagined afterwards.

It does so in a process beside the game, which takes what the game leaves over. That process holds the imaginings, takes
in each move that is made, and tries what could have been done instead. Nothing of it is told, or kept on the disk,
before the run is over; then the same is asked as of any other run, and what was tried already is answered at once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.coach.imagining import LEAST, QUICK, Imagining, at_first
from engine.coach.verdict import Analysis
from game.coach import coaching
from game.coach.coaching import Imagine, SumUp, summed_up
from game.shelf import compiled

if TYPE_CHECKING:
    from engine.coach.narrowing import Left
    from engine.play import State
    from engine.rules import Move
    from game.coach.coaching import Imaginings, Job, Told
    from game.runs.session import Session

MOST: Final = coaching.FINE
"""Imaginings after which it waits for the next move."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A job for an onlooker, with the moves that it has not heard of."""

    made: tuple[tuple[Move, int], ...]
    """The moves since the last time that anything was asked, each with the seconds of thinking it took."""
    job: Job


class Onlooker:
    """The imaginings of one run, in whichever process it is called."""

    def __init__(self, now: State) -> None:
        self._now = now
        self._imaginings: dict[int, Imagining] = {}

    def __call__(self, asked: Asked) -> Told | Analysis:
        compiled.know_guides(self._now.game.rules)
        for move, think in asked.made:
            self._now = self._now.apply_action(move, think)
        job = asked.job
        if isinstance(job, SumUp):
            return summed_up(self._now, job)
        one = self._imaginings.get(job.number)
        if one is None:
            one = self._imaginings[job.number] = Imagining(self._now.game.rules, job.number)
        told = one.says(self._now, job.left)
        one.follow(self._now)
        return told


class LookingOn:
    """What is asked of an onlooker: while a run is played, and once it is over."""

    def __init__(self, session: Session, ask: Callable[[Asked], Told | Analysis | None]) -> None:
        """`ask` asks an `Onlooker` of the run as it stands, and gives None if it is to stop."""
        self._session = session
        self._ask = ask
        self._known = session.moves
        self._reached: dict[int, int] = {}
        """The moves that each imagining knows."""

    def imagine(self) -> bool:
        """Let what the run has come to by now be imagined, unless more of it is played meanwhile; return whether that
        was done.

        The first imaginings try what could be done next before it is done; the others follow, so as not to be far
        behind when the run is over.
        """
        now = self._session.state
        found: Imaginings = {}
        for job in self._wanted(now, found):
            told = self._asked(now, job)
            if told is None or self._session.state is not now:
                return False
            if isinstance(job, Imagine) and not isinstance(told, Analysis):
                found[job.number] = told
        return self._session.state is now

    def _wanted(self, now: State, found: Imaginings) -> Iterator[Job]:
        before: Left = ((),) * now.moves
        for number in range(LEAST):
            yield Imagine(number, (*before, at_first(now)))
            del found[number]  # it has yet to say something of the moves that were made
        for job in coaching.jobs(now, self._session.header, found):
            if isinstance(job, SumUp):
                if len(job.imagined) == QUICK and now.moves:
                    yield job  # it remembers most of what it has to work out
            elif job.number < MOST:
                yield job
            else:
                break
        for number in range(QUICK):
            if self._reached.get(number) != now.moves:
                yield Imagine(number, before)

    def work(self, jobs: Iterator[Job]) -> Generator[tuple[int, Told | Analysis], None, None]:
        """Do jobs of the run, now that it is over, as far as they were begun while it was played: see
        `coaching.judged`."""
        end = self._session.state
        for place, job in enumerate(jobs):
            if isinstance(job, Imagine) and 2 * self._reached.get(job.number, -1) < end.moves:
                return  # it has most of the run before it: others do that sooner
            told = self._asked(end, job)
            if told is None:
                return
            yield place, told

    def _asked(self, now: State, job: Job) -> Told | Analysis | None:
        told = self._ask(Asked(now.history[self._known :], job))
        self._known = now.moves
        if isinstance(job, Imagine):
            self._reached[job.number] = now.moves
        return told
