"""What a line says about the day of a step against the day that it proposes.

Importing this module imports pydantic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.scenario.defaults import kind_of
from engine.scenario.drafts import Draft
from engine.scenario.format import Line
from engine.scenario.report import Report
from engine.scenario.times import WEEKDAYS
from engine.units import DAY, HOUR

TOMORROW: Final = "tomorrow"
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "tomorrow": TOMORROW,
        **dict(
            zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), WEEKDAYS, strict=True)
        ),
    },
    "de": {
        "morgen": TOMORROW,
        **dict(
            zip(
                ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"), WEEKDAYS, strict=True
            )
        ),
        "Sonnabend": "Sat",
    },
}
"""The words for a day, by language. In German `morgen` is a day and `Morgen` is not."""


def day_problems(language: str, draft: Draft, report: Report) -> None:
    """Reports a dated step that proposes another day than its text does."""
    for id, line in draft.lines.items():
        if kind_of(line) == "propose-dated-step":
            _day(id, line, language, draft, report)


def _day(id: str, line: Line, language: str, draft: Draft, report: Report) -> None:
    said = (_said(text, language) for text in line.say)
    for word, day in dict.fromkeys(found for found in said if found is not None):
        _compare(id, line, word, day, draft, report)


def _compare(id: str, line: Line, word: str, day: str, draft: Draft, report: Report) -> None:
    place = draft.place("lines", id)
    if line.at is not None:
        proposed = "the next time it is that late" if line.at.weekday is None and line.at.days is None else ""
        fits = line.at.days == 1 if day == TOMORROW else line.at.weekday == WEEKDAYS.index(day)
        time = f"{line.at.minute // HOUR:02}:{line.at.minute % HOUR:02}"
        if fits or (not proposed and not _contradicts(line.at.weekday, line.at.days, day)):
            return
        if proposed:
            message = f"the text says `{word}`, but {time} is today when it is not yet {time}"
        else:
            message = f"the text says `{word}`, and the step is on another day"
        report.warning("FV416", (*place, "at"), message, "name the day", meant=f"{day} {time}")
    elif line.on is not None and _contradicts(line.on.weekday, line.on.days, day):
        message = f"the text says `{word}`, and the step is on another day"
        report.warning("FV416", (*place, "on"), message, "name the day that is said", meant=day)
    elif line.in_ is not None and day == TOMORROW and line.in_ >= 2 * DAY:
        message = f"the text says `{word}`, and the step is later than that"
        report.warning(
            "FV416", (*place, "in"), message, "write `at: tomorrow 10:00` instead, with the time that is said"
        )


def _contradicts(weekday: int | None, days: int | None, said: str) -> bool:
    """Whether a day cannot be the one that is said; `tomorrow` may be any weekday."""
    if said == TOMORROW:
        return days not in (None, 1)
    return weekday is not None and WEEKDAYS[weekday] != said


def _said(text: str, language: str) -> tuple[str, str] | None:
    """The only word for a day in a text, and the day; None if there is none, or more than one."""
    words = WORDS.get(language.partition("-")[0], {})
    found = [
        word for word in re.findall(r"\w+", text) if (word if language.startswith("de") else word.lower()) in words
    ]
    if len(found) != 1:
        return None
    return found[0], words[found[0] if language.startswith("de") else found[0].lower()]
