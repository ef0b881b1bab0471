"""Speed first: the act before the art. Answer at once, answer the question asked, ask."""

from __future__ import annotations

from engine.doctrines.craft import AVOIDED, converse
from engine.doctrines.sight import Sight, one_of
from engine.rules import Move


def choose(s: Sight) -> Move:
    """Be first on the telephone, short in the conversation, and ring again now rather than agree on later."""
    if not s.talking:
        return _between(s)
    wish = s.first("quote") if not s.asks_now else None
    wish = one_of(wish, converse(s, questions=1, asks=2), s.first("leave", "vague-follow-up", "take-no"))
    return s.any_line(AVOIDED) if wish is None else wish


def _between(s: Sight) -> Move:
    if (call := s.call_due()) is not None:
        return call
    open_ones = s.open_ones()
    for who in sorted(open_ones, key=s.attempts):
        quick = s.attempts(who) < 3 or (s.attempts(who) < 6 and not s.conversations(who))
        if quick and s.conversations(who) < 3 and s.agreed_at(who) is None:
            call = s.quickest(who, "call")
            if call is not None:
                return call
    if any(not s.conversations(who) and s.attempts(who) < 6 for who in open_ones):
        return s.wait("wait.1h", "wait.tomorrow")
    if any(s.agreed_at(who) is not None for who in open_ones):
        return s.wait("wait.agreed")
    return s.done()
