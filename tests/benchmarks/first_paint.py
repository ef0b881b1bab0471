"""How long from process start until the library can be read, in a pseudo-terminal: medians, printed.

    python tests/benchmarks/first_paint.py [ROUNDS]

Two moments: the frame of the library with its first words, and the scenarios in it. Aim: the first within 600 ms.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

HEADING, LISTED = b"Type to filter", b"Saturday in the showroom"


def measure(home: str, columns: int = 80, rows: int = 24) -> tuple[float, float]:
    """Start the program once; seconds until the heading and until the list stand on the screen."""
    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(
            TERM="xterm-256color",
            FIRSTVISIT_HOME=home,
            COLUMNS=str(columns),
            LINES=str(rows),
            TEXTUAL_ANIMATIONS="none",
        )
        os.execv(sys.executable, [sys.executable, "-m", "game"])
    written = b""
    moments: dict[bytes, float] = {}
    while len(moments) < 2 and time.perf_counter() - began < 30:
        if select.select([terminal], [], [], 0.05)[0]:
            written += os.read(terminal, 65_536)
            for what in (HEADING, LISTED):
                if what in written and what not in moments:
                    moments[what] = time.perf_counter() - began
    os.write(terminal, b"q")
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:
        pass  # the terminal is gone with the program
    os.close(terminal)
    os.waitpid(child, 0)
    return moments[HEADING], moments[LISTED]


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "settings.json").write_text('{"tutorial_seen": true}')
        taken = [measure(home) for _ in range(rounds)]
    print(f"median and best of {rounds}, Python {sys.version.split()[0]}, 80x24")
    for name, times in (
        ("first words of the library", [a for a, _ in taken]),
        ("scenarios listed", [b for _, b in taken]),
    ):
        print(f"  {name:28} {statistics.median(times) * 1000:6.0f} ms {min(times) * 1000:6.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
