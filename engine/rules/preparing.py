"""A scenario made ready for play: moves numbered, defaults of kinds filled in, conditions compiled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import partial

from engine.calendar import next_opening, step_time
from engine.decay import exponential, laws
from engine.remembered import Remembered
from engine.rules import buyer, waiting
from engine.rules import constants as c
from engine.rules.conditions import asked_about, compile_when, mask
from engine.rules.decision import covering
from engine.rules.guards import Condition, Guards
from engine.rules.kinds import KINDS
from engine.rules.tables import (
    CALL,
    OUTCOME,
    VISIT,
    WAITS,
    LineRule,
    Move,
    ProspectRules,
    Replies,
    ReplyRule,
    Rules,
    StageRule,
)
from engine.scenario import vocabulary
from engine.scenario.compiled import Effects, Line, Prospect, Reply, Scenario, Stage, When
from engine.units import CERTAIN, POINT
from engine.words import gettext, speaking


def prepare(scenario: Scenario) -> Rules:
    """Number the moves of a scenario and fill in the defaults of the rules. The constants are read here and in play."""
    several = len(scenario.prospects) > 1
    prospects: list[ProspectRules] = []
    moves: list[tuple[int, LineRule] | str] = []
    names: list[str] = []
    start = scenario.calendar.start
    deadline = start + scenario.calendar.deadline
    for index, prospect in enumerate(scenario.prospects):
        with speaking(scenario.language):
            rules, lines = _prospect(prospect, start, deadline, len(moves))
        prospects.append(rules)
        moves.extend((index, line) for line in lines)
        names.extend(f"{line.line.id}@{prospect.id}" if several else line.line.id for line in lines)
    minutes = waiting.minutes(scenario, len(moves))
    return Rules(
        scenario=scenario,
        digest=scenario.digest(),
        prospects=tuple(prospects),
        moves=(*moves, *WAITS),
        names=(*names, *WAITS),
        start=start,
        deadline=deadline,
        tips=tuple(Guards.of([(1, compile_when(tip.when))]) for tip in scenario.tips),
        minutes=minutes,
        agreed=waiting.agreed_minutes(minutes, len(moves)),
        opens=Remembered(partial(next_opening, scenario.calendar)),
        opening=(start, -1, 0, start, *(one.blank for one in prospects)),
    )


def _own_lines(prospect: Prospect) -> list[Line]:
    """What the engine adds to an author's lines: a way out, a call, and ways to meet somebody who is there already."""
    taken, name = {line.id for line in prospect.lines}, prospect.buyer.name

    def free(id: str, other: str) -> str:
        return id if id not in taken else other

    words, last = gettext("Thank them for their time, and leave it there."), len(prospect.stages) - 1
    own = [Line(id=free("leave", "walk-away"), kind="leave", say=(words,), last=last, repeat=True)]
    contacts: list[tuple[str, str, str, int | None]] = [
        ("as-agreed", "keep-the-date", gettext("Be there for {name} now, as agreed.").format(name=name), 1),
        ("take-call", "pick-up", gettext("Answer {name} by phone: they are in touch now.").format(name=name), 1),
    ]
    if not any(line.kind == "call" for line in prospect.lines):
        contacts.insert(0, ("call", "ring", gettext("Call {name}.").format(name=name), None))
    for id, other, words, minutes in contacts:
        own.append(
            Line(
                id=free(id, other),
                kind="call",
                say=(words,),
                first=-1,
                last=-1,
                minutes=minutes,
                repeat=True,
                channel=CALL,
            )
        )
    return own


