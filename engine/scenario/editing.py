"""What can be written at one place of a file, and what is written there: for editors.

While somebody types, the file is mostly no YAML at all. So where the cursor stands is read from the text above it, by
indentation, braces and brackets; what the file has names for is read from the last version of it that could be parsed.

Importing this module imports pydantic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from engine.scenario.format import File
from engine.scenario.models import Place, annotation_at, field_at, kinds_of, model_at
from engine.scenario.naming import PERSON, USED, Name, known, names
from engine.scenario.rates import written
from engine.scenario.reading import Tree
from engine.scenario.renames import is_added, is_old, renamed, unrenamed

_KEY: Final = re.compile(r"""("[^"]*" *|'[^']*' *|[^\s"'#\[\]{},][^:#\[\]{},]*):(?=\s|$)""")
_LONGEST: Final = 400
"""Characters of a line that are looked at: no key stands further to the right."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where in a file somebody writes."""

    place: Place
    """The map around it, as keys and indexes; the number of an item is not counted, and 0."""
    field: str | None
    """The field whose value is being written, or None where a key is."""
    begun: str
    """What of the word is there already."""
    line: int
    """Its line, from 0."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be written."""

    text: str
    sort: Literal["field", "word", "id"]
    about: str
    """What it means, or what it is the id of."""


def cursor(lines: Sequence[str], line: int, column: int) -> Cursor:
    """Where the cursor stands; line and column count from 0."""
    around: list[tuple[int, str | int]] = []
    for text in lines[:line]:
        _pass(text[:_LONGEST], around)
    begun = lines[line][:column][:_LONGEST] if line < len(lines) else ""
    rest = _pass(begun, around)
    before = len(begun)
    while before and (begun[before - 1].isalnum() or begun[before - 1] in "_-"):
        before -= 1
    written = begun[before:]
    if rest is None:  # no key yet
        indent = len(begun) - len(begun.lstrip(" "))
        place = tuple(part for at, part in around if at < indent or (at == indent and part == 0))
        item = begun.lstrip(" ").startswith("-")
        return Cursor((*tuple(part for _, part in around),) if item else place, None, written, line)
    outer = tuple(part for _, part in around)
    place, field = _inside(rest, outer)
    return Cursor(place, field, written, line)


def _pass(text: str, around: list[tuple[int, str | int]]) -> str | None:
    """Note what a line opens: the keys and items `around` what comes after it, with their indentation. Returns what
    stands after its key; None for a line without one."""
    content = text.lstrip(" ")
    indent = len(text) - len(content)
    if not content or content.startswith("#"):
        return None
    while content.startswith("- ") or content == "-":
        while around and (around[-1][0] > indent or (around[-1][0] == indent and around[-1][1] == 0)):
            around.pop()
        around.append((indent, 0))
        rest = content[1:].lstrip(" ")
        indent += len(content) - len(rest)
        content = rest
    key = _KEY.match(content)
    if key is None:
        return None
    while around and around[-1][0] >= indent:
        around.pop()
    around.append((indent, key[1].strip().strip("\"'")))
    return content[key.end() :]


def _inside(rest: str, outer: Place) -> tuple[Place, str | None]:
    """The map around it and the field, where one stands in the value of a key, which may have braces and brackets."""
    frames: list[list[str | None]] = []  # what was opened, and the key in it whose value is being written
    token, quote = "", ""
    for at, sign in enumerate(rest):
        if quote:
            quote = "" if sign == quote else quote
            continue
        if sign in "\"'" and not token.strip():
            quote = sign
        elif sign in "{[" and (frames or not token.strip()):
            frames.append([sign, None])
            token = ""
        elif sign in "}]" and frames:
            frames.pop()
            token = ""
        elif sign == "," and frames:
            frames[-1][1] = None if frames[-1][0] == "{" else frames[-1][1]
            token = ""
        elif sign == ":" and frames and frames[-1][0] == "{" and rest[at + 1 : at + 2] in ("", " "):
            frames[-1][1] = token.strip()
            token = ""
        else:
            token += sign
    place: list[str | int] = list(outer)
    for brace, key in frames[:-1]:
        place.append(0 if brace == "[" else key or "")
    if not frames or frames[-1][0] == "[":
        names_ = [part for part in place if isinstance(part, str)]
        field = names_[-1] if names_ else None
        while place and place.pop() != field:
            pass
        return tuple(place), field
    return tuple(place), frames[-1][1]


def choices(at: Cursor, tree: Tree | None) -> tuple[Choice, ...]:
    """What can be written there, in the format's order; `tree` is the last version of the file that could be read."""
    if tree is not None and is_old(tree):
        return _old_choices(at, tree)
    return tuple(_choices(at, tree))


