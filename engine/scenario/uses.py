"""What the parts of one prospect use of each other: which facts come out, which needs are met, who is brought.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.scenario.conditions import VisibleWhen
from engine.scenario.drafts import NOTHING, Draft, Place


@dataclass(slots=True)
class Uses:
    """What can come about in a prospect's conversations, and what anything depends on."""

    revealed: set[str] = field(default_factory=set)
    """Facts that something can bring out."""
    met: set[str] = field(default_factory=set)
    handled: set[str] = field(default_factory=set)
    """Objections that some line can handle."""
    raised: set[str] = field(default_factory=set)
    """Objections that a reply or an interrupt raises, whoever the buyer is."""
    brought: set[str] = field(default_factory=set)
    discounts: bool = False
    jumps: bool = False
    """Whether any line or reply moves the conversation to a stage out of order."""
    named: set[str] = field(default_factory=set)
    """Facts that some condition names."""


def uses(draft: Draft) -> Uses:
    """What the parts of this prospect use."""
    found = Uses()
    handles: set[str] = set()
    for line in draft.lines.values():
        found.revealed.update(line.reveals or ())
        found.met.update(line.meets or ())
        handles.update(line.handles or ())
        found.brought.update(line.brings or ())
        found.discounts |= line.discount is not None
        found.jumps |= line.opens is not None or line.resume is not None
        for reply in line.replies or ():
            found.revealed.update(reply.reveals or ())
            found.raised.update(reply.raises or ())
            found.jumps |= reply.opens is not None
    if any(line.kind in ("isolate", "confirm") for line in draft.lines.values()):
        # both bring out what lies behind an objection
        found.revealed.update(draft.reasons)
    for texts in draft.outcomes.values():
        for text in texts:
            found.revealed.update(text.reveals or ())
    for interrupt in draft.interrupts:
        found.revealed.update(interrupt.reveals or ())
        found.raised.update(interrupt.raises or ())
        found.jumps |= interrupt.opens is not None
    for id, objection in draft.objections.items():
        reasons = set(objection.really or (id,))
        if id in handles or reasons & handles or reasons == {NOTHING}:
            found.handled.add(id)
    for _, when in conditions(draft):
        for word, value in when.conditions().items():
            if word in ("knows", "knows-not", "has", "lacks") and isinstance(value, tuple):
                found.named.update(value)
    return found


def conditions(draft: Draft) -> Iterator[tuple[Place, VisibleWhen]]:
    """Every map of conditions of a prospect, with its path; those under `any` each by itself."""
    for place, when in _outermost(draft):
        yield from _with_inner(place, when)


def _with_inner(place: Place, when: VisibleWhen) -> Iterator[tuple[Place, VisibleWhen]]:
    yield place, when
    for index, each in enumerate(when.any or ()):
        yield from _with_inner((*place, "any", index), each)


def _outermost(draft: Draft) -> Iterator[tuple[Place, VisibleWhen]]:
    for id, line in draft.lines.items():
        place = draft.place("lines", id)
        if line.when is not None:
            yield (*place, "when"), line.when
        for index, reply in enumerate(line.replies or ()):
            if reply.when is not None:
                yield (*place, "replies", index, "when"), reply.when
    for word, texts in draft.outcomes.items():
        for index, text in enumerate(texts):
            if text.when is not None:
                yield (*draft.place("outcomes", word), index, "when"), text.when
    for index, interrupt in enumerate(draft.interrupts):
        yield (*draft.place("interrupts", index), "when"), interrupt.when
    for index, stage in enumerate(draft.stages):
        if stage.until is not None:
            yield (*draft.place("stages", index), "until"), stage.until
