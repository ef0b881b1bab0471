"""Dataclasses read from JSON: what fits their types, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pytest

from engine.typed import plain, typed


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    size: int = 3
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Tree:
    kind: Literal["oak", "elm"]
    leaf: Leaf | None = None
    pair: tuple[int, bool] = (1, True)
    of: tuple[Tree | Leaf, ...] = ()
    named: Mapping[str, int] | None = None


TREE = Tree("oak", Leaf("a", 4), (2, False), (Leaf("b"), Tree("elm", of=(Leaf("c"),))), {"x": 1})


def test_what_was_written_is_read_as_it_was() -> None:
    told = json.loads(json.dumps(plain(TREE)))
    assert typed(Tree, told) == TREE
    assert repr(typed(Tree, told)) == repr(TREE)


def test_what_is_as_by_default_need_not_be_said() -> None:
    assert plain(Tree("oak")) == {"kind": "oak"}
    assert typed(Tree, {"kind": "oak"}) == Tree("oak")


def test_what_it_does_not_have_is_passed_over() -> None:
    assert typed(Leaf, {"name": "a", "colour": "green"}) == Leaf("a")


def test_a_whole_number_does_for_any_number() -> None:
    assert repr(typed(Leaf, {"name": "a", "share": 1})) == repr(Leaf("a", share=1.0))


NO_VALUES: dict[str, tuple[Any, ...]] = {
    "leaf": ({}, {"name": 3}, {"size": 3}, [], "a"),
    "pair": ([1], [1, True, 2], [1, 1], [True, True], {}, "ab", None),
    "of": ([3], [{}], {}, "a", [[{"name": "a"}]]),
    "named": ([], {"x": "1"}, {"x": None}, 3),
}
NO_LEAVES: dict[str, tuple[Any, ...]] = {"size": (True, 3.0, "3", None, [3]), "share": (True, "1", None)}
REFUSED: list[Any] = [
    *[None, [], "oak", 3, {}, {"kind": "ash"}, {"kind": None}, {"kind": ["oak"]}, {"kind": {}}, {"leaf": None}],
    *[{"kind": "oak", name: value} for name, values in NO_VALUES.items() for value in values],
    *[{"kind": "oak", "leaf": {"name": "a", name: value}} for name, values in NO_LEAVES.items() for value in values],
]


@pytest.mark.parametrize("found", REFUSED)
def test_anything_else_is_refused(found: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        typed(Tree, found)
