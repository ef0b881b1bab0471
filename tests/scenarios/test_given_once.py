"""Claims about what is offered between conversations: nothing that the buyer was given already, and always a call."""

from __future__ import annotations

from typing import Final

import pytest

from engine import world as at
from tests.engine.sales import bundled
from tests.scenarios.moments import moments

GIVEN: Final = {
    "first-five-minutes": {
        "ring-about-saturday": {"friday-setup"},
        "ring-about-the-money": {"two-halves"},
    },
    "roof-before-the-rain": {
        "ring-about-the-clause": {"three-addresses", "pay-at-the-end"},
        "drop-the-form": {"the-form", "paper-from-here", "form-on-the-phone"},
        "mail-nine-points": {"side-by-side", "yours-against-theirs"},
        "yours-against-theirs": {"side-by-side", "mail-nine-points"},
    },
    "pricing-form": {"text-the-number": {"mail-the-number"}, "written-quote": {"grant-letter"}},
    "saturday-showroom": {
        "send-film": {"film-and-seats"},
        "send-log": {"hill-start", "winter-log"},
        "winter-log": {"hill-start", "send-log"},
    },
    "long-audition": {
        "alans-own-bills": {"their-own-bills"},
        "their-own-bills": {"alans-own-bills"},
        "draft-rollout": {"red-pencil"},
        "red-pencil": {"draft-rollout"},
        "swap-film": {"swap-in-the-corridor"},
    },
}
"""What is given with a line, and by which other lines it has been given before."""


@pytest.mark.parametrize("name", GIVEN)
def test_nothing_is_offered_that_was_given_already(name: str) -> None:
    again = {
        (option.name, before)
        for _, options, said in moments(bundled(name))
        for option in options
        for before in GIVEN[name].get(option.name, set()) & said
    }
    assert not again


@pytest.mark.parametrize("name", GIVEN)
def test_somebody_who_has_not_ended_it_can_always_be_rung_within_the_hours(name: str) -> None:
    for state, options, _ in moments(bundled(name)):
        writes = any(option.kind in ("touch", "check-in") for option in options)
        if state.core[at.ACTIVE] < 0 and writes:
            assert any(option.kind == "call" for option in options)
