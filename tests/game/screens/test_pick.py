"""A list over a screen: its title stays in view, and so does the row under the cursor."""

from __future__ import annotations

import pytest
from textual.widgets.option_list import Option as Row

from game.programs.app import FirstVisit
from game.screens.pick import Pick
from tests.game.screens.moves import SMALL, settle
from tests.game.screens.pictures import text_of


@pytest.mark.parametrize(("at_end", "key", "there", "then"), [(False, "end", 1, 40), (True, "home", 40, 1)])
async def test_a_list_that_is_longer_than_the_window_keeps_its_title_and_shows_the_row_under_the_cursor(
    at_end: bool, key: str, there: int, then: int
) -> None:
    app, picked = FirstVisit(), list[int | None]()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(
            Pick("Your sales", [Row(f"Sale {n} of 40") for n in range(1, 41)], at_end=at_end), picked.append
        )
        await settle(pilot)
        for row in (there, then):
            assert "Your sales" in text_of(app)
            assert f"Sale {row} of 40" in text_of(app)
            if row == there:
                await settle(pilot, key)
        await settle(pilot, "enter")
    assert picked == [then - 1]
