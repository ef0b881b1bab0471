"""The screens of a running sale, as a person sees and uses them."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from engine.scenario import Scenario
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.visit import Visit
from tests.game.screens.moves import LARGE, SMALL, settle
from tests.game.screens.pictures import assert_looks_like, seen, text_of
from tests.game.screens.scripted import FIRST, SCRIPT, ScriptedRun, scripted, second


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


async def test_where_the_heading_is_too_long_the_title_is_cut_and_not_the_clock(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(replace(kiosk, title="Umbrellas for everybody who waits for the last train")))
    async with app.run_test(size=SMALL) as pilot:
        app.aside = "9:32 left"
        await settle(pilot, "1")
        heading = seen(app)[0]
        assert "9:32 left · Wed 10:03 · Umbrellas" in heading
        assert heading.endswith("…")


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


async def test_the_last_words_are_read_before_the_screen_changes(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1", "3")
        assert "I will, thanks." in text_of(app)
        assert "The conversation is over" in text_of(app)
        await settle(pilot, "enter")
        assert "Between conversations" in text_of(app)


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


@pytest.mark.parametrize("at", [1, 2])
async def test_of_the_tips_that_of_the_moment_is_shown_again_when_a_run_is_taken_up(kiosk: Scenario, at: int) -> None:
    run = ScriptedRun(kiosk)
    run.at = at
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert ("What Sam said first is a need." in text_of(app)) is (at == 1)


async def test_the_levels_after_the_last_words_are_shown(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1", "3")
        assert "The conversation is over" in text_of(app)
        assert "excitement ━ 11 −9" in text_of(app)


async def test_the_way_back_from_the_notes_leads_to_the_conversation(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1", "tab")
        assert "What you know" in text_of(app)
        await settle(pilot, "escape")
        assert isinstance(app.screen, Visit)
        assert "What you know" not in text_of(app)
        await settle(pilot, "escape")
        assert not isinstance(app.screen, Visit)
