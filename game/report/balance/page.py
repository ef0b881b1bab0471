"""A balance as a report: what to know first, then the figures behind it, each with a chart where one says more."""

from __future__ import annotations

from collections.abc import Iterator

from engine.doctrines import SCHOOLS
from game.report.balance import tables
from game.report.balance.advice import advice
from game.report.balance.played import Balance
from game.report.document import Heading, Paragraph, Part


def parts(balance: Balance) -> Iterator[Part]:
    """The report, from what matters most."""
    scenario = balance.scenario
    yield Heading(f"{scenario.title} ({scenario.id})")
    each = ", ".join(f"{name} {course.runs:,}" for name, course in balance.courses.items() if name not in SCHOOLS)
    yield Paragraph(
        f"Played {balance.runs:,} times by each of the five schools, and by others ({each}), with seeds from "
        f"{balance.seed}. {'Stopped early: this is what was played until then.' if balance.stopped else ''}".strip()
    )
    yield Heading("What to know", 2)
    for sentence in advice(balance):
        yield Paragraph(sentence)
    yield Heading("Who earns what", 2)
    yield Paragraph("What a run earns on average, with the interval of 95% in which it may be.")
    yield tables.players(balance)
    if balance.listening.of_expert is not None:
        yield Heading("What a script has", 2)
        yield Paragraph(
            "What the best fixed list of moves earns, which listens to nothing, of what the expert earns from the same "
            "buyers."
        )
        yield tables.script(balance)
    if balance.changed:
        yield Heading("What one change would do", 2)
        yield Paragraph(
            "Each was tried: the five schools met the same buyers with the same luck once more. ask: first "
            "conversations in which the decision could be asked for with the price known; 1st, orders: prospects who "
            "ordered at the first visit, and in all; more: by how many points of all prospects orders differ from "
            "those of the scenario as it is; school: the best, and by how many standard errors ahead of the next."
        )
        yield tables.changes(balance)
    yield Heading("How it ends", 2)
    yield Paragraph("Orders at the first visit and later, clear noes, buyers lost to others or to nothing, the rest.")
    yield tables.ends(balance)
    if whys := tables.where(balance):
        yield Heading("Why buyers did not order", 2)
        yield Paragraph(
            "Of the buyers who would buy from somebody and did not order, by what kept them from it. badly asked: too "
            "early, before the price, or with somebody missing; not won: all the rest that a seller had a chance at; "
            "lost: meanwhile, out of contact."
        )
        yield whys
        yield tables.whys(balance)
    if any(balance.kinds()):
        yield Heading("Which buyers", 2)
        yield Paragraph(
            f"Buyers by what was drawn, how many of each a school met, how many of them order from a school, and what "
            f"each school earns from one. The chart is of {tables.leader(balance)}."
        )
        yield tables.kinds(balance)
    yield Heading("How long it takes", 2)
    yield Paragraph("Runs by their moves.")
    yield tables.lengths(balance)
    if lines := balance.worth_of("line"):
        yield Heading("What lines are worth", 2)
        yield Paragraph(
            f"Each was tried: {sum(each.runs for each in lines.values()):,} runs in which a school said a line were "
            "played again without it. said: by the schools, in so many of their runs; worth: what they earned more "
            "with it, in each of these. Below 0 it did harm."
        )
        yield tables.lines(balance)
    if replies := list(balance.replies()):
        telling = sum(each.times > 0 and each.reply.only_tells for each in replies)
        worth = (
            " worth: what the schools earned more, in each run in which it was given, than with the same words and "
            "nothing done by them; each was tried."
        )
        yield Heading("What replies are worth", 2)
        yield Paragraph(
            "Of lines with several replies. given: of the runs in which the line was said, whoever played. does: acts "
            "on a level, a need, an objection or the stage, or lets the line miss; teaches, by its principle; or is "
            f"words only. Left out are {telling} that only tell something that the seller did not know."
            f"{worth if balance.worth_of('reply') else ''}"
        )
        yield tables.replies(balance)
    yield Heading("Needs", 2)
    yield Paragraph(
        "told, met: of the buyers who have it. worth: what the schools earned more in a run in which it was told than "
        "in the same run with nothing that meets it; choices: in how many of these anything else was chosen."
    )
    yield tables.needs(balance)
    if balance.expectations:
        yield Heading("What its author expects", 2)
        yield tables.expectations(balance)
    if balance.problems:
        yield Heading("What is wrong with the file", 2)
        yield tables.problems(balance)
