"""Names, pronouns and figures that vary from buyer to buyer: `{name}` in a text stands for what one of them has.

`buyer.varies` lists people, each with the same words: one of them is drawn with the buyer, and every text of that
prospect is filled in with theirs. The rules read none of it, so a run plays the same whoever it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from engine.luck import Luck
from engine.scenario.compiled import WORDING, Scenario

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9-]*)\}")
EVENT: Final = "who"
"""What luck draws the person for."""
_T = TypeVar("_T")


def named(text: str) -> tuple[str, ...]:
    """The placeholders in a text, each once.

    >>> named("{name}, is {she} in? Tell {name} I came.")
    ('name', 'she')
    """
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def drawn(scenario: Scenario, seed: int | str) -> tuple[int, ...]:
    """Whom a seed draws, by place in `buyer.varies` of each prospect."""
    return tuple(
        Luck(seed, one.id).between(0, len(one.buyer.varies) - 1, EVENT) if one.buyer.varies else 0
        for one in scenario.prospects
    )


def filled(scenario: Scenario, people: Sequence[int]) -> Scenario:
    """The scenario with the texts of each prospect filled in for one of its `people`, by place in `buyer.varies`; the
    number of a prospect that does not vary makes no difference. What all prospects share is filled in where there is
    one."""
    prospects = tuple(
        _with(prospect, dict(prospect.buyer.varies[number])) if prospect.buyer.varies else prospect
        for prospect, number in zip(scenario.prospects, people, strict=True)
    )
    if prospects == scenario.prospects:
        return scenario
    found = replace(scenario, prospects=prospects)
    if len(prospects) > 1:
        return found
    words = dict(scenario.prospects[0].buyer.varies[people[0]])
    return replace(found, briefing=_with(scenario.briefing, words), tips=_with(scenario.tips, words))


def _with(value: _T, words: Mapping[str, str]) -> _T:
    """A text, or whatever holds texts, with its placeholders filled in. Ids are no texts."""
    found: Any = value
    if isinstance(value, str):
        found = PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), value)
    elif isinstance(value, tuple):
        found = tuple(_with(each, words) if not isinstance(each, str) else each for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in fields(value):
            old = getattr(value, field.name)
            if field.name in WORDING and field.name != "varies":
                changes[field.name] = _texts(old, words)
            elif not isinstance(old, str):
                changes[field.name] = _with(old, words)
        found = replace(value, **{name: new for name, new in changes.items() if new != getattr(value, name)})
    return found  # type: ignore[no-any-return]


def _texts(value: Any, words: Mapping[str, str]) -> Any:
    """What stands in a field of texts: one, or several."""
    return tuple(_with(each, words) for each in value) if isinstance(value, tuple) else _with(value, words)
