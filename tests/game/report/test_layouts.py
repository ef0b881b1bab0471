"""Whoever writes a program for the JSON of a report finds every key of it where the report is made."""

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from engine.coach.verdict import Analysis, Choice, Verdict
from game.report import coach
from game.report.balance import data as balance_data
from tests.game.report.test_advice import balance, everybody

CHOICES = (Choice("b", 25, 0, None), Choice("a", 0, 1, 0))
VERDICT = Verdict(0, "a", 0, 0, "b", 20, 1, 20.0, 100, "inaccuracy", 0, CHOICES, ("b",))


def keys(found: Any) -> Iterator[str]:
    """Every key of maps whose keys are not ids or names themselves."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield name
            if name not in ("ends", "why", "earned"):  # by outcome, by reason, by school
                yield from keys(value)
    elif isinstance(found, list | tuple):
        for each in found:
            yield from keys(each)


@pytest.mark.parametrize(
    ("module", "found"),
    [
        (coach, coach.as_data(Analysis("", 1, "", 48, 0, 100, 1, 25, 1, 0, 70.0, 100, (VERDICT,)))),
        (balance_data, balance_data.as_data(balance(everybody()))),
    ],
)
def test_every_key_is_described(module: ModuleType, found: dict[str, Any]) -> None:
    described = set(re.findall(r"\w+", (module.__doc__ or "").partition("layout")[2]))
    assert sorted(set(keys(found)) - described) == []
