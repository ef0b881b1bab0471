"""What is worked out once a round has closed: where computer players stand on its buyers, the class debrief, and what
the coach says of the run that it replays.

It takes seconds to minutes of every processor. Other processes do the work, and players are answered meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from engine.words import gettext, marked
from game.computing import pool
from game.workshop.kept.events import place_of
from game.workshop.results.baselines import Starts, baselines, kept_or, work
from game.workshop.results.classroom import report
from game.workshop.results.coached import Notes, notes, pieces
from game.workshop.results.debrief import ClassDebrief, class_debrief
from game.workshop.results.looking_back import agreed_names
from game.workshop.results.ranking import Baseline, Baselines, Played, played, ranking

if TYPE_CHECKING:
    from game.report.document import Part
    from game.workshop.hall.writer import Hall

Work = Callable[..., Baselines | None]


class Afterwards:
    """What is known about the rounds that have closed."""

    def __init__(self, hall: Hall, work_out: Work = baselines) -> None:
        self._hall = hall
        self._work_out = work_out
        self._stop = Event()
        self._what, self._done, self._whole = "", 0, 0
        self.baselines: dict[tuple[int, int], Baseline] = {}
        self.debriefs: dict[int, ClassDebrief] = {}
        self.coached: dict[int, Notes] = {}

    @property
    def working(self) -> str:
        """What is worked out, and how far that has come: `par 40% done`; nothing where nothing is."""
        return gettext(self._what).format(percent=100 * self._done // self._whole) if self._whole else ""

    def told(self) -> list[Part]:
        """The class debrief of the round that closed last, as its host reads it; nothing before one has."""
        if not self.debriefs:
            return []
        last, room = self.debriefs[max(self.debriefs)], self._hall.room
        agreed = agreed_names(room, self._hall.names)
        return list(report(last, ranking(room, last.round, self.baselines), agreed, self.coached.get(last.round, ())))

    async def run(self, tell: Callable[[], None]) -> None:
        """Work out what follows from each round as it closes, until cancelled. `tell` is called when there is more."""
        told: set[int] = set()
        try:
            while True:
                news = self._hall.news()
                for round in self._hall.room.rounds:
                    if round.closed is not None and round.number not in told:
                        told.add(round.number)
                        await self._after(round.number, tell)
                if all(each.number in told or each.closed is None for each in self._hall.room.rounds):
                    await news
        finally:
            self._stop.set()

    async def _after(self, number: int, tell: Callable[[], None]) -> None:
        one = next(each for each in played(self._hall.room) if each.round == number)
        self.debriefs[number] = await asyncio.to_thread(class_debrief, one)
        tell()
        if not any(one.ends.values()):
            return
        starts = {(number, buyer): start for buyer, start in enumerate(one.starts)}
        self._what, self._done, self._whole = marked("par {percent}% done"), 0, work(starts)
        with suppress(OSError):  # no room for other processes: the ranking stands without computer players
            found = await asyncio.to_thread(kept_or, starts, self._worked_out)
            self.baselines.update(found or {})
        self._done = self._whole = 0
        tell()
        await self._coach(one)
        tell()

    async def _coach(self, round: Played) -> None:
        """Let the coach judge the run that the class debrief of a round replays."""
        strong = self.debriefs[round.round].strong
        known = self.baselines.get((round.round, strong.buyer)) if strong is not None else None
        if strong is None or known is None:
            return
        event = place_of(self._hall.store, self._hall.event)
        work = partial(notes, event, self._hall.room, round, strong, known.par, pool.usable_processors())
        self._what, self._whole = marked("coach {percent}% done"), pieces()
        with suppress(OSError, pool.WorkerLost):  # no room for other processes: nothing is said of the run
            self.coached[round.round] = await asyncio.to_thread(work, self._stop.is_set, self._on)
        self._done = self._whole = 0

    def _worked_out(self, starts: Starts) -> Baselines | None:
        return self._work_out(starts, None, self._stop.is_set, self._on)

    def _on(self, more: int) -> None:
        self._done += more
