"""Proving: everything that could come up in a scenario, state by state, whoever the buyer is and whatever luck does.

Played runs show what can happen; this shows what cannot. A state here holds what an author's conditions can tell apart
(the stage, lines said, facts told, who is at the table ...), counters only as far as any condition looks, and nothing
of levels, luck or the calendar: what depends on those may be so or not, at every moment. So more is possible here than
in a run, never less; `tests/engine/authoring/test_proving.py` holds that against thousands of runs of scenarios made at
random. What is not possible here never happens, and that is a proof.

States are visited in the order of the minutes they take in their conversation, so the first time that something is
possible is the earliest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final, NamedTuple

from engine.authoring.exploring import Part
from engine.rules import Rules
from engine.rules.tables import OUTCOME, LineRule, ProspectRules, ReplyRule
from engine.scenario.compiled import AnyOf, Clause, When
from engine.scenario.vocabulary import CHANNELS
from engine.units import CERTAIN

MOST_STEPS: Final = 30_000
"""Steps from state to state after which states are no longer told apart one by one."""
_MOST_MERGED: Final = 150_000
"""... and where states are taken for one, after which it is given up."""
_FAR: Final = 1_000
"""Turns and counts from which on no condition means a number."""

_NO, _MAYBE, _YES = range(3)
_NOTHING: Final = -1


class _State(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Proof:
    """What is possible in a scenario."""

    states: int | None
    """All that there are; None where some were taken for one."""
    possible: frozenset[Part]
    """Of lines `offered`, of replies `reply`, of stages `stage`, of interrupts `interrupt`; `ask` and `priced-ask`."""
    first_ask: tuple[int | None, ...]
    """For each prospect the minutes of the first conversation after which the decision can be asked for with the price
    known, at the earliest; None if never in the time that a conversation lasts at most."""


def prove(rules: Rules, most: int = MOST_STEPS) -> Proof | None:
    """Everything that is possible with each prospect by itself; None where that would take too long.

    Where more than `most` steps lead from state to state, those of one stage are taken for one, in which all is known
    and said that may be known or said there by then: more is possible then, and less can be proved.
    """
    searches = []
    for who in range(len(rules.prospects)):
        search = _of_one(rules, who, most)
        if search is None:
            return None
        searches.append(search)
    merging = any(search.merging for search in searches)
    return Proof(
        None if merging else sum(len(search.best) for search in searches),
        frozenset().union(*(search.found for search in searches)),
        tuple(search.first_ask for search in searches),
    )


def _of_one(rules: Rules, who: int, most: int) -> _Search | None:
    """The search that came to an end, if either does."""
    for merging in (False, True):
        search = _Search(rules, who, merging)
        if search.run(_MOST_MERGED if merging else most):
            return search
    return None


class _Words:
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

    def unheard(self, s: _State) -> int:
        """The facts of people who are not at the table."""
        return sum(facts for who, facts, _ in self._owners if not s.present & who)

    def may_miss(self, s: _State, line: LineRule) -> bool:
        """Whether a line may take up something of somebody who is not there, so that it can be said again."""
        return any(
            not s.present & who
            and (line.meets & facts or line.handles_objections & objections or (line.handles_reasons and objections))
            for who, facts, objections in self._owners
        )

    def holds(self, when: When, s: _State, answer: int | None = None, talking: bool = True) -> int:
        """Whether conditions hold in a state: no, maybe, yes."""
        least = _YES
        for clause in when:
            if isinstance(clause, AnyOf):
                found = max((self.holds(one, s, answer, talking) for one in clause.of), default=_NO)
            else:
                found = self._holds(clause, s, answer, talking)
            if not found:
                return _NO
            least = min(least, found)
        return least

    def _holds(self, clause: Clause, s: _State, answer: int | None, talking: bool) -> int:
        what, bits = clause.what, self._masks[id(clause)]
        if self._merging and (what in _OPPOSITES or (what == "discounted" and not clause.of[0])):
            return _MAYBE
        exact = _EXACT.get(what)
        if exact is not None:
            return _NO if not exact(s, bits) else _MAYBE if self._merging else _YES
        if what == "outcome":
            last = s.last if answer is None else answer
            return _sure(last in clause.of) if self.last or answer is not None else _MAYBE
        if what in ("stage", "channel") and not talking:
            return _MAYBE
        if what == "stage" and clause.span is not None:
            return _sure(clause.span.low <= s.stage <= clause.span.high)
        if what == "channel":
            return _sure(s.channel in clause.of)
        if what == "discounted":
            return _NO if s.off != bool(clause.of[0]) else _MAYBE if self._merging else _YES
        if what == "conversation" and clause.span is not None:
            return _within(s.talks, clause.span.low, clause.span.high, self.talks)
        if what == "asked" and clause.span is not None:
            if self._merging:
                return _MAYBE if s.asked >= min(clause.span.low, self.asked) else _NO
            return _within(s.asked, clause.span.low, clause.span.high, self.asked)
        if what in ("raised", "handled") and bits & ~self._objections:
            return _NO
        if what == "has" and bits & self._impossible_facts:
            return _NO
        if what == "lacks" and bits & self._certain_facts:
            return _NO
        if what == "real" and not clause.of[0] and self._real >= CERTAIN:
            return _NO
        return _MAYBE


_EXACT: Final[dict[str, Callable[[_State, int], bool]]] = {
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


def _sure(so: bool) -> int:
    return _YES if so else _NO


def _within(value: int, low: int, high: int, cap: int) -> int:
    """Whether a counter that stops at `cap` is in a range."""
    if value < cap:
        return _sure(low <= value <= high)
    return _sure(low <= cap) if high >= _FAR else _MAYBE if high >= cap else _NO


def _reach(clauses: Iterable[Clause], what: str) -> int:
    """How far a counter has to count for every condition on it to be told apart."""
    spans = [clause.span for clause in clauses if clause.what == what and clause.span is not None]
    return max((max(span.low, span.high + 1 if span.high < _FAR else 0) for span in spans), default=0)


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


@dataclass(slots=True)
class _Search:
    """Visits the states of one prospect."""

    all: Rules
    who: int
    merging: bool
    """Whether the states of a stage are taken for one."""
    words: _Words = field(init=False)
    rules: ProspectRules = field(init=False)
    lines: tuple[LineRule, ...] = field(init=False)
    found: set[Part] = field(default_factory=set)
    first_ask: int | None = None
    best: dict[_State, int] = field(default_factory=dict)
    _heap: list[tuple[int, int, _State]] = field(default_factory=list)
    _steps: int = 0
    _stages: dict[tuple[int, int, int], tuple[_State, int]] = field(default_factory=dict)
    _visited: dict[tuple[int, int, int], tuple[_State, int]] = field(default_factory=dict)
    _once: int = 0
    _late: int = 0
    """Lines whose step comes at the deadline or later, whenever it is proposed."""

    def __post_init__(self) -> None:
        self.rules = self.all.prospects[self.who]
        self.words = _Words(self.rules, self.merging)
        self.lines = tuple(what[1] for what in self.all.moves if not isinstance(what, str) and what[0] == self.who)
        start = self.all.start
        self._late = sum({bit for stage in self.rules.stages for minute, bit in stage.last_minutes if minute <= start})
        self._once = sum(line.once for line in self.lines)

    def run(self, most: int) -> bool:
        """Visit everything; False if that takes more than `most` steps."""
        buyer = self.rules.prospect.buyer
        last = len(self.rules.stages) - 1
        priced = any(line.prices and line.kind != "discount" for line in self.rules.prospect.lines)
        start = _State(-1, 0, 0, 0, 0, 0, 0, -1, 0, 0, buyer.arrives == "known" or not priced, 0, False, last)
        if buyer.arrives == "visit":
            for state in self._begun(start, CHANNELS.index("visit"), 0):
                self._reach(state, 0)
        else:
            self._reach(start, 0)
        while self._heap:
            minutes, _, state = heappop(self._heap)
            if self.merging:
                state, minutes = self._stages[_place(state)]
                if self._visited.get(_place(state)) == (state, minutes):
                    continue
                self._visited[_place(state)] = state, minutes
            elif minutes > self.best[state]:
                continue
            if state.stage < 0:
                self._between(state)
            else:
                self._talk(state, minutes)
            if self._steps > most:
                return False
        return True

    def _reach(self, state: _State, minutes: int) -> None:
        self._steps += 1
        if self.merging:
            if not self._grows(state, minutes):
                return
        elif minutes >= self.best.get(state, minutes + 1):
            return
        else:
            self.best[state] = minutes
        heappush(self._heap, (minutes, self._steps, state))

    def _grows(self, s: _State, minutes: int) -> bool:
        """Add a state to all that has come to its stage so far, from the fewest minutes on; whether that is more."""
        s = s._replace(turns=0, spent=0, last=-1, resume=0)
        held = self._stages.get(_place(s))
        grown = (s, minutes) if held is None else (_union(s, held[0]), min(minutes, held[1]))
        self._stages[_place(s)] = grown
        return grown != held

    # --- conversations ----------------------------------------------------------------------------------------------

    def _begun(self, s: _State, channel: int, present: int, opens: int | None = None) -> Iterator[_State]:
        """The states in which a conversation may begin: in the stage that a call `opens`, or where the last one left
        off."""
        channel = channel if self.words.channel else 0
        s = s._replace(spent=s.spent & ~self.rules.afresh)
        talks = min(s.talks + 1, self.words.talks)
        for stage in self._resuming(s) if opens is None else (opens,):
            begun = s._replace(stage=stage, turns=0, present=present & self.words.present, channel=channel, talks=talks)
            yield from self._not_dry(begun)

    def _resuming(self, s: _State) -> Iterable[int]:
        """The stages in which the next conversation may begin."""
        if not s.talks:
            return (0,)
        if not self.merging:
            return (s.resume,)
        last = len(self.rules.stages) - 1
        return {last} | {line.line.resume for line in self.lines if line.line.resume is not None}

    def _ended(self, s: _State) -> _State:
        return s._replace(stage=-1, turns=0, present=0, channel=0)

    def _offered(self, s: _State) -> list[tuple[LineRule, int]]:
        """The lines that may be on offer, each with whether it surely is."""
        found = []
        for line in self.lines:
            if line.line.first <= s.stage <= line.line.last and not line.once & s.spent and not line.bit & self._late:
                holds = self.words.holds(line.line.when, s)
                if holds and (needs := self._makes_sense(line, s)):
                    found.append((line, min(holds, needs)))
        return found

    def _makes_sense(self, line: LineRule, s: _State) -> int:
        """What a kind needs, whatever the author's conditions say."""
        if line.kind == "implication" and line.line.about is not None:
            return _sure(bool(s.known >> line.line.about & 1))
        if line.kind == "bring-in" and line.line.brings is not None:
            return _MAYBE if self.merging else _sure(not s.present >> line.line.brings & 1)
        if line.kind == "press":
            return _sure(s.asked > 0)
        if line.kind in ("isolate", "confirm", "take-no"):
            return _MAYBE
        return _YES

    def _talk(self, s: _State, minutes: int) -> None:
        self.found.add(Part("stage", self.who, s.stage))
        self._reach(self._ended(s), 0)  # the seller can leave, and the buyer may have to go
        for line, _ in self._offered(s):
            self.found.add(Part("offered", self.who, line.bit.bit_length() - 1))
            if line.asks:
                self._can_ask(s, line, minutes)
            after = minutes + line.minutes
            for then, ends in self._say(s, line):
                if ends:
                    self._reach(self._ended(then), 0)
                elif after * 60 < self._patience:
                    self._reach(then, after)
                else:
                    self._reach(self._ended(then), 0)

    def _can_ask(self, s: _State, line: LineRule, minutes: int) -> None:
        self.found.add(Part("ask", self.who))
        if s.priced or line.prices:
            self.found.add(Part("priced-ask", self.who))
            if s.talks == 1 and self.first_ask is None:
                self.first_ask = minutes

    @property
    def _patience(self) -> int:
        """Seconds that a conversation lasts at most."""
        return min(self.rules.prospect.buyer.patience.high, self.all.scenario.calendar.visit * 60)

    def _say(self, s: _State, line: LineRule) -> Iterator[tuple[_State, bool]]:
        """The states after a line, each with whether the conversation has ended in it. Those in which the sale is over
        are left out."""
        for answer in self._answers(s, line):
            for told, any_told, deflected in self._told(s, line):
                for chosen, spoken in self._replies(s, line, answer, not any_told and bool(line.reveals)):
                    yield from self._said(s, line, answer, told, deflected, chosen, spoken)
                    if not deflected and self.words.may_miss(s, line):
                        yield from self._said(s, line, answer, told, True, chosen, spoken)

    def _answers(self, s: _State, line: LineRule) -> tuple[int, ...]:
        """What may come back."""
        if line.asks:
            decided = (OUTCOME["order"], OUTCOME["no-sale"], OUTCOME["objection"], OUTCOME["stall"])
            if s.priced or line.prices:
                return (*decided, OUTCOME["unpriced"]) if self.merging and not line.prices else decided
            return (OUTCOME["unpriced"],)
        if line.offers:
            return (_NOTHING, OUTCOME["objection"]) if self.rules.prospect.objections else (_NOTHING,)
        return _OUTCOMES.get(line.kind, (_NOTHING,))

    def _told(self, s: _State, line: LineRule) -> Iterator[tuple[int, bool, bool]]:
        """What a question may bring out: facts, whether anything at all, and whether something was held back."""
        if not line.reveals:
            yield 0, False, False
            return
        facts = self.rules.prospect.facts
        sure = sum(
            1 << n
            for n, fact in enumerate(facts)
            if line.reveals >> n & 1 and fact.sort != "reason" and fact.chance >= CERTAIN and not fact.guarded
            if fact.of is None
        )
        rest = line.reveals & ~sure & ~self.words.unheard(s)
        if not sure:
            yield 0, False, True
            yield 0, False, False
        for some in self._some(rest & self.words.known):
            told = (sure | some) & self.words.known
            if sure or some or rest & ~self.words.known:
                yield told, True, False

    def _replies(
        self, s: _State, line: LineRule, answer: int, withheld: bool
    ) -> Iterator[tuple[ReplyRule | None, bool]]:
        """The replies that may be chosen, each with whether it is what the buyer says and does."""
        quiet = (False, True) if line.kind == "isolate" else (withheld,)
        for fit_only in quiet:
            for nth, rule in enumerate(line.replies.rules):
                if fit_only and rule.reply.lands:
                    continue
                holds = self.words.holds(rule.reply.when, s, answer)
                if holds:
                    self.found.add(Part("reply", self.who, line.bit.bit_length() - 1, nth))
                    yield rule, True
                    if answer >= 0 and not rule.specific and not line.offers and self.rules.outcomes[answer].rules:
                        yield rule, False  # a text for the answer may be said in its place
                if holds == _YES:
                    break
            else:
                yield None, False

    def _said(
        self, s: _State, line: LineRule, answer: int, told: int, deflected: bool, chosen: ReplyRule | None, spoken: bool
    ) -> Iterator[tuple[_State, bool]]:
        # what has been told counts where the line lands; what it asks for is never told by one that does not
        lands = chosen is None or chosen.reply.lands
        known = s.known | (told if lands else 0)
        for more in self._behind(line) if lands else (0,):
            now = known | more
            met = s.met | (line.meets & now & self.words.met & ~self.words.unheard(s) if lands else 0)
            present = s.present
            if lands and line.joins >= 0 and line.joins_on in (None, answer):
                present |= 1 << line.joins & self.words.present
            then = s._replace(
                spent=s.spent if deflected or self.merging else s.spent | line.once,
                said=s.said | line.bit & self.words.said,
                known=now,
                met=met,
                present=present,
                last=answer if self.words.last else -1,
                priced=s.priced or line.prices,
                asked=min(s.asked + 1, self.words.asked) if line.asks else s.asked,
                off=s.off or bool(line.line.discount and self.words.off),
                resume=s.resume if line.line.resume is None else line.line.resume,
            )
            if line.kind == "isolate" and lands:  # who keeps it to themselves is not moved by it either
                yield from self._after(then._replace(met=s.met), line, answer, chosen if spoken else None)
            yield from self._after(then, line, answer, chosen if spoken else None)

    def _behind(self, line: LineRule) -> Iterable[int]:
        """The reasons that come out when it is asked what lies behind an objection, or whether it is settled."""
        if line.kind not in ("isolate", "confirm"):
            return (0,)
        return self._some(self.words.known & sum(1 << fact for fact in self.rules.reason_facts))

    def _after(self, s: _State, line: LineRule, answer: int, chosen: ReplyRule | None) -> Iterator[tuple[_State, bool]]:
        """What a reply does, and what comes next."""
        for then, opened in self._aftermath(s, chosen):
            if line.kind == "take-no" or answer in (OUTCOME["order"], OUTCOME["no-sale"]):
                continue
            if line.kind in ("vague-follow-up", "leave") or answer == OUTCOME["agrees"]:
                yield then, True
                continue
            if chosen is not None and chosen.reply.ends:
                yield then, True
                continue
            for moved in self._move_on(then, line.line.opens, opened):
                yield from self._interrupted(moved)

    def _aftermath(self, s: _State, chosen: ReplyRule | None) -> Iterator[tuple[_State, bool]]:
        if chosen is None:
            yield s, False
            return
        opens = chosen.reply.opens
        if opens is not None:
            s = s._replace(stage=opens, turns=-1)
        told = sum(1 << fact for fact in chosen.reply.reveals) & self.words.known & ~self.words.unheard(s)
        for some in self._some(told):
            yield s._replace(known=s.known | some), opens is not None

    def _move_on(self, s: _State, opens: int | None, opened: bool) -> Iterator[_State]:
        if opens is not None:
            yield from self._not_dry(s._replace(stage=opens, turns=0))
            return
        stage = self.rules.prospect.stages[s.stage]
        counted = stage.turns < _FAR
        turns = s.turns + 1 if counted or opened else s.turns
        s = s._replace(turns=turns if counted else 0)
        ends = _sure(counted and turns >= stage.turns)
        if self.merging and counted:
            ends = _MAYBE
        if stage.until is not None:
            ends = max(ends, self.words.holds(stage.until, s))
        if ends:
            on = min(s.stage + 1, len(self.rules.stages) - 1)
            yield from self._not_dry(s._replace(stage=on, turns=0))
        if ends != _YES:
            yield from self._not_dry(s)

    def _not_dry(self, s: _State) -> Iterator[_State]:
        """The stages in which a conversation may go on, as those that have nothing left are passed by."""
        while True:
            stage = self.rules.stages[s.stage]
            last = stage.plain < 0  # where nothing has to be left
            if last or stage.plain & ~(self._once if self.merging else s.spent):
                yield s
                return
            carrying = [
                _MAYBE if self.merging and line.once else sure
                for line, sure in self._offered(s)
                if line.bit & stage.carrying
            ]
            if carrying:
                yield s
                if max(carrying) == _YES:
                    return
            s = s._replace(stage=s.stage + 1, turns=0)

    def _some(self, mask: int) -> Sequence[int]:
        """The sets of facts that may come out of those in a mask; where states are taken for one, all of them do."""
        return (mask,) if self.merging else _subsets(mask)

    def _interrupted(self, s: _State) -> Iterator[tuple[_State, bool]]:
        """With any of the interrupts that may happen now, in their order."""
        ways = [(s, False)]
        for nth, rule in enumerate(self.rules.interrupts.rules):
            when, part = self.rules.prospect.interrupts[nth].when, Part("interrupt", self.who, nth)
            does = rule.reply.ends or rule.reply.opens is not None or bool(rule.reply.reveals)
            if not does and part in self.found:
                continue
            for state, over in ways[:1] if self.merging else list(ways):
                if over or not self.words.holds(when, state):
                    continue
                self.found.add(part)
                if does:
                    for then, _ in self._aftermath(state, rule):
                        ways.append((then._replace(turns=max(0, then.turns)), rule.reply.ends))
                    if self.merging:  # what comes out stays known, whatever else happens
                        ways[0] = state._replace(known=state.known | ways[-1][0].known), over
        yield from ways

    # --- between conversations --------------------------------------------------------------------------------------

    def _between(self, s: _State) -> None:
        invited = {0} | {line.line.brought for line in self.lines if line.kind == "propose-dated-step"}
        channels = {CHANNELS.index("call")} | {
            line.line.step.channel for line in self.lines if line.line.step is not None
        }
        channels |= {
            line.line.channel if line.line.channel is not None else CHANNELS.index("email")
            for line in self.lines
            if line.kind in ("touch", "check-in")
        }
        for line in self.lines:
            if line.line.first >= 0 or line.once & s.spent:
                continue
            if not self.words.holds(line.line.when, s, talking=False):
                continue
            self.found.add(Part("offered", self.who, line.bit.bit_length() - 1))
            for met in {s.met, s.met | line.meets & s.known & self.words.met}:
                then = s._replace(
                    spent=s.spent if self.merging else s.spent | line.once,
                    said=s.said | line.bit & self.words.said,
                    met=met,
                    priced=s.priced or line.prices,
                )
                self._sent(then, line)
                if line.kind == "call":
                    own = line.line.channel if line.line.channel is not None else CHANNELS.index("call")
                    for channel in channels | {own}:
                        for present in invited:
                            self._called(then, line, channel, present)

    def _sent(self, s: _State, line: LineRule) -> None:
        """What a message, or a call that reaches nobody, may lead to."""
        answers = (OUTCOME["missed"], OUTCOME["not-there"]) if line.kind == "call" else (s.last,)
        for answer in answers:
            then = s._replace(last=answer if self.words.last else -1)
            self._reach(then, 0)
            for chosen in self._greeting(then, line, answer):
                for after, _ in self._aftermath(then, chosen):
                    self._reach(after._replace(stage=-1, turns=0), 0)

    def _called(self, s: _State, line: LineRule, channel: int, present: int) -> None:
        """What a call that reaches them may lead to."""
        for answer in (OUTCOME["reached"], OUTCOME["kept"], OUTCOME["comes-back"], OUTCOME["replies"]):
            then = s._replace(last=answer if self.words.last else -1)
            for begun in self._begun(then, channel, present, line.line.opens):
                self._reach(begun, 0)
                for chosen in self._greeting(begun, line, answer):
                    for after, _ in self._aftermath(begun, chosen):
                        if chosen.reply.ends:
                            self._reach(self._ended(after), 0)
                        else:
                            self._reach(after._replace(turns=max(0, after.turns)), 0)

    def _greeting(self, s: _State, line: LineRule, answer: int) -> Iterator[ReplyRule]:
        """The replies of a line between conversations that may be given."""
        for nth, rule in enumerate(line.replies.rules):
            holds = self.words.holds(rule.reply.when, s, talking=False)
            if holds:
                self.found.add(Part("reply", self.who, line.bit.bit_length() - 1, nth))
                yield rule


def _place(s: _State) -> tuple[int, int, int]:
    """What states have in common that are taken for one."""
    return s.stage, s.talks, s.channel


def _union(one: _State, other: _State) -> _State:
    """What is known, said or so in either of two states of a stage."""
    return one._replace(
        said=one.said | other.said,
        known=one.known | other.known,
        met=one.met | other.met,
        present=one.present | other.present,
        priced=one.priced or other.priced,
        asked=max(one.asked, other.asked),
        off=one.off or other.off,
    )


_OUTCOMES: Final = {
    "bring-in": (OUTCOME["joins"], OUTCOME["declines"]),
    "propose-dated-step": (OUTCOME["agrees"], OUTCOME["declines"]),
    "invite-no": (OUTCOME["no-sale"], OUTCOME["stays"]),
}
"""What may come back from kinds that ask for something other than the order."""


def _subsets(mask: int) -> Sequence[int]:
    """Every set of bits of a mask."""
    found, some = [0], mask
    while some:
        found.append(some)
        some = (some - 1) & mask
    return found


__all__ = ["MOST_STEPS", "Proof", "prove"]
