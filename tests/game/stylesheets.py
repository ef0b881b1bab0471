"""Style sheets are read once for all the programs that a process of the tests starts, one after another.

Textual keeps what it has read for as long as one program runs and shows one theme; a thousand programs in three themes
would read the same again and again: a sixth of the time of the screens' tests.
"""

from __future__ import annotations

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_read: dict[tuple[object, ...], list[RuleSet]] = {}
_rules = Stylesheet._parse_rules


def _rules_once(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
    key = (frozenset(sheet._variables.items()), given, frozenset(named.items()))
    if key not in _read:
        _read[key] = _rules(sheet, *given, **named)
    return _read[key]


def read_once() -> None:
    """From now on, in this process."""
    Stylesheet._parse_rules = _rules_once  # type: ignore[method-assign, assignment]
