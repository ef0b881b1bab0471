"""What a run has to teach: how it ended and why, the score, the course of interest, and the moments that moved it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine import world as at
from engine.calendar import day_text, run_clock_text, whole_day_text
from engine.course import CurvePoint, curve, lost
from engine.events import cause_text
from engine.moments import Moment, moments
from engine.money import money_text
from engine.par import Par
from engine.play import State
from engine.reasons import Answer, answers, cancelling
from engine.results import ENDINGS, ending
from engine.rules.deciders import named
from engine.rules.objections import reason_words
from engine.rules.tables import ProspectRules
from engine.rules.value import surplus
from engine.scenario.compiled import Fact, Line, Objection
from engine.score import Scorecard, scorecard
from engine.units import DAY
from engine.view import told_by
from engine.words import all_of, gettext, marked
from engine.world import Prospect


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended with one prospect."""

    prospect: str
    name: str
    result: str | None
    """One of `results.ENDINGS`; None for a run that is not over."""
    sentence: str
    revealed: tuple[str, ...]
    """The hidden facts, in words, now that it is over."""
    how: str = ""
    """The sentence without its beginning: when it ended, and why."""


@dataclass(frozen=True, slots=True)
class Debrief:
    """What there is to learn from a run."""

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
    def names(self) -> dict[str, str]:
        """The prospects' names by id."""
        return {each.prospect: each.name for each in self.endings}

    def when(self, minute: int) -> str:
        """A moment of the run, in words, as `course.dates` has it."""
        ends = [(points[0].minute, points[-1].minute) for points in self.curves.values() if points]
        starts, overs = zip(*ends, strict=True) if ends else ((minute,), (minute,))
        return run_clock_text(minute, min(starts), max(overs))

    @property
    def won(self) -> bool:
        """Whether everybody ordered and kept to it, or the run earned par, once that is known."""
        card = self.scorecard
        ordered = all(each.result == "order" for each in self.endings) and card.value > 0
        beaten = card.result_percent is not None and card.result_percent >= 100
        return ordered or (beaten and not card.par_so_far)

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
    curves = {one.prospect.id: curve(states, who, one) for who, one in enumerate(prospects)}
    return Debrief(
        endings=tuple(
            _ending(state, who, one, p) for who, (one, p) in enumerate(zip(prospects, state.people, strict=True))
        ),
        scorecard=scorecard(state, par),
        curves=curves,
        silence_lost={name: lost(points) for name, points in curves.items()},
        moments=moments(states),
        answers=answers(state) if state.is_terminal() else (),
    )


def _ending(state: State, who: int, rules: ProspectRules, p: Prospect) -> Ending:
    name = rules.prospect.buyer.name
    result = ending(p)
    if result is None:
        undecided = gettext("Nothing is decided with {name} yet.").format(name=name)
        return Ending(rules.prospect.id, name, None, undecided, (), undecided)
    cause = next(
        (cause_text(event) for event in reversed(state.log) if event.what == "ends" and event.prospect == who), ""
    )
    when = day_text(p[at.ENDED_AT], rules.start)
    how = f"{when}: {cause}."
    if p[at.CANCELLED]:
        offer = rules.prospect.offer
        kept = f"{money_text(surplus(rules, p), offer.currency)} {offer.currency}"
        how += f" {_cancelled(*told)} " if (told := cancelling(state, who)) else " "
        how += gettext("Kept, it would have brought {money}.").format(money=kept)
    return Ending(
        rules.prospect.id,
        name,
        result,
        f"{name}: {gettext(ENDINGS['order' if p[at.CANCELLED] else result])}, {how}",
        tuple(_revealed(rules, [each.people[who] for each in state.states()], state.game.rules.deadline)),
        how[:1].upper() + how[1:],
    )


def _cancelled(percent: int, pressed: int) -> str:
    """How likely it was that an order would be cancelled, and what had made it so."""
    if not pressed:
        return gettext("The order was cancelled afterwards, as {percent}% of such orders are.").format(percent=percent)
    return gettext(
        "The order was cancelled afterwards, as {percent}% of such orders are: {price}% at this price, "
        "and {pressed}% more for the pressure."
    ).format(percent=percent, price=percent - pressed, pressed=pressed)


_UNDECIDED = (marked("Indecision: low."), marked("Indecision: moderate."), marked("Indecision: high."))
"""By indecision, as in `vocabulary.INDECISION`."""


