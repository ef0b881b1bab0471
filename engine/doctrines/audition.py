"""Audition: in a long sale the buyer judges you by what you do between the meetings."""

from __future__ import annotations

from engine.doctrines.craft import AVOIDED, converse
from engine.rules import Move
from engine.sight import Sight, one_of
from engine.units import DAY

PATIENT_DAYS = 45
"""Days from the start before this doctrine asks for the decision."""
MOST_TOUCHES = 6
AVOIDED_HERE = (*AVOIDED, "ask-for-decision")


def choose(s: Sight) -> Move:
    """Learn, bring something useful every week, keep every date and put no other in its place, and ask late."""
    if not s.talking:
        return _between(s)
    wish = converse(s, questions=4, asks=1, ask=s.now - s.start >= PATIENT_DAYS * DAY)
    if wish is None:
        free = s.agreed_at(s.who) is None and not s.outcome_was("declines")
        wish = one_of(
            s.first("propose-dated-step") if free else None,
            s.first("listen", "open-question", "proof", "leave", "vague-follow-up"),
        )
    return s.any_line(AVOIDED_HERE) if wish is None else wish


def _between(s: Sight) -> Move:
    if (call := s.call_due()) is not None:
        return call
    open_ones = s.open_ones()
    for who in open_ones:
        first = not s.conversations(who) and not s.touches(who)
        touch = s.about(who, "touch")
        if touch is not None and s.touches(who) < MOST_TOUCHES and (s.silence(who) >= 5 * DAY or first):
            return touch
        if s.agreed_at(who) is None and s.attempts(who) < 8 and (s.silence(who) >= 6 * DAY or first):
            call = s.quickest(who, "call")
            if call is not None and s.now % DAY < 11 * 60:
                return call
    near = any((when := s.agreed_at(who)) is not None and when - s.now < 5 * DAY for who in open_ones)
    return s.wait("wait.agreed", "wait.3d") if near else s.wait("wait.3d", "wait.tomorrow")
