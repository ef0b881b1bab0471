"""The craft that all schools share: how to conduct a conversation. What they disagree about is what comes after."""

from __future__ import annotations

from engine.rules import Move
from engine.sight import Sight, one_of

AVOIDED = ("vague-follow-up", "leave", "take-no", "urgency", "press", "discount")
"""Kinds that no school falls back on when nothing else comes to mind."""
_OFFERS = ("demonstrate", "proof", "handle", "story", "present", "concede")
_RESERVE = 5
"""Minutes of patience kept for asking."""


def converse(s: Sight, *, questions: int, asks: int, ask: bool = True, patient: bool = False) -> Move | None:
    """The next thing to say on the way to a decision; None when a decision has been asked for often enough, or was put
    off and nothing new is left to say before asking again.

    `questions` is how many needs to find before offering, `asks` how often to ask in one conversation (once where
    somebody who decides is missing). The `patient` go on as long as they can before they ask somebody who has not shown
    that they are ready.
    """
    left = s.minutes_left
    asked = s.asks_now if ask else 0  # somebody else may have asked, before it was time: that is no reason to leave
    time = left > _RESERVE
    if ask and s.signal and asked <= asks and (wish := _take(s)) is not None:
        return wish
    wish = _deal_with_objections(s)
    if wish is not None and left > 1:
        return wish
    if time and asked < asks and (wish := _develop(s, questions)) is not None:
        return wish
    if asked >= (1 if s.somebody_missing else asks) or s.outcome_was("stall"):
        return None
    if patient and time and not asked and (wish := prepare(s)) is not None:
        return wish
    if ask and (wish := s.first("ask-for-decision")) is not None:
        return wish
    return one_of(prepare(s), s.first("story", "closed-question", "small-talk")) if time and (ask or asked) else None


def _take(s: Sight) -> Move | None:
    """Ask, now that they are ready to be asked; with the price first, where they have not heard it."""
    if s.priced:
        return s.first("ask-for-decision")
    return one_of(s.pricing("ask-for-decision"), s.first("quote"), s.first("ask-for-decision"))


def _develop(s: Sight, questions: int) -> Move | None:
    known = s.needs_known
    if (wish := s.last_chance(*_OFFERS)) is not None:
        return wish
    if known < questions and (wish := s.unsaid("open-question")) is not None:
        return wish
    if s.unknown_deciders and (wish := s.asking_who_decides()) is not None:
        return wish
    if not s.outcome_was("declines") and (wish := s.bringing()) is not None:
        return wish
    if known and (wish := s.first("listen")) is not None:
        return wish
    if (wish := s.tied("implication", *_OFFERS)) is not None:
        return wish
    if (wish := s.first("quote")) is not None:
        return wish
    return one_of(
        s.first("concede") if questions > 1 else None,
        s.first("proof") if questions > 2 else None,
    )


def prepare(s: Sight) -> Move | None:
    """Something more that may make them ready, and does no harm if it does not."""
    if (wish := s.unsaid("open-question")) is not None:
        return wish
    if (wish := s.tied("implication", *_OFFERS)) is not None:
        return wish
    return s.first("listen", "concede")


def _deal_with_objections(s: Sight) -> Move | None:
    if s.unhandled:
        # what lies behind it first: the answer to what was only said is often the wrong one
        if (wish := s.unsaid("isolate")) is not None:
            return wish
        return s.tied("handle", "bring-in", "proof", "demonstrate", "concede")
    if s.asks_now and s.handled:
        return s.first("confirm") if s.outcome_was("objection") else None
    return None
