"""Comments with which an author lets a doubt pass: `# check: ignore FV402`, on its line or alone on the line above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from engine.scenario.problems import Problem, Spot

IGNORE: Final = re.compile(r"(?:^|\s)#\s*check:\s*ignore\b((?:[ ,]+FV\d{3})*)")
ELSEWHERE: Final = frozenset({"FV304", "FV429"})
"""Codes that looking at other files may find as well, so that a comment about them is never idle."""
_CODE = re.compile(r"FV\d{3}")


def heeded(problems: Iterable[Problem], lines: Sequence[str], path: str, sorts: str = "12345") -> list[Problem]:
    """The problems that remain when the file's comments are heeded. An error cannot be ignored.

    `sorts` are the first digits of the codes that were looked for in full: a comment that ignores nothing among these
    is a hint. What plays find is not among them, since more plays may find it.
    """
    asked = _comments(lines)
    if not asked:
        return list(problems)
    left: list[Problem] = []
    used: set[tuple[int, str]] = set()
    for problem in problems:
        at = next((row for row in (problem.line, problem.line - 1) if _lets_pass(asked, lines, row, problem)), None)
        if at is None:
            left.append(problem)
        else:
            used.add((at, problem.code))
    for row, codes in asked.items():
        for code, spot in codes.items():
            if code[2] in sorts and code not in ELSEWHERE and (row, code) not in used:
                message = f"there is no {code} here that could be ignored"
                left.append(Problem("FV120", "hint", path, spot, message, "delete the comment"))
    return left


def _lets_pass(asked: dict[int, dict[str, Spot]], lines: Sequence[str], row: int, problem: Problem) -> bool:
    """Whether a comment on this line is about the problem: on its own line, or alone on the one above it."""
    if problem.level == "error" or problem.code not in asked.get(row, {}):
        return False
    return row == problem.line or lines[row - 1].lstrip().startswith("#")


def _comments(lines: Sequence[str]) -> dict[int, dict[str, Spot]]:
    """The codes that each line asks to ignore, with where they stand."""
    asked: dict[int, dict[str, Spot]] = {}
    for row, line in enumerate(lines, 1):
        if "check:" not in line:
            continue
        for found in IGNORE.finditer(line):
            start = found.start(1)
            codes = {each[0]: Spot(row, start + each.start() + 1, 5) for each in _CODE.finditer(found[1])}
            asked.setdefault(row, {}).update(codes)
    return asked
