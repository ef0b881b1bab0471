"""The moments of a run that moved a buyer most, each with its causes and with what there is to learn from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine import world as at
from engine.calendar import span_text
from engine.changes import FADING, Change, by_cause, changes
from engine.course import silent
from engine.events import LEVELS, SENT, TALKING, Event, cause_text
from engine.play import State
from engine.results import result
from engine.rules.tables import ReplyRule
from engine.rules.turn import Turn
from engine.scenario.compiled import Line
from engine.scenario.vocabulary import COSTLY_KINDS
from engine.seeing import meters
from engine.units import points
from engine.words import gettext, marked

MOMENTS: Final = 3
"""How many moments are picked out."""
DECIDED: Final = 40
"""Points that an order counts; what is lost counts as many less."""
AGREED: Final = 15
"""Points that a dated step counts; a continuation counts as many less."""
_DECISIVE: Final = {"order": DECIDED, "no-sale": -DECIDED, "lost-to-rival": -DECIDED, "lost-to-no-decision": -DECIDED}


@dataclass(frozen=True, slots=True)
class Moment:
    """A move that moved the buyer."""

    move: int
    """Index into the run's moves; a retry starts before it."""
    minute: int
    prospect: str
    change: int
    """Points of interest and trust gained or lost, less those by which pressure rose, with `DECIDED` and `AGREED`. What
    silence cost after a parting without a date is the parting's."""
    said: str
    """What the player said or did."""
    causes: tuple[str, ...]
    principle: str
    """The author's sentence about it, or an empty text."""
    answer: str = ""
    """What was answered first, after the name of who answered it; empty where nobody did."""


def moments(states: Sequence[State]) -> tuple[Moment, ...]:
    """The moves with the largest changes, in the order in which they were made. What was said or done several times
    has one lesson, and is there once: where it changed most."""
    found = _with_silence(states, [each for number in range(1, len(states)) if (each := _moment(states, number))])
    found.sort(key=lambda moment: (-abs(moment.change), moment.move))
    different = {_deed(states, moment): moment for moment in reversed(found)}
    picked = [moment for moment in found if different[_deed(states, moment)] is moment][:MOMENTS]
    return tuple(sorted(picked, key=lambda moment: moment.move))


def _deed(states: Sequence[State], moment: Moment) -> str:
    """What was said or done, in the words of the first time, whatever they were this time."""
    after = states[moment.move + 1]
    line = after.line(after.action)
    return moment.said if line is None else line.line.words()


def _with_silence(states: Sequence[State], found: Sequence[Moment]) -> list[Moment]:
    """Moments, with what silence cost counted to the parting without a date that led to it."""
    names = [each.id for each in states[0].game.scenario.prospects]
    partings: dict[int, int] = {}
    told: dict[int, Moment] = {}
    silences: dict[int, list[tuple[int, int]]] = {}
    came: dict[int, list[str]] = {}
    for moment in found:
        who, before, after = names.index(moment.prospect), states[moment.move], states[moment.move + 1]
        parting = partings.get(who)
        if after.people[who][at.CONTINUATIONS] > before.people[who][at.CONTINUATIONS]:
            partings[who] = moment.move
        elif after.people[who][at.TALKS] > states[(parting or 0) + 1].people[who][at.TALKS]:
            partings.pop(who, None)
        elif parting is not None and moment.change < 0 and silent(before, after, who) and _waited(after):
            led = told[parting]
            told[parting] = replace(led, change=led.change + moment.change)
            came.setdefault(parting, []).extend(_told(before, after, who))
            silences.setdefault(parting, []).append((_cooled(before, after, who), _passed(before, after, who)))
            continue
        told[moment.move] = moment
    for parting, quiet in silences.items():
        led, own = told[parting], next(each.change for each in found if each.move == parting)
        afterwards = (gettext("{cause}, afterwards").format(cause=each) for each in (*_silence(quiet), *came[parting]))
        untold = led.principle in ("", gettext(_NOTHING_TOLD)) and 2 * own > led.change  # most of it came afterwards
        lesson = gettext(_SILENT) if untold else led.principle
        told[parting] = replace(led, causes=(*led.causes, *afterwards), principle=lesson)
    return list(told.values())


def _silence(quiet: Iterable[tuple[int, int]]) -> Iterator[str]:
    """What several silences after one parting cost, told once: points of interest, and minutes."""
    cooled, passed = map(sum, zip(*quiet, strict=True))
    if cooled:
        why = gettext("silence for {time}").format(time=span_text(passed))
        yield Change(0, marked("interest"), cooled, why).text


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
        principle=_principle(after, line.line.principle if line is not None and _fits(line.line, change) else "")
        or _why_it_cost(after, who, change),
        answer=next(
            (_answer(after, event) for event in after.events if (event.prospect, event.what) == (who, "reply")), ""
        ),
    )


