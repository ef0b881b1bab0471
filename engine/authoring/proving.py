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

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Final

from engine import world as at
from engine.authoring.frontier import Frontier
from engine.authoring.holding import FAR, MAYBE, YES, Conditions, State, sure
from engine.authoring.parts import Part
from engine.rules import Rules
from engine.rules.tables import CALL, EMAIL, OUTCOME, VISIT, LineRule, ProspectRules, ReplyRule
from engine.scenario.compiled import Line
from engine.units import CERTAIN

MOST_STEPS: Final = 30_000
"""Steps from state to state after which states are no longer told apart one by one."""
_MOST_MERGED: Final = 150_000
"""... and where states are taken for one, after which it is given up."""

_NOTHING: Final = -1


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
        None if merging else sum(search.frontier.states for search in searches),
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


@dataclass(slots=True)
class _Search:
    """Visits the states of one prospect."""

    all: Rules
    who: int
    merging: bool
    """Whether the states of a stage are taken for one."""
    words: Conditions = field(init=False)
    rules: ProspectRules = field(init=False)
    lines: tuple[LineRule, ...] = field(init=False)
    found: set[Part] = field(default_factory=set)
    first_ask: int | None = None
    frontier: Frontier = field(init=False)
    _patience: int = 0
    """Seconds that a conversation lasts at most."""
    _once: int = 0
    _late: int = 0
    """Lines whose step comes at the deadline or later, whenever it is proposed."""
    _slips: int = 0
    """Facts that the author's texts for outcomes tell. They are taken to come out at any moment."""
    _invited: frozenset[int] = frozenset()
    """Who may be at the table when a conversation begins."""
    _channels: frozenset[int] = frozenset()
    """Over which it may come about, whatever was said to bring it about."""

    def __post_init__(self) -> None:
        self.rules = self.all.prospects[self.who]
        self.words = Conditions(self.rules, self.merging)
        self.frontier = Frontier(self.merging)
        self._patience = min(self.rules.prospect.buyer.patience.high, self.all.scenario.calendar.visit * 60)
        self.lines = tuple(what[1] for what in self.all.moves if not isinstance(what, str) and what[0] == self.who)
        start = self.all.start
        self._late = sum({bit for stage in self.rules.stages for minute, bit in stage.last_minutes if minute <= start})
        self._once = sum(line.once for line in self.lines)
        texts = (rule for replies in self.rules.outcomes for rule in replies.rules)
        self._slips = reduce(or_, (rule.reveals for rule in texts), 0) & self.words.known
        lines = [line.line for line in self.lines]
        self._invited = frozenset({0} | {line.brought for line in lines if line.kind == "propose-dated-step"})
        self._channels = frozenset(
            {CALL}
            | {line.step.channel for line in lines if line.step is not None}
            | {_channel(line, EMAIL) for line in lines if line.kind in ("touch", "check-in")}
        )

    def run(self, most: int) -> bool:
        """Visit everything; False if that takes more than `most` steps."""
        buyer = self.rules.prospect.buyer
        last = len(self.rules.stages) - 1
        priced = bool(self.rules.blank[at.PRICED])
        start = State(-1, 0, 0, 0, 0, 0, 0, -1, 0, 0, priced, 0, False, last)
        if buyer.arrives == "visit":
            for state in self._begun(start, VISIT, 0):
                self.frontier.reach(state, 0)
        else:
            self.frontier.reach(start, 0)
        while (found := self.frontier.next()) is not None:
            state, minutes = found
            for more in self._some(self._slips & ~state.known & ~self.words.unheard(state)):
                if more:
                    self.frontier.reach(state._replace(known=state.known | more), minutes)
            if state.stage < 0:
                self._between(state)
            else:
                self._talk(state, minutes)
            if self.frontier.steps > most:
                return False
        return True

    # --- conversations ----------------------------------------------------------------------------------------------

    def _begun(self, s: State, channel: int, present: int, opens: int | None = None) -> Iterator[State]:
        """The states in which a conversation may begin: in the stage that a call `opens`, or where the last one left
        off."""
        channel = channel if self.words.channel else 0
        s = s._replace(spent=s.spent & ~self.rules.afresh)
        talks = min(s.talks + 1, self.words.talks)
        for stage in self._resuming(s) if opens is None else (opens,):
            begun = s._replace(stage=stage, turns=0, present=present & self.words.present, channel=channel, talks=talks)
            yield from self._not_dry(begun)

    def _resuming(self, s: State) -> Iterable[int]:
        """The stages in which the next conversation may begin."""
        if not s.talks:
            return (0,)
        if not self.merging:
            return (s.resume,)
        last = len(self.rules.stages) - 1
        return {last} | {line.line.resume for line in self.lines if line.line.resume is not None}

    def _ended(self, s: State) -> State:
        return s._replace(stage=-1, turns=0, present=0, channel=0)

    def _offered(self, s: State) -> list[tuple[LineRule, int]]:
        """The lines that may be on offer, each with whether it surely is."""
        found = []
        for line in self.lines:
            if line.line.first <= s.stage <= line.line.last and not line.once & s.spent and not line.bit & self._late:
                holds = self.words.holds(line.line.when, s)
                if holds and (needs := self._makes_sense(line, s)):
                    found.append((line, min(holds, needs)))
        return found

    def _makes_sense(self, line: LineRule, s: State) -> int:
        """What a kind needs, whatever the author's conditions say."""
        if line.kind == "implication" and line.line.about is not None:
            return sure(bool(s.known >> line.line.about & 1))
        if line.kind == "bring-in" and line.line.brings is not None:
            return MAYBE if self.merging else sure(not s.present >> line.line.brings & 1)
        if line.kind == "press":
            return sure(s.asked > 0)
        if line.kind in ("isolate", "confirm", "take-no"):
            return MAYBE
        return YES

    def _talk(self, s: State, minutes: int) -> None:
        self.found.add(Part("stage", self.who, s.stage))
        self.frontier.reach(self._ended(s), 0)  # the seller can leave, and the buyer may have to go
        for line, _ in self._offered(s):
            self.found.add(Part("offered", self.who, line.bit.bit_length() - 1))
            if line.asks:
                self._can_ask(s, line, minutes)
            after = minutes + line.minutes
            for then, ends in self._say(s, line):
                if ends:
                    self.frontier.reach(self._ended(then), 0)
                elif after * 60 < self._patience:
                    self.frontier.reach(then, after)
                else:
                    self.frontier.reach(self._ended(then), 0)

    def _can_ask(self, s: State, line: LineRule, minutes: int) -> None:
        self.found.add(Part("ask", self.who))
        if s.priced or line.prices:
            self.found.add(Part("priced-ask", self.who))
            if s.talks == 1 and self.first_ask is None:
                self.first_ask = minutes

    def _say(self, s: State, line: LineRule) -> Iterator[tuple[State, bool]]:
        """The states after a line, each with whether the conversation has ended in it. Those in which the sale is over
        are left out."""
        for answer in self._answers(s, line):
            for told, any_told, deflected in self._told(s, line):
                for chosen, spoken in self._replies(s, line, answer, not any_told and bool(line.reveals)):
                    yield from self._said(s, line, answer, told, deflected, chosen, spoken)
                    if not deflected and self.words.may_miss(s, line):
                        yield from self._said(s, line, answer, told, True, chosen, spoken)

    def _answers(self, s: State, line: LineRule) -> tuple[int, ...]:
        """What may come back."""
        if line.asks:
            decided = (OUTCOME["order"], OUTCOME["no-sale"], OUTCOME["objection"], OUTCOME["stall"])
            if s.priced or line.prices:
                return (*decided, OUTCOME["unpriced"]) if self.merging and not line.prices else decided
            return (OUTCOME["unpriced"],)
        if line.offers:
            return (_NOTHING, OUTCOME["objection"]) if self.rules.prospect.objections else (_NOTHING,)
        return _OUTCOMES.get(line.kind, (_NOTHING,))

    def _told(self, s: State, line: LineRule) -> Iterator[tuple[int, bool, bool]]:
        """What a question may bring out: facts, whether anything at all, and whether something was held back."""
        if not line.reveals:
            yield 0, False, False
            return
        facts = self.rules.prospect.facts
        certain = sum(
            1 << n
            for n, fact in enumerate(facts)
            if line.reveals >> n & 1 and fact.sort != "reason" and fact.chance >= CERTAIN and not fact.guarded
            if fact.of is None
        )
        rest = line.reveals & ~certain & ~self.words.unheard(s)
        if not certain:
            yield 0, False, True
            yield 0, False, False
        for some in self._some(rest & self.words.known):
            told = (certain | some) & self.words.known
            if certain or some or rest & ~self.words.known:
                yield told, True, False

    def _replies(
        self, s: State, line: LineRule, answer: int, withheld: bool
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
                if holds == YES:
                    break
            else:
                yield None, False

    def _said(
        self, s: State, line: LineRule, answer: int, told: int, deflected: bool, chosen: ReplyRule | None, spoken: bool
    ) -> Iterator[tuple[State, bool]]:
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

    def _after(self, s: State, line: LineRule, answer: int, chosen: ReplyRule | None) -> Iterator[tuple[State, bool]]:
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

    def _aftermath(self, s: State, chosen: ReplyRule | None) -> Iterator[tuple[State, bool]]:
        if chosen is None:
            yield s, False
            return
        opens = chosen.reply.opens
        if opens is not None:
            s = s._replace(stage=opens, turns=-1)
        told = sum(1 << fact for fact in chosen.reply.reveals) & self.words.known & ~self.words.unheard(s)
        for some in self._some(told):
            yield s._replace(known=s.known | some), opens is not None

    def _move_on(self, s: State, opens: int | None, opened: bool) -> Iterator[State]:
        if opens is not None:
            yield from self._not_dry(s._replace(stage=opens, turns=0))
            return
        stage = self.rules.prospect.stages[s.stage]
        counted = stage.turns < FAR
        turns = s.turns + 1 if counted or opened else s.turns
        s = s._replace(turns=turns if counted else 0)
        ends = sure(counted and turns >= stage.turns)
        if self.merging and counted:
            ends = MAYBE
        if stage.until is not None:
            ends = max(ends, self.words.holds(stage.until, s))
        if ends:
            on = min(s.stage + 1, len(self.rules.stages) - 1)
            yield from self._not_dry(s._replace(stage=on, turns=0))
        if ends != YES:
            yield from self._not_dry(s)

    def _not_dry(self, s: State) -> Iterator[State]:
        """The stages in which a conversation may go on, as those that have nothing left are passed by."""
        while True:
            stage = self.rules.stages[s.stage]
            last = stage.plain < 0  # where nothing has to be left
            if last or stage.plain & ~(self._once if self.merging else s.spent):
                yield s
                return
            carrying = [
                MAYBE if self.merging and line.once else holds
                for line, holds in self._offered(s)
                if line.bit & stage.carrying
            ]
            if carrying:
                yield s
                if max(carrying) == YES:
                    return
            s = s._replace(stage=s.stage + 1, turns=0)

    def _some(self, mask: int) -> Sequence[int]:
        """The sets of facts that may come out of those in a mask; where states are taken for one, all of them do."""
        return (mask,) if self.merging else _subsets(mask)

    def _interrupted(self, s: State) -> Iterator[tuple[State, bool]]:
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

    def _between(self, s: State) -> None:
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
                    for channel in self._channels | {_channel(line.line, CALL)}:
                        for present in self._invited:
                            self._called(then, line, channel, present)

    def _sent(self, s: State, line: LineRule) -> None:
        """What a message, or a call that reaches nobody, may lead to."""
        answers = (OUTCOME["missed"], OUTCOME["not-there"]) if line.kind == "call" else (s.last,)
        for answer in answers:
            then = s._replace(last=answer if self.words.last else -1)
            self.frontier.reach(then, 0)
            for chosen in self._greeting(then, line):
                for after, _ in self._aftermath(then, chosen):
                    self.frontier.reach(after._replace(stage=-1, turns=0), 0)

    def _called(self, s: State, line: LineRule, channel: int, present: int) -> None:
        """What a call that reaches them may lead to."""
        for answer in (OUTCOME["reached"], OUTCOME["kept"], OUTCOME["comes-back"], OUTCOME["replies"]):
            then = s._replace(last=answer if self.words.last else -1)
            for begun in self._begun(then, channel, present, line.line.opens):
                self.frontier.reach(begun, 0)
                for chosen in self._greeting(begun, line):
                    for after, _ in self._aftermath(begun, chosen):
                        if chosen.reply.ends:
                            self.frontier.reach(self._ended(after), 0)
                        else:
                            self.frontier.reach(after._replace(turns=max(0, after.turns)), 0)

    def _greeting(self, s: State, line: LineRule) -> Iterator[ReplyRule]:
        """The replies of a line between conversations that may be given."""
        for nth, rule in enumerate(line.replies.rules):
            holds = self.words.holds(rule.reply.when, s, talking=False)
            if holds:
                self.found.add(Part("reply", self.who, line.bit.bit_length() - 1, nth))
                yield rule


def _channel(line: Line, otherwise: int) -> int:
    return line.channel if line.channel is not None else otherwise


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
