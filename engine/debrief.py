"""What a run has to teach: how it ended and why, the score, the course of interest, and the moments that moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from engine import world as at
from engine.calendar import day_text, span_text
from engine.changes import FADING, Change, changes
from engine.events import LEVELS, cause_text
from engine.par import Par
from engine.play import State
from engine.reasons import Answer, answers, cancelling
from engine.rules.deciders import named
from engine.rules.objections import reason_words
from engine.rules.tables import PROMISE, ProspectRules
from engine.rules.turn import Turn
from engine.scenario.compiled import Line
from engine.scenario.vocabulary import BAD_HABITS, RESULTS
from engine.score import Scorecard, scorecard
from engine.seeing import meters
from engine.units import HOUR, points
from engine.view import told_by
from engine.words import all_of, gettext, marked
from engine.world import Prospect

MOMENTS = 3
"""How many moments are picked out."""
_RESULTS = tuple(RESULTS)
_POINTS_IN_A_SILENCE = 12


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Levels of one prospect at one minute, in whole points (0 to 100)."""

    minute: int
    interest: int
    excitement: int
    conviction: int
    trust: int
    move: int | None
    """Index into the run's moves, if a move ended here."""
    silence: bool
    """Whether the stretch before this point was silence (see `silent`)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A move that moved the buyer."""

    move: int
    """Index into the run's moves; a retry starts before it."""
    minute: int
    prospect: str
    change: int
    """Points of interest and trust gained or lost; an order or a loss counts 40, a dated step or a continuation 15.
    What silence cost after a parting without a date is the parting's."""
    said: str
    """What the player said or did."""
    causes: tuple[str, ...]
    principle: str
    """The author's sentence about it, or an empty text."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended with one prospect."""

    prospect: str
    name: str
    result: str | None
    """One of `vocabulary.RESULTS`; None for a run that is not over."""
    sentence: str
    revealed: tuple[str, ...]
    """The hidden facts, in words, now that it is over."""
    how: str = ""
    """The sentence without its beginning: when it ended, and why."""


@dataclass(frozen=True, slots=True)
class Debrief:
    endings: tuple[Ending, ...]
    scorecard: Scorecard
    curves: dict[str, tuple[CurvePoint, ...]]
    """By prospect id."""
    silence_lost: dict[str, int]
    """Points of interest lost in silence, by prospect id."""
    moments: tuple[Moment, ...]
    answers: tuple[Answer, ...] = ()
    """Every question that could be answered with yes or no, with its reasons; none before the run is over."""

    @property
    def won(self) -> bool:
        """Whether everybody ordered and kept to it, or the run earned par."""
        card = self.scorecard
        ordered = all(ending.result == "order" for ending in self.endings) and card.value > 0
        return ordered or (card.result_percent is not None and card.result_percent >= 100)

    @property
    def costliest(self) -> Moment | None:
        """The moment to try again: the one that cost most; None where none of them cost anything, and after a run
        that was won, in which what cost something was part of winning it."""
        if self.won:
            return None
        worst = min(self.moments, key=lambda moment: moment.change, default=None)
        return worst if worst is not None and worst.change < 0 else None


def debrief(state: State, par: Par | None = None) -> Debrief:
    """The debrief of a run that is over (or, with nothing revealed, of one that is not)."""
    states = state.states()
    prospects = state.game.rules.prospects
    curves = {one.prospect.id: _curve(states, who, one) for who, one in enumerate(prospects)}
    return Debrief(
        endings=tuple(
            _ending(state, who, one, p) for who, (one, p) in enumerate(zip(prospects, state.people, strict=True))
        ),
        scorecard=scorecard(state, par),
        curves=curves,
        silence_lost={name: _lost(curve) for name, curve in curves.items()},
        moments=_moments(states),
        answers=answers(state) if state.is_terminal() else (),
    )


def course(state: State) -> tuple[tuple[Change, ...], ...]:
    """What each move of a run changed, in the points that the meters show. What silence took is on the curve."""
    return tuple(
        tuple(one for one in changes(before, after) if not one.faded or not silent(before, after, one.prospect))
        for before, after in pairwise(state.states())
    )


