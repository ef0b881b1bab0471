"""Bad habits, played as well as a habit can be: what a school has to beat."""

from __future__ import annotations

import hashlib

from engine.doctrines.reading import Reading, any_line, one_of
from engine.view import Option, PlayerView


def always_close(view: PlayerView) -> Option:
    """Ask, press, hurry, and ask again."""
    r = Reading(view)
    if view.place == "between":
        return _call_all(r, times=3)
    if r.buyer.asks >= 6:
        return one_of(r.first("vague-follow-up", "leave")) or any_line(r)
    turn = r.buyer.asks % 3
    wish = r.first("ask-for-decision") if turn == 0 else r.first("press", "urgency", "ask-for-decision")
    return one_of(wish, r.first("urgency", "claim", "present", "quote")) or any_line(
        r, avoid=("vague-follow-up", "leave", "take-no")
    )


def discounter(view: PlayerView) -> Option:
    """Answer everything with the price."""
    r = Reading(view)
    if view.place == "between":
        return _call_all(r, times=2)
    if r.buyer.asks >= 4:
        return one_of(
            r.first("discount"), r.first("propose-dated-step"), r.first("vague-follow-up", "leave")
        ) or any_line(r)
    return one_of(
        r.first("discount"),
        r.first("open-question") if r.needs_known < 1 else None,
        r.first("quote"),
        r.first("ask-for-decision"),
        r.first("present", "demonstrate"),
    ) or any_line(r, avoid=("vague-follow-up", "leave", "take-no"))


def follow_up_friday(view: PlayerView) -> Option:
    """A pleasant visit, no question that could be answered with no, and a list to call on Friday."""
    r = Reading(view)
    if view.place == "between":
        waiting = [one for one in view.prospects if one.result is None]
        for one in waiting:
            silence = view.minute - (one.last_contact if one.last_contact is not None else view.start)
            if one.here or silence >= 5 * 1440 or (one.last_contact is None and one.attempts < 2):
                wish = r.for_prospect(one.id, "call" if one.here or one.touches % 2 else "check-in", "call", "check-in")
                if wish is not None and one.attempts < 6:
                    return wish
        return r.wait("wait.1w", "wait.3d", "wait.1h", "finish")
    if r.minutes_left <= 5 or r.buyer.conversations > 1:
        return one_of(
            r.first("small-talk") if r.minutes_left > 5 else None, r.first("vague-follow-up", "leave")
        ) or any_line(r)
    return one_of(
        r.first("small-talk", "open-question", "present", "listen", "story"), r.first("vague-follow-up")
    ) or any_line(r)


def never_calls_back(view: PlayerView) -> Option:
    """A decent visit, one question, and nothing ever after."""
    r = Reading(view)
    if view.place == "between":
        if not any(one.conversations for one in view.prospects) and all(one.attempts < 1 for one in view.prospects):
            return one_of(r.first("task"), r.first("call")) or r.wait("finish")
        return r.wait("finish")
    if r.buyer.asks:
        return one_of(r.first("vague-follow-up", "leave")) or any_line(r)
    return one_of(
        r.first("open-question") if r.needs_known < 1 else None,
        r.tied("demonstrate", "present"),
        r.first("present"),
        r.first("quote"),
        r.first("ask-for-decision"),
    ) or any_line(r, avoid=("leave", "take-no"))


def talker(view: PlayerView) -> Option:
    """Tell them everything there is to know about it."""
    r = Reading(view)
    if view.place == "between":
        return one_of(r.first("task")) or _call_all(r, times=2)
    if r.buyer.asks:
        return one_of(r.first("vague-follow-up", "propose-dated-step", "leave")) or any_line(r)
    return one_of(
        r.first("present", "demonstrate", "story", "claim", "proof") if r.minutes_left > 6 else None,
        r.first("ask-for-decision"),
        r.first("small-talk"),
    ) or any_line(r, avoid=("leave", "take-no", "open-question"))


def at_random(view: PlayerView) -> Option:
    """Any option, by a hash of what is seen, so that the same view gives the same choice."""
    seen = ":".join((str(view.minute), str(view.worked), *(option.name for option in view.options)))
    place = int.from_bytes(hashlib.blake2b(seen.encode(), digest_size=8).digest(), "big")
    return view.options[place % len(view.options)]


def _call_all(r: Reading, times: int) -> Option:
    for one in r.view.prospects:
        if one.result is None and one.conversations < times and (one.attempts < times or one.here):
            call = r.for_prospect(one.id, "call")
            if call is not None:
                return call
    if any(one.result is None and one.attempts < times and one.conversations < times for one in r.view.prospects):
        return r.wait("wait.1h", "wait.tomorrow")
    return r.wait("finish")
