"""A player whose terminal dies finds every move that was shown as made."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pexpect
import pytest

PROMPT = "\r\n> "
Terminal: TypeAlias = "pexpect.spawn[str]"
Start = Callable[..., Terminal]
SAID = re.compile(r"^You: (.+?)\r$", re.MULTILINE)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where this player's runs are kept."""
    return tmp_path / "home"


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Start the real program in a pseudo-terminal, as lines; whatever is left running is ended."""
    running: list[Terminal] = []

    def command(*arguments: str) -> Terminal:
        environment = {**os.environ, "FIRSTVISIT_HOME": str(home), "TERM": "xterm", "COLUMNS": "200"}
        started = pexpect.spawn(
            sys.executable, ["-m", "game", *arguments], env=environment, encoding="utf-8", timeout=60, echo=False
        )
        running.append(started)
        return started

    yield command
    for each in running:
        each.close(force=True)


def runs(home: Path) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "game", "runs", "--json"],
        env={**os.environ, "FIRSTVISIT_HOME": str(home)},
        capture_output=True,
        check=True,
    )
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def to_prompt(terminal: Terminal) -> str:
    """Wait until the program asks, and return what it showed since the last time."""
    terminal.expect_exact(PROMPT)
    return f"{terminal.before}\r\n"


def play_some(terminal: Terminal, *options: str) -> str:
    """Choose options by their words, and return everything that was shown until the last was chosen."""
    shown = ""
    for option in options:
        turn = to_prompt(terminal)
        shown += turn
        (number,) = re.findall(rf"^ *(\d+)\. {re.escape(option)}", turn, re.MULTILINE)
        terminal.sendline(number)
    return shown


MOVES = ("What happened at the bar", "Where will it stand", "I know your bar")


def test_after_kill_9_every_move_that_was_shown_is_there(start: Start, home: Path) -> None:
    terminal = start("play", "first-five-minutes", "--plain", "--seed", "3")
    shown = play_some(terminal, *MOVES)
    shown += to_prompt(terminal)
    terminal.kill(signal.SIGKILL)
    terminal.wait()
    made = SAID.findall(shown)
    assert len(made) == 3
    (run,) = runs(home)
    assert (run["moves"], run["finished"]) == (3, False)

    again = start("play", "first-five-minutes", "--plain", "--seed", "3")
    shown = play_some(again, "Go on with it")
    assert "There is an unfinished run" in shown
    assert SAID.findall(to_prompt(again)) == made


def test_a_kill_in_the_middle_of_a_move_loses_nothing_that_was_shown(start: Start, home: Path) -> None:
    terminal = start("play", "first-five-minutes", "--plain", "--seed", "3")
    shown = play_some(terminal, *MOVES)
    terminal.kill(signal.SIGKILL)
    terminal.wait()
    shown += terminal.read()
    (run,) = runs(home)
    assert run["moves"] in (2, 3), "the third was killed before or after it was kept"
    assert len(SAID.findall(shown)) <= int(str(run["moves"]))


def test_ctrl_c_leaves_quietly_and_keeps_the_run(start: Start, home: Path) -> None:
    terminal = start("play", "first-five-minutes", "--plain", "--seed", "3")
    play_some(terminal, *MOVES[:2])
    to_prompt(terminal)
    terminal.sendintr()
    assert "Traceback" not in terminal.read()
    terminal.wait()
    assert terminal.exitstatus == 130
    (run,) = runs(home)
    assert (run["moves"], run["finished"]) == (2, False)


def test_the_terminal_hanging_up_keeps_the_run(start: Start, home: Path) -> None:
    terminal = start("play", "first-five-minutes", "--plain", "--seed", "3")
    play_some(terminal, *MOVES[:2])
    to_prompt(terminal)
    terminal.close()
    (run,) = runs(home)
    assert (run["moves"], run["finished"]) == (2, False)
