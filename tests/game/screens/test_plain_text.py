"""What people wrote is shown as it stands: nothing in it is markup, a link, or a format."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from engine.scenario import Scenario, read_scenario
from engine.view import Said
from game.home.settings import load_settings, save_settings
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.widgets.listing import Listing
from tests.game.screens.moves import settle
from tests.game.screens.pictures import seen, text_of
from tests.game.screens.scripted import DEBRIEF, SCRIPT, ScriptedRun

NASTY = "Price [20%] off [/b] [@click=app.quit]x[/]"
WIDE = (150, 50)

SCENARIO = f"""\
format: 1
id: nasty
title: "{NASTY}"
situation: "{NASTY}"
teaches: [plan-a]
briefing: "{NASTY}"
ceiling: 100%
offer: {{name: "{NASTY}", price: 20, floor: 8, currency: EUR}}
buyer: {{name: "{NASTY}", real: 100%, ready: 0m, patience: 30m}}
needs:
  dry: {{says: "{NASTY}", weight: 40}}
objections:
  dear: {{says: "{NASTY}", chance: 100%}}
answers:
  stall: "{NASTY}"
  order: "{NASTY}"
  no-sale: "{NASTY}"
tips:
  - {{when: {{stage: talk}}, says: "{NASTY}"}}
lines:
  where-to: {{kind: open-question, say: "{NASTY}", reveals: dry, principle: "{NASTY}", replies: [{{says: "{NASTY}"}}]}}
  have-it: {{kind: ask-for-decision, say: "{NASTY}?", repeat: yes}}
  some-day: {{kind: vague-follow-up, say: "{NASTY}."}}
"""


pytestmark = pytest.mark.usefixtures("no_others")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder with one scenario, in which every text is nasty."""
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "nasty.yaml").write_text(SCENARIO, encoding="utf-8")
    return folder / "nasty.yaml"


@pytest.fixture
def nasty(path: Path) -> Scenario:
    """The scenario, read."""
    return read_scenario(path.read_bytes(), str(path))


async def test_the_library_shows_it_and_finds_it(path: Path) -> None:
    save_settings(replace(load_settings()[0], tutorial_seen=True))
    app = FirstVisit(folder=path.parent)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot, *"[20%]")
        assert text_of(app).count(NASTY) == 2
        await settle(pilot, *"nothing[/")
        assert "Nothing matches “[20%]nothing[/”" in text_of(app)


async def test_the_briefing_shows_it(path: Path) -> None:
    app = FirstVisit(path=path, seed=7)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert text_of(app).count(NASTY) == 3


async def test_a_visit_shows_it_in_heading_scene_tip_options_notes_and_words(path: Path) -> None:
    app = FirstVisit(path=path, seed=7)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot, "enter")
        lines = seen(app)
        assert NASTY in lines[0]
        options = [line for line in lines if line[2:3].isdigit()]
        assert options
        assert all(NASTY in line for line in options)
        assert text_of(app).count(NASTY) >= 7
        question = next(line[2] for line in options if f"{NASTY}?" not in line and f"{NASTY}." not in line)
        await settle(pilot, question)
        assert sum(NASTY in line for line in seen(app)) >= 6


async def test_the_whole_way_to_the_debrief_shows_it(path: Path, nasty: Scenario) -> None:
    app = FirstVisit(path=path, seed=7)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot, "enter")
        for _ in range(40):
            if "Debrief" in seen(app)[0]:
                break
            app.screen.query_one(Listing).action_last()
            await settle(pilot, "enter")
            await asyncio.sleep(0)
        for page in "123":
            await settle(pilot, page)
            assert NASTY in text_of(app)


async def test_between_visits_and_in_the_debrief_it_is_text(nasty: Scenario) -> None:
    def spoilt(number: int) -> Session:
        views = tuple(
            replace(
                view,
                prospects=tuple(replace(one, name=NASTY, mood=NASTY if one.mood else None) for one in view.prospects),
                options=tuple(replace(option, text=NASTY) for option in view.options),
                transcript=tuple(replace(each, text=NASTY, mood=NASTY) for each in view.transcript)
                or (Said(view.minute, "narrator", NASTY, None),),
                tips=((0, NASTY),),
            )
            for view in SCRIPT
        )
        run = ScriptedRun(nasty, views)
        run.at = number
        run.debrief = lambda: replace(  # type: ignore[method-assign]
            DEBRIEF,
            endings=tuple(replace(each, name=NASTY, sentence=NASTY, revealed=(NASTY,)) for each in DEBRIEF.endings),
            moments=tuple(replace(each, said=NASTY, causes=(NASTY,), principle=NASTY) for each in DEBRIEF.moments),
        )
        return cast(Session, run)

    for number in range(len(SCRIPT)):
        app = FirstVisit(session=spoilt(number))
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            assert text_of(app).count(NASTY) >= 4
            await settle(pilot, "question_mark", "escape")


async def test_an_error_names_a_file_as_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "[b]odd[@click=app.quit].yaml"
    path.write_text("format: [/", encoding="utf-8")
    app = FirstVisit(path=path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert path.name in text_of(app)
