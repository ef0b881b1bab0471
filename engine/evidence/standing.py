"""What it means that the model comes near a published figure: little where the figure went into it.

identity: a constant, or a table of them, is the figure, and its experiment measures nothing else. fitted: a constant,
or a kind of sale of the laboratory, was chosen with it in view. checked: neither; only these can speak for the model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, cast

from engine.evidence.lab import PRESETS
from engine.evidence.targets import Target
from engine.rules.constants import TABLE

Standing = Literal["identity", "fitted", "checked"]
STANDINGS: Final[tuple[Standing, ...]] = ("identity", "fitted", "checked")

_ID: Final = re.compile(r"\b[a-z0-9_]+\.[a-z0-9_]+\*?")


@cache
def chosen_by() -> Mapping[str, tuple[str, ...]]:
    """Constants and kinds of sale by the figures that they name as their source.

    A name that ends in a star stands for all that begin like it, and is kept as it is.
    """
    found: dict[str, tuple[str, ...]] = {}
    texts = {f"the constant {one.name}": one.source for one in TABLE.values()}
    texts |= {f"the kind of sale {name}": preset.says for name, preset in PRESETS.items()}
    for name, text in texts.items():
        for id in dict.fromkeys(_ID.findall(text)):
            found[id] = (*found.get(id, ()), name)
    return found


def chosen_with(target: Target) -> tuple[str, ...]:
    """The constants and kinds of sale that name a figure as their source."""
    return tuple(
        name
        for id, names in chosen_by().items()
        for name in names
        if id == target.id or (id.endswith("*") and target.id.startswith(id[:-1]))
    )


def standing(target: Target) -> Standing:
    """What a figure is to the model: as stated with it, or as the sources of constants and kinds of sale tell."""
    if target.standing:
        return cast(Standing, target.standing)
    return "fitted" if chosen_with(target) else "checked"
