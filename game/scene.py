"""What is known of a scenario before the first word: what a screen or a page shows beside a player's view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.words import ENGLISH, gettext, speaking
from game.wording import fading, money

if TYPE_CHECKING:
    from engine.scenario.compiled import Prospect, Scenario


@dataclass(frozen=True, slots=True)
class Person:
    """A prospect whom nobody has spoken to yet."""

    id: str
    name: str
    briefing: str
    offer: str
    """What they may buy."""
    price: int
    """Minor units."""
    currency: str
    fading: str
    """How fast interest fades, in a sentence in the scenario's language."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A scenario as its players know it."""

    title: str
    briefing: str
    people: tuple[Person, ...]
    language: str = ENGLISH
    """In which it is played."""

    def person(self, id: str | None) -> Person | None:
        """The prospect with this id, if there is one."""
        return next((one for one in self.people if one.id == id), None)


@lru_cache(maxsize=32)
def scene(scenario: Scenario) -> Scene:
    """What is known of a scenario."""
    with speaking(scenario.language):
        people = tuple(map(_person, scenario.prospects))
    return Scene(scenario.title, scenario.briefing, people, scenario.language)


def _person(one: Prospect) -> Person:
    return Person(
        id=one.id,
        name=one.buyer.name,
        briefing=one.briefing,
        offer=one.offer.name,
        price=one.offer.price,
        currency=one.offer.currency,
        fading=fading(one),
    )


def offer_text(one: Person, *, named: bool) -> str:
    """What the seller offers somebody, with the name if there are others."""
    says = gettext("You offer {name}: {offer}, {price}.") if named else gettext("You offer: {offer}, {price}.")
    return says.format(name=one.name, offer=one.offer, price=money(one.price, one.currency))
