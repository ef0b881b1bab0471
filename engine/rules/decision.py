"""What the buyer may answer, and how likely each answer is.

Everything here reads the state and changes nothing. A move with a chance in it has a handful of possible answers, each
a place in `vocabulary.OUTCOMES`, with chances in millionths that add up to 1,000,000.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.curves import logistic
from engine.remembered import Remembered
from engine.rules import constants as c
from engine.rules.deciders import silent
from engine.rules.tables import OUTCOME, LineRule, Odds, ProspectRules
from engine.rules.turn import People, Turn
from engine.units import CERTAIN, LEVEL

NOTHING = -1
ORDER, OBJECTION, STALL, NO_SALE = OUTCOME["order"], OUTCOME["objection"], OUTCOME["stall"], OUTCOME["no-sale"]
AGREES, DECLINES, STAYS, JOINS = OUTCOME["agrees"], OUTCOME["declines"], OUTCOME["stays"], OUTCOME["joins"]
UNPRICED = OUTCOME["unpriced"]

_WARM = c.MOODS.index("warm") - c.MOODS.index("polite")
"""The place of the limit of a warm buyer in `WARMTH`."""

Terms = list[tuple[str, int]]
"""What adds up to log-odds: names, with thousandths."""

CERTAINLY_NOTHING: Odds = ((NOTHING, CERTAIN),)


def objecting(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to something shown: an objection may come up."""
    if hidden_objection(rules, p) < 0:
        return CERTAINLY_NOTHING
    return _either(OBJECTION, NOTHING, c.TIED_OBJECTION if line.meets & p[at.KNOWN] & p[at.HAS] else c.PITCH_OBJECTION)


