"""Pressing keys, and surroundings that are the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from textual.pilot import Pilot

from game.programs.app import FirstVisit
from tests.game.screens.pictures import text_of

SMALL, LARGE = (80, 24), (120, 40)
_PATIENCE = 12_000
"""How often it is looked whether something has happened: two minutes, and far longer where others work as well."""


def pin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take out what differs between machines: colour switches, animations, the time zone."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("TZ", "UTC")


async def settle(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after another, and wait until the screen is still."""
    await pilot.pause()
    await pilot.pause()  # the library reads its files after the first picture
    for key in keys:
        await until_shown(pilot)
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()


async def until(pilot: Pilot[None], ready: Callable[[], object]) -> None:
    """Wait until it is so. Whoever waits in vain is told what there is to be seen."""
    for _ in range(_PATIENCE):
        await pilot.pause(0.01)
        if ready():
            return
    raise AssertionError(text_of(pilot.app))


async def until_shown(pilot: Pilot[None]) -> None:
    """Wait until the program takes keys: nobody presses one before there is something to be seen."""
    await until(pilot, lambda: cast(FirstVisit, pilot.app).listening)
