"""How long the command line takes to answer, from process start to exit: medians, printed.

    python tests/benchmarks/startup.py [ROUNDS]

Aims, on a current laptop: `--help` within 150 ms, `list` within 150 ms, `check` of a bundled scenario within 400 ms.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import scenarios
from engine.record import Header, header_text, move_text

WHAT = {
    "an empty Python": ["-c", "pass"],
    "--help": ["-m", "game", "--help"],
    "list": ["-m", "game", "list"],
    "list, after 1,000 runs": ["-m", "game", "list"],
    "runs, after 1,000 runs": ["-m", "game", "runs"],
    "check a scenario": ["-m", "game", "check", str(Path(scenarios.__path__[0]) / "saturday-showroom.yaml")],
}


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as full:
        _thousand_runs(Path(full) / "runs")
        times: dict[str, list[float]] = {name: [] for name in WHAT}
        for _ in range(rounds):
            for name, arguments in WHAT.items():
                home = full if "1,000" in name else empty
                began = time.perf_counter()
                subprocess.run(
                    [sys.executable, *arguments],
                    env={**os.environ, "FIRSTVISIT_HOME": home},
                    stdout=subprocess.DEVNULL,
                    check=True,
                )
                times[name].append(time.perf_counter() - began)
    print(f"median and best of {rounds}, Python {sys.version.split()[0]}")
    for name, taken in times.items():
        print(f"  {name:24} {statistics.median(taken) * 1000:6.0f} ms {min(taken) * 1000:6.0f} ms")


def _thousand_runs(folder: Path) -> None:
    folder.mkdir()
    moves = "".join(move_text(number, "wait.1h", 0, "0" * 16) for number in range(1, 21))
    for number in range(1_000):
        head = Header("saturday-showroom", "0" * 16, 1, number, "novice", False, "2026-03-07T09:41:12Z")
        (folder / f"20260307-{number:06}-000-saturday-showroom.run").write_text(header_text(head) + moves)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
