"""A run judged in the background: roughly as soon as it is over, and better and better while somebody reads. Where it
is played here, the coach looks on from the first move, and has its judgements by the last. A run from before can be
judged before anybody opens it, by processors that nothing else wants."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from game.computing.background import in_background, unheard

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis
    from engine.par import Par
    from game.coach.coaching import Imaginings, Work
    from game.runs.session import Session


_AGAIN: Final = 0.5
"""Seconds after which work that nobody has asked for looks whether it may go on."""


class Judging:
    """The coach at work on a run.

    It says nothing before the run is over. Then, until somebody reads, it goes no further than `coaching.settled`, or
    than it has come while the run was played; while somebody does, on to the finest. What it has found is there at any
    time.
    """

    def __init__(
        self,
        session: Session,
        leaving: Event,
        *,
        past: bool = False,
        ahead: bool = False,
        imagined: Imaginings | None = None,
    ) -> None:
        """Judge `session` once `begin` is called. It all ends when the program is `leaving`.

        The par of a `past` run, which was over before, is worked out here, if it is not known by the time there is a
        first analysis. With `ahead`, nobody has opened it yet. What was `imagined` of it already need not be imagined
        again.
        """
        self.found: Analysis | None = None
        self.refused = ""
        """Why the run cannot be judged, if so."""
        self.unkept = ""
        """Why what was found could not be kept, if so."""
        self._session = session
        self._past = past
        self._ahead = ahead
        self._leaving = leaving
        self._begun = False
        self._left = Event()
        self._wanted = Event()
        self._reading = False
        self._tell: Callable[[], object] = unheard
        self._heard: Callable[[], object] = unheard
        self._imagined: Imaginings = {} if imagined is None else imagined
        self._finding = Lock()

    @property
    def imaginings(self) -> int:
        """How many imaginings have been made by now."""
        return len(self._imagined)

    @property
    def par(self) -> Par | None:
        """What the run is measured against, as far as that is known by now."""
        return self._session.par.so_far

    @property
    def next(self) -> int:
        """From how many on there is something to say, or more than now."""
        from engine.coach.imagining import LEAST

        return 2 * self.found.imaginings if self.found is not None else LEAST

    def begin(self, tell: Callable[[], object] = unheard) -> None:
        """Begin, in a thread of its own. In that thread `tell` is called whenever there is an analysis, whoever reads.
        Where it has begun already, `tell` is called at once, and from now on."""
        self._heard = tell
        self._session.par.hear(self.measure)
        if self._begun:
            tell()
        else:
            self._begun = True
            in_background(self._work)

    def again(self, session: Session, *, ahead: bool = False) -> Judging | None:
        """Whoever goes on where this was left, now that the run is opened or, with `ahead`, may be before long; None if
        it is another run by now."""
        if (self._session.header, self._session.state) != (session.header, session.state):
            return None
        if self.stopped():
            return Judging(session, self._leaving, past=True, ahead=ahead, imagined=dict(self._imagined))
        self._ahead = ahead
        self._wanted.set()
        return self

    def moved(self) -> None:
        """A move was made."""
        self._wanted.set()

    def read(self, tell: Callable[[], object]) -> None:
        """From now on somebody reads: `tell` is called, in the other thread, whenever there is more."""
        self._tell, self._reading = tell, True
        self._wanted.set()

    def measure(self) -> None:
        """Par is known, or known better than before: measure against it what was found."""
        if self.found is not None:
            self._measure(self.found)
        self._told()

    def _measure(self, found: Analysis) -> None:
        """Take what was found, measured against par if that is known, and keep what is new."""
        from game.coach import coaching

        with self._finding:
            if self.found is not None and self.found.imaginings > found.imaginings:
                return
            par, path = self._session.par.so_far, self._session.record_path
            found = found if par is None else found.measured(par)
            if path is not None and (self.found is None or found.lasting != self.found.lasting):
                self.unkept = coaching.keep(found, path, self._session.state, self._session.cues)
            self.found = found

    def put_aside(self) -> None:
        """Nobody reads any more, but somebody may again."""
        self._tell, self._reading = unheard, False

    def stop(self) -> None:
        """It is over."""
        self.put_aside()
        self._heard = unheard
        self._left.set()
        self._wanted.set()

    def stopped(self) -> bool:
        """Whether nobody will read any more."""
        return self._left.is_set() or self._leaving.is_set()

    def enough(self) -> bool:
        """Whether no more is to be found out as things are."""
        from game.coach import coaching

        found = self.found
        all_found = found is not None and (
            found.imaginings >= coaching.MOST if self._reading else coaching.settled(found)
        )
        return all_found or bool(self.refused) or self._interrupted()

    def _interrupted(self) -> bool:
        from game.computing import pool

        return self.stopped() or (self._ahead and pool.wanted())

    def _work(self) -> None:
        from game.coach import coaching
        from game.computing import pars, pool
        from game.words.errors import Failure

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
            if self._past and (par := pars.kept(session.game, session.seed)) is not None:
                session.par.take(par)
            if self.found is None and path is not None:
                self.found = coaching.kept(path, end, session.header)
                self.measure()  # par may have come since
            if self.found is not None and self.found.imaginings >= coaching.MOST and not self._to_be_measured():
                return
            while self._ahead and self.enough() and not self.stopped():  # no processes are started for nothing
                if self._to_be_measured() and not self._interrupted():
                    self._work_par_out(pool.IDLE)
                self._wait()
            if self.stopped():
                return
            niceness = pool.IDLE if self._ahead else pool.GIVE_WAY
            with coaching.crew(end, self.enough, niceness) as work:
                while not self.stopped():
                    unmeasured = self._unmeasured()
                    if not self.enough():
                        self._go_on(work, lambda: self.enough() or self._unmeasured())
                    if self._to_be_measured() and not self._interrupted():
                        self._work_par_out(niceness)
                    if not unmeasured or self._interrupted():
                        self._wait()
        except Failure as why:
            self.refused = str(why)
            self._told()
            if self._past and session.par.known is None:
                self._work_par_out(pool.IDLE if self._ahead else pool.GIVE_WAY)

    def _look_on(self) -> None:
        """Imagine while the run is played, and judge it by that once it is over."""
        from game.coach import coaching
        from game.coach.looking_on import LookingOn, Onlooker
        from game.computing import pool

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

    def _to_be_measured(self) -> bool:
        """Whether it is a run from before, and nobody else works out what it is measured against."""
        return self._past and (self.found is None or self.found.par is None or self.found.par_so_far)

    def _unmeasured(self) -> bool:
        """Whether somebody waits for that, and nothing is known of it yet."""
        return not self._ahead and self._to_be_measured() and self.par is None

    def _work_par_out(self, niceness: int) -> None:
        """Work out what a run from before is measured against; while there is more to judge, only so far."""
        from game.computing import pars

        session = self._session
        session.par.prepare(lambda: self._interrupted() or not (self._unmeasured() or self.enough()), niceness=niceness)
        if session.par.known is not None:
            pars.keep(session.game, session.seed, session.par.known)

    def _wait(self) -> None:
        self._wanted.wait(_AGAIN if self._ahead else None)
        self._wanted.clear()

    def _told(self) -> None:
        self._heard()
        self._tell()

    def _go_on(self, work: Work, enough: Callable[[], bool]) -> None:
        """Judge on from what has been imagined, until that is enough."""
        from game.coach import coaching

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
