"""What is said of the price in the bundled scenarios stays true once it has come down."""

from __future__ import annotations

import re

import pytest

from engine.scenario.compiled import Line, Prospect
from engine.scenario.vocabulary import ASKS
from tests.engine.sales import BUNDLED, bundled

FIGURE = re.compile(r"thousand|hundred|eighteen four", re.IGNORECASE)


@pytest.mark.parametrize("scenario", BUNDLED)
def test_nobody_asks_for_the_order_at_the_full_price_after_taking_something_off(scenario: str) -> None:
    for prospect in bundled(scenario).scenario.prospects:
        for line in prospect.lines:
            if line.kind in ASKS and any(map(FIGURE.search, line.say)):
                assert only_at_the_full_price(prospect, line), line.id


def only_at_the_full_price(prospect: Prospect, line: Line) -> bool:
    """Whether a line is not on offer once something was taken off: it says so, or it is about a price that nobody has
    said, which every discount up to then supposes."""
    gates = {part.what: part.of for part in line.when}
    cuts = [cut for cut in prospect.lines if cut.discount and cut.first <= line.last]
    supposed = all(any(part.what == "said" for part in cut.when) for cut in cuts)
    return gates.get("discounted") == (0,) or ("said-not" in gates and supposed)
