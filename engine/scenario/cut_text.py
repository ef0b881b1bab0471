"""Text without quotes that a sign of YAML cuts short: a comma inside { }, or a # after a space."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from engine.scenario.notation import ID_PATTERN
from engine.scenario.problems import Problem, Spot

if TYPE_CHECKING:
    from engine.scenario.reading import Node

LISTS: Final = frozenset(
    {
        *("knows", "knows-not", "met", "met-not", "raised", "answered", "said", "said-not", "answer", "channel"),
        *("with", "without", "promised", "decider", "has", "lacks", "decides", "indecision", "really"),
        *("teaches", "reveals", "raises", "meets", "answers"),
    }
)
"""Fields that may hold a list of words, for which a comma is more likely than a sentence."""
TEXTS: Final = frozenset(
    {"say", "says", "again", "deflects", "lacks", "principle", "briefing", "title", "situation", "replies"}
)
"""Fields for which a key with a space in it is more likely the rest of a sentence."""

_COLON = re.compile(r"\s*:")
_ID = re.compile(ID_PATTERN)
_THOUSANDS = re.compile(r"(\d{3}(?:\.\d{1,2})?)(?:\s*\S{1,3})?")
_DECIMALS = re.compile(r"\d{1,2}%?")
_SHOWN = 60
"""Longer text is not repeated in a help."""
_LONGEST: Final = 2_000
"""What has been put together to this many characters, or words of a list, is no longer one value taken apart."""


class Commas:
    """Puts back together, one entry of a map after the other, what a comma inside { } has taken apart."""

    def __init__(self, lines: list[str], path: str) -> None:
        self.problems: list[Problem] = []
        self._lines = lines
        self._path = path
        self._joined: Node | None = None

    def join(self, parent: Node, key: Node, value: Node) -> bool:
        """Whether this entry is not one of its own but the rest of the one before it, to which it is then added."""
        if not parent.keys or not isinstance(key.data, str):
            return False
        field = next(reversed(parent.keys))
        before = parent.children[field]
        if before.data is None or isinstance(before.data, dict) or not self._is_rest(field, key, value):
            return False
        if len(before.data) > _LONGEST:
            return False
        comma = self._comma_before(key)
        if comma is None:
            return False
        again = before is self._joined
        if isinstance(before.data, list) and not again:
            return False
        message, help = _joined(before, field, key, value)
        parent.data[field] = before.data
        problem = Problem("FV119", "error", self._path, self.problems[-1].spot if again else comma, message, help)
        self.problems[len(self.problems) - again :] = [problem]
        self._joined = before
        return True

    def _is_rest(self, field: str, key: Node, value: Node) -> bool:
        if value.data is None:
            nothing = value.plain and (value.line, value.column) == (value.end_line, value.end_column)
            ends = key.end_line < len(self._lines) and not _COLON.match(self._lines[key.end_line], key.end_column)
            return nothing and ends
        # no field and no id has a space in it
        return field in TEXTS and key.plain and " " in key.data and isinstance(value.data, str)

    def _comma_before(self, key: Node) -> Spot | None:
        """Where the comma is that comes right before a key, on its line or at the end of the line above."""
        for row, end in ((key.line, key.column), (key.line - 1, None)):
            if not 0 <= row < len(self._lines):
                return None
            line = self._lines[row]
            last = len(line) if end is None else end
            while last > 0 and line[last - 1] in " \t":
                last -= 1
            if last:
                return Spot(row + 1, last) if line[last - 1] == "," else None
        return None


def _joined(before: Node, field: str, key: Node, value: Node) -> tuple[str, str]:
    """Adds the rest to the value before it. Returns what is wrong and how to mend it."""
    rest: str = key.data
    if isinstance(before.data, list) or (
        field in LISTS and before.plain and _ID.fullmatch(before.data) and _ID.fullmatch(rest)
    ):
        _list(before, key)
        return (
            f"a comma ends `{field}` here, since it is inside {{ }}",
            f"write a list in [ ]: `{field}: [{', '.join(before.data)}]`",
        )
    if before.plain and before.data.replace(".", "").isdecimal():
        thousands = _THOUSANDS.fullmatch(rest)
        if thousands or _DECIMALS.fullmatch(rest):
            before.data += thousands[1] if thousands else f".{rest}"
            return "a comma ends the number here", f"write `{before.data}`"
    before.data += f", {rest}" if value.data is None else f", {rest}: {value.data}"
    mended = before.data.replace("'", "''")
    example = f": `{field}: '{mended}'`" if len(mended) <= _SHOWN else ""
    return "a comma ends the text here, since it is inside { }", f"put the whole text in quotes{example}"


def _list(before: Node, key: Node) -> None:
    if not isinstance(before.data, list):
        first = type(before)(before.data, before.line, before.column, before.end_line, before.end_column, before.plain)
        before.data, before.children = [first.data], {0: first}
    before.children[len(before.data)] = key
    before.data.append(key.data)


def cut_by_hash(event: Any, lines: list[str], path: str) -> Problem | None:
    """A warning for text without quotes that a ` #` ends. A comment set off by two spaces, or `# ` after a word that is
    no sentence, is taken to be meant."""
    end = event.end_mark
    # the line may be a million characters long and be asked for as often: it is not cut before it must be
    if end.line >= len(lines) or not lines[end.line].startswith(" #", end.column):
        return None
    rest = lines[end.line][end.column :]
    words = event.value.count(" ") + 1
    if words < 2 or (rest[2:3] in (" ", "") and words < 4):
        return None
    return Problem(
        "FV118",
        "warning",
        path,
        Spot(end.line + 1, end.column + 2, max(len(rest.rstrip()) - 1, 1)),
        "the text ends here: what follows a space and # is a comment",
        "put the whole text in quotes if it belongs to the text",
    )
