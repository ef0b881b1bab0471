"""Make the pictures of the README from the program itself. By hand, from the root of the checkout:

    python tests/screenshots.py

One bundled scenario is played with one seed by the doctrine of its school, so the same program gives the same pictures.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import tempfile
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import cast

from textual.app import App
from textual.pilot import Pilot

import game.runs.session
from engine.coach.imagining import QUICK
from engine.comparison import compare, ghost
from engine.doctrines import BY_SCHOOL, DOCTRINES
from game.coach import coaching
from game.home import profile
from game.home.settings import load_settings, save_settings
from game.programs.app import FirstVisit
from game.programs.author import PreviewApp
from game.runs import accounts
from game.runs.session import Session
from game.screens.coach import CoachScreen
from game.screens.debrief import DebriefScreen
from game.screens.preview import PreviewScreen
from game.screens.run import RunScreen
from game.shelf import library
from game.widgets.choices import Choices
from game.widgets.moves import Moves
from tests.engine.watching import chosen

SCENARIO, SEED, SIZE = "saturday-showroom", 4, (100, 32)
RUNS = 12
"""Days of practice."""
FOLDER = Path(__file__).parents[1] / "game" / "screenshots"
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_RUN = re.compile(
    r'<text class="([^"]*)" x="([\d.]+)" y="([^"]*)" textLength="[^"]*" clip-path="([^"]*)">([^<]*)</text>'
)
_CELL = Decimal("12.2")
"""Width of a character in the exported picture, in its own units."""


def in_cells(drawing: str) -> str:
    """The picture with each character in a place of its own. As the library writes it, a run of characters only has a
    length, which not every viewer keeps to: with another font, the curve ran past its frame."""

    def placed(run: re.Match[str]) -> str:
        kind, x, y, clip, text = run.groups()
        signs = [
            (each, Decimal(x) + _CELL * at) for at, each in enumerate(html.unescape(text)) if each not in " \xa0\n"
        ]
        if not signs:
            return ""
        places = " ".join(f"{place.normalize():f}" for _, place in signs)
        shown = html.escape("".join(each for each, _ in signs), quote=False)
        return f'<text class="{kind}" x="{places}" y="{y}" clip-path="{clip}">{shown}</text>'

    return _RUN.sub(placed, drawing)


def picture(app: App[None], name: str) -> None:
    """Write the screen as an SVG file that fetches nothing from anywhere."""
    drawing = in_cells(_FONTS.sub("", app.export_screenshot(title="First Visit")))
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
        while not isinstance(debrief := app.screen, DebriefScreen):
            await pilot.pause(0.1)
        session = debrief.session
        assert session is not None
        while session.par.known is None or debrief.taught is None or debrief.taught.imaginings < QUICK:
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


async def beside() -> None:
    """The run of somebody who talks too much, beside what the scenario's school does with this buyer."""
    session = played(SCENARIO, "talker", SEED)
    found = compare(session.state, ghost(session.game, SEED, "same-day"), session.par.whole())
    app = FirstVisit(first=lambda app: app.lay_beside(found, "Same day", "regular"))
    async with app.run_test(size=(120, 32)) as pilot:
        await still(pilot)
        picture(app, "beside")


async def judged() -> None:
    """The coach on such a run, and what it asks about the run."""
    session = played("roof-before-the-rain", "talker", 6)
    session.par.whole()
    app = FirstVisit(session=session)
    async with app.run_test(size=SIZE) as pilot:
        await still(pilot)
        await pilot.press("c")
        await still(pilot)
        while f"{coaching.MOST} imaginings" not in str(app.screen.query_one(Moves).border_title):
            await pilot.pause(0.5)
        await still(pilot)
        picture(app, "coach")
        assert isinstance(app.screen, CoachScreen)
        assert app.screen.found is not None
        best = session.game.move_named(app.screen.found.mistakes[0].best)
        await pilot.press("m")
        await still(pilot)
        await pilot.press(app.screen.query_one(Choices).key_of(best) or "1")
        await still(pilot)
        picture(app, "drill")


async def practised() -> None:
    """What came of some weeks of practice, by somebody who learned to ask."""
    for number in range(RUNS):
        for scenario in ("first-five-minutes", "pricing-form"):
            Daily.day = number
            session = played(scenario, "talker" if 2 * number < RUNS else "collector", number)
            session.settle()
            assert session.record_path is not None
            accounts.keep(accounts.account(session), session.record_path)
    app = FirstVisit()
    async with app.run_test(size=SIZE) as pilot:
        await still(pilot)
        await pilot.press("f7")
        await still(pilot)
        await still(pilot)
        picture(app, "progress")


def played(scenario: str, player: str, seed: int) -> Session:
    """A whole run of somebody's."""
    session = Session.start(library.load(library.find(scenario)), None, seed, "regular", False, profile.runs_dir())
    choose = DOCTRINES[player](session.state.game.rules, seed)
    while not session.finished:
        session.choose(chosen(session.state, choose))
    return session


async def previewed() -> None:
    """A scenario while it is written, some choices into it, and then with another sentence in the last reply."""
    path = Path(os.environ["FIRSTVISIT_HOME"]) / f"{SCENARIO}.yaml"
    text = library.find(SCENARIO).read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    app = PreviewApp(path, SEED)
    app.animation_level = "none"
    async with app.run_test(size=(120, 36)) as pilot:
        await still(pilot)
        screen = app.screen
        assert isinstance(screen, PreviewScreen)
        preview = screen.preview
        for name in ("last-time", "why-today", "whats-on-paper", "where-it-stands", "who-else-rides"):
            assert preview.game is not None
            assert app.screen.query_one(Choices).choose(preview.game.move_named(name))
            await still(pilot)
        while preview.played is None or preview.played.plays < 1_000:
            await pilot.pause(0.1)
        told = "Where will it stand at night?"
        assert told in text
        path.write_text(text.replace(told, "And where will it stand?"), encoding="utf-8")
        while preview.difference is None or preview.played is None or preview.played.plays < 1_000:
            await pilot.pause(0.1)
        await pilot.press("tab", "tab", "escape")
        await still(pilot)
        picture(app, "preview")


class Daily(datetime):
    """A clock that all but stands still on a day of practice: two runs are never of the same moment."""

    day = 0
    asked = 0

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Daily:
        cls.asked += 1
        return cls(2026, 3, 2, 17, 30, tzinfo=tz) + timedelta(days=cls.day, milliseconds=cls.asked)


def pictured(work: Callable[[], Coroutine[None, None, None]]) -> None:
    """Do this at a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(FIRSTVISIT_HOME=home, TZ="UTC")
        save_settings(replace(load_settings()[0], tutorial_seen=True))
        asyncio.run(work())


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    game.runs.session.datetime = Daily  # type: ignore[attr-defined]
    pictured(main)
    pictured(practised)
    pictured(previewed)
