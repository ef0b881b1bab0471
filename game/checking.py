"""`firstvisit check`: every problem of every file, at once."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from game.cli import tell
from game.diagnostics import as_json, render, tally
from game.errors import FINE, NOT_DONE, WRONG, NotFound
from game.library import SUFFIXES, read_bytes
from game.lines import visible

if TYPE_CHECKING:
    from engine.scenario import Problem


def check(options: Namespace) -> int:
    """Check the files named and print what is wrong in them.

    Returns 0 without errors (warnings are no errors), 1 with errors, 2 if a file could not be read.
    """
    from engine.scenario import check_scenario

    code = FINE
    listed: list[Problem] = []
    for path in options.paths:
        try:
            files = [(each, read_bytes(each)) for each in _files(path)]
        except NotFound as error:
            tell(str(error))
            code = NOT_DONE
            continue
        for file, text in files:
            _, problems = check_scenario(text, str(file))
            listed.extend(problems)
            if any(problem.level == "error" for problem in problems):
                code = max(code, WRONG)
            if not options.json:
                if problems:
                    print(render(problems, text), end="\n\n")
                print(f"{visible(str(file))}: {tally(problems)}")
    if options.json:
        print(json.dumps(as_json(listed), indent=2, ensure_ascii=False))
    return code


def print_problems(problems: Iterable[Problem], path: Path) -> None:
    """Print what is wrong in one file on stderr, with the lines it is about."""
    print(render(problems, path), file=sys.stderr)


def _files(path: Path) -> list[Path]:
    """The file named, or for a folder the scenario files in it. Raises `NotFound` if it has none."""
    if not path.is_dir():
        return [path]
    try:
        found = sorted(each for each in path.iterdir() if each.suffix in SUFFIXES)
    except OSError as error:
        raise NotFound(f"{str(path)!r} cannot be read ({error.strerror}).") from None
    if not found:
        raise NotFound(f"There is no scenario file in {str(path)!r}: their names end in {' or '.join(SUFFIXES)}.")
    return found