def silent(before: State, after: State, who: int) -> bool:
    """Whether a prospect heard nothing from the seller while a move took its time, and nothing was agreed either."""
    what = after.game.rules.moves[after.action]
    apart = before.core[at.ACTIVE] != who and after.minute > before.minute
    return apart and (isinstance(what, str) or what[0] != who) and after.people[who][at.PROMISE] < PROMISE["dated"]


def _curve(states: Sequence[State], who: int, rules: ProspectRules) -> tuple[CurvePoint, ...]:
    """The levels after each move, with points between where time passed, until the prospect's end."""
    curve = [_point(states[0], who, rules, states[0].minute, None, silence=False)]
    for number, state in enumerate(states[1:]):
        before = states[number]
        if before.people[who][at.RESULT]:
            break
        silence = silent(before, state, who)
        until = min(state.minute, state.people[who][at.ENDED_AT]) if state.people[who][at.RESULT] else state.minute
        if before.core[at.ACTIVE] != who and until - before.minute > HOUR:
            span = until - before.minute
            for part in range(1, _POINTS_IN_A_SILENCE):
                minute = before.minute + span * part // _POINTS_IN_A_SILENCE
                curve.append(_point(before, who, rules, minute, None, silence=silence))
        source = state if until == state.minute else before
        curve.append(_point(source, who, rules, until, number, silence=silence))
    return tuple(curve)


def _point(state: State, who: int, rules: ProspectRules, minute: int, move: int | None, silence: bool) -> CurvePoint:
    turn = Turn(state.game.rules, state.core, state.luck)
    turn.clock = max(minute, state.people[who][at.SINCE])
    seen = meters(turn, rules, state.people[who])
    return CurvePoint(minute, seen.interest, seen.excitement, seen.conviction, seen.trust, move, silence)


def _lost(curve: Sequence[CurvePoint]) -> int:
    lost = 0
    for before, after in pairwise(curve):
        if after.silence:
            lost += max(0, before.interest - after.interest)
    return lost


_ENDED_VAGUELY = -15
_ADVANCED = 15
_DECISIVE = {"order": 40, "no-sale": -40, "lost-to-rival": -40, "lost-to-no-decision": -40}


def _moments(states: Sequence[State]) -> tuple[Moment, ...]:
    """The moves with the largest changes, in the order in which they were made. What was said or done several times
    has one lesson, and is there once: where it changed most."""
    found = _with_silence(states, [each for number in range(1, len(states)) if (each := _moment(states, number))])
    found.sort(key=lambda moment: (-abs(moment.change), moment.move))
    different = {moment.said: moment for moment in reversed(found)}
    picked = [moment for moment in found if different[moment.said] is moment][:MOMENTS]
    return tuple(sorted(picked, key=lambda moment: moment.move))


def _with_silence(states: Sequence[State], found: Sequence[Moment]) -> list[Moment]:
    """Moments, with what silence cost counted to the parting without a date that led to it."""
    names = [each.id for each in states[0].game.scenario.prospects]
    partings: dict[int, int] = {}
    told: dict[int, Moment] = {}
    for moment in found:
        who, before, after = names.index(moment.prospect), states[moment.move], states[moment.move + 1]
        parting = partings.get(who)
        if after.people[who][at.CONTINUATIONS] > before.people[who][at.CONTINUATIONS]:
            partings[who] = moment.move
        elif after.people[who][at.TALKS] > states[(parting or 0) + 1].people[who][at.TALKS]:
            partings.pop(who, None)
        elif parting is not None and moment.change < 0 and silent(before, after, who) and _waited(after):
            led = told[parting]
            causes = tuple(gettext("{cause}, afterwards").format(cause=cause) for cause in moment.causes)
            told[parting] = replace(led, change=led.change + moment.change, causes=(*led.causes, *causes))
            continue
        told[moment.move] = moment
    return list(told.values())


def _waited(after: State) -> bool:
    return after.line(after.action) is None


