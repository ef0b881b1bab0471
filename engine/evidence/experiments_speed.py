"""Experiments on how soon an enquiry is answered: who is reached, who replies first, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from engine import world as at
from engine.evidence.lab import lab
from engine.evidence.measurement import Estimate, Measurement, mean, measured, share
from engine.evidence.parameters import Stretch, listed, spelled, stretched
from engine.evidence.populations import RIVAL, drawn, ordering, played
from engine.evidence.routines import Routine, ordinary
from engine.play import Game
from engine.rules import constants
from engine.scenario.compiled import Rival
from engine.units import CERTAIN, DAY, HOUR
from engine.world import FAR

Minutes = Callable[[int], int]
"""The minute of the first call by the number of the run."""

_GOLDEN: Final = 0.6180339887498949


def _place(number: int) -> float:
    """Places between 0 and 1 that fill it evenly however many there are (Weyl's sequence)."""
    return (0.5 + number * _GOLDEN) % 1


def evenly(low: int, high: int) -> Minutes:
    """First calls spread evenly over a stretch of time."""
    return lambda number: int(low + (high - low) * _place(number))


def by_orders(low: int, high: int) -> Minutes:
    """First calls spread evenly over the orders of magnitude of a stretch, as the reply times of audited firms are."""
    return lambda number: int(low * (high / low) ** _place(number))


def exactly(minute: int) -> Minutes:
    """First calls at one minute."""
    return lambda number: minute


def enquiries(reach: str | int, **changes: Any) -> Game:
    """Enquiries of which none is lost while nobody calls, so that only the law of reach is at work."""
    return lab("lead", reach=reach, rival=None, drifts=0, deadline=5 * DAY, **changes)


def reached(reach: str, calls: Minutes, runs: int) -> Estimate:
    """The share of enquiries that one call turns into a conversation. Those whom it misses may ring back; that is no
    contact of the call's."""

    def routine(number: int) -> Routine:
        return Routine(calls=(calls(number),))

    return share(sum(run.reached for run in played(enquiries(reach), routine, "reached", runs)), runs)


def _spread(when: Stretch) -> Minutes:
    return exactly(when[0]) if when[0] == when[1] else evenly(*when)


def _by_orders(when: Stretch) -> Minutes:
    return exactly(when[0]) if when[0] == when[1] else by_orders(*when)


_AUDITED: Final = "spread over the orders of magnitude, as the reply times of audited firms are"


def contact_odds(runs: int, *, reach: str, sooner: Stretch, later: Stretch) -> Measurement:
    soon, late = (reached(reach, _spread(when), 3 * runs).odds() for when in (sooner, later))
    what = (
        f"odds of a conversation with one call after {stretched(sooner)}, over those after {stretched(later)}; reach "
        f"`{reach}`"
    )
    return measured(what, 6 * runs, soon.over(late))


def contact_ratio(runs: int, *, reach: str, sooner: Stretch, later: Stretch) -> Measurement:
    soon, late = reached(reach, _by_orders(sooner), runs), reached(reach, _by_orders(later), 5 * runs)
    what = (
        f"share reached by one call after {stretched(sooner)}, over that after {stretched(later)}; reach `{reach}`, "
        f"calls {_AUDITED}"
    )
    return measured(what, 6 * runs, soon.over(late))


def contact(runs: int, *, reach: str, when: Stretch) -> Measurement:
    what = f"share of enquiries reached by one call after {stretched(when)}; reach `{reach}`, calls {_AUDITED}"
    return measured(what, 2 * runs, reached(reach, _by_orders(when), 2 * runs))


# orders by the time of the first call


def sold(calls: Minutes, runs: int) -> Estimate:
    """The share of enquiries that order, called once by a good ordinary seller who also takes their calls."""

    def routine(number: int) -> Routine:
        return Routine(first=(ordinary,), calls=(calls(number),))

    return ordering(played(lab("lead"), routine, "sold", runs))


def _as_audited(number: int) -> int:
    return constants.RIVAL_REPLY[int(_place(number) * len(constants.RIVAL_REPLY))]


def orders_lift(runs: int, *, at: tuple[int, ...]) -> Measurement:
    usual = sold(_as_audited, runs)
    what = f"orders per enquiry called once after {listed(at)}, over those called when audited firms reply, less one"
    lifts = (sold(exactly(minute), runs).over(usual).less(1) for minute in at)
    return measured(what, (1 + len(at)) * runs, *lifts)


def orders_at(runs: int, *, at: tuple[int, ...]) -> Measurement:
    what = f"orders per enquiry, called once after {listed(at)} by a good ordinary seller"
    return measured(what, len(at) * runs, *(sold(exactly(minute), runs) for minute in at))


def orders_ratio(runs: int, *, sooner: Stretch, later: Stretch) -> Measurement:
    what = f"orders per enquiry called once after {stretched(sooner)}, over those called after {stretched(later)}"
    return measured(what, 2 * runs, sold(_by_orders(sooner), runs).over(sold(_by_orders(later), runs)))


def orders_window(runs: int, *, when: Stretch) -> Measurement:
    low, high = when
    what = (
        f"orders per enquiry called after {stretched(when)}, over those called earlier or later (up to a day), less one"
    )
    others = (sold(by_orders(1, low), runs), sold(by_orders(high, DAY), runs))
    usual = Estimate((others[0].value + others[1].value) / 2, (others[0].error ** 2 + others[1].error ** 2) ** 0.5 / 2)
    return measured(what, 3 * runs, sold(by_orders(low, high), runs).over(usual).less(1))


# what rival firms do


def rival_replies(runs: int) -> list[int]:
    """Minutes until the rival answers, for buyers of this many seeds; `FAR` for never.

    The same buyer is drawn twice, with a rival who first has to answer and with one who need not. Luck is keyed, so the
    difference between the minutes at which the two win is the time the answer took.
    """
    rate = 17 * CERTAIN // 100
    slow, quick = (lab("lead", real=CERTAIN, rival=Rival("somebody else", rate, answers)) for answers in (True, False))
    return [
        FAR if one[at.RIVAL_AT] >= FAR else one[at.RIVAL_AT] - other[at.RIVAL_AT]
        for one, other in zip(drawn(slow, "replies", runs), drawn(quick, "replies", runs), strict=True)
    ]


def rivals_answer(runs: int, *, after: int = -1, within: int = FAR - 1) -> Measurement:
    since = "" if after < 0 else f" after {spelled(after)}"
    until = "" if within >= FAR - 1 else f" within {spelled(within)}"
    what = f"share of rival firms that answer an enquiry{since}{until}"
    replies = rival_replies(3 * runs)
    return measured(what, 3 * runs, share(sum(after < reply <= within for reply in replies), 3 * runs))


def rivals_silent(runs: int, *, after: int = FAR - 1) -> Measurement:
    when = "never answer an enquiry" if after >= FAR - 1 else f"have not answered an enquiry after {spelled(after)}"
    replies = rival_replies(3 * runs)
    return measured(
        f"share of rival firms that {when}", 3 * runs, share(sum(reply > after for reply in replies), 3 * runs)
    )


def rivals_mean(runs: int, *, within: int = 30 * DAY) -> Measurement:
    replies = [reply / HOUR for reply in rival_replies(3 * runs) if reply <= within]
    what = f"mean hours until an answer, of rival firms that answer within {spelled(within)}"
    return measured(what, 3 * runs, mean(replies))


def first_responder(runs: int) -> Measurement:
    """Both firms answer as audited firms do; whose call came first, and who sold?"""
    replies = rival_replies(2 * runs)

    def routine(number: int) -> Routine:
        return Routine(first=(ordinary,), calls=(_as_audited(number),))

    game = lab("lead", real=CERTAIN)
    bought = first = 0
    for number, run in enumerate(played(game, routine, "replies", 2 * runs)):
        ours, theirs = _as_audited(number), replies[number]
        if run.ordered or run.p[at.RESULT] == RIVAL:
            bought += 1
            first += run.ordered == (ours <= theirs)
    what = "share of sales that went to whoever called first, of two firms that are both as quick as audited ones"
    return measured(what, 2 * runs, share(first, bought))