def _old_choices(at: Cursor, tree: Tree | None) -> tuple[Choice, ...]:
    """What can be written there in a file of format 1."""
    place: Place = ()
    for part in at.place:
        place = (*place, renamed(model_at(place, File), str(part)) or part)
    model = model_at(place, File)
    field = renamed(model, at.field) or at.field if at.field is not None else None
    return tuple(
        each if each.sort == "id" else replace(each, text=unrenamed(model, each.text, at.field))
        for each in _choices(replace(at, place=place, field=field), tree)
        if not is_added(model, each.text)
    )


def _choices(at: Cursor, tree: Tree | None) -> tuple[Choice, ...]:
    model = model_at(at.place, File)
    what = USED.get(model, {}).get(at.field) if model is not None and at.field is not None else None
    if at.field is None and at.place[-2:] in (("buyer", "decides"), ("buyer", "people")):
        what = PERSON
    if at.field is None and what is None:
        return tuple(_keys(at, model, tree))
    if what is not None:
        found = names(tree) if tree is not None else ()
        whose = str(at.place[1]) if at.place[:1] == ("prospects",) and len(at.place) > 1 else None
        return tuple(Choice(id, "id", _of(id, found, tree)) for id in known(found, what, whose))
    return tuple(dict.fromkeys(_words((*at.place, str(at.field)))))


def _keys(at: Cursor, model: type[BaseModel] | None, tree: Tree | None) -> Iterator[Choice]:
    if model is None:
        yield from _words_of_keys(at.place)
        return
    node, exact = tree.node_at(at.place) if tree is not None else (None, False)
    there = node.keys if node is not None and exact else {}
    for name, field in model.model_fields.items():
        text = field.alias or name
        if text not in there or there[text].line == at.line:  # what is being written now may have been there before
            yield Choice(text, "field", field.description or "")


def _words_of_keys(place: Place) -> Iterator[Choice]:
    """The words that are keys of a map of such, as under `outcomes`."""
    for kind in kinds_of(annotation_at(place, File)):
        if get_origin(kind) is dict:
            yield from _enumerated(get_args(kind)[0])


def _words(place: Place) -> Iterator[Choice]:
    field = field_at(place, File)
    if field is not None:
        yield from _enumerated(Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation)


@cache
def _schema(annotation: Any) -> dict[str, Any]:
    return TypeAdapter(annotation).json_schema()


def _enumerated(annotation: Any) -> Iterator[Choice]:
    """The words that something with this annotation may be, as its JSON Schema has them."""
    todo: list[Any] = [_schema(annotation)]
    while todo:
        schema = todo.pop(0)
        words = [word for word in schema.get("enum", ()) if isinstance(word, str)]
        about = schema.get("markdownEnumDescriptions") or [""] * len(words)
        yield from (Choice(word, "word", meaning) for word, meaning in zip(words, about, strict=False))
        todo += schema.get("anyOf", [])
        todo += [schema["items"]] if isinstance(schema.get("items"), dict) else []


def name_at(found: Sequence[Name], line: int, column: int) -> Name | None:
    """The id on which the cursor stands, if it stands on one; line and column count from 0."""
    return next(
        (
            each
            for each in found
            if each.spot.line == line + 1 and each.spot.column - 1 <= column <= each.spot.column - 1 + each.spot.length
        ),
        None,
    )


def meaning(lines: Sequence[str], line: int, column: int, tree: Tree | None) -> str:
    """What is written at a place, in a sentence; nothing where that is not known."""
    found = names(tree) if tree is not None else ()
    name = name_at(found, line, column)
    if name is not None:
        return _of(name.id, found, tree)
    text = lines[line] if line < len(lines) else ""
    word = next((each for each in re.finditer(r"[\w-]+", text) if each.start() <= column <= each.end()), None)
    if word is None:
        return ""
    at = cursor(lines, line, word.end())
    old = tree is not None and is_old(tree)
    offered = _old_choices(at, None) if old else choices(at, None)
    about = next((each.about for each in offered if each.text == word[0]), "")
    return " ".join(filter(None, (about, _sum(at, word[0], tree))))


def _sum(at: Cursor, word: str, tree: Tree | None) -> str:
    """What a chance of losing a buyer comes to by the deadline, at its field or at its value."""
    field = at.field or word
    if tree is None or field not in ("drifts", "wins"):
        return ""
    node, exact = tree.node_at((*at.place, field))
    return written(tree.root, node.data) if exact and isinstance(node.data, str) else ""


def _of(id: str, found: Sequence[Name], tree: Tree | None) -> str:
    """What an id is the id of, and what is said there."""
    given = next((each for each in found if each.given and each.id == id), None)
    if given is None or tree is None:
        return "a word of the format"
    node, exact = tree.node_at(given.place)
    said = next((node.children[key].data for key in ("say", "says") if exact and key in node.children), None)
    said = said[0] if isinstance(said, list) and said else said
    sort = sorted(given.sorts)[0]
    return f"{sort}: {said}" if isinstance(said, str) else sort
