"""Experiments on how soon an enquiry is answered: who is reached, who replies first, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from engine import world as at
from engine.evidence.habits import Habit, ordinary
from engine.evidence.lab import lab
from engine.evidence.measurement import Estimate, Measurement, mean, measured, share
from engine.evidence.populations import RIVAL, drawn, played
from engine.play import Game
from engine.rules import constants
from engine.scenario.compiled import Rival
from engine.units import CERTAIN, DAY, HOUR, WEEK
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

    def habit(number: int) -> Habit:
        return Habit(calls=(calls(number),))

    return share(sum(run.reached for run in played(enquiries(reach), habit, "reached", runs)), runs)


def _odds_ratio(reach: str, sooner: Minutes, later: Minutes, runs: int, what: str) -> Measurement:
    ratio = reached(reach, sooner, runs).odds().over(reached(reach, later, runs).odds())
    return measured(what, 2 * runs, ratio)


def classic_5_30(runs: int) -> Measurement:
    what = "odds of a conversation, enquiries called once after 5 minutes over after 30, by reach `classic`"
    return _odds_ratio("classic", exactly(5), exactly(30), 3 * runs, what)


def classic_5_10(runs: int) -> Measurement:
    what = "odds of a conversation, enquiries called once after 5 minutes over after 10, by reach `classic`"
    return _odds_ratio("classic", exactly(5), exactly(10), runs, what)


def classic_hours(runs: int) -> Measurement:
    what = "odds of a conversation, one call somewhere in hour 1 over one somewhere in hour 2, by reach `classic`"
    return _odds_ratio("classic", evenly(1, HOUR), evenly(HOUR, 2 * HOUR), 3 * runs, what)


def hbr_hour_later(runs: int) -> Measurement:
    what = (
        "share reached by one call, within the hour over in the second hour, by reach `hbr`; first calls spread over "
        "the orders of magnitude from a minute on"
    )
    sooner, later = by_orders(1, HOUR), by_orders(HOUR, 2 * HOUR)
    ratio = reached("hbr", sooner, 2 * runs).over(reached("hbr", later, 2 * runs))
    return measured(what, 4 * runs, ratio)


def hbr_day_later(runs: int) -> Measurement:
    what = (
        "share reached by one call, within the hour over after 24 to 72 hours, by reach `hbr`; first calls spread over "
        "the orders of magnitude from a minute on"
    )
    later = reached("hbr", by_orders(DAY, 3 * DAY), 6 * runs)
    return measured(what, 7 * runs, reached("hbr", by_orders(1, HOUR), runs).over(later))


def _telfer(low: int, high: int, when: str) -> Callable[[int], Measurement]:
    def measure(runs: int) -> Measurement:
        what = (
            f"share of enquiries reached by one call {when}, by reach `telfer`; calls spread over the orders of "
            "magnitude, as the reply times of audited firms are"
        )
        return measured(what, 2 * runs, reached("telfer", by_orders(low, high), 2 * runs))

    return measure


telfer_hour = _telfer(1, HOUR, "between a minute and an hour")
telfer_day = _telfer(HOUR, DAY, "between 1 and 24 hours")
telfer_later = _telfer(DAY, 3 * DAY, "between 24 and 72 hours")


# orders by the time of the first call


def sold(calls: Minutes, runs: int) -> Estimate:
    """The share of enquiries that order, called once by a good ordinary seller who also takes their calls."""

    def habit(number: int) -> Habit:
        return Habit(first=(ordinary,), calls=(calls(number),))

    return share(sum(run.ordered for run in played(lab("lead"), habit, "sold", runs)), runs)


def _as_audited(number: int) -> int:
    return constants.RIVAL_REPLY[int(_place(number) * len(constants.RIVAL_REPLY))]


def _lift(*minutes: int) -> Callable[[int], Measurement]:
    def measure(runs: int) -> Measurement:
        usual = sold(_as_audited, runs)
        what = "orders per enquiry called once at this time, over those called when audited firms reply; less one"
        lifts = (sold(exactly(minute), runs).over(usual).less(1) for minute in minutes)
        return measured(what, (1 + len(minutes)) * runs, *lifts)

    return measure


lift_1, lift_2, lift_3, lift_day = _lift(1), _lift(2), _lift(3), _lift(DAY)
lift_middle = _lift(30, HOUR, 5 * HOUR)


def close_curve(runs: int) -> Measurement:
    minutes = (1, 5, 10, 15, 30, 60, 240, 1440, 2880)
    what = "orders per enquiry, called once at this time by a good ordinary seller"
    return measured(what, len(minutes) * runs, *(sold(exactly(minute), runs) for minute in minutes))


def five_minutes(runs: int) -> Measurement:
    what = "orders per enquiry called once within five minutes, over those called between five minutes and a day"
    return measured(what, 2 * runs, sold(by_orders(1, 5), runs).over(sold(by_orders(5, DAY), runs)))


def window(runs: int) -> Measurement:
    what = "orders per enquiry called after 10 to 60 minutes, over those called before or later (to a day); less one"
    others = (sold(by_orders(1, 10), runs), sold(by_orders(HOUR, DAY), runs))
    usual = Estimate((others[0].value + others[1].value) / 2, (others[0].error ** 2 + others[1].error ** 2) ** 0.5 / 2)
    return measured(what, 3 * runs, sold(by_orders(10, HOUR), runs).over(usual).less(1))


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


def _rivals(low: int, high: int, when: str) -> Callable[[int], Measurement]:
    def measure(runs: int) -> Measurement:
        runs *= 3
        what = f"share of rival firms that answer an enquiry {when}"
        return measured(what, runs, share(sum(low <= reply < high for reply in rival_replies(runs)), runs))

    return measure


rivals_hour = _rivals(0, HOUR + 1, "within an hour")
rivals_day = _rivals(HOUR + 1, DAY + 1, "after 1 to 24 hours")
rivals_late = _rivals(DAY + 1, FAR, "after 24 hours")
rivals_never = _rivals(FAR, FAR + 1, "never")
rivals_five = _rivals(0, 6, "within five minutes")
rivals_week = _rivals(WEEK + 1, FAR + 1, "not within five business days (a week of the calendar)")


def rivals_mean(runs: int) -> Measurement:
    replies = [reply / HOUR for reply in rival_replies(3 * runs) if reply <= 30 * DAY]
    return measured("mean hours until rival firms answer that do so within 30 days", 3 * runs, mean(replies))


def first_responder(runs: int) -> Measurement:
    """Both firms answer as audited firms do; whose call came first, and who sold?"""
    replies = rival_replies(2 * runs)

    def habit(number: int) -> Habit:
        return Habit(first=(ordinary,), calls=(_as_audited(number),))

    game = lab("lead", real=CERTAIN)
    bought = first = 0
    for number, run in enumerate(played(game, habit, "replies", 2 * runs)):
        ours, theirs = _as_audited(number), replies[number]
        if run.ordered or run.p[at.RESULT] == RIVAL:
            bought += 1
            first += run.ordered == (ours <= theirs)
    what = "share of enquiries sold by whoever called first, of those sold; two firms, both as quick as audited ones"
    return measured(what, 2 * runs, share(first, bought))
