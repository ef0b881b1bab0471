"""Naming a scenario on the command line leads past the library, and past nothing that was left."""

from pathlib import Path

import pytest

from engine.scenario import Scenario
from game.home import profile
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.briefing import Briefing
from game.screens.offer import Offer
from game.screens.run import RunScreen


@pytest.fixture
def left(home: Path, kiosk: Scenario) -> Session:
    """A run of seed 7 with one move, not finished."""
    session = Session.start(kiosk, None, 7, "novice", False, profile.runs_dir())
    session.choose(session.game.move_named("where-to"))
    session.close()
    return session


async def test_a_run_that_was_left_is_offered_and_gone_on_with(left: Session, kiosk_path: Path) -> None:
    app = FirstVisit(path=kiosk_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Offer)
        await pilot.press("1")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)
        assert app.screen.session.record_path == left.record_path
        assert app.screen.session.state.digest() == left.state.digest()


async def test_beginning_anew_shows_the_briefing(left: Session, kiosk_path: Path) -> None:
    app = FirstVisit(path=kiosk_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert isinstance(app.screen, Briefing)


@pytest.mark.parametrize(("seed", "new"), [(8, False), (None, True)])
async def test_nothing_is_offered_to_who_asks_for_something_else(
    left: Session, kiosk_path: Path, seed: int | None, new: bool
) -> None:
    app = FirstVisit(path=kiosk_path, seed=seed, new=new)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Briefing)
