"""Claims about the computer players on the very buyers of a round."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.doctrines import SCHOOLS
from engine.par import par
from engine.play import Game
from engine.scenario import Scenario
from game.workshop.results.baselines import baselines, known, work
from tests.engine.sales import play

PLAYERS = {*SCHOOLS, "expert", "random"}


def test_every_computer_player_meets_the_very_buyers_with_their_luck(kiosk: Scenario) -> None:
    game = Game(kiosk)
    starts = {(0, buyer): game.new_initial_state(buyer) for buyer in range(1)}
    told: list[int] = []
    found = baselines(starts, 1, advance=told.append)
    assert found is not None
    assert sum(told) == work(starts)
    for place, start in starts.items():
        assert found[place].par == par(game, start.seed)
        assert set(found[place].earned) == PLAYERS
    assert baselines(starts, 1) == found


def test_it_stops_when_it_is_told_to(kiosk: Scenario) -> None:
    assert baselines({(0, 0): Game(kiosk).new_initial_state(3)}, 1, stopped=lambda: True) is None


def test_a_round_that_begins_at_a_moment_is_measured_from_there(kiosk: Scenario) -> None:
    game = Game(kiosk)
    start = game.new_initial_state(3)
    later = play(start, "where-to", "some-day", "wait.tomorrow")
    found = baselines({(0, 0): later}, 1)
    assert found is not None
    offer = game.rules.prospects[0].prospect.offer
    for earned in found[0, 0].earned.values():
        assert earned <= offer.price - offer.floor + later.returns()  # what was spent by then is spent
    assert found != baselines({(0, 0): start}, 1)


def test_what_was_worked_out_once_is_kept_and_what_was_kept_wrongly_is_worked_out_again(
    kiosk: Scenario, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Game(kiosk).new_initial_state(3)
    found = known({(0, 0): start}, 1)
    (path,) = (each for each in home.rglob("*") if each.is_file())
    with monkeypatch.context() as patch:
        patch.setattr("game.workshop.results.baselines.attempt", None)
        assert known({(2, 1): start}, 1) == {(2, 1): found[0, 0]}
    path.write_text("{}")
    assert known({(0, 0): start}, 1) == found
