"""Experiments on what is said: closing, needs before features, dates, doubt, and who else is at the table."""

from __future__ import annotations

from math import log, pi, sqrt
from typing import Any, Final

from engine import world as at
from engine.evidence.lab import lab
from engine.evidence.measurement import Estimate, Measurement, mean, measured, share
from engine.evidence.populations import NO_DECISION, Run, drawn, ordering, played
from engine.evidence.routines import PLAIN, Routine, discovery, named
from engine.rules import Move
from engine.sight import Sight
from engine.units import CERTAIN, DAY, WEEK

# closing

UNTRAINED: Final = Routine(first=PLAIN)

CLOSING: Final = Routine(first=("the-price", "what-for", "will-you-buy", "show-time", "will-you-buy"))
"""The same after a training in closing: the price first, and the question for the order after whatever is said."""


def closing(runs: int, *, sale: str) -> Measurement:
    shares = [
        share(sum(run.on_first_visit for run in played(lab(sale), routine, "closing", 2 * runs)), 2 * runs)
        for routine in (UNTRAINED, CLOSING)
    ]
    what = f"share of buyers who order when asked once, at the end, and when asked after every line ({sale})"
    return measured(what, 4 * runs, *shares)


FEATURES: Final = Routine(first=("feature-one", "feature-two", "feature-three", "the-price", "will-you-buy"))
NEEDS: Final = Routine(
    first=("what-for", "what-it-costs", "what-else", "show-time", "show-lasting", "the-price", "will-you-buy")
)


def objections(runs: int, *, sale: str) -> Measurement:
    """Objections raised in a conversation: needs developed before anything is shown, over features first."""

    def raised(routine: Routine) -> Estimate:
        return mean([run.p[at.RAISED].bit_count() for run in played(lab(sale), routine, "objections", runs)])

    what = "objections per conversation that asks for needs and answers them, over one that begins with features"
    return measured(what, 2 * runs, raised(NEEDS).over(raised(FEATURES)))


def invitation(runs: int) -> Measurement:
    """The effect of 'you are free to say no' on the order, as Hedges' g (log-odds times the root of 3 over pi)."""
    without = ("what-for", "show-time", "what-else", "show-lasting", "the-price", "will-you-buy")
    game = lab("in_home", real=CERTAIN, today=CERTAIN)
    asked, free = (
        ordering(played(game, Routine(first=script), "invitation", 4 * runs))
        for script in (without, (*without[:-1], "a-no-is-fine", without[-1]))
    )
    effect = _d(free, asked)
    return measured("effect size g on ordering of an invitation to say no before the question", 8 * runs, effect)


def _logit(of: Estimate) -> Estimate:
    p = min(max(of.value, 1e-6), 1 - 1e-6)
    return Estimate(log(p / (1 - p)), of.error / (p * (1 - p)))


def _d(one: Estimate, other: Estimate) -> Estimate:
    """The difference of two shares as a standardised mean difference: that of their log-odds, times root 3 over pi."""
    gap = _logit(one) - _logit(other)
    return Estimate(gap.value * sqrt(3) / pi, gap.error * sqrt(3) / pi)


# dates


def _again(runs: int, preset: str, routine: Routine) -> Estimate:
    """The share of visitors with a second conversation, where none is lost meanwhile; those who come back
    unasked are among them, whatever was agreed."""
    game = lab(preset, rival=None, drifts=0, today=0)
    return share(sum(run.talked_again for run in played(game, routine, "dates", runs)), runs)


def _next_day(*asked: str) -> Routine:
    """A visit, whatever is asked at its end, and one call the next day at the same hour."""
    return Routine(
        first=(discovery, *asked),
        calls=(DAY,),
        conversations=2,
        keeps_dates="on-tuesday" not in asked,
    )


DATES: Final = {"day": "on-tuesday", "day and hour": "tomorrow-this-hour"}
"""What can be agreed, and the line that asks for it."""


def date_gain(runs: int, *, asked: str, sale: str) -> Measurement:
    gain = _again(3 * runs, sale, _next_day(DATES[asked])) - _again(3 * runs, sale, _next_day())
    what = (
        f"second conversations with one call the next day: visitors asked to agree on a {asked}, whether they did or "
        f"not, less visitors who were not asked ({sale})"
    )
    return measured(what, 6 * runs, gain)


_USUAL: Final = (DAY, 2 * DAY, 4 * DAY)


