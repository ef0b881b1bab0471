"""Claims about whoever has forgotten what is being sold: they ask, and can be told."""

from __future__ import annotations

import re
from typing import Final

from engine import world as at
from tests.engine.sales import bundled
from tests.scenarios.moments import moments

AT_A_LOSS: Final = re.compile(
    r"[Ww]hat (is it|it is|it was)\b|\b(To|to|for|against|version of) what\b|[Rr]emind me|Refresh my memory|"
    r"[Tt]ell me (first|again|once more)|which one were you|you were who|[Ww]ho is (it|this)|\bWho\?|what the whole is"
)
"""How somebody speaks on the Friday who does not know what is being sold."""


def test_whoever_asks_what_it_is_that_is_sold_can_be_told_or_asked_whether_they_remember() -> None:
    game = bundled("friday-pipeline")
    asked = set[str]()
    for state, options, said in moments(game, runs=120):
        who = state.core[at.ACTIVE]
        if who < 0:
            continue
        prospect = game.scenario.prospects[who]
        forgot = next(n for n, fact in enumerate(prospect.facts) if fact.id == "forgot")
        told = f"start-over@{prospect.id}" in said
        lost = any(AT_A_LOSS.search(event.text) for event in state.events if event.what == "reply")
        if state.people[who][at.HAS] >> forgot & 1 and lost and not told:
            offered = {option.name.partition("@")[0] for option in options}
            assert offered & {"start-over", "remember-me"}, (state.core[at.CLOCK], [e.text for e in state.events])
            asked.add(prospect.id)
    assert len(asked) == len(game.scenario.prospects)
