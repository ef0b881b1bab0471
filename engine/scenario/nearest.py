"""The word an author most likely meant."""

from __future__ import annotations

from collections.abc import Iterable

SHOWN = 8
"""At most this many words are listed where one was expected."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to this one, or None if none is close. Capitals and `_` for `-` are no difference."""
    words = list(known)
    plain = word.strip().lower().replace("_", "-").replace(" ", "-")
    if plain in words:
        return plain
    if not plain or len(plain) > 60:
        return None
    # difflib is imported late: a file without mistakes never needs it
    from difflib import get_close_matches

    found = get_close_matches(plain, words, n=1, cutoff=0.6)
    return found[0] if found else None


def meant(word: str, known: Iterable[str]) -> str:
    """A help sentence: the nearest word, and what else is possible if that is a short list."""
    words = list(known)
    close = nearest(word, words)
    listed = f"one of: {', '.join(words)}" if 0 < len(words) <= SHOWN else ""
    if close is None:
        return listed or ("known here: " + ", ".join(words[:SHOWN]) + " ..." if words else "")
    return f"did you mean `{close}`?" + (f" {listed}" if listed else "")
