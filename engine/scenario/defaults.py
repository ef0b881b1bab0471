"""What an author who leaves it out is taken to mean, where more than one reader has to know.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.scenario.drafts import Draft
from engine.scenario.format import File, Line, Reply, Texts
from engine.scenario.rates import default_deadline
from engine.units import CERTAIN, DAY, HOUR, WEEK
from engine.words import ENGLISH

CEILING: Final = 30 * CERTAIN // 100
PATIENCE: Final = (20, 30)
"""The minutes that a buyer stays in one conversation."""
TURNS: Final = 4
"""The lines after which a stage is over that is not the last."""


def kind_of(line: Line) -> str:
    """The kind of a line."""
    return line.kind or "small-talk"


def channel_of(line: Line) -> str | None:
    """How a call or a message takes place; of any other line what its author says, if that is anything."""
    if kind_of(line) in ("touch", "check-in"):
        return line.by or "email"
    return line.by or ("call" if kind_of(line) == "call" else None)


def arrival(draft: Draft) -> str:
    """How the buyer arrives."""
    return draft.buyer.arrives or "visit"


def paid_in(draft: Draft) -> str:
    """What is paid in."""
    return draft.offer.currency or "EUR"


def language_of(file: File) -> str:
    """The language of the texts."""
    return file.language or ENGLISH


def starts_at(file: File) -> int:
    """When the run begins, in minutes of the week."""
    begins = file.calendar.start if file.calendar is not None else None
    return 9 * HOUR if begins is None else (begins.weekday or 0) * DAY + begins.minute


def opening_hours(file: File) -> Sequence[tuple[int, int, int]]:
    """Weekdays, each with the minutes from which and until which it is open."""
    hours = file.calendar.open if file.calendar is not None else None
    return hours if hours is not None else [(day, 9 * HOUR, 18 * HOUR) for day in range(5)]


def longest_visit(file: File) -> int:
    """The longest conversation that the calendar allows, in minutes."""
    visit = file.calendar.visit if file.calendar is not None else None
    return HOUR if visit is None else visit


def is_multi_call(draft: Draft) -> bool:
    """Whether the sale takes several conversations."""
    return draft.sale == "multi-call"


def ceiling(draft: Draft) -> int:
    """The share of buyers who could say yes in the first conversation, in millionths."""
    if draft.ceiling is not None:
        return draft.ceiling
    return 0 if is_multi_call(draft) else CEILING


def ready_span(draft: Draft) -> tuple[int, int]:
    """How long after the start those can say yes who cannot in the first conversation, in minutes."""
    ready = draft.buyer.ready
    if ready is not None and ready.low is not None and ready.high is not None:
        return ready.low, ready.high
    return (5 * WEEK, 8 * WEEK) if is_multi_call(draft) else (DAY, WEEK)


def deadline(file: File, sold: tuple[Draft, ...]) -> int:
    """How long after the start the sale is over, in minutes."""
    if file.calendar is not None and file.calendar.deadline is not None:
        return file.calendar.deadline
    return default_deadline(multi=any(is_multi_call(draft) for draft in sold))


def step_channel(draft: Draft, line: Line) -> str:
    """How a dated step takes place: where people met the first time, they meet again."""
    return line.by or ("visit" if arrival(draft) == "visit" else "call")


def said_when(text: Reply | Texts, line: Line | None = None) -> Mapping[str, Any]:
    """The conditions of a text by word, of a reply to a line for one. What somebody says who decides, they say while
    they are at the table; to a line that brings them there, as they sit down."""
    found: Mapping[str, Any] = text.when.conditions() if text.when is not None else {}
    if text.of is None:
        return found
    if line is not None and line.kind == "bring-in" and text.of in (line.brings or ()):
        return {"outcome": ("joins",), **found}
    return {**found, "with": tuple(dict.fromkeys((*found.get("with", ()), text.of)))}
