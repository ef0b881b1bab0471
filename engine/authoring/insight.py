"""What only the author of a scenario is told of a moment: who the buyer is, what could be said and why the rest could
not, why the last reply was given and what it has beaten, and how likely a yes would be.

Nothing is decided here. Whether a line is on offer, which reply holds and how likely a yes is, the rules are asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine import world as at
from engine.authoring.lacking import lacking, written
from engine.calendar import day_text, next_opening, when_text
from engine.curves import logistic
from engine.play import State
from engine.reasons import Reason, reasons
from engine.rules import Turn, decision, make
from engine.rules.contact import on_time
from engine.rules.guards import Guards, holding
from engine.rules.kinds import KINDS
from engine.rules.objections import reason_words
from engine.rules.tables import VISIT, LineRule, ProspectRules, Replies
from engine.rules.waiting import this_minute
from engine.rules.why import INVITES, why
from engine.scenario.compiled import When
from engine.scenario.rates import rate_text
from engine.scenario.vocabulary import ASKS, BETWEEN, INDECISION, OUTCOMES
from engine.seeing import levels
from engine.units import percent, points


@dataclass(frozen=True, slots=True)
class Yes:
    """How likely a yes to one question would be, were it asked now."""

    chance: int
    """In percent."""
    reasons: tuple[Reason, ...]
    """What it is made of, the largest first."""
    bars: tuple[str, ...]
    """What rules it out, see `engine.rules.why`; `chance` and `reasons` are then those without it."""
    missing: tuple[str, ...] = ()
    """The names of those who decide and are not there."""


@dataclass(frozen=True, slots=True)
class Sayable:
    """A line, and whether it can be said or done now."""

    action: int
    prospect: int
    id: str
    kind: str
    say: str
    offered: bool
    lacking: tuple[str, ...]
    """Why it is not on offer; nothing for one that is."""
    yes: Yes | None
    """How likely a yes is, of a line that is answered with yes or no: on offer, or an ask for the decision."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reply that could have been given."""

    says: str
    """The first way to word it."""
    when: str
    """Its condition as it is written; nothing for one that always holds."""
    lacking: tuple[str, ...]
    """Why it did not hold."""
    chosen: bool
    """Whether it was the first that held."""
    spoken: bool
    """Whether it is what was said: text for an answer goes before a line's own general reply."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Replies that were weighed against each other, the most specific first."""

    outcome: str | None
    """The outcome whose texts they are, see `vocabulary.OUTCOMES`; None for the line's own replies."""
    kept_quiet: bool
    """Whether the buyer kept to themselves what was asked, so that only replies with `lands: no` were fit."""
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Something about a buyer: a heading, and sentences below it."""

    heading: str
    lines: tuple[str, ...]


# --- what could be said ----------------------------------------------------------------------------------------------


def sayable(state: State) -> tuple[Sayable, ...]:
    """Every line of this place: of the buyer in conversation, or between conversations of all who are still open. Those
    on offer come first, then those of this stage, then those of others. Nothing once it is over."""
    if state.is_terminal():
        return ()
    turn = Turn(state.game.rules, state.core, state.luck, made=state.made)
    offered = frozenset(state.legal_actions())
    found: list[tuple[bool, bool, Sayable]] = []
    for who, rules in enumerate(turn.rules.prospects):
        if turn.people[who][at.RESULT] or turn.active not in (-1, who):
            continue
        lines = [line for of, line in _lines(state) if of == who]
        own = len(rules.prospect.lines)
        for line in lines:
            here = (line.line.first < 0) is (turn.active < 0)
            if line.action in offered or (here and line.bit < 1 << own):
                one = _sayable(turn, who, line, line.action in offered)
                elsewhere = not line.line.first < 0 and not _in_stage(turn.people[who], line)
                found.append((not one.offered, elsewhere, one))
    return tuple(one for *_, one in sorted(found, key=lambda each: each[:2]))


def _lines(state: State) -> Iterator[tuple[int, LineRule]]:
    return (what for what in state.game.rules.moves if not isinstance(what, str))


def _sayable(turn: Turn, who: int, line: LineRule, offered: bool) -> Sayable:
    missing = () if offered else tuple(_missing(turn, turn.rules.prospects[who], turn.people[who], line))
    yes = _yes(turn, who, line) if offered or line.kind in ASKS else None
    return Sayable(line.action, who, line.line.id, line.kind, turn.words(line), offered, missing, yes)


def _in_stage(p: Sequence[int], line: LineRule) -> bool:
    return line.line.first <= p[at.STAGE] <= line.line.last


def _missing(turn: Turn, rules: ProspectRules, p: Sequence[int], line: LineRule) -> Iterator[str]:
    """Why a line cannot be said or done now."""
    if p[at.SPENT] & line.bit:
        yield "said already, and it is said once"
    if line.line.first < 0:
        yield from _out_of_place(turn, rules, p, line)
    elif not _in_stage(p, line):
        first, last = rules.prospect.stages[line.line.first].id, rules.prospect.stages[line.line.last].id
        here = rules.prospect.stages[p[at.STAGE]].id
        yield f"it belongs in {f'stage {first}' if first == last else f'stages {first} to {last}'}, and this is {here}"
    yield from lacking(turn, rules, p, line.line.when)
    needs = KINDS[line.kind].needs(line.line)
    if needs and not holding(turn, Guards.of([(1, needs)]), rules, p):
        yield KINDS[line.kind].lacks
    if any(turn.clock >= minute for minute, bit in rules.stages[p[at.STAGE]].last_minutes if bit == line.bit):
        yield "its step would fall on the deadline or later"


def _out_of_place(turn: Turn, rules: ProspectRules, p: Sequence[int], line: LineRule) -> Iterator[str]:
    """Why what is done between conversations cannot be done at this hour."""
    agreed = on_time(turn, p)
    if not (this_minute(turn).opened or agreed):
        opening = next_opening(turn.rules.scenario.calendar, turn.clock)
        yield f"the business is closed until {when_text(opening, turn.clock)}"
    elif line.bit & rules.calls and p[at.HERE_UNTIL]:
        yield "they are in touch already, and waiting for you"
    elif line.bit & rules.calls & ~rules.visits and agreed and p[at.PROMISE_BY] == VISIT:
        yield "a visit is agreed for now"


def _yes(turn: Turn, who: int, line: LineRule) -> Yes | None:
    told = why(turn, line.action)
    if told is None or line.kind == INVITES:
        return None
    if told.bars and line.kind not in BETWEEN:
        rules, p = turn.rules.prospects[who], turn.people[who]
        asked = line.kind in ASKS
        z = (
            decision.readiness(turn, rules, p) + decision.timing(p)
            if asked
            else decision.willingness(turn, rules, p, line)
        )
        told = replace(told, chance=logistic(z))
    return Yes(percent(told.chance), reasons(told), told.bars, told.missing)


# --- why this reply --------------------------------------------------------------------------------------------------


def weighed(state: State) -> tuple[Weighed, ...]:
    """The choices between replies that the last move led to, in order; none before the first move."""
    before = state.previous
    if before is None:
        return ()
    heard = Counter(event.text for event in before.log)
    spoken = {event.text for event in state.events if event.what in ("reply", "narration")}
    found: dict[int, Weighed] = {}

    def weighing(turn: Turn, rules: ProspectRules, p: Sequence[int], replies: Replies, kept_quiet: bool) -> None:
        if replies.rules and id(replies) not in found:
            found[id(replies)] = _weighed(turn, rules, p, replies, kept_quiet, spoken)

    turn = Turn(before.game.rules, before.core, before.luck, [], heard.__getitem__, weighing=weighing)
    make(turn, state.action, state.think)
    return tuple(found.values())


def _weighed(
    turn: Turn, rules: ProspectRules, p: Sequence[int], replies: Replies, kept_quiet: bool, spoken: set[str]
) -> Weighed:
    outcome = next((name for name, texts in zip(OUTCOMES, rules.outcomes, strict=True) if texts is replies), None)
    candidates: list[Candidate] = []
    for number, rule in enumerate(replies.rules):
        missing = lacking(turn, rules, p, rule.reply.when)
        if kept_quiet and not replies.misses >> number & 1:
            missing = (*missing, "it tells what the buyer keeps to themselves")
        chosen = not missing and not any(each.chosen for each in candidates)
        candidates.append(
            Candidate(
                rule.reply.says[0],
                written(rules.prospect, rule.reply.when),
                missing,
                chosen,
                chosen and not spoken.isdisjoint(rule.reply.says),
            )
        )
    return Weighed(outcome, kept_quiet, tuple(candidates))


# --- who the buyer is ------------------------------------------------------------------------------------------------


def buyer(state: State, who: int) -> tuple[Part, ...]:
    """Everything about a prospect at this moment, with what is hidden from whoever plays."""
    turn = Turn(state.game.rules, state.core, state.luck)
    rules, p = turn.rules.prospects[who], turn.people[who]
    parts = [Part("levels", tuple(_levels(turn, rules, p))), Part("who they are", tuple(drawn(state, who)))]
    if turn.active == who:
        parts.insert(1, Part("stage", tuple(_stage(turn, rules, p))))
    for sort, heading in (("need", "needs"), ("trait", "traits")):
        parts.append(Part(heading, tuple(_facts(rules, p, sort))))
    parts.append(Part("objections", tuple(_objections(rules, p))))
    if turn.active == who:
        parts.append(Part("interrupts to come", tuple(_interrupts(turn, rules, p))))
    return tuple(part for part in parts if part.lines)


def drawn(state: State, who: int) -> Iterator[str]:
    """What the seed has drawn: who this buyer is, in sentences that hold from the first moment to the last."""
    rules, p = state.game.rules.prospects[who], state.states()[0].people[who]
    prospect, deadline = rules.prospect, state.game.scenario.calendar.deadline
    if not p[at.REAL]:
        yield "will never buy from anybody"
    elif p[at.READY_AT] <= rules.start:
        yield "can decide from the beginning"
    else:
        yield f"can decide from {day_text(p[at.READY_AT], rules.start)} on"
    called = zip(prospect.roles, prospect.names, strict=True)  # conditions name roles, and players read names
    deciders = [role if name == role.replace("-", " ") else f"{role} ({name})" for role, name in called]
    others = [each for number, each in enumerate(deciders) if p[at.DECIDER] >> number & 1]
    yield f"decides with {' and '.join(others)}" if others else "decides alone"
    yield f"indecision: {INDECISION[p[at.INDECISION]]}"
    for sort, word in (("need", "needs"), ("trait", "traits")):
        has = [fact.id for index, fact in enumerate(prospect.facts) if fact.sort == sort and p[at.HAS] >> index & 1]
        if any(fact.sort == sort for fact in prospect.facts):
            yield f"{word}: {', '.join(has) or 'none'}"
    objects = [
        f"{one.id} (behind it: {prospect.reasons[p[at.REASONS] >> 8 * index & 255]})"
        for index, one in enumerate(prospect.objections)
        if p[at.OBJECTS] >> index & 1
    ]
    if prospect.objections:
        yield f"objections: {', '.join(objects) or 'none'}"
    if p[at.RIVAL_AT] < at.FAR and prospect.buyer.rival is not None:
        name, rate = prospect.buyer.rival.name, rate_text(prospect.buyer.rival.per_day, deadline)
        yield f"out of contact, buys from {name} by {day_text(p[at.RIVAL_AT], rules.start)}, at {rate}"
    if p[at.DRIFT_AT] < at.FAR:
        rate = rate_text(prospect.buyer.drifts, deadline)
        yield f"out of contact, settles for nothing by {day_text(p[at.DRIFT_AT], rules.start)}, at {rate}"


def _levels(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> Iterator[str]:
    found = {name: points(level) for name, level in levels(turn, rules, p).items()}
    floor = points(p[at.FLOOR])
    interest = min(100, floor + found["excitement"] + found["conviction"])
    yield (
        f"interest {interest} ({floor} always, excitement {found['excitement']}, conviction {found['conviction']}), "
        f"trust {found['trust']}, pressure {found['pressure']}"
    )
    if turn.active >= 0 and turn.people[turn.active] is p:
        yield f"patience for {max(0, p[at.PATIENCE]) // 60} more of {p[at.PATIENCE_FULL] // 60} minutes"
    if p[at.WINDOW]:
        yield f"has shown to be ready, and it holds for {p[at.WINDOW]} more lines"
    if p[at.NUISANCE]:
        yield f"nuisance {p[at.NUISANCE]}, and asks to be left alone at {p[at.ENOUGH]}"


def _stage(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> Iterator[str]:
    stage, rule = rules.prospect.stages[p[at.STAGE]], rules.stages[p[at.STAGE]]
    if p[at.STAGE] == len(rules.stages) - 1:
        yield f"{stage.id}, the last"
    else:
        yield f"{stage.id}, line {p[at.TURNS] + 1} of at most {rule.turns}"
    if stage.until is not None:
        yield f"until {written(rules.prospect, stage.until)}{_so_far(turn, rules, p, stage.until)}"


def _so_far(turn: Turn, rules: ProspectRules, p: Sequence[int], when: When) -> str:
    missing = lacking(turn, rules, p, when)
    return f" ({'; '.join(missing)})" if missing else " (which holds)"


def _facts(rules: ProspectRules, p: Sequence[int], sort: str) -> Iterator[str]:
    for index, fact in enumerate(rules.prospect.facts):
        if fact.sort != sort:
            continue
        whose = _whose(rules, p, fact.of)
        if not p[at.HAS] >> index & 1:
            yield f"{fact.id}{whose}: does not have it"
            continue
        told = "told" if p[at.KNOWN] >> index & 1 else "not told"
        guarded = f", tells it from trust {points(fact.guarded)} on" if fact.guarded and told == "not told" else ""
        met = ("", ", answered" if p[at.MET] >> index & 1 else ", not answered")[sort == "need"]
        grown = ", made bigger" if p[at.GROWN] >> index & 1 else ""
        weight = f" (weight {fact.weight})" if sort == "need" else ""
        yield f"{fact.id}{weight}{whose}: {told}{guarded}{met}{grown}"


def _whose(rules: ProspectRules, p: Sequence[int], of: int | None) -> str:
    """Whose something is that is not the buyer's own, and whether they hear what is said."""
    if of is None:
        return ""
    return f" of {rules.prospect.roles[of]}, who is{'' if p[at.PRESENT] >> of & 1 else ' not'} at the table"


