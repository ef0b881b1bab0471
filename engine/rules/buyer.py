"""The buyer that a seed draws from a scenario's population."""

from __future__ import annotations

from engine import world as at
from engine.curves import QUANTILES, exponential_quantile
from engine.luck import Luck
from engine.rules.constants import DRIFT_INDECISION, EXCITEMENT_SHARE, FLOOR, RIVAL_NEVER, RIVAL_REPLY, SILENCE_PERIOD
from engine.rules.tables import ProspectRules
from engine.scenario.vocabulary import CHANNELS
from engine.units import CERTAIN
from engine.world import FAR, NEVER, Prospect

VISIT = CHANNELS.index("visit")

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
) = range(11)
"""The places of a buyer's facts among the draws of the event `buyer`."""


def draw(rules: ProspectRules, luck: Luck) -> Prospect:
    """One buyer of the population. Every hidden fact has a place of its own among the draws, so none shifts another."""
    prospect, buyer, start = rules.prospect, rules.prospect.buyer, rules.start
    p = [0] * at.SLOTS
    real = luck.chance("buyer", _REAL) < buyer.real
    p[at.REAL] = int(real)
    today = luck.chance("buyer", _TODAY) * buyer.real < buyer.today * CERTAIN
    p[at.READY_AT] = start if today else start + luck.between(buyer.ready.low, buyer.ready.high, "buyer", _READY)
    p[at.DECIDER] = luck.which(buyer.decides, "buyer", _DECIDES)
    p[at.INDECISION] = luck.which(buyer.indecision, "buyer", _INDECISION)
    for index, fact in enumerate(prospect.facts):
        if fact.sort == "reason":
            continue
        if fact.chance >= CERTAIN or luck.chance("fact", index) < fact.chance:
            p[at.HAS] |= 1 << index
    for index, objection in enumerate(prospect.objections):
        reason = objection.really[luck.which(tuple(r.chance for r in objection.really), "really", index)].reason
        p[at.REASONS] |= reason << 8 * index
        if luck.chance("objection", index) < objection.chance:
            p[at.OBJECTS] |= 1 << index
            p[at.REALLY] |= 1 << reason
            p[at.HAS] |= 1 << rules.reason_facts[reason]
    interest = luck.between(buyer.interest.low, buyer.interest.high, "buyer", _INTEREST)
    over = max(0, interest - FLOOR)
    p[at.FLOOR] = min(interest, FLOOR)
    p[at.EXCITEMENT] = over * EXCITEMENT_SHARE // 100
    p[at.CONVICTION] = over - p[at.EXCITEMENT]
    p[at.SINCE] = p[at.PRESSED_AT] = start
    p[at.TRUST] = luck.between(buyer.trust.low, buyer.trust.high, "buyer", _TRUST)
    p[at.RIVAL_AT] = _rival(rules, luck) if real else FAR
    p[at.DRIFT_AT] = _drift(rules, luck, p[at.INDECISION]) if real else FAR
    p[at.RESUME] = len(rules.stages) - 1
    p[at.INBOUND_AT] = p[at.SILENT_AT] = FAR
    p[at.FIRST_TRY] = p[at.FIRST_TALK] = p[at.DUE_DAY] = -1
    p[at.LAST_CONTACT] = p[at.TALKED_AT] = NEVER
    if buyer.arrives == "known":
        p[at.LAST_CONTACT] = p[at.TALKED_AT] = start - buyer.quiet
    if rules.multi_call:
        p[at.SILENT_AT] = start + SILENCE_PERIOD
    return tuple(p)


def patience(rules: ProspectRules, luck: Luck, conversation: int, most: int) -> int:
    """Seconds of patience for conversation number `conversation` (0 is the first); `most` minutes are on offer."""
    span = rules.prospect.buyer.patience
    return min(luck.between(span.low, span.high, "patience", conversation), most * 60)


def _rival(rules: ProspectRules, luck: Luck) -> int:
    rival = rules.prospect.buyer.rival
    if rival is None or not rival.per_day:
        return FAR
    begins = rules.start
    if rival.answers:
        if luck.chance("buyer", _RIVAL_ANSWERS) < RIVAL_NEVER:
            return FAR
        begins += RIVAL_REPLY[luck.between(0, len(RIVAL_REPLY) - 1, "buyer", _RIVAL_REPLY)]
    return begins + exponential_quantile(
        luck.between(0, QUANTILES - 1, "buyer", _RIVAL_WINS), min(rival.per_day, CERTAIN - 1)
    )


def _drift(rules: ProspectRules, luck: Luck, indecision: int) -> int:
    per_day = rules.prospect.buyer.drifts * DRIFT_INDECISION[indecision] // 100
    if not per_day:
        return FAR
    return rules.start + exponential_quantile(
        luck.between(0, QUANTILES - 1, "buyer", _DRIFT), min(per_day, CERTAIN - 1)
    )
