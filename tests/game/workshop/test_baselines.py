"""Claims about the computer players on the very buyers of a round."""

from __future__ import annotations

from engine.doctrines import SCHOOLS
from engine.par import par
from engine.play import Game
from engine.scenario import Scenario
from game.workshop.baselines import baselines, work

PLAYERS = {*SCHOOLS, "expert", "random"}


def test_every_computer_player_meets_the_very_buyers_with_their_luck(kiosk: Scenario) -> None:
    game = Game(kiosk)
    starts = {(0, buyer): game.new_initial_state(buyer) for buyer in range(1)}
    told: list[int] = []
    found = baselines(starts, 1, advance=told.append)
    assert found is not None
    assert sum(told) == work(1)
    for place, start in starts.items():
        assert found[place].par == par(game, start.seed)
        assert set(found[place].earned) == PLAYERS
    assert baselines(starts, 1) == found


def test_it_stops_when_it_is_told_to(kiosk: Scenario) -> None:
    assert baselines({(0, 0): Game(kiosk).new_initial_state(3)}, 1, stopped=lambda: True) is None
