"""An event as it goes on: one writer that decides, keeps and then answers, and everybody who waits for news.

Whatever changes the event is an act (`acts.py`). Acts wait in a queue. The writer takes all that wait, lets each decide
on what the one before has left, and writes what they add to the log in one transaction; only when that is on the disk
does any of them get its answer. So a hundred moves cost one write, nothing that was answered is lost, and when a write
fails, nothing has happened.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from queue import SimpleQueue
from typing import Any, Final, TypeVar

from engine.words import marked
from game.workshop.hall.acts import Act, Done, Standing, close_in_time, give_back
from game.workshop.hall.memory import look_again
from game.workshop.kept.errors import Deleted, StoreError
from game.workshop.kept.store import Store
from game.workshop.kept.transaction import Access, Transaction, hashed, kept_room
from game.workshop.log.entries import Agreed, Entry, LogError, Moved, Seated
from game.workshop.log.refused import Refused
from game.workshop.log.room import MINUTE, Room

LONGEST_AWAY: Final = 24 * 60
"""Minutes that are given back at once; who is away for longer finds the round closed."""
MOST_TOGETHER: Final = 256
"""Acts that are written together."""
BEHIND: Final = 0.5
"""Seconds that this process may be behind what another has written, such as `firstvisit forget`, while nobody acts."""

T = TypeVar("T")
Clock = Callable[[], int]


def clock_from(earliest: int) -> Clock:
    """A clock of milliseconds of UTC that begins now, or at `earliest` if now is before that, and is never set back."""
    begin = max(time.time_ns() // 1_000_000, earliest)
    first = _ticks()
    return lambda: begin + (_ticks() - first) // 1_000_000


def _ticks() -> int:
    """Nanoseconds that go on while the machine sleeps, where it can tell them."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    return time.monotonic_ns()


