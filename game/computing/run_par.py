"""Par of one run, as it gets known: roughly after a few attempts, and well enough when there are enough of them.

It stays in memory until the run is over: whoever knows par knows what the buyer hides.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING

from game.computing.background import unheard
from game.text.bar import Advance, unseen

if TYPE_CHECKING:
    from engine.par import Attempt, Par
    from engine.play import Game


class RunPar:
    """What a run is measured against."""

    def __init__(self, game: Game, seed: int) -> None:
        self._game = game
        self._seed = seed
        self.known: Par | None = None
        """Par, if it is known well enough by now."""
        self._rough: Par | None = None
        self._attempts: dict[int, Attempt] = {}
        self._tell: Callable[[], object] = unheard
        self._working = RLock()
        self._worked = 0
        self._advance: Advance = unseen

    @property
    def so_far(self) -> Par | None:
        """Par as far as it is known by now: only ever to be told to whoever waits, unless it is known well enough."""
        return self.known or self._rough

    def prepare(self, stopped: Callable[[], bool], advance: Advance = unseen, niceness: int | None = None) -> None:
        """Work par out, which takes seconds, unless `stopped`: for a thread, while the player reads. `advance` is told
        of each of the expert's runs, whoever has begun the work. Its processes are so nice, or give way to a screen.

        What was done when it was stopped need not be done again.
        """
        from game.computing import pars, pool

        if advance is not unseen:
            advance(self._worked)
            self._advance = advance
        with self._working:
            if self.known is not None:
                return
            nice = pool.GIVE_WAY if niceness is None else niceness
            found = pars.par_of(self._game, self._seed, stopped, self._count, nice, self.take, self._attempts)
            if found is not None:
                self.take(found)

    def whole(self, advance: Advance = unseen) -> Par:
        """Par, worked out now if nobody has prepared it."""
        from game.computing import pool

        self.prepare(pool.never, advance)
        assert self.known is not None  # nobody stops it
        return self.known

    def take(self, par: Par) -> None:
        """Take this for par, or for par so far."""
        if par.so_far:
            self._rough = par
        else:
            self.known = par
        self._tell()

    def hear(self, tell: Callable[[], object]) -> None:
        """From now on `tell` is called, in whatever thread works par out, whenever it is known better than before."""
        self._tell = tell

    def _count(self, more: int) -> None:
        self._worked += more
        self._advance(more)
