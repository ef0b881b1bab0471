"""Writing what the buyer may answer, and how likely each answer is. The rules are those of `engine.rules.decision`."""

from __future__ import annotations

from engine.generated.parts import Part
from engine.generated.source import Source
from engine.rules import constants as c
from engine.rules.decision import AGREES, DECLINES, JOINS, NO_SALE, OBJECTION, ORDER, STALL, STAYS
from engine.units import CERTAIN, LEVEL


def write(s: Source, part: Part) -> None:
    """The odds of each kind of question that can be put to this buyer."""
    _asked(s, part)
    _proposed(s, part)
    _invited(s, part)
    _joined(s, part)


def _asked(s: Source, part: Part) -> None:
    """Answers to the question for the order."""
    who = part.who
    with s.block(f"def asked_{who}(now, p):"):
        s(f"pressure = {part.pressure}")
        with s.block(f"if {part.able}:"):
            _readiness(s, part)
            s("yes = logistic(z)")
        with s.block("else:"):
            s("yes = 0")
        s(f"rest = {CERTAIN} - yes")
        with s.block("if p[REAL]:"):
            s(f"no = rest * ({c.NO_SHARE} + {c.NO_PRESSURE} * pressure // {LEVEL}) // {CERTAIN}")
        with s.block("else:"):
            s(f"no = rest * ({c.FALSE_NO} + {c.FALSE_NO_TRUST} * p[TRUST] // {LEVEL}) // {CERTAIN}")
        s("rest -= no")
        s(f"but = rest * {c.OBJECTS_SHARE} // {CERTAIN} if p[OBJECTS] & ~p[SETTLED] & ~p[OPEN] else 0")
        s(f"return (({ORDER}, yes), ({NO_SALE}, no), ({OBJECTION}, but), ({STALL}, rest - but))")


def _readiness(s: Source, part: Part) -> None:
    """Log-odds of an order, in thousandths; see `decision.readiness`."""
    rules, price = part.rules, part.rules.prospect.offer.price
    s(f"z = {c.DECIDE_BASE} + {c.DECIDE_INTEREST} * interest_{part.who}(now, p) // {LEVEL}")
    s(f"z += {c.DECIDE_TRUST} * p[TRUST] // {LEVEL}")
    s("whole = done = 0", f"needs, met, grown = p[HAS] & {rules.needs}, p[MET], p[GROWN]")
    for index, weight in enumerate(rules.weights):
        if rules.needs >> index & 1:
            bit = 1 << index
            with s.block(f"if needs & {bit}:"):
                s(f"weight = {weight * (100 + c.IMPLICATION_GROWTH)} if grown & {bit} else {weight * 100}")
                s("whole += weight")
                with s.block(f"if met & {bit}:"):
                    s("done += weight")
    s(f"covered = done * {LEVEL} // whole if whole else {LEVEL}")
    s(f"z += {c.DECIDE_NEEDS} * covered // {LEVEL}")
    s("unsettled = (p[OBJECTS] | p[RAISED]) & ~p[SETTLED]")
    s(f"z += {c.DECIDE_OPEN} * unsettled.bit_count()")
    if price < c.SMALL_SALE:
        s(f"z += {c.DECIDE_PRESSURE_SMALL} * pressure // {LEVEL} + {c.DECIDE_AGAIN_SMALL} * p[ASKS]")
    elif price > c.LARGE_SALE:
        s(f"z += {c.DECIDE_PRESSURE_LARGE} * pressure // {LEVEL} + {c.DECIDE_AGAIN_LARGE} * p[ASKS]")
    with s.block("if p[ASKED_WITH] == 1 + p[MET].bit_count() + p[SETTLED].bit_count() + p[PRESENT].bit_count():"):
        s(f"z += {c.DECIDE_NOTHING_NEW}")
    s(f"doubt = {c.DECIDE_INDECISION}[p[INDECISION]]")
    with s.block("if not unsettled:"):
        s(f"doubt -= doubt * {c.SETTLED_INDECISION} * covered // {100 * LEVEL}")
    s("z += doubt")
    with s.block("if p[OFF]:"):
        s(f"z += min({c.DECIDE_OFF_MOST}, {c.DECIDE_OFF * 100} * p[OFF] // {max(1, price)})")


def _proposed(s: Source, part: Part) -> None:
    """Answers to a dated step."""
    with s.block(f"def proposed_{part.who}(now, p):"):
        s(f"z = {c.AGREE_BASE} + {c.AGREE_INTEREST} * interest_{part.who}(now, p) // {LEVEL}")
        s(f"z += {c.AGREE_TRUST} * p[TRUST] // {LEVEL}")
        s(f"z += {c.AGREE_PRESSURE} * {part.pressure} // {LEVEL}")
        s(f"z += {c.AGREE_AGAIN} * p[REFUSED_NOW]")
        with s.block("if not p[REAL]:"):
            s(f"z += {c.AGREE_POLITELY}")
        s("yes = logistic(z)", f"return (({AGREES}, yes), ({DECLINES}, {CERTAIN} - yes))")


def _invited(s: Source, part: Part) -> None:
    """Answers to an invitation to say no."""
    with s.block(f"def invited_{part.who}(now, p):"):
        with s.block("if p[REAL]:"):
            s(f"no = {c.BUYER_TAKES_NO} * ({LEVEL} - interest_{part.who}(now, p)) // {LEVEL}")
        with s.block("else:"):
            s(f"no = {c.TAKES_NO} + {c.TAKES_NO_TRUST} * p[TRUST] // {LEVEL}")
        s(f"no = min({CERTAIN}, no)", f"return (({NO_SALE}, no), ({STAYS}, {CERTAIN} - no))")


def _joined(s: Source, part: Part) -> None:
    """Answers to asking for somebody else."""
    with s.block(f"def joined_{part.who}(now, p):"):
        s(f"yes = min({CERTAIN}, {c.JOINS} + {c.JOINS_TRUST} * p[TRUST] // {LEVEL})")
        s(f"return (({JOINS}, yes), ({DECLINES}, {CERTAIN} - yes))")
