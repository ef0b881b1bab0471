"""A round of calls: what bad habits do between conversations."""

from __future__ import annotations

from engine.rules import Move
from engine.sight import Sight


def call_all(s: Sight, times: int) -> Move:
    """Call everybody who is still open, up to `times` times each."""
    open_ones = s.open_ones()
    for who in open_ones:
        if s.conversations(who) < times and (s.attempts(who) < times or s.here(who)):
            call = s.about(who, "call")
            if call is not None:
                return call
    if any(s.attempts(who) < times and s.conversations(who) < times for who in open_ones):
        return s.wait("wait.1h", "wait.tomorrow")
    return s.wait("finish")
