"""Makes a faulty tree readable, so that one mistake does not hide the next.

The mended data is only for finding more problems; a file with an error is never played.

Importing this module imports pydantic.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from engine.scenario.models import Place, field_names, model_at
from engine.scenario.nearest import nearest
from engine.scenario.reading import Node, Tree
from engine.scenario.renames import old_fields

PLACEHOLDERS: Final[dict[str, Any]] = {
    "format": "2",
    "id": "unnamed",
    "wins": "1% a day",
    "excitement": "exponential 6h",
    "conviction": "power 1d 0.35",
    "chance": "50%",
}
"""What stands in for a required field that is missing; other texts become three dots."""


WORDS_OF_LOGIC: Final[dict[str, str]] = {
    "and": "conditions side by side must all hold: write them without it",
    "or": "write `any: [..., ...]`, with a map of conditions for each",
    "not": "the contrary has a word of its own, such as `knows-not`, `met-not`, `said-not`, `without` or `lacks`",
}
"""What stands for them among conditions."""


def close_field(place: Place, tree: Tree, form: type[BaseModel]) -> str | None:
    """The field that a key without meaning was probably meant for, if that is not set as well. It may be a word of
    format 1 that was meant."""
    model = model_at(place[:-1], form)
    if model is None or place[-1] in WORDS_OF_LOGIC:
        return None
    around, _ = tree.node_at(place[:-1])
    fields = {name: name for name in field_names(model)} | old_fields(model)
    close = nearest(str(place[-1]), (name for name, new in fields.items() if new not in around.children))
    return fields[close] if close is not None else None


def unspaced(place: Place, tree: Tree, form: type[BaseModel]) -> tuple[str, str] | None:
    """The field and the value that a key inside { } is, where there is no space after the colon between them."""
    model = model_at(place[:-1], form)
    field, colon, value = str(place[-1]).partition(":")
    around, _ = tree.node_at(place[:-1])
    known = model is not None and colon and value and field in field_names(model) and field not in around.children
    return (field, value) if known and around.children[str(place[-1])].data is None else None


def section_above(place: Place, tree: Tree, form: type[BaseModel]) -> str | None:
    """The section that a map at the margin of the file stands below, such as `needs`, if it looks like one of its
    entries that is not indented."""
    top = tree.root
    entry = top.data.get(place[0])
    if len(place) != 1 or not isinstance(entry, dict):
        return None
    names = list(top.keys)
    above = reversed(names[: names.index(str(place[0]))])
    section = next((name for name in above if isinstance(top.data.get(name), dict)), None)
    model = model_at((section, "an-id"), form) if section is not None else None
    return section if model is not None and set(field_names(model)) & set(entry) else None


_HEADINGS: Final = ("offer", "buyer", "needs", "traits", "objections", "lines")
"""Sections of which all that stands in them tells which they are."""


def heading_lost(place: Place, tree: Tree, form: type[BaseModel]) -> tuple[str, Place] | None:
    """The section that a file has not, and from where on what stands in another one would be of it, if its heading were
    there: a field that cannot be here, or the entry that has it, and all below it."""
    place = place[:2]
    around = tree.root.children.get(place[0])
    if len(place) < 2 or around is None or place[1] not in around.keys or not isinstance(around.data, dict):
        return None
    lost = _from(place, tree)
    for heading in _HEADINGS:
        section, entry = model_at((heading,), form), model_at((heading, "an-id"), form)
        if heading not in tree.root.children and all(
            name in field_names(section) if section is not None else _fits(value, entry) for name, value in lost.items()
        ):
            return heading, place
    return None


def section_indented(place: Place, tree: Tree, form: type[BaseModel]) -> Place | None:
    """Where a section of the file stands that was indented, and so became an entry of the section above it."""
    place = place[:2]
    around = tree.root.children.get(place[0]) if len(place) == 2 else None
    if around is None or place[1] not in around.keys or place[1] in tree.root.keys:
        return None
    value, above, entry, section = (
        around.data.get(place[1]),
        *(model_at(each, form) for each in (place[:1], place, place[1:])),
    )
    if place[1] not in field_names(form) or (above is not None and place[1] in field_names(above)):
        return None
    if isinstance(value, dict):
        of_entry = entry is not None and set(field_names(entry)) & set(value)
        return place if not of_entry and (section is None or set(field_names(section)) & set(value)) else None
    return place if value is None or isinstance(value, list) else None


def outdented(place: Place, tree: Tree) -> list[Place]:
    """Puts such a section, and what stands below it in the other one, at the top of the file. Returns what was moved,
    by its old place."""
    section, name = place[0], str(place[1])
    around = tree.root.children[section]
    names = [name] if around.data[name] is not None else list(_from(place, tree))
    key = around.keys.pop(name)
    tree.root.children[name], tree.root.data[name] = around.children.pop(name), around.data.pop(name)
    if names[1:]:
        _under(name, (section, names[1]), tree)
    tree.root.keys[name] = key
    return [(section, each) for each in names]


def entry_above(place: Place, tree: Tree, form: type[BaseModel]) -> str | None:
    """The entry, such as a line, that a field stands below with which it is lined up instead of being indented."""
    around, _ = tree.node_at(place[:-1])
    names, model = list(around.keys), model_at(place, form)
    if model is None or place[-1] not in names[1:] or isinstance(around.data[place[-1]], dict):
        return None
    above = names[names.index(str(place[-1])) - 1]
    entry, fields = around.data[above], list(around.children[above].keys.values())
    written_below = bool(fields) and fields[0].line > around.keys[above].line
    belongs = isinstance(entry, dict) and place[-1] in field_names(model) and place[-1] not in entry
    return above if written_below and belongs else None


def indented(place: Place, above: str, tree: Tree) -> None:
    """Puts such a field into that entry."""
    around, _ = tree.node_at(place[:-1])
    name, entry = str(place[-1]), around.children[above]
    entry.data[name], entry.children[name] = around.data.pop(name), around.children.pop(name)
    entry.keys[name] = around.keys.pop(name)


def _fits(value: Any, entry: type[BaseModel] | None) -> bool:
    return entry is not None and isinstance(value, dict) and bool(value) and set(field_names(entry)).issuperset(value)


def _from(place: Place, tree: Tree) -> dict[str, Any]:
    """What stands in a section from a place on."""
    around, _ = tree.node_at(place[:-1])
    names = list(around.keys)
    return {name: around.data[name] for name in names[names.index(str(place[-1])) :] if name in around.data}


def _under(heading: str, place: Place, tree: Tree) -> None:
    """Puts what stands in a section from a place on under a heading of its own."""
    around, _ = tree.node_at(place[:-1])
    under = Node({}, around.line, around.column, around.end_line, around.end_column, plain=False)
    for each in _from(place, tree):
        under.data[each] = around.data.pop(each)
        under.children[each], under.keys[each] = around.children.pop(each), around.keys.pop(each)
    tree.root.data[heading], tree.root.children[heading] = under.data, under
    tree.root.keys[heading] = next(iter(under.keys.values()))


def mended(tree: Tree, sort: str, place: Place, broken: set[Place], form: type[BaseModel]) -> None:
    """Changes the tree's data so that the error of this sort (pydantic's word) at this path is gone."""
    if sort == "extra_forbidden":
        close = close_field(place, tree, form)
        section = section_above(place, tree, form) if close is None else None
        apart, heading = unspaced(place, tree, form), heading_lost(place, tree, form)
        if heading is not None:
            _under(*heading, tree)
            return
        if apart is not None:
            _rename(tree, place, apart[0])
            around_, _ = tree.node_at(place[:-1])
            around_.data[apart[0]] = around_.children[apart[0]].data = apart[1]
            return
        if close is not None:
            _rename(tree, place, close)
            return
        if section is not None:
            _move(tree, str(place[0]), section)
            return
    if place and place[-1] == "[key]":
        place = place[:-1]
    elif sort.startswith(("model_", "dict_")) and _without_dashes(place, tree):
        return
    broken.add(place)
    around = _data(tree, place[:-1])
    name = place[-1] if place else ""
    if sort == "missing" and isinstance(around, dict):
        around[name] = {} if name == "when" else PLACEHOLDERS.get(str(name), "...")
    elif sort.startswith(("model_", "dict_")) and _holds(around, name):
        around[name] = {}
    elif sort in ("tuple_type", "list_type") and _holds(around, name):
        around[name] = []
    else:
        _remove(tree, place, broken)


def first_words(node: Node) -> list[str]:
    """The words with which the items of a list begin: ids, if the list should have been a map."""
    if not isinstance(node.data, list):
        return []
    return [
        each if isinstance(each, str) else next(iter(each), "") for each in node.data if isinstance(each, str | dict)
    ]


def _without_dashes(place: Place, tree: Tree) -> bool:
    """Makes the map of a list that should have been one: each item begins with an id, and has its fields below that or
    beside it. False if it is no such list."""
    node, exact = tree.node_at(place)
    names = first_words(node)
    if not exact or not place or len(set(names)) < max(len(node.children), 1):
        return False
    if not all(isinstance(each, dict) and isinstance(next(iter(each.values()), ""), dict | None) for each in node.data):
        return False
    items = list(node.children.values())
    node.children, node.keys = {}, {}
    for name, item in zip(names, items, strict=True):
        key, value = item.keys.pop(name), item.children.pop(name)
        beside = item.data.pop(name) is None
        node.keys[name], node.children[name] = key, item if beside else value
    node.data = {name: child.data for name, child in node.children.items()}
    _data(tree, place[:-1])[place[-1]] = node.data
    return True


def respelt(tree: Tree, place: Place, old: str, new: str) -> bool:
    """Writes an id in another way at this path, where it is a key, a text, or one end of a range. False if it cannot be
    there, or if something else has the new id."""
    if place and place[-1] == "[key]":
        place = place[:-1]
        around = _data(tree, place[:-1])
        if isinstance(around, dict):
            if old in around and new not in around:
                _rename(tree, place, new)
                return True
            return False
    # a single value stands for a list of one, or for a map with one field
    while place and not _holds(_data(tree, place[:-1]), place[-1]):
        place = place[:-1]
    text = _data(tree, place)
    if not place or not isinstance(text, str):
        return False
    ends = [end.strip() for end in text.split("..")]
    if old not in ends:
        return False
    _data(tree, place[:-1])[place[-1]] = "..".join(new if end == old else end for end in ends)
    return True


def _rename(tree: Tree, place: Place, name: str) -> None:
    around, _ = tree.node_at(place[:-1])
    old = str(place[-1])
    around.data[name] = around.data.pop(old)
    around.children[name] = around.children[old]
    around.keys[name] = around.keys[old]


def _move(tree: Tree, name: str, section: str) -> None:
    """Puts a map at the margin into the section above it."""
    top, into = tree.root, tree.root.children[section]
    into.data[name] = top.data.pop(name)
    into.children[name] = top.children[name]
    into.keys[name] = top.keys[name]


def _data(tree: Tree, place: Place) -> Any:
    data = tree.root.data
    for part in place:
        if not _holds(data, part):
            return None
        data = data[part]
    return data


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def _remove(tree: Tree, place: Place, broken: set[Place]) -> None:
    """Removes the smallest field of a map that holds this path. Items of lists stay, since places count them."""
    while place:
        around = _data(tree, place[:-1])
        if isinstance(around, dict) and place[-1] in around:
            del around[place[-1]]
            broken.add(place)
            return
        place = place[:-1]
