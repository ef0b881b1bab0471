"""Texts of which another one is always chosen, or that contradict the line they stand under.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.scenario.conditions import VisibleWhen
from engine.scenario.defaults import said_when
from engine.scenario.drafts import Place
from engine.scenario.format import Line, Reply, Texts
from engine.scenario.notation import Ends
from engine.scenario.report import Report
from engine.scenario.times import WEEKDAYS
from engine.scenario.vocabulary import (
    CHANNELS,
    COUNT_CONDITIONS,
    FLAG_CONDITIONS,
    INDECISION,
    LEVEL_CONDITIONS,
    OUTCOMES,
    PROMISES,
)

OPPOSITES: Final = (
    ("knows", "knows-not"),
    ("met", "met-not"),
    ("said", "said-not"),
    ("with", "without"),
    ("has", "lacks"),
)
"""Conditions that say the contrary of each other."""
ONE_OF: Final[Mapping[str, int]] = {
    "outcome": len(OUTCOMES) + 1,
    "channel": len(CHANNELS),
    "promised": len(PROMISES),
    "indecision": len(INDECISION),
    "weekday": len(WEEKDAYS),
}
"""Conditions that name words of which just one is true, with how many there are."""
SPANS: Final = frozenset((*LEVEL_CONDITIONS, *COUNT_CONDITIONS, "quiet", "time"))
PASSING: Final = frozenset({"day", "time", "quiet", "unanswered", "broken", "absent"})
"""Conditions that may have changed when the line has been said."""
_MOST: Final = 10_000_000
_COMPARED: Final = 40
"""So many texts before one are compared with it at most."""

Conditions = Mapping[str, Any]


def conditions_of(when: VisibleWhen | None) -> Conditions:
    """The conditions of a text, by word."""
    return when.conditions() if when is not None else {}


def shadow_problems(texts: Sequence[Reply | Texts], place: Place, report: Report, line: Line | None = None) -> None:
    """Reports texts that can never be chosen, because those before them always are."""
    read = [(index, text, said_when(text, line)) for index, text in enumerate(texts)]
    # the most conditions first, then in the author's order, as in play
    read.sort(key=lambda each: -len(each[2]))
    for at, (index, text, own) in enumerate(read):
        if not own and at + 1 < len(read):
            continue_at = read[at + 1 :]
            for later, other, _ in continue_at:
                if not _held_back(other, text):
                    _told(report, (*place, later), "one without conditions comes before it", index, place)
            return
        before = [each for each in read[max(0, at - _COMPARED) : at] if not _held_back(text, each[1])]
        shadow = next((each for each in before if _implies(own, each[2])), None)
        if shadow is not None:
            same = shadow[2] == own
            why = "one with the same conditions comes before it" if same else "one before it holds whenever this does"
            _told(report, (*place, index), why, shadow[0], place)
        elif _covered(own, [each[2] for each in before]):
            _told(report, (*place, index), "of those before it, one always holds when this does", before[0][0], place)


def _told(report: Report, at: Place, why: str, other: int, place: Place) -> None:
    help = "give it a `when` of its own; or, to let both be said in turn, write them as one: `says: [..., ...]`"
    report.warning("FV407", (*at, "says"), f"this can never be chosen: {why}", help, (*place, other, "says"))


def _held_back(text: Reply | Texts, before: Reply | Texts) -> bool:
    """Whether a text can be chosen where the one before it cannot: when the buyer keeps a fact back, only those that
    say so (`lands: no`) are fit."""
    misses = isinstance(text, Reply) and text.lands is False
    return misses and not (isinstance(before, Reply) and before.lands is False)


def contradiction(own: Conditions, around: Conditions, *, later: bool = False) -> str | None:
    """The word of a condition that cannot hold where the conditions `around` it do, or did so many minutes before
    (`later`); None if all can."""
    for word, value in own.items():
        if later and word in PASSING:
            continue
        for one, other in (*OPPOSITES, *((no, yes) for yes, no in OPPOSITES)):
            if word == one and other in around and set(value) & set(around[other]):
                return word
        if word not in around:
            continue
        if word in SPANS and _apart(word, value, around[word]):
            return word
        if word in ONE_OF and word != "outcome" and not set(value) & set(around[word]):
            return word
        if word in FLAG_CONDITIONS and value != around[word]:
            return word
    return None


def _ends(word: str, span: Ends) -> tuple[int, int]:
    """The first and the last number that a range lets pass; of a time of day, the second one no longer counts."""
    low = span.low if span.low is not None else 0
    return low, _MOST if span.high is None else span.high - (word == "time")


def _apart(word: str, one: Ends, other: Ends) -> bool:
    (low, high), (first, last) = _ends(word, one), _ends(word, other)
    return high < first or last < low


def _implies(own: Conditions, other: Conditions) -> bool:
    """Whether the other conditions hold whenever these do."""
    return all(_clause_implied(word, value, own) for word, value in other.items())


def _clause_implied(word: str, value: Any, own: Conditions) -> bool:
    mine = own.get(word)
    if mine is None:
        return False
    if word in SPANS:
        (low, high), (first, last) = _ends(word, mine), _ends(word, value)
        return first <= low and high <= last
    if word in ONE_OF or word in ("decider", "decides", "really"):
        return set(mine) <= set(value)
    if isinstance(value, tuple) and word not in ("stage", "any"):
        return set(value) <= set(mine)
    return bool(mine == value)


def _covered(own: Conditions, before: Sequence[Conditions]) -> bool:
    """Whether one of these always holds when a line's own conditions do, from which each differs in one thing."""
    open_: dict[str, list[Any]] = {}
    for other in before:
        left = [(word, value) for word, value in other.items() if not _clause_implied(word, value, own)]
        if len(left) == 1:
            open_.setdefault(left[0][0], []).append(left[0][1])
    return any(_all_of(word, values, own, open_) for word, values in open_.items())


def _all_of(word: str, values: list[Any], own: Conditions, open_: Mapping[str, list[Any]]) -> bool:
    if word in SPANS:
        low, high = _ends(word, own[word]) if word in own else (0, 100 if word in LEVEL_CONDITIONS else _MOST)
        for first, last in sorted(_ends(word, value) for value in values):
            if first > low:
                return False
            low = max(low, last + 1)
            if low > high:
                return True
        return False
    if word in FLAG_CONDITIONS:
        return len(set(values)) == 2
    if word in ONE_OF:
        named = {name for value in values for name in value}
        return named >= set(own[word]) if word in own else len(named) == ONE_OF[word]
    contrary = next((other for one, other in OPPOSITES if one == word), None)
    if contrary is None:
        return False
    alone = {value[0] for value in values if len(value) == 1}
    return any(len(value) == 1 and value[0] in alone for value in open_.get(contrary, ()))
