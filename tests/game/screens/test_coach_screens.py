"""The coach and its questions, as a person sees and uses them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.pilot import Pilot

from engine.coach.analysis import LEAST, Imagined
from engine.coach.habits import Habit
from engine.coach.narrowing import Left
from engine.coach.verdict import Analysis
from engine.play import State
from engine.reasons import Chance
from engine.rules import Rules
from engine.scenario import Scenario
from game import coaching, drills, profile, run_files
from game.app import FirstVisit
from game.screens.coach import CoachScreen
from game.screens.debrief import DebriefScreen
from game.screens.library import Library
from game.screens.questions import Questions
from game.session import Session
from game.widgets.choices import Choices
from game.widgets.moves import Moves
from tests.game.conftest import FIRM, at_work
from tests.game.screens.moves import LARGE, SMALL, pin, settle
from tests.game.screens.pictures import text_of


@pytest.fixture(autouse=True)
def pinned(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same surroundings everywhere, and a coach that is soon done."""
    pin(monkeypatch)
    monkeypatch.setattr("game.pool.usable_processors", lambda: 1)
    at_work(monkeypatch)


def session_of(kiosk: Scenario, *names: str) -> Session:
    """A run with these moves."""
    session = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir())
    for name in names:
        session.choose(session.game.move_named(name))
    return session


