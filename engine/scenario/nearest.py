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


def listed(known: Iterable[str]) -> str:
    """A help sentence: what is possible. Empty if nothing is."""
    words = list(dict.fromkeys(known))
    if not words:
        return ""
    if len(words) == 1:
        return f"the only one is `{words[0]}`"
    return f"one of: {', '.join(words[:SHOWN])}" + (" ..." if len(words) > SHOWN else "")


def did_you_mean(known: Iterable[str]) -> str:
    """The sentence in which the nearest of these words is offered, with {} in its place."""
    words = list(known)
    return "did you mean `{}`?" + (f" {listed(words)}" if 1 < len(words) <= SHOWN else "")


def meant(word: str, known: Iterable[str]) -> str:
    """A help sentence: the nearest word, and what else is possible. Empty if nothing is known."""
    words = list(known)
    close = nearest(word, words)
    return listed(words) if close is None else did_you_mean(words).replace("{}", close, 1)
