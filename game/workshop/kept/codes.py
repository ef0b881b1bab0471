"""Codes that people type, and tokens that programs send."""

from __future__ import annotations

import re
import secrets
from typing import Final

CODE_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a figure."""
CODE_LENGTH: Final = 6
"""Of the event's code; one that gives a seat back has twice as many signs."""
_MISREAD: Final = str.maketrans("OIL", "011")


def new_code() -> str:
    """A code to join with, of 30 bits."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """A code as it was meant: small letters, blanks and hyphens make no difference, nor O, I and L."""
    kept = "".join(char for char in text[:40].upper() if char.isascii() and char.isalnum())
    return kept.translate(_MISREAD)


def new_token() -> str:
    """A token of 256 bits."""
    return secrets.token_hex(32)


def new_short_token() -> str:
    """A token of 128 bits, for addresses that people copy: one is to fit into a line of a terminal."""
    return secrets.token_hex(16)


def is_token(text: str) -> bool:
    """Whether a text has the form of a token that a player's program draws."""
    return re.fullmatch("[0-9a-f]{64}", text) is not None
