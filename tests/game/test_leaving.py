"""Whoever leaves is not kept waiting, and Ctrl+C is quiet from the first moment on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from engine.scenario import Scenario
from game import firstvisit
from game.plain import Plain
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.run import RunScreen
from game.words.errors import FINE, STOPPED
from tests.game.screens.moves import SMALL, pin, settle
from tests.game.screens.pictures import said
from tests.game.screens.scripted import ScriptedRun


def interrupted(*_: object) -> str:
    raise KeyboardInterrupt


def process(text: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a program; it is killed if it does not end, as a run of it would go on for ever."""
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=120)


def test_ctrl_c_is_quiet_while_the_program_looks_at_its_own_files(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(firstvisit, "clash", interrupted)
    assert firstvisit.main() == STOPPED
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(
    "moment",
    [
        "import game.start; import os, signal; os.kill(os.getpid(), signal.SIGINT); print('still here')",
        "import game.start, game.cli; game.cli.main = lambda: None; game.start.main(); "
        "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('still here')",
    ],
    ids=["before the command", "after it"],
)
def test_ctrl_c_is_quiet_around_the_command(moment: str) -> None:
    done = process(moment)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_in_the_command_is_an_exit_code_and_no_traceback() -> None:
    done = process(
        "import os, signal, sys, game.start, game.cli\n"
        "game.cli.main = lambda: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(game.start.main())"
    )
    assert (done.returncode, done.stdout, done.stderr) == (STOPPED, "", "")


def test_the_program_does_not_wait_for_what_it_does_in_the_background() -> None:
    done = process(
        "from threading import Event\n"
        "from game.computing.background import in_background\n"
        "begun = Event()\n"
        "in_background(lambda: (begun.set(), Event().wait()))\n"
        "begun.wait()\n"
        "print('left')"
    )
    assert (done.returncode, done.stdout) == (0, "left\n")


class Working(ScriptedRun):
    """A run whose par takes until it is told to stop."""

    def prepare_par(self, stopped: object) -> None:
        """Go on until nobody waits any more."""
        begun.set()
        while not cast("Callable[[], bool]", stopped)():
            ended.wait(0.01)
        ended.set()


begun, ended = Event(), Event()


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaving_stops_what_works_par_out(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    pin(monkeypatch)
    begun.clear()
    ended.clear()
    app = FirstVisit(session=cast(Session, Working(kiosk)))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        cast(RunScreen, app.screen)._prepare()
        assert begun.wait(60)
        assert not ended.is_set()
        await settle(pilot, key)
    assert ended.wait(60)


def test_leaving_the_lines_stops_what_works_par_out(kiosk: Scenario) -> None:
    class Typed:
        """A terminal at which somebody leaves at once."""

        def isatty(self) -> bool:
            return True

        def readline(self, *_: int) -> str:
            assert begun.wait(60)
            return "q\n"

    begun.clear()
    ended.clear()
    run = Working(kiosk)
    assert Plain(cast(Session, run), Typed(), StringIO()).run() == 0  # type: ignore[arg-type]
    assert ended.wait(60)


async def leaving(app: FirstVisit, monkeypatch: pytest.MonkeyPatch, *keys: str) -> int:
    """Press keys, the last of which leaves, and return what the shell gets."""
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *keys)
    monkeypatch.setattr(app, "run", lambda: None)
    return app.until_left()


async def test_whoever_leaves_a_run_reads_that_it_is_kept(
    home: Path, kiosk_path: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pin(monkeypatch)
    folder = home / ("long-" * 20) / "with a blank"  # longer than a line, and to be copied whole
    folder.mkdir(parents=True)
    path = Path(shutil.copy(kiosk_path, folder))
    session = Session.start(kiosk, path, 3, "novice", live=False, runs_dir=home / "runs")
    assert await leaving(FirstVisit(session=session), monkeypatch, "1", "q") == FINE
    told = " ".join(capsys.readouterr().out.split())
    assert told == f"The run is not finished. It is kept with 1 move and is offered again: firstvisit play '{path}'"


async def test_of_a_run_that_is_not_kept_no_key_says_that_nothing_is_lost(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pin(monkeypatch)
    app = FirstVisit(session=Session.start(kiosk, None, 3, "novice", live=False, runs_dir=None))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1", "ctrl+c")
        assert "q leaves. This run is not kept." in said(app)
        await settle(pilot, "q")
    monkeypatch.setattr(app, "run", lambda: None)
    app.until_left()
    assert capsys.readouterr().out == "This run could not be kept.\n"


async def test_whoever_leaves_from_the_library_is_told_nothing(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pin(monkeypatch)
    session = Session.start(kiosk, None, 3, "novice", live=False, runs_dir=home / "runs")
    assert await leaving(FirstVisit(session=session), monkeypatch, "1", "escape", "q") == FINE
    assert capsys.readouterr().out == ""
