"""What is said to somebody at a terminal: on stdout what they asked for, on stderr what they have to know besides."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TextIO


def say(text: str, first: str = "") -> None:
    """Print a text in lines that fit; `first` stands before the first of them."""
    from game.text.wrapping import width, wrapped

    for line in wrapped(text, width(), first=first):
        sys.stdout.write(f"{line}\n")


def tell(message: str) -> None:
    """Print a sentence on stderr, if it can be written. Names of files and the like in it can do nothing to the
    terminal."""
    from game.words.visible import visible

    with suppress(OSError):  # what happened to stdout is said at the end
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.write(f"{fitting(f'firstvisit: {visible(message)}', sys.stderr)}\n")
        sys.stderr.flush()


def fitting(text: str, stream: TextIO, rest: str = "") -> str:
    """Return a text in lines that fit the terminal that a stream leads to, `rest` before all but the first; as it is
    where a program or a file reads it."""
    from game.text.wrapping import width, wrapped

    return "\n".join(wrapped(text, width(), rest=rest, whole=True)) if stream.isatty() else text
