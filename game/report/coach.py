"""What the coach says of a run: for people, as a report; for scripts, as data.

The layout of `as_data`, with amounts in hundredths:

```text
digest, rules     of the scenario, and of the rules
opening           the first link of the run's chain, which names the run
imaginings        how many the figures are from, except where fewer have settled a move
result            par - losses + luck_answers + luck_buyer
par, par_error, par_so_far     with its standard error, and whether it is not known well enough yet
losses, error     what the moves lost, with its standard error
luck_answers, luck_buyer
accuracy          0 to 100
play, play_error  what the play was worth: 100 less the points that its moves lost
point             what a point is worth at the least, in hundredths of the amounts
moves             one each:
  number, name    from 0, and as a record writes it
  value, known    what it was worth, as far as the player could know, and with this very buyer
  best            the best choice
  loss, error     what was lost against that, with its standard error; 0 where that is unclear
  points, point   the loss in hundredths of what was at stake at that move, and what one of these is worth
  judgement, costly, too_early   the word for it; whether it costs whenever it is said; whether it came too early
  luck            of the answer
  orders, best_orders            to be expected after it, and after the best choice, in millionths
  line            the best choice, and what would have followed it
  unasked         how the coach would have asked for the decision in a conversation that ended with the move, unasked
  alternatives    all that could be done: name, value, error, known, costly, and right (whether it is as good an answer
    as the best, when it is asked about)
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from engine import world as at
from engine.coach.judgement import JUDGED, THRESHOLDS
from engine.course import curve, dates
from engine.reasons import answer, answers, missed
from engine.rules.tables import RESULT, WAITS
from engine.scenario.vocabulary import ASKS
from engine.units import CERTAIN
from engine.words import gettext, marked, ngettext
from game.practice.habits import habit_text
from game.practice.overlay import overlay
from game.report.document import Chart, Command, Heading, Paragraph, Part, Table
from game.report.verdict import (
    advised,
    came_of,
    choices,
    gone,
    half,
    instead,
    judged_text,
    last_chance,
    left_alone,
    lost_text,
    orders_left,
    points_lost,
    remarks,
    rough,
    warned,
    warning,
    why_lost,
    words_of,
)
from game.words.wording import came, money, told_answers, why_text

if TYPE_CHECKING:
    from engine.coach.habits import Habit
    from engine.coach.verdict import Analysis, Verdict
    from engine.play import State
    from engine.reasons import Chance
    from engine.view import Cues
    from game.report.verdict import Gone, Words

_ANYTHING: Final = 50
"""Points by which what the play was worth may be off, either way, when that may be anything from 0 to 100."""
AT_WORK: Final = marked("The coach is at work …")
"""What stands there until the coach has judged a run."""
CURVE: Final = 72
"""Columns of a curve of interest."""
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


def as_data(found: Analysis) -> dict[str, Any]:
    """The analysis as JSON has it."""
    told = asdict(found) | {"luck_buyer": found.luck_buyer, "play": found.play, "play_error": found.play_error}
    for move, verdict in zip(told["moves"], found.moves, strict=True):
        for each in move["alternatives"]:
            each["right"] = verdict.right(each["name"])
    return told


def report(
    found: Analysis, end: State, cues: Cues, again: str = "", usual: Mapping[str, Habit] = MappingProxyType({})
) -> Iterator[Part]:
    """Yield the whole report. `again` is the command that goes back to the move that cost most, or nothing; `usual`,
    what the player usually does."""
    currency = end.game.scenario.currency
    yield Heading(gettext("The coach: {title}").format(title=end.game.scenario.title))
    yield Heading(gettext("To take away"), 2)
    for text in takeaway(found, end, cues):
        yield Paragraph(text)
    if again:
        yield Paragraph(gettext("To go back there:"))
        yield Command(again)
    for chance in missed(end):
        yield Paragraph(missed_text(chance, end))
    yield Heading(gettext("Where the result comes from"), 2)
    yield Table(("", currency), tuple(where(found, len(end.game.rules.prospects), currency)))
    yield Paragraph(play_text(found))
    yield Heading(gettext("Interest"), 2)
    for who, rules in enumerate(end.game.rules.prospects):
        points = curve(end.states(), who, rules)
        yield Chart(((rules.prospect.buyer.name, overlay(points, (), CURVE).mine),))
    yield Heading(gettext("Move by move"), 2)
    whens = dates(end)
    rows = tuple(
        (
            f"{lost_text(verdict):>4}",
            f"{verdict.number + 1}. {words_of(before, cues)[verdict.name]} ({whens[verdict.number]}): "
            f"{judged_text(verdict)}.",
        )
        for verdict, before in zip(found.moves, end.states(), strict=False)
    )
    yield Table((gettext("points"), gettext("move")), rows, listed=True)
    for verdict, before in zip(found.moves, end.states(), strict=False):
        if verdict.line:
            yield from _move(verdict, before, end.states()[verdict.number + 1], cues, found)
            if text := habit_text(usual, before, verdict):
                yield Paragraph(text)
    buyers = [one.buyer.name for one in end.game.scenario.prospects]
    asked = answers(end)
    if asked:
        yield Heading(gettext("Why they answered as they did"), 2)
        yield Table(
            (gettext("move"), gettext("why")),
            tuple((f"{number:>4}.", f"{text}.") for number, text in told_answers(asked, buyers)),
            listed=True,
        )
        yield Paragraph(
            gettext(
                "In points of chance: what each added or cost, compared with half of interest, of trust and of "
                "needs met, and none of anything else."
            )
        )
    yield Paragraph(_method(found))


def takeaway(found: Analysis, end: State, cues: Cues) -> Iterator[str]:
    """Yield what cost most, and what to try next time."""
    worst = found.costliest
    if worst is None:
        yield _nothing(found, lambda number: words_of(end.states()[number], cues))
        yield from learnt(found, end)
        yield from _instead(found, end, cues)
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
    habits = [each for each in found.moves if each.unpunished]
    if len(habits) >= _HABITS:
        first = end.states()[habits[0].number]
        yield _cost_whenever(habits, words_of(first, cues))
        if better := instead(habits[0], first):
            yield gettext("In its place: {words}").format(words=words_of(first, cues)[better])


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


def _instead(found: Analysis, end: State, cues: Cues) -> Iterator[str]:
    """Yield what to do instead of the first habit."""
    first = next((each for each in found.moves if each.unpunished), None)
    if first is not None and (better := instead(first, end.states()[first.number])):
        words = words_of(end.states()[first.number], cues)[better]
        yield gettext("Next time try: {words}").format(words=words)


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
        told = (warning(each, states[each.number]) for each in found.moves if each.unpunished)
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
    habits = [each for each in found.moves if each.unpunished]
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
    if not _told_apart(found):
        return gettext(_UNKNOWN)
    unclear = any(each.judgement == "unclear" for each in found.moves)
    small = round(_lost(found))
    if 0 < small < THRESHOLDS[-1][0] and not (unclear or any(each.unpunished for each in found.moves)):
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


def _told_apart(found: Analysis) -> bool:
    """Whether what the play was worth is known well enough to be told as a figure: so many points may be lost that it
    is nothing in any case."""
    off = half(found.play_error)
    return off < _ANYTHING or 100 - _lost(found) + off <= 0


def _lost(found: Analysis) -> float:
    """The points that all moves lost."""
    return sum(each.points for each in found.moves)


def where(found: Analysis, buyers: int, currency: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a result from so many buyers, which add up to it once par is known."""
    if found.par is not None:
        about = ngettext(
            "par: the best player with this very buyer", "par: the best player with these very buyers", buyers
        )
        if found.par_so_far:
            about = gettext("{par} (so far, +/- {error})").format(par=about, error=_par_error(found, currency))
        yield about, rough(found.par, found.point, currency)
    yield gettext("what the moves lost, as far as you could know"), rough(-found.losses, found.point, currency)
    yield gettext("luck of the answers"), rough(found.luck_answers, found.point, currency)
    if found.luck_buyer is not None:
        cost_less, cost_more = (
            ngettext(
                "luck of the buyer: with this one the moves cost less",
                "luck of the buyers: with these the moves cost less",
                buyers,
            ),
            ngettext(
                "luck of the buyer: with this one the moves cost more",
                "luck of the buyers: with these the moves cost more",
                buyers,
            ),
        )
        about = cost_less if found.luck_buyer >= 0 else cost_more
        yield about, rough(found.luck_buyer, found.point, currency)
    yield gettext("result"), money(found.result, currency)