def _prospect(prospect: Prospect, start: int, deadline: int, first: Move) -> tuple[ProspectRules, tuple[LineRule, ...]]:
    written = [*prospect.lines, *_own_lines(prospect)]
    lines = tuple(_line(line, bit, first + bit, prospect) for bit, line in enumerate(written))
    leave = lines[len(prospect.lines)]
    spoken = [line for line in lines if line.line.first >= 0 and line is not leave]
    between = [line for line in lines[:-2] if line.line.first < 0]
    calls = [line for line in between if line.kind == "call"]
    excitement_law, conviction_law = laws(prospect.buyer.fades)
    facts = prospect.facts
    weights = tuple(fact.weight if fact.sort == "need" else 0 for fact in facts)
    reasons_from = next((i for i, fact in enumerate(facts) if fact.sort == "reason"), len(facts) - 1)
    last = len(prospect.stages) - 1
    rules = ProspectRules(
        prospect=prospect,
        start=start,
        blank=buyer.blank(prospect, start),
        uncertain=tuple(
            (i, fact.chance) for i, fact in enumerate(facts) if fact.sort != "reason" and fact.chance < CERTAIN
        ),
        behind=tuple(tuple(reason.chance for reason in one.really) for one in prospect.objections),
        puzzling=any(len(one.really) > 1 for one in prospect.objections),
        stages=tuple(
            _stage(
                stage, [line for line in spoken if line.line.first <= i <= line.line.last], start, deadline, i == last
            )
            for i, stage in enumerate(prospect.stages)
        ),
        between=_guards(between),
        calls=_bits(calls),
        visits=_bits(line for line in calls if line.line.channel == VISIT),
        spoken=_moves(first, leave.bit, _bits(line for line in spoken if line.ends)),
        afresh=_bits(line for line in lines if line.kind in vocabulary.AFRESH),
        done=_moves(first, 0, 0),
        as_agreed=lines[-2],
        take_call=lines[-1],
        outcomes=tuple(_replies(replies) for replies in prospect.outcomes),
        interrupts=_replies(
            tuple(one.reply for one in prospect.interrupts), tuple(one.when for one in prospect.interrupts)
        ),
        excitement_law=excitement_law,
        conviction_law=conviction_law,
        pressure_law=exponential(c.PRESSURE_E_FOLD),
        needs=mask([i for i, fact in enumerate(facts) if fact.sort == "need"]),
        weights=weights,
        covered=covering(weights),
        decider=len(facts) - 1,
        parties=prospect.buyer.together or (0, *(1 << role for role in range(len(prospect.roles)))),
        owners=tuple(_owners(prospect)),
        voices=_voices(prospect),
        reason_facts=tuple(range(reasons_from, reasons_from + len(prospect.reasons))),
        nothing=prospect.reasons.index("nothing") if "nothing" in prospect.reasons else -1,
        multi_call=prospect.sale == "multi-call",
    )
    return rules, lines


def _owners(prospect: Prospect) -> Iterator[tuple[int, int, int]]:
    """Those who have something of their own, with what it is."""
    for role in range(len(prospect.roles)):
        facts = mask([index for index, fact in enumerate(prospect.facts) if fact.of == role])
        objections = mask([index for index, one in enumerate(prospect.objections) if one.of == role])
        if facts or objections:
            yield 1 << role, facts, objections


def _voices(prospect: Prospect) -> dict[str, str]:
    """The texts of what is somebody's own, and of the replies that are theirs, with their names."""
    found: dict[str, str] = {}
    for fact in prospect.facts:
        if fact.of is not None:
            found.update(dict.fromkeys((fact.says, fact.otherwise), prospect.names[fact.of]))
    for objection in prospect.objections:
        if objection.of is not None:
            said = (objection.says, *objection.again, *(reason.says for reason in objection.really))
            found.update(dict.fromkeys(said, prospect.names[objection.of]))
    for replies in (*(line.replies for line in prospect.lines), *prospect.outcomes):
        for reply in replies:
            if reply.of is not None:
                found.update(dict.fromkeys(reply.says, prospect.names[reply.of]))
    found.pop("", None)
    return found


def _stage(stage: Stage, lines: list[LineRule], start: int, deadline: int, last: bool) -> StageRule:
    last_minutes = tuple((minute, line.bit) for line in lines if (minute := _last_minute(line.line, start, deadline)))
    carrying = _bits(line for line in lines if line.kind not in vocabulary.WAYS_OUT)
    always = [line for line in lines if not _needs(line.line)]
    return StageRule(
        turns=stage.turns,
        until=Guards.of([(1, compile_when(stage.until))]) if stage.until is not None else None,
        guards=_guards(lines),
        guarded=any(_needs(line.line) for line in lines),
        late=min((minute for minute, _ in last_minutes), default=deadline),
        last_minutes=last_minutes,
        carrying=carrying,
        plain=-1 if last else carrying & _bits(always),
    )


def _last_minute(line: Line, start: int, deadline: int) -> int | None:
    """The first minute at which the line's dated step would fall on the deadline or later; None without a step.

    The later a step is proposed the later it takes place, so that one comparison tells.
    """
    if line.step is None:
        return None
    minutes, step = range(start, deadline + 1), line.step
    return start + bisect_left(minutes, deadline, key=lambda minute: step_time(step, minute))


