"""Same day: where emotion is the lever, call back before the evening is over, with the answer to the real reason."""

from __future__ import annotations

from engine.doctrines.craft import converse
from engine.doctrines.reading import Reading, any_line, is_dated, one_of
from engine.units import DAY
from engine.view import Option, PlayerView, ProspectView

AVOIDED = ("vague-follow-up", "leave", "take-no", "urgency", "press", "discount")


def choose(view: PlayerView) -> Option:
    """Find the real reason, agree the hour, and keep the feeling warm until the same evening."""
    r = Reading(view)
    if view.place == "between":
        return _between(r)
    wish = converse(r, questions=2, asks=2)
    if wish is None:
        again = r.buyer.conversations < 3 and r.buyer.answer != "declines"
        wish = one_of(
            r.first("invite-no") if r.buyer.answer not in ("stays", "declines") else None,
            _soonest_step(r) if again else None,
            r.first("take-no") if r.buyer.conversations > 1 else None,
            r.first("vague-follow-up", "leave"),
        )
    return wish or any_line(r, avoid=AVOIDED)


def _soonest_step(r: Reading) -> Option | None:
    """A step for today, if one is on offer: its words say so."""
    steps = [option for option in r.view.options if option.kind == "propose-dated-step"]
    for option in steps:
        if any(word in option.text.lower() for word in ("today", "tonight", "this evening", "this afternoon")):
            return option
    return steps[0] if steps else None


def _between(r: Reading) -> Option:
    if call := r.call_due():
        return call
    open_ones = [one for one in r.view.prospects if one.result is None and one.attempts < 4]
    for one in open_ones:
        if not is_dated(one) and (not one.conversations or _warm(r, one)) and (call := r.for_prospect(one.id, "call")):
            return call
    if any(is_dated(one) for one in open_ones):
        return r.wait("wait.agreed")
    if any(_cooling(r, one) or not one.conversations for one in open_ones):
        return r.wait("wait.3h", "wait.evening", "wait.1h", "wait.tomorrow")
    missed = [one for one in open_ones if 0 < one.attempts < 3 and one.conversations < 3]
    for one in missed:
        if call := r.for_prospect(one.id, "call"):
            return call
    return r.wait("wait.tomorrow") if missed else r.done()


def _warm(r: Reading, one: ProspectView) -> bool:
    """Whether it is the evening of the day on which they were here, and they have had some hours."""
    return _cooling(r, one) and one.last_contact is not None and r.view.minute - one.last_contact >= 150


def _cooling(r: Reading, one: ProspectView) -> bool:
    return one.last_contact is not None and r.view.minute // DAY == one.last_contact // DAY and one.conversations < 3
