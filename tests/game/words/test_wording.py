"""Figures in sentences."""

from __future__ import annotations

from engine.reasons import Answer, Reason
from game.words.wording import why_text


def test_a_chance_that_nothing_moved_says_so_in_place_of_reasons() -> None:
    """'Joined; a 52% chance of a yes' stood below 'why they answered as they did', and told no why."""
    joined = Answer(2, 0, "bring-in", True, 52, (), (), came="joins")
    assert why_text(joined) == "a 52% chance of a yes, whatever had been said"
    rung = Answer(2, 0, "call", False, 30, (), (), came="missed")
    assert why_text(rung) == "a 30% chance of an answer"
    ordered = Answer(2, 0, "ask-for-decision", True, 80, (Reason("interest", 21),), (), came="order")
    assert why_text(ordered) == "an 80% chance of a yes: interest +21"
