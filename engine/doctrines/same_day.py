"""Same day: where emotion is the lever, call back before the evening is over, with the answer to the real reason."""

from __future__ import annotations

from engine.doctrines.craft import AVOIDED, converse
from engine.rules import Move
from engine.sight import Sight, one_of
from engine.units import DAY


def choose(s: Sight) -> Move:
    """Find the needs and the real reason, ask once, agree the hour, and decide while the same day's feeling lasts."""
    if not s.talking:
        return _between(s)
    talks = s.conversations(s.who)
    wish = converse(s, questions=3, asks=1 if talks == 1 else 2)
    if wish is None:
        wish = one_of(
            s.unsaid("invite-no") if not s.outcome_was("stays", "declines") else None,
            s.soonest("propose-dated-step") if talks < 3 and not s.outcome_was("declines") else None,
            s.first("take-no") if talks > 1 else None,
            s.first("vague-follow-up", "leave"),
        )
    return s.any_line(AVOIDED) if wish is None else wish


def _between(s: Sight) -> Move:
    if (call := s.call_due()) is not None:
        return call
    open_ones = [who for who in s.open_ones() if s.attempts(who) < 4]
    for who in open_ones:
        if s.agreed_at(who) is None and (not s.conversations(who) or _warm(s, who)):
            call = s.quickest(who, "call")
            if call is not None:
                return call
    if any(s.agreed_at(who) is not None for who in open_ones):
        return s.wait("wait.agreed")
    if any(_cooling(s, who) or not s.conversations(who) for who in open_ones):
        return s.wait("wait.3h", "wait.evening", "wait.1h", "wait.tomorrow")
    missed = [who for who in open_ones if 0 < s.attempts(who) < 3 and s.conversations(who) < 3]
    for who in missed:
        if (call := s.quickest(who, "call")) is not None:
            return call
    return s.wait("wait.tomorrow") if missed else s.done()


def _warm(s: Sight, who: int) -> bool:
    """Whether it is the evening of the day on which they were here, and they have had some hours."""
    return _cooling(s, who) and s.silence(who) >= 150


def _cooling(s: Sight, who: int) -> bool:
    last = s.last_contact(who)
    return last is not None and s.now // DAY == last // DAY and s.conversations(who) < 3
