"""`firstvisit preview`: a scenario played while it is written."""

from __future__ import annotations

import sys
from argparse import Namespace

from game.shelf.scenario_files import read_bytes
from game.words.errors import Failure


def preview(options: Namespace) -> int:
    """Open a preview of a file, and return the exit code. Raises `Failure` where there is no file or no screen."""
    if not on_a_terminal():
        raise Failure("A preview needs a terminal with a screen. 'firstvisit check' says what is wrong in a file.")
    read_bytes(options.file)  # a file that is not there is said before any screen opens
    from game.programs.author import show

    return show(options.file, options.seed)


def on_a_terminal() -> bool:
    """Whether there is a screen to show it on, and a keyboard."""
    return sys.stdin.isatty() and sys.stdout.isatty()
