"""No byte ends the program, no flood holds it up, and signals leave terminal and run as they should be."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

pytest.importorskip("pexpect", reason="a pseudo-terminal is driven by pexpect")
if not hasattr(os, "openpty"):
    pytest.skip("this platform has no pseudo-terminals", allow_module_level=True)

from tests.journeys.terminal import Terminal

CTRL_Q = b"\x11"
CTRL_Z = "\x1a"
PASTE = b"\x1b[200~%s\x1b[201~"


def playing(home: Path, *arguments: str) -> Terminal:
    """A program in the middle of a conversation."""
    terminal = Terminal(home, "play", "first-five-minutes", "--seed", "7", *arguments)
    terminal.see("seed 7")
    terminal.press("\r")
    terminal.see("Teo, in person")
    return terminal


def send(terminal: Terminal, data: bytes) -> None:
    """Send bytes, and read meanwhile what the program writes, as a terminal does."""
    while data:
        data = data[os.write(terminal.program.child_fd, data[:1024]) :]
        terminal.read(0)


def test_no_byte_ends_it(tmp_path: Path) -> None:
    terminal = playing(tmp_path)
    pieces = (
        b"\xe9",  # an e acute in Latin-1
        b"\xf1\x80",  # Meta with the eighth bit
        b"\x1b[M\xa0\xf0\xff",  # an old report of the mouse
        b"\x1b[99999999u",  # a key of no character
        b"\x1bP1+r71\x1b\\\x1bP+q\x1b\\\x1b]11;q\x07",  # what a terminal says of itself
        b"\x1b[48;0;0;0;0t\x1b[<0;1;1M",  # a window without a size
        PASTE % (b"\x1b[A\xff" * 30),
        b"\x1b[200~never ended",
    )
    for piece in pieces:
        send(terminal, piece)
        terminal.read(0.3)
        assert terminal.program.isalive(), piece
    terminal.press_until_seen("?", "You talk with the buyer.")  # not heard as long as the last paste lasts
    send(terminal, CTRL_Q)
    assert terminal.left() == 0


@pytest.mark.parametrize(
    "flood", [b"12 hello\n" * 11_000, PASTE % (b"text \x1b[5~ 2\r" * 8_000)], ids=["bare", "paste"]
)
def test_a_flood_is_dropped_and_the_program_goes_on(tmp_path: Path, flood: bytes) -> None:
    terminal = playing(tmp_path)
    send(terminal, flood)
    # not heard as long as the flood lasts; and no time has passed, so nothing was played
    terminal.press_until_seen("?", "You talk with the buyer.", "Tue 14:15")
    send(terminal, CTRL_Q)
    assert terminal.left() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal_and_keeps_the_run(tmp_path: Path, number: int) -> None:
    terminal = playing(tmp_path)
    terminal.program.kill(number)
    assert terminal.left() == 128 + number
    assert "\x1b[?1049l" in terminal.raw
    assert "Traceback" not in terminal.raw
    assert list((tmp_path / "runs").glob("*.run"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_lines_with_its_code(tmp_path: Path, number: int) -> None:
    terminal = Terminal(tmp_path, "play", "first-five-minutes", "--seed", "7", "--plain", rows=40)
    terminal.see("3. What happened at the bar")
    terminal.program.kill(number)
    assert terminal.left() == 128 + number
    assert "Traceback" not in terminal.raw


def test_ctrl_z_stops_it_and_it_comes_back(tmp_path: Path) -> None:
    import pexpect

    shell = pexpect.spawn(
        "/bin/sh", ["-i"], dimensions=(24, 80), encoding="utf-8", codec_errors="replace", timeout=20,
        env={**os.environ, "PS1": "shell$ ", "ENV": "", "TERM": "xterm-256color", "FIRSTVISIT_HOME": str(tmp_path)},
    )  # fmt: skip

    def pressed_until(key: str, written: str) -> None:
        """Press a key that the program hears only once it is drawn; the shell hears neither of these."""
        for _ in range(20):
            shell.send(key)
            if not shell.expect_exact([written, pexpect.TIMEOUT], timeout=3):
                return
        raise AssertionError(shell.before)

    shell.expect_exact("shell$ ")
    shell.sendline(f"{sys.executable} -m game play first-five-minutes --seed 7")
    shell.expect_exact("Start")
    pressed_until(CTRL_Z, "\x1b[?1049l")
    shell.expect_exact("shell$ ")
    shell.sendline("echo here; fg")
    shell.expect_exact("here\r")
    shell.expect_exact("\x1b[?1049h")
    shell.expect_exact("Start")
    pressed_until("\x11", "\x1b[?1049l")
    shell.expect_exact("shell$ ")
    shell.close(force=True)


def test_ctrl_z_without_a_shell_goes_on_at_once(tmp_path: Path) -> None:
    terminal = playing(tmp_path)
    terminal.press(CTRL_Z)
    terminal.press_until_seen("?", "You talk with the buyer.")
    send(terminal, CTRL_Q)
    assert terminal.left() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_host_goes_on_after_any_byte_and_leaves_the_terminal_as_it_was(tmp_path: Path, number: int) -> None:
    pytest.importorskip("aiohttp")
    terminal = Terminal(tmp_path, "host", "first-five-minutes", "--port", "0")
    terminal.see("Nobody")
    send(terminal, b"\xe9")
    terminal.press_until_seen("?", "Players join with a browser")
    terminal.program.kill(number)
    assert terminal.left() == 128 + number
    assert "\x1b[?1049l" in terminal.raw
    assert "to go on: firstvisit host --resume" in terminal.raw[terminal.raw.rindex("\x1b[?1049l") :]
    assert "Traceback" not in terminal.raw
