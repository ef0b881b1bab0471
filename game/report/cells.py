"""The cells of a CSV file."""

from __future__ import annotations

from typing import Final

_ACTIVE: Final = tuple("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫−")
"""What text begins with that spreadsheets would compute; some take the wide and small forms for the signs."""


def cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula. Numbers stay numbers, below zero too."""
    if isinstance(value, str) and value.startswith(_ACTIVE):
        return f"'{value}"
    return "" if value is None else value
