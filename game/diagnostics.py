"""Problems of a scenario file for people (place, sentence, snippet, caret, help) and for programs (a list of maps)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from engine.scenario.problems import Problem, Spot
from game.copies import LARGEST
from game.files import read_regular
from game.visible import visible

WIDEST: Final = 100
"""Columns of a file's line that are shown at most."""
LONGEST_MESSAGE: Final = 300
_BREAK: Final = re.compile("\r\n|\n|\r")


def render(problems: Iterable[Problem], source: bytes | Path) -> str:
    """Every problem with its line and a caret under what is meant, as plain text without colour.

    `source` is the file's bytes, or its path; a file that is gone by now only loses its snippets. Nothing in the file
    can act on a terminal: control characters and those that turn text around are spelt out.
    """
    lines = _lines(source)
    return "\n\n".join("\n".join(_one(problem, lines)) for problem in problems)


def as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """The problems as maps of `code`, `level`, `file`, `line`, `column`, `length`, `message`, `help`, `related`.

    Lines and columns count from 1. `help` may be empty; `related` is None, or a map of line, column and length.
    """
    return [
        {
            "code": problem.code,
            "level": problem.level,
            "file": problem.path,
            **_spot(problem.spot),
            "message": problem.message,
            "help": problem.help,
            "related": _spot(problem.related) if problem.related is not None else None,
        }
        for problem in problems
    ]


def tally(problems: Iterable[Problem]) -> str:
    """How many there are: `2 errors, 1 warning`, or `no problems`."""
    found = list(problems)
    counts = ((sum(problem.level == level for problem in found), level) for level in ("error", "warning"))
    return ", ".join(f"{number} {level}{'s' * (number != 1)}" for number, level in counts if number) or "no problems"


def _spot(spot: Spot) -> dict[str, int]:
    return {"line": spot.line, "column": spot.column, "length": spot.length}


def _lines(source: bytes | Path) -> list[str]:
    if isinstance(source, Path):
        try:
            source = read_regular(source, LARGEST)
        except OSError:
            return []
    return _BREAK.split(source.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))


def _one(problem: Problem, lines: list[str]) -> Iterator[str]:
    place = f"{visible(problem.path)}:{problem.line}:{problem.column}"
    yield f"{place}: {problem.level}[{problem.code}]: {_short(problem.message)}"
    related = problem.related
    gutter = len(str(max(problem.line, related.line if related else 0)))
    yield from _snippet(problem.spot, lines, gutter, "^")
    if related is not None:
        yield from _snippet(related, lines, gutter, "-")
    if problem.help:
        yield f"{'':{gutter + 1}} = help: {_short(problem.help)}"


def _short(text: str) -> str:
    shown = visible(text.replace("\n", " "))
    return shown if len(shown) <= LONGEST_MESSAGE else shown[: LONGEST_MESSAGE - 1] + "…"


def _snippet(spot: Spot, lines: list[str], gutter: int, mark: str) -> Iterator[str]:
    if not 0 < spot.line <= len(lines):
        return
    text = lines[spot.line - 1].rstrip()
    first = min(spot.column - 1, len(text))
    # of a long line, the part around the place is cut out before anything is measured
    start = max(0, first - WIDEST // 2) if len(text) > WIDEST else 0
    part = text[start : start + WIDEST]
    before, meant = text[start:first], text[first : min(first + spot.length, start + WIDEST)]
    lead = "…" if start else ""
    tail = "…" if start + WIDEST < len(text) else ""
    yield f" {spot.line:>{gutter}} | {lead}{visible(part)}{tail}"
    indent = " " * (len(lead) + _cells(visible(before)))
    yield f" {'':>{gutter}} | {indent}{mark * max(_cells(visible(meant)), 1)}"


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
