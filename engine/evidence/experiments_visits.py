"""Experiments on visits: what is sold on the first one, who comes back, and what comes of calling them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from engine import world as at
from engine.evidence.habits import AGAIN, Habit, discovery, ordinary
from engine.evidence.lab import lab, opening
from engine.evidence.measurement import Estimate, Measurement, mean, measured, share
from engine.evidence.populations import RIVAL, Run, drawn, first_seed, played
from engine.luck import Luck
from engine.play import Game
from engine.rules import step
from engine.rules.turn import Turn
from engine.units import CERTAIN, DAY, HOUR
from engine.world import Core

Measure = Callable[[int], Measurement]


def _first_visit(preset: str, whom: str) -> Measure:
    def measure(runs: int) -> Measurement:
        hits = sum(run.on_first_visit for run in played(lab(preset), Habit(first=(ordinary,)), "first visit", runs))
        return measured(
            f"share of {whom} who order on the first visit from a good ordinary seller", runs, share(hits, runs)
        )

    return measure


auto = _first_visit("auto", "visitors to a showroom")
auto_strict = _first_visit("auto_strict", "visitors to a showroom that counts everybody")
in_home = _first_visit("in_home", "households visited at home")


def _unsold(habit: Habit, runs: int, preset: str = "auto") -> list[Run]:
    """Visits that ended without an order."""
    return [run for run in played(lab(preset), habit, "unsold", runs) if not run.on_first_visit]


UNCALLED: Final = Habit(first=(ordinary,), later=AGAIN)


def second_conversation(runs: int) -> Measurement:
    unsold = _unsold(UNCALLED, 2 * runs)
    what = "share of showroom visitors who left without buying and were not called, with a second conversation"
    return measured(what, 2 * runs, share(sum(run.talked_again for run in unsold), len(unsold)))


def home_return(runs: int) -> Measurement:
    unsold = _unsold(UNCALLED, 2 * runs, "new_home")
    what = "share of visitors to a model home who come back by themselves"
    return measured(what, 2 * runs, share(sum(run.talked_again for run in unsold), len(unsold)))


def be_backs(runs: int) -> Measurement:
    again = [run for run in _unsold(UNCALLED, 6 * runs) if run.talked_again]
    what = "share of those who came back to the showroom by themselves and then ordered from a good ordinary seller"
    return measured(what, 6 * runs, share(sum(run.ordered for run in again), len(again)))


def _called(runs: int) -> list[Run]:
    """Unsold visitors of a showroom who are called once, spread evenly over 4 to 24 hours later; some of them come back
    by themselves, before it or after it, and are among those who return."""

    def habit(number: int) -> Habit:
        after = 4 * HOUR + 20 * HOUR * (number % 100) // 100
        return Habit(first=(ordinary,), later=AGAIN, calls=(after,), conversations=2)

    game = lab("auto")
    return [run for run in played(game, habit, "unsold", runs) if not run.on_first_visit]


def called_return(runs: int) -> Measurement:
    unsold = _called(runs)
    what = (
        "share of unsold showroom visitors with a second conversation, called once 4 to 24 hours after the first, "
        "whether the call reached them or they came by themselves"
    )
    return measured(what, runs, share(sum(run.talked_again for run in unsold), len(unsold)))


def called_close(runs: int) -> Measurement:
    again = [run for run in _called(3 * runs) if run.talked_again]
    what = "share of those returners who ordered from a good ordinary seller"
    return measured(what, 3 * runs, share(sum(run.ordered for run in again), len(again)))


def internet_funnel(runs: int) -> Measurement:
    """Enquiries called three times in two days; an appointment at the showroom, and the sale there."""
    habit = Habit(
        first=("good-day", "what-for", "tomorrow-this-hour"),
        later=AGAIN,
        calls=(20, 4 * HOUR, DAY),
    )
    total = 3 * runs
    ends = list(played(lab("lead"), habit, "funnel", total))
    reached = [run for run in ends if run.talked]
    dated = [run for run in reached if run.p[at.ADVANCES] + run.p[at.BROKEN]]
    shown = [run for run in dated if run.talked_again]
    what = "shares of enquiries reached in three calls, and with an appointment; of those kept; of those visits sold"
    return measured(
        what,
        total,
        share(len(reached), total),
        share(len(dated), total),
        share(len(shown), len(dated)),
        share(sum(run.ordered for run in shown), len(shown)),
    )


def elsewhere(runs: int) -> Measurement:
    """Buyers whom nobody calls, over a week."""
    days = 7
    game = lab("auto", drifts=0)
    real = [run for run in played(game, Habit(first=(discovery,)), "elsewhere", runs) if run.p[at.REAL]]
    start = game.rules.start
    lost = share(sum(run.p[at.RESULT] == RIVAL and run.p[at.ENDED_AT] <= start + days * DAY for run in real), len(real))
    left = 1 - lost.value
    what = "share a day of unsold buyers who buy elsewhere while nobody calls them, over a week"
    return measured(what, runs, Estimate(1 - left ** (1 / days), lost.error * left ** (1 / days - 1) / days))


def real_buyers(runs: int) -> Measurement:
    real = sum(p[at.REAL] for p in drawn(lab("auto"), "real", 4 * runs))
    return measured("share of visitors drawn who will buy from somebody", 4 * runs, share(real, 4 * runs))


def home_sale(runs: int) -> Measurement:
    """An appointment, then visits a week apart by agreement, and a call where nothing was agreed."""
    habit = Habit(
        first=(ordinary, "in-a-week-this-hour"),
        later=(*AGAIN, "in-a-week-this-hour"),
        calls=(2 * DAY, 9 * DAY, 16 * DAY),
        conversations=4,
    )
    hits = sum(run.ordered for run in played(lab("new_home"), habit, "home", runs))
    what = (
        "share of appointments at a model home that end in an order, of a good ordinary seller who agrees a next visit"
    )
    return measured(what, runs, share(hits, runs))


PRICES: Final = (400_000, 1_000_000, 3_000_000)


def cancelled(runs: int) -> Measurement:
    found = []
    for price in PRICES:
        game = lab("in_home", price=price, today=CERTAIN, real=CERTAIN, indecision=(CERTAIN, 0, 0))
        orders = [run for run in played(game, Habit(first=(ordinary,)), "cancelled", 2 * runs) if run.ordered]
        found.append(share(sum(run.p[at.CANCELLED] for run in orders), len(orders)))
    what = "share of first-visit orders cancelled afterwards, at prices of 4,000, 10,000 and 30,000"
    return measured(what, 2 * runs * len(PRICES), *found)


def _reasons(runs: int) -> tuple[list[bool], list[str]]:
    """Objections that were opened up: whether what was said was what was meant, and what was meant."""
    game = lab("auto")
    prospect = game.scenario.prospects[0]
    habit = Habit(first=("good-day", "what-for", "play-back", "the-price", *("will-you-buy", "what-is-behind") * 4))
    same, reasons = [], []
    for run in played(game, habit, "reasons", runs):
        for index, objection in enumerate(prospect.objections):
            if run.p[at.OPENED_UP] >> index & 1:
                reason = prospect.reasons[run.p[at.REASONS] >> 8 * index & 255]
                same.append(reason == objection.id)
                reasons.append(reason)
    return same, reasons


def stated_is_real(runs: int) -> Measurement:
    same, _ = _reasons(2 * runs)
    what = "share of objections whose reason was asked for and was the one stated"
    return measured(what, 2 * runs, share(sum(same), len(same)))


def real_mix(runs: int) -> Measurement:
    _, reasons = _reasons(2 * runs)
    what = "share of objections behind which money, the stock, or a bad welcome was found"
    kinds = ("money", "not-in-stock", "welcome")
    return measured(what, 2 * runs, *(share(reasons.count(kind), len(reasons)) for kind in kinds))


def same_day(runs: int) -> Measurement:
    """Visitors who are left with 'I will be in touch', called once, or left to come back by themselves. What a call
    brings is what is ordered with it over what those same visitors order without it."""
    game = lab("auto")

    def later_orders(*calls: int) -> list[bool]:
        habit = Habit(first=(ordinary,), later=AGAIN, calls=calls, conversations=2)
        return [run.ordered and not run.on_first_visit for run in played(game, habit, "same day", 3 * runs)]

    uncalled = later_orders()

    def brought(hours: int) -> Estimate:
        called = later_orders(hours * HOUR)
        return mean([one - other for one, other in zip(called, uncalled, strict=True)])

    what = "orders that one call brings 72 hours after a visit, over those that one brings 6 hours after it"
    return measured(what, 9 * runs, brought(72).over(brought(6)))


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
    what = "mean hours that a part of the excitement over a visit lasts, the first of the three feelings"
    return measured(what, runs, mean(lasting))


HOURS: Final = 72
"""Hours for which excitement is watched."""


def _excitement(game: Game, core: Core, luck: Sequence[Luck]) -> int:
    return Turn(game.rules, core, luck).excitement(game.rules.prospects[0], core[at.FIRST])
