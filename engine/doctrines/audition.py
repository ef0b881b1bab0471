"""Audition: in a long sale the buyer judges you by what you do between the meetings."""

from __future__ import annotations

from engine.doctrines.reading import Reading, any_line, one_of
from engine.units import DAY
from engine.view import Option, PlayerView

PATIENT_DAYS = 42
"""Days from the start before this doctrine asks for the decision."""


def choose(view: PlayerView) -> Option:
    """Learn, bring something useful every week, keep every date, and ask late."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    patient = view.minute - view.start < PATIENT_DAYS * DAY
    enough = r.minutes_left <= 8
    wish = None
    if r.unanswered:
        wish = one_of(r.tied("answer", "proof"), r.first("isolate") if not r.reason_known else None)
    if wish is None and not enough:
        wish = one_of(
            r.first("bring-in"),
            r.first("open-question"),
            r.first("listen"),
            r.first("implication"),
            r.tied("proof", "demonstrate", "answer", "present"),
            r.first("concede"),
            r.first("proof"),
            r.first("confirm"),
        )
    if wish is None and not patient and r.buyer.asks < 3 * max(1, r.buyer.conversations - 1):
        wish = r.first("ask-for-decision")
    if wish is None:
        wish = one_of(r.first("propose-dated-step"), r.first("invite-no") if r.buyer.answer == "declines" else None)
    if r.buyer.answer == "declines":
        wish = one_of(r.first("listen"), r.first("open-question"), r.first("vague-follow-up", "leave"))
    return wish or any_line(r, avoid=("vague-follow-up", "leave", "take-no", "urgency", "press", "discount"))


def _between(r: Reading) -> Option:
    due = r.due_now()
    if due is not None and (call := r.for_prospect(due.id, "call")):
        return call
    for one in r.view.prospects:
        if one.result is not None:
            continue
        silence = r.view.minute - (one.last_contact if one.last_contact is not None else r.view.start)
        lead = not one.conversations and not one.touches
        touch = r.for_prospect(one.id, "touch")
        if touch is not None and one.touches < 6 and (silence >= 5 * DAY or lead):
            return touch
        promised = one.promise is not None and one.promise.at is not None
        if not promised and (one.attempts < 8 and (silence >= 2 * DAY or lead)):
            call = r.for_prospect(one.id, "call")
            if call is not None and (one.attempts == 0 or r.view.minute % DAY < 11 * 60):
                return call
    return (
        r.wait("wait.agreed", "wait.3d", "wait.tomorrow") if _promised_soon(r) else r.wait("wait.3d", "wait.tomorrow")
    )


def _promised_soon(r: Reading) -> bool:
    return any(
        one.promise is not None and one.promise.at is not None and one.promise.at - r.view.minute < 6 * DAY
        for one in r.view.prospects
        if one.result is None
    )
