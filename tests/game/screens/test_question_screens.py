"""Mistakes as questions, of one run and of all, and as drills."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.containers import VerticalScroll

from engine.scenario import Scenario
from game.coach import drills
from game.practice import due
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.coach import CoachScreen
from game.screens.frame import LEAST_HEIGHT, LEAST_WIDTH
from game.screens.questions import POSITIONS, Questions
from game.widgets.choices import Choices
from game.widgets.plain import Plain
from tests.game.conftest import FIRM
from tests.game.screens.coached import judged, session_of
from tests.game.screens.moves import LARGE, SMALL, settle
from tests.game.screens.pictures import said, text_of

pytestmark = pytest.mark.usefixtures("coach")


async def test_a_mistake_is_a_question_before_it_is_answered(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "m")
        assert isinstance(app.screen, Questions)
        asked = text_of(app)
        assert "What would you do here?" in asked
        assert "You sell Sam this: Umbrella, 20 EUR." in asked
        assert asked.count("EUR") == 1, "what each choice is worth is told afterwards"
        assert "solved" not in asked  # nothing was answered yet


async def test_of_what_was_said_before_a_question_the_last_stays_in_view_and_it_says_how_to_read_the_rest(
    given_up: Session,
) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await judged(pilot)
        await settle(pilot, "m")
        assert "PgUp PgDn" not in text_of(app)
        before = app.screen.query_one("#before", VerticalScroll)
        before.styles.height = 1
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert before.max_scroll_y
        assert before.scroll_y == before.max_scroll_y
        assert "What would you do here? · PgUp PgDn: the rest" in text_of(app)
        await settle(pilot, "pageup")
        assert before.scroll_y < before.max_scroll_y
        await settle(pilot, "1")
        assert "What would you do here?" not in text_of(app)


async def test_what_was_said_fits_the_narrowest_window(given_up: Session) -> None:
    """Lines that were made for a wider one broke off after a word."""
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await judged(pilot)
        await settle(pilot, "m")
        for size in (SMALL, (LEAST_WIDTH, LEAST_HEIGHT)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            told = app.screen.query_one("#said", Plain)
            assert max(map(cell_len, str(told.content).splitlines())) <= told.content_size.width


async def test_what_is_in_view_before_a_question_begins_where_somebody_speaks(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        for rows in range(20, 32):
            await pilot.resize_terminal(80, rows)
            await settle(pilot, "m")
            screen = app.screen
            assert isinstance(screen, Questions)
            told = screen.question.told(72)
            shown = screen.query_one("#before", VerticalScroll).size.height
            begins = [sum(len(each) for each in told[at:]) for at in range(len(told))]
            assert shown in begins
            await settle(pilot, "escape")


async def test_a_large_window_shows_all_of_a_drill_that_it_has_room_for(home: Path) -> None:
    asked, _ = due.questions()
    fit = [each for each in asked if sum(map(len, each.told(72))) < 24 and len(each.view().options) < 8]
    long = max(fit, key=lambda each: sum(map(len, each.told(72))))
    app = FirstVisit(first=lambda app: app.push_screen(Questions([long], POSITIONS, lambda *_: None)))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert not app.screen.query_one("#before", VerticalScroll).max_scroll_y
        await settle(pilot, "1")
        assert not app.screen.query_one("#detail", VerticalScroll).max_scroll_y


async def test_before_the_first_word_a_question_tells_what_stands_at_the_beginning(kiosk: Scenario) -> None:
    app = FirstVisit(session=session_of(kiosk, "some-day", "finish"))
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "m")
        assert isinstance(app.screen, Questions)
        assert " ".join(kiosk.briefing.split())[:30] in text_of(app)


def key_of(app: FirstVisit, session: Session, name: str) -> str:
    """The key that chooses a line."""
    key = app.screen.query_one(Choices).key_of(session.game.move_named(name))
    assert key is not None
    return key


async def test_an_answer_is_told_right_or_not_and_what_each_was_worth(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "m")
        await settle(pilot, key_of(app, given_up, "call"))
        text = text_of(app)
        assert "Right." in text
        assert "solved 1 of 1" in text
        assert "your answer" in text


@pytest.mark.usefixtures("finer")
async def test_the_same_mistake_again_is_not_right(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "m")
        await settle(pilot, key_of(app, given_up, "finish"))
        assert "There is something better." in text_of(app)
        assert "solved 0 of 1" in text_of(app)
        await settle(pilot, "1")
        assert "Mistake 2 of 2" in text_of(app)


async def test_after_the_last_question_the_coach_is_there_again(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "m")
        while isinstance(app.screen, Questions):
            await settle(pilot, "n")
        assert isinstance(app.screen, CoachScreen)
        assert given_up.state.moves == 3  # nothing was played on


@pytest.fixture
def own_only(monkeypatch: pytest.MonkeyPatch, finer: None) -> None:
    """Nothing but the player's own mistakes."""
    monkeypatch.setattr("game.coach.drills.bundled", dict)
    monkeypatch.setattr("game.coach.coaching.QUICK", 2 * FIRM)


