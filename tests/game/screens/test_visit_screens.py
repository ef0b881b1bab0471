"""The screens of a running sale, as a person sees and uses them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from engine.scenario import Scenario
from game.app import FirstVisit
from game.screens.visit import Visit
from game.session import Session
from tests.game.screens.moves import LARGE, SMALL, pin, settle
from tests.game.screens.pictures import assert_looks_like, seen, text_of
from tests.game.screens.scripted import FIRST, SCRIPT, ScriptedRun, scripted, second


@pytest.fixture(autouse=True)
def pinned(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same surroundings everywhere."""
    pin(monkeypatch)


@pytest.mark.parametrize(("size", "name"), [(SMALL, "visit-80"), (LARGE, "visit-120")])
async def test_a_visit_shows_what_was_said_and_how_it_stands(kiosk: Scenario, size: tuple[int, int], name: str) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=size) as pilot:
        await settle(pilot, "1")
        assert_looks_like(app, name)


async def test_a_visit_begins_with_the_scene(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "It rains. Somebody looks at the umbrellas." in text_of(app)


@pytest.mark.parametrize(("cues", "manner", "meters"), [("novice", True, True), ("regular", True, False)])
async def test_cues_decide_what_shows_of_the_buyer(kiosk: Scenario, cues: str, manner: bool, meters: bool) -> None:
    app = FirstVisit(session=scripted(kiosk, views=(FIRST, second(cues)), cues=cues))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "1")
        assert ("warm" in text_of(app)) == manner
        assert ("conviction" in text_of(app)) == meters


async def test_an_expert_reads_the_words_only(kiosk: Scenario) -> None:
    first = replace(FIRST, prospects=(replace(FIRST.prospects[0], mood=None, meters=None),))
    app = FirstVisit(session=scripted(kiosk, views=(first, second("expert")), cues="expert"))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "1")
        text = text_of(app)
        assert "warm" not in text
        assert "trust" not in text
        assert "patience" in text


@pytest.mark.parametrize("way", ["digit", "enter", "mouse"])
async def test_a_line_is_chosen_by_digit_enter_or_mouse(kiosk: Scenario, way: str) -> None:
    run = ScriptedRun(kiosk)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        if way == "digit":
            await settle(pilot, "3")
        elif way == "enter":
            await settle(pilot, "down", "down", "enter")
        else:
            row = next(y for y, line in enumerate(seen(app)) if "Shall I ring it up?" in line)
            await pilot.click(offset=(12, row))
            await settle(pilot)
        assert run.chosen == [(2, 0)]


async def test_the_last_words_are_read_before_the_screen_changes(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1", "3")
        assert "I will, thanks." in text_of(app)
        assert "The conversation is over" in text_of(app)
        await settle(pilot, "enter")
        assert "Between conversations" in text_of(app)


@pytest.mark.parametrize(("size", "name"), [(SMALL, "between-80"), (LARGE, "between-120")])
async def test_between_visits_the_silence_and_what_it_costs_are_shown(
    kiosk: Scenario, size: tuple[int, int], name: str
) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=size) as pilot:
        await settle(pilot, "1", "3", "enter")
        assert_looks_like(app, name)


async def test_tips_are_shown_once(kiosk: Scenario) -> None:
    tip = "What Sam said first is a need."
    views = (FIRST, second(), replace(second(), minute=second().minute + 2), *SCRIPT[2:])
    app = FirstVisit(session=scripted(kiosk, views=views))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "1", "1")
        assert text_of(app).count(tip) == 1


async def test_notes_take_the_place_of_the_conversation_in_a_narrow_window(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert "What you know" not in text_of(app)
        await settle(pilot, "tab")
        assert "I have to get to the station dry." in text_of(app)
        assert "Twenty is a lot for an umbrella." in text_of(app)
        await settle(pilot, "tab")
        assert "What you know" not in text_of(app)


async def test_a_window_can_change_its_size_at_any_moment(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        before = seen(app)
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        assert "First Visit needs a window of" in text_of(app)
        await pilot.resize_terminal(*LARGE)
        await settle(pilot)
        assert "What you know" in text_of(app)
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert seen(app) == before


async def test_a_full_disk_is_said_and_the_run_goes_on(kiosk: Scenario) -> None:
    run = ScriptedRun(kiosk)
    run.full_disk = True
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert "This run is no longer saved" in text_of(app)
        assert "the disk is full" in text_of(app)
        await settle(pilot, "enter", "3")
        assert [action for action, _ in run.chosen] == [0, 3]


async def test_escape_goes_back_to_the_library(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "escape")
        assert "Type to filter" in text_of(app)


@pytest.mark.parametrize("moves", [0, 1, 2])
async def test_q_leaves_from_anywhere_and_asks_nothing(kiosk: Scenario, moves: int) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *["1", "3", "enter"][:moves], "q")
        assert app._exit


async def test_without_the_live_clock_no_timer_runs(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert not [timer for timer in app.screen._timers if timer._repeat is None and timer.name != "screen_update"]


async def test_thinking_costs_patience_on_the_live_clock(kiosk: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Visit, "start_clock", lambda _: None)  # the seconds are those of the test
    run = ScriptedRun(kiosk, live=True)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "25:00" in text_of(app)
        for _ in range(7):
            app.screen.tick()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "24:53" in text_of(app)
        await settle(pilot, "1")
        assert run.chosen == [(0, 7)]


async def test_the_live_clock_stands_still_behind_help(kiosk: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Visit, "start_clock", lambda _: None)
    run = ScriptedRun(kiosk, live=True)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        visit = app.screen
        await settle(pilot, "question_mark")
        for _ in range(60):
            visit.tick()  # type: ignore[attr-defined]
        await settle(pilot, "escape", "1")
        assert run.chosen == [(0, 0)]
