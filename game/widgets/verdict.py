"""A judged move, as the coach and the drills show it: what its choices were worth, and sentences about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from game.report import coach as report
from game.widgets.plain import Hanging
from game.wording import signed

if TYPE_CHECKING:
    from textual.visual import Visual

    from engine.coach.verdict import Verdict
    from game.report.coach import Words


def told_of(verdict: Verdict, words: Words, currency: str, name: str, mark: str) -> list[Visual]:
    """What was worth most at a move, and the choice called `name`, which is marked; in points against the move made."""
    rows = report.shown(verdict, name)
    return [
        Hanging(
            Content.styled(f"{signed(report.points(one.value - verdict.value, verdict.point)):>4}  ", "bold"),
            Content.assemble(
                words[one.name],
                (f"  {mark}" if one.name == name else "", "bold $accent"),
                (f"  {report.advised(verdict, rows, one.name)}".rstrip(), "$text-muted"),
            ),
            lead_width=6,
            tail=Content.styled(report.rough(one.value, verdict.point, currency), "$text-muted"),
        )
        for one in rows
    ]


def paragraph(text: str, style: str = "") -> Visual:
    """A sentence below the choices, set in as their words are."""
    return Hanging(Content(""), Content.styled(text, style), lead_width=6)