def _objections(rules: ProspectRules, p: Sequence[int]) -> Iterator[str]:
    for index, objection in enumerate(rules.prospect.objections):
        bit, whose = 1 << index, _whose(rules, p, objection.of)
        if not (p[at.OBJECTS] | p[at.RAISED]) & bit:
            yield f"{objection.id}{whose}: does not have it"
            continue
        states = (
            (p[at.OPEN] & bit, "raised and open"),
            (p[at.CONFIRMED] & bit, "settled and confirmed"),
            (p[at.SETTLED] & bit, "settled, not confirmed"),
            (p[at.HANDLED] & bit, "only looks handled"),
        )
        how = next((words for holds, words in states if holds), "not raised yet")
        reason = p[at.REASONS] >> 8 * index & 255
        told = "" if p[at.OPENED_UP] & bit else ", not told"
        name, words = rules.prospect.reasons[reason], reason_words(rules, objection, reason)
        yield f"{objection.id}{whose}: {how}; behind it: {name}{told} ('{words}')"


def _interrupts(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> Iterator[str]:
    for number, one in enumerate(rules.prospect.interrupts):
        if not p[at.STRUCK] >> number & 1:
            yield f"'{one.reply.says[0]}' when {written(rules.prospect, one.when)}{_so_far(turn, rules, p, one.when)}"


__all__ = ["Candidate", "Part", "Sayable", "Weighed", "Yes", "buyer", "drawn", "sayable", "weighed"]