def par_text(found: Analysis, currency: str) -> str:
    """`par 696`, or `par so far 700 (+/- 180)`."""
    par = rough(found.par or 0, found.point, currency, unit=False)
    if not found.par_so_far:
        return f"{gettext('par')} {par}"
    return gettext("par so far {par} (+/- {error})").format(par=par, error=_par_error(found, currency))


def _par_error(found: Analysis, currency: str) -> str:
    return rough(half(found.par_error or 0), found.point, currency, unit=False)


def head_text(found: Analysis) -> str:
    """What the play was worth in a few words, to stand beside a title."""
    if not _told_apart(found):
        return gettext("play: too uncertain for a figure")
    sentence = gettext("play {percent}% (+/- {error}) · accuracy {accuracy}")
    return sentence.format(percent=_percent(found), error=half(found.play_error), accuracy=f"{found.accuracy:.0f}")


def _percent(found: Analysis) -> str:
    return f"{found.play:.0f}"


def play_text(found: Analysis) -> str:
    """What the play was worth, apart from luck; where it may be anything, only that."""
    if not _told_apart(found):
        return gettext(
            "What your play was worth apart from luck cannot be told from so few imaginings: it may be anything. "
            "A point is a hundredth of what could be earned at that move, as far as you could know, "
            "or of what could be earned at the start, if that was more."
        )
    return gettext(
        "Apart from luck, your play was worth {play}% of what was at stake (+/- {error}): that is 100, less the "
        "points that your moves lost, and 0 where they are more. A point is a hundredth of what could be earned at "
        "that move, as far as you could know, or of what could be earned at the start, if that was more. Accuracy "
        "{accuracy} of 100."
    ).format(play=_percent(found), error=half(found.play_error), accuracy=f"{found.accuracy:.0f}")


