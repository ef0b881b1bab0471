"""Make the pictures of the README from the program itself. By hand, from the root of the checkout:

    python tests/screenshots.py

One bundled scenario is played with one seed by the doctrine of its school, so the same program gives the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from textual.app import App
from textual.pilot import Pilot

from engine.comparison import compare, ghost
from engine.doctrines import BY_SCHOOL, DOCTRINES
from game import coaching, library, profile
from game.app import FirstVisit
from game.screens.debrief import DebriefScreen, Moves
from game.screens.run import RunScreen
from game.session import Session
from game.widgets.choices import Choices
from tests.engine.watching import chosen

SCENARIO, SEED, SIZE = "saturday-showroom", 4, (100, 32)
FOLDER = Path(__file__).parents[1] / "game" / "screenshots"
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def picture(app: App[None], name: str) -> None:
    """Write the screen as an SVG file that fetches nothing from anywhere."""
    drawing = _FONTS.sub("", app.export_screenshot(title="First Visit"))
    drawing = drawing.replace(
        "font-family: Fira Code, monospace", "font-family: 'Fira Code', 'DejaVu Sans Mono', monospace"
    )
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.svg").write_text(drawing, encoding="utf-8")


async def still(pilot: Pilot[None]) -> None:
    """Wait until nothing is painted any more."""
    for _ in range(4):
        await pilot.pause()


async def play(app: FirstVisit, pilot: Pilot[None], until: Callable[[Session], bool]) -> None:
    """Let the school's doctrine choose, until something holds."""
    screen = app.screen
    assert isinstance(screen, RunScreen)
    session = cast(Session, screen.session)
    choose = DOCTRINES[BY_SCHOOL[session.scenario.teaches[0]]](session.state.game.rules, session.state.seed)
    while not until(session):
        screen = app.screen
        assert isinstance(screen, RunScreen)
        choices = screen.query_one(Choices)
        if not choices.choose(chosen(session.state, choose)):
            await pilot.press("enter")  # the last words have been read
        await still(pilot)


async def main() -> None:
    app = FirstVisit(seed=SEED)
    async with app.run_test(size=SIZE) as pilot:
        await still(pilot)
        picture(app, "library")
        app.open_scenario(library.find(SCENARIO))
        await still(pilot)
        picture(app, "briefing")
        await pilot.press("enter")
        await still(pilot)
        await play(app, pilot, lambda session: len(session.state.history) == 7)
        picture(app, "conversation")
        await play(app, pilot, lambda session: session.view().place == "between")
        await pilot.press("enter")
        await still(pilot)
        picture(app, "between")
        await play(app, pilot, lambda session: session.finished)
        await pilot.press("enter")
        debrief = app.screen
        assert isinstance(debrief, DebriefScreen)
        while debrief.taught is None:
            await pilot.pause(0.1)
        await still(pilot)
        picture(app, "debrief")
        await pilot.press("2")
        await still(pilot)
        picture(app, "moves")
        await pilot.press("3")
        await still(pilot)
        picture(app, "score")
    await judged()
    await beside()


def talked() -> Session:
    """The run of somebody who talks too much."""
    session = Session.start(library.load(library.find(SCENARIO)), None, SEED, "regular", False, profile.runs_dir())
    choose = DOCTRINES["talker"](session.state.game.rules, SEED)
    while not session.finished:
        session.choose(chosen(session.state, choose))
    return session


async def beside() -> None:
    """That run, beside what the scenario's school does with this buyer."""
    session = talked()
    found = compare(session.state, ghost(session.game, SEED, "same-day"), session.par())
    app = FirstVisit(beside=(found, "Same day", "regular"))
    async with app.run_test(size=(120, 32)) as pilot:
        await still(pilot)
        picture(app, "beside")


async def judged() -> None:
    """The coach on a run of somebody who talks too much."""
    app = FirstVisit(session=talked())
    async with app.run_test(size=SIZE) as pilot:
        await still(pilot)
        await pilot.press("c")
        await still(pilot)
        while f"{coaching.MOST} imaginings" not in str(app.screen.query_one(Moves).border_title):
            await pilot.pause(0.5)
        await still(pilot)
        picture(app, "coach")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(FIRSTVISIT_HOME=home, TZ="UTC")
        os.environ.pop("NO_COLOR", None)
        profile.save_settings(replace(profile.load_settings()[0], tutorial_seen=True))
        asyncio.run(main())
