"""Plan A: the first visit is the sale. Prepare, find the needs, ask, and take a no that is a no."""

from __future__ import annotations

from engine.doctrines.craft import AVOIDED, converse, prepare
from engine.rules import Move
from engine.sight import Sight, one_of

AVOIDED_HERE = (*AVOIDED, "propose-dated-step")
MOST_ASKS = 4


def choose(s: Sight) -> Move:
    """Spend the whole visit on a decision; afterwards, only answer those who come back."""
    if not s.talking:
        return _between(s)
    wish = converse(s, questions=4, asks=MOST_ASKS, patient=True)
    if wish is None and s.asks_now < MOST_ASKS:
        # There is no other day: what was put off is asked again, after something more if there is anything.
        wish = one_of(prepare(s), s.first("ask-for-decision"))
    wish = one_of(wish, s.first("take-no"), s.unsaid("invite-no"), s.first("leave"))
    return s.any_line(AVOIDED_HERE) if wish is None else wish


def _between(s: Sight) -> Move:
    if (call := s.call_due()) is not None:
        return call
    new = [who for who in s.open_ones() if not s.conversations(who) and s.attempts(who) < 3]
    for who in new:
        if (call := s.quickest(who, "call")) is not None:
            return call
    return s.wait("wait.1h", "wait.tomorrow") if new else s.done()
