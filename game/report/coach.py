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

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from engine.course import curve, dates
from engine.reasons import answers, missed
from engine.words import gettext, marked, ngettext
from game.practice.habits import habit_text
from game.practice.overlay import overlay
from game.report.document import Chart, Command, Heading, Paragraph, Part, Table
from game.report.takeaway import takeaway, told_apart
from game.report.verdict import (
    choices,
    half,
    judged_text,
    lost_text,
    remarks,
    rough,
    words_of,
)
from game.words.wording import money, told_answers

if TYPE_CHECKING:
    from engine.coach.habits import Habit
    from engine.coach.verdict import Analysis, Verdict
    from engine.play import State
    from engine.reasons import Chance
    from engine.view import Cues

AT_WORK: Final = marked("The coach is at work …")
"""What stands there until the coach has judged a run."""
CURVE: Final = 72
"""Columns of a curve of interest."""


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
    if not told_apart(found):
        return gettext("play: too uncertain for a figure")
    sentence = gettext("play {percent}% (+/- {error}) · accuracy {accuracy}")
    return sentence.format(percent=_percent(found), error=half(found.play_error), accuracy=f"{found.accuracy:.0f}")


def _percent(found: Analysis) -> str:
    return f"{found.play:.0f}"


def play_text(found: Analysis) -> str:
    """What the play was worth, apart from luck; where it may be anything, only that."""
    if not told_apart(found):
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