@pytest.fixture
def finer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A coach who has time to find the smaller mistake, too."""
    at_work(monkeypatch, 2 * FIRM)


@pytest.fixture
def given_up(kiosk: Scenario) -> Session:
    """A run that was left, and given up, though the buyer could have been called."""
    return session_of(kiosk, "where-to", "some-day", "finish")


async def judged(pilot: Pilot[None]) -> None:
    """Open the coach from the debrief, and wait until it has judged the moves."""
    await settle(pilot, "c")
    screen = pilot.app.screen
    assert isinstance(screen, CoachScreen)
    while "at work" in text_of(pilot.app):
        await pilot.pause(0.02)
    await settle(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_coach_says_what_cost_most_and_what_to_try(given_up: Session, size: tuple[int, int]) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=size) as pilot:
        await judged(pilot)
        text = text_of(app)
        assert "Move 3 cost most" in text
        assert "Next time:" in text
        assert "blunder" in text
        assert re.search(r"your (\S+ EUR )?move", text), "the move made is marked, whether or not the mark is wrapped"
        assert "luck of the answers" in text
        assert "finish" not in text  # no names of moves
        assert "Learn from mistakes" in text


async def test_a_move_is_called_what_the_report_calls_it(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await judged(pilot)
        screen = app.screen
        assert isinstance(screen, CoachScreen)
        assert screen._found is not None
        first, *others = screen._found.moves
        equal = replace(first, judgement="best", best="some-day")
        sure = replace(first, judgement="inaccuracy", points=83.0)
        for verdict, word in ((equal, "equal best"), (sure, "inaccuracy or worse")):
            screen._show(replace(screen._found, moves=(verdict, *others)))
            await settle(pilot)
            assert word in text_of(app)


async def test_the_moves_can_be_read_while_the_coach_has_yet_to_judge_them(
    given_up: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    judges, may = coaching.judged, Event()

    def late(*of: Any) -> Iterator[Analysis]:
        may.wait()
        yield from judges(*of)

    monkeypatch.setattr(coaching, "judged", late)
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "c")
        moves = app.screen.query_one("#moves", Moves)
        assert "at work" in text_of(app)
        assert "Where are you off to?" in text_of(app)
        assert not any(word in text_of(app) for word in ("blunder", "your move"))
        assert moves.has_focus
        await settle(pilot, "end")
        may.set()
        while "at work" in text_of(app):
            await pilot.pause(0.02)
        await settle(pilot)
        assert "blunder" in text_of(app)
        assert moves.highlighted == 2  # where the reader put it, not on what cost most


async def test_to_open_the_coach_styles_nothing_else_anew(given_up: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        monkeypatch.setattr(app.stylesheet, "reparse", lambda: pytest.fail("there is another style sheet"))
        await judged(pilot)


async def test_what_was_found_is_kept_and_shown_again_at_once(
    given_up: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        first = text_of(app)
        monkeypatch.setattr(coaching, "judged", None)
        await settle(pilot, "escape")
        assert isinstance(app.screen, DebriefScreen)
        await judged(pilot)
        assert text_of(app) == first


async def test_what_does_not_fit_below_the_moves_can_be_read_and_it_says_how(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "up", "up")
        detail = app.screen.query_one("#detail", VerticalScroll)
        assert "PgUp PgDn" not in text_of(app)  # there all of it is seen
        detail.styles.height = 4
        await settle(pilot)  # it says so whatever made it too long, a smaller window too
        assert detail.max_scroll_y
        assert "PgUp PgDn: the rest" in text_of(app)
        chosen = app.screen.query_one("#moves", Moves).highlighted
        await settle(pilot, *["pagedown"] * 3)
        assert detail.scroll_y == detail.max_scroll_y
        assert app.screen.query_one("#moves", Moves).highlighted == chosen
        assert "first, rough figures" in text_of(app)  # it is the last thing said of the few imaginings of this test


async def test_the_chosen_move_stays_in_view_when_the_list_gets_shorter(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await judged(pilot)
        await settle(pilot, "end")
        moves = app.screen.query_one("#moves", Moves)
        moves.styles.min_height = moves.styles.height = 2
        await settle(pilot)
        assert moves.max_scroll_y
        assert moves.scroll_y == moves.max_scroll_y


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


async def test_after_a_retry_was_left_the_coach_gets_better_again(
    given_up: Session, patient: Callable[[], int]
) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "c")
        while patient() < 2 * LEAST:
            await pilot.pause(0.02)
        await settle(pilot, "r", "escape")
        before = patient()
        while patient() < before + 2 * LEAST:
            await pilot.pause(0.02)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """A coach with more to do than anybody waits for. Gives how many imaginings it has made by now."""
    made: list[int] = []

    class Patient:
        """An imagining that takes its time and comes to nothing."""

        def __init__(self, rules: Rules, number: int) -> None:
            self._number = number

        def says(self, end: State, left: Left) -> tuple[Imagined | None, ...]:
            made.append(self._number)
            time.sleep(0.02)  # so little work that Textual sees it rest
            worths = [
                {move: 10**7 * (-1) ** (self._number * move) for move in state.legal_actions()}
                for state in end.states()[:-1]
            ]
            return tuple(
                Imagined({plan: each[plan.move] for plan in plans}, each, guide=next(iter(each))) if plans else None
                for plans, each in zip(left, worths, strict=True)
            )

    monkeypatch.setattr("game.coaching.Imagining", Patient)
    monkeypatch.setattr("game.coaching.MOST", 1_000_000)
    return lambda: len(made)


async def at_rest(pilot: Pilot[None], made: Callable[[], int]) -> int:
    """Wait until nothing more is imagined, and return how much was."""
    before = -1
    while before != made():
        before = made()
        await pilot.pause(0.15)
    return before


async def test_the_moves_are_judged_by_the_time_the_coach_is_asked(
    given_up: Session, patient: Callable[[], int]
) -> None:
    """The work begins as soon as the run is over, goes no further than it has to, and is shown at once."""
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        while patient() < LEAST:
            await pilot.pause(0.02)
        assert await at_rest(pilot, patient) == FIRM
        await settle(pilot, "c")
        assert "at work" not in text_of(app)
        assert "luck of the answers" in text_of(app)


async def test_while_somebody_reads_it_gets_better_and_leaving_stops_it(
    given_up: Session, patient: Callable[[], int]
) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "c")
        while patient() < 4 * LEAST:
            await pilot.pause(0.02)
        await settle(pilot)
        found = re.search(r"(\d+) of (\d+) made · points lost", text_of(app))
        assert found is not None
        made, due = map(int, found.groups())
        assert made <= due
        await settle(pilot, "escape")
        before = await at_rest(pilot, patient)
        await settle(pilot, "c")
        while patient() == before:  # whoever reads again lets it go on from there
            await pilot.pause(0.02)
        await settle(pilot, "escape", "escape")
        await at_rest(pilot, patient)


async def test_leaving_the_debrief_stops_the_work(
    given_up: Session, patient: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.coaching.AT_ONCE", 1_000_000)
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        while not patient():
            await pilot.pause(0.02)
        await settle(pilot, "escape")
        await at_rest(pilot, patient)


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
    kiosk: Scenario,
) -> None:
    app = FirstVisit(session=session_of(kiosk, "where-to", "some-day", "finish"))
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


async def test_what_is_in_view_before_a_question_begins_where_somebody_speaks(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    for rows in range(20, 32):
        async with app.run_test(size=(80, rows)) as pilot:
            await judged(pilot)
            await settle(pilot, "m")
            screen = app.screen
            assert isinstance(screen, Questions)
            told = screen._question.told(72)
            shown = screen.query_one("#before", VerticalScroll).size.height
            begins = [sum(len(each) for each in told[at:]) for at in range(len(told))]
            assert shown in begins
        app = FirstVisit(session=session_of(given_up.scenario, "where-to", "some-day", "finish"))


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


async def test_a_run_with_too_many_moves_is_refused_in_a_sentence(
    given_up: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coaching, "MOST_MOVES", 1)
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        assert "the coach judges runs of up to 1" in text_of(app)
        await settle(pilot, "m")
        assert isinstance(app.screen, CoachScreen)  # there is nothing to ask about


# --- drills ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def own_only(monkeypatch: pytest.MonkeyPatch, finer: None) -> None:
    """Nothing but the player's own mistakes."""
    monkeypatch.setattr("game.drills.bundled", dict)
    monkeypatch.setattr("game.coaching.QUICK", 2 * FIRM)


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
            question = asked._question
            (best, *_) = (each for each in question.view().options if question.position.right(each.name))
            await settle(pilot, app.screen.query_one(Choices).key_of(best.action) or "", "1")
        await settle(pilot, "a")
        assert isinstance(app.screen, CoachScreen)
        assert "Every mistake is solved for now." in " ".join(each.message for each in app._notifications)
        await settle(pilot, "m")
        assert "Mistake 1 of 2" in text_of(app), "this run can be gone through again"


