"""Writing how a seed draws the buyer of a scenario. The rules are those of `engine.rules.buyer`."""

from __future__ import annotations

from engine import world as at
from engine.curves import QUANTILES
from engine.generated.parts import Part
from engine.generated.source import Source
from engine.rules import buyer as place
from engine.rules import constants as c
from engine.units import CERTAIN, Span
from engine.world import FAR, NEVER

_BITS = 32
_BLOCK = 16
"""Draws in a block of luck."""


def blank(part: Part) -> tuple[int, ...]:
    """The numbers that are the same for every buyer of this population."""
    rules, p = part.rules, [0] * at.SLOTS
    p[at.HAS] = sum(
        1 << index
        for index, fact in enumerate(rules.prospect.facts)
        if fact.sort != "reason" and fact.chance >= CERTAIN
    )
    p[at.SINCE] = p[at.PRESSED_AT] = rules.start
    p[at.RESUME] = len(rules.stages) - 1
    p[at.RIVAL_AT] = p[at.DRIFT_AT] = p[at.INBOUND_AT] = p[at.SILENT_AT] = FAR
    p[at.FIRST_TRY] = p[at.FIRST_TALK] = p[at.DUE_DAY] = -1
    p[at.LAST_CONTACT] = p[at.TALKED_AT] = NEVER
    if rules.prospect.buyer.arrives == "known":
        p[at.LAST_CONTACT] = p[at.TALKED_AT] = rules.start - rules.prospect.buyer.quiet
    if rules.multi_call:
        p[at.SILENT_AT] = rules.start + c.SILENCE_PERIOD
    return tuple(p)


def write(s: Source, part: Part) -> None:
    """One buyer of the population, as a list open for change."""
    buyer, start = part.rules.prospect.buyer, part.rules.start
    with s.block(f"def draw_{part.who}(luck):"):
        s(f"p, draws = list(blank_{part.who}), luck.block(BUYER, 0)")
        # of those who will buy, a share could do so today
        today = -(-buyer.today * CERTAIN // buyer.real) if buyer.real else CERTAIN * (buyer.today > 0)
        later = _between(place._READY, Span(start + buyer.ready.low, start + buyer.ready.high))
        s(f"p[READY_AT] = {start} if draws[{place._TODAY}] < {_draws(today)} else {later}")
        _which(s, "p[DECIDER]", place._DECIDES, buyer.decides)
        _which(s, "p[INDECISION]", place._INDECISION, buyer.indecision)
        s(f"interest = {_between(place._INTEREST, buyer.interest)}")
        with s.block(f"if interest > {c.FLOOR}:"):
            s(f"p[FLOOR], over = {c.FLOOR}, interest - {c.FLOOR}")
            s(f"p[EXCITEMENT] = fast = over * {c.EXCITEMENT_SHARE} // 100", "p[CONVICTION] = over - fast")
        with s.block("else:"):
            s("p[FLOOR] = interest")
        s(f"p[TRUST] = {_between(place._TRUST, buyer.trust)}")
        with s.block(f"if draws[{place._REAL}] < {_draws(buyer.real)}:"):
            s("p[REAL] = 1")
            _rival(s, part)
            _drift(s, part)
        _facts(s, part)
        _objections(s, part)
        s("return p")


def _draws(share: int, of: int = CERTAIN) -> int:
    """How many of the 2**32 draws stand for less than `share` of the whole `of`, as `Luck` scales them down."""
    return -(-share * (1 << _BITS) // of)


def _between(number: int, span: Span) -> str:
    text = f"(draws[{number}] * {span.high - span.low + 1} >> {_BITS})"
    return f"{span.low} + {text}" if span.low else text


def _which(s: Source, target: str, number: int, weights: tuple[int, ...], values: tuple[int, ...] = ()) -> None:
    """The index of one of the weights, or the value in that place; see `Luck.which`."""
    whole, limit, text = sum(weights), 0, ""
    values = values or tuple(range(len(weights)))
    for value, weight in zip(values[:-1], weights[:-1], strict=True):
        limit += weight
        if whole:
            text += f"{value} if draws[{number}] < {_draws(limit, whole)} else "
    s(f"{target} = {text}{values[-1]}")


def _rival(s: Source, part: Part) -> None:
    rival, start = part.rules.prospect.buyer.rival, part.rules.start
    if rival is None or not rival.per_day:
        return
    wins = _between(place._RIVAL_WINS, Span(0, QUANTILES - 1))
    after = f"exponential_quantile({wins}, {min(rival.per_day, CERTAIN - 1)})"
    if not rival.answers:
        s(f"p[RIVAL_AT] = {start} + {after}")
        return
    with s.block(f"if draws[{place._RIVAL_ANSWERS}] >= {_draws(c.RIVAL_NEVER)}:"):
        reply = _between(place._RIVAL_REPLY, Span(0, len(c.RIVAL_REPLY) - 1))
        s(f"p[RIVAL_AT] = {start} + {c.RIVAL_REPLY}[{reply}] + {after}")


def _drift(s: Source, part: Part) -> None:
    rates = tuple(part.rules.prospect.buyer.drifts * share // 100 for share in c.DRIFT_INDECISION)
    if not any(rates):
        return
    s(f"per_day = {tuple(min(rate, CERTAIN - 1) for rate in rates)}[p[INDECISION]]")
    with s.block("if per_day:"):
        quantile = _between(place._DRIFT, Span(0, QUANTILES - 1))
        s(f"p[DRIFT_AT] = {part.rules.start} + exponential_quantile({quantile}, per_day)")


def _facts(s: Source, part: Part) -> None:
    """The needs and traits that not everybody has."""
    uncertain = [
        (index, fact.chance)
        for index, fact in enumerate(part.rules.prospect.facts)
        if fact.sort != "reason" and fact.chance < CERTAIN
    ]
    for number, (index, chance) in enumerate(uncertain):
        if not number or uncertain[number - 1][0] // _BLOCK != index // _BLOCK:
            s(f"draws = luck.block(FACT, {index // _BLOCK})")
        with s.block(f"if draws[{index % _BLOCK}] < {_draws(chance)}:"):
            s(f"p[HAS] |= {1 << index}")


def _objections(s: Source, part: Part) -> None:
    """What stands in the way, and the real reason behind each."""
    first = part.rules.reason_facts[0] if part.rules.reason_facts else 0
    for index, objection in enumerate(part.rules.prospect.objections):
        reasons = tuple(really.reason for really in objection.really)
        if len(reasons) > 1:
            s(f"draws = luck.block(REALLY, {index // _BLOCK})")
        _which(s, "reason", index % _BLOCK, tuple(really.chance for really in objection.really), reasons)
        s(f"p[REASONS] |= reason << {8 * index}")
        s(f"draws = luck.block(OBJECTION, {index // _BLOCK})")
        with s.block(f"if draws[{index % _BLOCK}] < {_draws(objection.chance)}:"):
            s(f"p[OBJECTS] |= {1 << index}", "p[REALLY] |= 1 << reason", f"p[HAS] |= 1 << reason + {first}")
