"""Collect decisions: an order, a clear no, or a date. Never 'I'll be in touch'."""

from __future__ import annotations

from engine.doctrines.reading import Reading, any_line, one_of
from engine.view import Option, PlayerView


def choose(view: PlayerView) -> Option:
    """Find out quickly whether this is a yes or a no; agree a day and time where neither can be had."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    asked, answer = r.buyer.asks, r.buyer.answer
    wish = None
    if answer in ("stall", "declines") and r.unanswered:
        wish = one_of(r.tied("answer"), r.first("isolate") if not r.reason_known else None)
    elif r.unanswered:
        wish = one_of(
            r.tied("answer"), r.first("isolate") if not r.reason_known else None, r.tied("proof", "demonstrate")
        )
    elif answer == "stall" and asked >= 1:
        wish = one_of(
            r.first("invite-no") if asked == 1 else None,
            r.first("propose-dated-step"),
            r.first("invite-no"),
            r.first("take-no"),
        )
    elif answer == "declines":
        wish = one_of(r.first("invite-no"), r.first("take-no"))
    if wish is None and asked >= 3:
        wish = one_of(r.first("propose-dated-step") if r.buyer.conversations < 3 else None, r.first("take-no", "leave"))
    if wish is None and r.minutes_left > 4 and not asked:
        wish = one_of(
            r.first("open-question") if r.needs_known < 2 else None,
            r.tied("demonstrate", "answer", "proof", "present"),
            r.first("quote"),
        )
    return one_of(wish, r.first("ask-for-decision"), r.first("open-question"), r.first("listen")) or any_line(
        r, avoid=("vague-follow-up", "leave", "urgency", "press", "discount")
    )


def _between(r: Reading) -> Option:
    due = r.due_now()
    if due is not None and (call := r.for_prospect(due.id, "call")):
        return call
    fewest = sorted((one for one in r.view.prospects if one.result is None), key=lambda one: one.attempts)
    for one in fewest:
        if one.attempts < 4 and (not one.conversations or (one.promise is None and one.conversations < 3)):
            call = r.for_prospect(one.id, "call")
            if call is not None and (not one.attempts or r.view.deadline - r.view.minute < 600 or one.attempts < 2):
                return call
    if any(one.promise is not None and one.promise.at is not None and one.result is None for one in r.view.prospects):
        return r.wait("wait.agreed", "wait.15m", "wait.tomorrow")
    if any(one.result is None and one.attempts < 6 for one in r.view.prospects):
        return r.wait("wait.15m", "wait.1h", "wait.tomorrow", "wait.3d")
    return r.wait("finish")
