"""Runs judged before they are opened: the library or a list of runs is open, and nobody does anything in it.

The coach begins with the run on which the cursor rests, and goes on with the newest of which no judgements are kept.
Nobody has asked for that. So it is left to processors that nothing else wants, and ends when the cursor moves on or
another screen is shown. What was imagined by then is remembered while the program is open: when it is a run's turn
again, or it is opened, the coach goes on from there.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Condition, Event
from typing import TYPE_CHECKING, Final

from game.coach.judging import Judging
from game.computing.background import in_background
from game.home import run_files
from game.words.errors import Failure

if TYPE_CHECKING:
    from game.home.run_files import Run
    from game.runs.session import Session

SECONDS: Final = 0.4
"""After so many the cursor rests."""
LOOKING: Final = 2.0
"""After so many the library is looked at, and not on the way to somewhere else."""
NEWEST: Final = 20
"""Finished runs that are judged wherever the cursor rests."""
MOST: Final = 8
"""Runs of which it is remembered what was imagined: those whose turn it was last."""


class Resting:
    """The coach at work while the cursor rests."""

    def __init__(self, folder: Path | None, leaving: Event) -> None:
        """Runs are of scenarios in `folder` or elsewhere. It all ends when the program is `leaving`."""
        self._folder = folder
        self._leaving = leaving
        self._rest: object = None
        """The time for which the cursor rests; None while it does not."""
        self._begun: dict[Path, Judging] = {}
        self._tried: set[Path] = set()
        """Runs that have been judged here, or cannot be."""
        self._changing = Condition()

    def on(self, run: Run | None = None) -> None:
        """The cursor rests, on a run or elsewhere."""
        self.move_on()
        rest = self._rest = object()
        in_background(self._work, run, rest)

    def move_on(self) -> None:
        """It does so no more."""
        with self._changing:
            self._rest = None
            for judging in self._begun.values():
                judging.stop()
            self._changing.notify_all()

    def opened(self, path: Path, session: Session) -> Judging | None:
        """Whoever has begun to judge the run that is opened now, and goes on; None if nobody has."""
        with self._changing:
            judging = self._begun.pop(path, None)
            self.move_on()
        return judging.again(session) if judging is not None else None

    def _work(self, run: Run | None, rest: object) -> None:
        """In a thread of its own."""
        if run is not None and run.finished:
            self._judge(run, rest, measured=True)
        for each in islice((each for each in run_files.runs() if each.finished), NEWEST):
            if self._rest is not rest:
                return
            if each.path not in self._tried and not _is_judged(each):
                self._judge(each, rest)

    def _judge(self, run: Run, rest: object, *, measured: bool = False) -> None:
        """Judge a run as far as `coaching.settled` and, if it is to be `measured`, work par out as well."""
        from game.computing import pool
        from game.runs import versions
        from game.runs.session import Session

        if pool.usable_processors() == 1:
            return  # the screen needs it
        with suppress(Failure, ValueError, OSError):  # whoever opens it is told
            found = versions.source(run.header, self._folder)
            session = Session.read(run.path, found.scenario, found.path)
            with self._changing:
                if self._rest is not rest:
                    return
                before = self._begun.pop(run.path, None)
                judging = before.again(session, ahead=True) if before is not None else None
                if judging is None:
                    judging = Judging(session, self._leaving, past=True, ahead=True)
                while len(self._begun) >= MOST:
                    del self._begun[next(iter(self._begun))]
                self._begun[run.path] = judging
                judging.begin(partial(self._heard, run.path, judging, measured))
                self._changing.wait_for(lambda: self._rest is not rest or judging.stopped())
                if self._rest is not rest:
                    return
        self._tried.add(run.path)

    def _heard(self, path: Path, judging: Judging, measured: bool) -> None:
        """There is more of a run: end if that is all there is to be."""
        with self._changing:
            if self._begun.get(path) is judging and _is_done(judging, measured):  # else it is opened
                judging.stop()
                self._changing.notify_all()


def _is_judged(run: Run) -> bool:
    from game.coach import coaching

    return coaching.is_settled(run)


def _is_done(judging: Judging, measured: bool) -> bool:
    from game.coach import coaching

    found, par = judging.found, judging.par
    judged = found is not None and coaching.settled(found)
    return bool(judging.refused) or (judged and (not measured or (par is not None and not par.so_far)))
