"""Every screen can be read: in each theme that can be chosen, without colours, and in a terminal with only ASCII."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rich.color import Color
from textual.app import App
from textual.color import Color as Shade
from textual.filter import Monochrome
from textual.pilot import Pilot

import game.screens
from engine.scenario import read_scenario
from game.programs.app import FirstVisit
from game.programs.themes import NAMES
from game.runs.session import Session
from game.screens.debrief_pages import DebriefPages
from game.screens.frame import Frame, Own
from game.screens.many import Many
from game.screens.run import RunScreen
from game.screens.sales import SaleDebrief, Sales
from game.screens.sheet import Sheet
from game.words.signs import in_ascii
from game.workshop.hall.admission import take_seat
from tests.game.conftest import at_work
from tests.game.screens.moves import SMALL, settle, until
from tests.game.screens.pictures import text_of
from tests.game.screens.test_host_screen import hosting, press
from tests.game.screens.test_preview_screen import press as preview_keys
from tests.game.screens.test_preview_screen import previewing
from tests.game.workshop.elsewhere import Elsewhere
from tests.game.workshop.guest.test_guest_screens import guest, over

READABLE = 4.5
"""The contrast that WCAG asks of text (level AA)."""
BACKGROUND = Shade(0, 0, 0)
FRAMES = {chr(code) for code in (*range(0x2500, 0x25A0), *range(0x2800, 0x2900))} | {" "}
"""What frames, bars and curves are drawn with."""


def luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def unreadable(app: App[None]) -> list[str]:
    """The pieces of text that stand out too little from what is behind them, or that ASCII has no sign for; what lies
    below a page is meant to stand back."""
    found = []
    page = app.screen.query("#sheet")
    area = page.first().region if page else app.screen.region
    grey = Monochrome()
    for line in app.screen._compositor.render_strips()[area.y : area.bottom]:
        strip = line.crop(area.x, area.right)
        found += [f"{each} in ASCII" for each in set(strip.text) if "?" == in_ascii(each) != each]
        for text, style, _ in [*strip, *strip.apply_filter(grey, BACKGROUND)]:
            if set(text) <= FRAMES or style is None or style.color is None or style.bgcolor is None:
                continue
            if contrast(style.color, style.bgcolor) < READABLE:
                found.append(f"{text.strip()} {style.color.name} on {style.bgcolor.name}")
    return found


# --- every screen ----------------------------------------------------------------------------------------------------


async def player(folder: Path) -> AsyncIterator[App[None]]:
    """A player's way, from the first start through a run and its judgement to what came of practice."""
    app = FirstVisit(seed=5, folder=folder)
    async with app.run_test(size=SMALL) as pilot:

        async def then(*keys: str) -> App[None]:
            await settle(pilot, *keys)
            await until(pilot, lambda: "at work" not in text_of(app))
            await settle(pilot)
            return app

        yield await then()  # the tutorial is offered
        yield await then("2")  # the library
        yield await then("question_mark")
        yield await then("escape", "ctrl+p")
        yield await then("escape", *"broken", "enter")  # a file with problems
        yield await then("escape", "escape", *"kiosk")
        yield await then("enter")  # the briefing
        yield await then("enter")  # the visit
        yield await then("1")  # more is known
        yield await then("tab")  # the notes
        yield await then("escape", "escape", *"kiosk", "home")  # a run to go on with
        yield await then("delete")
        yield await then("enter", "3")  # nothing was agreed
        yield await then("enter")  # between two conversations
        yield await then("7", "7", "enter")  # the debrief
        for page in "234":
            yield await then(page)
        yield await then("enter")  # side by side
        yield await then("end")
        yield await then("escape", "c")  # the coach
        yield await then("m")  # a question
        yield await then("1")  # and its answer
        yield await then("escape", "escape", "l", "f5")  # past runs
        yield await then("enter")
        yield await then("escape", "escape", "f7")  # progress
        yield await then("tab", "end")


async def waiting(path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App[None]]:
    """A run that was over before par was known."""
    session = Session.start(read_scenario(path.read_bytes(), str(path)), path, 5, "novice", False, None)
    monkeypatch.setattr(session, "prepare_par", lambda *_: None)
    for name in ("where-to", "some-day", "finish"):
        session.choose(session.game.move_named(name))
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        yield app
        await settle(pilot, "3")
        yield app


async def host() -> AsyncIterator[App[None]]:
    """An event with a player, from its opening to the class debrief."""
    async with hosting() as (pilot, hall):
        yield pilot.app
        await hall.do(take_seat("Ann", ""))
        for keys in ("o", "q", "1 j", "escape n", "escape enter", "down enter", "escape x", "1", "d"):
            await press(pilot, *keys.split())
            yield pilot.app


async def seat(folder: Path) -> AsyncIterator[App[None]]:
    """A player's seat in an event."""
    there = Elsewhere(folder)
    try:
        app = guest(there)
        async with app.run_test(size=SMALL) as pilot:
            await until(pilot, lambda: app.listening)
            yield app
            await over(there, app, pilot)
            await pilot.press("d")  # a look back on a sale
            await until(pilot, lambda: isinstance(app.screen, Sales) and app.listening)
            yield app
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, SaleDebrief) and app.listening)
            yield app
    finally:
        await asyncio.to_thread(there.stop)


async def author(path: Path) -> AsyncIterator[App[None]]:
    """A scenario, played while it is written."""
    async with previewing(path) as (pilot, _):
        yield pilot.app
        for keys in ("tab", "tab", "tab", "escape f5"):
            await preview_keys(pilot, *keys.split())
            yield pilot.app


def screens() -> set[type[object]]:
    """The classes of all screens there are."""
    for module in pkgutil.iter_modules(game.screens.__path__, "game.screens."):
        importlib.import_module(module.name)
    found: set[type[object]] = set()
    more: list[type[object]] = [*Frame.__subclasses__(), *Sheet.__subclasses__()]
    while more:
        found.add(each := more.pop())
        more += each.__subclasses__()
    return found - {RunScreen, Many, Own, DebriefPages}


async def test_every_screen_can_be_read_in_every_theme(
    home: Path, kiosk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.computing.pool.usable_processors", lambda: 1)
    at_work(monkeypatch)
    (tmp_path / "broken.yaml").write_text("format: 1\nid: [", encoding="utf-8")
    (tmp_path / "event").mkdir()
    wrong: dict[str, list[str]] = {}
    visited: set[type[object]] = set()
    monkeypatch.setattr("game.authoring.playing_on.PlayingOn.begin", lambda self: None)
    monkeypatch.setattr("textual._compositor.Compositor.render_update", lambda self, *_, **__: None, raising=False)
    ways = player(tmp_path), waiting(kiosk_path, monkeypatch), host(), seat(tmp_path / "event"), author(kiosk_path)
    for way in ways:
        async for app in way:
            visited.add(type(app.screen))
            for theme in sorted(NAMES, key=app.theme.__ne__):  # to change it takes longer than to look
                app.theme = theme
                await Pilot(app).pause()
                if found := unreadable(app):
                    wrong[f"{type(app.screen).__name__}, {theme}"] = found
    assert wrong == {}
    assert visited == screens()
