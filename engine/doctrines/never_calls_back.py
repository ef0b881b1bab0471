"""Never calls back: a decent visit, one question, and nothing ever after."""

from __future__ import annotations

from engine.rules import Move
from engine.sight import Sight, one_of


def choose(s: Sight) -> Move:
    """One call or one visit, one question for the decision; whoever does not buy then is forgotten."""
    if not s.talking:
        return _between(s)
    if s.asks:
        wish = s.first("vague-follow-up", "leave")
        return s.any_line() if wish is None else wish
    wish = one_of(
        s.first("open-question") if s.needs_known < 1 else None,
        s.tied("demonstrate", "present"),
        s.first("present", "quote", "ask-for-decision"),
    )
    return s.any_line(("leave", "take-no")) if wish is None else wish


def _between(s: Sight) -> Move:
    everybody = range(len(s.catalogue.rules.prospects))
    if not any(s.conversations(who) or s.attempts(who) for who in everybody):
        wish = s.first("task", "call")
        return s.wait("finish") if wish is None else wish
    return s.wait("finish")
