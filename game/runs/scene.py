"""What is known of a scenario before the first word: what a screen or a page shows beside a player's view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.words import ENGLISH, gettext, speaking
from game.words.wording import fading, introduced, money, tidied

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
    floor: int
    """Below this the order loses money; minor units."""
    hour: int
    """What an hour of the seller's time costs, in minor units."""
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
        floor=one.offer.floor,
        hour=one.offer.hour,
        fading=fading(one),
    )


def briefings(scene: Scene) -> Iterator[str]:
    """Yield what is known of all, then of each person of whom there is more to know."""
    yield tidied(scene.briefing)
    for one in scene.people:
        if one.briefing.strip() and one.briefing != scene.briefing:
            yield introduced(one.name, tidied(one.briefing))


def offers(people: Sequence[Person]) -> Iterator[str]:
    """Yield what the seller offers, and to whom if there are several; and what an hour costs, once if it can be."""
    shared = shared_hour(people)
    for one in people:
        says = gettext("You offer {name}: {terms}") if len(people) > 1 else gettext("You offer: {terms}")
        yield says.format(name=one.name, terms=terms(one, hour=not shared))
    if shared:
        yield shared


def terms(one: Person, *, hour: bool) -> str:
    """What somebody may buy, for how much, and where it begins to lose money; with what an hour costs, if wanted."""
    says = gettext("{offer}, {price}; below {floor} the order loses money.")
    if one.floor >= one.price:
        says = gettext("{offer}, {price}.")
    text = says.format(offer=one.offer, price=money(one.price, one.currency), floor=money(one.floor, one.currency))
    return f"{text} {_hour(one)}".rstrip() if hour else text


def shared_hour(people: Iterable[Person]) -> str:
    """What an hour of the seller's time costs, where it costs the same whoever it is spent on; else nothing."""
    costs = {_hour(one) for one in people}
    return costs.pop() if len(costs) == 1 else ""


def _hour(one: Person) -> str:
    if not one.hour:
        return ""
    return gettext("An hour of your time costs {price}.").format(price=money(one.hour, one.currency))