def _needs(line: Line) -> Condition:
    return (*compile_when(line.when), *KINDS[line.kind].needs(line))


def _guards(lines: Iterable[LineRule]) -> Guards:
    return Guards.of((line.bit, _needs(line.line)) for line in lines)


def _bits(lines: Iterable[LineRule]) -> int:
    return sum(line.bit for line in lines)


def _moves(first: Move, leave: int, exits: int) -> Remembered[int, tuple[Move, ...]]:
    """The moves that a mask of lines stands for, in order. `leave` is the bit of the way out that comes last where
    none of the `exits` is on offer."""

    def moves(mask: int) -> tuple[Move, ...]:
        bits = mask if mask & exits else mask | leave
        found = []
        while bits:
            last = bits & -bits
            found.append(first + last.bit_length() - 1)
            bits ^= last
        return tuple(found)

    return Remembered(moves)


def _line(line: Line, bit: int, action: Move, prospect: Prospect) -> LineRule:
    kind = KINDS[line.kind]
    percent = kind.manner.get(prospect.buyer.manner, 100)

    def level(given: int | None, points: int) -> int:
        return given if given is not None else points * POINT * percent // 100

    gains = (
        level(line.effects.excitement, kind.excitement),
        level(line.effects.conviction, kind.conviction),
        level(line.effects.trust, kind.trust),
    )
    event, counter = kind.luck or (f"line.{line.id}", -1)
    return LineRule(
        action=action,
        bit=1 << bit,
        once=0 if line.repeat else 1 << bit,
        kind=line.kind,
        cause=kind.cause,
        minutes=line.minutes if line.minutes is not None else vocabulary.MINUTES[line.kind],
        gains=gains,
        again=(min(0, gains[0]), min(0, gains[1]), min(0, gains[2])) if kind.wears else gains,
        pressure=level(line.effects.pressure, kind.pressure),
        asks=line.kind in vocabulary.ASKS,
        ends=kind.exit,
        offers=kind.offers,
        row=kind.row,
        tires=kind.wears and line.kind not in vocabulary.WAYS_OUT,
        prices=line.prices,
        ties=bool(line.meets or line.handles_objections or line.handles_reasons),
        reveals=mask(line.reveals),
        guarded=_guarded(line, prospect),
        meets=mask(line.meets),
        about=asked_about(line),
        handles=bool(line.handles_objections or line.handles_reasons),
        handles_objections=mask(line.handles_objections),
        handles_reasons=mask(line.handles_reasons),
        joins=-1 if line.brings is None or not kind.joins else line.brings,
        joins_on=None if kind.joins_on is None else OUTCOME[kind.joins_on],
        replies=_replies(line.replies),
        line=line,
        acts=kind.acts,
        odds=kind.odds,
        event=event,
        counter=counter,
        presses=kind.presses,
        does=kind.does,
        finds=kind.finds,
        counts=kind.counts,
        closes=kind.closes,
    )


def _guarded(line: Line, prospect: Prospect) -> tuple[tuple[int, int], ...]:
    guards: dict[int, int] = {}
    for index in line.reveals:
        guards[prospect.facts[index].guarded] = guards.get(prospect.facts[index].guarded, 0) | 1 << index
    return tuple((trust, facts) for trust, facts in guards.items() if trust)


def _replies(replies: tuple[Reply, ...], whens: tuple[When, ...] | None = None) -> Replies:
    rules = tuple(_reply(reply) for reply in replies)
    conditions = [reply.when for reply in replies] if whens is None else whens
    return Replies(
        rules=rules,
        guards=Guards.of(((1 << i, compile_when(when)) for i, when in enumerate(conditions)), rare=whens is not None),
        misses=mask([i for i, reply in enumerate(replies) if not reply.lands]),
        moving=any(not rule.plain or rule.reply.ends or not rule.reply.lands for rule in rules),
    )


def _reply(reply: Reply) -> ReplyRule:
    effects = _given(reply.effects)
    return ReplyRule(
        reply=reply,
        specific=bool(reply.when),
        reveals=mask(reply.reveals),
        effects=effects,
        plain=not (any(effects) or reply.reveals or reply.raises or reply.opens is not None),
    )


def _given(effects: Effects) -> tuple[int, int, int, int]:
    return (effects.excitement or 0, effects.conviction or 0, effects.trust or 0, effects.pressure or 0)
