"""Speed first: the act before the art. Answer at once, answer the question asked, ask."""

from __future__ import annotations

from engine.doctrines.reading import Reading, any_line, one_of
from engine.view import Option, PlayerView


def choose(view: PlayerView) -> Option:
    """Be first on the telephone and short in the conversation; try again soon when nobody answers."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    asked, answer = r.buyer.asks, r.buyer.answer
    wish = None
    if answer == "stall" and asked >= 2:
        wish = r.first("propose-dated-step")
    elif r.unanswered and asked:
        wish = one_of(r.tied("answer"), r.first("answer"))
    if wish is None and not asked:
        wish = one_of(
            r.first("quote"),
            r.first("open-question") if r.needs_known < 1 else None,
            r.tied("demonstrate", "answer", "proof", "present"),
        )
    if wish is None and asked >= 3:
        wish = one_of(
            r.first("propose-dated-step") if asked < 5 else None, r.first("leave", "vague-follow-up", "take-no")
        )
    return one_of(wish, r.first("ask-for-decision"), r.first("quote"), r.first("open-question")) or any_line(
        r, avoid=("vague-follow-up", "leave", "take-no", "urgency", "press")
    )


def _between(r: Reading) -> Option:
    due = r.due_now()
    if due is not None and (call := r.for_prospect(due.id, "call")):
        return call
    for one in sorted((one for one in r.view.prospects if one.result is None), key=lambda one: one.attempts):
        quick = one.attempts < 2 or (one.attempts < 6 and not one.conversations)
        if quick and one.conversations < 3 and (one.promise is None or one.promise.at is None):
            call = r.for_prospect(one.id, "call")
            if call is not None:
                return call
    if any(one.result is None and one.attempts < 6 for one in r.view.prospects):
        return r.wait("wait.agreed", "wait.1h", "wait.tomorrow")
    return r.wait("wait.agreed", "finish")
