"""The debrief once the coach has judged the run."""

from __future__ import annotations

import pytest
from textual.widgets import TabbedContent

from engine.scenario import Scenario
from game.programs.app import FirstVisit
from game.runs.accounts import account_of
from game.runs.session import Session
from game.screens.debrief import DebriefScreen
from game.widgets.moves import Moves
from tests.game.screens.coached import session_of
from tests.game.screens.moves import LARGE, SMALL, settle, until
from tests.game.screens.pictures import text_of

pytestmark = pytest.mark.usefixtures("coach")


async def test_the_debrief_begins_with_what_cost_most_and_what_to_try(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        text = ""
        while "Move 3 cost most" not in text or "Next time:" not in text:  # it may have, as first, rough figures say
            await pilot.pause(0.02)
            text = text_of(app)
        assert isinstance(app.screen, DebriefScreen)
        assert text.index("Move 3 cost most") < text.index("Expired") < text.index("What moved it most")


@pytest.mark.usefixtures("finer")
async def test_the_whole_debrief_goes_by_what_the_coach_says_once_he_has_judged(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, DebriefScreen)
        while screen.taught is None:
            assert "on the meters" not in text_of(app), "that would be another move, for a moment"
            await pilot.pause(0.02)
        await settle(pilot)
        assert "The coach: inaccuracy" in text_of(app), "beside what each moment moved"
        worst = screen.taught.costliest
        assert worst is not None
        await settle(pilot, "2")
        assert screen.query_one("#list", Moves).highlighted == worst.number == 1


@pytest.mark.parametrize(("page", "detour"), [("1", "c"), ("3", "question_mark")])
async def test_the_coach_and_the_help_lead_back_to_the_page_that_was_read(
    given_up: Session, page: str, detour: str
) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, page)
        before = app.screen.query_one(TabbedContent).active
        await settle(pilot, detour, "escape")
        assert isinstance(app.screen, DebriefScreen)
        assert app.screen.query_one(TabbedContent).active == before


async def test_the_score_says_what_the_play_was_worth_apart_from_what_was_earned(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "3")
        screen = app.screen
        assert isinstance(screen, DebriefScreen)
        await until(pilot, lambda: screen.taught is not None)
        await settle(pilot)
        text = text_of(app)
        assert "Apart from luck, your play was worth" in text
        assert text.index("Apart from luck") < text.index("your time")
        screen.found = account_of(given_up.state, given_up.header, None).debrief  # as it was before par came
        await screen.on_debrief_screen_judged()
        await settle(pilot)
        assert screen.found.scorecard.par is not None
        assert text_of(app).count("Apart from luck") == 1, "it stays when par comes"


async def test_a_cursor_that_was_moved_stays_when_the_coach_has_found_more(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "2", "end")
        screen = app.screen
        assert isinstance(screen, DebriefScreen)
        await screen.on_debrief_screen_judged()
        assert screen.query_one("#list", Moves).highlighted == 2


async def test_what_was_played_well_is_not_told_to_be_played_otherwise(kiosk: Scenario) -> None:
    won = session_of(kiosk, "where-to", "this-one", "have-it")
    app = FirstVisit(session=won)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await until(pilot, lambda: "as far as can be told" in text_of(app))
        assert "Next time" not in text_of(app)