@pytest.mark.usefixtures("own_only")
async def test_mistakes_come_back_as_drills_and_answers_are_kept(
    given_up: Session, kiosk_path: Path, tmp_path: Path
) -> None:
    app = FirstVisit(session=given_up, folder=tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "escape", "escape", "f6")
        assert "Position 1 of 2: The kiosk" in text_of(app)
        await settle(pilot, "1", "1")
        assert "Position 2 of 2" in text_of(app)
        await settle(pilot, "escape", "f6")
        assert "Position 1 of 1" in text_of(app)


@pytest.mark.usefixtures("own_only")
async def test_without_anything_to_drill_the_library_stays(tmp_path: Path, kiosk_path: Path) -> None:
    app = FirstVisit(folder=tmp_path, first=FirstVisit.drill)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Scenarios" in text_of(app)


@pytest.mark.usefixtures("own_only")
@pytest.mark.parametrize("way", [("a",), ("escape", "escape", "f7", "m")])
async def test_mistakes_of_all_runs_are_asked_about_from_the_coach_and_from_progress(
    given_up: Session, kiosk_path: Path, tmp_path: Path, way: tuple[str, ...]
) -> None:
    app = FirstVisit(session=given_up, folder=tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, *way)
        assert isinstance(app.screen, Questions)
        assert "Mistake 1 of 2: The kiosk" in text_of(app)
        await settle(pilot, "1", "1", "1", "1")
        assert not isinstance(app.screen, Questions)


@pytest.mark.usefixtures("own_only")
async def test_what_was_solved_of_one_run_is_solved_for_all(
    given_up: Session, kiosk_path: Path, tmp_path: Path
) -> None:
    app = FirstVisit(session=given_up, folder=tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "m")
        asked = app.screen
        assert isinstance(asked, Questions)
        for number in (1, 2):
            assert f"Mistake {number} of 2" in text_of(app)
            question = asked.question
            (best, *_) = (each for each in question.view().options if question.position.right(each.name))
            await settle(pilot, app.screen.query_one(Choices).key_of(best.action) or "", "1")
        await settle(pilot, "a")
        assert isinstance(app.screen, CoachScreen)
        assert "Every mistake is solved for now." in said(app)
        await settle(pilot, "m")
        assert "Mistake 1 of 2" in text_of(app), "this run can be gone through again"


@pytest.mark.usefixtures("own_only")
async def test_what_was_answered_wrong_is_asked_again(given_up: Session, kiosk_path: Path, tmp_path: Path) -> None:
    app = FirstVisit(session=given_up, folder=tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "m")
        while isinstance(asked := app.screen, Questions):
            (wrong, *_) = (
                each for each in asked.question.view().options if not asked.question.position.right(each.name)
            )
            await settle(pilot, app.screen.query_one(Choices).key_of(wrong.action) or "", "1")
        assert isinstance(app.screen, CoachScreen)
        await settle(pilot, "a")
        assert "Mistake 1 of " in text_of(app)


@pytest.mark.usefixtures("own_only")
async def test_the_costliest_mistake_of_all_runs_comes_first(
    given_up: Session, kiosk: Scenario, kiosk_path: Path, tmp_path: Path
) -> None:
    app = FirstVisit(session=given_up, folder=tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "escape", "escape")
        app.begin(session_of(kiosk, "where-to", "some-day", "finish", seed=6))
        await judged(pilot)
        await settle(pilot, "a")
        assert "Mistake 1 of" in text_of(app)
        found = drills.deck()
        first = found.mistakes(drills.now())[0]
        assert first.points == max(each.points for each in found.entries.values())
        assert isinstance(app.screen, Questions)
        assert app.screen.question.position.key == first.key
