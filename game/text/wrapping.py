"""Text broken into lines that fit a terminal, by the columns that its characters take there."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator
from typing import Final

_NARROWEST: Final = 20
_WIDEST: Final = 100


def width() -> int:
    """Return the columns to wrap at: COLUMNS, or the terminal's, or 80; never more than can be read with ease."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def wrapped(text: str, columns: int, first: str = "", rest: str | None = None, *, whole: bool = False) -> Iterator[str]:
    """Yield the lines of a text, with its own line breaks; `first` stands before the first, `rest` before others.

    Lines are as long as a terminal shows them: wide characters count twice, and may stand at the end of any line. With
    `whole`, what is longer than a line, such as an address to be copied, is left for the terminal to break.
    """
    after = " " * cells(first) if rest is None else rest
    begin = first
    for paragraph in text.split("\n"):
        yield from _filled(paragraph, columns, begin, after, whole)
        begin = after


def _filled(paragraph: str, columns: int, begin: str, after: str, whole: bool) -> Iterator[str]:
    line = lead = begin
    taken = inked = cells(begin)  # the columns of the line, and those up to its last character that is not a space
    for piece in _pieces(paragraph):
        size = cells(piece)
        if line != lead and (inked if piece == " " else taken + size) > columns:
            yield line.rstrip()
            line = lead = after
            taken = inked = cells(after)
        if piece == " " and line == after != begin:
            continue  # a line that was broken begins with a word
        if piece != " " and taken + size > columns and not whole:  # longer than a whole line
            for char in piece:
                if line != lead and taken + _cell(char) > columns:
                    yield line
                    line = lead = after
                    taken = cells(after)
                line += char
                taken += _cell(char)
        else:
            line += piece
            taken += size
        inked = inked if piece == " " else taken
    if line.strip() or line == begin:
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts of a line between which it may be broken: words, spaces, and wide characters one by one."""
    piece = ""
    for char in text.replace("\t", " "):
        wide = _cell(char) == 2
        stays = not piece or not _cell(char) or unicodedata.category(char) in ("Pe", "Pf", "Po")
        alone = char == " " or piece == " " or ((wide or _cell(piece[-1:] or "x") == 2) and not stays)
        if piece and alone and unicodedata.category(piece[-1]) not in ("Ps", "Pi"):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def cells(text: str) -> int:
    """Return the columns that a text takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
