"""Nuisance: how contact wears on a buyer, until they ask to be left alone."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.events import OPTED_OUT
from engine.rules import constants as c
from engine.rules import replies
from engine.rules.tables import NO_PROMISE, OUTCOME, ProspectRules
from engine.rules.turn import People, Turn
from engine.world import FAR

OPTS_OUT = OUTCOME["opts-out"]


def worn(p: Sequence[int], chance: int) -> int:
    """A chance of being heard, less what contact has worn away of it."""
    return 0 if p[at.OPTED_OUT] else chance * max(0, c.NUISANCE_WEAR - p[at.NUISANCE]) // c.NUISANCE_WEAR


def bother(turn: Turn, who: int, rules: ProspectRules, p: People, points: int) -> None:
    """Let contact wear on a buyer by this many points. Once they have had enough, they ask to be left alone."""
    if not points:
        return
    p[at.NUISANCE] += points
    p[at.MOST_NUISANCE] = max(p[at.MOST_NUISANCE], p[at.NUISANCE])
    if p[at.NUISANCE] < p[at.ENOUGH] or p[at.OPTED_OUT]:
        return
    p[at.OPTED_OUT] = 1
    p[at.PROMISE], p[at.INVITED], p[at.INBOUND_AT] = NO_PROMISE, 0, FAR
    turn.tell(who, "contact", OPTED_OUT, "asked to be left alone")
    turn.trust(who, p, c.OPT_OUT_TRUST, "too much contact")
    replies.say_outcome(turn, who, rules, p, OPTS_OUT)


def harass(turn: Turn, who: int, p: People) -> None:
    """Count contact with somebody who has asked to be left alone."""
    if p[at.OPTED_OUT]:
        p[at.HARASSED] += 1
        turn.trust(who, p, c.HARASSED_TRUST, "they had asked to be left alone")
