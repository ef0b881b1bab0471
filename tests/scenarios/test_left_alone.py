"""Claims about buyers who have had enough: who is rung once too often says so, and picks up as somebody who said it."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.events import Event
from engine.play import State
from engine.rules import Turn, make
from engine.rules.contact import REACHED
from engine.rules.nuisance import OPTS_OUT
from engine.scenario.compiled import Clause
from tests.engine.sales import BUNDLED, bundled
from tests.scenarios.moments import between, ring


@pytest.mark.parametrize("name", BUNDLED)
def test_who_is_rung_once_too_often_asks_to_be_left_alone_and_takes_this_one(name: str) -> None:
    """A message that forbids every call, and a receiver that is lifted in the same minute, would be two people."""
    game, met = bundled(name), 0
    for state, who in between(game):
        fits = {
            text
            for reply in game.scenario.prospects[who].outcomes[OPTS_OUT]
            if any(isinstance(clause, Clause) and clause.what == "outcome" for clause in reply.when)
            for text in reply.says
        }
        said = pestered(state, who)
        assert not said or said in fits
        met += bool(said)
    assert met


def pestered(state: State, who: int) -> str:
    """How they ask to be left alone who are reached just after the last conversation, with a good deal before it."""
    events = list[Event]()
    turn = Turn(state.game.rules, state.core, state.luck, events)
    p = turn.people[who]
    p[at.HERE_UNTIL] = p[at.PROMISE] = 0
    p[at.NUISANCE], p[at.TALKED_AT] = p[at.ENOUGH], turn.clock
    make(turn, ring(state.game, who), answer=REACHED)
    return next((event.text for event in events if (event.what, event.amount) == ("reply", OPTS_OUT)), "")
