"""Conditions on several things at once: which of them hold now, as one mask.

Each thing has a bit. Tests that read the same number are gathered into one table, from the number to the things that it
allows; a table is filled in as its numbers come up. So what is on offer takes a look-up a number, however many lines
there are. What has too many values for a table comes first: these are levels, which few things pass, and for those that
do not the rest need not be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from engine.remembered import Remembered
from engine.units import Span
from engine.world import FAR, NEVER

if TYPE_CHECKING:
    from engine.rules.tables import ProspectRules
    from engine.rules.turn import Turn

Reading = Callable[["Turn", "ProspectRules", Sequence[int]], int]
"""A number that is computed from a prospect's numbers, rather than one of them."""


@dataclass(frozen=True, slots=True)
class Test:
    """One test of one number."""

    of: int | Reading
    """A slot of the prospect, or how to compute the number."""
    bits: int
    """The bits of it that matter; -1 for all."""
    passes: Callable[[int], Any]
    span: Span | None = None
    """What passes of a number with too many values for a table."""


Condition = tuple[Test, ...]
"""Tests that must all pass."""

_Allowed = Remembered[int, int]
_Tests = dict[int | Reading, list[tuple[int, Test]]]
_Steps = tuple[tuple[int, int], ...]
"""(from this value on, what it allows), the highest first."""


@dataclass(frozen=True, slots=True)
class Guards:
    """Several things with their conditions."""

    all: int
    """The bits of all the things."""
    tables: tuple[tuple[int | Reading, int, _Allowed], ...]
    """(a number, bits, what a value of the number under these bits allows)."""
    levels: tuple[tuple[int | Reading, int, _Steps, int], ...]
    """(a number without a table, the bits of the things that depend on it, what its values allow, and what those below
    them do)."""
    rare: bool = False
    """Whether mostly none of them holds: then it is worth asking after each table whether any is left."""

    @classmethod
    def of(cls, things: Iterable[tuple[int, Condition]], rare: bool = False) -> Guards:
        """The guards of things, given as (bit, condition). A condition without tests always holds."""
        everything, few, many = 0, _Tests(), _Tests()
        for bit, condition in things:
            everything |= bit
            for test in condition:
                (few if test.span is None else many).setdefault(test.of, []).append((bit, test))
        by_table = sorted(few.items(), key=lambda item: -len(item[1])) if rare else few.items()
        return cls(
            everything,
            tuple((number, _bits(tests), _allowed(everything, tests)) for number, tests in by_table),
            tuple((number, _together(bit for bit, _ in tests), *_steps(tests)) for number, tests in many.items()),
            rare,
        )


def _together(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


def _bits(tests: list[tuple[int, Test]]) -> int:
    return _together(test.bits for _, test in tests)


def _allowed(everything: int, tests: list[tuple[int, Test]]) -> _Allowed:
    def allowed(value: int) -> int:
        left = everything
        for bit, test in tests:
            if not test.passes(value & test.bits):
                left &= ~bit
        return left

    return Remembered(allowed)


def _steps(tests: list[tuple[int, Test]]) -> tuple[_Steps, int]:
    spans = [(bit, test.span) for bit, test in tests if test.span is not None]
    limits = {limit for _, span in spans for limit in (span.low, span.high + 1) if limit <= FAR}
    steps: list[tuple[int, int]] = []
    for low in sorted({NEVER, *limits}):
        allowed = ~_together(bit for bit, span in spans if not span.low <= low <= span.high)
        if not steps or steps[-1][1] != allowed:
            steps.append((low, allowed))
    (_, lowest), *others = steps
    return tuple(reversed(others)), lowest


def holding(turn: Turn, guards: Guards, rules: ProspectRules, p: Sequence[int], among: int = -1) -> int:
    """The bits of the things, `among` those asked for, whose conditions hold."""
    held = guards.all & among
    for number, concerned, steps, lowest in guards.levels:
        if held & concerned:
            held &= _allowed_by(_value(turn, number, rules, p), steps, lowest)
    if guards.levels and not held:
        return 0
    for number, bits, allowed in guards.tables:
        held &= allowed[_value(turn, number, rules, p) & bits]
        if guards.rare and not held:
            return 0
    return held


def _allowed_by(value: int, steps: _Steps, lowest: int) -> int:
    for low, allowed in steps:
        if value >= low:
            return allowed
    return lowest


def _value(turn: Turn, number: int | Reading, rules: ProspectRules, p: Sequence[int]) -> int:
    return p[number] if isinstance(number, int) else number(turn, rules, p)
