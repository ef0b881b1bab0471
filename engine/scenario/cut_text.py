"""Text without quotes that a sign of YAML cuts short: a comma inside { }, or a # after a space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from engine.scenario.ignoring import IGNORE
from engine.scenario.mends import instead
from engine.scenario.notation import ID_PATTERN
from engine.scenario.problems import Problem, Spot

if TYPE_CHECKING:
    from engine.scenario.reading import Node

LISTS: Final = frozenset(
    {
        *("knows", "knows-not", "met", "met-not", "raised", "handled", "said", "said-not", "outcome", "channel"),
        *("with", "without", "promised", "decider", "has", "lacks", "decides", "indecision", "really"),
        *("teaches", "reveals", "raises", "meets", "handles"),
    }
)
"""Fields that may hold a list of words, for which a comma is more likely than a sentence."""
TEXTS: Final = frozenset(
    {"say", "says", "again", "deflects", "otherwise", "principle", "briefing", "title", "situation", "replies", "name"}
)
"""Fields for which a key with a space in it is more likely the rest of a sentence."""

FIELDS: Final = (
    LISTS | TEXTS | {"kind", "stage", "when", "price", "floor", "currency", "chance", "weight", "guarded", "at"}
)
"""Words that are fields where a colon follows them, though no space does."""
_COLON = re.compile(r"\s*:")
_ID = re.compile(ID_PATTERN)
_THOUSANDS = re.compile(r"(\d{3}(?:\.\d{1,2})?)(?:\s*\S{1,3})?")
_DECIMALS = re.compile(r"(\d{1,2}%?)(\s*[^\s\d]{1,3})?")
"""They may have a currency behind them."""
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+")
MOST_CUT: Final = 100
"""After so many texts that a # ends, no more are told."""
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
        gap = self._gap(comma, key)
        message, help, text, says = _joined(before, field, key, value, gap)
        parent.data[field] = before.data
        last = value if value.data is not None else key
        mend = None
        if before.line == last.end_line and len(text) <= _LONGEST:
            mend = instead(Spot(before.line + 1, before.column + 1, last.end_column - before.column), text, says)
        spot = self.problems[-1].spot if again else comma
        problem = Problem("FV119", "error", self._path, spot, message, help, mend=mend)
        self.problems[len(self.problems) - again :] = [problem]
        self._joined = before
        return True

    def _is_rest(self, field: str, key: Node, value: Node) -> bool:
        if value.data is None and key.plain and key.data.partition(":")[0] in FIELDS and ":" in key.data:
            return False
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

    def _gap(self, comma: Spot, key: Node) -> str:
        """What stands between a comma and this key: in a number such as 1,450 nothing does."""
        return "" if (comma.line, comma.column) == (key.line + 1, key.column) else " "


def _joined(before: Node, field: str, key: Node, value: Node, gap: str) -> tuple[str, str, str, str]:
    """Adds the rest, after a comma and a gap, to the value before it. Returns what is wrong, how to mend it in words,
    what to write instead of the value, and the sentence in which that is offered."""
    rest: str = key.data
    if isinstance(before.data, list) or (
        field in LISTS and before.plain and _ID.fullmatch(before.data) and _ID.fullmatch(rest)
    ):
        _list(before, key)
        message = f"a comma ends `{field}` here, since it is inside {{ }}"
        says = f"write a list in [ ]: `{field}: {{}}`"
        return message, "write a list in [ ]", f"[{', '.join(before.data)}]", says
    if before.plain and before.data.replace(".", "").isdecimal():
        thousands = _THOUSANDS.fullmatch(rest)
        decimals = _DECIMALS.fullmatch(rest)
        if thousands or (decimals and (field not in TEXTS or not decimals[2])):
            if thousands:
                before.data += thousands[1]
            elif decimals:  # points before a comma are between groups of three
                before.data = f"{_whole(before.data)}.{decimals[1]}"
            return "a comma ends the number here", "write it without a comma", before.data, "write `{}`"
    before.data += f",{gap}{rest}" if value.data is None else f",{gap}{rest}: {value.data}"
    mended = "'" + before.data.replace("'", "''") + "'"
    help = "put the whole text in quotes"
    says = f"{help}: `{field}: {{}}`" if len(mended) <= _SHOWN else help
    return "a comma ends the text here, since it is inside { }", help, mended, says


def _whole(number: str) -> str:
    return number.replace(".", "") if _GROUPS.fullmatch(number) else number


def _list(before: Node, key: Node) -> None:
    if not isinstance(before.data, list):
        first = type(before)(before.data, before.line, before.column, before.end_line, before.end_column, before.plain)
        before.data, before.children = [first.data], {0: first}
    before.children[len(before.data)] = key
    before.data.append(key.data)


class Hashes:
    """Text without quotes that a ` #` ends: where that was meant as text, the rest of it is lost."""

    def __init__(self, lines: list[str], path: str) -> None:
        self._lines = lines
        self._path = path
        self._found: dict[int, Node] = {}
        """What ends at a space and #, by its object's number."""

    def note(self, node: Node) -> None:
        """Remembers a text without quotes if a ` #` ends it. A comment set off by two spaces is meant as one."""
        # the line may be a million characters long and be asked for as often: it is not cut before it must be
        if node.end_line < len(self._lines) and self._lines[node.end_line].startswith(" #", node.end_column):
            self._found[id(node)] = node

    def problems(self, root: Node) -> list[Problem]:
        """A warning for each that somebody reads in the game, and for what looks like no comment wherever it stands."""
        if not self._found:
            return []
        found = [self._cut(node, field) for node, field in _texts(root, "") if id(node) in self._found]
        return [problem for problem in found if problem is not None][:MOST_CUT]

    def _cut(self, node: Node, field: str) -> Problem | None:
        line = self._lines[node.end_line]
        rest = line[node.end_column :].rstrip()
        if IGNORE.search(rest) or (field not in TEXTS and rest[2:3] in (" ", "")):
            return None
        spot = Spot(node.end_line + 1, node.end_column + 2, max(len(rest) - 1, 1))
        help = "put the whole text in quotes if it belongs to the text; a comment stands two spaces away"
        mend = None
        if node.line == node.end_line and len(rest) <= _LONGEST:
            whole = line[node.column : node.end_column] + rest
            quoted = "'" + whole.replace("'", "''") + "'"
            says = "if it belongs to the text, write " + (f"`{field}: {{}}`" if field else "`{}`")
            mend = instead(Spot(node.line + 1, node.column + 1, len(whole)), quoted, says)
        message = "the text ends here: what follows a space and # is a comment"
        return Problem("FV118", "warning", self._path, spot, message, help, mend=mend)


def _texts(node: Node, field: str) -> Iterator[tuple[Node, str]]:
    """Every text of a tree, with the field that it stands in; of a list, that of the list."""
    waiting = [(node, field)]
    while waiting:
        node, field = waiting.pop()
        if not node.children:
            yield node, field
        for name, child in node.children.items():
            waiting.append((child, name if isinstance(name, str) else field))
