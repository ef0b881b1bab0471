"""One prospect of a validated file, with what it shares with others merged in, and the names that it defines.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from engine.scenario.format import Buyer, File, Interrupt, Line, Need, Objection, Offer, Selling, Stage, Texts, Trait

Place = tuple[str | int, ...]
_T = TypeVar("_T")

ALONE: Final = "alone"
NOTHING: Final = "nothing"
DECIDER: Final = "decider"
ONLY_PROSPECT: Final = "buyer"
"""The id of the prospect in a file that has only one."""


@dataclass(frozen=True)
class Draft:
    """A prospect as written: nothing resolved, no defaults but the empty ones."""

    id: str
    prefix: Place
    """Where its own part of the file is; empty in a file with one buyer."""
    own: Selling
    briefing: str | None
    sale: str
    ceiling: int | None
    offer: Offer
    buyer: Buyer
    needs: Mapping[str, Need]
    traits: Mapping[str, Trait]
    objections: Mapping[str, Objection]
    stages: tuple[Stage, ...]
    lines: Mapping[str, Line]
    outcomes: Mapping[str, tuple[Texts, ...]]
    interrupts: tuple[Interrupt, ...]

    def place(self, section: str, *rest: str | int) -> Place:
        """Where in the file something of this prospect is written: in its own part, or in the shared one."""
        if self.prefix:
            part = getattr(self.own, section)
            if part is not None and (not rest or _has(part, rest[0])):
                return (*self.prefix, section, *rest)
        return (section, *rest)

    @cached_property
    def parties(self) -> Mapping[str, tuple[str, ...]]:
        """Those who may decide with the buyer, by what the author wrote for them; `alone` is not among them."""
        return {party: tuple(party.split("+")) for party in self.buyer.decides or {} if party != ALONE}

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Who else may decide, in the author's order."""
        return tuple(dict.fromkeys(role for party in self.parties.values() for role in party))

    def place_of(self, role: str) -> Place:
        """Where it is first said that somebody may decide."""
        return self.place("buyer", "decides", next(party for party, roles in self.parties.items() if role in roles))

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Everything that may lie behind an objection, in the author's order."""
        found: dict[str, None] = {}
        for id, objection in self.objections.items():
            found.update(dict.fromkeys(objection.really or (id,)))
        return tuple(found)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Everything the seller can come to know: needs, traits, reasons, and who decides."""
        return (*self.needs, *self.traits, *self.reasons, DECIDER)

    @cached_property
    def stage_ids(self) -> tuple[str, ...]:
        return tuple(stage.id for stage in self.stages)

    @cached_property
    def stage_order(self) -> Mapping[str, int]:
        """The number of each stage."""
        return {id: place for place, id in reversed(list(enumerate(self.stage_ids)))}

    def objections_of(self, name: str) -> tuple[str, ...]:
        """The objections that a line handles which names this objection, or this reason."""
        return self._objections_by_name.get(name, ())

    @cached_property
    def _objections_by_name(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for id, objection in self.objections.items():
            for name in (id, *(objection.really or ())):
                found.setdefault(name, {})[id] = None
        return {name: tuple(ids) for name, ids in found.items()}


def _has(part: Any, name: str | int) -> bool:
    if isinstance(part, dict):
        return name in part
    if isinstance(part, tuple):
        return True
    return name in part.model_fields_set


def drafts(file: File) -> tuple[Draft, ...]:
    """The prospects of a file, in its order; one if it names none."""
    if not file.prospects:
        return (_draft(ONLY_PROSPECT, (), file, file),)
    return tuple(_draft(id, ("prospects", id), part, file) for id, part in file.prospects.items())


def _draft(id: str, prefix: Place, own: Selling, shared: Selling) -> Draft:
    return Draft(
        id=id,
        prefix=prefix,
        own=own,
        briefing=own.briefing or shared.briefing,
        sale=own.sale or shared.sale or "one-call",
        ceiling=own.ceiling if own.ceiling is not None else shared.ceiling,
        offer=_fields(own.offer, shared.offer) or Offer.model_construct(),
        buyer=_fields(own.buyer, shared.buyer) or Buyer.model_construct(),
        needs={**(shared.needs or {}), **(own.needs or {})},
        traits={**(shared.traits or {}), **(own.traits or {})},
        objections={**(shared.objections or {}), **(own.objections or {})},
        stages=own.stages or shared.stages or (Stage.model_construct(id="talk"),),
        lines={**(shared.lines or {}), **(own.lines or {})},
        outcomes={**(shared.outcomes or {}), **(own.outcomes or {})},
        interrupts=own.interrupts if own.interrupts is not None else shared.interrupts or (),
    )


def _fields(own: Any, shared: Any) -> Any:
    """The shared map, with the fields that the prospect's own one sets in their place."""
    if own is None or shared is None or own is shared:
        return own if own is not None else shared
    set_here = {name: getattr(own, name) for name in own.model_fields_set if getattr(own, name) is not None}
    return shared.model_copy(update=set_here)
