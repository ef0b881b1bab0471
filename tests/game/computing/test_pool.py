"""Work shared out over processes: everything is done once, and nothing hangs when something ends early."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from game.computing import pool
from game.text import bar

ENDLESS = 600
"""Seconds that no test waits."""


def square(number: int) -> int:
    return number * number


def where(number: int) -> int:
    return os.getpid()


def refuse(number: int) -> int:
    if number == 3:
        raise LookupError("three is not to be had")
    return number


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def sleep_on(number: int) -> int:
    if number:
        time.sleep(ENDLESS)
    return number


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_every_job_is_done_once_whatever_the_number_of_processes(processes: int) -> None:
    assert dict(pool.results(square, range(20), processes)) == {number: number * number for number in range(20)}


@pytest.mark.parametrize("processes", [1, 2])
def test_jobs_may_follow_from_results(processes: int) -> None:
    found: dict[int, int] = {}

    def jobs() -> Iterator[int]:
        yield from range(3)
        while len(found) < 3:
            yield pool.LATER
        yield sum(found.values())

    for place, result in pool.results(square, jobs(), processes):
        found[place] = result
    assert found == {0: 0, 1: 1, 2: 4, 3: 25}


def test_one_process_is_this_one_and_two_are_others() -> None:
    assert {result for _, result in pool.results(where, range(3), 1)} == {os.getpid()}
    assert os.getpid() not in {result for _, result in pool.results(where, range(3), 2)}


def test_no_jobs_start_no_workers() -> None:
    assert list(pool.results(square, [], 4)) == []
    assert multiprocessing.active_children() == []


def test_what_goes_wrong_in_a_worker_goes_wrong_here() -> None:
    with pytest.raises(LookupError, match="three is not to be had"):
        list(pool.results(refuse, range(5), 2))
    assert multiprocessing.active_children() == []


def test_a_worker_that_was_killed_is_said_in_a_sentence() -> None:
    with pytest.raises(pool.WorkerLost, match="A worker process was ended from outside") as caught:
        list(pool.results(die, range(5), 2))
    assert caught.value.code == 2
    assert multiprocessing.active_children() == []


def test_stopping_early_keeps_what_was_done_and_waits_for_nobody() -> None:
    with closing(pool.results(sleep_on, [0, 1, 2], 2)) as done:
        assert next(done) == (0, 0)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("processes", [1, 2])
def test_work_that_is_told_to_stop_stops_in_the_middle_of_a_job(processes: int) -> None:
    told = iter([False, False, False])
    jobs = [0] if processes == 1 else [1, 2, 3]
    assert (
        list(pool.results(sleep_on, jobs * 4, processes, lambda: next(told, True)))
        == [(0, 0), (1, 0), (2, 0)][: 3 if processes == 1 else 0]
    )
    assert multiprocessing.active_children() == []


def test_who_is_done_ends_nobody_else_s_workers() -> None:
    with pool.beside(square, pool.never) as squared:
        with closing(pool.results(sleep_on, [0, 1, 2], 2)) as done:
            assert next(done) == (0, 0)
            assert squared(2) == 4  # begun later, and still there when the others are ended
        assert squared(3) == 9
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(("processes", "others"), [(1, 0), (2, 2)])
def test_a_crew_is_there_before_it_is_asked_and_for_whatever_is_asked_next(processes: int, others: int) -> None:
    with pool.crew(square, processes, pool.never) as work:
        there = set(multiprocessing.active_children())
        assert len(there) == others
        assert dict(work(range(9))) == {number: number * number for number in range(9)}
        with closing(work(range(99))) as done:
            next(done)  # what was not waited for is left undone
        assert dict(work([5, 6])) == {0: 25, 1: 36}
        assert set(multiprocessing.active_children()) == there
    assert multiprocessing.active_children() == []


NICEST = 19


def niceness(_: int) -> int:
    return os.nice(0)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="nobody can give way here")
def test_who_works_beside_a_screen_gives_way_to_it() -> None:
    own = os.nice(0)
    with pool.beside(niceness, pool.never) as beside, pool.crew(niceness, 2, pool.never, 3) as work:
        assert beside(0) == min(own + pool.GIVE_WAY, NICEST)
        assert list(dict(work([0, 1])).values()) == [min(own + 3, NICEST)] * 2
    assert list(dict(pool.results(niceness, [0, 1], 2)).values()) == [own] * 2


def test_less_than_one_process_is_refused() -> None:
    with pytest.raises(ValueError, match="1 process or more"):
        list(pool.results(square, [1], 0))


SCRIPT = """
import sys
from contextlib import closing
from game.computing import pool
from tests.game.computing.test_pool import sleep_on

