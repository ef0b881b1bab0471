"""A recorded run that somebody names: where it lies, what is in it, and what it was played with."""

from __future__ import annotations

import os
import shlex
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from game.home import profile, run_files
from game.runs import versions
from game.shelf import library
from game.words.errors import WRONG, Failure, NotFound, why_not

if TYPE_CHECKING:
    from engine.play import Game, State
    from engine.record import Header, Record


def every_run() -> list[run_files.Run | run_files.Broken]:
    """The runs of this machine, and the files that cannot be read as one. Raises `NotFound` if nothing can be read."""
    every = list(run_files.every_run())
    folder_must_open(every)
    return every


def folder_must_open(found: Iterable[object]) -> None:
    """Raise `NotFound` if what was found is that the folder of the runs cannot be read."""
    for each in found:
        if isinstance(each, run_files.Broken) and each.path == profile.runs_dir():
            raise NotFound(f"{str(each.path)!r}, the folder of the runs: {each.why}")


def run_path(name: str, over: bool = False) -> Path:
    """Return the file of a run: a path, a name in the folder of runs, or `last`, the newest one; if what it is for
    takes a run that is `over`, the newest of these. Raises `NotFound`."""
    path = Path(name)
    if os.path.lexists(path):  # its reader says if it is not the record of a run
        return path
    if name == "last":
        played = [each for each in every_run() if isinstance(each, run_files.Run)]
        if not played:
            raise NotFound("No run has been played yet.")
        return next((each for each in played if each.over or not over), played[0]).path
    if path.name == name:
        for candidate in (name, f"{name}{run_files.RECORD}"):
            kept = profile.runs_dir() / candidate
            if os.path.lexists(kept):
                return kept
    raise NotFound(f"There is no run {name!r}. 'firstvisit runs' lists those on this machine.")


def analyse_command(path: Path) -> str:
    """What to type to have the run in a file judged."""
    return shlex.join(("firstvisit", "analyse", _typed(path)))


def replay_command(path: Path) -> str:
    """What to type to read the run in a file."""
    return shlex.join(("firstvisit", "replay", _typed(path)))


def retry_command(path: Path, move: int, *more: str) -> str:
    """What to type to go back to a move of the run in a file, the first being 0. `more` says what it was played with,
    where the run alone does not tell."""
    return shlex.join(("firstvisit", "play", *more, "--retry", _typed(path), "--move", str(move + 1)))


def _typed(path: Path) -> str:
    return path.name if path.parent == profile.runs_dir() else str(path)


def record_in(path: Path) -> Record:
    """Read a record. Raises `Failure` where it is none or cannot be read."""
    from engine.record import RecordError

    try:
        return run_files.record_at(path)
    except RecordError as error:
        raise Failure(f"{path}: {error}", WRONG) from None
    except OSError as error:
        raise NotFound(f"{str(path)!r} cannot be read ({why_not(error)}).") from None


def game_of(record: Record, options: Namespace) -> Game:
    """What a run was played with: the file named, or the very version of its scenario. Raises `Failure`."""
    from engine.play import Game
    from engine.scenario import ScenarioErrors

    if not options.scenario:
        return Game(source_of(record.header, options.scenarios).scenario)
    try:
        return Game(library.load(library.find(options.scenario, options.scenarios)))
    except ScenarioErrors as error:
        raise Failure(f"{error}. The run needs this scenario.", WRONG) from None


def source_of(header: Header, folder: Path | None) -> versions.Source:
    """The very version of the scenario that a run was played with. Raises `OtherVersion`, which says what to do."""
    from engine.rules import RULES_VERSION

    try:
        return versions.source(header, folder)
    except versions.OtherVersion as error:
        if header.rules != RULES_VERSION:
            way = "Use the version of the program that it was played with."
        else:
            way = "If you have the scenario file that it was played with, name that, too."
        raise versions.OtherVersion(f"{error} {way}") from None


def played(path: Path, options: Namespace) -> tuple[Record, State]:
    """Read a run and play it again. Raises `Failure` where it cannot be, or has another score then."""
    from engine.record import RecordError
    from engine.replay import changed_foot, replay

    record = record_in(path)
    try:
        end = replay(record, game_of(record, options))
    except RecordError as error:
        raise Failure(f"{path}: {error}", WRONG) from None
    if end.is_terminal() and (wrong := changed_foot(record, end)):
        raise Failure(f"{path} does not verify. {' '.join(wrong)}", WRONG)
    return record, end
