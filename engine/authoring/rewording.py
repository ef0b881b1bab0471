"""Changing texts of a scenario file, and nothing else of it: comments, layout and ways of quoting stay.

Only the characters of the texts themselves are replaced. A text keeps the style in which it is written (without quotes,
in quotes, folded, as lines) where the new one can be written so, and in quotes where it cannot; of a text on several
lines, lines that need no change stay as they are. What comes out is read again, and must hold just what was wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from engine.scenario.models import Place
from engine.scenario.problems import LINE_BREAK, ScenarioErrors
from engine.scenario.reading import Node, Tree
from engine.scenario.renames import scenario_tree

_NARROWEST: Final = 60
_WIDEST: Final = 118


class NotReworded(ValueError):
    """A text that cannot be put where it should go. The message is a sentence."""


def reworded(text: bytes, path: str, wanted: Mapping[Place, str], *, anew: bool = False) -> bytes:
    """The bytes of a scenario file with the texts at these places replaced; broken into lines `anew`, if nobody has to
    see what has changed.

    Raises `ScenarioErrors` if the file cannot be read, and `NotReworded` for a place that holds no text and for a text
    that cannot be written there. What the file means besides stays the same, or nothing is returned.
    """
    mark = b"\xef\xbb\xbf" if text.startswith(b"\xef\xbb\xbf") else b""
    tree = scenario_tree(text, path)
    decoded = text.removeprefix(mark).decode("utf-8")
    source = _Source(decoded, anew)
    edits = sorted(
        (source.edit(tree, place, said.strip()) for place, said in wanted.items()), key=lambda one: one[0], reverse=True
    )
    for begins, ends, new in edits:
        decoded = decoded[:begins] + new + decoded[ends:]
    changed = mark + decoded.encode("utf-8")
    _must_hold(changed, path, tree, wanted)
    return changed


def text_at(tree: Tree, place: Place) -> str | None:
    """The text at a place of a file as it is meant, without spaces around it; None if there is none."""
    node, exact = tree.node_at(place)
    return node.data.strip() if exact and isinstance(node.data, str) else None


def _must_hold(changed: bytes, path: str, before: Tree, wanted: Mapping[Place, str]) -> None:
    try:
        after = scenario_tree(changed, path)
    except ScenarioErrors as error:
        raise NotReworded(f"A text cannot be written into this file: {error}") from None
    texts = {tuple(map(str, place)): said.strip() for place, said in wanted.items()}
    found, old = dict(_leaves(after.root)), dict(_leaves(before.root))
    if found != {place: texts.get(place, said) for place, said in old.items()}:
        raise NotReworded("The texts cannot be written into this file without changing something else in it.")


def _leaves(node: Node, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Yield everything that a file says, by its place."""
    if not isinstance(node.data, dict | list):
        yield place, node.data.strip() if isinstance(node.data, str) else None
    for part, child in node.children.items():
        yield from _leaves(child, (*place, str(part)))


