"""Scenarios loaded for a command, with what is wrong in them told."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from game.shelf import library
from game.shelf.diagnostics import render
from game.text.telling import tell
from game.words.errors import WRONG, Failure

if TYPE_CHECKING:
    from engine.scenario import Problem, Scenario


def loaded(path: Path, done: str) -> Scenario:
    """Load a scenario for something to be `done` with it. What is wrong in it is printed. Raises `Failure`."""
    from engine.scenario import ScenarioErrors

    try:
        return library.load(path)
    except ScenarioErrors as error:
        raise unfit(error.problems, path, done) from None


def unfit(problems: Iterable[Problem], path: Path, done: str) -> Failure:
    """Print what is wrong in a file, and return what is said of it: that it cannot be `done`."""
    print_problems(problems, path)
    return Failure(f"{path} cannot be {done} until this is mended.", WRONG)


def print_problems(problems: Iterable[Problem], path: Path) -> None:
    """Print what is wrong in one file on stderr, with the lines it is about."""
    print(render(problems, path), file=sys.stderr)


def tell_of(found: Iterable[library.Entry], unreadable: Iterable[library.Unreadable]) -> None:
    """Tell what is wrong among the files that lie where scenarios do."""
    for file in unreadable:
        tell(f"{file.path} is left out: {file.why}")
    shared = {entry.summary.id: (entry.path, *entry.twins) for entry in found if entry.twins}
    for name, paths in shared.items():
        tell(f"{library.shared(name, paths)} Each is played by its path until one has another id.")
