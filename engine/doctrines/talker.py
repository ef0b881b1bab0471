"""The talker: tell them everything there is to know about it."""

from __future__ import annotations

from engine.doctrines.round_of_calls import call_all
from engine.rules import Move
from engine.sight import Sight, one_of


def choose(s: Sight) -> Move:
    """Show, tell and claim until the patience is gone, then ask once."""
    if not s.talking:
        task = s.first("task")
        return call_all(s, times=2) if task is None else task
    if s.asks:
        wish = s.first("vague-follow-up", "propose-dated-step", "leave")
        return s.any_line() if wish is None else wish
    wish = one_of(
        s.first("present", "demonstrate", "story", "claim", "proof") if s.minutes_left > 6 else None,
        s.first("ask-for-decision", "small-talk"),
    )
    return s.any_line(("leave", "take-no", "open-question")) if wish is None else wish