@pytest.mark.usefixtures("own_only")
async def test_the_costliest_mistake_of_all_runs_comes_first(
    given_up: Session, kiosk: Scenario, kiosk_path: Path, tmp_path: Path
) -> None:
    app = FirstVisit(session=given_up, folder=tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        await settle(pilot, "escape", "escape")
        other = Session.start(kiosk, None, 6, "novice", False, profile.runs_dir())
        for name in ("where-to", "some-day", "finish"):
            other.choose(other.game.move_named(name))
        app.begin(other)
        await judged(pilot)
        await settle(pilot, "a")
        assert "Mistake 1 of" in text_of(app)
        found = drills.deck()
        first = found.mistakes(drills.now())[0]
        assert first.points == max(each.points for each in found.entries.values())
        assert isinstance(app.screen, Questions)
        assert app.screen._question.position.key == first.key


# --- what there is to take away, and what is usual -------------------------------------------------------------------


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
    async with app.run_test(size=LARGE) as pilot:
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
        assert screen.query_one("#list", Moves).highlighted == worst.number == 2


async def test_a_cursor_that_was_moved_stays_when_the_coach_has_found_more(given_up: Session) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "2", "end")
        screen = app.screen
        assert isinstance(screen, DebriefScreen)
        screen.on_debrief_screen_judged()
        assert screen.query_one("#list", Moves).highlighted == 2


async def test_what_was_played_well_is_not_told_to_be_played_otherwise(kiosk: Scenario) -> None:
    won = session_of(kiosk, "where-to", "this-one", "have-it")
    app = FirstVisit(session=won)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        while "can be told from a good one" not in text_of(app):
            await pilot.pause(0.02)
        assert "Next time" not in text_of(app)


@pytest.mark.usefixtures("finer")
async def test_what_this_player_usually_does_stands_beside_what_was_worth_most(
    given_up: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = {"told": Habit({"vague-follow-up": 9}, 8)}
    monkeypatch.setattr("game.screens.coach.habits", lambda but, folder, stopped: usual)
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await judged(pilot)
        await settle(pilot, "up")  # from giving up to leaving
        await settle(pilot)
        assert "After they have told you something you most often leave: 9 of 9 times in 8 other runs." in text_of(app)


async def test_the_moment_at_which_the_sale_was_there_says_so(
    given_up: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = given_up.game.move_named("have-it")
    monkeypatch.setattr("game.screens.coach.missed", lambda end: (Chance(1, 0, ask, 63),))
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await judged(pilot)
        assert "to be had" not in text_of(app)
        await settle(pilot, "up")
        await settle(pilot)
        assert "Sam was there to be had at move 2" in text_of(app)
