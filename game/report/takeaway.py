"""What there is to take away from a judged run: at length for a report, in two lines for a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from engine import world as at
from engine.coach.judgement import JUDGED, THRESHOLDS
from engine.reasons import answer
from engine.rules.tables import RESULT, WAITS
from engine.scenario.vocabulary import ASKS
from engine.units import CERTAIN
from engine.words import gettext, marked, ngettext
from game.report.verdict import (
    advised,
    came_of,
    gone,
    half,
    instead,
    last_chance,
    left_alone,
    orders_left,
    points_lost,
    rough,
    warned,
    warning,
    why_lost,
    words_of,
)
from game.words.wording import came, why_text

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis, Verdict
    from engine.play import State
    from engine.view import Cues
    from game.report.verdict import Gone, Words

_ANYTHING: Final = 50
"""Points by which what the play was worth may be off, either way, when that may be anything from 0 to 100."""
_HABITS: Final = 3
"""Moves that cost whenever they are made from which on they are told beside what cost most."""
_SEVERAL: Final = 2
"""Moves at the end of a run with which little was lost because little was left, from which on that is told."""
_AN_ORDER: Final = CERTAIN // 10
"""Orders still to be expected, in millionths, from which on nobody is told that little was left."""
_NOTHING_LOST: Final = marked(
    "Every move was as good as the best, as far as can be told. The rest was the buyer, and luck."
)
_NOT_WHICH: Final = marked("More than one move may have cost most: which did cannot be told from luck.")
_NOTHING_SURE: Final = marked("No move of this run surely lost anything. Some may have: luck hides which.")
_MORE: Final = marked("Others may have lost more: luck hides which.")
_UNKNOWN: Final = marked("How good these moves were cannot be told from so few imaginings.")


def takeaway(found: Analysis, end: State, cues: Cues) -> Iterator[str]:
    """Yield what cost most, and what to try next time."""
    worst = found.costliest
    if worst is None:
        yield _nothing(found, lambda number: words_of(end.states()[number], cues))
        yield from learnt(found, end)
        if better := _in_place(found, end, cues):
            yield gettext("Next time try: {words}").format(words=better)
        return
    before, currency = end.states()[worst.number], end.game.scenario.currency
    words = words_of(before, cues)
    went, last = gone(worst, before), found.gave_up
    if last is not None:
        gave_up = gettext("Giving up at move {number} cost {loss} (+/- {error}). What is to be learnt lies before it.")
        yield gave_up.format(
            number=last.number + 1,
            loss=rough(last.loss, last.point, currency),
            error=rough(half(last.error), last.point, currency),
        )
        yield from why_lost(last, len(before.people))
        went = None
    yield _cost_most(worst, went, last).format(
        number=worst.number + 1,
        since=went.since + 1 if went is not None else None,
        words=words[worst.name],
        loss=rough(worst.loss, worst.point, currency),
        error=rough(half(worst.error), worst.point, currency),
    )
    told_of_it = "" if went is not None and went.harmless else last_chance(worst, before)
    after = end.states()[worst.number + 1]
    yield from filter(None, (warned(worst, before), told_of_it, came_of(worst, before, after)))
    yield from _refused(before, after)
    yield from why_lost(worst, len(before.people))
    yield from _bought_from_nobody(before, worst)
    yield from _lost_by_then(found, end)
    once_more, new = gettext("Next time try once more: {words}"), gettext("Next time try: {words}")
    again = _said_before(found, worst, lambda number: words_of(end.states()[number], cues))
    yield (once_more if again else new).format(words=words[worst.best])
    yield from learnt(found, end)
    if len(found.unpunished) >= _HABITS:
        yield _cost_whenever(found.unpunished, words_of(end.states()[found.unpunished[0].number], cues))
        if better := _in_place(found, end, cues):
            yield gettext("In its place: {words}").format(words=better)


def _cost_most(worst: Verdict, went: Gone | None, last: Verdict | None) -> str:
    """How what cost most is told. Where that is a chance which went, and what was said did no harm, nobody is told that
    a decent sentence cost them most. `last` gave up after it."""
    if last is not None:
        return gettext("Of the moves before, move {number} cost most, {loss} (+/- {error}): {words}")
    if went is None or not went.harmless:
        return gettext("Move {number} cost most, {loss} (+/- {error}) of what was to be earned there: {words}")
    if went.since == worst.number:
        return gettext(
            "What cost most, {loss} (+/- {error}) of what was to be earned there, is a chance that went with move "
            "{number}. What was said instead did no harm by itself: {words}"
        )
    return gettext(
        "What cost most, {loss} (+/- {error}) of what was to be earned there, is a chance that had been there since "
        "move {since} and went with move {number}. What was said instead did no harm by itself: {words}"
    )


def _in_place(found: Analysis, end: State, cues: Cues) -> str:
    """What to say or do in place of the first habit; empty where there is none, or nothing to be advised."""
    for first in found.unpunished[:1]:
        before = end.states()[first.number]
        if better := instead(first, before):
            return words_of(before, cues)[better]
    return ""


def _refused(before: State, after: State) -> Iterator[str]:
    """Yield what came of a move that asked for the decision in vain, and why: what it lost is only a number."""
    asked = answer(before, after)
    if asked is None or asked.kind not in ASKS or asked.yes:
        return
    if "no-buyer" in asked.bars:  # of which there is a sentence in any case
        yield gettext("What came of it: {came}.").format(came=came(asked))
    else:
        yield gettext("What came of it: {came}; {why}.").format(came=came(asked), why=why_text(asked))


def _bought_from_nobody(before: State, worst: Verdict) -> Iterator[str]:
    """Yield that the buyer of whom it is told what a move cost would never have bought: it cost that with others."""
    what = before.game.rules.moves[before.game.move_named(worst.name)]
    who = what[0] if not isinstance(what, str) else 0 if len(before.people) == 1 else None
    if who is not None and not before.people[who][at.REAL]:
        yield gettext("This one would have bought from nobody, which could not be known.")


def _lost_by_then(found: Analysis, end: State) -> Iterator[str]:
    """Yield from which move on nothing could turn the sale any more, where nobody ordered: that the last moves lost
    little is no praise of them."""
    if any(person[at.RESULT] == RESULT["order"] for person in end.people):
        return
    least = len(found.moves)
    while least and _little_left(found.moves[least - 1]):
        least -= 1
    if len(found.moves) - least >= _SEVERAL:
        told = gettext("From move {number} on little was left to be earned, whatever was said.")
        left = orders_left(found.moves[least], len(end.people))
        yield f"{told.format(number=least + 1)} {left}".strip()


def _little_left(verdict: Verdict) -> bool:
    """Whether a move lost little because little was left, with hardly an order to be expected any more."""
    order = verdict.best_orders is not None and verdict.best_orders >= _AN_ORDER
    return verdict.little_at_stake and verdict.judgement not in JUDGED and not order


def learnt(found: Analysis, end: State) -> list[str]:
    """What there is to learn from what was better than the move that cost most or, where that is no move, from the
    first habit. That somebody was pestered who had asked to be left alone is told in any case: it may cost little once
    everything is lost."""
    worst, states = found.costliest, end.states()
    if worst is None:
        told = (warning(each, states[each.number]) for each in found.unpunished)
        return [text for text in islice(told, 1) if text]
    pestered = (each for each in found.moves if each != worst and left_alone(each, states[each.number]))
    besides = gettext("Besides, move {number}: {why}")
    return [
        *filter(None, (advised(worst, states[worst.number]),)),
        *(
            besides.format(number=each.number + 1, why=warning(each, states[each.number]))
            for each in islice(pestered, 1)
        ),
        *filter(None, (_less_sure(found, worst),)),
    ]


def _less_sure(found: Analysis, worst: Verdict) -> str:
    """That another move seems to have lost more than the one that cost most, if one does: whoever sees what each lost
    would take the other for an error."""
    other = max(found.moves, key=lambda each: each.points)
    if round(other.points) <= round(worst.points) or other.gives_up:
        return ""
    return gettext("Move {number} seems to have cost even more, but that is less sure.").format(number=other.number + 1)


def advice(found: Analysis, words: Callable[[int], Words], why: str = "", went: Gone | None = None) -> str:
    """What `takeaway` yields, in two lines; a warning about what cost most, `why`, stands between them. `words` gives
    those of a move. `went` with what cost most, see `verdict.gone`."""
    worst = found.costliest
    if worst is None:
        return _nothing(found, words)
    said, last = words(worst.number), found.gave_up
    told = gettext("Move {number} cost most, {points}: {words}")
    if last is not None:
        told = gettext("Before you gave up at move {last}, move {number} cost most, {points}: {words}")
    elif went is not None and went.harmless:
        told = gettext(
            "A chance that went with move {number} cost most, {points}. What was said instead did no harm: {words}"
        )
    told = told.format(
        number=worst.number + 1,
        points=points_lost(worst),
        words=said[worst.name],
        last=last.number + 1 if last is not None else None,
    )
    once_more, new = gettext("Next time, once more: {words}"), gettext("Next time: {words}")
    better = (once_more if _said_before(found, worst, words) else new).format(words=said[worst.best])
    if worst.unasked in said and worst.unasked != worst.best:
        ask = gettext("And before you go, ask: {words}").format(words=said[worst.unasked])
        better = f"{better} {ask}"
    return "\n".join(filter(None, (told, why, better)))


def _said_before(found: Analysis, verdict: Verdict, words: Callable[[int], Words]) -> bool:
    """Whether what was best at a move had been said or done before in the same words, and would come to more now: other
    words for it say themselves that it is done once more. To wait is nothing that is."""
    best, now = verdict.best, words(verdict.number)
    earlier = (each.number for each in found.moves[: verdict.number] if each.name == best)
    return best not in WAITS and any(words(number)[best] == now[best] for number in earlier)


def _nothing(found: Analysis, words: Callable[[int], Words]) -> str:
    """What is said of a run in which no move cost most, with what may cost more another time."""
    habits = found.unpunished
    if not habits:
        return _none_cost_most(found)
    return f"{_none_cost_most(found)} {_cost_whenever(habits, words(habits[0].number))}"


def _cost_whenever(habits: Sequence[Verdict], words: Words) -> str:
    """That these moves, one or more, are habits; `words` are those of the first."""
    return ngettext(
        "Move {numbers} is a habit that costs whenever there is more to lose: {words}",
        "Moves {numbers} are habits that cost whenever there is more to lose. The first of them: {words}",
        len(habits),
    ).format(numbers=_numbers([each.number + 1 for each in habits]), words=words[habits[0].name])


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers in ascending order, listed; three or more in a row by their ends."""
    told = []
    for _, row in groupby(enumerate(numbers), lambda each: each[1] - each[0]):
        first, *more = [number for _, number in row]
        if len(more) > 1:
            told.append(gettext("{first} to {last}").format(first=first, last=more[-1]))
        else:
            told += map(str, (first, *more))
    return ", ".join(told)


