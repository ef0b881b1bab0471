"""Who decides with the buyer: whose a need or an objection is, who hears what is said, and who is still missing.

What is somebody's own counts in the decision like the buyer's. It is told, met, raised and answered only while that
person is at the table.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.rules.tables import LineRule, ProspectRules


def unheard(rules: ProspectRules, p: Sequence[int]) -> int:
    """The facts of people who are not at the table, as bits: nobody there tells them, or hears what meets them."""
    facts = 0
    for who, theirs, _ in rules.owners:
        if not p[at.PRESENT] & who:
            facts |= theirs
    return facts


def silent(rules: ProspectRules, p: Sequence[int]) -> int:
    """The objections of people who are not at the table, as bits: nobody there raises them, or hears what answers
    them."""
    objections = 0
    for who, _, theirs in rules.owners:
        if not p[at.PRESENT] & who:
            objections |= theirs
    return objections


def missing(rules: ProspectRules, p: Sequence[int]) -> int:
    """Those who decide, are not at the table, and have not agreed before, as bits.

    Somebody has agreed whose own needs have all been met and whose own objections have all been settled. Who has
    nothing of their own has to be there.
    """
    away = p[at.DECIDER] & ~p[at.PRESENT]
    return away & ~_content(rules, p) if rules.owners and away else away


def _content(rules: ProspectRules, p: Sequence[int]) -> int:
    """Those of whose own needs and objections none is left, as bits."""
    content = 0
    for who, facts, theirs in rules.owners:
        needs = p[at.HAS] & rules.needs & facts
        objections = (p[at.OBJECTS] | p[at.RAISED]) & theirs
        if (needs or objections) and not needs & ~p[at.MET] and not objections & ~p[at.SETTLED]:
            content |= who
    return content


def meant_for_others(rules: ProspectRules, p: Sequence[int], line: LineRule) -> int:
    """Whether a line takes up what somebody told, or raised, who is not there to hear it."""
    theirs = p[at.OPEN] & silent(rules, p)
    if line.meets & p[at.KNOWN] & ~p[at.MET] & unheard(rules, p) or line.handles_objections & theirs:
        return 1
    told = theirs & p[at.OPENED_UP]
    for index in range(len(rules.prospect.objections)):
        if told >> index & 1 and line.handles_reasons >> (p[at.REASONS] >> 8 * index & 255) & 1:
            return 1
    return 0


def named(rules: ProspectRules, roles: int) -> tuple[str, ...]:
    """The names of the people in a mask of roles."""
    return tuple(name for role, name in enumerate(rules.prospect.names) if roles >> role & 1)
