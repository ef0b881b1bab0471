"""Experiments on visits: what is sold on the first one, who comes back, and what comes of calling them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from engine import world as at
from engine.evidence.lab import lab, opening
from engine.evidence.measurement import Estimate, Measurement, mean, measured, share
from engine.evidence.parameters import Stretch, spelled, stretched
from engine.evidence.populations import RIVAL, Run, drawn, first_seed, ordering, played
from engine.evidence.routines import AGAIN, PLAIN, Routine, discovery, ordinary
from engine.luck import Luck
from engine.play import Game
from engine.rules import step
from engine.rules.turn import Turn
from engine.units import CERTAIN, DAY, HOUR
from engine.world import Core


def first_visit_orders(runs: int, *, sale: str) -> Measurement:
    hits = sum(run.on_first_visit for run in played(lab(sale), Routine(first=(ordinary,)), "first visit", runs))
    what = f"share of visitors who order on the first visit from a good ordinary seller ({sale})"
    return measured(what, runs, share(hits, runs))


def _unsold(sale: str, routine: Routine | Callable[[int], Routine], runs: int) -> list[Run]:
    """Visits that ended without an order."""
    return [run for run in played(lab(sale), routine, "unsold", runs) if not run.on_first_visit]


UNCALLED: Final = Routine(first=(ordinary,), later=AGAIN)


def second_conversation(runs: int, *, sale: str) -> Measurement:
    unsold = _unsold(sale, UNCALLED, 2 * runs)
    what = f"share of visitors who left without buying, were not called, and came back ({sale})"
    return measured(what, 2 * runs, share(sum(run.talked_again for run in unsold), len(unsold)))


def beback_orders(runs: int, *, sale: str) -> Measurement:
    again = [run for run in _unsold(sale, UNCALLED, 6 * runs) if run.talked_again]
    what = f"share of visitors coming back of their own accord who then order from a good ordinary seller ({sale})"
    return measured(what, 6 * runs, ordering(again))


def _called(sale: str, when: Stretch, runs: int) -> list[Run]:
    """Unsold visitors who are called once, spread evenly over a stretch of time after it; some of them come back by
    themselves, before it or after it, and are among those who return."""
    low, high = when

    def routine(number: int) -> Routine:
        return Routine(
            first=(ordinary,), later=AGAIN, calls=(low + (high - low) * (number % 100) // 100,), conversations=2
        )

    return _unsold(sale, routine, runs)


def return_called(runs: int, *, sale: str, when: Stretch) -> Measurement:
    unsold = _called(sale, when, runs)
    what = (
        f"share of unsold visitors, called once {stretched(when)} later, who talk to the seller again, because of the "
        f"call or of their own accord ({sale})"
    )
    return measured(what, runs, share(sum(run.talked_again for run in unsold), len(unsold)))


def return_called_orders(runs: int, *, sale: str, when: Stretch) -> Measurement:
    again = [run for run in _called(sale, when, 3 * runs) if run.talked_again]
    what = (
        f"share of those unsold visitors, called once {stretched(when)} later, who talked to a good ordinary seller "
        f"again and then ordered ({sale})"
    )
    return measured(what, 3 * runs, ordering(again))


ASKED: Final = Routine(first=(*PLAIN, "tomorrow-this-hour"))
"""What most sellers do, and the question for a day and hour at its end. Published shares count every seller and every
conversation: foureyes.funnel_internet has .32 with an appointment of .60 who were spoken to."""


def date_agreed(runs: int, *, sale: str) -> Measurement:
    unsold = _unsold(sale, ASKED, runs)
    what = f"share of visitors who agree on a day and hour when most sellers ask them once, at the end ({sale})"
    return measured(what, runs, share(sum(bool(_dates(run)) for run in unsold), len(unsold)))


def date_kept(runs: int, *, sale: str) -> Measurement:
    agreed = [run for run in _unsold(sale, ASKED, 2 * runs) if _dates(run)]
    what = f"share of visitors with a day and hour agreed who are there then ({sale})"
    return measured(what, 2 * runs, share(sum(run.talked_again for run in agreed), len(agreed)))


def _dates(run: Run) -> int:
    return run.p[at.ADVANCES] + run.p[at.BROKEN]


def enquiry_funnel(runs: int) -> Measurement:
    """Enquiries called three times in two days; an appointment, and the sale there."""
    routine = Routine(
        first=("good-day", "what-for", "show-time", "tomorrow-this-hour"),
        later=AGAIN,
        calls=(20, 4 * HOUR, DAY),
    )
    total = 3 * runs
    ends = list(played(lab("lead"), routine, "funnel", total))
    reached = [run for run in ends if run.talked]
    dated = [run for run in reached if _dates(run)]
    shown = [run for run in dated if run.talked_again]
    what = (
        "share of enquiries reached in three calls; share with an appointment; share of those kept; share of those "
        "visits that end in an order"
    )
    return measured(
        what,
        total,
        share(len(reached), total),
        share(len(dated), total),
        share(len(shown), len(dated)),
        ordering(shown),
    )


def bought_elsewhere(runs: int, *, sale: str, days: int) -> Measurement:
    """Buyers whom nobody calls."""
    game = lab(sale, drifts=0)
    real = [run for run in played(game, Routine(first=(discovery,)), "elsewhere", runs) if run.p[at.REAL]]
    start = game.rules.start
    lost = share(sum(run.p[at.RESULT] == RIVAL and run.p[at.ENDED_AT] <= start + days * DAY for run in real), len(real))
    left = 1 - lost.value
    what = f"share of unsold, uncalled buyers who buy elsewhere, a day, over {days} days ({sale})"
    return measured(what, runs, Estimate(1 - left ** (1 / days), lost.error * left ** (1 / days - 1) / days))


def real_buyers(runs: int, *, sale: str) -> Measurement:
    real = sum(p[at.REAL] for p in drawn(lab(sale), "real", 4 * runs))
    return measured(f"share of visitors who will buy from somebody ({sale})", 4 * runs, share(real, 4 * runs))


def orders(runs: int, *, sale: str) -> Measurement:
    """Up to four conversations a week apart by agreement, and a call where nothing was agreed."""
    routine = Routine(
        first=(ordinary, "in-a-week-this-hour"),
        later=(*AGAIN, "in-a-week-this-hour"),
        calls=(2 * DAY, 9 * DAY, 16 * DAY),
        conversations=4,
    )
    hits = sum(run.ordered for run in played(lab(sale), routine, "home", runs))
    what = (
        f"orders per visitor of a good ordinary seller who agrees on a next visit, on the first visit or later ({sale})"
    )
    return measured(what, runs, share(hits, runs))


def cancelled(runs: int, *, prices: tuple[int, ...]) -> Measurement:
    found = []
    for price in prices:
        game = lab("in_home", price=100 * price, today=CERTAIN, real=CERTAIN, indecision=(CERTAIN, 0, 0))
        orders = [run for run in played(game, Routine(first=(ordinary,)), "cancelled", 2 * runs) if run.ordered]
        found.append(share(sum(run.p[at.CANCELLED] for run in orders), len(orders)))
    listed_prices = ", ".join(f"{price:,}" for price in prices)
    what = f"share of first-visit orders cancelled afterwards, at a price of {listed_prices}"
    return measured(what, 2 * runs * len(prices), *found)


def _reasons(runs: int) -> tuple[list[bool], list[str]]:
    """Objections that were opened up: whether what was said was what was meant, and what was meant."""
    game = lab("auto")
    prospect = game.scenario.prospects[0]
    routine = Routine(first=("good-day", "what-for", "play-back", "the-price", *("will-you-buy", "what-is-behind") * 4))
    same, reasons = [], []
    for run in played(game, routine, "reasons", runs):
        for index, objection in enumerate(prospect.objections):
            if run.p[at.OPENED_UP] >> index & 1:
                reason = prospect.reasons[run.p[at.REASONS] >> 8 * index & 255]
                same.append(reason == objection.id)
                reasons.append(reason)
    return same, reasons


def stated_is_real(runs: int) -> Measurement:
    same, _ = _reasons(2 * runs)
    what = "share of objections in which the reason, once asked for, was the one stated"
    return measured(what, 2 * runs, share(sum(same), len(same)))


def real_mix(runs: int) -> Measurement:
    _, reasons = _reasons(2 * runs)
    what = "share of objections that turned out to be about money, the stock, or a bad welcome"
    kinds = ("money", "not-in-stock", "welcome")
    return measured(what, 2 * runs, *(share(reasons.count(kind), len(reasons)) for kind in kinds))


def call_yield(runs: int, *, later: int, sooner: int) -> Measurement:
    """Visitors who are left with 'I will be in touch', called once, or left to come back by themselves. What a call
    brings is what is ordered with it over what those same visitors order without it."""
    game = lab("auto")

    def later_orders(*calls: int) -> list[bool]:
        routine = Routine(first=(ordinary,), later=AGAIN, calls=calls, conversations=2)
        return [run.ordered and not run.on_first_visit for run in played(game, routine, "same day", 3 * runs)]

    uncalled = later_orders()

    def brought(minutes: int) -> Estimate:
        called = later_orders(minutes)
        return mean([one - other for one, other in zip(called, uncalled, strict=True)])

    what = f"orders that a call {spelled(later)} after a visit brings, over those of one after {spelled(sooner)}"
    return measured(what, 9 * runs, brought(later).over(brought(sooner)))


def excitement(runs: int) -> Measurement:
    """A story told, and the excitement left in every hour of the next three days, added up.

    The area under a curve of what is left is the mean time that a part of it lasts.
    """
    runs = max(20, runs // 100)
    game = lab("auto")
    story, end, hour = (game.move_named(name) for name in ("a-story", "some-time", "an-hour"))
    lasting = []
    for number in range(runs):
        core, luck = opening(game, first_seed("excitement") + number)
        for move in (story, end):
            core = step(game.rules, core, luck, move)
        left = [_excitement(game, core, luck)]
        for _ in range(HOURS):
            core = step(game.rules, core, luck, hour)
            left.append(_excitement(game, core, luck))
        lasting.append((sum(left) - (left[0] + left[-1]) / 2) / left[0])
    what = "mean hours for which excitement about a visit lasts (excitement only, of the three feelings)"
    return measured(what, runs, mean(lasting))


HOURS: Final = 72
"""Hours for which excitement is watched."""


def _excitement(game: Game, core: Core, luck: Sequence[Luck]) -> int:
    return Turn(game.rules, core, luck).excitement(game.rules.prospects[0], core[at.FIRST])
