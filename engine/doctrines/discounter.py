"""The discounter: answer everything with the price."""

from __future__ import annotations

from engine.doctrines.round_of_calls import call_all
from engine.rules import Move
from engine.sight import Sight, one_of


def choose(s: Sight) -> Move:
    """Take something off before anybody has asked for it, and go on from there."""
    if not s.talking:
        return call_all(s, times=2)
    if s.asks >= 4:
        wish = s.first("discount", "propose-dated-step", "vague-follow-up", "leave")
        return s.any_line() if wish is None else wish
    wish = one_of(
        s.first("discount"),
        s.first("open-question") if s.needs_known < 1 else None,
        s.first("quote", "ask-for-decision", "present", "demonstrate"),
    )
    return s.any_line(("vague-follow-up", "leave", "take-no")) if wish is None else wish
