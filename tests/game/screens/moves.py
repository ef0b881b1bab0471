"""Pressing keys, and surroundings that are the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from textual.pilot import Pilot

from game.app import FirstVisit

SMALL, LARGE = (80, 24), (120, 40)


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
    """Wait until it is so."""
    while not ready():
        await pilot.pause(0.01)


async def until_shown(pilot: Pilot[None]) -> None:
    """Wait until the program takes keys: nobody presses one before there is something to be seen."""
    await until(pilot, lambda: cast(FirstVisit, pilot.app).listening)
