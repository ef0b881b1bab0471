"""Whatever is pressed, in any window, the program goes on."""

from __future__ import annotations

import random

import pytest

from game.programs.app import FirstVisit
from tests.game.screens.pictures import seen

KEYS = [*"1234567890", "enter", "up", "down", "tab", "pageup", "escape", "question_mark", "f2", "f4", *"rbnlsp"]
WINDOWS = [(80, 24), (120, 40), (72, 20), (60, 12), (104, 33)]


@pytest.mark.parametrize(("seed", "language"), [(1, "en"), (2, "de")])
async def test_any_keys_in_any_window(monkeypatch: pytest.MonkeyPatch, seed: int, language: str) -> None:
    monkeypatch.setenv("FIRSTVISIT_LANGUAGE", language)
    chance = random.Random(seed)
    app = FirstVisit(seed=seed)
    async with app.run_test(size=WINDOWS[0]) as pilot:
        for number in range(70):
            if number % 15 == 14:
                await pilot.resize_terminal(*chance.choice(WINDOWS))
            await pilot.press(chance.choice(KEYS))
        assert any(seen(app))