def _plan_effect(preset: str, runs: int) -> Estimate:
    """Effect size d of asking for a day and hour on talking again, with the usual calls in both arms."""
    plain = Routine(first=(discovery,), calls=_USUAL, conversations=2)
    planned = Routine(first=(discovery, "tomorrow-this-hour"), calls=_USUAL, conversations=2)
    return _d(_again(runs, preset, planned), _again(runs, preset, plain))


_PLAN: Final = "effect size d of asking for a day and hour on talking again; three calls in four days either way"


def plan_effect(runs: int, *, sale: str) -> Measurement:
    return measured(f"{_PLAN} ({sale})", 4 * runs, _plan_effect(sale, 2 * runs))


def plan_effects(runs: int, *, sales: tuple[str, ...]) -> Measurement:
    effects = sorted((_plan_effect(sale, runs) for sale in sales), key=lambda effect: effect.value)
    what = f"{_PLAN}: the smallest and the largest of {len(sales)} kinds of sale"
    return measured(what, 2 * runs * len(sales), effects[0], effects[-1])


# long sales


def in_meetings(asks: tuple[int, ...] = (4, 6, 8, 10), dated: bool = False, brings: bool = True) -> Routine:
    """A seller of long sales, neither good nor bad: one need of two, a meeting every two weeks, and the question for
    the order in the weeks that `asks` names.

    Figures of long sales are means over all sellers of many firms, so the craft of the schools would be too much here.
    """

    def ask(s: Sight) -> Move | None:
        due = sum(s.now - s.start >= week * WEEK for week in asks)
        return named(s, "will-you-buy") if s.asks < due else None

    partner = ("fetch-the-partner",) if brings else ()
    step = ("in-two-weeks-this-hour",) if dated else ()
    return Routine(
        first=("good-day", "what-else", "show-lasting", "the-price", *step),
        later=(*partner, "play-back", "a-reference", ask, *step),
        calls=tuple(2 * WEEK * number + day * DAY for number in range(1, 8) for day in (0, 1)),
        conversations=8,
    )


def _deals(routine: Routine, runs: int, **changes: Any) -> list[Run]:
    return list(played(lab("b2b", **changes), routine, "deals", runs))


def no_decision(runs: int) -> Measurement:
    deals = _deals(in_meetings(), runs)
    hits = sum(run.p[at.RESULT] in NO_DECISION for run in deals)
    return measured("share of long sales that end without a decision", runs, share(hits, runs))


def indecision_share(runs: int) -> Measurement:
    """Losses to no decision that the same buyers, with the same luck, would not have been with low indecision."""
    as_drawn = _deals(in_meetings(), runs)
    decided = _deals(in_meetings(), runs, indecision=(CERTAIN, 0, 0))
    lost = [other for run, other in zip(as_drawn, decided, strict=True) if run.p[at.RESULT] in NO_DECISION]
    what = "share of long sales lost to no decision in which the same buyer, less undecided, would have decided"
    return measured(what, 2 * runs, share(sum(run.p[at.RESULT] not in NO_DECISION for run in lost), len(lost)))


def undecided_buyers(runs: int, *, sale: str) -> Measurement:
    hits = sum(p[at.INDECISION] > 0 for p in drawn(lab(sale), "prevalence", 4 * runs))
    return measured(f"share of buyers drawn with moderate or high indecision ({sale})", 4 * runs, share(hits, 4 * runs))


def win_by_level(runs: int) -> Measurement:
    deals = _deals(in_meetings(), 2 * runs)
    levels = [ordering([run for run in deals if run.p[at.INDECISION] == level]) for level in range(3)]
    return measured("share of long sales won, by indecision of the buyer", 2 * runs, *levels)


def action_plan(runs: int) -> Measurement:
    dated, undated = (ordering(_deals(in_meetings(dated=dated), runs)) for dated in (True, False))
    what = (
        "long sales won with a day and hour agreed for every next meeting, over those with calls at the same times, "
        "less one"
    )
    return measured(what, 2 * runs, dated.over(undated).less(1))


def multithread(runs: int) -> Measurement:
    several, one = (ordering(_deals(in_meetings(brings=brings), runs)) for brings in (True, False))
    what = "long sales won where the other decider is asked to join, over those where they are not, less one"
    return measured(what, 2 * runs, several.over(one).less(1))
