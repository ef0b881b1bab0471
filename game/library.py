"""Where scenarios are found, and what a list of them shows: bundled ones, the player's own, and a chosen folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import scenarios
from game import profile
from game.errors import NotFound
from game.files import read_regular

if TYPE_CHECKING:
    from engine.scenario import Scenario, Summary

SUFFIXES = (".yaml", ".yml")
LARGEST = 2_000_000
"""Bytes read of a file: more than the reader takes, so that it can say that a file is too large."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario, as a list shows it."""

    summary: Summary
    path: Path
    best: int | None
    """The best result so far, as a percentage of par; None before the first finished run."""
    unfinished: tuple[Path, ...]
    """Runs with a move or more that wait to be gone on with, newest first."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that lies where scenarios do, and is none."""

    path: Path
    why: str


def folders(extra: Path | None = None) -> tuple[Path, ...]:
    """Return the folders that are looked through, first found first taken: chosen, the player's own, bundled.

    Raises `NotFound` if the chosen one is no folder.
    """
    bundled = tuple(Path(each) for each in scenarios.__path__)
    if extra is None:
        return (profile.scenarios_dir(), *bundled)
    if not os.path.isdir(extra):
        raise NotFound(f"There is no folder {str(extra)!r}.")
    return (extra, profile.scenarios_dir(), *bundled)


def entries(extra: Path | None = None) -> tuple[tuple[Entry, ...], tuple[Unreadable, ...]]:
    """Return every scenario that can be found, and the files that could not be read as one.

    The tutorial comes first, then the schools from easy to hard. Of two scenarios with one id the first found counts.
    """
    found, unreadable = _summaries(extra)
    best: dict[str, int] = {}
    waiting: dict[str, list[Path]] = {}
    for run in profile.runs():
        name = run.header.scenario
        if run.closing is None:
            if run.moves:  # what was only looked at is nothing to go on with
                waiting.setdefault(name, []).append(run.path)
        elif run.closing.par is not None:
            best[name] = max(run.closing.par, best.get(name, run.closing.par))
    listed = [
        Entry(summary, path, best.get(summary.id), tuple(waiting.get(summary.id, ())))
        for summary, path in found.values()
    ]
    listed.sort(key=lambda entry: (entry.summary.school is not None, entry.summary.difficulty, entry.summary.title))
    return tuple(listed), tuple(unreadable)


def find(name: str, extra: Path | None = None) -> Path:
    """Return the file of a scenario named by its id or by a path.

    Raises `NotFound`, with the nearest id.
    """
    path = Path(name)
    if name.endswith(SUFFIXES) or os.sep in name or (os.altsep is not None and os.altsep in name):
        if os.path.exists(path):
            return path
        raise NotFound(f"There is no file {name!r}.")
    found, _ = _summaries(extra)
    if name in found:
        return found[name][1]
    if os.path.isfile(path):
        return path
    from engine.scenario.nearest import nearest

    close = nearest(name, found)
    meant = f" Did you mean {close}?" if close else ""
    raise NotFound(f"There is no scenario {name!r}.{meant} 'firstvisit list' shows all of them.")


def load(path: Path) -> Scenario:
    """Read and compile a scenario. Raises `ScenarioErrors` with what is wrong in it, or `NotFound`."""
    from engine.scenario import read_scenario

    return read_scenario(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, cut where no scenario is longer. Raises `NotFound` if it cannot be read."""
    try:
        return read_regular(path, LARGEST)
    except OSError as error:
        raise NotFound(f"{str(path)!r} cannot be read ({error.strerror}).") from None


def _summaries(extra: Path | None) -> tuple[dict[str, tuple[Summary, Path]], list[Unreadable]]:
    from engine.scenario import ScenarioErrors, summary

    found: dict[str, tuple[Summary, Path]] = {}
    unreadable: list[Unreadable] = []
    for folder in folders(extra):
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        for name in names:
            if not name.endswith(SUFFIXES) or name.startswith("."):
                continue
            path = folder / name
            try:
                read = summary(read_bytes(path), str(path))
            except (ScenarioErrors, NotFound) as error:
                unreadable.append(Unreadable(path, str(error)))
                continue
            found.setdefault(read.id, (read, path))
    return found, unreadable