def _move(verdict: Verdict, before: State, after: State, cues: Cues, found: Analysis) -> Iterator[Part]:
    """A judged move, with what would have been worth more."""
    words, currency = words_of(before, cues), before.game.scenario.currency
    title = gettext("Move {number}: {judgement}").format(number=verdict.number + 1, judgement=judged_text(verdict))
    yield Heading(title, 3)
    listed = choices(verdict, words, currency, verdict.name, gettext("your move"))
    yield Table(
        (gettext("points"), gettext("what could be done")),
        tuple((f"{each.gained:>4}", f"{each.told}.") for each in listed),
        listed=True,
    )
    for text in remarks(verdict, before, after, currency):
        yield Paragraph(text)


def missed_text(found: Chance, end: State) -> str:
    """When a sale was there to be had: `The sale was there at move 9: ... would have been a yes in 62%.`"""
    before = end.states()[found.move]
    line = before.line(found.action)
    assert line is not None  # it is an ask
    name = end.game.scenario.prospects[found.prospect].buyer.name
    return gettext(
        "{name} was there to be had at move {number}, {time}: “{words}” would have been a yes in {percent} "
        "of 100 cases."
    ).format(
        name=name,
        number=found.move + 1,
        time=dates(end)[found.move],
        words=line.line.words(before.made(found.action)),
        percent=found.percent,
    )


def _method(found: Analysis) -> str:
    told = ngettext(
        "Worked out in {count} imagining of the buyer, from what could be known at the time, with the school that "
        "earns most here playing on. +/- is 95%. A move is called an inaccuracy, a mistake or a blunder from 10, 20 or "
        "30 points on, and only where its loss is still as large with twice its standard error taken off. These "
        "thresholds, and the formula of accuracy, are those of lichess for chess.",
        "Worked out in up to {count} imaginings of the buyer, each from what could be known at the time, with the "
        "school that earns most here playing on. +/- is 95%. A move is called an inaccuracy, a mistake or a blunder "
        "from 10, 20 or 30 points on, and only where its loss is still as large with twice its standard error taken "
        "off. These thresholds, and the formula of accuracy, are those of lichess for chess.",
        found.imaginings,
    ).format(count=found.imaginings)
    words = gettext(
        "Equal best is what nothing was better than, though the coach would have done something else. A costly habit "
        "costs whenever it is said or done, even where it lost little here. Where little was left to be earned, little "
        "was at stake; ? stands for a loss that cannot be told."
    )
    most = gettext(
        "What cost most is the move whose loss is the largest with three times its standard error taken off."
    )
    return f"{told} {words} {most}"
