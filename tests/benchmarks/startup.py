"""What the command line costs before it answers, from process start to exit: medians, printed.

    python tests/benchmarks/startup.py [ROUNDS]

Time on a processor says what a start costs, whoever else computes; what a player waits is the time by the clock.

Aims, on a current laptop and by the clock: `--help` within 100 ms, `list` and a drill's first position within 150 ms,
`check` of a bundled scenario within 400 ms.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import scenarios
from engine.record import Header, header_text, move_text
from engine.rules import RULES_VERSION
from engine.scenario import read_scenario

FILE = str(Path(scenarios.__path__[0]) / "saturday-showroom.yaml")
WHAT = {
    "an empty Python": ["-c", "pass"],
    "--help": ["-m", "game", "--help"],
    "--version": ["-m", "game", "--version"],
    "list": ["-m", "game", "list"],
    "list, after 1,000 runs": ["-m", "game", "list"],
    "runs, after 1,000 runs": ["-m", "game", "runs"],
    "drill, to the first position": ["-m", "game", "drill", "--plain"],
    "play, to the first line": ["-m", "game", "play", "saturday-showroom", "--plain", "--new"],
    "simulate one run": ["-m", "game", "simulate", FILE, "-n", "1", "--players", "plan-a", "--processes", "1"],
    "check a scenario": ["-m", "game", "check", "--no-explore", FILE],
}


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        homes = {name: Path(folder) / ("full" if "1,000" in name else str(place)) for place, name in enumerate(WHAT)}
        _thousand_runs(Path(folder) / "full" / "runs")
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in WHAT}
        for number in range(rounds + 1):
            for name, arguments in WHAT.items():
                cost = _cost(arguments, homes[name])
                if number:  # not the first, which keeps what later ones find
                    taken[name].append(cost)
    print(f"median and best of {rounds}, Python {sys.version.split()[0]}")
    for name, costs in taken.items():
        computing, waiting = zip(*costs, strict=True)
        print(f"  {name:30} processor {_told(computing)}, clock {_told(waiting)}")


def _cost(arguments: list[str], home: Path) -> tuple[float, float]:
    """The seconds on a processor, and by the clock, of one start. Where something is asked, the input is at its end."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "FIRSTVISIT_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    waited, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, waited


def _told(seconds: tuple[float, ...]) -> str:
    return f"{statistics.median(seconds) * 1000:5.0f} ms (best {min(seconds) * 1000:.0f})"


def _thousand_runs(folder: Path) -> None:
    folder.mkdir(parents=True)
    moves = "".join(move_text(number, "wait.1h", 0, "0" * 16) for number in range(1, 21))
    first = Header(
        scenario="saturday-showroom",
        digest=read_scenario(Path(FILE).read_bytes(), FILE).digest(),
        rules=RULES_VERSION,
        seed=0,
        cues="novice",
        live=False,
        started="2026-03-07T09:41:12Z",
    )
    for number in range(1_000):
        head = replace(first, seed=number, opening=f"{number:016x}")
        (folder / f"20260307-{number:06}-000-saturday-showroom.run").write_text(header_text(head) + moves)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
