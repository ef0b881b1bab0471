"""Format 1 and format 2 of scenario files: the words that changed, and how a file of format 1 is brought to format 2.

The models know format 2 only. A file of format 1 is brought to it in memory, before anything else looks at it: every
key and value stays where it stands in the file, so that what is said about it points to the author's text. The same
changes, written into the text, are what `migrate` does.

Importing this module imports pydantic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel

from engine.scenario.conditions import VisibleWhen, When
from engine.scenario.format import Buyer, File, Line, Need, Objection, Offer, ProspectPart, Reply, Rival, Texts, Trait
from engine.scenario.models import field_names, model_of_map, within
from engine.scenario.naming import names
from engine.scenario.nearest import nearest
from engine.scenario.notation import NotationError, money
from engine.scenario.problems import Edit, Mend, Problem, Spot
from engine.scenario.reading import Node, Tree, read_tree, spot_of

OLD: Final = "1"
NEW: Final = "2"


@dataclass(frozen=True, slots=True)
class Rename:
    """A word of format 1 that has another name in format 2."""

    models: tuple[type[BaseModel], ...]
    """The maps in which it stands."""
    where: str
    """What an author calls these."""
    old: str
    new: str
    field: str | None = None
    """The field whose value it is; None for a field."""


RENAMES: Final = (
    Rename((Line,), "a line", "answer", "handle", "kind"),
    Rename((Line,), "a line", "answers", "handles"),
    Rename((File, ProspectPart), "the file, or a prospect", "answers", "outcomes"),
    Rename((VisibleWhen, When), "conditions", "answer", "outcome"),
    Rename((VisibleWhen, When), "conditions", "answered", "handled"),
    Rename((Rival,), "a rival", "answers", "enquired"),
    Rename((Need, Trait), "a need or a trait", "lacks", "otherwise"),
)
"""Every word that changed: what stands in one format at these places does not stand there in the other."""

ADDED: Final[tuple[tuple[type[BaseModel], str], ...]] = (
    (Offer, "size"),
    (Buyer, "people"),
    *((each, "of") for each in (Need, Trait, Objection, Reply, Texts)),
    (Texts, "reveals"),
)
"""Fields that came with format 2."""

WRITTEN: Final[tuple[tuple[type[BaseModel], str, re.Pattern[str]], ...]] = (
    (Buyer, "decides", re.compile(r"\+")),
    (Buyer, "drifts", re.compile(r"\b(?:in|by)\b")),
    (Rival, "wins", re.compile(r"\b(?:in|by)\b")),
)
"""Fields of both formats, and how their values are written in format 2 only: as `it+finance`, or as `20% in 9w`."""

SMALL_BELOW: Final = 2_500
LARGE_ABOVE: Final = 10_000
"""Format 1 had no word for how large a sale is: it took it from the price, as a bare number of minor units."""


def size_of(price: int) -> str:
    """What format 1 took a sale at this price for, in minor units."""
    return "small" if price < SMALL_BELOW else "large" if price > LARGE_ABOVE else "medium"


def renamed(model: type[BaseModel] | None, word: str, field: str | None = None) -> str | None:
    """The word of format 2 for a field of format 1 in this map, or for a value of `field`; None if it has no other."""
    found = (each.new for each in RENAMES if model in each.models and each.field == field and each.old == word)
    return next(found, None)


def is_added(model: type[BaseModel] | None, field: str) -> bool:
    """Whether a field of this map came with format 2."""
    return any(of is model and each == field for of, each in ADDED)


def unrenamed(model: type[BaseModel] | None, word: str, field: str | None = None) -> str:
    """The word of format 1 for a field of format 2 in this map, or for a value of `field`; itself if there is none."""
    found = (each.old for each in RENAMES if model in each.models and each.field == field and each.new == word)
    return next(found, word)


def old_fields(model: type[BaseModel] | None) -> dict[str, str]:
    """The fields of format 1 that have other names in this map, with these names."""
    return {each.old: each.new for each in RENAMES if model in each.models and each.field is None}


def scenario_tree(text: bytes, path: str) -> Tree:
    """The tree of a scenario file as one of format 2, whichever it is written in. Raises ScenarioErrors."""
    tree = read_tree(text, path)
    upgraded(tree)
    return tree


def is_old(tree: Tree) -> bool:
    """Whether a tree, brought to format 2 by now or not, was written in format 1."""
    node = tree.root.children.get("format") if isinstance(tree.root.data, dict) else None
    if node is None:
        return False
    return tree.lines[node.line][node.column : node.end_column].strip("'\"") == OLD


def upgraded(tree: Tree) -> list[Edit]:
    """Bring a tree of format 1 to format 2, and return what would have to be written for that; nothing for a tree of
    any other format. Words of format 2 in it become problems of the tree."""
    written = tree.root.children.get("format") if isinstance(tree.root.data, dict) else None
    if written is None or written.data != OLD:
        return []
    return list(_Upgrade(tree).all())


_OLD_WORDS: Final = {each.new: each.old for each in RENAMES}
_NEW: Final = rf"(?<![\w-])(?:{'|'.join(_OLD_WORDS)})(?![\w-])"
_SAID: Final = re.compile(r"`[^`]*`|(?:one of|are): [\w-]+(?:, [\w-]+)*|kind [\w-]+")
"""Where a sentence names words of the format, rather than speaking plain English."""


def in_old_words(problems: Iterable[Problem], tree: Tree) -> list[Problem]:
    """The problems of a file of format 1, in the words of that format, where the file has no such id of its own."""
    found = list(problems)
    if not any(re.search(_NEW, each.message + each.help) or each.mend for each in found):
        return found
    own = {each.id for each in names(tree)}

    def old(word: re.Match[str]) -> str:
        return word[0] if word[0] in own else _OLD_WORDS[word[0]]

    def said(sentence: str) -> str:
        return _SAID.sub(lambda part: re.sub(_NEW, old, part[0]), sentence)

    def mended(mend: Mend) -> Mend:
        ways = (tuple(replace(edit, text=re.sub(f"^{_NEW}", old, edit.text)) for edit in way) for way in mend.ways)
        return Mend(tuple(ways), said(mend.says))

    return [
        each
        if each.code == "FV209"
        else replace(each, message=said(each.message), help=said(each.help), mend=each.mend and mended(each.mend))
        for each in found
    ]


_REWRITE: Final = "rewrite the file in format 2"


class _Upgrade:
    """One tree of format 1 on its way to format 2."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def all(self) -> Iterator[Edit]:
        yield from self._value(self._tree.root, "format", OLD, NEW)
        yield from self._below(self._tree.root, File)

    def _below(self, node: Node, annotation: Any) -> Iterator[Edit]:
        model = model_of_map(annotation) if isinstance(node.data, dict) else None
        if model is not None:
            yield from self._map(node, model)
        for part, child in node.children.items():
            if isinstance(child.data, dict | list):
                inner = within(annotation, part)
                if inner is None and model is not None:  # a slip of the pen must not hide what stands below it
                    inner = within(annotation, nearest(str(part), field_names(model)) or part)
                if inner is not None:
                    yield from self._below(child, inner)

    def _map(self, node: Node, model: type[BaseModel]) -> Iterator[Edit]:
        self._refuse(node, model)
        for rename in RENAMES:
            if model in rename.models:
                if rename.field is not None:
                    yield from self._value(node, rename.field, rename.old, rename.new)
                elif rename.old in node.keys and rename.new not in node.keys:
                    key = node.keys[rename.old]
                    yield self._instead(key, rename.old, rename.new)
                    for held in (node.data, node.children, node.keys):
                        _rename(held, rename.old, rename.new)
        if model is Offer and "price" in node.children and "size" not in node.children:
            yield from self._sized(node)

    def _refuse(self, node: Node, model: type[BaseModel]) -> None:
        """Note words of format 2."""
        for rename in RENAMES:
            if model in rename.models:
                written = node.keys.get(rename.new) if rename.field is None else node.children.get(rename.field)
                if written is not None and written.data == rename.new:
                    self._refused(written, f"in format 1 it is `{rename.old}`; or let `firstvisit migrate` {_REWRITE}")
        for key, written in node.keys.items():
            if is_added(model, key):
                self._refused(written, f"let `firstvisit migrate` {_REWRITE}")
        for of, field, new in WRITTEN:
            value = node.children.get(field) if of is model else None
            for written in (value, *value.keys.values()) if value is not None else ():
                if isinstance(written.data, str) and new.search(written.data):
                    self._refused(written, f"let `firstvisit migrate` {_REWRITE}", "is written as in format 2")

    def _refused(self, word: Node, help: str, is_new: str = "is a word of format 2") -> None:
        message = f"`{word.data}` {is_new}, and this file is written in format 1"
        spot = spot_of(word, self._tree.lines)
        self._tree.problems.append(Problem("FV209", "error", self._tree.path, spot, message, help))

    def _value(self, node: Node, field: str, old: str, new: str) -> Iterator[Edit]:
        value = node.children.get(field)
        if value is not None and value.data == old:
            yield self._instead(value, old, new)
            value.data = node.data[field] = new

    def _instead(self, node: Node, old: str, new: str) -> Edit:
        """What writes a word in another way where it stands, in the quotes in which it stands."""
        spot = spot_of(node, self._tree.lines)
        if node.end_line == node.line:
            quote = self._quoted(node)[0]
            return Edit(spot, f"{quote}{new}{quote}")
        for row in range(node.line, node.end_line + 1):
            at = self._tree.lines[row].find(old)
            if at >= 0:
                return Edit(Spot(row + 1, at + 1, len(old)), new)
        return Edit(spot, new)

    def _sized(self, offer: Node) -> Iterator[Edit]:
        """Write beside a price what format 1 took the sale for."""
        price, key = offer.children["price"], offer.keys["price"]
        try:
            size = size_of(money(price.data.strip()))
        except (NotationError, AttributeError):
            return
        yield self._beside(offer, key, price, size)
        offer.data["size"] = size
        offer.keys["size"] = key
        offer.children["size"] = Node(size, price.line, price.column, price.end_line, price.end_column, True)

    def _beside(self, offer: Node, key: Node, price: Node, size: str) -> Edit:
        """What writes the size after the price, in braces or on a line of its own as the offer is written."""
        quote, name = self._quoted(key)
        entry, indent = f"{quote}size{quote}: {quote}{size}{quote}", " " * key.column
        in_braces = self._tree.lines[offer.line][offer.column : offer.column + 1] == "{"
        if price.end_line > price.line:
            spot = spot_of(key, self._tree.lines)
            return Edit(spot, f"{entry}, {name}" if in_braces else f"{entry}\n{indent}{name}")
        line = self._tree.lines[price.line]
        end = price.end_column if in_braces else len(line)
        spot = Spot(price.line + 1, price.column + 1, end - price.column)
        return Edit(spot, line[price.column : end] + (f", {entry}" if in_braces else f"\n{indent}{entry}"))

    def _quoted(self, node: Node) -> tuple[str, str]:
        """The quotes in which something on one line is written, and all of it as it is written."""
        text = self._tree.lines[node.line][node.column : node.end_column]
        return text[0] if text[0] in "'\"" else "", text


def _rename(held: dict[Any, Any], old: str, new: str) -> None:
    """Give an entry of a map another key, at its place among the others."""
    entries = [(new if key == old else key, value) for key, value in held.items()]
    held.clear()
    held.update(entries)
