"""Same day: where emotion is the lever, call back before the evening is over, with the answer to the real reason."""

from __future__ import annotations

from engine.doctrines.reading import Reading, any_line, one_of
from engine.units import DAY
from engine.view import Option, PlayerView


def choose(view: PlayerView) -> Option:
    """Find the real reason, agree the hour, and keep the feeling warm until the same evening."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    asked, answer = r.buyer.asks, r.buyer.answer
    wish = None
    if r.unanswered:
        wish = one_of(r.tied("answer", "demonstrate"), r.first("isolate") if not r.reason_known else None)
    if wish is None and asked and answer in ("stall", "objection", "declines") and not r.unanswered and asked < 2:
        wish = r.first("ask-for-decision")
    if wish is None and (asked >= 2 or (asked and r.unanswered)):
        wish = one_of(
            r.first("propose-dated-step") if answer != "declines" else None, r.first("vague-follow-up", "leave")
        )
    if wish is None and r.minutes_left > 6 and not asked:
        wish = one_of(
            r.first("open-question") if r.needs_known < 2 else None,
            r.tied("demonstrate", "story", "answer", "proof", "present"),
            r.first("listen"),
            r.first("implication"),
        )
    return one_of(wish, r.first("ask-for-decision"), r.first("open-question"), r.tied("answer")) or any_line(
        r, avoid=("vague-follow-up", "leave", "take-no", "urgency", "press", "discount")
    )


def _between(r: Reading) -> Option:
    due = r.due_now()
    if due is not None and (call := r.for_prospect(due.id, "call")):
        return call
    for one in r.view.prospects:
        if one.result is not None or one.attempts >= 4:
            continue
        if one.promise is not None and one.promise.at is not None:
            continue
        last = one.last_contact if one.last_contact is not None and one.conversations else None
        today = last is not None and r.view.minute // DAY == last // DAY
        if last is None or today or one.attempts < 2:
            if today and last is not None and r.view.minute - last < 120 and one.conversations:
                return r.wait("wait.3h", "wait.evening", "wait.1h", "wait.tomorrow")
            call = r.for_prospect(one.id, "call")
            if call is not None:
                return call
    if any(one.result is None and one.attempts < 4 for one in r.view.prospects):
        return r.wait("wait.agreed", "wait.evening", "wait.1h", "wait.tomorrow")
    return r.wait("wait.agreed", "finish")