def _moment(states: Sequence[State], number: int) -> Moment | None:
    before, after = states[number - 1], states[number]
    line = after.line(after.action)
    who = _about_whom(after, before)
    change = _change(before, after, who)
    if not change:
        return None
    said = next((event.text for event in after.events if event.what == "said"), "") or gettext("You let time pass.")
    return Moment(
        move=number - 1,
        minute=before.minute,
        prospect=after.game.scenario.prospects[who].id,
        change=change,
        said=said,
        causes=_causes(before, after, who),
        principle=_principle(after, line.line.principle if line is not None and _fits(line.line, change) else ""),
    )


def _about_whom(after: State, before: State) -> int:
    """The prospect a move was about; for time that passed, the one it cost most."""
    what = after.game.rules.moves[after.action]
    if not isinstance(what, str):
        return what[0]
    return min(range(len(after.people)), key=lambda who: (_change(before, after, who), who))


def _change(before: State, after: State, who: int) -> int:
    if before.people[who][at.RESULT]:
        return 0
    now, then = after.people[who], before.people[who]
    change = _interest(after, who) - _interest(before, who) + points(now[at.TRUST]) - points(then[at.TRUST])
    change -= _agreed_wait(before, after, who)
    change += _ENDED_VAGUELY * (now[at.CONTINUATIONS] - then[at.CONTINUATIONS])
    change += _ADVANCED * (now[at.ADVANCES] - then[at.ADVANCES])
    result = after.people[who][at.RESULT]
    if result:
        name = _RESULTS[result - 1]
        decisive = _DECISIVE.get(name, 0)
        change += -decisive if name == "no-sale" and not after.people[who][at.REAL] else decisive
    return change


def _interest(state: State, who: int) -> int:
    """Points of interest at this moment, or at the end of a prospect that has ended."""
    p = state.people[who]
    turn = Turn(state.game.rules, state.core, state.luck)
    turn.clock = max(min(turn.clock, p[at.ENDED_AT] or turn.clock), p[at.SINCE])
    return meters(turn, state.game.rules.prospects[who], p).interest


def _faded(before: State, after: State, who: int) -> int:
    """Points of interest that nothing but time has taken: what the causes told of a move leave over."""
    told = sum(each.points for each in _moved(before, after, who) if each.level in ("excitement", "conviction"))
    return _interest(after, who) - _interest(before, who) - told


def _agreed_wait(before: State, after: State, who: int) -> int:
    """Points of interest that faded while the seller waited for what is agreed: no fault, and nothing to try again."""
    waited = _waited(after) and not silent(before, after, who)
    return _faded(before, after, who) if waited else 0


def _moved(before: State, after: State, who: int) -> list[Change]:
    return [each for each in changes(before, after) if each.prospect == who and not each.faded]


def _causes(before: State, after: State, who: int) -> tuple[str, ...]:
    """What a move changed, in points that add up to what the meters moved by, and what else came of it."""
    causes: list[str] = []
    faded = _faded(before, after, who) - _agreed_wait(before, after, who)
    if faded:
        passed = (after.people[who][at.ENDED_AT] or after.minute) - before.minute
        silence = gettext("silence for {time}").format(time=span_text(passed))
        why = silence if _waited(after) else gettext(FADING)
        causes.append(Change(who, marked("interest"), faded, why).text)
    causes += [each.text for each in _moved(before, after, who)]
    for event in after.events:
        if event.prospect in (who, -1) and event.what not in _NOT_TOLD and cause_text(event) not in causes:
            causes.append(cause_text(event))
    return tuple(causes)


_NOT_TOLD = (*LEVELS, "said", "reply", "narration", "conversation", "waits")
"""Events that are no cause by themselves: levels are told as changes."""


def _fits(line: Line, change: int) -> bool:
    """Whether what an author tells of a line fits what came of it: praise is not told of what cost something."""
    return change > 0 or line.kind in BAD_HABITS