class _Source:
    """The characters of a file by line and column."""

    def __init__(self, text: str, anew: bool) -> None:
        self.text = text
        self._anew = anew
        self.begins = [0, *(each.end() for each in LINE_BREAK.finditer(text))]
        self.break_ = (LINE_BREAK.search(text) or ["\n"])[0]

    def at(self, line: int, column: int) -> int:
        """The place of a character in the text."""
        return self.begins[line] + column if line < len(self.begins) else len(self.text)

    def line(self, number: int) -> str:
        """A line without its break."""
        end = self.begins[number + 1] if number + 1 < len(self.begins) else len(self.text)
        return self.text[self.begins[number] : end].rstrip("\r\n")

    def edit(self, tree: Tree, place: Place, said: str) -> tuple[int, int, str]:
        """What has to be replaced for the text at a place to become this one: from where to where, and by what."""
        node, exact = tree.node_at(place)
        if not exact or not isinstance(node.data, str):
            raise NotReworded(f"There is no text at {'/'.join(map(str, place))}.")
        if not said:
            raise NotReworded(f"The text at {'/'.join(map(str, place))} would be empty.")
        begins = self.at(node.line, node.column)
        if not node.plain and self.text[begins] in "|>":
            return self._block(node, begins, said)
        return self._flow(tree, place, node, begins, said)

    # --- texts on a line, or on several, with quotes or without ------------------------------------------------------

    def _flow(self, tree: Tree, place: Place, node: Node, begins: int, said: str) -> tuple[int, int, str]:
        ends = self.at(node.end_line, node.end_column)
        was = self.text[begins:ends]
        style = "" if node.plain else was[0]
        inside = self._in_brackets(tree, place)
        for quote in dict.fromkeys((style, "'", '"')):
            for new in self._written(was, node, quote, said, style == quote):
                if _reads(new, said, inside):
                    return begins, ends, LINE_BREAK.sub(self.break_, new)
        raise NotReworded(f"The text at {'/'.join(map(str, place))} cannot be written.")

    def _written(self, was: str, node: Node, quote: str, said: str, same: bool) -> Iterator[str]:
        """Yield ways to write a text between these quotes: on the lines on which it was, and on one."""
        if "\n" in said and quote != '"':
            return
        if quote == '"':
            said = said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        elif quote:
            said = said.replace("'", "''")
        if node.end_line > node.line and same:
            old = [line.strip() for line in LINE_BREAK.split(was[len(quote) : len(was) - len(quote)])]
            second = self.line(node.line + 1)
            indent = second[: len(second) - len(second.lstrip())]
            width = max(len(self.line(number)) for number in range(node.line, node.end_line + 1)) - len(indent)
            yield quote + f"\n{indent}".join(_refilled([] if self._anew else old, said, width)) + quote
        yield f"{quote}{said}{quote}"

    @staticmethod
    def _in_brackets(tree: Tree, place: Place) -> bool:
        """Whether a place is inside { } or [ ]."""
        around = (tree.node_at(place[:depth])[0] for depth in range(len(place)))
        return any(
            isinstance(one.data, dict | list) and tree.lines[one.line][one.column : one.column + 1] in ("{", "[")
            for one in around
            if one.line < len(tree.lines)
        )

    # --- texts in a block of their own -------------------------------------------------------------------------------

    def _block(self, node: Node, begins: int, said: str) -> tuple[int, int, str]:
        first = node.line + 1
        last, indent = node.line, ""
        for number in range(first, min(node.end_line + 1, len(self.begins))):
            line = self.line(number)
            if not line.strip():
                continue
            lead = line[: len(line) - len(line.lstrip(" "))]
            if last >= first and len(lead) < len(indent):
                break
            if last < first:
                indent = lead
            last = number
        old = [self.line(number)[len(indent) :] for number in range(first, last + 1)]
        if self.text[begins] == ">":
            width = max(_NARROWEST, *(len(line) for line in old))
            new = _paragraphs([] if self._anew else old, said, width)
        else:
            new = said.split("\n")
        if new[0].startswith(" "):
            raise NotReworded("A text in a block of its own cannot begin with a space.")
        block = self.break_.join(f"{indent}{line}".rstrip() for line in new)
        return self.at(first, 0), self.at(last, 0) + len(self.line(last)), block


def _reads(written: str, said: str, inside: bool) -> bool:
    """Whether a scalar that is written like this, where it stands, is read as this text."""
    flat = re.sub(r"\n[ \t]*", "\n    ", written)
    whole = f"{{k: {flat}, l: m}}\n" if inside else f"k: {flat}\n"
    try:
        found = yaml.load(whole, yaml.BaseLoader)  # text and nothing else: no tags, no types
    except (yaml.YAMLError, ValueError):
        return False
    plain = not written.startswith(("'", '"'))
    if plain and said in ("~", "null", "Null", "NULL"):
        return False
    wanted: dict[str, Any] = {"k": said, "l": "m"} if inside else {"k": said}
    return bool(found == wanted)


def _paragraphs(old: list[str], said: str, width: int) -> list[str]:
    """The lines of a folded block: a line break in the text is an empty line in it."""
    if "\n" not in said and "" not in old:
        return _refilled([line.strip() for line in old], said, width)
    lines: list[str] = []
    for number, paragraph in enumerate(said.split("\n")):
        lines += [""] if number else []
        lines += _filled(paragraph.split(" "), width) if paragraph else []
    return lines


def _refilled(old: list[str], said: str, width: int) -> list[str]:
    """A text on lines, of which those at its beginning and its end that are as they were stay where they are."""
    words = said.split(" ")
    first, last = 0, len(old)
    head, tail = 0, len(words)
    while first < last and words[head : head + len(part := old[first].split(" "))] == part and head < tail:
        first, head = first + 1, head + len(part)
    while last > first:
        part = old[last - 1].split(" ")
        if tail - len(part) < head or words[tail - len(part) : tail] != part:
            break
        last, tail = last - 1, tail - len(part)
    between = words[head:tail]
    return [*old[:first], *(_filled(between, min(width, _WIDEST)) if between else []), *old[last:]]


def _filled(words: list[str], width: int) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) > width and word and lines[-1].strip():
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return lines
