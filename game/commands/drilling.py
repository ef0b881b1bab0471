"""`firstvisit drill`: what is due today, one decision after the other, on a screen or as lines."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import TextIO

from engine.words import gettext, ngettext
from game.home.settings import speaking_theirs
from game.practice.due import Due, Question, answered, questions
from game.runs import lines
from game.shelf import library
from game.text.asking import SKIPPED, asked_number, wants_lines
from game.text.telling import tell
from game.text.wrapping import width, wrapped
from game.words.errors import FINE, SaveError
from game.words.visible import json_text


def drill(options: Namespace) -> int:
    """Ask what is due. Returns the exit code."""
    library.folders(options.scenarios)  # a folder that is not there is said before any screen opens
    if options.json:
        asked, _ = questions(options.school, options.skill, options.scenarios, options.mistakes)
        sys.stdout.write(json_text([_as_data(each) for each in asked]) + "\n")
        return FINE
    if not wants_lines(options):
        from game.programs.app import FirstVisit

        def first(app: FirstVisit) -> None:
            app.drill(options.school, options.skill, options.mistakes)

        return FirstVisit(folder=options.scenarios, first=first).until_left()
    with speaking_theirs(tell):
        asked, told = questions(options.school, options.skill, options.scenarios, options.mistakes)
        for text in told:
            tell(text)
        return _as_lines(asked, sys.stdin, sys.stdout) if asked else FINE


def _as_data(question: Question) -> dict[str, object]:
    position, entry = question.position, question.entry
    return {
        "key": position.key,
        "scenario": position.scenario,
        "skill": entry.skill if entry else None,
        "points": position.verdict.points,
        "due": entry.due.isoformat() if entry and entry.due else None,
    }


def _as_lines(asked: Due, source: TextIO, out: TextIO) -> int:
    """Ask one after the other, until the input ends or somebody leaves."""
    from game.runs.choosing import in_order

    columns, solved, answers = width(), 0, 0

    def say(text: Iterable[str]) -> None:
        out.write("".join(f"{line}\n" for line in text))
        out.flush()

    how = gettext("What would you do here? Type a number and Enter; n skips a position; q leaves.")
    say(["", *wrapped(how, columns)])
    for place, question in enumerate(asked, start=1):
        view = question.view()
        head = gettext("Position {number} of {all}: {title}")
        say(["", head.format(number=place, all=len(asked), title=question.title), ""])
        say([*wrapped(question.about, columns), ""])
        *before, status = question.told(columns)
        say([line for each in before for line in each])
        say(["", *status])
        say(lines.options(view, columns))
        answer = asked_number(source, out, len(view.options), skip=True)
        if answer is None:
            break
        if answer == SKIPPED:
            continue
        name = question.state.game.move_name(in_order(view)[answer - 1].action)
        right = question.position.right(name)
        answers, solved = answers + 1, solved + right
        try:
            answered(question, right)
        except SaveError as error:
            tell(str(error))
        say(_told(question, name, columns))
    told = gettext("Nothing was answered: the same positions are asked next time.")
    if answers:
        right_of = ngettext("{right} of {count} answer right.", "{right} of {count} answers right.", answers)
        told = right_of.format(right=solved, count=answers)
    say(["", *wrapped(told, columns)])
    if asked.gone:
        tell(asked.notice())
    return FINE


def _told(question: Question, name: str, columns: int) -> Iterable[str]:
    """What each choice was worth, and why."""
    from game.report import verdict as report

    position, state = question.position, question.state
    words = report.words_of(state, position.cues)
    currency = state.game.scenario.currency
    yield from wrapped(report.answered_text(position.verdict, name), columns)
    for each in report.choices(position.verdict, words, currency, name, gettext("your answer")):
        yield from wrapped(each.told, columns, first=f"{each.gained:>4} ")
    for text in report.explained(position.verdict, state, name, words):
        yield from wrapped(text, columns)