class Hall:
    """One event that goes on in this process, for one event loop; with a database, perhaps in others as well."""

    def __init__(
        self, store: Store, event: str, clock: Callable[[int], Clock] = clock_from, *, joins_others: bool = False
    ) -> None:
        """Take an event up where its log has it; or join others who serve it, so that nobody was away.

        Raises `StoreError`, `LogError` and `Refused`.
        """
        self.store = store
        self.event = event
        with store.reading() as kept:
            self.standing = _standing(kept, event, kept_room(kept, event))
        self.clock = clock(self.standing.room.at)
        self._joins_others = joins_others
        self._ran = self.standing.room.at
        """When this process was last seen to run, or the one before it."""
        self._waking = asyncio.Lock()
        self.trouble = ""
        """Why the last write failed, if it did."""
        self._unwritten = False
        """Whether that is so: to read what is kept mends nothing then."""
        self.deleted = False
        """Whether somebody has deleted the event meanwhile, so that there is nothing left to serve."""
        self.ending = False
        """Whether this process is about to stop serving."""
        self._queue: SimpleQueue[tuple[Act[Any], asyncio.Future[Any]] | None] = SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._news: set[asyncio.Future[None]] = set()
        self._waiting: dict[int, set[asyncio.Future[None]]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def room(self) -> Room:
        return self.standing.room

    @property
    def names(self) -> Mapping[int, str]:
        return self.standing.names

    # --- beginning and ending ----------------------------------------------------------------------------------------

    async def __aenter__(self) -> Hall:
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._write, args=(self.standing,), name="writer", daemon=True)
        self._thread.start()
        await self._wake()
        self._tasks.append(asyncio.create_task(self._keep_time()))
        self._tasks.append(asyncio.create_task(self._keep_up()))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._thread is not None
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    # --- acts --------------------------------------------------------------------------------------------------------

    async def do(self, act: Act[T]) -> T:
        """Let an act happen, and return its result once that is on the disk.

        Raises `Refused` if it is not possible, and `StoreError` if it could not be written; nothing has happened then.
        """
        assert self._loop is not None
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put((act, future))
        return await future

    async def catch_up(self) -> None:
        """Learn what other processes have written by now. Raises `StoreError`."""
        await self.do(_look)

    async def _wake(self) -> None:
        """Give back the minutes in which nobody could play, because no host ran or the machine slept."""
        async with self._waking:
            if round((self.clock() - self._ran) / MINUTE) and not self._joins_others:
                try:
                    await self.catch_up()  # others may have gone on meanwhile
                    away = round((self.clock() - max(self._ran, self.room.at)) / MINUTE)
                    await self.do(give_back(min(LONGEST_AWAY, away)))
                except StoreError:
                    return  # the host is told of it, and nothing can be played before it is mended
            self._ran = self.clock()

    async def _keep_up(self) -> None:
        while not self.deleted:
            await self._wake()
            with suppress(StoreError):  # the host is told of it, and it may be there again the next time
                await self.catch_up()
            await asyncio.sleep(BEHIND)

    def _write(self, standing: Standing) -> None:
        """The writer: it alone decides what comes next."""
        while True:
            waiting = [self._queue.get()]
            while len(waiting) < MOST_TOGETHER and not self._queue.empty():
                waiting.append(self._queue.get())
            ending = None in waiting
            acts = [each for each in waiting if each is not None]
            if acts:
                standing = self._together(standing, acts)
            if ending:
                return

    def _together(self, before: Standing, acts: list[tuple[Act[Any], asyncio.Future[Any]]]) -> Standing:
        """Let acts happen in one transaction, and return how things stand then."""
        assert self._loop is not None
        answers: list[tuple[asyncio.Future[Any], Any]] = []
        news: tuple[Entry, ...] = ()
        trouble = ""
        looking = all(act is _look for act, _ in acts)
        try:
            with self.store.reading() if looking else self.store.transaction() as kept:
                standing, missed = self._caught_up(before, kept, alone=not looking)
                link = standing.room.link
                for act, future in acts:
                    try:
                        done = act(standing, self.clock())
                    except Exception as error:
                        answers.append((future, error))
                    else:
                        standing = done.standing
                        if done.also is not None:
                            done.also(kept)
                        answers.append((future, done.result))
                if not looking:
                    kept.append(self.event, standing.fresh, link)
                    standing = replace(standing, mark=kept.mark(self.event, alone=True))
            news, standing = (*missed, *standing.fresh), replace(standing, fresh=())
        except (StoreError, LogError, Refused) as error:
            answers = [
                (future, StoreError(marked("{trouble} Nothing was changed; try again."), trouble=str(error)))
                for _, future in acts
            ]
            standing, trouble = before, str(error)
            if isinstance(error, Deleted):
                self.deleted, standing = True, replace(before, names={}, tokens={})
        with suppress(RuntimeError):  # a loop that is closed already waits for nothing
            self._loop.call_soon_threadsafe(self._answer, standing, answers, news, trouble, looking)
        return standing

    def _caught_up(self, standing: Standing, kept: Transaction, *, alone: bool) -> tuple[Standing, list[Entry]]:
        """How things stand with what other processes have written meanwhile, and what that was."""
        if kept.mark(self.event, alone=alone) == standing.mark:
            return standing, []
        room, missed = standing.room, kept.entries(self.event, standing.room.seq)
        for entry in missed:
            room = room.after(entry)
        return _standing(kept, self.event, room), missed

    def _answer(
        self,
        standing: Standing,
        answers: list[tuple[asyncio.Future[Any], Any]],
        news: tuple[Entry, ...],
        trouble: str,
        looking: bool,
    ) -> None:
        renamed = standing.names is not self.standing.names
        self.standing = standing
        if not looking:
            self._unwritten = bool(trouble)
        if trouble or not self._unwritten:
            self.trouble = trouble
        for future, result in answers:
            if future.done():
                continue  # whoever asked is gone
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
        if news or renamed:
            self._tell(news)

    # --- news --------------------------------------------------------------------------------------------------------

    def _tell(self, news: tuple[Entry, ...]) -> None:
        _wake(self._news)
        if all(isinstance(each, Moved | Seated | Agreed) for each in news):
            for seat in {each.seat for each in news if isinstance(each, Moved)}:
                _wake(self._waiting.pop(seat, set()))
        else:
            for waiting in self._waiting.values():
                _wake(waiting)
            self._waiting.clear()

    def let_go(self) -> None:
        """Keep nobody waiting for news any more."""
        self.ending = True
        for waiting in self._waiting.values():
            _wake(waiting)

    def news(self) -> asyncio.Future[None]:
        """What is done as soon as anything has happened from now on."""
        assert self._loop is not None
        future: asyncio.Future[None] = self._loop.create_future()
        self._news.add(future)
        return future

    async def news_for(self, seat: int, seconds: float) -> None:
        """Wait until something has happened that concerns a seat, at most so long."""
        if self.ending:
            return
        await self._wait(self._waiting.setdefault(seat, set()), seconds)

    async def _wait(self, among: set[asyncio.Future[None]], seconds: float | None) -> None:
        assert self._loop is not None
        future: asyncio.Future[None] = self._loop.create_future()
        among.add(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            pass
        finally:
            among.discard(future)

    async def _keep_time(self) -> None:
        """Close each round when its time is up, and copy the file then."""
        closed = sum(each.closed is not None for each in self.room.rounds)
        while True:
            await self._wake()
            running = self.room.running
            if running is not None and running.ends is not None:
                left = running.ends - self.clock()
                if left <= 0:
                    with suppress(Refused, StoreError):
                        await self.do(close_in_time)
            now_closed = sum(each.closed is not None for each in self.room.rounds)
            if now_closed != closed:
                closed = now_closed
                await self._copy(closed)
                look_again()  # nobody plays now
            running = self.room.running
            seconds = None if running is None or running.ends is None else (running.ends - self.clock()) / 1000
            await self._wait(self._news, max(0.05, min(seconds, 60.0)) if seconds is not None else None)

    async def _copy(self, rounds: int) -> None:
        """Keep a copy of the event's file after a round, in case the file itself comes to harm."""
        path = self.store.path
        if path is None:
            return
        to = path.with_name(f"{path.stem}.after-round-{rounds}.db")
        copying = asyncio.ensure_future(asyncio.to_thread(self.store.copy, to))
        with suppress(StoreError):  # the event itself is whole, and the host is told of what concerns that
            try:
                await asyncio.shield(copying)
            except asyncio.CancelledError:
                await copying  # nothing is written any more once the event has ended here
                raise

    # --- tokens ------------------------------------------------------------------------------------------------------

    def access(self, token: str) -> Access | None:
        """What the holder of this token may do; None for one that nobody was given."""
        return self.standing.tokens.get(hashed(token))


def _standing(kept: Transaction, event: str, room: Room) -> Standing:
    """How things stand with a room, and with what is kept beside its log."""
    mark = kept.mark(event, alone=False)
    return Standing(room, kept.names(event), kept.code(event), kept.accesses(event), mark)


def _look(standing: Standing, _: int) -> Done[None]:
    """Changes nothing: whoever writes has seen before what others have written."""
    return Done(standing, None)


def _wake(waiting: set[asyncio.Future[None]]) -> None:
    for future in waiting:
        if not future.done():
            future.set_result(None)
    waiting.clear()
