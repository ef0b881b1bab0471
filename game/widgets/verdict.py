"""A judged move, as the coach and the drills show it: what its choices were worth, and sentences about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from game.report.verdict import choices
from game.widgets.plain import Hanging

if TYPE_CHECKING:
    from textual.visual import Visual

    from engine.coach.verdict import Verdict
    from game.report.verdict import Words


def told_of(verdict: Verdict, words: Words, currency: str, name: str, mark: str) -> list[Visual]:
    """What was worth most at a move, and the choice called `name`, which is marked; in points against the move made."""
    return [
        Hanging(
            Content.styled(f"{each.gained:>4}  ", "bold"),
            Content.assemble(
                each.words,
                (f"  {each.mark}" if each.mark else "", "bold $accent"),
                (f"  {each.advised}" if each.advised else "", "$text-muted"),
            ),
            lead_width=6,
            tail=Content.styled(each.amount, "$text-muted"),
        )
        for each in choices(verdict, words, currency, name, mark)
    ]


def paragraph(text: str, style: str = "") -> Visual:
    """A sentence below the choices, set in as their words are."""
    return Hanging(Content(""), Content.styled(text, style), lead_width=6)
