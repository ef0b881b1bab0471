"""What an author's conditions say of a state that leaves levels, luck and the calendar open: no, maybe, or yes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from engine.rules.tables import LineRule, ProspectRules, ReplyRule
from engine.scenario.compiled import AnyOf, Clause, When
from engine.units import CERTAIN

NO, MAYBE, YES = range(3)
FAR: Final = 1_000
"""Turns and counts from which on no condition means a number."""


class State(NamedTuple):
    """Where a conversation may stand, as far as conditions can tell."""

    stage: int
    """-1 between conversations."""
    turns: int
    spent: int
    said: int
    known: int
    met: int
    present: int
    last: int
    talks: int
    channel: int
    priced: bool
    asked: int
    off: bool
    resume: int


class Conditions:
    """Which of a scenario's names any condition looks at, and how conditions read a state."""

    def __init__(self, rules: ProspectRules, merging: bool) -> None:
        prospect = rules.prospect
        self._merging = merging
        clauses = list(_clauses(_whens(rules)))
        self._masks = {id(clause): sum({1 << of for of in clause.of}) for clause in clauses}
        """By the clause itself, which the prospect holds: they are looked up far too often to be compared."""
        named: dict[str, int] = {}
        for clause in clauses:
            for of in clause.of:
                named[clause.what] = named.get(clause.what, 0) | 1 << of
        self.met = named.get("met", 0) | named.get("met-not", 0)
        about = sum({1 << line.about for line in prospect.lines if line.about is not None})
        self.known = named.get("knows", 0) | named.get("knows-not", 0) | self.met | about
        self.said = named.get("said", 0) | named.get("said-not", 0)
        brings = {line.brings for line in prospect.lines if line.brings is not None}
        self.present = (1 << len(prospect.roles)) - 1 if brings else 0
        self.last = not merging and any(clause.what == "outcome" for clause in _clauses(_lasting(rules)))
        self.channel = "channel" in named
        self.off = "discounted" in named
        self.asked = max(_reach(clauses, "asked"), int(any(line.kind == "press" for line in prospect.lines)))
        self.talks = max(2, _reach(clauses, "conversation"))
        self._impossible_facts = sum(1 << n for n, fact in enumerate(prospect.facts) if not fact.chance)
        self._certain_facts = sum(
            1 << n
            for n, fact in enumerate(prospect.facts)
            if fact.sort != "reason" and fact.chance >= CERTAIN and fact.of is None
        )
        self._owners = rules.owners
        raised = {of for reply in _all_replies(rules) for of in reply.reply.raises}
        self._objections = sum(1 << n for n, one in enumerate(prospect.objections) if one.chance or n in raised)
        self._real = prospect.buyer.real

    def unheard(self, s: State) -> int:
        """The facts of people who are not at the table."""
        return sum(facts for who, facts, _ in self._owners if not s.present & who)

    def may_miss(self, s: State, line: LineRule) -> bool:
        """Whether a line may take up something of somebody who is not there, so that it can be said again."""
        return any(
            not s.present & who
            and (line.meets & facts or line.handles_objections & objections or (line.handles_reasons and objections))
            for who, facts, objections in self._owners
        )

    def holds(self, when: When, s: State, answer: int | None = None, talking: bool = True) -> int:
        """Whether conditions hold in a state: no, maybe, yes."""
        least = YES
        for clause in when:
            if isinstance(clause, AnyOf):
                found = max((self.holds(one, s, answer, talking) for one in clause.of), default=NO)
            else:
                found = self._holds(clause, s, answer, talking)
            if not found:
                return NO
            least = min(least, found)
        return least

    def _holds(self, clause: Clause, s: State, answer: int | None, talking: bool) -> int:
        what, bits = clause.what, self._masks[id(clause)]
        if self._merging and (what in _OPPOSITES or (what == "discounted" and not clause.of[0])):
            return MAYBE
        exact = _EXACT.get(what)
        if exact is not None:
            return NO if not exact(s, bits) else MAYBE if self._merging else YES
        if what == "outcome":
            last = s.last if answer is None else answer
            return sure(last in clause.of) if self.last or answer is not None else MAYBE
        if what in ("stage", "channel") and not talking:
            return MAYBE
        if what == "stage" and clause.span is not None:
            return sure(clause.span.low <= s.stage <= clause.span.high)
        if what == "channel":
            return sure(s.channel in clause.of)
        if what == "discounted":
            return NO if s.off != bool(clause.of[0]) else MAYBE if self._merging else YES
        if what == "conversation" and clause.span is not None:
            return _within(s.talks, clause.span.low, clause.span.high, self.talks)
        if what == "asked" and clause.span is not None:
            if self._merging:
                return MAYBE if s.asked >= min(clause.span.low, self.asked) else NO
            return _within(s.asked, clause.span.low, clause.span.high, self.asked)
        if what in ("raised", "handled") and bits & ~self._objections:
            return NO
        if what == "has" and bits & self._impossible_facts:
            return NO
        if what == "lacks" and bits & self._certain_facts:
            return NO
        if what == "real" and not clause.of[0] and self._real >= CERTAIN:
            return NO
        return MAYBE


