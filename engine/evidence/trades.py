"""The bundled scenarios beside what is published of their trades.

The laboratory is set by published figures and the scenarios are not: they are written to be played. A game may be
kinder than life, and this says by how much. The players are the scenario's own school over all buyers, and the expert
over the few that it meets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.evidence.schools import EXPERT, OWN, expecting, playing
from engine.evidence.tallies import Tallies, known, rate
from engine.evidence.trials import Trial
from engine.intervals import Mean
from engine.units import CERTAIN

PLAYED: Final = {"first-five-minutes": "plan-a"} | dict(OWN)
"""The school that plays each scenario; in the one that teaches none, the school that asks in the first conversation."""


@dataclass(frozen=True, slots=True)
class Trade:
    """A published figure of a scenario's trade."""

    scenario: str
    what: str
    low: float
    high: float
    """The same as `low` where one number is published."""
    source: str
    """With places in the list of sources in brackets."""
    count: str
    """What is counted in a trial of the school,"""
    of: str
    """for each of these."""
    less_is_kinder: bool = False


TRADES: Final = (
    Trade(
        "first-five-minutes",
        "orders in the first conversation",
        0.33,
        0.42,
        "Rackham, above 100 USD [34]",
        "first",
        "prospects",
    ),
    Trade(
        "roof-before-the-rain", "orders per visit", 0.25, 0.35, "Hatch, in-home improvement [43]", "orders", "prospects"
    ),
    Trade(
        "saturday-showroom",
        "orders per visitor",
        0.12,
        0.25,
        "car dealers, all visitors logged to rule of thumb [26][27][36]",
        "orders",
        "prospects",
    ),
    Trade(
        "saturday-showroom",
        "orders on the first visit per visitor",
        0.09,
        0.25,
        "CAR-Research; NADA [26][36]",
        "first",
        "prospects",
    ),
    Trade(
        "saturday-showroom",
        "unsold visitors with a second conversation, called within a day",
        0.15,
        0.33,
        "Powersports Business [25]",
        "again",
        "unsold",
    ),
    Trade(
        "saturday-showroom",
        "visitors with an agreed date who talk with the seller again",
        0.56,
        0.56,
        "Foureyes, appointments at car dealers [37]",
        "dated_again",
        "dated",
    ),
    Trade(
        "pricing-form",
        "enquirers reached",
        0.60,
        0.60,
        "Foureyes, internet enquiries at car dealers [37]",
        "talked",
        "prospects",
    ),
    Trade(
        "pricing-form",
        "orders per enquiry",
        0.075,
        0.075,
        "Foureyes, .32 with an appointment, .56 of them kept, .42 of those sold [37]",
        "orders",
        "prospects",
    ),
    Trade(
        "friday-pipeline",
        "prospects without a decision at the end",
        0.40,
        0.60,
        "Dixon and McKenna, qualified deals [52]",
        "limbo",
        "prospects",
        True,
    ),
    Trade(
        "long-audition",
        "deals without a decision at the end",
        0.40,
        0.60,
        "Dixon and McKenna, qualified deals [52]",
        "limbo",
        "prospects",
        True,
    ),
    Trade(
        "long-audition",
        "orders per deal",
        0.04,
        0.50,
        "win rates from high to low indecision [53]",
        "orders",
        "prospects",
    ),
)
"""What is published and can be counted in a scenario."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of a trade beside a scenario's."""

    trade: Trade
    school: str
    """The doctrine that plays it."""
    by_school: Mean
    by_expert: Mean | None
    """None where only orders are known of the expert, who is slow, and this is another figure."""

    def times(self, by: Mean) -> float | None:
        """How many times the nearer end of what is published; None where the interval reaches it or is unknown."""
        low, high = self.trade.low, self.trade.high
        if not known(by) or (by.low <= high and by.high >= low):
            return None
        return by.value / (high if by.value > high else low)

    def kinder(self, by: Mean) -> bool:
        """Whether the scenario is outside its trade and kinder to the seller."""
        return self.times(by) is not None and (by.value < self.trade.low) == self.trade.less_is_kinder


def trade_trials(trade: Trade) -> dict[str, Trial]:
    """What is played for a figure; nothing that the schools' table does not play as well."""
    return {
        "school": playing(trade.scenario, PLAYED[trade.scenario]),
        EXPERT: expecting(trade.scenario, EXPERT),
    }


def beside(trade: Trade, found: Tallies) -> Beside:
    """A scenario's figure, from the trials of `trade_trials`."""
    return Beside(
        trade, PLAYED[trade.scenario], found.figure(rate("school", trade.count, trade.of)), _of_expert(trade, found)
    )


def _of_expert(trade: Trade, found: Tallies) -> Mean | None:
    if (trade.count, trade.of) != ("orders", "prospects"):
        return None
    return found.figure(rate(EXPERT, "expected_orders", "prospects", 1 / CERTAIN))
