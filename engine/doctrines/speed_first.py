"""Speed first: the act before the art. Answer at once, answer the question asked, ask."""

from __future__ import annotations

from engine.doctrines.craft import converse
from engine.doctrines.reading import Reading, any_line, is_dated, one_of
from engine.view import Option, PlayerView

AVOIDED = ("vague-follow-up", "leave", "take-no", "urgency", "press", "discount")


def choose(view: PlayerView) -> Option:
    """Be first on the telephone and short in the conversation; try again soon when nobody answers."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    wish = r.first("quote") if not r.buyer.asks_now else None
    wish = wish or converse(r, questions=1, asks=2)
    if wish is None:
        wish = one_of(
            r.first("propose-dated-step") if r.buyer.answer != "declines" and r.buyer.conversations < 3 else None,
            r.first("leave", "vague-follow-up", "take-no"),
        )
    return wish or any_line(r, avoid=AVOIDED)


def _between(r: Reading) -> Option:
    if call := r.call_due():
        return call
    open_ones = [one for one in r.view.prospects if one.result is None]
    for one in sorted(open_ones, key=lambda one: one.attempts):
        quick = one.attempts < 3 or (one.attempts < 6 and not one.conversations)
        promised = is_dated(one)
        if quick and one.conversations < 3 and not promised and (call := r.for_prospect(one.id, "call")):
            return call
    if any(not one.conversations and one.attempts < 6 for one in open_ones):
        return r.wait("wait.1h", "wait.tomorrow")
    if any(is_dated(one) for one in open_ones):
        return r.wait("wait.agreed")
    return r.done()
