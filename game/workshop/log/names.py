"""Names that people go by in an event: made safe to show everywhere, or drawn."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

from engine.words import gettext, marked
from game.text.wrapping import cells
from game.workshop.log.refused import Refused

WIDEST: Final = 24
"""Columns of the longest name."""
_KEPT: Final = frozenset(
    (
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "Mn",
        "Mc",
        "Nd",
        "Nl",
        "No",
        "Pd",
        "Pc",
        "Po",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Sc",
        "So",
        "Sm",
        "Sk",
        "Zs",
    )
)
"""Categories of characters that stand in names: letters, marks, digits, common signs, and spaces."""
_MARKS_TOGETHER: Final = 2
"""So many accents stand over a letter in any language; more are there to deface what is above and below."""
_HOW: Final = (
    "Amber", "Brave", "Bright", "Brisk", "Calm", "Candid", "Cheery", "Clever", "Cosy", "Crisp", "Deft", "Eager",
    "Fair", "Fleet", "Frank", "Gentle", "Glad", "Golden", "Honest", "Humble", "Jolly", "Keen", "Kind", "Lively",
    "Lucky", "Mellow", "Merry", "Mild", "Neat", "Nimble", "Noble", "Patient", "Plucky", "Polite", "Proud", "Quick",
    "Quiet", "Ready", "Silver", "Smart", "Spry", "Steady", "Sunny", "Swift", "Tidy", "Warm", "Wise", "Witty",
)  # fmt: skip
_WHO: Final = (
    "Badger", "Beaver", "Bison", "Crane", "Curlew", "Deer", "Dove", "Eagle", "Egret", "Falcon", "Ferret", "Finch",
    "Fox", "Gecko", "Hare", "Heron", "Ibex", "Jackdaw", "Kestrel", "Kite", "Lark", "Linnet", "Lynx", "Marten",
    "Mole", "Newt", "Nuthatch", "Osprey", "Otter", "Owl", "Panda", "Plover", "Puffin", "Quail", "Raven", "Robin",
    "Salmon", "Seal", "Shrew", "Sparrow", "Stork", "Swan", "Tern", "Thrush", "Toad", "Trout", "Vole", "Wren",
)  # fmt: skip


def name_of(names: Mapping[int, str], seat: int) -> str:
    """What a seat is called; by its number where nobody has a name there any more."""
    return names.get(seat) or gettext("Seat {seat}").format(seat=seat)


def clean(text: str) -> str:
    """A name as it is kept: composed, in one line, without anything that acts on a screen or hides.

    Raises `Refused` if nothing is left of it, or if it is too wide.
    """
    composed = unicodedata.normalize("NFC", text[:400])
    kept = "".join(" " if char.isspace() else char for char in composed if char.isspace() or _shows(char))
    kept = re.sub(r" +", " ", kept).strip()
    kept = _without_towers(kept)
    if not any(char.isalnum() for char in kept):
        raise Refused("name", marked("A name needs a letter or a digit."))
    if cells(kept) > WIDEST:
        raise Refused("name", marked("A name is at most {widest} columns wide."), widest=WIDEST)
    return kept


def _shows(char: str) -> bool:
    return unicodedata.category(char) in _KEPT and not 0x2800 <= ord(char) <= 0x28FF and char not in _BLANK


_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5")
"""Letters and marks that show nothing."""


def _without_towers(text: str) -> str:
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= _MARKS_TOGETHER:
            kept.append(char)
    return "".join(kept)


def drawn(taken: Collection[str]) -> str:
    """A name that nobody has, and that says nothing about who has it."""
    used = {alike(each) for each in taken}
    for _ in range(100):
        name = f"{secrets.choice(_HOW)} {secrets.choice(_WHO)}"
        if alike(name) not in used:
            return name
    number = 2
    while alike(f"{name} {number}") in used:
        number += 1
    return f"{name} {number}"


def free(name: str, taken: Collection[str]) -> str:
    """This name, with a number behind it if somebody has one that looks like it."""
    used = {alike(each) for each in taken}
    number, found = 1, name
    while alike(found) in used:
        number += 1
        found = f"{name} {number}"
    return found


def alike(name: str) -> str:
    """What two names share that can be taken for each other."""
    return unicodedata.normalize("NFKC", name).casefold().replace(" ", "").translate(_LOOK_LIKE)


_LOOK_LIKE: Final = str.maketrans("аеікмнорстухѕјһԁԛԝвαβεζηικμνορτυχ", "aeikmhopctyxsjhdqwbabezhikmnoptyx")
"""Small letters of other alphabets, and of those whose capitals look like ours, to the Latin ones."""
