"""How long the history of thousands of runs takes: to build, to open again, and to print.

    python tests/benchmarks/progress.py [RUNS]

The runs are copies of a few that were played, each with a seed and a time of its own, in a home of their own. All is in
processor time of one core: building once, the rest as the median of five rounds. `firstvisit progress` is the whole
command, the start of its process included.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from game.home import profile
from game.practice import history
from game.runs import accounts
from game.runs.session import Session
from game.shelf import library

ROUNDS = 5
TALK = 12
"""Moves after which nothing is asked any more."""
SCENARIOS = ("first-five-minutes", "pricing-form", "saturday-showroom")
BEGUN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def played(name: str, seed: int, folder: Path) -> tuple[str, str]:
    """The record and the debrief of a run: a conversation of some lines, and what comes after it left to itself."""
    where = library.find(name)
    session = Session.start(library.load(where), where, seed, "novice", False, folder)
    while not session.finished:
        options = session.view().options
        session.choose(options[0 if session.state.moves < TALK else -1].action)
    session.settle()
    record = session.record_path
    assert record is not None
    accounts.keep(accounts.account(session), record)
    beside = accounts.path_of(record)
    texts = record.read_text(), beside.read_text()
    record.unlink()
    beside.unlink()
    return texts


def fill(folder: Path, runs: int) -> int:
    """Write that many finished runs into a folder; returns the bytes of all of them."""
    folder.mkdir(parents=True)
    models = [played(name, seed, folder) for name in SCENARIOS for seed in (1, 2)]
    size = 0
    for number in range(runs):
        record, debrief = models[number % len(models)]
        when = BEGUN + timedelta(hours=number)
        opening = f"{number:016x}"
        record = re.sub("(?m)^seed: .*", f"seed: {number}", record)
        record = re.sub("(?m)^started: .*", f"started: {when:%Y-%m-%dT%H:%M:%SZ}", record)
        record = re.sub("(?m)^opening: .*", f"opening: {opening}", record)
        told = json.loads(debrief) | {"seed": number, "opening": opening}
        name = f"{when:%Y%m%d-%H%M%S}-000-run"
        text = json.dumps(told, indent=2)
        (folder / f"{name}.run").write_text(record)
        (folder / f"{name}.debrief.json").write_text(text)
        size += len(record) + len(text)
    return size


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor time that something takes, in the median round, with that of processes it starts."""
    taken = []
    for _ in range(rounds):
        begun = os.times()
        work()
        taken.append(sum(os.times()[:4]) - sum(begun[:4]))
    return statistics.median(taken)


def command(*arguments: str) -> Callable[[], object]:
    """The command, run in a process of its own."""
    return lambda: subprocess.run(
        [sys.executable, "-m", "game", "progress", *arguments], stdout=subprocess.DEVNULL, check=True
    )


def main() -> None:
    runs = int(sys.argv[1]) if sys.argv[1:] else 5_000
    with tempfile.TemporaryDirectory() as home:
        os.environ[profile.HOME_VARIABLE] = home
        size = fill(profile.runs_dir(), runs)
        print(f"{runs:,} finished runs, {size / 1e6:,.1f} MB")
        print(f"  first build            {seconds(history.history, 1):7.2f} s")
        print(f"  later opening          {seconds(history.history):7.2f} s")
        print(f"  firstvisit progress    {seconds(command()):7.2f} s")
        print(f"  ... --csv              {seconds(command('--csv')):7.2f} s")
        print(f"  history                {history.path().stat().st_size / 1e6:7.2f} MB")


if __name__ == "__main__":
    main()