def _name(rules: ProspectRules, of: int | None) -> str | None:
    """The name of whoever has this need or objection; None for the buyer."""
    return None if of is None else rules.prospect.names[of]


def _way(says: str, lines: Iterable[Line]) -> str:
    """What can be said about it, in the words of the first of some lines; nothing where an author wrote none."""
    line = next(iter(lines), None)
    return f" {says.format(words=line.words())}" if line is not None else ""


def _revealed(rules: ProspectRules, course: Sequence[Prospect], deadline: int) -> Iterator[str]:
    """What a seller could not see, from all that a prospect was in the course of the run."""
    first, p = course[0], course[-1]
    yield _when_ready(rules, p)
    others = all_of(named(rules, p[at.DECIDER]))
    yield gettext("Somebody else decides too: {who}.").format(who=others) if others else gettext("Decides alone.")
    yield gettext(_UNDECIDED[p[at.INDECISION]])
    for index, fact in enumerate(rules.prospect.facts):
        if fact.sort in ("need", "trait") and p[at.HAS] >> index & 1 and not p[at.KNOWN] >> index & 1:
            yield told_by(_name(rules, fact.of), _untold(rules, index, fact))
    for index, objection in enumerate(rules.prospect.objections):
        if p[at.RAISED] >> index & 1:
            settled_once = any(each[at.SETTLED] >> index & 1 for each in course)
            yield told_by(_name(rules, objection.of), _raised(rules, p, index, objection, settled_once))
        elif p[at.OBJECTS] >> index & 1:
            behind = reason_words(rules, objection, _reason(p, index))
            unsaid = gettext("Something that stood in the way and was never said aloud: '{reason}'")
            yield told_by(_name(rules, objection.of), unsaid.format(reason=behind))
    rival = rules.prospect.buyer.rival
    if first[at.RIVAL_AT] < deadline and rival is not None:
        lost = whole_day_text(first[at.RIVAL_AT], rules.start)
        without = gettext("Without contact, would have bought from {rival} by {day}.")
        if first[at.RIVAL_AT] < p[at.READY_AT]:
            without = gettext(
                "Without contact, would have bought from {rival} by {day}, before they could decide: a rival is kept "
                "waiting by whoever stays in touch and is of use."
            )
        yield without.format(rival=rival.name, day=lost)


def _when_ready(rules: ProspectRules, p: Prospect) -> str:
    """From when on a prospect could have decided."""
    if not p[at.REAL]:
        return gettext("Was never going to buy from anybody: a clean no was the best there was.")
    if p[at.READY_AT] <= rules.start:
        return gettext("Could have decided in the first conversation.")
    same_day = p[at.READY_AT] // DAY == rules.start // DAY
    day = (day_text if same_day else whole_day_text)(p[at.READY_AT], rules.start)
    return gettext("Could not have said yes to you before {day}.").format(day=day)


def _untold(rules: ProspectRules, index: int, fact: Fact) -> str:
    """A need or a trait that the seller was not told, and what asks for it."""
    need, trait = gettext("A need you were never told: '{says}'"), gettext("Something you were never told: '{says}'")
    at_once, in_time = (
        gettext("What asks for it: “{words}”"),
        gettext("What asks for it, once they trust you: “{words}”"),
    )
    asks = (line for line in rules.prospect.lines if index in line.reveals)
    return (need if fact.sort == "need" else trait).format(says=fact.says) + _way(
        in_time if fact.guarded else at_once, asks
    )


def _raised(rules: ProspectRules, p: Prospect, index: int, objection: Objection, settled_once: bool) -> str:
    """An objection that was raised, with what lay behind it; of one that was not settled, what answers that."""
    reason = _reason(p, index)
    settled = gettext("'{objection}' What lay behind it, settled: '{reason}'")
    never = gettext("'{objection}' What lay behind it, not settled in the end: '{reason}'")
    back = gettext(
        "'{objection}' What lay behind it: '{reason}' You answered it, but nobody had confirmed that when a "
        "talk ended with nothing agreed, and it came back."
    )
    is_settled = bool(p[at.SETTLED] >> index & 1)
    how = settled if is_settled else back if settled_once else never
    told = how.format(objection=objection.says, reason=reason_words(rules, objection, reason))
    answers = (line for line in rules.prospect.lines if reason in line.handles_reasons and not is_settled)
    return told + _way(gettext("What answers it: “{words}”"), answers)


def _reason(p: Prospect, objection: int) -> int:
    """What really lies behind an objection."""
    return p[at.REASONS] >> 8 * objection & 255
