"""Speed first: the act before the art. Answer at once, answer the question asked, ask."""

from __future__ import annotations

from engine.doctrines.craft import AVOIDED, converse
from engine.rules import Move
from engine.sight import Sight, one_of

MOST_CONVERSATIONS = 3
MOST_ATTEMPTS_AT_FIRST, MOST_ATTEMPTS = 6, 3
"""Before the first conversation, and after one."""


def choose(s: Sight) -> Move:
    """Be first on the telephone, short in the conversation, and ring again the same day rather than agree on later."""
    if not s.talking:
        return _between(s)
    wish = s.first("quote") if not s.asks_now else None
    wish = one_of(wish, converse(s, questions=1, asks=2), s.first("leave", "vague-follow-up", "take-no"))
    return s.any_line(AVOIDED) if wish is None else wish


def _between(s: Sight) -> Move:
    if (call := s.call_due()) is not None:
        return call
    to_ring = [who for who in s.open_ones() if _to_ring(s, who)]
    for who in sorted(to_ring, key=s.attempts):
        if not s.just_talked(who) and (call := s.quickest(who, "call")) is not None:
            return call
    if to_ring:
        return s.wait("wait.1h", "wait.tomorrow")
    if any(s.agreed_at(who) is not None for who in s.open_ones()):
        return s.wait("wait.agreed")
    return s.done()


def _to_ring(s: Sight, who: int) -> bool:
    """Whether somebody is worth another call."""
    attempts = MOST_ATTEMPTS if s.conversations(who) else MOST_ATTEMPTS_AT_FIRST
    return s.conversations(who) < MOST_CONVERSATIONS and s.attempts(who) < attempts and s.agreed_at(who) is None
