"""What the buyer may answer, and how likely each answer is.

Everything here reads the state and changes nothing. A move with a chance in it has a handful of possible answers, each
a place in `vocabulary.ANSWERS`, with chances in millionths that add up to 1,000,000.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.curves import logistic
from engine.rules import constants as c
from engine.rules.tables import ANSWER, LineRule, Odds, ProspectRules
from engine.rules.turn import People, Turn
from engine.units import CERTAIN, LEVEL

NOTHING = -1
ORDER, OBJECTION, STALL, NO_SALE = ANSWER["order"], ANSWER["objection"], ANSWER["stall"], ANSWER["no-sale"]
AGREES, DECLINES, STAYS, JOINS = ANSWER["agrees"], ANSWER["declines"], ANSWER["stays"], ANSWER["joins"]
UNPRICED = ANSWER["unpriced"]

CERTAINLY_NOTHING: Odds = ((NOTHING, CERTAIN),)


def objecting(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to something shown: an objection may come up."""
    if hidden_objection(p) < 0:
        return CERTAINLY_NOTHING
    return _either(OBJECTION, NOTHING, c.TIED_OBJECTION if line.meets & p[at.KNOWN] & p[at.HAS] else c.PITCH_OBJECTION)


def joining(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to asking for somebody else."""
    return _either(JOINS, DECLINES, c.JOINS + c.JOINS_TRUST * p[at.TRUST] // LEVEL)


def asked(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to the question for the order: a logit where an order is possible, and what is left shared out. Nobody
    orders what has no price."""
    if not (p[at.PRICED] or line.prices):
        return ((ORDER, 0), (UNPRICED, CERTAIN))
    timing = c.DECIDE_SIGNAL if p[at.WINDOW] else c.DECIDE_NO_SIGNAL
    order = logistic(readiness(turn, rules, p) + timing) if turn.able(p) else 0
    rest = CERTAIN - order
    if p[at.REAL]:
        no = rest * (c.NO_SHARE + c.NO_PRESSURE * turn.pressure(rules, p) // LEVEL) // CERTAIN
    else:
        no = rest * (c.FALSE_NO + c.FALSE_NO_TRUST * p[at.TRUST] // LEVEL) // CERTAIN
    rest -= no
    objection = rest * c.OBJECTS_SHARE // CERTAIN if hidden_objection(p) >= 0 else 0
    return ((ORDER, order), (NO_SALE, no), (OBJECTION, objection), (STALL, rest - objection))


def readiness(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Log-odds, in thousandths, of an order from a buyer who could decide now, whenever they are asked."""
    price = rules.prospect.offer.price
    z = c.DECIDE_BASE
    z += c.DECIDE_INTEREST * turn.interest(rules, p) // LEVEL
    z += c.DECIDE_TRUST * p[at.TRUST] // LEVEL
    covered = coverage(rules, p)
    z += c.DECIDE_NEEDS * covered // LEVEL
    unsettled = (p[at.OBJECTS] | p[at.RAISED]) & ~p[at.SETTLED]
    z += c.DECIDE_OPEN * unsettled.bit_count()
    pressure = turn.pressure(rules, p)
    if price < c.SMALL_SALE:
        z += c.DECIDE_PRESSURE_SMALL * pressure // LEVEL + c.DECIDE_AGAIN_SMALL * p[at.ASKS]
    elif price > c.LARGE_SALE:
        z += c.DECIDE_PRESSURE_LARGE * pressure // LEVEL + c.DECIDE_AGAIN_LARGE * p[at.ASKS]
    if p[at.ASKED_WITH] == dealt_with(p):
        z += c.DECIDE_NOTHING_NEW
    doubt = c.DECIDE_INDECISION[p[at.INDECISION]]
    if not unsettled:
        doubt -= doubt * c.SETTLED_INDECISION * covered // (100 * LEVEL)
    z += doubt
    if p[at.OFF]:
        z += min(c.DECIDE_OFF_MOST, c.DECIDE_OFF * 100 * p[at.OFF] // max(1, price))
    return z


def dealt_with(p: Sequence[int]) -> int:
    """How much of what stood in the way has been dealt with, plus one: needs met, objections settled, people present.
    A buyer who said no to the same question a minute ago has no reason to say something else."""
    return 1 + p[at.MET].bit_count() + p[at.SETTLED].bit_count() + p[at.PRESENT].bit_count()


def coverage(rules: ProspectRules, p: Sequence[int]) -> int:
    """Share of the buyer's needs that have been met, by weight, in level units; full for a buyer without needs."""
    needs, met, whole, done = p[at.HAS] & rules.needs, p[at.MET], 0, 0
    for index, weight in enumerate(rules.weights):
        if weight and needs >> index & 1:
            grown = weight * (100 + c.IMPLICATION_GROWTH) if p[at.GROWN] >> index & 1 else weight * 100
            whole += grown
            if met >> index & 1:
                done += grown
    return done * LEVEL // whole if whole else LEVEL


def proposed(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to a dated step. An hour named helps; nobody agrees to anything with somebody they distrust."""
    z = c.AGREE_BASE
    z += c.AGREE_INTEREST * turn.interest(rules, p) // LEVEL
    z += c.AGREE_TRUST * p[at.TRUST] // LEVEL
    z += c.AGREE_PRESSURE * turn.pressure(rules, p) // LEVEL
    z += c.AGREE_AGAIN * p[at.REFUSED_NOW]
    if not p[at.REAL]:
        z += c.AGREE_POLITELY
    if line.line.step is not None and line.line.step.timed:
        z += c.AGREE_TIMED
    return _either(AGREES, DECLINES, logistic(z) * min(p[at.TRUST], c.AGREE_OPEN) // c.AGREE_OPEN)


def invited(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to an invitation to say no."""
    if p[at.REAL]:
        takes = c.BUYER_TAKES_NO * (LEVEL - turn.interest(rules, p)) // LEVEL
    else:
        takes = c.TAKES_NO + c.TAKES_NO_TRUST * p[at.TRUST] // LEVEL
    return _either(NO_SALE, STAYS, takes)


def hidden_objection(p: Sequence[int]) -> int:
    """The objection that would come up next: present and never raised, or answered without touching what lies behind
    it. -1 when there is none."""
    waiting = p[at.OBJECTS] & ~p[at.SETTLED] & ~p[at.OPEN]
    return (waiting & -waiting).bit_length() - 1


def _either(one: int, other: int, chance: int) -> Odds:
    chance = min(CERTAIN, chance)
    return ((one, chance), (other, CERTAIN - chance))