_EXACT: Final[dict[str, Callable[[State, int], bool]]] = {
    "knows": lambda s, bits: s.known & bits == bits,
    "knows-not": lambda s, bits: not s.known & bits,
    "met": lambda s, bits: s.met & bits == bits,
    "met-not": lambda s, bits: not s.met & bits,
    "said": lambda s, bits: s.said & bits == bits,
    "said-not": lambda s, bits: not s.said & bits,
    "with": lambda s, bits: s.present & bits == bits,
    "without": lambda s, bits: not s.present & bits,
}
"""Conditions on what a state holds exactly."""
_OPPOSITES: Final = ("knows-not", "met-not", "said-not", "without")
"""Those that hold of some of the states that are taken for one."""


def sure(so: bool) -> int:
    """What is known to be so, or known not to be."""
    return YES if so else NO


def _within(value: int, low: int, high: int, cap: int) -> int:
    """Whether a counter that stops at `cap` is in a range."""
    if value < cap:
        return sure(low <= value <= high)
    return sure(low <= cap) if high >= FAR else MAYBE if high >= cap else NO


def _reach(clauses: Iterable[Clause], what: str) -> int:
    """How far a counter has to count for every condition on it to be told apart."""
    spans = [clause.span for clause in clauses if clause.what == what and clause.span is not None]
    return max((max(span.low, span.high + 1 if span.high < FAR else 0) for span in spans), default=0)


def _clauses(whens: Iterable[When]) -> Iterator[Clause]:
    for when in whens:
        for clause in when:
            if isinstance(clause, AnyOf):
                yield from _clauses(clause.of)
            else:
                yield clause


def _whens(rules: ProspectRules) -> Iterator[When]:
    yield from _lasting(rules)
    for line in rules.prospect.lines:
        yield from (reply.when for reply in line.replies)


def _lasting(rules: ProspectRules) -> Iterator[When]:
    """Conditions that are looked at when the answer to the last line is only remembered."""
    prospect = rules.prospect
    yield from (line.when for line in prospect.lines)
    yield from (one.when for one in prospect.interrupts)
    yield from (stage.until for stage in prospect.stages if stage.until is not None)
    yield from (reply.when for line in prospect.lines if line.first < 0 for reply in line.replies)


def _all_replies(rules: ProspectRules) -> Iterator[ReplyRule]:
    yield from rules.interrupts.rules
    for line in rules.prospect.lines:
        for reply in line.replies:
            yield ReplyRule(reply, bool(reply.when), 0, (0, 0, 0, 0), False)


__all__ = ["FAR", "MAYBE", "NO", "YES", "Conditions", "State", "sure"]
