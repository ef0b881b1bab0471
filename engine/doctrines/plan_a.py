"""Plan A: the first visit is the sale. Prepare, find the needs, ask, and take a no that is a no."""

from __future__ import annotations

from engine.doctrines.craft import converse
from engine.doctrines.reading import Reading, any_line, one_of
from engine.view import Option, PlayerView

AVOIDED = ("vague-follow-up", "leave", "take-no", "urgency", "press", "discount", "propose-dated-step")


def choose(view: PlayerView) -> Option:
    """Spend the whole visit on a decision; afterwards, only answer those who come back."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    wish = converse(r, questions=3, asks=4)
    if wish is None and r.buyer.asks_now < 4:
        wish = one_of(r.first("open-question"), r.tied("demonstrate"))
    return one_of(wish, r.first("take-no", "invite-no", "leave")) or any_line(r, avoid=AVOIDED)


def _between(r: Reading) -> Option:
    if call := r.call_due():
        return call
    new = [one for one in r.view.prospects if one.result is None and not one.conversations and one.attempts < 3]
    for one in new:
        if call := r.for_prospect(one.id, "call"):
            return call
    if new:
        return r.wait("wait.1h", "wait.tomorrow")
    return r.done()
