"""Independent pieces of work, shared out over processes.

Workers are spawned, not forked: a fork copies the locks of threads that it does not copy, and a progress bar or a
screen may run threads. Spawning costs each worker one start of the interpreter, and is the same on every platform.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import Any, Final, TypeVar

from game.computing.background import STARTING
from game.words.errors import NOT_DONE, Failure

_AHEAD: Final = 4
"""Jobs handed over for each worker at a time: enough that none waits, and millions of jobs take no memory."""
GIVE_WAY: Final = 5
"""How nice those processes are whose work nobody waits for in front of a screen that has to answer."""
IDLE: Final = 19
"""How nice those are whose work nobody has asked for yet. While there is other work, they should have none: see
`wanted`."""
_LOOK: Final = 0.1
"""Seconds after which it is asked again whether the work is to stop."""
LATER: Final[Any] = object()
"""In the place of a job: what is to be done next depends on results that are not there yet."""

Job = TypeVar("Job")
Result = TypeVar("Result")


class WorkerLost(Failure):
    """A worker process ended before its work did: killed, or out of memory."""

    def __init__(self) -> None:
        super().__init__(
            "A worker process was ended from outside before its work was done, perhaps for lack of memory. "
            "With --processes 1, only this process is used.",
            NOT_DONE,
        )


def never() -> bool:
    """Nobody stops the work."""
    return False


def usable_processors() -> int:
    """The processors that this process may run on, 1 or more."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def results(
    work: Callable[[Job], Result],
    jobs: Iterable[Job],
    processes: int,
    stopped: Callable[[], bool] = never,
    niceness: int = 0,
) -> Generator[tuple[int, Result], None, None]:
    """Do `work` on every job and yield (place of the job, result) as each is finished, in any order.

    Jobs may be made up as they are wanted, after results that have been yielded; where it takes more results to know
    the next job, `LATER` stands in its place, and it is asked for again after the next one.

    With `processes` of 1, or with a single job, everything is done in this process, in order. Otherwise `work` goes to
    each worker once, and jobs and results go to and fro: all three have to be picklable, and `work` importable. Close
    the generator (`contextlib.closing`) to stop early: what stops a program goes to the caller alone, and workers end
    without a word. They end, too, as soon as `stopped` says so, in the middle of a job; in this process a job is done
    first. Other processes give way to whatever else is going on by their `niceness`.

    Raises `WorkerLost` when a worker was killed, what `work` raises, and ValueError for `processes` below 1.
    """
    if processes < 1:
        raise ValueError(f"work needs 1 process or more, not {processes}")
    if processes == 1 or (isinstance(jobs, Sized) and len(jobs) < 2):
        yield from _one_by_one(work, jobs, stopped)
        return
    most = min(processes, len(jobs)) if isinstance(jobs, Sized) else processes
    with _workers(most, work, niceness) as workers:
        if (yield from _shared_out(workers, jobs, _AHEAD * most, stopped)):
            workers.pool.shutdown()


@contextmanager
def crew(
    work: Callable[[Job], Result], processes: int, stopped: Callable[[], bool], niceness: int = 0
) -> Iterator[Callable[[Iterable[Job]], Generator[tuple[int, Result], None, None]]]:
    """Do jobs as `results` does, now and again, for as long as the block lasts. Other processes start at once, so that
    whoever asks need not wait for that, and they stay. What was begun for somebody who did not wait for it is done
    first."""
    if processes == 1:
        yield lambda jobs: _one_by_one(work, jobs, stopped)
        return
    with _workers(processes, work, niceness) as workers:
        for _ in range(processes):
            _handed(workers, stopped, _be_there)

        def done(jobs: Iterable[Job]) -> Generator[tuple[int, Result], None, None]:
            # one job waits, and no more: to call jobs off makes Python 3.11 complain when their workers are killed
            yield from _shared_out(workers, jobs, processes + 1, stopped)

        yield done


def _one_by_one(
    work: Callable[[Job], Result], jobs: Iterable[Job], stopped: Callable[[], bool]
) -> Generator[tuple[int, Result], None, None]:
    for place, job in enumerate(jobs):
        if stopped():
            return
        assert job is not LATER  # all results there can be are there
        yield place, work(job)


