"""A run judged in the background: roughly as soon as it is over, and better and better while somebody reads. Where it
is played here, the coach looks on from the first move, and has its judgements by the last."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock
from typing import TYPE_CHECKING

from game.background import in_background

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis
    from game.coaching import Imaginings, Work
    from game.session import Session


def _unheard() -> None:
    """Nobody waits for more."""


class Judging:
    """The coach at work on a run.

    It says nothing before the run is over. Then, until somebody reads, it goes no further than the quick setting, or
    than it has come while the run was played; while somebody does, on to the finest. What it has found is there at any
    time.
    """

    def __init__(self, session: Session, leaving: Event) -> None:
        """Judge `session` once `begin` is called. It all ends when the program is `leaving`."""
        self.found: Analysis | None = None
        self.refused = ""
        """Why the run cannot be judged, if so."""
        self._session = session
        self._leaving = leaving
        self._begun = False
        self._left = Event()
        self._wanted = Event()
        self._reading = False
        self._tell: Callable[[], object] = _unheard
        self._heard: Callable[[], object] = _unheard
        self._imagined: Imaginings = {}
        self._finding = Lock()

    @property
    def imaginings(self) -> int:
        """How many imaginings have been made by now."""
        return len(self._imagined)

    @property
    def next(self) -> int:
        """From how many on there is something to say, or more than now."""
        from engine.coach.analysis import LEAST

        return 2 * self.found.imaginings if self.found is not None else LEAST

    def begin(self, tell: Callable[[], object] = _unheard) -> None:
        """Begin, in a thread of its own. In that thread `tell` is called whenever there is an analysis, whoever reads.
        Where it has begun already, `tell` is called at once, and from now on."""
        self._heard = tell
        if self._begun:
            tell()
        else:
            self._begun = True
            in_background(self._work)

    def moved(self) -> None:
        """A move was made."""
        self._wanted.set()

    def read(self, tell: Callable[[], object]) -> None:
        """From now on somebody reads: `tell` is called, in the other thread, whenever there is more."""
        self._tell, self._reading = tell, True
        self._wanted.set()

    def measure(self) -> None:
        """Par is known now: measure against it what was found before."""
        if self.found is not None:
            self._measure(self.found)
            self._told()

    def _measure(self, found: Analysis) -> None:
        """Take what was found, measured against par if that is known, and keep it then."""
        from game import coaching

        with self._finding:
            if self.found is not None and self.found.imaginings > found.imaginings:
                return
            par, path = self._session.par_so_far, self._session.record_path
            self.found = found if par is None else found.measured(par)
            if path is not None:
                coaching.keep(self.found, path, self._session.state, self._session.cues)

    def put_aside(self) -> None:
        """Nobody reads any more, but somebody may again."""
        self._tell, self._reading = _unheard, False

    def stop(self) -> None:
        """It is over."""
        self.put_aside()
        self._heard = _unheard
        self._left.set()
        self._wanted.set()

    def stopped(self) -> bool:
        """Whether nobody will read any more."""
        return self._left.is_set() or self._leaving.is_set()

    def enough(self) -> bool:
        """Whether no more is to be found out as things are."""
        from game import coaching

        most = coaching.MOST if self._reading else coaching.AT_ONCE
        return self.stopped() or (self.found is not None and self.found.imaginings >= most)

    def _work(self) -> None:
        from game import coaching
        from game.errors import Failure

        session = self._session
        try:
            if not session.finished:
                self._look_on()
            while not session.finished and not self.stopped():  # its process was lost
                self._wait()
            if self.stopped():
                return
            end, path = session.state, session.record_path
            coaching.must_be_judged(end)
            if self.found is None and path is not None:
                self.found = coaching.kept(path, end, session.header)
                self._told()
            if self.found is not None and self.found.imaginings >= coaching.MOST:
                return
            with coaching.crew(end, self.enough) as work:
                while not self.stopped():
                    if not self.enough():
                        self._go_on(work, self.enough)
                    self._wait()
        except Failure as why:
            self.refused = str(why)
            self._told()

    def _look_on(self) -> None:
        """Imagine while the run is played, and judge it by that once it is over."""
        from game import coaching, pool
        from game.looking_on import LookingOn, Onlooker

        session = self._session
        with suppress(pool.WorkerLost), pool.beside(Onlooker(session.state), self.stopped) as ask:
            looking_on = LookingOn(session, ask)
            while not session.finished and not self.stopped():
                self._wanted.clear()
                if looking_on.imagine():
                    self._wanted.wait()
            if not self.stopped():
                coaching.must_be_judged(session.state)
                self._go_on(looking_on.work, self.stopped)

    def _wait(self) -> None:
        self._wanted.wait()
        self._wanted.clear()

    def _told(self) -> None:
        self._heard()
        self._tell()

    def _go_on(self, work: Work, enough: Callable[[], bool]) -> None:
        """Judge on from what has been imagined, until that is enough."""
        from game import coaching

        session = self._session
        for found in coaching.judged(
            session.state,
            session.header,
            work,
            lambda _: enough(),
            lambda _: self._tell(),
            self._imagined,
            self.found.imaginings if self.found is not None else 0,
        ):
            self._measure(found)
            self._told()
