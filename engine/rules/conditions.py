"""Conditions of a scenario, compiled to a few masks and ranges over a prospect's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine import world as at
from engine.scenario.compiled import Clause, When
from engine.units import DAY

INTEREST, EXCITEMENT, CONVICTION, PRESSURE, PATIENCE, DAYS, READY, PUZZLING, UNSURE, QUESTIONED = range(-1, -11, -1)
"""What a range may look at that is computed rather than stored; `Turn` computes it. The last three: objections open and
not opened up, objections answered and not confirmed, and whether the buyer was ever asked for an answer."""

_COMPUTED = {
    "interest": INTEREST,
    "excitement": EXCITEMENT,
    "conviction": CONVICTION,
    "pressure": PRESSURE,
    "patience": PATIENCE,
    "trust": at.TRUST,
    "day": DAYS,
    "conversation": at.TALKS,
}
_ALL = {
    "knows": at.KNOWN,
    "met": at.MET,
    "raised": at.OPEN,
    "answered": at.ANSWERED,
    "said": at.SAID,
    "with": at.PRESENT,
    "has": at.HAS,
}
_NONE = {
    "knows-not": at.KNOWN,
    "met-not": at.MET,
    "said-not": at.SAID,
    "without": at.PRESENT,
    "lacks": at.HAS,
}
_PICK = {
    "channel": at.CHANNEL,
    "promised": at.PROMISE,
    "decides": at.DECIDER,
    "indecision": at.INDECISION,
    "real": at.REAL,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests that must all pass on a prospect's numbers."""

    masks: tuple[tuple[int, int, int], ...] = ()
    """(slot, mask, wanted): the slot's bits under the mask are exactly these."""
    picks: tuple[tuple[int, int], ...] = ()
    """(slot, allowed): the slot's value is one of the allowed, given as bits."""
    any_of: tuple[tuple[int, int], ...] = ()
    """(slot, mask): at least one of these bits is set."""
    ranges: tuple[tuple[int, int, int], ...] = ()
    """(slot or computed reading, low, high)."""

    def __bool__(self) -> bool:
        return bool(self.masks or self.picks or self.any_of or self.ranges)

    def __and__(self, other: Condition) -> Condition:
        return Condition(
            self.masks + other.masks, self.picks + other.picks, self.any_of + other.any_of, self.ranges + other.ranges
        )


def mask(indexes: Sequence[int]) -> int:
    """A number with the bits of `indexes` set."""
    bits = 0
    for index in indexes:
        bits |= 1 << index
    return bits


def compile_when(when: When) -> Condition:
    """The condition that holds when every clause does."""
    condition = Condition()
    for clause in when:
        condition = condition & _clause(clause)
    return condition


def merged(condition: Condition) -> Condition:
    """The same condition with one mask a slot, which is quicker to test."""
    masks: dict[int, tuple[int, int]] = {}
    for slot, mask, wanted in condition.masks:
        held = masks.get(slot, (0, 0))
        if (held[1] ^ wanted) & held[0] & mask:
            return condition
        masks[slot] = (held[0] | mask, held[1] | wanted)
    return replace(condition, masks=tuple((slot, *pair) for slot, pair in masks.items()))


def _clause(clause: Clause) -> Condition:
    what, bits = clause.what, mask(clause.of)
    if what in _ALL:
        return Condition(masks=((_ALL[what], bits, bits),))
    if what in _NONE:
        return Condition(masks=((_NONE[what], bits, 0),))
    if what in _PICK:
        return Condition(picks=((_PICK[what], bits),))
    if what == "decider":
        return Condition(picks=((at.TOLD_DECIDER, bits << 1),))
    if what == "answer":
        return Condition(picks=((at.LAST, bits << 1),))
    if what == "really":
        return Condition(any_of=((at.REALLY, bits),))
    if what == "discounted":
        return Condition(ranges=((at.OFF, 1, at.FAR) if clause.of[0] else (at.OFF, 0, 0),))
    if what == "ready":
        return Condition(ranges=((READY, clause.of[0], clause.of[0]),))
    span = clause.span
    if span is None:
        raise ValueError(f"the condition {what!r} needs a range")
    if what == "stage":
        return Condition(picks=((at.STAGE, mask(range(span.low, span.high + 1))),))
    return Condition(ranges=((_COMPUTED[what], span.low, span.high),))


def days(minute: int, start: int) -> int:
    """Days since the start, by the calendar: 0 on the first day."""
    return minute // DAY - start // DAY
