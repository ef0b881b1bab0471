"""Plan A: the first visit is the sale. Prepare, find the needs, ask, and take a no that is a no."""

from __future__ import annotations

from engine.doctrines.reading import Reading, any_line, one_of
from engine.view import Option, PlayerView


def choose(view: PlayerView) -> Option:
    """Spend the whole visit on a decision; afterwards, only answer those who come back."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    late = r.minutes_left <= 6
    asked = r.buyer.asks
    if r.buyer.answer == "stays" or (asked >= 3 and not r.unanswered):
        give_up = one_of(r.first("propose-dated-step") if r.buyer.answer == "stall" else None, r.first("take-no"))
        if give_up is not None and r.buyer.answer in ("stall", "declines", "stays") and asked >= 3:
            return give_up
    if asked >= 5:
        return one_of(r.first("take-no", "invite-no", "leave")) or any_line(r)
    wish = None
    if r.unanswered:
        wish = one_of(
            r.tied("answer", "proof"), r.first("isolate") if not r.reason_known else None, r.tied("demonstrate")
        )
    if wish is None and not late and asked < 3:
        wish = one_of(
            r.first("open-question") if r.needs_known < 3 else None,
            r.first("bring-in"),
            r.first("implication"),
            r.first("listen"),
            r.tied("demonstrate", "proof", "answer", "story", "present"),
            r.first("confirm") if r.buyer.asks else None,
            r.first("quote"),
            r.first("concede"),
        )
    if wish is None:
        wish = one_of(r.tied("answer"), r.first("ask-for-decision"), r.first("isolate"), r.first("open-question"))
    return wish or any_line(r, avoid=("vague-follow-up", "leave", "urgency", "press", "discount"))


def _between(r: Reading) -> Option:
    due = r.due_now()
    if due is not None and (call := r.for_prospect(due.id, "call")):
        return call
    for one in r.view.prospects:
        if one.result is None and not one.conversations and one.attempts < 3:
            call = r.for_prospect(one.id, "call")
            if call is not None:
                return call
    if any(one.result is None and not one.conversations for one in r.view.prospects):
        return r.wait("wait.1h", "wait.tomorrow")
    return r.wait("wait.agreed", "finish")
