"""Mends are tried before they are offered: each is applied to the text, and the text is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from engine.scenario.problems import LINE_BREAK, Edit, Mend, Problem, Spot

MOST_READINGS: Final = 8
"""So often a file is read again at most; mends that have not been tried by then are not offered."""

LONG: Final = 100_000
"""A longer text is read again less often."""

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.%_: ")
_OF_YAML: Final = ("FV10", "FV11")
"""The codes of a file that cannot be read: behind such a problem nothing is found."""

Reading = Callable[[bytes], Sequence[Problem]]


def written(text: str) -> str:
    """A text as it can stand in the file: in quotes unless it surely needs none."""
    safe = text == text.strip() and _SAFE.issuperset(text) and ": " not in text and text[-1:] not in ("", ":")
    if (
        safe
        and (text[0].isalnum() or (text[0] in "+.-" and text.removeprefix(".")[1:2].isdigit()))
        and text.lower() != "null"
    ):
        return text
    return "'" + text.replace("'", "''") + "'"


def instead(spot: Spot, text: str, says: str = "write `{}`") -> Mend:
    """The mend that writes this value in place of the one at the spot."""
    return Mend(((Edit(spot, text),),), says)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with these edits made; of two that overlap, the first."""
    starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
    parts: list[tuple[int, int, str]] = []
    for edit in set(edits):
        begin = starts[min(edit.spot.line, len(starts)) - 1] + edit.spot.column - 1
        parts.append((begin, begin + edit.spot.length, edit.text))
    made, end = [], 0
    for begin, until, new in sorted(parts):
        if begin >= end:
            made += [text[end:begin], new]
            end = until
    return "".join([*made, text[end:]])


def tried(problems: Iterable[Problem], text: bytes, read: Reading) -> list[Problem]:
    """The same problems, with those mends that help when they are applied, and without the others.

    `read` finds what is wrong with a text. A mend helps if the problem is gone afterwards, no other error has come to
    the lines that it changes, and the file can still be read.
    """
    found = list(problems)
    decoded = text.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    trial = _Trial(decoded, found, read)
    waiting = [(index, 0) for index, problem in enumerate(found) if problem.mend is not None]
    while waiting:
        waiting = trial.round(waiting)
    return [_told(problem, trial.good.get(index)) for index, problem in enumerate(found)]


def _told(problem: Problem, way: tuple[Edit, ...] | None) -> Problem:
    if problem.mend is None:
        return problem
    if way is None:
        return replace(problem, mend=None)
    says = problem.mend.says
    return replace(problem, help=says.replace("{}", way[0].text, 1), mend=Mend((way,), says))


class _Trial:
    """One file, and what became of the mends that were tried on it."""

    def __init__(self, text: str, problems: Sequence[Problem], read: Reading) -> None:
        self._text = text
        self._problems = problems
        self._read = read
        self._left = MOST_READINGS if len(text) <= LONG else MOST_READINGS // 4
        self._errors = {(each.line, each.code, each.message) for each in problems if each.level == "error"}
        self.good: dict[int, tuple[Edit, ...]] = {}
        """The way that helps, by the number of its problem."""

    def round(self, waiting: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Tries a way for each of these problems at once. Returns those of which another way is to be tried."""
        again: list[tuple[int, int]] = []
        groups = [waiting]
        while groups and self._left:
            group = groups.pop()
            self._left -= 1
            ways = {index: self._way(index, nth) for index, nth in group}
            after = self._read(edited(self._text, (edit for way in ways.values() for edit in way)).encode())
            if len(group) > 1 and self._unreadable(after):
                # one of them did it; those that share nothing with it are not to suffer
                groups += [group[len(group) // 2 :], group[: len(group) // 2]]
                continue
            for index, nth in group:
                if self._helps(index, ways[index], after):
                    self.good[index] = ways[index]
                elif nth + 1 < len(self._mend(index).ways):
                    again.append((index, nth + 1))
        return again if self._left else []

    def _mend(self, index: int) -> Mend:
        mend = self._problems[index].mend
        assert mend is not None
        return mend

    def _way(self, index: int, nth: int) -> tuple[Edit, ...]:
        return self._mend(index).ways[nth]

    def _unreadable(self, after: Sequence[Problem]) -> bool:
        return any(
            each.level == "error"
            and each.code.startswith(_OF_YAML)
            and (each.line, each.code, each.message) not in self._errors
            for each in after
        )

    def _helps(self, index: int, way: tuple[Edit, ...], after: Sequence[Problem]) -> bool:
        problem = self._problems[index]
        lines = {edit.spot.line for edit in way}
        # what was hidden behind a problem of YAML is another problem, unless it comes before the place
        hides = problem.code.startswith(_OF_YAML) and problem.level == "error"
        for each in after:
            known = (each.line, each.code, each.message)
            if known == (problem.line, problem.code, problem.message):
                return False
            if each.level != "error" or known in self._errors:
                continue
            unreadable = each.code.startswith(_OF_YAML)
            if each.line in lines or (unreadable and (not hides or each.line <= max(lines))):
                return False
        return True