def joining(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to asking for somebody else."""
    return _either(JOINS, DECLINES, c.JOINS + c.JOINS_TRUST * p[at.TRUST] // LEVEL)


def asked(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to the question for the order: a logit where an order is possible, and what is left shared out. Nobody
    orders what has no price, and no buyer who is warm says no out of the blue: without having put it off before, or
    objected, or been pressed."""
    if not (p[at.PRICED] or line.prices):
        return ((ORDER, 0), (UNPRICED, CERTAIN))
    order = logistic(readiness(turn, rules, p) + timing(p)) if turn.able(rules, p) else 0
    rest = CERTAIN - order
    if p[at.REAL]:
        warm = turn.interest(rules, p) + p[at.TRUST] >= 2 * c.WARMTH[_WARM]
        unforced = c.NO_SHARE if not warm or p[at.ASKS] > p[at.ASKED_BACK] or p[at.RAISED] else 0
        no = rest * (unforced + c.NO_PRESSURE * turn.pressure(rules, p) // LEVEL) // CERTAIN
    else:
        no = rest * (c.FALSE_NO + c.FALSE_NO_TRUST * p[at.TRUST] // LEVEL) // CERTAIN
    rest -= no
    objection = rest * c.OBJECTS_SHARE // CERTAIN if hidden_objection(rules, p) >= 0 else 0
    return ((ORDER, order), (NO_SALE, no), (OBJECTION, objection), (STALL, rest - objection))


def timing(p: Sequence[int]) -> int:
    """Log-odds, in thousandths, that asking just now adds: while a signal holds, or without one."""
    return c.DECIDE_SIGNAL if p[at.WINDOW] else c.DECIDE_NO_SIGNAL


def readiness(turn: Turn, rules: ProspectRules, p: Sequence[int], told: Terms | None = None) -> int:
    """Log-odds, in thousandths, of an order from a buyer who could decide now, whenever they are asked. What they are
    made of is added to `told`."""
    offer, covered, pressure = rules.prospect.offer, coverage(rules, p), turn.pressure(rules, p)
    interest = c.DECIDE_INTEREST * turn.interest(rules, p) // LEVEL
    trust = c.DECIDE_TRUST * p[at.TRUST] // LEVEL
    needs = c.DECIDE_NEEDS * covered // LEVEL
    unsettled = (p[at.OBJECTS] | p[at.RAISED]) & ~p[at.SETTLED]
    objections = c.DECIDE_OPEN * unsettled.bit_count()
    pressed = again = off = 0
    refused = p[at.ASKS] - p[at.ASKED_BACK]
    if offer.size == "small":
        pressed, again = c.DECIDE_PRESSURE_SMALL * pressure // LEVEL, c.DECIDE_AGAIN_SMALL * refused
    elif offer.size == "large":
        pressed, again = c.DECIDE_PRESSURE_LARGE * pressure // LEVEL, c.DECIDE_AGAIN_LARGE * refused
    unchanged = c.DECIDE_NOTHING_NEW if nothing_since(p, p[at.ASKED_WITH]) else 0
    doubt = c.DECIDE_INDECISION[p[at.INDECISION]]
    if not unsettled:
        doubt -= doubt * c.SETTLED_INDECISION * covered // (100 * LEVEL)
    if p[at.OFF]:
        off = min(c.DECIDE_OFF_MOST, c.DECIDE_OFF * 100 * p[at.OFF] // max(1, offer.price))
    waits = c.DECIDE_WAITS[min(p[at.GIVEN_WAY], len(c.DECIDE_WAITS) - 1)]
    if told is not None:
        told += [("interest", interest), ("trust", trust), ("needs", needs), ("objections", objections)]
        told += [("pressure", pressed), ("asked-again", again), ("nothing-new", unchanged), ("indecision", doubt)]
        told += [("discount", off), ("waits", waits)]
    return c.DECIDE_BASE + interest + trust + needs + objections + pressed + again + unchanged + doubt + off + waits


def dealt_with(p: Sequence[int]) -> int:
    """How much of what stood in the way has been dealt with, plus one: needs met, objections settled, people present.
    A buyer who said no to the same question a minute ago has no reason to say something else."""
    return 1 + p[at.MET].bit_count() + p[at.SETTLED].bit_count() + p[at.PRESENT].bit_count()


def nothing_since(p: Sequence[int], then: int) -> bool:
    """Whether nothing has been dealt with since that much was; False for 0, which stands for never."""
    return then > 0 and then == dealt_with(p)


def coverage(rules: ProspectRules, p: Sequence[int]) -> int:
    """Share of the buyer's needs that have been met, by weight, in level units; full for a buyer without needs."""
    return rules.covered[p[at.HAS] & rules.needs, p[at.MET], p[at.GROWN]]


def covering(weights: Sequence[int]) -> Remembered[tuple[int, int, int], int]:
    """That share by the masks of needs, of facts met, and of needs made bigger; `weights` has one for each fact."""

    def covered(masks: tuple[int, int, int]) -> int:
        needs, met, bigger = masks
        whole = done = 0
        for index, weight in enumerate(weights):
            if needs >> index & 1:
                grown = weight * (100 + c.IMPLICATION_GROWTH) if bigger >> index & 1 else weight * 100
                whole += grown
                if met >> index & 1:
                    done += grown
        return done * LEVEL // whole if whole else LEVEL

    return Remembered(covered)


def proposed(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to a dated step. Nobody agrees to anything with somebody they distrust."""
    agrees = logistic(willingness(turn, rules, p, line)) * min(p[at.TRUST], c.AGREE_OPEN) // c.AGREE_OPEN
    return _either(AGREES, DECLINES, agrees)


def willingness(turn: Turn, rules: ProspectRules, p: Sequence[int], line: LineRule, told: Terms | None = None) -> int:
    """Log-odds, in thousandths, of a yes to a dated step from a buyer who trusts the seller enough. An hour named
    helps. What they are made of is added to `told`."""
    interest = c.AGREE_INTEREST * turn.interest(rules, p) // LEVEL
    trust = c.AGREE_TRUST * p[at.TRUST] // LEVEL
    pressed = c.AGREE_PRESSURE * turn.pressure(rules, p) // LEVEL
    again = c.AGREE_AGAIN * p[at.REFUSED_NOW]
    politely = 0 if p[at.REAL] else c.AGREE_POLITELY
    hour = c.AGREE_TIMED if line.line.step is not None and line.line.step.timed else 0
    if told is not None:
        told += [("interest", interest), ("trust", trust), ("pressure", pressed), ("asked-again", again)]
        told += [("no-buyer", politely), ("hour", hour)]
    return c.AGREE_BASE + interest + trust + pressed + again + politely + hour


def invited(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """Answers to an invitation to say no."""
    if p[at.REAL]:
        takes = c.BUYER_TAKES_NO * (LEVEL - turn.interest(rules, p)) // LEVEL
    else:
        takes = c.TAKES_NO + c.TAKES_NO_TRUST * p[at.TRUST] // LEVEL
    return _either(NO_SALE, STAYS, takes)


def hidden_objection(rules: ProspectRules, p: Sequence[int]) -> int:
    """The objection that would come up next: present and never raised, or answered without touching what lies behind
    it, of somebody who is at the table. -1 when there is none."""
    waiting = p[at.OBJECTS] & ~p[at.SETTLED] & ~p[at.OPEN]
    if rules.owners:
        waiting &= ~silent(rules, p)
    return (waiting & -waiting).bit_length() - 1


def _either(one: int, other: int, chance: int) -> Odds:
    chance = min(CERTAIN, chance)
    return ((one, chance), (other, CERTAIN - chance))
