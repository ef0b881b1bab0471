"""The debrief of a run of a round that has closed, as a report for a page: what the screen and the lines tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from engine.calendar import clock_text
from game.lines import amount
from game.report import lesson
from game.report.document import Chart, Heading, Paragraph, Part, Table
from game.wording import count, signed, told_answers

if TYPE_CHECKING:
    from engine.debrief import CurvePoint, Moment
    from game.accounts import Account


CUT_SHORT: Final = "The round closed first, so this counts as left undecided."
"""What is said of a sale that was not over."""


def cut_short(told: Account) -> bool:
    """Whether the round closed before the sale was over."""
    return any(ending.result is None for ending in told.debrief.endings)


def report(told: Account) -> Iterator[Part]:
    """Yield what a run has to teach."""
    found, names, texts = told.debrief, told.names, [each.text for each in told.moves]
    taught = lesson.felt(found, texts)
    if taught:
        yield Heading("To take away", 2)
        yield from (Paragraph(each) for each in taught.split("\n"))
    yield Heading("How it ended", 2)
    for ending in found.endings:
        yield Paragraph(ending.sentence)
        if ending.result is None:
            yield Paragraph(CUT_SHORT)
    hidden = tuple((fact,) for ending in found.endings for fact in ending.revealed)
    if hidden:
        yield Table(("what you could not see",), hidden)
    card = found.scorecard
    headlines = (card.first_visit_close, card.follow_up_dependence)
    yield Table(
        ("headline", "", "what it means"),
        tuple((f"{each.name}{' (a warning)' if each.warning else ''}", each.value, each.meaning) for each in headlines),
        listed=True,
    )
    for prospect, curve in found.curves.items():
        whose = f" of {names.get(prospect, prospect)}" if len(found.curves) > 1 else ""
        yield Heading(f"Interest{whose}, move by move", 2)
        moves = [point for point in curve if point.move is not None]
        if len(moves) > 1:
            yield Chart(
                (("interest", tuple(each.interest for each in moves)), ("trust", tuple(each.trust for each in moves)))
            )
        yield Table(("move", "what you said or did", ""), tuple(_course(moves, texts)), listed=True)
        lost = found.silence_lost.get(prospect, 0)
        if lost:
            yield Paragraph(f"Lost to silence: {count(lost, 'point')} of interest.")
    if found.moments:
        yield Heading("What moved it most", 2)
        yield Table(
            ("move", "points", "what and why"),
            tuple(
                (f"{each.move + 1}. {clock_text(each.minute)}", signed(each.change), _moment(each, texts[each.move]))
                for each in found.moments
            ),
            listed=True,
        )
    if found.answers:
        yield Heading("Why they answered as they did", 2)
        yield Table(("move", "in points of chance"), tuple(told_answers(found.answers)), listed=True)
    yield Heading("Score", 2)
    yield Table(
        ("what", "value", "how"),
        tuple(
            (term.name, amount(term, told.currency), "; ".join(each for each in (term.formula, term.cause) if each))
            for term in (*card.result, *card.conduct)
        ),
        listed=True,
    )


def _moment(moment: Moment, text: str) -> str:
    """What a move that moved the buyer was, why, and what there is to learn from it."""
    causes = f" ({'; '.join(moment.causes)})" if moment.causes else ""
    return f"{text or moment.said}{causes} {moment.principle}".strip()


def _course(moves: list[CurvePoint], texts: list[str]) -> Iterator[tuple[str, str, str]]:
    before: CurvePoint | None = None
    for point in moves:
        assert point.move is not None
        change = (
            ""
            if before is None or point.interest == before.interest
            else f" ({signed(point.interest - before.interest)})"
        )
        yield f"{point.move + 1}. {clock_text(point.minute)}", texts[point.move], f"interest {point.interest}{change}"
        before = point
