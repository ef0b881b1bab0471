"""Before the class: computer players come and play, and every move that was answered is looked up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from game.workshop.host import rehearsing
from game.workshop.host.rehearsing import Rehearsed, lost, rehearse, told
from game.workshop.log.event import Prepared, simple
from game.workshop.log.plan import RoundPlan
from tests.game.workshop.halls import Hall, event, load

GOOD = Rehearsed(60, 60, 900, 0, 20.0, 60.0, 90.0, ())


def test_a_rehearsal_tells_who_came_and_that_nothing_was_lost(monkeypatch: Any) -> None:
    monkeypatch.setattr(rehearsing, "PACE", 0.1)
    found = rehearse(simple("saturday-showroom", load), 5, seconds=2)
    assert (found.joined, found.lost, found.failures) == (5, 0, ())
    assert found.moves > 0
    assert set(found.as_data()) >= {"joined", "moves", "lost", "p50_ms", "p99_ms"}


def test_a_machine_carries_a_room_if_all_came_nothing_is_lost_and_nobody_waits() -> None:
    assert GOOD.carried
    for bad in (
        replace(GOOD, joined=59),
        replace(GOOD, lost=1),
        replace(GOOD, p99_ms=101.0),
        replace(GOOD, failures=("a move: no",)),
    ):
        assert not bad.carried
        assert not any("carry" in each for each in told(bad))
    assert any("can carry 60 players" in each for each in told(GOOD))


def test_rounds_that_cannot_be_ranked_together_are_told_while_others_can_be_planned(monkeypatch: Any) -> None:
    monkeypatch.setattr(rehearsing, "PACE", 0.1)
    both = event(RoundPlan("saturday-showroom", buyers=1), RoundPlan("pricing-form", buyers=1))
    scenarios, texts = zip(*(load(each.scenario) for each in both.rounds), strict=True)
    found = rehearse(Prepared(both, scenarios, texts), 1, seconds=1)
    assert "Each round is ranked by itself: amounts are in EUR and NZD." in told(found)


def test_moves_that_are_missing_and_moves_that_are_there_twice_are_lost() -> None:
    hall = Hall()
    hall.seat()
    hall.open()
    hall.move(1)
    hall.move(1)
    run = hall.room.runs[(0, 0, 1)]
    made = [[0, 0, n, state.game.move_name(state.action)] for n, state in enumerate(run.state.states()[1:])]
    assert lost({"1": made}, hall.room) == 0
    assert lost({"1": made[:1]}, hall.room) == 0  # the second was answered, but the answer was under way
    assert lost({"1": []}, hall.room) == 1
    assert lost({"1": [*made, [0, 0, 2, "leave"]]}, hall.room) == 1
