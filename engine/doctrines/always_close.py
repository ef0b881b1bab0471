"""Always be closing: ask, press, hurry, and ask again."""

from __future__ import annotations

from engine.doctrines.round_of_calls import call_all
from engine.rules import Move
from engine.sight import Sight, one_of


def choose(s: Sight) -> Move:
    """Ask, then press, then hurry, until they have been asked six times."""
    if not s.talking:
        return call_all(s, times=3)
    if s.asks >= 6:
        wish = s.first("vague-follow-up", "leave")
        return s.any_line() if wish is None else wish
    ask = s.first("ask-for-decision") if s.asks % 3 == 0 else s.first("press", "urgency", "ask-for-decision")
    wish = one_of(ask, s.first("urgency", "claim", "present", "quote"))
    return s.any_line(("vague-follow-up", "leave", "take-no")) if wish is None else wish
