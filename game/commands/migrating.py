"""`firstvisit migrate`: scenario files of format 1 are rewritten in format 2, and nothing else of them is changed."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from game.authoring.rewriting import rewrite
from game.shelf.loading import print_problems
from game.shelf.scenario_files import files_at, read_bytes
from game.text.telling import tell
from game.words.errors import FINE, NOT_DONE, WRONG, Failure, NotFound, SaveError
from game.words.visible import visible


def migrate(options: Namespace) -> int:
    """Rewrite the files named, and those in the folders named.

    Returns 0 if all of them are in format 2 afterwards, 1 if one of them cannot be brought to it, or with `--check` if
    one of them is not in it, and 2 if one could not be read or written. Raises `Failure`.
    """
    files: list[Path] = []
    code = FINE
    for path in options.paths:
        try:
            files += files_at(path)
        except NotFound as error:
            tell(str(error))
            code = NOT_DONE
    if (options.stdout or options.output is not None) and len(files) != 1:
        raise Failure("What goes elsewhere is one file: name one.")
    for file in files:
        try:
            code = max(code, _one(file, options))
        except (NotFound, SaveError) as error:
            tell(str(error))
            code = NOT_DONE
    return code


def _one(file: Path, options: Namespace) -> int:
    """Rewrite a file. Raises `NotFound` if it cannot be read, and `SaveError` if it cannot be written."""
    from engine.scenario import ScenarioErrors
    from engine.scenario.migrating import NotMigrated, migrated

    was = read_bytes(file)
    try:
        now = migrated(was, str(file))
    except ScenarioErrors as error:
        print_problems([next(each for each in error.problems if each.level == "error")], file)
        tell(f"{str(file)!r} is left as it is: it can be brought to format 2 once `firstvisit check` finds no errors.")
        return WRONG
    except NotMigrated as error:
        tell(f"{str(file)!r} is left as it is: {error}.")
        return WRONG
    if options.stdout:
        sys.stdout.flush()
        sys.stdout.buffer.write(now)
        return FINE
    if options.output is not None:
        rewrite(options.output, None, now)
        _say(f"{visible(str(options.output))}: in format 2.")
    elif now == was:
        _say(f"{visible(str(file))}: in format 2 already.")
    elif options.check:
        _say(f"{visible(str(file))}: in format 1.")
        return WRONG
    else:
        rewrite(file, was, now)
        _say(f"{visible(str(file))}: brought to format 2.")
    return FINE


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