def _principle(after: State, of_line: str) -> str:
    """The principle of the reply that was given, if it has one of its own, else the line's."""
    line = after.line(after.action)
    told = {event.text for event in after.events if event.what in ("reply", "narration")}
    rules = after.game.rules.prospects[_about_whom(after, after)]
    spoken = [*rules.interrupts.rules, *(line.replies.rules if line is not None else ())]
    given = (rule.reply for rule in spoken if told.intersection(rule.reply.says))
    return next((reply.principle for reply in given if reply.principle), of_line)


def _ending(state: State, who: int, rules: ProspectRules, p: Prospect) -> Ending:
    name = rules.prospect.buyer.name
    if not p[at.RESULT]:
        undecided = gettext("Nothing is decided with {name} yet.").format(name=name)
        return Ending(rules.prospect.id, name, None, undecided, (), undecided)
    cause = next(
        (cause_text(event) for event in reversed(state.log) if event.what == "ends" and event.prospect == who), ""
    )
    when = day_text(p[at.ENDED_AT], rules.start)
    how = f"{when}: {cause}."
    if p[at.CANCELLED]:
        how += " " + gettext("The order was cancelled afterwards, as {percent}% of such orders are.").format(
            percent=cancelling(state, who)
        )
    return Ending(
        rules.prospect.id,
        name,
        _RESULTS[p[at.RESULT] - 1],
        f"{name}: {gettext(RESULTS[_RESULTS[p[at.RESULT] - 1]])}, {how}",
        _revealed(rules, p, state.states()[0].people[who], state.game.rules.deadline),
        how[:1].upper() + how[1:],
    )


_UNDECIDED = (marked("Indecision: low."), marked("Indecision: moderate."), marked("Indecision: high."))
"""By indecision, as in `vocabulary.INDECISION`."""


def _name(rules: ProspectRules, of: int | None) -> str | None:
    """What somebody is called of whom something is; None for the buyer."""
    return None if of is None else rules.prospect.names[of]


def _revealed(rules: ProspectRules, p: Prospect, first: Prospect, deadline: int) -> tuple[str, ...]:
    prospect = rules.prospect
    told: list[str] = []
    if not p[at.REAL]:
        told.append(gettext("Was never going to buy from anybody: a clean no was the best there was."))
    elif p[at.READY_AT] <= rules.start:
        told.append(gettext("Could have decided in the first conversation."))
    else:
        day = day_text(p[at.READY_AT], rules.start)
        told.append(gettext("Could not have said yes to you before {day}.").format(day=day))
    others = all_of(named(rules, p[at.DECIDER]))
    told.append(
        gettext("Somebody else decides too: {who}.").format(who=others) if others else gettext("Decides alone.")
    )
    told.append(gettext(_UNDECIDED[p[at.INDECISION]]))
    for index, fact in enumerate(prospect.facts):
        if fact.sort in ("need", "trait") and p[at.HAS] >> index & 1 and not p[at.KNOWN] >> index & 1:
            need, trait = (
                gettext("A need you were never told: {says}"),
                gettext("Something you were never told: {says}"),
            )
            sentence = (need if fact.sort == "need" else trait).format(says=fact.says)
            told.append(told_by(_name(rules, fact.of), sentence))
    for index, objection in enumerate(prospect.objections):
        behind = reason_words(rules, objection, p[at.REASONS] >> 8 * index & 255)
        if p[at.RAISED] >> index & 1:
            settled = gettext("'{objection}' What lay behind it, settled: '{reason}'")
            never = gettext("'{objection}' What lay behind it, never settled: '{reason}'")
            how = settled if p[at.SETTLED] >> index & 1 else never
            sentence = how.format(objection=objection.says, reason=behind)
            told.append(told_by(_name(rules, objection.of), sentence))
        elif p[at.OBJECTS] >> index & 1:
            unsaid = gettext("Something that stood in the way and was never said aloud: '{reason}'")
            told.append(told_by(_name(rules, objection.of), unsaid.format(reason=behind)))
    if first[at.RIVAL_AT] < deadline and prospect.buyer.rival is not None:
        lost = day_text(first[at.RIVAL_AT], rules.start)
        told.append(
            gettext("Without contact, would have bought from {rival} by {day}.").format(
                rival=prospect.buyer.rival.name, day=lost
            )
        )
    return tuple(told)
