"""What a line of a kind needs, where it may be, and what has no effect on it.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.scenario.defaults import kind_of
from engine.scenario.drafts import Draft
from engine.scenario.format import Line
from engine.scenario.report import Report
from engine.scenario.vocabulary import BETWEEN

NEEDS: Final[Mapping[str, tuple[str, str]]] = {
    "discount": ("discount", "what is taken off, such as `discount: 500` or `discount: 3%`"),
    "handle": ("handles", "the objection or the reason that it handles"),
    "bring-in": ("brings", "who is asked to the table"),
}
"""The field that a kind cannot do without, and what to write."""

DATES: Final = ("at", "in", "on")

ONLY_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "about": ("implication",),
    "at": ("propose-dated-step",),
    "in": ("propose-dated-step",),
    "on": ("propose-dated-step",),
    "by": ("propose-dated-step", "call", "touch", "check-in"),
}
"""Fields that do something only on lines of these kinds."""


def line_problems(draft: Draft, id: str, line: Line, report: Report) -> None:
    """Reports what is wrong with one line as a line of its kind."""
    place = draft.place("lines", id)
    kind = kind_of(line)
    given = (name for name in line.model_fields_set if getattr(line, name) is not None)
    set_here = {"in" if name == "in_" else name for name in given}
    if not report.whole(place):
        return
    needed = NEEDS.get(kind)
    if needed is not None and needed[0] not in set_here:
        message = f"`{id}` is of kind {kind} and needs `{needed[0]}`"
        report.at_key("FV305", "error", place, message, f"add `{needed[0]}: ...`: {needed[1]}")
    if kind != "propose-dated-step" and len(line.brings or ()) > 1:
        message = f"`{id}` brings several at once, which only a dated step does"
        report.at_key("FV305", "error", (*place, "brings"), message, "give everybody a line of their own")
    dates = [name for name in DATES if name in set_here]
    if kind == "propose-dated-step" and len(dates) != 1:
        if dates:
            message = (
                f"`{id}` proposes its step by {' and '.join(f'`{name}`' for name in dates)}; one of them is enough"
            )
            report.at_key("FV305", "error", (*place, dates[1]), message, "delete all but one")
        else:
            message = f"`{id}` is of kind {kind} and needs a date"
            help = "add one of: `at: 18:15`, `at: Mon 10:00`, `in: 6h`, `on: Mon`"
            report.at_key("FV305", "error", place, message, help)
    if "traded" in set_here and "discount" not in set_here:
        message = "`traded` has no effect on a line that takes nothing off the price"
        report.at_key("FV403", "warning", (*place, "traded"), message, "add `discount: ...`, or delete `traded`")
    _stage(draft, id, line, kind, report)
    for field, kinds in ONLY_FOR.items():
        if field in set_here and kind not in kinds:
            message = f"`{field}` has no effect on a line of kind {kind}"
            report.at_key("FV403", "warning", (*place, field), message, f"it works on: {', '.join(kinds)}")


def _stage(draft: Draft, id: str, line: Line, kind: str, report: Report) -> None:
    if line.stage is None:
        return
    place = (*draft.place("lines", id), "stage")
    between = "between" in line.stage
    if kind in BETWEEN and not between:
        message = f"a line of kind {kind} belongs between conversations, not in a stage"
        report.error("FV306", place, message, "delete `stage`, or write `stage: between`")
    elif kind not in BETWEEN and between:
        message = f"a line of kind {kind} belongs in a conversation, not between conversations"
        report.error("FV306", place, message, f"name a stage, or use a kind of: {', '.join(sorted(BETWEEN))}")