def _answer(after: State, event: Event) -> str:
    return f"{event.by or after.game.rules.prospects[event.prospect].prospect.buyer.name}: {event.text}"


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
    change -= max(0, sum(each.points for each in _moved(before, after, who) if each.level == "pressure"))
    change -= _agreed_wait(before, after, who)
    change -= AGREED * (now[at.CONTINUATIONS] - then[at.CONTINUATIONS])
    change += AGREED * (now[at.ADVANCES] - then[at.ADVANCES])
    ended = result(now)
    decisive = _DECISIVE.get(ended or "", 0)
    return change + (-decisive if ended == "no-sale" and not now[at.REAL] else decisive)


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
    cooled = _cooled(before, after, who)
    if not cooled:
        return tuple(_told(before, after, who))
    silence = gettext("silence for {time}").format(time=span_text(_passed(before, after, who)))
    why = silence if _waited(after) else gettext(FADING)
    return (Change(who, marked("interest"), cooled, why).text, *_told(before, after, who))


def _cooled(before: State, after: State, who: int) -> int:
    """Points of interest that time has taken, but for those of an agreed wait."""
    return _faded(before, after, who) - _agreed_wait(before, after, who)


def _passed(before: State, after: State, who: int) -> int:
    return (after.people[who][at.ENDED_AT] or after.minute) - before.minute


def _told(before: State, after: State, who: int) -> list[str]:
    """What a move changed beside what time has taken, one cause a text, and what else came of it."""
    causes = [text for _, text in by_cause(_moved(before, after, who))]
    ends = any(event.what == "ends" and event.prospect == who for event in after.events)
    for event in after.events:
        if event.prospect not in (who, -1) or _says_nothing(event) or (ends and event.what == "decision"):
            continue  # an end says more than the decision that led to it
        told = cause_text(event)
        if not any(each == told or each.endswith(f": {told}") for each in causes):
            causes.append(told)
    return causes


def _says_nothing(event: Event) -> bool:
    """Whether an event is no cause by itself: what was done or heard anyway, and levels, which are told as changes."""
    done = event.what == "contact" and event.amount in (TALKING, SENT)
    return done or event.what in _NOT_TOLD


_NOT_TOLD = (*LEVELS, "said", "reply", "narration", "conversation", "waits")


def _fits(line: Line, change: int) -> bool:
    """Whether what an author tells of a line fits what came of it: praise is not told of what cost something."""
    return change > 0 or line.kind in COSTLY_KINDS


def _principle(after: State, of_line: str) -> str:
    """The principle of the reply that was given, if it has one of its own, else the line's."""
    line = after.line(after.action)
    rules = after.game.rules.prospects[_about_whom(after, after)]
    spoken = [*rules.interrupts.rules, *(line.replies.rules if line is not None else ())]
    return next((rule.reply.principle for rule in _given(after, spoken) if rule.reply.principle), of_line)


def _given(after: State, spoken: Iterable[ReplyRule]) -> Iterator[ReplyRule]:
    """Those of some replies that were given."""
    told = {event.text for event in after.events if event.what in ("reply", "narration")}
    return (rule for rule in spoken if told.intersection(rule.reply.says))


def _why_it_cost(after: State, who: int, change: int) -> str:
    """What there is to learn from a move that cost something and of which no author tells anything."""
    if change >= 0:
        return ""
    p, line = after.people[who], after.line(after.action)
    if line is None:
        ended = result(p) or ""
        if ended == "lost-to-rival" and p[at.READY_AT] > p[at.ENDED_AT]:
            return gettext("They bought elsewhere before they could have said yes to you. Being useful delays that.")
        return gettext(_WAITED[ended]) if ended in _WAITED else ""
    taken = any(min(rule.effects[1:3]) < 0 for rule in _given(after, line.replies.rules))
    if taken and line.line.kind in _ANSWERING:
        return gettext(_NOTHING_TOLD)
    return ""


_NOTHING_TOLD: Final = marked("It answered nothing that they had told you. Ask what it is about before you answer it.")
_SILENT: Final = marked("Most of it was lost afterwards: nothing was agreed, and you let silence follow.")
_UNASKED: Final = marked("Time decides nothing. Somebody who is not asked for a yes, a no or a day gives none.")
_WAITED: Final = {
    "lost-to-rival": marked(
        "Somebody else was quicker. Find out early what they need, and agree on a day that is near."
    ),
    "lost-to-no-decision": _UNASKED,
    "expired": _UNASKED,
    "never-contacted": _UNASKED,
}
"""What there is to learn from time that was let pass, by what came of it."""
_ANSWERING: Final = ("present", "demonstrate", "proof", "handle")
"""Kinds of lines that answer a need or an objection, and that can answer one that nobody has."""
