"""Conditions in an author's words: how each is written in the file, and what keeps one from holding at a moment.

Whether a clause holds is asked of the rules; here is only what is said about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from engine import world as at
from engine.calendar import WEEKDAYS
from engine.rules.conditions import WORDS, compile_when
from engine.rules.guards import Guards, holding
from engine.rules.tables import ProspectRules
from engine.rules.turn import Turn
from engine.scenario.compiled import AnyOf, Clause, Prospect, When
from engine.scenario.vocabulary import (
    CHANNELS,
    COUNT_CONDITIONS,
    FLAG_CONDITIONS,
    INDECISION,
    LEVEL_CONDITIONS,
    OUTCOMES,
    PROMISES,
)
from engine.units import DAY, HOUR, LEVEL, WEEK, points

_OPEN_END: Final = 1_000_000
"""A number from which on a range has no upper end."""
_ALONE: Final = "alone"


def lacking(turn: Turn, rules: ProspectRules, p: Sequence[int], when: When) -> tuple[str, ...]:
    """What keeps a condition from holding for a prospect now, a few words for each clause; nothing if it holds."""
    return tuple(_lacking(turn, rules, p, clause) for clause in when if not _holds(turn, rules, p, clause))


def written(prospect: Prospect, when: When) -> str:
    """A condition as it is written in the file: `knows: dry, trust: 45..`; nothing for one that always holds."""
    return ", ".join(f"{clause.what}: {_value(prospect, clause)}" for clause in when)


def _holds(turn: Turn, rules: ProspectRules, p: Sequence[int], clause: Clause | AnyOf) -> bool:
    return bool(holding(turn, Guards.of([(1, compile_when((clause,)))]), rules, p))


def _value(prospect: Prospect, clause: Clause | AnyOf) -> str:
    if isinstance(clause, AnyOf):
        return f"[{', '.join(f'{{{written(prospect, when)}}}' for when in clause.of)}]"
    if clause.span is not None:
        return _range(prospect, clause)
    if clause.what in FLAG_CONDITIONS:
        return "yes" if clause.of[0] else "no"
    found = _names(prospect, clause.what, clause.of)
    return found[0] if len(found) == 1 else f"[{', '.join(found)}]"


def _range(prospect: Prospect, clause: Clause) -> str:
    span = clause.span
    assert span is not None  # only asked of a clause that has one
    if clause.what == "stage":
        low, high = prospect.stages[span.low].id, prospect.stages[span.high].id
        return low if low == high else f"{low}..{high}"
    if clause.what == "time":
        low, high = (_clock(span.low) if span.low else ""), (_clock(span.high + 1) if span.high < DAY - 1 else "")
        return f"{low}..{high}"
    if clause.what == "quiet":
        return f"{_length(span.low) if span.low else ''}..{_length(span.high) if span.high < _OPEN_END else ''}"
    if clause.what in LEVEL_CONDITIONS:
        first, last = (points(span.low) if span.low else None), (points(span.high) if span.high < LEVEL else None)
    else:
        first, last = span.low or None, span.high if span.high < _OPEN_END else None
    if first == last:
        return f"{first if first is not None else 0}"
    return f"{first if first is not None else ''}..{last if last is not None else ''}"


def _clock(minute: int) -> str:
    return f"{minute // HOUR:02}:{minute % HOUR:02}"


def _length(minutes: int) -> str:
    """A time as it is written in a file: `3d`, `1h30m`."""
    units = (("w", WEEK), ("d", DAY), ("h", HOUR), ("m", 1))
    parts = []
    for unit, size in units:
        number, minutes = divmod(minutes, size)
        if number:
            parts.append(f"{number}{unit}")
    return "".join(parts) or "0m"


def _names(prospect: Prospect, word: str, of: Sequence[int]) -> list[str]:
    """What the numbers of a clause stand for."""
    facts, objections = [each.id for each in prospect.facts], [each.id for each in prospect.objections]
    lines, deciders = [each.id for each in prospect.lines], [_ALONE, *prospect.roles]
    named: Mapping[str, Sequence[str]] = {
        **dict.fromkeys(("knows", "knows-not", "has", "lacks", "met", "met-not"), facts),
        **dict.fromkeys(("raised", "handled"), objections),
        **dict.fromkeys(("said", "said-not"), lines),
        **dict.fromkeys(("decider", "decides"), deciders),
        **dict.fromkeys(("with", "without"), prospect.roles),
        "outcome": list(OUTCOMES),
        "weekday": WEEKDAYS,
        "channel": CHANNELS,
        "promised": PROMISES,
        "indecision": INDECISION,
        "really": prospect.reasons,
    }
    return [named[word][index] for index in of]


# what is said where one does not hold

_MISSING: Final[Mapping[str, str]] = {
    "knows": "not told yet: {}",
    "met": "not answered yet: {}",
    "raised": "not raised and open: {}",
    "handled": "not handled: {}",
    "said": "not said yet: {}",
    "with": "not at the table: {}",
    "has": "this buyer does not have: {}",
}
"""Of clauses all of whose names have to be there: the words for those that are not."""
_PRESENT: Final[Mapping[str, str]] = {
    "knows-not": "told already: {}",
    "met-not": "answered already: {}",
    "said-not": "said already: {}",
    "without": "at the table: {}",
    "lacks": "this buyer has: {}",
}
"""Of clauses none of whose names may be there: the words for those that are."""


def _lacking(turn: Turn, rules: ProspectRules, p: Sequence[int], clause: Clause | AnyOf) -> str:
    word, prospect = clause.what, rules.prospect
    if isinstance(clause, AnyOf):
        return " and ".join(f"({'; '.join(lacking(turn, rules, p, when))})" for when in clause.of)
    if word in _MISSING or word in _PRESENT:
        slot = WORDS[word].reads
        assert isinstance(slot, int)  # masks are stored
        wanted = word in _MISSING
        wrong = [index for index in clause.of if bool(p[slot] >> index & 1) is not wanted]
        return (_MISSING if wanted else _PRESENT)[word].format(", ".join(_names(prospect, word, wrong)))
    takes = _value(prospect, clause)
    if word in LEVEL_CONDITIONS:
        return f"{word} is {points(_number(turn, rules, p, word))}, and it takes {takes}"
    if word in COUNT_CONDITIONS:
        return f"{word} is {_number(turn, rules, p, word)}, and it takes {takes}"
    if word in _OF_THE_CLOCK:
        return f"{_OF_THE_CLOCK[word](_number(turn, rules, p, word))}, and it takes {takes}"
    return _OTHERWISE[word](rules, p, takes)


def _number(turn: Turn, rules: ProspectRules, p: Sequence[int], word: str) -> int:
    reads = WORDS[word].reads
    return p[reads] if isinstance(reads, int) else reads(turn, rules, p)


_OF_THE_CLOCK: Final[Mapping[str, Callable[[int], str]]] = {
    "weekday": lambda day: f"it is {WEEKDAYS[day]}",
    "time": lambda minute: f"it is {_clock(minute)}",
    "quiet": lambda minutes: f"quiet for {_length(minutes)}" if minutes >= 0 else "there was no conversation before",
}


def _last_outcome(rules: ProspectRules, p: Sequence[int], takes: str) -> str:
    last = list(OUTCOMES)[p[at.LAST] - 1] if p[at.LAST] else "none in particular"
    return f"the last answer was {last}, and it takes {takes}"


def _who_decides(rules: ProspectRules, p: Sequence[int], takes: str) -> str:
    if not p[at.TOLD_DECIDER]:
        return "nobody has told who decides"
    return f"who decides was told: {_roles(rules, p[at.TOLD_DECIDER] - 1)}, and it takes {takes}"


def _roles(rules: ProspectRules, who: int) -> str:
    return "+".join(role for n, role in enumerate(rules.prospect.roles) if who >> n & 1) or _ALONE


_OTHERWISE: Final[Mapping[str, Callable[[ProspectRules, Sequence[int], str], str]]] = {
    "outcome": _last_outcome,
    "decider": _who_decides,
    "stage": lambda rules, p, takes: f"this is stage {rules.prospect.stages[p[at.STAGE]].id}, and it takes {takes}",
    "channel": lambda rules, p, takes: f"this is by {CHANNELS[p[at.CHANNEL]]}, and it takes {takes}",
    "promised": lambda rules, p, takes: f"what is agreed is {PROMISES[p[at.PROMISE]]}, and it takes {takes}",
    "discounted": lambda rules, p, takes: f"the price has {'come down' if p[at.OFF] else 'not come down'}",
    "decides": lambda rules, p, takes: f"{_roles(rules, p[at.DECIDER])} decides, and it takes {takes}",
    "indecision": lambda rules, p, takes: f"indecision is {INDECISION[p[at.INDECISION]]}, and it takes {takes}",
    "really": lambda rules, p, takes: f"what lies behind this buyer's objections is not {takes}",
    "ready": lambda rules, p, takes: f"the buyer could {'not decide' if takes == 'yes' else 'decide'} now",
    "real": lambda rules, p, takes: f"this buyer {'would never buy' if takes == 'yes' else 'will buy from somebody'}",
}

__all__ = ["lacking", "written"]
