"""Thinking costs patience where the clock is live, wherever one thinks, and nothing where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from engine.scenario import Scenario
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.visit import Visit
from tests.game.screens.moves import SMALL, settle
from tests.game.screens.pictures import text_of
from tests.game.screens.scripted import ScriptedRun, scripted


async def test_without_the_live_clock_no_timer_runs(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert not [timer for timer in app.screen._timers if timer._repeat is None and timer.name != "screen_update"]


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, as the test sets it; the clock's own timer is out of play."""
    monkeypatch.setattr(Visit, "start_clock", lambda _: None)
    time = [100.0]
    monkeypatch.setattr("game.screens.run.now", lambda: time[0])
    return time


async def test_thinking_costs_patience_on_the_live_clock(kiosk: Scenario, seconds: list[float]) -> None:
    run = ScriptedRun(kiosk, live=True)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "25:00" in text_of(app)
        seconds[0] += 7
        app.screen.tick()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "24:53" in text_of(app)
        await settle(pilot, "1")
        assert run.chosen == [(0, 7)]


@pytest.mark.parametrize("cover", ["question_mark", "ctrl+p"])
async def test_thinking_behind_a_page_is_thinking(kiosk: Scenario, seconds: list[float], cover: str) -> None:
    run = ScriptedRun(kiosk, live=True)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, cover)
        seconds[0] += 60
        await settle(pilot, "escape", "1")
        assert run.chosen == [(0, 60)]


async def test_a_trip_to_the_library_gives_no_thinking_back(
    kiosk: Scenario, seconds: list[float], tmp_path: Path
) -> None:
    run = ScriptedRun(kiosk, live=True)
    run.record_path = tmp_path / "some.run"
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        seconds[0] += 50
        await settle(pilot, "escape")
        seconds[0] += 1000
        app.begin(cast(Session, run))
        await settle(pilot)
        seconds[0] += 3
        await settle(pilot, "1")
        assert run.chosen == [(0, 53)]
