"""The debrief of a run of a round that has closed, as a report for a page: what the screen and the lines tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from engine.course import by_move
from engine.words import gettext, marked
from game.report import lesson
from game.report.document import Chart, Heading, Paragraph, Part, Table
from game.words.wording import lost_text, signed, term_text, told_answers

if TYPE_CHECKING:
    from engine.course import CurvePoint
    from engine.debrief import Debrief
    from engine.moments import Moment
    from game.runs.accounts import Account


CUT_SHORT: Final = marked("The round closed first, so this counts as left undecided, and comes to {earned}.")
"""What is said of a sale that was not over."""


def cut_short(told: Account, earned: str) -> str:
    """What is said if the round closed before the sale was over: what it `earned` then. Its score is told as it stood,
    and leaving somebody undecided costs more; nothing if it was over."""
    if all(ending.result is not None for ending in told.debrief.endings):
        return ""
    return gettext(CUT_SHORT).format(earned=earned)


def report(told: Account, earned: str) -> Iterator[Part]:
    """Yield what a run has to teach. `earned` is what it came to in the ranking."""
    found, names, texts = told.debrief, told.names, [each.text for each in told.moves]
    taught = lesson.felt(found, texts)
    if taught:
        yield Heading(gettext("To take away"), 2)
        yield from (Paragraph(each) for each in taught.split("\n"))
    yield Heading(gettext("How it ended"), 2)
    yield from _endings(found, cut_short(told, earned))
    for prospect, curve in found.curves.items():
        whose = gettext("Interest of {name}, move by move").format(name=names.get(prospect, prospect))
        yield Heading(whose if len(found.curves) > 1 else gettext("Interest, move by move"), 2)
        after = [point for _, _, point in by_move(curve)]
        if len(after) > 1:
            yield Chart(
                (
                    (gettext("interest"), tuple(each.interest for each in after)),
                    (gettext("trust"), tuple(each.trust for each in after)),
                )
            )
        yield Table(
            (gettext("move"), gettext("what you said or did"), ""), tuple(_course(found, curve, texts)), listed=True
        )
        if lost := found.silence_lost.get(prospect, 0):
            yield Paragraph(lost_text(lost))
    if found.moments:
        yield Heading(gettext("What moved it most"), 2)
        yield Table(
            (gettext("move"), gettext("points"), gettext("what and why")),
            tuple(
                (f"{each.move + 1}. {found.when(each.minute)}", signed(each.change), _moment(each, texts[each.move]))
                for each in found.moments
            ),
            listed=True,
        )
    if found.answers:
        yield Heading(gettext("Why they answered as they did"), 2)
        yield Table(
            (gettext("move"), gettext("in points of chance")),
            tuple(told_answers(found.answers, found.names.values())),
            listed=True,
        )
    yield Heading(gettext("Score"), 2)
    card = found.scorecard
    yield Table(
        (gettext("what"), gettext("value"), gettext("how")),
        tuple(
            (term.name, term_text(term, told.currency), "; ".join(each for each in (term.formula, term.cause) if each))
            for term in (*card.result, *card.conduct)
        ),
        listed=True,
    )


def _endings(found: Debrief, cut: str) -> Iterator[Part]:
    """How it ended with each buyer, what could not be seen, and what it comes to."""
    for ending in found.endings:
        yield Paragraph(ending.sentence)
    if cut:
        yield Paragraph(cut)
    hidden = tuple((fact,) for ending in found.endings for fact in ending.revealed)
    if hidden:
        yield Table((gettext("what you could not see"),), hidden)
    yield Table(
        (gettext("headline"), "", gettext("what it means")),
        tuple(
            (f"{each.name} ({gettext('a warning')})" if each.warning else each.name, each.value, each.meaning)
            for each in (found.scorecard.first_visit_close, found.scorecard.follow_up_dependence)
        ),
        listed=True,
    )


def _moment(moment: Moment, text: str) -> str:
    """What a move that moved the buyer was, why, and what there is to learn from it."""
    causes = f" ({'; '.join(moment.causes)})" if moment.causes else ""
    return f"{text or moment.said}{causes} {moment.principle}".strip()


def _course(found: Debrief, curve: tuple[CurvePoint, ...], texts: list[str]) -> Iterator[tuple[str, str, str]]:
    for move, before, after in by_move(curve):
        moved = after.interest - before.interest
        reached = gettext("interest {points}").format(points=after.interest)
        change = f" ({signed(moved)})" if moved else ""
        yield f"{move + 1}. {found.when(before.minute)}", texts[move], f"{reached}{change}"
