"""Every id that a file gives to something, and every place where one is used.

For editors: completing an id, going to where it was given, giving it another one. It reads the tree as it is written,
so that a file with mistakes in it has names as well. `checks` says which of them are mistakes.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from engine.scenario.conditions import VisibleWhen, When
from engine.scenario.drafts import ALONE, DECIDER, NOTHING
from engine.scenario.format import (
    Buyer,
    Consequences,
    File,
    Interrupt,
    Line,
    Need,
    Objection,
    ProspectPart,
    Reply,
    Texts,
    Trait,
)
from engine.scenario.models import Place, model_in, within
from engine.scenario.problems import Spot
from engine.scenario.reading import Node, Tree, spot_of

PERSON: Final = "person who decides"

OF_CONDITIONS: Final[Mapping[str, str]] = {
    "knows": "fact",
    "knows-not": "fact",
    "met": "need",
    "met-not": "need",
    "raised": "objection",
    "handled": "objection",
    "said": "line",
    "said-not": "line",
    "stage": "stage",
    "with": PERSON,
    "without": PERSON,
    "has": "need or trait",
    "lacks": "need or trait",
    "decides": "person who decides, or `alone`",
    "decider": "person who decides, or `alone`",
    "really": "reason",
}
"""What the names under each condition name."""

OF_CONSEQUENCES: Final[Mapping[str, str]] = {"reveals": "fact", "raises": "objection", "opens": "stage"}
"""What the names under each field of a reply or an interrupt name."""

OF_LINES: Final[Mapping[str, str]] = {
    "reveals": "fact",
    "meets": "need",
    "handles": "objection or reason",
    "about": "need",
    "brings": PERSON,
    "opens": "stage",
    "resume": "stage",
    "stage": "stage",
}
"""What the names under each field of a line name."""

USED: Final[Mapping[type[Any], Mapping[str, str]]] = {
    VisibleWhen: OF_CONDITIONS,
    When: OF_CONDITIONS,
    Need: {"of": PERSON},
    Trait: {"of": PERSON},
    Objection: {"of": PERSON},
    Texts: {"reveals": "fact", "of": PERSON},
    Consequences: OF_CONSEQUENCES,
    Reply: {**OF_CONSEQUENCES, "of": PERSON},
    Interrupt: OF_CONSEQUENCES,
    Line: OF_LINES,
}
"""The fields that name something, by the model they belong to."""

MAY_BE: Final[Mapping[str, frozenset[str]]] = {
    "fact": frozenset({"need", "trait", "reason"}),
    "need": frozenset({"need"}),
    "need or trait": frozenset({"need", "trait"}),
    "objection": frozenset({"objection"}),
    "objection or reason": frozenset({"objection", "reason"}),
    "reason": frozenset({"reason"}),
    "line": frozenset({"line"}),
    "stage": frozenset({"stage"}),
    PERSON: frozenset({"person"}),
    "person who decides, or `alone`": frozenset({"person"}),
}
"""The sorts of things that each of these may be."""

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "fact": (DECIDER,),
    "person who decides, or `alone`": (ALONE,),
    "reason": (NOTHING,),
    "stage": ("any", "between"),
}
"""Words with a meaning of their own that may stand where an id does."""

_SECTIONS: Final = {"needs": "need", "traits": "trait", "objections": "objection", "lines": "line"}


@dataclass(frozen=True, slots=True)
class Name:
    """An id at one place of a file."""

    id: str
    sorts: frozenset[str]
    """What it is the id of (`need`, `trait`, `reason`, `objection`, `line`, `stage`, `person`); for a use, what it may
    be the id of. An objection of which nothing else is said is its own reason."""
    given: bool
    """Whether something gets its id here, rather than being named."""
    spot: Spot
    """The id itself, without quotes or the other end of a range."""
    place: Place
    """Where in the file, as keys and indexes."""

    @property
    def prospect(self) -> str | None:
        """Whose it is; None for what all prospects share."""
        return str(self.place[1]) if self.place[0] == "prospects" else None


def names(tree: Tree) -> tuple[Name, ...]:
    """Every name in a file, in its order."""
    return tuple(_below(tree, tree.root, (), File))


def known(found: tuple[Name, ...], what: str, prospect: str | None = None) -> tuple[str, ...]:
    """The ids that may stand where `what` is named (one of `MAY_BE`), for a prospect or in what all share."""
    here = (
        each.id
        for each in found
        if each.given and each.sorts & MAY_BE[what] and (prospect is None or each.prospect in (None, prospect))
    )
    return tuple(dict.fromkeys((*here, *WORDS.get(what, ()))))


def same(found: tuple[Name, ...], name: Name) -> tuple[Name, ...]:
    """All names of the thing that `name` names, that one among them; it alone if nothing has that id."""
    given = [each for each in found if each.given and each.id == name.id and each.sorts & name.sorts]
    if not given:
        return (name,)
    sorts = frozenset[str]().union(*(each.sorts for each in given))
    every = tuple(each for each in found if each.id == name.id and each.sorts & sorts)
    own = {each.prospect for each in given if each.prospect is not None}
    if name.prospect in own:
        return tuple(each for each in every if each.prospect == name.prospect)
    if all(each.prospect for each in given):  # each prospect has its own, and what all share names whichever it is
        return every
    return tuple(each for each in every if each.prospect not in own)


def _below(tree: Tree, node: Node, place: Place, annotation: Any) -> Iterator[Name]:
    model = model_in(annotation)
    used = USED.get(model, {}) if model is not None else {}
    for key, child in node.children.items():
        here = (*place, key)
        if isinstance(key, str) and key in used:
            yield from _uses(tree, child, here, used[key])
            continue
        if isinstance(key, str):
            yield from _given(tree, child, here, model)
        inner = within(annotation, key)
        if inner is not None:
            yield from _below(tree, child, here, inner)


def _uses(tree: Tree, node: Node, place: Place, what: str) -> Iterator[Name]:
    for key, child in node.children.items() if isinstance(node.data, list) else ((None, node),):
        if not isinstance(child.data, str):
            continue
        here = place if key is None else (*place, key)
        ends = child.data.split("..") if what == "stage" else [child.data]
        for id in dict.fromkeys(end.strip() for end in ends):
            if id and id not in WORDS.get(what, ()):
                yield Name(id, MAY_BE[what], False, _spot(tree, child, id), here)


def _given(tree: Tree, node: Node, place: Place, model: type[Any] | None) -> Iterator[Name]:
    """The ids that are given in the section at this place."""
    section = str(place[-1])
    if model in (File, ProspectPart) and section in _SECTIONS:
        for key in node.keys:
            sorts = {_SECTIONS[section]}
            if section == "objections" and "really" not in node.children[key].children:
                sorts.add("reason")
            yield _key(tree, node, key, place, frozenset(sorts))
    elif model in (File, ProspectPart) and section == "stages":
        listed = node.children.values() if isinstance(node.data, list) else (node,)
        for index, each in enumerate(listed):
            named = each.children.get("id", each)
            for id in map(str.strip, named.data.split(",")) if isinstance(named.data, str) else ():
                yield Name(id, frozenset({"stage"}), True, _spot(tree, named, id), (*place, index))
        if isinstance(node.data, dict) and "id" not in node.keys:  # a mistake, and yet it says what they are called
            for key in node.keys:
                yield _key(tree, node, key, place, frozenset({"stage"}))
    elif model is Buyer and section == "decides":
        if isinstance(node.data, str):
            yield from _party(tree, node, node.data, place)
        if isinstance(node.data, list):  # a mistake, and yet it says who they are
            for item, each in node.children.items():
                if isinstance(each.data, str):
                    yield from _party(tree, each, each.data, (*place, item))
        for key in node.keys:
            yield from _party(tree, node.keys[key], key, (*place, key))
    elif model is Buyer and section == "people":
        yield from (replace(_key(tree, node, key, place, MAY_BE[PERSON]), given=False) for key in node.keys)
    elif model is Objection and section == "really":
        sort = frozenset({"reason"})
        if isinstance(node.data, str) and node.data != NOTHING:
            yield Name(node.data, sort, True, _spot(tree, node, node.data), place)
        for key in node.keys:
            if key != NOTHING:
                yield _key(tree, node, key, place, sort)


def _party(tree: Tree, node: Node, written: str, place: Place) -> Iterator[Name]:
    """Those who decide together, with pluses between them."""
    spot, at = _spot(tree, node, written), 0
    for part in written.split("+"):
        id = part.strip()
        if id and id != ALONE:
            column = spot.column + at + part.index(id)
            yield Name(id, MAY_BE[PERSON], True, Spot(spot.line, column, len(id)), place)
        at += len(part) + 1


def _key(tree: Tree, node: Node, key: str, place: Place, sorts: frozenset[str]) -> Name:
    return Name(key, sorts, True, _spot(tree, node.keys[key], key), (*place, key))


def _spot(tree: Tree, node: Node, id: str) -> Spot:
    """The id within the text of a node."""
    spot = spot_of(node, tree.lines)
    line = tree.lines[spot.line - 1] if spot.line <= len(tree.lines) else ""
    at = line.find(id, spot.column - 1)
    return Spot(spot.line, at + 1, len(id)) if at >= 0 else spot
