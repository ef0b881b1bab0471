"""The coach's page, as a person sees and reads it, and the work that is done for it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.pilot import Pilot

from engine.coach.habits import Habit
from engine.coach.imagining import LEAST, Imagined
from engine.coach.narrowing import Left
from engine.coach.verdict import Analysis
from engine.play import State
from engine.reasons import Chance
from engine.rules import Rules
from game.coach import coaching
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.coach import CoachScreen
from game.screens.debrief import DebriefScreen
from game.widgets.moves import Moves
from tests.game.conftest import FIRM
from tests.game.screens.coached import judged
from tests.game.screens.moves import LARGE, SMALL, settle, until
from tests.game.screens.pictures import said, text_of

pytestmark = pytest.mark.usefixtures("coach")


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
        assert screen.found is not None
        first, *others = screen.found.moves
        equal = replace(first, judgement="best", best="some-day")
        sure = replace(first, judgement="inaccuracy", points=83.0)
        for verdict, word in ((equal, "equal best"), (sure, "inaccuracy or worse")):
            screen._show(replace(screen.found, moves=(verdict, *others)))
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
        await settle(pilot, "pagedown")  # nothing lies below that it could scroll
        may.set()
        await until(pilot, lambda: "at work" not in text_of(app))
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


async def test_that_nothing_is_kept_is_said_once(given_up: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("game.coach.coaching.write_form", full)
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await judged(pilot)
        assert said(app).count("What the coach found cannot be kept") == 1
        app.screen.post_message(CoachScreen.More())
        await settle(pilot)
        assert said(app).count("What the coach found cannot be kept") == 1


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


async def test_what_this_player_usually_does_stands_beside_what_was_worth_most(
    given_up: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = {"open-end": Habit({"finish": 9}, 8)}
    monkeypatch.setattr("game.screens.coach.habits", lambda but, folder, stopped: usual)
    app = FirstVisit(session=given_up)
    async with app.run_test(size=LARGE) as pilot:
        await judged(pilot)
        often = "After a conversation that ended with nothing agreed you most often wait: 9 of 9 times in 8 other runs."
        assert often in text_of(app)


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
                Imagined({plan: each[plan.move] for plan in plans}, dict.fromkeys(plans, 0), each, next(iter(each)))
                if plans
                else None
                for plans, each in zip(left, worths, strict=True)
            )

    monkeypatch.setattr("game.coach.coaching.Imagining", Patient)
    monkeypatch.setattr("game.coach.coaching.MOST", 1_000_000)
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
        await until(pilot, lambda: patient() >= FIRM)
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
        await until(pilot, lambda: patient() >= 4 * LEAST)
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


async def test_after_a_retry_was_left_the_coach_gets_better_again(
    given_up: Session, patient: Callable[[], int]
) -> None:
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "c")
        await until(pilot, lambda: patient() >= 2 * LEAST)
        await settle(pilot, "r", "escape")
        before = patient()
        await until(pilot, lambda: patient() >= before + 2 * LEAST)


async def test_leaving_the_debrief_stops_the_work(
    given_up: Session, patient: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.coach.coaching.AT_ONCE", 1_000_000)
    app = FirstVisit(session=given_up)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await until(pilot, patient)
        await settle(pilot, "escape")
        await at_rest(pilot, patient)