def _shared_out(
    workers: _Workers, jobs: Iterable[Job], most: int, stopped: Callable[[], bool]
) -> Generator[tuple[int, Any], None, bool]:
    """Share jobs out, no more than `most` at a time, and return whether all were done."""
    running: dict[Future[Any], int] = {}
    left, given = iter(jobs), 0
    while not stopped():
        for job in islice(left, most - len(running)):
            if job is LATER:
                break
            handed = _handed(workers, stopped, _do, job)
            if handed is None:
                return False
            running[handed] = given
            given += 1
        if not running:
            return True
        for done in wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED).done:
            yield running.pop(done), done.result()
    return False


@contextmanager
def beside(work: Callable[[Job], Result], stopped: Callable[[], bool]) -> Iterator[Callable[[Job], Result | None]]:
    """One process beside this one, for as long as the block lasts. It does `work` on one job after the other, and what
    `work` remembers stays there; None is given back for a job that was going on when it `stopped`.

    The same has to be picklable and importable as for `results`. Raises `WorkerLost` when the process was killed.
    """
    with _workers(1, work, GIVE_WAY) as workers:

        def done(job: Job) -> Result | None:
            running: Future[Result] | None = _handed(workers, stopped, _do, job)
            while running is not None and not stopped():
                if wait([running], timeout=_LOOK).done:
                    return running.result()
            return None

        yield done


@dataclass(frozen=True, slots=True)
class _Workers:
    """Workers, and who they are: other threads may have some of their own."""

    pool: ProcessPoolExecutor
    started: set[BaseProcess]


_asked_for: Final[set[ProcessPoolExecutor]] = set()
"""Those who are there for work that somebody has asked for."""


def wanted() -> bool:
    """Whether processors are wanted for work that somebody has asked for."""
    return bool(_asked_for)


@contextmanager
def _workers(processes: int, work: Callable[[Job], Result], niceness: int) -> Iterator[_Workers]:
    """Workers for as long as the block lasts, or until they are shut down in it. What they are doing at its end is left
    undone. Raises `WorkerLost` when one was killed."""
    _start_tracker()
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, spawn, initializer=_begin, initargs=(work, niceness))
    started = set[BaseProcess]()
    if niceness < IDLE:
        _asked_for.add(pool)
    try:
        yield _Workers(pool, started)
    except BrokenProcessPool:
        raise WorkerLost from None
    finally:
        _asked_for.discard(pool)
        for worker in started:
            worker.kill()  # a job may be long, and nobody waits for it any more
        pool.shutdown()


def _handed(workers: _Workers, stopped: Callable[[], bool], *job: Any) -> Future[Any] | None:
    """Hand out a job: what to do, and with what. None when work is to stop because the program is ending, and Python
    lets nobody begin any."""
    try:
        with _no_interrupts(), STARTING:
            if stopped():
                return None
            before = set(multiprocessing.active_children())
            try:
                return workers.pool.submit(*job)
            finally:
                workers.started.update(set(multiprocessing.active_children()) - before)
    except BrokenProcessPool:
        raise
    except RuntimeError:
        if stopped():
            return None
        raise


def _start_tracker() -> None:
    """Start the process that tidies up after spawned ones. It is handed this one's stderr, and cannot take the one
    that a screen puts in its place."""
    if os.name != "posix":
        return
    from multiprocessing import resource_tracker

    shown, sys.stderr = sys.stderr, sys.__stderr__
    held = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        resource_tracker.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)  # it lets Ctrl+C and SIGTERM into whatever thread this is
        sys.stderr = shown


_STOPS: Final = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}
"""Signals that a terminal, or whoever runs the program in it, sends to all its processes at once."""


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Hold Ctrl+C and what else may stop the program back while workers are started.

    What is held back in this thread stays held back in the workers for good, even while they import, where nothing
    could catch it. In this thread it arrives at the end of the block.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


# --- in a worker -----------------------------------------------------------------------------------------------------

_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any], niceness: int) -> None:
    """Get a worker ready, which takes what others leave over the nicer it is."""
    global _work
    _work = work
    for number in _STOPS:
        signal.signal(number, signal.SIG_IGN)  # it is for the one who started this worker to say when it ends
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_SETMASK, ())  # a worker may be started from a thread that holds signals back
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    gc.freeze()  # what is loaded by now stays, and need not be looked at again while the work is done


def _be_there() -> None:
    """The first job of each worker: it does nothing, and the worker is started for it."""


def _do(job: Any) -> Any:
    return _work(job)


def _end_with_parent() -> None:
    """End this worker when the process that started it is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(NOT_DONE)
