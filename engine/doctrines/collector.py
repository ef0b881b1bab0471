"""Collect decisions: an order, a clear no, or a date. Never 'I'll be in touch'."""

from __future__ import annotations

from engine.doctrines.craft import AVOIDED, converse
from engine.rules import Move
from engine.sight import Sight, one_of

MOST_CONVERSATIONS = 3


def choose(s: Sight) -> Move:
    """Find out quickly whether this is a yes or a no; agree a day and time where neither can be had."""
    if not s.talking:
        return _between(s)
    wish = converse(s, questions=3, asks=2)
    if wish is None:
        again = s.conversations(s.who) < MOST_CONVERSATIONS and not s.outcome_was("declines")
        wish = one_of(
            s.unsaid("invite-no") if not s.outcome_was("stays", "declines") else None,
            s.firmest("propose-dated-step") if again else None,
            s.first("take-no", "leave"),
        )
    return s.any_line(AVOIDED) if wish is None else wish


def _between(s: Sight) -> Move:
    if (call := s.call_due()) is not None:
        return call
    open_ones = [who for who in s.open_ones() if s.attempts(who) < 5]
    undated = [who for who in open_ones if s.agreed_at(who) is None and s.conversations(who) < MOST_CONVERSATIONS]
    free = [who for who in undated if not s.talked_today(who)]  # a day has one answer
    fewest = min((s.attempts(who) for who in free), default=0)
    for who in sorted(free, key=s.attempts):
        if s.attempts(who) < fewest + 1 and (call := s.quickest(who, "call")) is not None:
            if not s.attempts(who) or len(free) > 1 or s.deadline - s.now < 600:
                return call
            last = s.last_contact(who)
            if last is None or s.now - last > 60 * s.attempts(who):
                return call
    if free:
        return s.wait("wait.15m", "wait.1h", "wait.tomorrow")
    if undated:
        return s.wait("wait.tomorrow")
    return s.wait("wait.agreed") if any(s.agreed_at(who) is not None for who in open_ones) else s.done()
