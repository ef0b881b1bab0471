"""The coach looks on while a run is played: what it imagines meanwhile need not be imagined afterwards.

It does so in a process beside the game, which takes what the game leaves over. That process holds the imaginings, takes
in each move that is made, and tries what could have been done instead. Nothing of it is told, or kept on the disk,
before the run is over; then the same is asked as of any other run, and what was tried already is answered at once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.coach.analysis import LEAST, QUICK, Imagining
from game import coaching

if TYPE_CHECKING:
    from engine.coach.narrowing import Left
    from engine.play import State
    from engine.rules import Move
    from game.coaching import Imaginings, Job, Told
    from game.session import Session

MOST: Final = 4 * QUICK
"""Imaginings after which it waits for the next move."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one imagining is asked for."""

    made: tuple[tuple[Move, int], ...]
    """The moves since the last time that anything was asked, each with the seconds of thinking it took."""
    number: int
    left: Left


class Onlooker:
    """The imaginings of one run, in whichever process it is called."""

    def __init__(self, now: State) -> None:
        self._now = now
        self._imaginings: dict[int, Imagining] = {}

    def __call__(self, asked: Asked) -> Told:
        for move, think in asked.made:
            self._now = self._now.apply_action(move, think)
        one = self._imaginings.get(asked.number)
        if one is None:
            one = self._imaginings[asked.number] = Imagining(self._now.game.rules, asked.number)
        told = one.says(self._now, asked.left)
        one.follow(self._now)
        return told


class LookingOn:
    """What is asked of an onlooker: while a run is played, and once it is over."""

    def __init__(self, session: Session, ask: Callable[[Asked], Told | None]) -> None:
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
        for number, left in self._wanted(now, found):
            told = self._asked(now, number, left)
            if told is None or self._session.state is not now:
                return False
            found[number] = told
        return self._session.state is now

    def _wanted(self, now: State, found: Imaginings) -> Iterator[Job]:
        before: Left = ((),) * now.moves
        for number in range(LEAST):
            yield number, (*before, now.legal_actions())
            del found[number]  # it has yet to say something of the moves that were made
        for number, left in coaching.jobs(now, self._session.par_so_far, found):
            if number >= MOST:
                break
            yield number, left
        for number in range(QUICK):
            if self._reached.get(number) != now.moves:
                yield number, before

    def work(self, jobs: Iterator[Job]) -> Generator[tuple[int, Told], None, None]:
        """Do jobs of the run, now that it is over, as far as they were begun while it was played: see
        `coaching.judged`."""
        end = self._session.state
        for place, (number, left) in enumerate(jobs):
            if 2 * self._reached.get(number, -1) < end.moves:  # it has most of it before it: others do that sooner
                return
            told = self._asked(end, number, left)
            if told is None:
                return
            yield place, told

    def _asked(self, now: State, number: int, left: Left) -> Told | None:
        told = self._ask(Asked(now.history[self._known :], number, left))
        self._known = self._reached[number] = now.moves
        return told
