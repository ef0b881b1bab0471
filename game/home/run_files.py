"""The runs that were played on this machine: a file each, of which lists read no more than the ends.

Run files are the one source of what was played and of how it went in lists; what is kept beside them (`copies`,
`accounts`) is only for reading them later.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.words import gettext
from game.home.files import names_in, open_regular, read_regular
from game.home.profile import runs_dir
from game.words.errors import SaveError, why_not

if TYPE_CHECKING:
    from engine.record import Closing, Header, Record
    from engine.scenario.compiled import Scenario

RECORD: Final = ".run"
DEBRIEF: Final = ".debrief.json"
ANALYSIS: Final = ".coach.json"
FILES: Final = (RECORD, DEBRIEF, ANALYSIS)
"""How the names of the files of one run end: its record, and what `accounts` and `coaching` keep beside that."""
_HEAD_BYTES: Final = 1_024
_TAIL_BYTES: Final = 4_096
"""Enough for the foot of a run with a hundred prospects."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run file, as far as lists need it."""

    path: Path
    header: Header
    moves: int
    closing: Closing | None
    """None while the run is unfinished."""
    over: bool
    """Whether no move can follow. A run that is over is unfinished as long as it waits for its par."""

    @property
    def finished(self) -> bool:
        return self.closing is not None

    @property
    def when(self) -> str:
        """When it was begun, in the clock time of this machine: `2026-03-07 09:41`."""
        return local(self.header.started)

    def is_of(self, digest: str) -> bool:
        """Whether it was played with the scenario of this digest, under these rules."""
        from engine.rules import RULES_VERSION

        return (self.header.rules, self.header.digest) == (RULES_VERSION, digest)

    def goes_on(self, scenario: Scenario) -> bool:
        """Whether this is an unfinished run of just this scenario, under these rules."""
        return not self.finished and self.header.scenario == scenario.id and self.is_of(scenario.digest())


def local(started: str) -> str:
    """Return the moment that a record names in the clock time of this machine: `2026-03-07 09:41`."""
    try:
        return f"{datetime.fromisoformat(started).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return started


@dataclass(frozen=True, slots=True)
class Broken:
    """A file among the runs that cannot be read as one, or their folder, if it cannot be read."""

    path: Path
    why: str


def runs(folder: Path | None = None) -> Iterator[Run]:
    """Yield the runs in a folder (default: the player's), newest first. Files that are not records are left out."""
    return (each for each in every_run(folder) if isinstance(each, Run))


def every_run(folder: Path | None = None) -> Iterator[Run | Broken]:
    """Yield the runs in a folder (default: the player's), newest first, and what is meant to be one and cannot be read.

    Only the ends of each file are read, so a thousand runs take a fraction of a second.
    """
    where = folder or runs_dir()
    try:
        names = names_in(where, (RECORD,))
    except OSError as error:
        yield Broken(where, gettext("It cannot be read ({why}).").format(why=why_not(error)))
        return
    yield from (run_at(where / name) for name in reversed(names))


def run_at(path: Path) -> Run | Broken:
    """Return the run in a file, of which only the ends are read, or why it is none."""
    from engine.record import RecordError, outline

    try:
        found = outline(*_ends(path))
    except RecordError as error:
        return Broken(path, str(error))
    except OSError as error:
        return Broken(path, gettext("It cannot be read ({why}).").format(why=why_not(error)))
    return Run(path, found.header, found.moves, found.closing, found.over)


def record_at(path: Path) -> Record:
    """Return all that is in the record of a run. Raises `RecordError`, and `OSError` if it cannot be read."""
    from engine.record import LARGEST, read_record

    return read_record(read_regular(path, LARGEST + 1))


def beside(record: Path, ending: str) -> Path:
    """Return where the file of the same run that ends so lies, or would."""
    return record.with_name(record.name.removesuffix(RECORD) + ending)


def first_tries(runs: Sequence[Run]) -> frozenset[Path]:
    """Return which of these runs were the first with their buyer: no retries, and no seed of which a move was made."""
    first = first_of(
        (head.started, run.path.name, head.scenario, head.seed, head.retry_of, run.moves)
        for run in runs
        for head in (run.header,)
    )
    return frozenset(run.path for run in runs if run.path.name in first)


def first_of(runs: Iterable[tuple[str, str, str, int, str | None, int]]) -> set[str]:
    """Return the names of the first tries. A run is given as when it was begun, the name of its file, its scenario and
    seed, the run that it repeats, and how many moves were made."""
    met: set[tuple[str, int]] = set()
    first: set[str] = set()
    for _, name, scenario, seed, retry_of, moves in sorted(runs, key=lambda run: _turn(*run[:2])):
        if retry_of is None and (scenario, seed) not in met:
            first.add(name)
        if moves:
            met.add((scenario, seed))
    return first


def met_before(head: Header, path: Path | None) -> bool:
    """Whether a run is no first try: it repeats another one, or a move was made with its buyer before it was begun.
    `path` is where it lies, if it is kept."""
    if head.retry_of is not None:
        return True
    turn = _turn(head.started, path.name if path is not None else "")
    return any(
        run.moves and run.path != path and _turn(run.header.started, run.path.name) < turn
        for run in runs()
        if (run.header.scenario, run.header.seed) == (head.scenario, head.seed)
    )


def _turn(started: str, name: str) -> tuple[str, int, str]:
    """Which of two runs was first. A copy was begun when its original was, and mostly has a longer name."""
    return started, len(name), name


def discard(path: Path) -> None:
    """Delete a run for good, and what is kept beside it. Raises `SaveError`."""
    try:
        for ending in FILES:
            beside(path, ending).unlink(missing_ok=True)
    except OSError as error:
        raise SaveError(
            gettext("{file} could not be discarded ({why}).").format(file=path.name, why=why_not(error))
        ) from None


def _ends(path: Path) -> tuple[bytes, bytes]:
    """Return the first bytes of a file and its last; both the whole of it when it is small."""
    with open_regular(path) as file:
        head = file.read(_HEAD_BYTES)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL_BYTES))
        return head, file.read(_TAIL_BYTES)
