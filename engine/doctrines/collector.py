"""Collect decisions: an order, a clear no, or a date. Never 'I'll be in touch'."""

from __future__ import annotations

from engine.doctrines.craft import converse
from engine.doctrines.reading import Reading, any_line, is_dated, one_of
from engine.view import Option, PlayerView

AVOIDED = ("vague-follow-up", "leave", "take-no", "urgency", "press", "discount")
MOST_CONVERSATIONS = 3


def choose(view: PlayerView) -> Option:
    """Find out quickly whether this is a yes or a no; agree a day and time where neither can be had."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    wish = converse(r, questions=2, asks=2)
    if wish is None:
        again = r.buyer.conversations < MOST_CONVERSATIONS
        wish = one_of(
            r.first("invite-no") if r.buyer.answer not in ("stays", "declines") else None,
            r.first("propose-dated-step") if again and r.buyer.answer != "declines" else None,
            r.first("take-no", "invite-no"),
        )
    return wish or any_line(r, avoid=AVOIDED)


def _between(r: Reading) -> Option:
    if call := r.call_due():
        return call
    open_ones = [one for one in r.view.prospects if one.result is None and one.attempts < 5]
    free = [one for one in open_ones if not is_dated(one)]
    free = [one for one in free if one.conversations < MOST_CONVERSATIONS]
    for one in sorted(free, key=lambda one: one.attempts):
        if one.attempts < min(other.attempts for other in free) + 1 and (call := r.for_prospect(one.id, "call")):
            if not one.attempts or len(free) > 1 or r.view.deadline - r.view.minute < 600:
                return call
            if one.last_contact is None or r.view.minute - one.last_contact > 60 * one.attempts:
                return call
    if free:
        return r.wait("wait.15m", "wait.1h", "wait.tomorrow")
    return r.wait("wait.agreed") if any(one.promise for one in open_ones) else r.done()
