"""What is said of the price in the bundled scenarios stays true once it has come down."""

from __future__ import annotations

import re

import pytest

from engine import world as at
from engine.scenario.compiled import Line, Prospect
from engine.scenario.vocabulary import ASKS
from tests.engine.sales import BUNDLED, bundled
from tests.scenarios.moments import moments

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


@pytest.mark.parametrize("scenario", BUNDLED)
def test_who_is_asked_for_the_decision_and_has_not_heard_the_price_can_be_told_it(scenario: str) -> None:
    game = bundled(scenario)
    for state, options, _ in moments(game, runs=12):
        who = state.core[at.ACTIVE]
        if who < 0 or state.people[who][at.PRICED] or not any(option.kind in ASKS for option in options):
            continue
        lines = [state.line(option.action) for option in options]
        assert any(line.line.prices for line in lines if line is not None), [option.name for option in options]
