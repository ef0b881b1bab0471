"""Follow-up Friday: a pleasant visit, no question that could be answered with no, and a list to call on Friday."""

from __future__ import annotations

from engine.rules import Move
from engine.sight import Sight, one_of
from engine.units import DAY


def choose(s: Sight) -> Move:
    """Chat, promise to be in touch, and ask every week whether they have thought about it."""
    if not s.talking:
        return _between(s)
    late = s.minutes_left <= 5
    if late or s.conversations(s.who) > 1:
        wish = one_of(None if late else s.first("small-talk"), s.first("vague-follow-up", "leave"))
    else:
        wish = s.first("small-talk", "open-question", "present", "listen", "story", "vague-follow-up")
    return s.any_line() if wish is None else wish


def _between(s: Sight) -> Move:
    for who in s.open_ones():
        new = s.last_contact(who) is None and s.attempts(who) < 2
        if (s.here(who) or s.silence(who) >= 5 * DAY or new) and s.attempts(who) < 6:
            kind = "call" if s.here(who) or s.touches(who) % 2 else "check-in"
            if (wish := s.about(who, kind, "call", "check-in")) is not None:
                return wish
    return s.wait("wait.1w", "wait.3d", "wait.1h", "finish")
