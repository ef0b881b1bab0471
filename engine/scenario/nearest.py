"""The word an author most likely meant."""

from __future__ import annotations

from collections.abc import Iterable

COMPARED = 40
"""Among more words than this, only those with the most in common are compared in full, which is slow."""
SHOWN = 8
"""At most this many words are listed where one was expected."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to this one, or None if none is close. Capitals, and `_` for `-`, make no difference."""
    words = list(known)
    plain = word.strip().lower().replace("_", "-").replace(" ", "-")
    if plain in words:
        return plain
    if not plain or len(plain) > 60:
        return None
    # imported late: a file without mistakes never needs it
    from difflib import get_close_matches

    if len(words) > COMPARED:
        words = sorted(words, key=lambda known: -_shared(plain, known))[:COMPARED]
    found = get_close_matches(plain, words, n=1, cutoff=0.6)
    return found[0] if found else None


def _shared(word: str, other: str) -> int:
    """How many characters two words share at their beginnings and ends: nearly all of them after a slip of the pen."""
    most = min(len(word), len(other))
    first = next((place for place in range(most) if word[place] != other[place]), most)
    last = next((place for place in range(most - first) if word[-1 - place] != other[-1 - place]), most - first)
    return first + last


def meant(word: str, known: Iterable[str]) -> str:
    """A help sentence: the nearest word, and what else is possible. Empty if nothing is known."""
    words = list(known)
    if not words:
        return ""
    close = nearest(word, words)
    listed = ", ".join(words[:SHOWN]) + (" ..." if len(words) > SHOWN else "")
    if close is None:
        return f"one of: {listed}" if len(words) > 1 else f"the only one is `{words[0]}`"
    if len(words) == 1 or len(words) > SHOWN:
        return f"did you mean `{close}`?"
    return f"did you mean `{close}`? one of: {listed}"
