"""Numbers as people type them."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 16
"""Digits of the longest number that anybody means."""


def whole_number(text: str, least: int, most: int) -> int | None:
    """The whole number from `least` (0 or more) to `most` that a text is, in plain digits; None for any other text."""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST):
        return None
    return number if least <= (number := int(text)) <= most else None
