"""Whatever comes from a terminal, in whatever order and window, the program goes on, and leaves when it is told to."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

pytest.importorskip("pexpect", reason="a pseudo-terminal is driven by pexpect")
if not hasattr(os, "openpty"):
    pytest.skip("this platform has no pseudo-terminals", allow_module_level=True)

import pexpect

from engine.record import read_record
from tests.journeys.terminal import Terminal

SESSIONS = int(os.environ.get("FIRSTVISIT_SESSIONS", "2"))
"""Set it higher for a longer look."""
PIECES = 60
WINDOWS = [(80, 24), (120, 40), (60, 12), (20, 5), (2, 2), (1, 1), (200, 60)]
KEYS = [
    *(b"%d" % number for number in range(10)),
    *(b"\r", b"\t", b" ", b"\x1b", b"?", b"b", b"n", b"l", b"r", b"s", b"o", b"f", b"e", b"\x7f"),
    *(b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1bOP", b"\x1bOS"),
]
BYTES = [
    *(b"\xe9", b"\xf1\x80", b"\xff\xfe", b"\xc3", b"\x1b[M\xa0\xf0\xff", b"\x1b[99999999u", b"\x1b[<0;1;1M", b"\x9b6~"),
    *(
        b"\x1b[200~never ended",
        b"\x1b[1;2",
        b"\x1b]0;title\x07",
        b"\x1bP+q\x1b\\",
        b"\x00",
        b"\x1b[I\x1b[O",
        "日é".encode(),
    ),
]
PALETTE = [b"\x10\r\r", b"\x10\x1b[6~", b"\x10\x1b[5~\x1b", b"\x10help\r\r", b"\x10\x10", b"?\x10\x1b"]
SUSPEND = b"\x1a"
LEAVE = "\x11"
"""Ctrl+Q. What leaves on purpose (q, and what a list of commands holds) is not among what is sent before."""


def pieces(chance: random.Random) -> list[bytes | tuple[int, int]]:
    """What somebody does: mostly keys, and now and then anything else; a pair is a new size of the window."""
    found: list[bytes | tuple[int, int]] = []
    for _ in range(PIECES):
        kind = chance.randrange(20)
        press = b"%d;%d" % (chance.randint(1, 80), chance.randint(1, 20))
        if kind < 11:
            found += [chance.choice(KEYS) for _ in range(chance.choice((1, 1, 3)))]
        elif kind < 13:
            found.append(b"\x1b[<0;%sM\x1b[<0;%sm" % (press, press))
        elif kind == 13:
            found.append(b"\x1b[<0;%sM\x1b[<32;9;9M\x1b[<0;9;9m\x1b[<64;%sM" % (press, press))
        elif kind < 16:
            found.append(chance.choice(BYTES))
        elif kind == 16:
            found += [chance.choice(PALETTE), b"\x1b\x1b"]
        elif kind == 17:
            found.append(chance.choice([b"\x1b[200~%s\x1b[201~" % (b"2\r\xe9" * 9_000), b"12 hello" * 4_000, SUSPEND]))
        else:
            found.append(chance.choice(WINDOWS))
    return found


@pytest.mark.parametrize("seed", range(1, SESSIONS + 1))
def test_any_session_goes_on_until_it_is_left(tmp_path: Path, seed: int) -> None:
    done = pieces(random.Random(seed))
    terminal = Terminal(tmp_path, *([] if seed % 2 else ["play", "first-five-minutes", "--seed", "7", "--live"]))
    terminal.see("First five minutes")
    for number, piece in enumerate(done):
        if isinstance(piece, tuple):
            terminal.resize(*piece)
        while isinstance(piece, bytes) and piece and terminal.program.isalive():
            piece = piece[os.write(terminal.program.child_fd, piece[:1024]) :]
            terminal.read(0)
        terminal.read(0.01)
        assert terminal.program.isalive(), f"{done[: number + 1]}\n{terminal.raw[-2_000:]}"
    terminal.resize(100, 30)
    terminal.changed(terminal.glass.text)  # it is drawn again
    try:
        assert terminal.press_until_left(LEAVE) == 0  # not heard as long as a paste lasts whose end never came
    except pexpect.TIMEOUT:
        pytest.fail(f"not left after {done}")
    assert "Traceback" not in terminal.raw
    assert terminal.raw.count("\x1b[?1049h") == terminal.raw.count("\x1b[?1049l"), "the terminal is as it was"
    for path in (tmp_path / "runs").glob("*.run"):
        read_record(path.read_bytes())
