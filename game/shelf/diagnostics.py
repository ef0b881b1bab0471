"""Problems of a scenario file for people (place, sentence, snippet, caret, help) and for programs: as a list of maps,
as annotations of GitHub, and as SARIF 2.1.0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from engine.scenario.problems import LEVELS, Edit, Problem, Spot
from game.home.files import read_regular
from game.shelf.scenario_files import LARGEST
from game.text.wrapping import cells
from game.words.visible import visible

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


def where_to_read_more(problems: Iterable[Problem]) -> str:
    """The command that explains these problems, a line for all of them; empty if there are none."""
    codes = " ".join(dict.fromkeys(problem.code for problem in problems))
    return f"more about {'it' if ' ' not in codes else 'them'}: firstvisit explain {codes}" if codes else ""


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


_GITHUB: Final = {"error": "error", "warning": "warning", "hint": "notice"}
_SARIF: Final = {"error": "error", "warning": "warning", "hint": "note"}


def as_github(problems: Iterable[Problem]) -> str:
    """The problems as workflow commands, a line each, which GitHub shows beside the lines that they are about."""
    return "\n".join(
        f"::{_GITHUB[problem.level]} file={_escaped(problem.path, ':,')},line={problem.line},col={problem.column},"
        f"endColumn={problem.column + problem.spot.length},title={problem.code}::"
        + _escaped(problem.message + (f" - {problem.help}" if problem.help else ""))
        for problem in problems
    )


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" or char in more else char for char in text)


def as_sarif(problems: Iterable[Problem], titles: Mapping[str, str], version: str) -> dict[str, Any]:
    """The problems as a SARIF 2.1.0 log, with the `titles` of their codes, by the program of this `version`.

    A mend that was tried is among the `fixes` of its result.
    """
    found = list(problems)
    codes = sorted({problem.code for problem in found})
    rules = [{"id": code, "shortDescription": {"text": titles.get(code, code)}} for code in codes]
    driver = {"name": "firstvisit", "version": version, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, codes.index(problem.code)) for problem in found],
            }
        ],
    }


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _SARIF[problem.level],
        "message": {"text": problem.message + (f" ({problem.help})" if problem.help else "")},
        "locations": [_location(problem.path, problem.spot)],
    }
    if problem.related is not None:
        result["relatedLocations"] = [_location(problem.path, problem.related)]
    if problem.mend is not None:
        changes = [_replacement(edit) for edit in problem.mend.ways[0]]
        artifact = {"artifactLocation": _artifact(problem.path), "replacements": changes}
        result["fixes"] = [{"description": {"text": problem.help}, "artifactChanges": [artifact]}]
    return result


def _location(path: str, spot: Spot) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(spot)}}


def _artifact(path: str) -> dict[str, str]:
    parts = Path(path)
    return {"uri": parts.as_uri() if parts.is_absolute() else quote(parts.as_posix())}


def _region(spot: Spot) -> dict[str, int]:
    return {"startLine": spot.line, "startColumn": spot.column, "endColumn": spot.column + spot.length}


def _replacement(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.spot), "insertedContent": {"text": edit.text}}


def tally(problems: Iterable[Problem]) -> str:
    """How many there are: `2 errors, 1 warning, 3 hints`, or `no problems`."""
    found = list(problems)
    counts = ((sum(problem.level == level for problem in found), level) for level in LEVELS)
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
    indent = " " * (len(lead) + cells(visible(before)))
    yield f" {'':>{gutter}} | {indent}{mark * max(cells(visible(meant)), 1)}"
