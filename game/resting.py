"""Runs judged before they are opened: the cursor rests on one in a list, and the coach begins.

Nobody has asked for that. So it is left to processors that nothing else wants, and ends when the cursor moves on. What
was imagined by then is remembered while the list is open: when the cursor rests there again, or the run is opened, the
coach goes on from there.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from game.background import in_background
from game.errors import Failure
from game.judging import Judging

if TYPE_CHECKING:
    from game.run_files import Run
    from game.session import Session

SECONDS: Final = 0.4
"""After so many the cursor rests."""
MOST: Final = 8
"""Runs of which it is remembered what was imagined: those on which the cursor has rested last."""


class Resting:
    """The coach at work on the run on which the cursor rests."""

    def __init__(self, folder: Path | None, leaving: Event) -> None:
        """Runs are of scenarios in `folder` or elsewhere. It all ends when the program is `leaving`."""
        self._folder = folder
        self._leaving = leaving
        self._run: Run | None = None
        """On which the cursor rests."""
        self._begun: dict[Path, Judging] = {}
        self._changing = Lock()

    def on(self, run: Run) -> None:
        """The cursor rests on a run."""
        self.move_on()
        if run.finished:
            self._run = run
            in_background(self._judge, run)

    def move_on(self) -> None:
        """It does so no more."""
        with self._changing:
            self._run = None
            for judging in self._begun.values():
                judging.stop()

    def opened(self, path: Path, session: Session) -> Judging | None:
        """Whoever has begun to judge the run that is opened now, and goes on; None if nobody has."""
        with self._changing:
            self._run = None
            judging = self._begun.pop(path, None)
        return judging.again(session) if judging is not None else None

    def _judge(self, run: Run) -> None:
        """In a thread of its own."""
        from game import pool, versions
        from game.session import Session

        if pool.usable_processors() == 1:
            return  # the screen needs it
        with suppress(Failure, ValueError, OSError):  # whoever opens it is told
            found = versions.source(run.header, self._folder)
            session = Session.read(run.path, found.scenario, found.path)
            with self._changing:
                if self._run is not run:
                    return
                before = self._begun.pop(run.path, None)
                judging = before.again(session, ahead=True) if before is not None else None
                if judging is None:
                    judging = Judging(session, self._leaving, past=True, ahead=True)
                while len(self._begun) >= MOST:
                    del self._begun[next(iter(self._begun))]
                self._begun[run.path] = judging
                judging.begin()
