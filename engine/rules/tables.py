"""A scenario prepared for play: lines with their defaults filled in, conditions as masks, moves with numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from engine import world as at
from engine.decay import Law, exponential, laws
from engine.luck import Luck
from engine.rules.conditions import PUZZLING, QUESTIONED, UNSURE, Condition, compile_when, mask, merged
from engine.rules.constants import KIND_RULES, MANNER_RULES, PRESSURE_E_FOLD
from engine.scenario import vocabulary
from engine.scenario.compiled import Effects, Line, Prospect, Reply, Scenario
from engine.units import POINT

WAITS: Final = (
    "wait.15m",
    "wait.1h",
    "wait.3h",
    "wait.evening",
    "wait.tomorrow",
    "wait.3d",
    "wait.1w",
    "wait.agreed",
    "finish",
)
"""Moves that let time pass; `finish` lets all of it pass."""

ANSWER: Final = {name: place for place, name in enumerate(vocabulary.ANSWERS)}
"""The place of each answer; states keep it plus one."""

PROMISE: Final = {name: place for place, name in enumerate(vocabulary.PROMISES)}

RESULT: Final = {name: place + 1 for place, name in enumerate(vocabulary.RESULTS)}
"""The code of each result in a state; 0 is still open."""

_ENDING = frozenset({"vague-follow-up", "leave"})
_PRESSING = vocabulary.ASKS | {"closed-question", "present", "demonstrate"}
_OFFERS = frozenset({"present", "demonstrate"})


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """A reply with its condition compiled."""

    reply: Reply
    when: Condition | None
    reveals: int
    effects: tuple[int, int, int, int]
    plain: bool
    """Whether it is words and nothing else."""


@dataclass(frozen=True, slots=True)
class LineRule:
    """A line with the defaults of its kind and the buyer's manner filled in."""

    action: int
    bit: int
    """The line's bit in the mask of lines said; for every line."""
    once: int
    """The same bit for lines that are said once, 0 for those that can be repeated."""
    kind: str
    minutes: int
    excitement: int
    conviction: int
    trust: int
    pressure: int
    when: Condition | None
    offers: bool
    """Whether it presents something, so that a known need makes it land."""
    ends: bool
    """Whether it ends the conversation without asking anything of the buyer."""
    carries: bool
    """Whether it carries the conversation on, rather than asking for an end to it."""
    presses: bool
    """Whether it can press the buyer: by its own weight, by asking, or by showing what nobody asked for."""
    reveals: tuple[int, ...]
    meets: int
    answers_objections: int
    answers_reasons: int
    replies: tuple[ReplyRule, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class StageRule:
    turns: int
    until: Condition | None
    lines: tuple[LineRule, ...]


@dataclass(frozen=True, slots=True)
class ProspectRules:
    """One prospect of a scenario, prepared."""

    prospect: Prospect
    start: int
    stages: tuple[StageRule, ...]
    between: tuple[LineRule, ...]
    leave: LineRule
    as_agreed: LineRule
    """The engine's own way of keeping an agreed time."""
    take_call: LineRule
    """The engine's own way of talking to a buyer who got in touch."""
    answers: tuple[tuple[ReplyRule, ...], ...]
    interrupts: tuple[tuple[Condition, ReplyRule], ...]
    excitement_law: Law
    conviction_law: Law
    pressure_law: Law
    needs: int
    """Mask of the facts that are needs."""
    weights: tuple[int, ...]
    """Weight of each fact, 0 for those that are no needs."""
    decider: int
    """Index of the fact that says who decides."""
    reason_facts: tuple[int, ...]
    """Index of the fact of each reason."""
    nothing: int
    """Index of the reason `nothing`, or -1."""
    multi_call: bool


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Rules:
    """A scenario prepared for play, with every move numbered. Compared by identity, so that what is worked out from
    it once can be kept beside it."""

    scenario: Scenario
    digest: str
    prospects: tuple[ProspectRules, ...]
    moves: tuple[tuple[int, LineRule] | str, ...]
    """What each action is: (prospect, line), or the name of a wait."""
    names: tuple[str, ...]
    start: int
    deadline: int
    tips: tuple[Condition, ...]
    """When each of the scenario's tips is in place."""
    waits: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    """The calendar's ways to let time pass from a minute on, worked out once."""
    opened: dict[int, bool] = field(default_factory=dict)
    """Whether the business is open at a minute, worked out once."""

    def luck(self, key: int | str) -> tuple[Luck, ...]:
        """The luck of one run: a seed's, or another key's, for each prospect."""
        return tuple(Luck(key, one.prospect.id) for one in self.prospects)


def prepare(scenario: Scenario) -> Rules:
    """Number the moves of a scenario and fill in the defaults of the rules."""
    several = len(scenario.prospects) > 1
    prospects: list[ProspectRules] = []
    moves: list[tuple[int, LineRule] | str] = []
    names: list[str] = []
    for index, prospect in enumerate(scenario.prospects):
        rules, lines = _prospect(prospect, scenario.calendar.start, len(moves))
        prospects.append(rules)
        moves.extend((index, line) for line in lines)
        names.extend(f"{line.line.id}@{prospect.id}" if several else line.line.id for line in lines)
    moves.extend(WAITS)
    names.extend(WAITS)
    start = scenario.calendar.start
    return Rules(
        scenario=scenario,
        digest=scenario.digest(),
        prospects=tuple(prospects),
        moves=tuple(moves),
        names=tuple(names),
        start=start,
        deadline=start + scenario.calendar.deadline,
        tips=tuple(compile_when(tip.when) for tip in scenario.tips),
    )


def _prospect(prospect: Prospect, start: int, first_action: int) -> tuple[ProspectRules, tuple[LineRule, ...]]:
    taken = {line.id for line in prospect.lines}
    written = list(prospect.lines)
    leave_id = "leave" if "leave" not in taken else "walk-away"
    written.append(
        Line(
            id=leave_id,
            kind="leave",
            say="Thank them for their time, and leave it there.",
            last=len(prospect.stages) - 1,
            repeat=True,
        )
    )
    if not any(line.kind == "call" for line in prospect.lines):
        call_id = "call" if "call" not in taken else "ring"
        name = prospect.buyer.name
        written.append(Line(id=call_id, kind="call", say=f"Call {name}.", first=-1, last=-1, repeat=True, channel=1))
    name = prospect.buyer.name
    for own, other, words in (
        ("as-agreed", "keep-the-date", f"Be there for {name} now, as agreed."),
        ("take-call", "pick-up", f"Talk to {name}, who is in touch right now."),
    ):
        own_id = own if own not in taken else other
        written.append(Line(id=own_id, kind="call", say=words, first=-1, last=-1, minutes=1, repeat=True, channel=1))
    lines = tuple(
        _line(line, bit, first_action + bit, prospect.buyer.manner, prospect) for bit, line in enumerate(written)
    )
    leave = lines[len(prospect.lines)]
    spoken = [line for line in lines if line.line.first >= 0 and line is not leave]
    excitement_law, conviction_law = laws(prospect.buyer.fades)
    facts = prospect.facts
    reasons_from = next((i for i, fact in enumerate(facts) if fact.sort == "reason"), len(facts) - 1)
    rules = ProspectRules(
        prospect=prospect,
        start=start,
        stages=tuple(
            StageRule(
                turns=stage.turns,
                until=compile_when(stage.until) if stage.until is not None else None,
                lines=tuple(line for line in spoken if line.line.first <= number <= line.line.last),
            )
            for number, stage in enumerate(prospect.stages)
        ),
        between=tuple(line for line in lines[:-2] if line.line.first < 0),
        leave=leave,
        as_agreed=lines[-2],
        take_call=lines[-1],
        answers=tuple(tuple(_reply(reply, prospect) for reply in replies) for replies in prospect.answers),
        interrupts=tuple(
            (compile_when(interrupt.when), _reply(interrupt.reply, prospect)) for interrupt in prospect.interrupts
        ),
        excitement_law=excitement_law,
        conviction_law=conviction_law,
        pressure_law=exponential(PRESSURE_E_FOLD),
        needs=mask([i for i, fact in enumerate(facts) if fact.sort == "need"]),
        weights=tuple(fact.weight if fact.sort == "need" else 0 for fact in facts),
        decider=len(facts) - 1,
        reason_facts=tuple(range(reasons_from, reasons_from + len(prospect.reasons))),
        nothing=prospect.reasons.index("nothing") if "nothing" in prospect.reasons else -1,
        multi_call=prospect.sale == "multi-call",
    )
    return rules, lines


def _implied(line: Line) -> Condition:
    """What a kind needs in order to make sense, whatever the author's conditions say."""
    match line.kind:
        case "isolate":
            return Condition(ranges=((PUZZLING, 1, at.FAR),))
        case "confirm":
            return Condition(ranges=((UNSURE, 1, at.FAR),))
        case "press":
            return Condition(ranges=((at.ASKS, 1, at.FAR),))
        case "take-no":
            return Condition(ranges=((QUESTIONED, 1, at.FAR),))
        case "implication" if line.about is not None:
            return Condition(masks=((at.KNOWN, 1 << line.about, 1 << line.about),))
        case "bring-in" if line.brings is not None:
            return Condition(masks=((at.PRESENT, 1 << line.brings, 0),))
        case _:
            return Condition()


def _line(line: Line, bit: int, action: int, manner: str, prospect: Prospect) -> LineRule:
    kind = KIND_RULES[line.kind]
    percent = MANNER_RULES[manner].get(line.kind, 100)

    def level(given: int | None, points: int) -> int:
        return given if given is not None else points * POINT * percent // 100

    return LineRule(
        action=action,
        bit=1 << bit,
        once=0 if line.repeat else 1 << bit,
        kind=line.kind,
        minutes=line.minutes if line.minutes is not None else kind.minutes,
        excitement=level(line.effects.excitement, kind.excitement),
        conviction=level(line.effects.conviction, kind.conviction),
        trust=level(line.effects.trust, kind.trust),
        pressure=level(line.effects.pressure, kind.pressure),
        when=merged(compile_when(line.when) & _implied(line)) or None,
        offers=line.kind in _OFFERS,
        ends=line.kind in _ENDING,
        carries=line.kind not in vocabulary.WAYS_OUT,
        presses=bool(kind.pressure or line.effects.pressure or line.kind in _PRESSING),
        reveals=line.reveals,
        meets=mask(line.meets),
        answers_objections=mask(line.answers_objections),
        answers_reasons=mask(line.answers_reasons),
        replies=tuple(_reply(reply, prospect) for reply in line.replies),
        line=line,
    )


def _reply(reply: Reply, prospect: Prospect) -> ReplyRule:
    return ReplyRule(
        reply=reply,
        when=merged(compile_when(reply.when)) or None,
        reveals=mask(reply.reveals),
        effects=_given(reply.effects),
        plain=not (any(_given(reply.effects)) or reply.reveals or reply.raises or reply.opens is not None),
    )


def _given(effects: Effects) -> tuple[int, int, int, int]:
    return (effects.excitement or 0, effects.conviction or 0, effects.trust or 0, effects.pressure or 0)
