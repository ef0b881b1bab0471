"""Templates: whole scenarios with blanks, for authors to begin with.

A template is a scenario file whose texts hold `$product`, `$buyer` and `$price`, and `$other` and `$third` where
somebody decides with the buyer. Filled in, it plays, and its numbers work: the school that it is for earns the most of
the five. `tests/scenarios/test_templates.py` holds the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Template as Blanks
from typing import Any, Final

from engine.authoring.rewording import reworded
from engine.money import DECIMALS, amount, money_text
from engine.scenario.models import Place
from engine.scenario.notation import NotationError, ident, money
from engine.scenario.reading import Node
from engine.scenario.renames import scenario_tree


@dataclass(frozen=True, slots=True)
class Template:
    """A template, and what it is filled in with where an author says nothing else."""

    name: str
    """Its file, without the ending."""
    about: str
    school: str
    product: str
    buyer: str
    others: tuple[str, ...] = ()
    """Those who decide with the buyer, two at most."""


TEMPLATES: Final = tuple(
    Template(*each)
    for each in (
        ("counter", "over a counter: somebody has an hour, and does not come back", "plan-a", "coffee machine", "Noor"),
        ("showroom", "in a showroom: fallen for there, decided at home", "same-day", "sofa bed", "Tomas", ("Kim",)),
        ("in-home-visit", "at somebody's home: two decide, others come too", "plan-a", "heat pump", "Rosa", ("Jo",)),
        ("inbound-lead", "from a form that somebody filled in a minute ago", "speed-first", "booking system", "Mara"),
        (
            "long-sale",
            "over months: several meetings before anybody can say yes",
            "audition",
            "records system",
            "Imke",
            ("Ravi", "Yusra"),
        ),
        ("pipeline", "to a list of people who are still thinking", "collect-decisions", "house app", "Henk"),
    )
)


@dataclass(frozen=True, slots=True)
class Filling:
    """What an author puts into a template."""

    id: str
    product: str
    """As it is called after 'the': `coffee machine`."""
    buyer: str
    price: str
    """As the format writes it: `180`, `4.50`."""
    currency: str
    others: tuple[str, ...]
    """Those who decide with the buyer, as many as the template has."""


def usual(template: Template, text: bytes) -> Filling:
    """What a template, the text of which this is, is filled in with where nothing else is said."""
    root = scenario_tree(text, template.name).root.data
    offer: dict[str, str] = root["offer"]
    return Filling(root["id"], template.product, template.buyer, offer["price"], offer["currency"], template.others)


def filled(text: bytes, path: str, filling: Filling) -> bytes:
    """The bytes of a template with its blanks filled in. What an hour costs, and the floor, go with the price.

    Raises `NotReworded` for what cannot be written into a file.
    """
    root = scenario_tree(text, path).root
    offer: dict[str, str] = root.data["offer"]
    price = money(filling.price)
    share = price / money(offer["price"])

    def scaled(hundredths: int) -> str:
        found = amount(hundredths * share, filling.currency)
        least = Decimal(1).scaleb(-min(DECIMALS.get(filling.currency, 2), 2))
        return str(max(found, least)).removesuffix(".00")

    # what stands in comments is not read, and is only ever figures
    text = re.sub(
        rb"^(  # (?:floor|hour): )([\d.]+)", lambda of: of[1] + scaled(money(of[2].decode())).encode(), text, flags=re.M
    )
    words = {
        "product": filling.product,
        "Product": filling.product[:1].upper() + filling.product[1:],
        "buyer": filling.buyer,
        "price": f"{money_text(price, filling.currency)} {filling.currency}",
        **dict(zip(("other", "third"), filling.others, strict=False)),
    }
    wanted = {place: Blanks(said).substitute(words) for place, said in _texts(root) if "$" in said}
    wanted |= {("id",): filling.id, ("offer", "price"): filling.price, ("offer", "currency"): filling.currency}
    wanted |= {("offer", name): scaled(money(offer[name])) for name in ("floor", "hour") if name in offer}
    return reworded(text, path, wanted, anew=True)


def _texts(node: Node, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(node.data, str):
        yield place, node.data
    for part, child in node.children.items():
        yield from _texts(child, (*place, part))


def id_for(name: str, taken: Mapping[str, Any]) -> str:
    """An id made of a name, such as that of a product or a file, that is not among those `taken`."""
    try:
        wanted = ident(name)
    except NotationError as error:
        wanted = error.respelt[1] if error.respelt else "my-scenario"
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted[:36]}-{number}"
    return found
