"""Every pattern that text of others is held against takes steps in proportion to its length, whatever the text is."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from itertools import product
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import engine
import game
from engine.scenario import notation

SHORT, LONG = 20, 200
LONGEST_MATCH = 250
"""A pattern that cannot match more than this many characters takes no more steps at any place of a longer text."""
PIECES = [
    " ",
    "-",
    "- ",
    "a",
    "1",
    ".",
    "..",
    ":",
    "a:",
    "a: ",
    "\x1b[",
    "\x1b[<32;1;1M",
    "0",
    "\x1b",
    "M",
    ";",
    " #",
    "'",
]
BEGINNINGS = ["", "x: ", "12", "\x1b[<32;1;1M"]
LIMITED = {"engine.scenario.notation._OTHERWISE": notation.LONGEST_RANGE}
"""Patterns that take more steps, and the length of the longest text that they are held against."""


class Backtracking:
    """Matches as `re` does, by trying one way after the other, and counts the characters and signs it looks at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = 0

    def match(self, parts: list[Any], at: int, then: Callable[[int], bool]) -> bool:
        """Whether the parts of a pattern fit from here, and what comes then fits after them."""
        self.steps += 1
        if not parts:
            return then(at)
        (sign, value), rest = parts[0], parts[1:]
        if sign in (code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN):
            return self.fits(sign, value, at) and self.match(rest, at + 1, then)
        if sign is code.SUBPATTERN:
            return self.match(list(value[-1]), at, lambda end: self.match(rest, end, then))
        if sign is code.BRANCH:
            return any(self.match(list(way), at, lambda end: self.match(rest, end, then)) for way in value[1])
        if sign in (code.MAX_REPEAT, code.MIN_REPEAT):
            return self.repeat(value, at, lambda end: self.match(rest, end, then))
        if sign in (code.ASSERT, code.ASSERT_NOT):
            ahead, inner = value
            found = ahead > 0 and self.match(list(inner), at, lambda _: True)
            return (found == (sign is code.ASSERT) or ahead < 0) and self.match(rest, at, then)
        assert sign is code.AT, f"{sign} is not known here"
        if value is code.AT_BOUNDARY:
            around = [
                0 <= each < len(self.text) and self.among("WORD", "WORD", self.text[each]) for each in (at - 1, at)
            ]
            return around[0] != around[1] and self.match(rest, at, then)
        begins, ends = (
            value in (code.AT_BEGINNING, code.AT_BEGINNING_STRING),
            value in (code.AT_END, code.AT_END_STRING),
        )
        return not (begins and at) and not (ends and at < len(self.text)) and self.match(rest, at, then)

    def repeat(self, value: Any, at: int, then: Callable[[int], bool]) -> bool:
        least, most, parts = value
        parts = list(parts)
        if len(parts) == 1 and parts[0][0] in (code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN):
            end = at
            while (most is code.MAXREPEAT or end - at < most) and self.fits(parts[0][0], parts[0][1], end):
                end += 1
            return any(then(stop) for stop in range(end, at + least - 1, -1))

        def more(done: int, here: int) -> bool:
            further = most is code.MAXREPEAT or done < most
            if further and self.match(parts, here, lambda end: end > here and more(done + 1, end)):
                return True
            return done >= least and then(here)

        return more(0, at)

    def fits(self, sign: Any, value: Any, at: int) -> bool:
        self.steps += 1
        if at >= len(self.text):
            return False
        char = self.text[at]
        if sign is code.ANY:
            return char != "\n"
        if sign in (code.LITERAL, code.NOT_LITERAL):
            return bool((ord(char) == value) == (sign is code.LITERAL))
        found = any(self.among(kind, what, char) for kind, what in value if kind is not code.NEGATE)
        return bool(found != (value[0][0] is code.NEGATE))

    @staticmethod
    def among(kind: Any, what: Any, char: str) -> bool:
        if kind is code.LITERAL:
            return bool(ord(char) == what)
        if kind is code.RANGE:
            return bool(what[0] <= ord(char) <= what[1])
        sets = {"DIGIT": char.isdigit(), "SPACE": char.isspace(), "WORD": char.isalnum() or char == "_"}
        return sets[str(what).removeprefix("CATEGORY_").removeprefix("NOT_")] != ("NOT_" in str(what))


def steps(pattern: str, text: str, searched: bool) -> int:
    """How many steps it takes to hold a text against a pattern, from its beginning or from every place of it."""
    parts = list(_parser.parse(pattern))
    counted, at = 0, 0
    while at <= len(text):
        ends: list[int] = []

        def reached(end: int, ends: list[int] = ends) -> bool:
            ends.append(end)
            return searched or end == len(text)

        trial = Backtracking(text)
        found = trial.match(parts, at, reached)
        counted += trial.steps
        if not searched:
            break
        at = max(at + 1, ends[0] if found else 0)
    return counted


def patterns() -> Iterator[tuple[str, tuple[str, bool]]]:
    """The name of every pattern without an end that a module of the program holds, and whether it is searched for."""
    for package in (engine, game):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name in ("game.__main__", "game.start", "engine.gym", "game.workshop.kept.migrations.env"):
                continue  # what starts the program, what needs more libraries, and what alembic alone can run
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                if not isinstance(value, re.Pattern):
                    continue
                pattern = value.pattern if isinstance(value.pattern, str) else value.pattern.decode("latin-1")
                if _parser.parse(pattern).getwidth()[1] > LONGEST_MATCH:
                    used = re.search(rf"\b{name}\.(search|finditer|findall|sub|split)\(", inspect.getsource(module))
                    yield f"{found.name}.{name}", (pattern, used is not None)


OPEN = dict(patterns())
"""Patterns that match texts of any length."""


@pytest.mark.parametrize("name", OPEN)
def test_a_text_is_held_against_a_pattern_in_steps_in_proportion_to_its_length(name: str) -> None:
    pattern, searched = OPEN[name]
    for begin, piece, end in product(BEGINNINGS, PIECES, ("", " x: y!")):
        short, long = (f"{begin}{(piece * length)[:length]}{end}" for length in (SHORT, LONG))
        if name in LIMITED:
            assert steps(pattern, long[: LIMITED[name]], searched) < 20_000
        else:
            most = 15 * steps(pattern, short, searched) + 50
            assert steps(pattern, long, searched) <= most, (begin, piece, end)
