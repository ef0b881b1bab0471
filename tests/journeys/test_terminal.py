"""A person's path through the real program in a real terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pexpect", reason="a pseudo-terminal is driven by pexpect")
if not hasattr(os, "openpty"):
    pytest.skip("this platform has no pseudo-terminals", allow_module_level=True)

from tests.journeys.terminal import Terminal


def runs(home: Path) -> list[dict[str, object]]:
    """What the program itself says about the runs on this machine."""
    done = subprocess.run(
        [sys.executable, "-m", "game", "runs", "--json"],
        env={**os.environ, "FIRSTVISIT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(done.stdout))


def test_from_the_first_start_through_the_tutorial_to_the_debrief(tmp_path: Path) -> None:
    """Briefing and debrief in a small window, what lies between in a large one, the outcome in both."""
    terminal = Terminal(tmp_path, "--seed", "7")
    terminal.see("Welcome to First Visit", "1  Start with it")
    terminal.press("1")
    terminal.see("First five minutes", "seed 7")
    terminal.press("\r")
    terminal.see("Teo, in person")
    terminal.resize(120, 40)
    terminal.see("Teo, in person", "What you know")
    for _ in range(60):
        shown = terminal.read()
        if "Debrief" in shown:
            break
        # the last option lets the most time pass, asks once more, and always leads to an end
        terminal.press("\r" if "Press again" in shown else "\x1b[F\r")
        terminal.changed(shown)
    terminal.see("Debrief: First five minutes", "1 Outcome")
    terminal.resize(80, 24)
    terminal.see("Debrief: First five minutes", "1 Outcome", "of par")  # known by then, and so the run is settled
    terminal.press_until_seen("2", "conviction", "excitement", "change of interest")  # the outcome may have a curve too
    terminal.press("r")
    terminal.see("1-9 a-z", "min")  # the choices of that moment, in a conversation or between two
    terminal.press("q")
    assert terminal.left() == 0
    assert sorted(str(run["finished"]) for run in runs(tmp_path)) == ["False", "True"]


def test_a_run_that_was_killed_is_offered_with_every_move_that_was_shown(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "play", "first-five-minutes", "--seed", "7")
    terminal.see("seed 7")
    terminal.press("\r")
    terminal.see("Teo, in person", "Tue 14:15")
    for _ in range(4):
        before = terminal.read()
        terminal.press("1")
        terminal.changed(before)
    shown = terminal.read(0.3)
    terminal.program.kill(signal.SIGKILL)
    terminal.program.wait()
    (run,) = runs(tmp_path)
    assert run["moves"]
    assert not run["finished"]

    again = Terminal(tmp_path)
    again.see("Go on with", "First five minutes")
    again.press("\r")
    clock = next(word for word in shown.split("\n")[0].split() if ":" in word)
    again.see(clock)
    again.press("q")
    assert again.left() == 0


def test_a_window_can_be_resized_while_the_program_runs(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "play", "first-five-minutes", "--seed", "7")
    terminal.see("seed 7")
    terminal.press("\r")
    terminal.see("Teo, in person")
    terminal.resize(120, 40)
    terminal.see("What you know")
    terminal.resize(50, 10)
    terminal.see("First Visit needs a window of")
    terminal.resize(80, 24)
    terminal.see("Teo, in person")
    terminal.press("q")
    assert terminal.left() == 0


def test_without_colour_nothing_is_coloured(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "play", "first-five-minutes", "--seed", "7", colour=False)
    terminal.see("seed 7")
    terminal.press("\r")
    terminal.see("Teo, in person")
    terminal.press("q")
    assert terminal.left() == 0
    colours = {code for code in terminal.raw.split("\x1b[") if code.startswith(("38;2;", "48;2;"))}
    for code in colours:
        red, green, blue = code.split("m")[0].split(";")[2:5]
        assert red == green == blue, "only shades of grey"


def test_the_terminal_is_left_as_it_was_found(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "play", "first-five-minutes", "--seed", "7")
    terminal.see("seed 7")
    terminal.press("q")
    assert terminal.left() == 0
    assert terminal.raw.count("\x1b[?1049h") == terminal.raw.count("\x1b[?1049l") == 1
    assert "Traceback" not in terminal.raw
