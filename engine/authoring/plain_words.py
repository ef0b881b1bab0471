"""Ids, numbers and spans of a scenario's file in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from engine.calendar import span_text
from engine.units import Span


def as_words(id: str) -> str:
    """`need-a-quote` as `need a quote`."""
    return id.replace("-", " ")


def minus(change: Any) -> str:
    """A change with a real minus."""
    return str(change).replace("-", "−")


def is_yes(value: Any) -> bool:
    """Whether a field that is `yes` or `no` is yes."""
    return str(value).lower() in ("yes", "true")


def all_of(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def one_of(words: Sequence[str]) -> str:
    """`a, b or c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else ""


def time_words(text: str) -> str:
    """`1h15m` as `1 h 15 min`."""
    units = {"w": "weeks", "d": "days", "h": "h", "m": "min"}
    return re.sub(r"(\d+)([wdhm])", lambda found: f"{found[1]} {units[found[2]]} ", text).strip()


def range_words(text: str) -> str:
    """`45..` as `45 or more`."""
    low, dots, high = (each.strip() for each in str(text).partition(".."))
    if not dots:
        return low
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"{low} or more" if low else f"at most {high}"


def span_words(span: Span) -> str:
    """From which length of time to which."""
    return f"{span_text(span.low)} to {span_text(span.high)}" if span.low != span.high else span_text(span.low)


def counted(word: str, value: Any) -> str:
    """A range of days or conversations, counted from 1 as a player counts them."""
    more = 1 if word == "day" else 0
    low, dots, high = (each.strip() for each in str(value).partition(".."))
    first, last = (str(int(each) + more) if each.isdecimal() else each for each in (low, high if dots else low))
    if first == last:
        return f"it is {word} {first}"
    if first and last:
        return f"it is {word} {first} to {last}"
    if first:
        return f"it is {word} {first} or later"
    return "there was no conversation yet" if word == "conversation" and last == "0" else f"it is {word} {last} at most"


def shortened(text: str, most: int = 48) -> str:
    """How a text begins, in one line of so many characters at most."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: max(most, 4) - 2].rsplit(' ', 1)[0]} …"


__all__ = [
    "all_of",
    "as_words",
    "counted",
    "is_yes",
    "minus",
    "one_of",
    "range_words",
    "shortened",
    "span_words",
    "time_words",
]
