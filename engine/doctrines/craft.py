"""The craft that all schools share: how to conduct a conversation. What they disagree about is what comes after."""

from __future__ import annotations

from engine.doctrines.reading import Reading, one_of
from engine.view import Option

_OFFERS = ("demonstrate", "proof", "answer", "story", "present", "concede")
_ONWARD = ("open-question", "proof", "demonstrate", "story", "concede", "closed-question", "small-talk", "present")
"""What keeps a conversation going until the decision can be asked for."""


def converse(r: Reading, *, questions: int, asks: int, reserve: int = 5, ask: bool = True) -> Option | None:
    """The next thing to say on the way to a decision; None when a decision has been asked for often enough.

    `questions` is how many needs to find before offering, `asks` how often to ask in one conversation, `reserve` the
    minutes of patience kept for asking.
    """
    time = r.minutes_left > reserve
    wish = _deal_with_objections(r)
    if wish is not None and r.minutes_left > 1:
        return wish
    if time and r.buyer.asks_now < asks:
        wish = one_of(
            r.first("open-question") if r.needs_known < questions else None,
            r.first("bring-in") if r.buyer.answer != "declines" else None,
            r.first("listen") if r.needs_known else None,
            r.tied("implication"),
            r.tied(*_OFFERS),
            r.first("quote"),
            r.first("concede") if questions > 1 else None,
            r.first("proof") if questions > 2 else None,
        )
        if wish is not None:
            return wish
    if r.buyer.asks_now >= asks:
        return None
    if ask and (wish := r.first("ask-for-decision")):
        return wish
    return r.first(*_ONWARD) if time and (ask or r.buyer.asks_now) else None


def _deal_with_objections(r: Reading) -> Option | None:
    if r.unanswered:
        return one_of(r.tied("answer", "bring-in", "proof", "demonstrate", "concede"), r.first("isolate"))
    if r.buyer.asks_now and any(objection.answered for objection in r.buyer.objections):
        return r.first("confirm") if r.buyer.answer == "objection" else None
    return None
