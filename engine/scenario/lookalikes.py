"""Characters that look like a letter, a hyphen or a space of the notation and are another one."""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

_SPACES: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING: Final = "\u00ad\u200b\u200c\u200d\u2060"
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_CYRILLIC: Final = dict(zip("аеорсухіјѕԁһАВЕКМНОРСТУХІЈЅ", "aeopcyxijsdhABEKMHOPCTYXIJS", strict=True))
_GREEK: Final = dict(zip("ονιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oviABEZHIKMNOPTYX", strict=True))
_FULL_WIDTH: Final = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}

LIKE: Final[dict[str, str]] = {
    **_FULL_WIDTH,
    **_CYRILLIC,
    **_GREEK,
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_NOTHING, ""),
}
"""What each of them looks like."""

_TABLE: Final = str.maketrans(LIKE)


class Lookalike(NamedTuple):
    """A character that looks like another one."""

    at: int
    """Its index in the text."""
    name: str
    """Such as `U+00A0 (NO-BREAK SPACE)`."""
    like: str
    """What it looks like, in words."""


def first_lookalike(text: str) -> Lookalike | None:
    """The first of them in a text, or None."""
    at = next((place for place, char in enumerate(text) if char in LIKE), None)
    if at is None:
        return None
    like = LIKE[text[at]]
    shown = "a space" if like == " " else f"`{like}`" if like else "nothing at all"
    return Lookalike(at, f"U+{ord(text[at]):04X} ({unicodedata.name(text[at], 'no name')})", shown)


def plainly_spelt(text: str) -> str:
    """The same text in the characters that it seems to have."""
    return text.translate(_TABLE)