if __name__ == "__main__":
    try:
        with closing(pool.results(sleep_on, [0, 1, 2], 2)) as done:
            for _, result in done:
                print("kept", result, flush=True)
    except KeyboardInterrupt:
        print("stopped", flush=True)
"""


LEAVING = """
import threading
import time
from game.computing import pool
from tests.game.computing.test_pool import square

left, begun = threading.Event(), threading.Event()

def jobs():
    yield 1
    begun.set()
    while threading.main_thread().is_alive():
        time.sleep(.01)
    time.sleep(.1)  # by now, Python lets nobody begin anything
    yield 2

if __name__ == "__main__":
    threading.Thread(target=lambda: list(pool.results(square, jobs(), 2, left.is_set))).start()
    begun.wait()
    left.set()
"""
"""A program that ends while somebody behind it is about to hand out another job."""


NOT_WAITED_FOR = """
import multiprocessing
import threading
import time
from contextlib import closing
from game.computing import pool
from tests.game.computing.test_pool import sleep_on

if __name__ == "__main__":
    with pool.crew(sleep_on, 2, pool.never) as work:
        with closing(work([0] + [1] * 40)) as done:
            next(done)
        for worker in multiprocessing.active_children():
            worker.kill()
        while threading.active_count() > 1:  # whoever hears of it complains by then, if ever
            time.sleep(.01)
"""
"""A program whose crew is killed in the middle, as at the end of every crew, after what it was asked for was left."""


@pytest.fixture
def script(tmp_path: Path) -> subprocess.Popen[str]:
    """A program with two workers that would work for minutes, in a process group of its own."""
    return started(tmp_path, SCRIPT)


def started(folder: Path, script: str) -> subprocess.Popen[str]:
    path = folder / "script.py"
    path.write_text(script)
    return subprocess.Popen(
        [sys.executable, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )


@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_ctrl_c_stops_every_process_without_a_word(script: subprocess.Popen[str]) -> None:
    assert script.stdout is not None
    assert script.stdout.readline() == "kept 0\n"
    os.killpg(script.pid, signal.SIGINT)  # as a terminal does: to all of them
    out, err = script.communicate(timeout=ENDLESS)
    assert (out, err, script.returncode) == ("stopped\n", "", 0)


@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_workers_do_not_outlive_the_process_that_started_them(script: subprocess.Popen[str]) -> None:
    assert script.stdout is not None
    assert script.stdout.readline() == "kept 0\n"
    script.kill()
    out, _ = script.communicate(timeout=ENDLESS)  # comes to an end only when nobody holds the pipe any more
    assert out == ""


def test_who_leaves_while_a_job_is_handed_out_hears_nothing_of_it(tmp_path: Path) -> None:
    assert started(tmp_path, LEAVING).communicate(timeout=ENDLESS) == ("", "")


def test_a_crew_that_is_ended_in_the_middle_ends_without_a_word(tmp_path: Path) -> None:
    assert started(tmp_path, NOT_WAITED_FOR).communicate(timeout=ENDLESS) == ("", "")


# --- the bar ---------------------------------------------------------------------------------------------------------


def test_nobody_at_a_terminal_sees_no_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bar, "PATIENCE", 0)
    with bar.progress("playing", 10) as advance:
        advance(5)
    assert capsys.readouterr() == ("", "")


def test_a_bar_appears_on_a_terminal_and_goes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(bar, "PATIENCE", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with bar.progress("[b]playing[/b]", 10) as advance:
        advance(5)
        advance(2)
    out, err = capsys.readouterr()
    assert out == ""
    assert "[b]playing[/b]" in err
    assert "7/10" in err or "5/10" in err


def test_a_terminal_that_cannot_go_back_in_a_line_shows_no_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(bar, "PATIENCE", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with bar.progress("playing", 10) as advance:
        advance(5)
    assert capsys.readouterr() == ("", "")


def test_short_work_shows_no_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(bar, "PATIENCE", ENDLESS)
    with bar.progress("playing", 10) as advance:
        advance(10)
    assert capsys.readouterr() == ("", "")


def test_who_waits_without_a_bar_is_told_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()
    monkeypatch.setattr(bar, "PATIENCE", 0)
    monkeypatch.setattr("sys.stderr.write", lambda text: told.set() if text == "Working ...\n" else None)
    with bar.progress("working", 8, "Working ..."):
        assert told.wait(ENDLESS), "while the first piece of the work is not done yet"
    assert capsys.readouterr().out == ""


def test_a_bar_does_not_wait_for_the_first_piece_of_work(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = threading.Event()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(bar, "PATIENCE", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(bar, "_bar", lambda *_: lambda more: drawn.set())
    with bar.progress("working", 8, "Working ..."):
        assert drawn.wait(ENDLESS)
    assert "Working" not in capsys.readouterr().err