def _none_cost_most(found: Analysis) -> str:
    if found.mistakes:
        return gettext(_NOT_WHICH)
    if not told_apart(found):
        return gettext(_UNKNOWN)
    unclear = any(each.judgement == "unclear" for each in found.moves)
    small = round(lost(found))
    if 0 < small < THRESHOLDS[-1][0] and not (unclear or found.unpunished):
        return ngettext(
            "Well played: all that the moves lost is {count} point of a hundred.",
            "Well played: all that the moves lost is {count} points of a hundred.",
            small,
        ).format(count=small)
    if small:
        told = ngettext(
            "No move lost enough for an inaccuracy, but small losses add up to {count} point.",
            "No move lost enough for an inaccuracy, but small losses add up to {count} points.",
            small,
        ).format(count=small)
        return f"{told} {gettext(_MORE)}" if unclear else told
    return gettext(_NOTHING_SURE if unclear else _NOTHING_LOST)


def told_apart(found: Analysis) -> bool:
    """Whether what the play was worth is known well enough to be told as a figure: so many points may be lost that it
    is nothing in any case."""
    off = half(found.play_error)
    return off < _ANYTHING or 100 - lost(found) + off <= 0


def lost(found: Analysis) -> float:
    """The points that all moves lost."""
    return sum(each.points for each in found.moves)
