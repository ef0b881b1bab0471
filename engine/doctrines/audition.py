"""Audition: in a long sale the buyer judges you by what you do between the meetings."""

from __future__ import annotations

from engine.doctrines.craft import converse
from engine.doctrines.reading import Reading, any_line, is_dated, one_of
from engine.units import DAY
from engine.view import Option, PlayerView

PATIENT_DAYS = 45
"""Days from the start before this doctrine asks for the decision."""
MOST_TOUCHES = 6
AVOIDED = ("vague-follow-up", "leave", "take-no", "urgency", "press", "discount", "ask-for-decision")


def choose(view: PlayerView) -> Option:
    """Learn, bring something useful every week, keep every date, and ask late."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    late = view.minute - view.start >= PATIENT_DAYS * DAY
    wish = converse(r, questions=4, asks=1, ask=late)
    if wish is None:
        wish = one_of(
            r.first("propose-dated-step") if r.buyer.answer != "declines" else None,
            r.first("listen", "open-question", "proof", "vague-follow-up", "leave"),
        )
    return wish or any_line(r, avoid=AVOIDED)


def _between(r: Reading) -> Option:
    if call := r.call_due():
        return call
    for one in r.view.prospects:
        if one.result is not None:
            continue
        silence = r.view.minute - (one.last_contact if one.last_contact is not None else r.view.start)
        first = not one.conversations and not one.touches
        touch = r.for_prospect(one.id, "touch")
        if touch is not None and one.touches < MOST_TOUCHES and (silence >= 5 * DAY or first):
            return touch
        promised = is_dated(one)
        if not promised and one.attempts < 8 and (silence >= 6 * DAY or first):
            call = r.for_prospect(one.id, "call")
            if call is not None and r.view.minute % DAY < 11 * 60:
                return call
    near = any(
        one.promise is not None and one.promise.at is not None and one.promise.at - r.view.minute < 5 * DAY
        for one in r.view.prospects
        if one.result is None
    )
    return r.wait("wait.agreed", "wait.3d") if near else r.wait("wait.3d", "wait.tomorrow")
