"""To go back to a move of a run that is over, and to leave again."""

from __future__ import annotations

import pytest

from game.home import run_files
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.debrief import DebriefScreen
from game.screens.library import Library
from game.widgets.choices import Choices
from game.widgets.moves import Moves
from tests.game.screens.coached import judged
from tests.game.screens.moves import SMALL, settle
from tests.game.screens.pictures import text_of

pytestmark = pytest.mark.usefixtures("coach")


async def test_any_move_can_be_stood_before_again(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "home", "r")
        assert "Where are you off to?" in text_of(app)
        assert next(run_files.runs()).header.retry_of is not None


@pytest.mark.parametrize("way", [("c",), ("2",)])
async def test_whoever_leaves_a_retry_is_where_it_was_begun(given_up: Session, way: tuple[str, ...]) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *way, "end", "up")
        begun, chosen = app.screen, app.screen.query_one(Moves).highlighted
        await settle(pilot, "r")
        assert "Esc Back" in text_of(app)
        await settle(pilot, "1")  # a move of it, and perhaps another screen
        await settle(pilot, "escape")
        assert app.screen is begun
        assert app.screen.query_one(Moves).highlighted == chosen
        left = next(run_files.runs())
        assert left.header.retry_of is not None
        assert not left.finished
        await settle(pilot, "r", "escape", "escape", *(("escape",) if way == ("c",) else ()))
        assert isinstance(app.screen, Library)


async def test_a_retry_that_is_over_lies_over_nothing_but_the_library(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "c", "end", "r")
        finish = app.screen.query_one(Choices).key_of(given_up.game.move_named("finish")) or ""
        await settle(pilot, finish, finish, "enter")
        assert isinstance(app.screen, DebriefScreen)
        assert app.screen.session is not given_up
        await settle(pilot, "escape")
        assert isinstance(app.screen, Library)
