"""The buyer that a seed draws from a scenario's population."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.curves import QUANTILES, exponential_quantile
from engine.luck import Luck, below, part, which, within
from engine.rules import constants as c
from engine.rules.tables import ProspectRules
from engine.scenario.compiled import Prospect
from engine.units import CERTAIN, Span
from engine.world import FAR, NEVER

(
    _REAL,
    _TODAY,
    _READY,
    _DECIDES,
    _INDECISION,
    _INTEREST,
    _TRUST,
    _RIVAL_ANSWERS,
    _RIVAL_REPLY,
    _RIVAL_WINS,
    _DRIFT,
    _ENOUGH,
    _TOUCHY,
    _DRAWS,
) = range(14)
"""The places of a buyer's facts among the draws of the event `buyer`, and how many these are."""


def blank(prospect: Prospect, start: int) -> tuple[int, ...]:
    """The numbers that are the same for every buyer of a population."""
    p = [0] * at.SLOTS
    for index, fact in enumerate(prospect.facts):
        if fact.sort != "reason" and fact.chance >= CERTAIN:
            p[at.HAS] |= 1 << index
    p[at.SINCE] = p[at.PRESSED_AT] = start
    p[at.RESUME] = len(prospect.stages) - 1
    p[at.RIVAL_AT] = p[at.DRIFT_AT] = p[at.INBOUND_AT] = p[at.SILENT_AT] = FAR
    p[at.FIRST_TRY] = p[at.FIRST_TALK] = p[at.DUE_DAY] = -1
    p[at.LAST_CONTACT] = p[at.TALKED_AT] = p[at.LAST_TRY] = NEVER
    p[at.WRITTEN_DAY] = -1
    priced = any(line.prices and line.kind != "discount" for line in prospect.lines)
    p[at.PRICED] = int(prospect.buyer.arrives == "known" or not priced)
    if prospect.buyer.arrives == "known":
        p[at.LAST_CONTACT] = p[at.TALKED_AT] = start - prospect.buyer.quiet
    if prospect.sale == "multi-call":
        p[at.SILENT_AT] = start + c.SILENCE_PERIOD
    return tuple(p)


def draw(rules: ProspectRules, luck: Luck, p: list[int], decider: int | None = None) -> None:
    """Make a blank buyer one of the population. Every hidden fact has a place of its own among the draws, so none
    shifts another.

    `decider` is who decides, as a mask of roles, where that is known.
    """
    buyer, start = rules.prospect.buyer, rules.start
    draws = luck.draws("buyer", _DRAWS)
    today = below(draws[_TODAY], -(-buyer.today * CERTAIN // max(1, buyer.real)))
    p[at.READY_AT] = start if today else start + within(draws[_READY], buyer.ready)
    p[at.DECIDER] = rules.parties[which(draws[_DECIDES], buyer.decides)] if decider is None else decider
    p[at.INDECISION] = which(draws[_INDECISION], buyer.indecision)
    has = p[at.HAS]
    facts = luck.draws("fact", rules.uncertain[-1][0] + 1) if rules.uncertain else ()
    for index, share in rules.uncertain:
        if below(facts[index], share):
            has |= 1 << index
    for who, theirs, _ in rules.owners:
        if not p[at.DECIDER] & who:
            has &= ~theirs
    objections = rules.prospect.objections
    really = luck.draws("really", len(objections)) if rules.puzzling else ()
    raised = luck.draws("objection", len(objections))
    reasons = objects = behind_them = 0
    for index, objection in enumerate(objections):
        behind = rules.behind[index]
        reason = objection.really[which(really[index], behind) if len(behind) > 1 else 0].reason
        reasons |= reason << 8 * index
        theirs = objection.of is None or p[at.DECIDER] >> objection.of & 1
        if theirs and below(raised[index], objection.chance):
            objects |= 1 << index
            behind_them |= 1 << reason
            has |= 1 << rules.reason_facts[reason]
    p[at.HAS], p[at.REASONS], p[at.OBJECTS], p[at.REALLY] = has, reasons, objects, behind_them
    interest = within(draws[_INTEREST], buyer.interest)
    over = max(0, interest - c.FLOOR)
    p[at.FLOOR] = interest - over
    p[at.EXCITEMENT] = over * c.EXCITEMENT_SHARE // 100
    p[at.CONVICTION] = over - p[at.EXCITEMENT]
    p[at.TRUST] = within(draws[_TRUST], buyer.trust)
    p[at.ENOUGH] = _enough(draws)
    if below(draws[_REAL], buyer.real):
        p[at.REAL] = 1
        p[at.RIVAL_AT] = _rival(rules, draws)
        p[at.DRIFT_AT] = _drift(rules, draws, p[at.INDECISION])


def patience(rules: ProspectRules, luck: Luck, conversation: int, most: int) -> int:
    """Seconds of patience for conversation number `conversation` (0 is the first); `most` minutes are on offer."""
    span = rules.prospect.buyer.patience
    return min(luck.between(span.low, span.high, "patience", conversation), most * 60)


def _enough(draws: Sequence[int]) -> int:
    for points, share in enumerate(c.TOUCHY, 1):
        if below(draws[_TOUCHY], share):
            return points
    return within(draws[_ENOUGH], Span(c.NUISANCE_SPAN[0], c.NUISANCE_SPAN[1]))


def _rival(rules: ProspectRules, draws: Sequence[int]) -> int:
    rival = rules.prospect.buyer.rival
    if rival is None or not rival.per_day:
        return FAR
    begins = rules.start
    if rival.enquired:
        if below(draws[_RIVAL_ANSWERS], c.RIVAL_NEVER):
            return FAR
        begins += c.RIVAL_REPLY[part(draws[_RIVAL_REPLY], len(c.RIVAL_REPLY))]
    return begins + exponential_quantile(part(draws[_RIVAL_WINS], QUANTILES), min(rival.per_day, CERTAIN - 1))


def _drift(rules: ProspectRules, draws: Sequence[int], indecision: int) -> int:
    per_day = rules.prospect.buyer.drifts * c.DRIFT_INDECISION[indecision] // 100
    if not per_day:
        return FAR
    return rules.start + exponential_quantile(part(draws[_DRIFT], QUANTILES), min(per_day, CERTAIN - 1))
