"""Buyers tire audibly: before they ask to be left alone, they say that it is getting too much."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.play import State
from engine.scenario.compiled import Prospect
from tests.engine.sales import SCHOOL_SCENARIOS, bundled


def tired(prospect: Prospect) -> set[str]:
    """The words that only a buyer says to whom contact has become a nuisance."""
    replies = [reply for line in prospect.lines for reply in line.replies]
    replies += [reply for answer in prospect.outcomes for reply in answer]
    return {text for reply in replies if any(part.what == "nuisance" for part in reply.when) for text in reply.says}


def pestered(scenario: str, seed: int) -> State:
    """A run of empty messages to everybody, and of calls where there is nothing else, until somebody has had enough."""
    state = bundled(scenario).new_initial_state(seed)
    while not state.is_terminal() and not any(p[at.OPTED_OUT] for p in state.people):
        options = state.player_view("expert").options
        kinds = ("vague-follow-up", "leave", "check-in", "call", "wait")
        state = state.apply_action(
            next((o.action for kind in kinds for o in options if o.kind == kind), options[-1].action)
        )
    return state


@pytest.mark.parametrize("scenario", sorted(SCHOOL_SCENARIOS.values()))
def test_most_who_ask_to_be_left_alone_have_said_before_that_it_is_too_much(scenario: str) -> None:
    asked = warned = 0
    for seed in range(8):
        state = pestered(scenario, seed)
        out = [who for who, p in enumerate(state.people) if p[at.OPTED_OUT]]
        for who in out:
            prospect = state.game.scenario.prospects[who]
            said = {each.text for each in state.player_view("expert").transcript if each.prospect == prospect.id}
            asked += 1
            warned += bool(said & tired(prospect))
    assert asked >= 4
    assert warned >= 0.6 * asked
