"""How long a key press takes to be on the screen in a conversation, in a pseudo-terminal: medians, printed.

    python tests/benchmarks/key_latency.py [RUNS]

Every run plays a bundled scenario by always choosing the first line; measured are the first and the last byte that the
program writes after the key. Aim: repainted within 50 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

SCENARIO = "saturday-showroom"
QUIET = 0.12
"""Seconds without a byte after which the screen is taken to be still."""


class Player:
    """The program in a pseudo-terminal, and a stopwatch."""

    def __init__(self, home: str, seed: int) -> None:
        self.program = pexpect.spawn(
            sys.executable,
            ["-m", "game", "play", SCENARIO, "--seed", str(seed), "--new"],
            dimensions=(24, 80),
            env={**os.environ, "TERM": "xterm-256color", "FIRSTVISIT_HOME": home},
            encoding="utf-8",
            timeout=20,
        )
        self.program.delaybeforesend = None

    def press(self, keys: str) -> tuple[float, float, str]:
        """Seconds from the key to the first and to the last byte written, and what was written."""
        began = time.perf_counter()
        self.program.send(keys)
        first = last = 0.0
        written = ""
        while True:
            try:
                written += self.program.read_nonblocking(65_536, timeout=QUIET if written else 5)
            except (pexpect.TIMEOUT, pexpect.EOF):
                return first, last, written
            last = time.perf_counter() - began
            first = first or last


def main(rounds: int) -> None:
    times: dict[str, list[tuple[float, float]]] = {"say the first line": [], "cursor down": [], "cursor up": []}
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "settings.json").write_text('{"tutorial_seen": true}')
        for seed in range(rounds):
            player = Player(home, seed)
            player.program.expect("seed")
            time.sleep(0.5)
            player.press("\r")
            time.sleep(2)  # par is worked out while the briefing is read
            player.press("")
            for _ in range(12):
                for name, keys in (("cursor down", "\x1b[B"), ("cursor up", "\x1b[A"), ("say the first line", "1")):
                    first, last, written = player.press(keys)
                    if "conversation is over" in written or "See how it went" in written:
                        break
                    times[name].append((first, last))
                else:
                    continue
                break
            player.program.send("q")
            player.program.close(force=True)
    print(f"median and 9 of 10, Python {sys.version.split()[0]}, 80x24, {SCENARIO}")
    for name, taken in times.items():
        for moment, index in (("first byte", 0), ("last byte", 1)):
            found = sorted(pair[index] * 1000 for pair in taken)
            print(
                f"  {name:20} {moment:11} {statistics.median(found):6.1f} ms {found[len(found) * 9 // 10]:6.1f} ms"
                f"   {len(found)} presses"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
