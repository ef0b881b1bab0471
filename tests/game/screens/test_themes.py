"""Every theme that can be chosen can be read, with colours and without."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from rich.color import Color

from engine.scenario import Scenario
from game.app import FirstVisit
from game.session import Session
from game.themes import NAMES
from tests.game.screens.moves import SMALL, pin, settle
from tests.game.screens.scripted import ScriptedRun

READABLE = 4.5
"""The contrast that WCAG asks of text (level AA)."""
FRAMES = set("─━│┃╭╮╰╯┬┴╌▁▔▏▌▊█▎⣀⣤⣶⣿╸╺║ ")


def luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def unreadable(app: FirstVisit) -> list[str]:
    """The pieces of text that stand out too little from what is behind them; below a page, all is meant to."""
    found = []
    page = app.screen.query("#sheet")
    area = page.first().region if page else app.screen.region
    for strip in app.screen._compositor.render_strips()[area.y : area.bottom]:
        for text, style, _ in strip.crop(area.x, area.right):
            if set(text) <= FRAMES or style is None or style.color is None or style.bgcolor is None:
                continue
            if contrast(style.color, style.bgcolor) < READABLE:
                found.append(f"{text.strip()} {style.color.name} on {style.bgcolor.name}")
    return found


@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize("colour", [True, False])
async def test_every_theme_can_be_read(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch, theme: str, colour: bool
) -> None:
    pin(monkeypatch)
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    app = FirstVisit(session=cast(Session, ScriptedRun(kiosk)))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.theme = theme
        for keys in (["1"], ["question_mark"], ["escape", "ctrl+p"], ["escape", "3", "enter"], ["escape"]):
            await settle(pilot, *keys)
            assert unreadable(app) == [], keys
