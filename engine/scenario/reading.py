"""Bytes to a tree of texts with their places in the file, under limits, with the meaning of YAML 1.2.

Scalars stay the text that the author wrote: `NO`, `9:30`, `012` and `1.10` mean themselves until a field with a
notation reads them. Limits are checked on the raw bytes and on the parser's events, before anything is built, so that
no file can exhaust the stack, the memory or a second of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from engine.scenario.cut_text import Commas, Hashes
from engine.scenario.indents import too_far_in
from engine.scenario.problems import LINE_BREAK, Problem, ScenarioErrors, Spot, in_order

MOST_BYTES: Final = 1 << 20
DEEPEST: Final = 32
LONGEST_TEXT: Final = 10_000
MOST_ENTRIES: Final = 30_000
MOST_TOGETHER: Final = 1_000
"""Entries of one list or map."""
MOST_PROBLEMS: Final = 100
"""After this many problems reading stops looking for more."""
MOST_UNSEEN: Final = 20
"""After this many characters that cannot be seen, the rest is not looked for."""

_UNSEEN: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
UNSEEN: Final = re.compile(f"[{_UNSEEN}\ud800-\udfff\U000e0000-\U000e007f]")
"""Control characters, line separators, characters that turn text around, marks of byte order, tag characters."""
_OF_OTHER_PROGRAMS: Final = (
    (b"pk\x03\x04", "a document of a word processor, a pack, or another zip file"),
    (b"\xd0\xcf\x11\xe0", "a document of a word processor"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"%pdf-", "a PDF"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
"""How files begin, in small letters, that a word processor or a browser has saved, and what they are."""
LIKE_SPACE: Final = "\t\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"


class Node:
    """One value of the file: a text, a list, a map, or nothing, with where it is (lines and columns from 0)."""

    __slots__ = ("children", "column", "data", "end_column", "end_line", "keys", "line", "plain")

    def __init__(self, data: Any, line: int, column: int, end_line: int, end_column: int, plain: bool) -> None:
        self.data = data
        """The value alone: `str`, `list`, `dict` of such, or None."""
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.plain = plain
        """Whether it is text without quotes."""
        self.children: dict[str | int, Node] = {}
        self.keys: dict[str, Node] = {}


@dataclass(frozen=True, slots=True)
class Tree:
    """A file that has been read, with what was doubtful about it."""

    path: str
    lines: list[str]
    root: Node
    problems: list[Problem]

    def node_at(self, place: tuple[str | int, ...]) -> tuple[Node, bool]:
        """The node at a path of keys and indexes, and whether it is that node rather than the nearest one around it."""
        node = self.root
        for part in place:
            child = node.children.get(part)
            if child is None:
                # a single value stands for a list of one
                if part == 0 and not isinstance(node.data, list):
                    continue
                return node, False
            node = child
        return node, True

    def spot(self, place: tuple[str | int, ...]) -> Spot:
        """Where the value at this path begins; where it is missing, the key of the nearest thing around it."""
        node, exact = self.node_at(place)
        if exact and isinstance(node.data, str):
            return spot_of(node, self.lines)
        while place:
            found = self.key_spot(place)
            if found is not None:
                return found
            place = place[:-1]
        return spot_of(node, self.lines)

    def key_spot(self, place: tuple[str | int, ...]) -> Spot | None:
        """Where the key of this path is, or None if it is nowhere."""
        if not place:
            return None
        around, exact = self.node_at(place[:-1])
        if not exact:
            return None
        key = around.keys.get(str(place[-1]))
        if key is None:
            child = around.children.get(place[-1])
            return spot_of(child, self.lines) if child is not None else None
        return spot_of(key, self.lines)


def spot_of(node: Node, lines: list[str]) -> Spot:
    """The place of a node: its own length if it is on one line, otherwise to the end of its first line."""
    if node.line >= len(lines):
        return Spot(max(len(lines), 1), 1)
    if node.end_line == node.line:
        length = node.end_column - node.column
    else:
        length = len(lines[node.line].rstrip()) - node.column
    return Spot(node.line + 1, node.column + 1, max(length, 1))


def read_tree(text: bytes, path: str, loader: Any = None) -> Tree:
    """The tree of a scenario file.

    `loader` is one of `parsing.LOADERS`, by default the first.
    Raises ScenarioErrors if the bytes cannot be read as a scenario's tree, whatever they are.
    """
    decoded = decoded_text(text, path)
    return _Reader(decoded, LINE_BREAK.split(decoded), path).tree(loader)


def _refused(code: str, path: str, spot: Spot, message: str, help: str = "") -> ScenarioErrors:
    return ScenarioErrors((Problem(code, "error", path, spot, message, help),))


def decoded_text(text: bytes, path: str) -> str:
    """The characters of a file. Raises ScenarioErrors if it is too large, not UTF-8, empty, or holds unseen ones."""
    if len(text) > MOST_BYTES:
        raise _refused(
            "FV103",
            path,
            Spot(1, 1),
            f"the file is too large: a scenario has at most {MOST_BYTES} bytes",
            "write several scenarios instead of one",
        )
    sort = next((name for begins, name in _OF_OTHER_PROGRAMS if text[:20].lower().startswith(begins)), None)
    if sort is not None:
        help = "save it as plain text in UTF-8, or copy the text into an editor for text files"
        raise _refused("FV101", path, Spot(1, 1), f"the file is {sort}, and not plain text", help)
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused("FV101", path, Spot(1, 1), "the file is saved as UTF-16", "save it as UTF-8")
    text = text.removeprefix(b"\xef\xbb\xbf")
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8", "replace")
        rows = LINE_BREAK.split(before)
        raise _refused(
            "FV101",
            path,
            Spot(len(rows), len(rows[-1]) + 1),
            "the file is not UTF-8 text from here on",
            "save it as UTF-8 in your editor",
        ) from None
    if not decoded.strip():
        raise _refused(
            "FV107", path, Spot(1, 1), "the file is empty", "begin with `format: 2` and `id: a-name-of-your-own`"
        )
    _refuse_unseen(decoded, path)
    return decoded


def _refuse_unseen(decoded: str, path: str) -> None:
    found: list[Problem] = []
    row, begin, read = 1, 0, 0
    for match in islice(UNSEEN.finditer(decoded), MOST_UNSEEN):
        for line_break in LINE_BREAK.finditer(decoded, read, match.start()):
            row, begin = row + 1, line_break.end()
        read = match.start()
        message = f"character U+{ord(match[0]):04X} is not allowed: it cannot be seen, or it turns text around"
        found.append(Problem("FV102", "error", path, Spot(row, read - begin + 1), message, "delete it"))
    if found:
        raise ScenarioErrors(in_order(found))


class _Stop(Exception):
    """Reading cannot go on; the problems found say why."""


class _Reader:
    """Builds one tree from one stream of parser events."""

    def __init__(self, decoded: str, lines: list[str], path: str) -> None:
        self._decoded = decoded
        self._lines = lines
        self._path = path
        self._problems: list[Problem] = []
        self._entries = 0
        self._commas = Commas(lines, path)
        self._hashes = Hashes(lines, path)
        self._latest: Any = None
        """The last event before the parser gave up."""

    def tree(self, loader: Any) -> Tree:
        import yaml

        from engine.scenario.parsing import LOADERS

        loader = loader or LOADERS[0]
        try:
            root = self._build(iter(yaml.parse(self._decoded, loader)))
        except _Stop:
            root = None
        except yaml.MarkedYAMLError as error:
            from engine.scenario.yaml_errors import explained

            too_deep = self._too_deep_before(error.context_mark or error.problem_mark, loader)
            told = too_deep or explained(error, self._lines, self._path, self._latest)
            if not any(
                problem.code == "FV117" or (problem.code == "FV112" and problem.line == told.line)
                for problem in self._problems
            ):
                self._problems.append(told)  # else it comes of an indentation or a sign that was told
            root = None
        except (yaml.YAMLError, ValueError, OverflowError):
            # the parser in Python lets chr() and int() speak for themselves on escapes and version numbers
            self._add(
                "FV110", Spot(1, 1), "the file cannot be read as YAML", "look for a `\\` or a `%` that is not text"
            )
            root = None
        errors = any(problem.level == "error" for problem in self._problems)
        if root is None and not errors:
            help = "begin with `format: 2` and `id: a-name-of-your-own`"
            self._add("FV107", Spot(1, 1), "the file holds nothing but comments", help)
        if root is None or errors:
            raise ScenarioErrors(in_order(self._problems))
        problems = self._problems + self._commas.problems + self._hashes.problems(root)
        return Tree(self._path, self._lines, root, problems)

    def _too_deep_before(self, mark: Any, loader: Any) -> Problem | None:
        """What our limit of depth says about the text before the place where the parser gave up, if anything.

        A parser looks up to a thousand characters ahead of the events that it gives, and may have a limit of its own.
        """
        import yaml

        before = _Reader(self._decoded[: mark.index if mark is not None else 0], self._lines, self._path)
        with suppress(_Stop, yaml.YAMLError, ValueError, OverflowError):
            before._build(iter(yaml.parse(before._decoded, loader)))
        return next((problem for problem in before._problems if problem.code == "FV104"), None)

    def _add(self, code: str, spot: Spot, message: str, help: str = "", related: Spot | None = None) -> None:
        self._tell(Problem(code, "error", self._path, spot, message, help, related))

    def _tell(self, problem: Problem) -> None:
        self._problems.append(problem)
        if len(self._problems) >= MOST_PROBLEMS:
            raise _Stop

    def _build(self, events: Iterator[Any]) -> Node | None:
        from yaml import (
            AliasEvent,
            DocumentStartEvent,
            MappingEndEvent,
            MappingStartEvent,
            ScalarEvent,
            SequenceEndEvent,
            SequenceStartEvent,
        )

        root: Node | None = None
        open_nodes: list[Node] = []
        waiting: list[Node | None] = []
        """For each open map, the key whose value is still to come."""
        documents = 0
        for event in events:
            sort = type(event)
            self._latest = event
            if sort is ScalarEvent:
                node = self._scalar(event)
            elif sort is MappingStartEvent or sort is SequenceStartEvent:
                node = self._opened(event, {} if sort is MappingStartEvent else [], len(open_nodes))
            elif sort is MappingEndEvent or sort is SequenceEndEvent:
                closed = open_nodes.pop()
                waiting.pop()
                closed.end_line, closed.end_column = event.end_mark.line, event.end_mark.column
                continue
            elif sort is AliasEvent:
                self._add(
                    "FV112",
                    self._at(event),
                    "aliases (*) are not part of the format",
                    "write the text out; if the text begins with *, put the whole text in quotes",
                )
                node = self._node(event, None, False)
            else:
                documents += sort is DocumentStartEvent
                if documents > 1:
                    self._add("FV116", self._at(event), "a second document begins here", "one file holds one scenario")
                    raise _Stop
                continue
            if not open_nodes:
                root = node
            else:
                self._place(open_nodes, waiting, node)
            if sort is MappingStartEvent or sort is SequenceStartEvent:
                open_nodes.append(node)
                waiting.append(None)
        return root

    def _place(self, open_nodes: list[Node], waiting: list[Node | None], node: Node) -> None:
        parent = open_nodes[-1]
        if len(parent.children) >= MOST_TOGETHER:
            message = f"a list or a map has at most {MOST_TOGETHER} entries"
            self._add("FV106", spot_of(node, self._lines), message, "write several scenarios instead of one")
            raise _Stop
        if isinstance(parent.data, list):
            parent.children[len(parent.data)] = node
            parent.data.append(node.data)
            return
        key = waiting[-1]
        if key is None:
            waiting[-1] = self._key(node)
            return
        waiting[-1] = None
        if len(self._commas.problems) < MOST_PROBLEMS and self._commas.join(parent, key, node):
            return
        # a list or a map as a key has been complained about; it only needs a place
        name = key.data if isinstance(key.data, str) else f"\0{len(parent.keys)}"
        first = parent.keys.get(name)
        if first is not None:
            lost = too_far_in(first, open_nodes, self._lines, self._path)
            here, there = spot_of(key, self._lines), spot_of(first, self._lines)
            help = f"it is first set on line {there.line}; delete or rename one of the two"
            if name.startswith("-"):
                help = f"if each begins an item of a list, write a space after the hyphen: `- {name[1:]}: ...`"
            twice = Problem("FV111", "error", self._path, here, f"`{name}` is set twice", help, there)
            if lost is None or lost not in self._problems[-1:]:  # told of the first field that is set twice
                self._tell(lost or twice)
            return
        parent.keys[name] = key
        parent.children[name] = node
        parent.data[name] = node.data

    def _key(self, node: Node) -> Node:
        name = node.data
        if isinstance(name, dict | list):
            help = "put text that begins with { or [ in quotes"
            self._add("FV115", spot_of(node, self._lines), "a key is one word, not a list or a map", help)
        elif name is None:
            self._add("FV115", spot_of(node, self._lines), "a key is missing before the colon", "write `key: value`")
        elif node.plain and name == "<<":
            self._add("FV114", spot_of(node, self._lines), "merge keys (<<) are not part of the format")
        elif node.plain and re.match(f"[{LIKE_SPACE}]", name):
            self._add(
                "FV117",
                spot_of(node, self._lines),
                f"the indentation holds a character that only looks like a space (U+{ord(name[0]):04X})",
                "replace it with spaces",
            )
        return node

    def _scalar(self, event: Any) -> Node:
        value = event.value
        if len(value) > LONGEST_TEXT:
            self._add(
                "FV105", self._at(event), f"this text has {len(value)} characters; at most {LONGEST_TEXT} are allowed"
            )
        plain = event.style is None or event.style == ""
        if plain:
            if value in ("", "~", "null", "Null", "NULL"):
                value = None
        elif event.style == '"' and (unseen := UNSEEN.search(value)):
            code = ord(unseen[0])
            self._add(
                "FV102", self._at(event), f"the text holds the unseen character U+{code:04X}", "delete the escape"
            )
        node = self._node(event, value, plain)
        if plain and value is not None:
            self._hashes.note(node)
        return node

    def _opened(self, event: Any, data: Any, depth: int) -> Node:
        if depth >= DEEPEST:
            self._add("FV104", self._at(event), f"this is nested more than {DEEPEST} levels deep")
            raise _Stop
        return self._node(event, data, False)

    def _node(self, event: Any, data: Any, plain: bool) -> Node:
        self._entries += 1
        start, end = event.start_mark, event.end_mark
        if self._entries > MOST_ENTRIES:
            self._add("FV106", Spot(start.line + 1, start.column + 1), f"a scenario has at most {MOST_ENTRIES} entries")
            raise _Stop
        if getattr(event, "tag", None) is not None:
            self._add(
                "FV113",
                self._at(event),
                "tags (!) are not part of the format",
                "if the text begins with !, put the whole text in quotes",
            )
        if getattr(event, "anchor", None) is not None and type(event).__name__ != "AliasEvent":
            self._add(
                "FV112",
                self._at(event),
                "anchors (&) are not part of the format",
                "if the text begins with &, put the whole text in quotes",
            )
        return Node(data, start.line, start.column, end.line, end.column, plain)

    def _at(self, event: Any) -> Spot:
        start, end = event.start_mark, event.end_mark
        return Spot(
            start.line + 1, start.column + 1, max(end.column - start.column, 1) if end.line == start.line else 1
        )
