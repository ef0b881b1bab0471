"""What a run is worth, in minor units of money."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.rules import constants as c
from engine.rules.tables import RESULT, ProspectRules, Rules
from engine.units import HOUR
from engine.world import Core

ORDERED = RESULT["order"]
UNDECIDED = frozenset({RESULT["expired"], RESULT["never-contacted"], RESULT["lost-to-no-decision"]})
"""Results that leave a name on the list: nobody ever said yes or no."""


def value(rules: Rules, core: Core) -> int:
    """Margin of the orders that were kept, less the cost of the seller's time.

    A prospect left undecided costs `constants.LIMBO` minutes more: a name that somebody will go on chasing.
    """
    whole = 0
    for who, prospect in enumerate(rules.prospects, at.FIRST):
        whole += margin(prospect, core[who]) - cost(prospect, core[who])
    return whole


def margin(rules: ProspectRules, p: Sequence[int]) -> int:
    """What a kept order leaves over the offer's floor; 0 without one, below 0 for one sold under the floor."""
    return 0 if p[at.RESULT] != ORDERED or p[at.CANCELLED] else surplus(rules, p)


def surplus(rules: ProspectRules, p: Sequence[int]) -> int:
    """What an order would leave over the offer's floor."""
    return rules.prospect.offer.price - p[at.OFF] - rules.prospect.offer.floor


def minutes(p: Sequence[int]) -> int:
    """Minutes of the seller's time that a prospect has cost, with what an undecided one goes on costing."""
    return p[at.WORKED] + (c.LIMBO if p[at.RESULT] in UNDECIDED else 0)


def cost(rules: ProspectRules, p: Sequence[int]) -> int:
    """The cost of those minutes; a part of a minor unit counts as a whole one."""
    return -(-minutes(p) * rules.prospect.offer.hour // HOUR)
