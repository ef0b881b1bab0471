"""A run judged in the background: roughly as soon as it is over, and better and better while somebody reads."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from game.background import in_background

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis
    from game.coaching import Imaginings
    from game.session import Session


def _unheard() -> None:
    """Nobody waits for more."""


class Judging:
    """The coach at work on a run that is over.

    Until somebody reads it goes no further than the quick setting; while somebody does, on to the finest. What it has
    found is there at any time.
    """

    def __init__(self, session: Session, leaving: Event) -> None:
        """Judge `session` once `begin` is called. It all ends when the program is `leaving`."""
        self.found: Analysis | None = None
        self.refused = ""
        """Why the run cannot be judged, if so."""
        self._session = session
        self._leaving = leaving
        self._left = Event()
        self._wanted = Event()
        self._reading = False
        self._tell: Callable[[], object] = _unheard
        self._heard: Callable[[], object] = _unheard
        self._imagined: Imaginings = {}

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
        """Begin, in a thread of its own, in which `tell` is called whenever there is an analysis, whoever reads."""
        self._heard = tell
        in_background(self._work)

    def read(self, tell: Callable[[], object]) -> None:
        """From now on somebody reads: `tell` is called, in the other thread, whenever there is more."""
        self._tell, self._reading = tell, True
        self._wanted.set()

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
        end, path = session.state, session.record_path
        try:
            coaching.must_be_judged(end)
            self.found = coaching.kept(path, end, session.header) if path is not None else None
            self._heard()
            self._tell()
            while not self.stopped():
                if not self.enough():
                    self._go_on()
                self._wanted.wait()
                self._wanted.clear()
        except Failure as why:
            self.refused = str(why)
            self._heard()
            self._tell()

    def _go_on(self) -> None:
        """Judge on from what has been imagined, until that is enough."""
        from game import coaching, pool

        session, path = self._session, self._session.record_path
        for found in coaching.judged(
            session.state,
            session.header,
            session.par(),
            pool.usable_processors(),
            lambda _: self.enough(),
            self.enough,
            lambda _: self._tell(),
            self._imagined,
        ):
            if self.found is None or found.imaginings > self.found.imaginings:
                self.found = found
                self._heard()
                self._tell()
                if path is not None:
                    coaching.keep(found, path, session.state, session.cues)
