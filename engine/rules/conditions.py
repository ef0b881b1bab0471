"""The words of conditions: what each reads of a prospect's numbers, and which numbers it lets pass.

A new word has a line here, its meaning in `engine.scenario.vocabulary`, and what it may name in
`engine.scenario.fields`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from engine import world as at
from engine.rules.deciders import silent
from engine.rules.guards import Condition, Guards, Reading, Test, holding
from engine.rules.tables import ProspectRules
from engine.rules.turn import Turn
from engine.scenario.compiled import AnyOf, Clause, Line, When
from engine.units import DAY, LEVEL, Span

# what is computed rather than stored


def patience(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """The share of patience that is left, in level units."""
    return max(0, p[at.PATIENCE]) * LEVEL // max(1, p[at.PATIENCE_FULL])


def day(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Days since the start, by the calendar: 0 on the first day."""
    return turn.clock // DAY - rules.start // DAY


def weekday(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """0 for Monday."""
    return turn.clock // DAY % 7


def time(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Minutes since midnight."""
    return turn.clock % DAY


def quiet(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Minutes since the last conversation before this one ended; -1 if there was none."""
    return turn.clock - p[at.TALKED_AT] if p[at.TALKED_AT] > at.NEVER else -1


def ready(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """1 for a buyer who could decide now."""
    return int(turn.able(rules, p))


def puzzling(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Objections that are open and of which nobody knows what lies behind them, of those at the table."""
    return p[at.OPEN] & ~p[at.OPENED_UP] & ~silent(rules, p)


def unsure(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Objections that were handled and not confirmed, of those at the table."""
    return p[at.HANDLED] & ~p[at.CONFIRMED] & ~silent(rules, p)


def questioned(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Times the buyer was asked for an answer of any kind."""
    return p[at.ASKS] + p[at.INVITES] + p[at.STEPS]


# which numbers pass

_Passes = tuple[int, Callable[[int], Any]]


def _all(clause: Clause) -> _Passes:
    bits = mask(clause.of)
    return bits, lambda value: value == bits


def _none(clause: Clause) -> _Passes:
    return mask(clause.of), lambda value: not value


def _any(clause: Clause) -> _Passes:
    return mask(clause.of), lambda value: value


def _one(clause: Clause) -> _Passes:
    return -1, lambda value: value in clause.of


def _one_less(clause: Clause) -> _Passes:
    """For numbers that are kept plus one, so that 0 can stand for none."""
    return -1, lambda value: value - 1 in clause.of


def _with(clause: Clause) -> _Passes:
    """For masks of roles: one of these people is among them, or nobody is (0)."""
    bits, alone = sum(1 << who - 1 for who in clause.of if who), 0 in clause.of
    return -1, lambda value: value & bits or (alone and not value)


def _told_with(clause: Clause) -> _Passes:
    """The same of a mask that is kept plus one, so that 0 can stand for not told."""
    _, passes = _with(clause)
    return -1, lambda value: value and passes(value - 1)


def _nonzero(clause: Clause) -> _Passes:
    return -1, lambda value: bool(value) == bool(clause.of[0])


def _range(clause: Clause) -> Span:
    if clause.span is None:
        raise ValueError(f"the condition {clause.what!r} needs a range")
    return clause.span


def _span(clause: Clause) -> tuple[int, int]:
    span = _range(clause)
    return span.low, span.high


def _between(clause: Clause) -> _Passes:
    low, high = _span(clause)
    return -1, lambda value: low <= value <= high


def _within(clause: Clause) -> _Passes:
    """For numbers that are never below 0."""
    low, high = _span(clause)
    return (-1, lambda value: value <= high) if low <= 0 else _between(clause)


def _level(clause: Clause) -> _Passes:
    """For levels, which are never below 0 or above `LEVEL`."""
    low, high = _span(clause)
    return (-1, lambda value: value >= low) if high >= LEVEL else _within(clause)


def _levels(clause: Clause) -> Span:
    """The same as a range of whatever numbers."""
    low, high = _span(clause)
    return Span(low if low > 0 else at.NEVER, high if high < LEVEL else at.FAR)


class Word(NamedTuple):
    """A word of conditions."""

    reads: int | Reading
    """A slot of the prospect, or a number computed from several."""
    passes: Callable[[Clause], _Passes]
    many: Callable[[Clause], Span] | None = None
    """The range that passes, of a number with too many values for a table; see `engine.rules.guards`."""


WORDS: Final[Mapping[str, Word]] = {
    "knows": Word(at.KNOWN, _all),
    "knows-not": Word(at.KNOWN, _none),
    "decider": Word(at.TOLD_DECIDER, _told_with),
    "met": Word(at.MET, _all),
    "met-not": Word(at.MET, _none),
    "raised": Word(at.OPEN, _all),
    "handled": Word(at.HANDLED, _all),
    "said": Word(at.SAID, _all),
    "said-not": Word(at.SAID, _none),
    "outcome": Word(at.LAST, _one_less),
    "stage": Word(at.STAGE, _within),
    "conversation": Word(at.TALKS, _within),
    "day": Word(day, _within),
    "channel": Word(at.CHANNEL, _one),
    "with": Word(at.PRESENT, _all),
    "without": Word(at.PRESENT, _none),
    "promised": Word(at.PROMISE, _one),
    "discounted": Word(at.OFF, _nonzero),
    "asked": Word(at.ASKS, _within),
    "weekday": Word(weekday, _one),
    "time": Word(time, _within),
    "quiet": Word(quiet, _between, _range),
    "unanswered": Word(at.ATTEMPTS, _within),
    "broken": Word(at.LET_PASS, _within),
    "absent": Word(at.ABSENT, _within),
    # what only the buyer knows
    "interest": Word(Turn.interest, _level, _levels),
    "excitement": Word(Turn.excitement, _level, _levels),
    "conviction": Word(Turn.conviction, _level, _levels),
    "trust": Word(at.TRUST, _level),
    "pressure": Word(Turn.pressure, _level, _levels),
    "patience": Word(patience, _level, _levels),
    "nuisance": Word(at.NUISANCE, _within),
    "has": Word(at.HAS, _all),
    "lacks": Word(at.HAS, _none),
    "decides": Word(at.DECIDER, _with),
    "indecision": Word(at.INDECISION, _one),
    "really": Word(at.REALLY, _any),
    "ready": Word(ready, _one),
    "real": Word(at.REAL, _one),
}


def mask(indexes: Sequence[int]) -> int:
    """A number with the bits of `indexes` set."""
    bits = 0
    for index in indexes:
        bits |= 1 << index
    return bits


def compile_when(when: When) -> Condition:
    """The condition that holds when every clause does."""
    return tuple(_test(clause) for clause in when)


def _test(clause: Clause | AnyOf) -> Test:
    if isinstance(clause, AnyOf):
        return Test(_one_of(clause), -1, bool)
    word = WORDS[clause.what]
    bits, passes = word.passes(clause)
    return Test(word.reads, bits, passes, word.many(clause) if word.many is not None else None)


def _one_of(clause: AnyOf) -> Reading:
    """Which of several conditions hold, as bits."""
    ways = Guards.of((1 << place, compile_when(when)) for place, when in enumerate(clause.of))

    def held(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
        return holding(turn, ways, rules, p)

    return held


_ASKED_ABOUT: Final = {"isolate": "raised", "confirm": "handled"}


def asked_about(line: Line) -> int:
    """The objections that a line asks about, as bits: those that its conditions name as raised, or as handled for a
    line that makes sure; all of them if they name none."""
    word = _ASKED_ABOUT.get(line.kind)
    named = (clause.of for clause in line.when if isinstance(clause, Clause) and clause.what == word)
    return mask([index for each in named for index in each]) or -1


def at_least_one(of: int | Reading, bits: int = -1) -> Condition:
    """The condition that one of these bits of a number is set."""
    return (Test(of, bits, bool),)


def bits_set(slot: int, bits: int) -> Condition:
    """The condition that all these bits of a slot are set."""
    return (Test(slot, bits, lambda value: value == bits),)


def bits_clear(slot: int, bits: int) -> Condition:
    """The condition that none of these bits of a slot is set."""
    return (Test(slot, bits, lambda value: not value),)
