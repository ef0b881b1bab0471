"""How amounts and the words of the model are printed for a player, on every screen and in plain lines."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SCHOOLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "plan-a": "Plan A",
        "collect-decisions": "Collect decisions",
        "speed-first": "Speed first",
        "audition": "Audition",
        "same-day": "Same day",
    }
)
"""The five schools, as a player reads them."""

CUES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "novice": "meters, manner and words",
        "regular": "manner and words",
        "expert": "words only",
    }
)
"""What each cue level shows of the buyer."""

CHANNELS: Final[Mapping[str, str]] = MappingProxyType(
    {"visit": "in person", "call": "by phone", "text": "by text message", "email": "by e-mail"}
)
"""How a contact takes place."""


def school_name(school: str | None) -> str:
    """`Plan A` for `plan-a`; `Tutorial` for a scenario that teaches no school."""
    return SCHOOLS.get(school, school) if school else "Tutorial"


def money(minor: int, currency: str = "") -> str:
    """An amount in minor units as people write it: `38,900 EUR`, `4.50 EUR`, `−120 EUR`."""
    whole, cents = divmod(abs(minor), 100)
    digits = f"{whole:,}.{cents:02}" if cents else f"{whole:,}"
    return f"{'−' if minor < 0 else ''}{digits}{' ' + currency if currency else ''}"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 move`, `3 moves`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def kept_clock(*, live: bool) -> str:
    """Why a run that is taken up does not have the clock that was asked for."""
    if live:
        return "This run was begun with the live clock, and keeps it. To play untimed, begin anew."
    return "This run was begun untimed, and stays so. To play with the live clock, begin anew."


def introduced(name: str, text: str) -> str:
    """A text about somebody, with the name before it unless it begins with that: `Ines: runs a bakery.`"""
    return text if not text or text.startswith(name) else f"{name}: {text}"


def told_of(name: str, text: str) -> str:
    """A text to show beside a name, without that name before a comma or a colon at its beginning."""
    for mark in (", ", ": "):
        if text.startswith(name + mark):
            rest = text[len(name + mark) :]
            return rest[:1].upper() + rest[1:]
    return text


def signed(change: int) -> str:
    """`+4`, `−3` with a real minus, `0`."""
    return f"+{change}" if change > 0 else f"−{-change}" if change else "0"
