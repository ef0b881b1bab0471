"""Nothing is played that the player cannot see, and a press counts where it began."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from textual import events
from textual.pilot import Pilot

from engine.scenario import Scenario
from engine.view import Option, PlayerView
from game.programs.app import FirstVisit
from game.runs.session import Session
from tests.game.screens.moves import SMALL, settle
from tests.game.screens.pictures import seen, text_of
from tests.game.screens.scripted import FIRST, ScriptedRun, second


@pytest.fixture
def run(kiosk: Scenario) -> ScriptedRun:
    """A run that writes down what was chosen."""
    return ScriptedRun(kiosk)


def opened(run: ScriptedRun) -> FirstVisit:
    return FirstVisit(session=cast(Session, run))


def row_of(app: FirstVisit, text: str) -> int:
    """The line of the screen in which a text stands."""
    return next(y for y, line in enumerate(seen(app)) if text in line)


def many(number: int) -> PlayerView:
    """The first moment, with this many lines to say."""
    return replace(
        FIRST, options=tuple(Option(at, f"line-{at}", f"Say {at}.", "present", 1, "buyer") for at in range(number))
    )


@pytest.mark.parametrize("size", [(70, 24), (80, 18), (3, 1)])
@pytest.mark.parametrize("key", ["2", "enter", "space"])
async def test_no_key_moves_while_the_window_is_too_small(run: ScriptedRun, size: tuple[int, int], key: str) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.resize_terminal(*size)
        await settle(pilot, key, "escape", "tab", "question_mark", "ctrl+p")
        assert run.chosen == []
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert "Where are you off to?" in text_of(app)
        assert "What you know" not in text_of(app)
        await settle(pilot, "1")
        assert run.chosen == [(0, 0)]


async def test_q_leaves_a_window_that_is_too_small(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=(40, 10)) as pilot:
        await settle(pilot, "q")
        assert app._exit


@pytest.mark.parametrize("cover", ["question_mark", "ctrl+p"])
async def test_a_page_over_a_window_that_became_too_small_is_not_answered_unseen(run: ScriptedRun, cover: str) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, cover)
        page = app.screen
        await pilot.resize_terminal(40, 8)
        await settle(pilot, "enter", "escape")
        assert "needs a window of" in text_of(app)
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert app.screen is page
        assert run.chosen == []


@pytest.mark.parametrize("cover", ["question_mark", "ctrl+p"])
async def test_keys_that_close_a_page_play_nothing_beneath(run: ScriptedRun, cover: str) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, cover)
        for _ in range(4):
            for key in (events.Key("escape", None), events.Key("enter", "\r"), events.Key("1", "1")):
                app.post_message(key)
        await settle(pilot)
        assert "Where are you off to?" in text_of(app)
        assert run.chosen == []


async def test_keys_pressed_faster_than_the_screen_shows_make_one_move(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for _ in range(5):
            app.post_message(events.Key("1", "1"))
        await settle(pilot)
        assert run.chosen == [(0, 0)]


async def test_notes_give_way_to_the_reply(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "tab")
        assert "What you know" in text_of(app)
        await settle(pilot, "1")
        assert "The station, and I have to get there dry." in text_of(app)


async def test_the_key_of_a_move_out_of_view_shows_it_before_it_plays_it(kiosk: Scenario) -> None:
    run = ScriptedRun(kiosk, views=(many(20), second()))
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Say 19." not in text_of(app)
        await settle(pilot, "m")
        assert "Say 19." in text_of(app)
        assert "out of view until now: m again chooses it" in text_of(app), "no other key has to be pressed twice"
        assert run.chosen == []
        await settle(pilot, "up")
        assert "again chooses it" not in text_of(app)
        await settle(pilot, "m")
        assert [action for action, _ in run.chosen] == [19]


async def test_enter_on_a_move_that_was_scrolled_away_shows_it_first(kiosk: Scenario) -> None:
    run = ScriptedRun(kiosk, views=(many(20), second()))
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "down")
        row = row_of(app, "Say 0.")
        await pilot._post_mouse_events([events.MouseScrollDown] * 3, offset=(12, row))
        await settle(pilot)
        assert "Say 0." not in text_of(app)
        await settle(pilot, "enter")
        assert "Say 0." in text_of(app)
        assert "1 again chooses it" in text_of(app)
        assert run.chosen == []
        await settle(pilot, "enter")
        assert [action for action, _ in run.chosen] == [0]


async def mouse(pilot: Pilot[None], does: type[events.MouseEvent], place: tuple[int, int]) -> None:
    """Use the mouse as a terminal reports it, so that the program finds out itself what was clicked."""
    driver = pilot.app._driver
    assert driver is not None
    driver.process_message(does(None, *place, 0, 0, 1, False, False, False, *place))
    await pilot.pause()
    await pilot.pause()


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press in one place, move, and release in another."""
    await mouse(pilot, events.MouseDown, start)
    await mouse(pilot, events.MouseMove, end)
    await mouse(pilot, events.MouseUp, end)
    await settle(pilot)


async def test_a_press_on_one_choice_and_a_release_on_another_plays_neither(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await drag(pilot, (12, row_of(app, "Where are you off to?")), (12, row_of(app, "Shall I ring it up?")))
        assert run.chosen == []
        await pilot.click(offset=(12, row_of(app, "Shall I ring it up?")))
        await settle(pilot)
        assert run.chosen == [(2, 0)]


async def test_a_drag_in_one_choice_selects_its_text_and_plays_nothing(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        row = row_of(app, "Shall I ring it up?")
        start = seen(app)[row].index("Shall")
        await drag(pilot, (start, row), (start + len("Shall I ring"), row))
        assert run.chosen == []
        await settle(pilot, "ctrl+c")
        assert app.clipboard.strip() == "Shall I ring"


async def test_a_press_made_before_the_moves_changed_plays_none_of_the_new(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        row = row_of(app, "Shall I ring it up?")
        await mouse(pilot, events.MouseDown, (12, row))
        await settle(pilot, "1")
        await mouse(pilot, events.MouseUp, (12, row))
        await settle(pilot)
        assert run.chosen == [(0, 0)]


async def test_a_key_in_the_footer_acts_when_it_is_pressed_and_released(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        play = app.screen
        row = SMALL[1] - 1
        help, leave = (seen(app)[row].index(name) for name in ("Help", "Leave"))
        await mouse(pilot, events.MouseDown, (help, row))
        await settle(pilot)
        assert app.screen is play, "a press alone is taken back by a release elsewhere"
        await mouse(pilot, events.MouseUp, (leave, row))
        await settle(pilot)
        assert app.screen is play
        assert not app._exit
        await pilot.click(offset=(help, row))
        await settle(pilot)
        assert app.screen is not play


async def test_an_offer_answered_twice_closes_once(home: Path) -> None:
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Welcome to First Visit" in text_of(app)
        for key in ("enter", "enter", "1", "enter"):
            app.post_message(events.Key(key, None))
        await settle(pilot)
        assert "seed" in text_of(app)
        assert len(app.screen_stack) == 2
