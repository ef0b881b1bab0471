"""Runs for the coach to judge, and the way to his page."""

from __future__ import annotations

from textual.pilot import Pilot

from engine.scenario import Scenario
from game.coach import coaching
from game.home import profile
from game.runs.session import Session
from game.screens.coach import CoachScreen
from tests.game.screens.moves import settle, until
from tests.game.screens.pictures import text_of


def session_of(kiosk: Scenario, *names: str, seed: int = 5) -> Session:
    """A run with these moves."""
    session = Session.start(kiosk, None, seed, "novice", False, profile.runs_dir())
    for name in names:
        session.choose(session.game.move_named(name))
    return session


async def judged(pilot: Pilot[None]) -> None:
    """Open the coach from the debrief, and wait until it has judged the moves, as finely as it will."""
    await settle(pilot, "c")
    screen = pilot.app.screen
    assert isinstance(screen, CoachScreen)
    await until(pilot, lambda: "at work" not in text_of(pilot.app))
    await until(pilot, lambda: screen.found is None or screen.found.imaginings >= coaching.MOST)
    await settle(pilot)
