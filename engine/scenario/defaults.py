"""What an author who leaves it out is taken to mean, where one default has to fit another.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.scenario.drafts import Draft
from engine.scenario.format import File, Line, Reply, Texts
from engine.scenario.rates import default_deadline
from engine.units import CERTAIN, DAY, WEEK

CEILING: Final = 30 * CERTAIN // 100


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
    return line.by or ("visit" if (draft.buyer.arrives or "visit") == "visit" else "call")


def said_when(text: Reply | Texts, line: Line | None = None) -> Mapping[str, Any]:
    """The conditions of a text by word, of a reply to a line for one. What somebody says who decides, they say while
    they are at the table; to a line that brings them there, as they sit down."""
    found: Mapping[str, Any] = text.when.conditions() if text.when is not None else {}
    if text.of is None:
        return found
    if line is not None and line.kind == "bring-in" and text.of in (line.brings or ()):
        return {"outcome": ("joins",), **found}
    return {**found, "with": tuple(dict.fromkeys((*found.get("with", ()), text.of)))}
