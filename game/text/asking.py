"""Whether lines are wanted in place of screens, and questions in lines, answered with a number."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from typing import Final, TextIO

from engine.words import gettext
from game.text.telling import say
from game.words.errors import Failure
from game.words.numbers import whole_number

_LONGEST: Final = 4_096


def wants_lines(options: Namespace) -> bool:
    """Whether lines are asked for, or nothing else can be shown here."""
    no_screen = not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))  # Textual draws on stderr
    return options.plain or no_screen or os.environ.get("TERM", "dumb") == "dumb"


SKIPPED: Final = 0
"""What was answered by somebody who wants the next question."""


def asked_number(source: TextIO, out: TextIO, most: int, *, skip: bool = False) -> int | None:
    """Read a number from 1 to `most`; None to leave or at the end of the input. With `skip`, `n` is `SKIPPED`."""
    wrong = gettext("Type a number from 1 to {most}, or q to leave.")
    if skip:
        wrong = gettext("Type a number from 1 to {most}, n to skip this one, or q to leave.")
    while True:
        word = typed_word(source, out)
        if word is None:
            return None
        if skip and word in ("n", "next"):
            return SKIPPED
        if (number := whole_number(word, 1, most)) is not None:
            return number
        if word:
            out.write(f"{wrong.format(most=most)}\n")


def agreed(source: TextIO, out: TextIO) -> bool:
    """Ask for a yes or a no; leaving, and the end of the input, are a no."""
    out.write(f" 1. {gettext('Yes')}\n 2. {gettext('No')}\n")
    while True:
        word = typed_word(source, out)
        if word in ("1", "y", "yes"):
            return True
        if word in (None, "2", "n", "no"):
            return False
        if word:
            out.write(f"{gettext('Type 1 for yes, or 2 for no.')}\n")


def sure(question: str, yes: bool) -> bool:
    """Whether somebody at the terminal agrees, or has said `yes` beforehand. Raises `Failure` where nobody can be
    asked."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise Failure(f"{question} Nobody can be asked here: say --yes.")
    say(question)
    return agreed(sys.stdin, sys.stdout)


def typed_word(source: TextIO, out: TextIO) -> str | None:
    """Read what was typed; None to leave or at the end of the input."""
    line = typed_line(source, out)
    word = None if line is None else line.lower()
    return None if word in ("q", "quit", "exit") else word


def typed_line(source: TextIO, out: TextIO) -> str | None:
    """Read a line as it was typed, without spaces around it; None at the end of the input."""
    out.write("> ")
    out.flush()
    try:
        line = source.readline(_LONGEST)
    except OSError:  # a folder, a terminal that is gone, what is open for writing only
        line = ""
    except UnicodeError as error:  # such as UTF-16 without a mark of its byte order; other bytes are replaced
        out.write(f"{gettext('The input cannot be read as text: {error}.').format(error=error)}\n")
        line = ""
    if not source.isatty():
        out.write("\n")  # nobody's Enter has ended the line of the prompt
    return line.strip() if line else None
