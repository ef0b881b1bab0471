"""Progress on the screen: every figure with its course, and a way to every run behind it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from textual.widgets import OptionList

from engine.words import gettext, speaking
from game.home import profile, run_files
from game.home.settings import Settings, save_settings
from game.practice import history
from game.practice.measures import MEASURES
from game.programs.app import FirstVisit
from game.report.progress import TREND
from game.runs import accounts
from game.runs.session import Session
from game.screens.debrief import DebriefScreen
from game.screens.progress import Progress
from game.shelf import library
from game.widgets.keys import Key
from tests.game.practice.histories import Played
from tests.game.screens.moves import LARGE, SMALL, settle
from tests.game.screens.pictures import assert_looks_like, said, seen, text_of


@pytest.fixture(autouse=True)
def settled_in(no_others: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has seen the tutorial, at a terminal that draws blocks, wherever the tests are run."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr(run_files, "local", lambda started: started[:16].replace("T", " "))
    save_settings(replace(Settings(), tutorial_seen=True))


def practised(runs: int = 24) -> None:
    """Somebody who learns to find needs, and plays two scenarios."""
    luck = Random(7)
    for number in range(runs):
        late = number >= runs // 2
        figures = {each.name: (luck.randrange(0, 100), 100) for each in MEASURES[5:]}
        figures |= {"first-visit close": (luck.randrange(2), 1), "follow-up dependence": (luck.randrange(3), 2)}
        figures["needs found"] = (luck.randrange(70, 100) if late else luck.randrange(30), 100)
        Played(
            number,
            scenario=("kiosk", "shop")[number % 2],
            digest=str(number % 2) * 16,
            par=luck.randrange(40, 120),
            conduct=luck.randrange(50, 90),
            skills=figures,
            retry_of="0" * 16 if number == runs - 1 else None,
        ).write()


async def test_it_is_reached_with_a_key_and_with_the_mouse_and_says_when_there_is_nothing_yet() -> None:
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f7")
        assert isinstance(app.screen, Progress)
        assert "No run has been finished yet." in text_of(app)
        await settle(pilot, "escape")
        assert "Type to filter" in text_of(app)
        await pilot.click(next(each for each in app.screen.query(Key) if each.shown.key == "f7"))
        await settle(pilot)
        assert isinstance(app.screen, Progress)


@pytest.mark.parametrize(("size", "name"), [(SMALL, "progress-80"), (LARGE, "progress-120")])
async def test_every_figure_stands_with_its_course_and_its_trend(size: tuple[int, int], name: str) -> None:
    practised()
    app = FirstVisit()
    async with app.run_test(size=size) as pilot:
        await settle(pilot, "f7")
        assert_looks_like(app, name)


@pytest.mark.parametrize("runs", [3, 24])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_figure_keeps_to_its_line_in_german_as_well(size: tuple[int, int], runs: int) -> None:
    practised(runs)
    save_settings(replace(Settings(), tutorial_seen=True, language="de"))
    app = FirstVisit()
    async with app.run_test(size=size) as pilot:
        await settle(pilot, "f7")
        with speaking("de"):
            words = {gettext(word) for word in TREND.values()}
            names = [gettext(each.name) for each in MEASURES[:10]]
        rows = seen(app)[3:13]
        for name, row in zip(names, rows, strict=True):
            told = row.strip(" █▇▆▅▄▃▂▁")
            assert told.startswith(name), rows
            assert told.endswith((" 0", *(f" {word}" for word in words))), rows


async def test_a_figure_says_what_it_counts_and_how_it_changed() -> None:
    practised()
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f7", *["down"] * 5, "enter")
        text = text_of(app)
        assert "Of the points of need in the buyers you talked to" in text
        assert "in 11 runs" in text
        assert "later half" in text
        assert "better" in text
        await settle(pilot, "enter")
        assert isinstance(app.screen, Progress)
        await settle(pilot, *["up"] * 3, "enter")
        assert "counts as 0, " in text_of(app), "the mean of what was earned says so"


@pytest.mark.parametrize(
    ("language", "leaning", "undecided", "needs"),
    [
        ("en", "kiosk: 0.8 per decision in 2 runs", "shop: 7 without a decision in 1 run", "8% (15 of 200) in 2"),
        ("de", "kiosk: 0,8 je Entscheidung in 2", "shop: 7 ohne Entscheidung in 1", "(15 von 200) in 2"),
    ],
)
async def test_what_a_figure_is_made_of_is_told_scenario_by_scenario(
    monkeypatch: pytest.MonkeyPatch, language: str, leaning: str, undecided: str, needs: str
) -> None:
    monkeypatch.setenv("FIRSTVISIT_LANGUAGE", language)
    Played(1, skills={"follow-up dependence": (1, 2), "needs found": (15, 15)}).write()
    Played(2, skills={"follow-up dependence": (2, 2), "needs found": (0, 185)}).write()
    Played(3, scenario="shop", digest="1" * 16, skills={"follow-up dependence": (7, 0)}).write()
    app = FirstVisit()
    async with app.run_test(size=(80, 50)) as pilot:
        await settle(pilot, "f7", "down", "enter")
        text = text_of(app)
        assert leaning in text
        assert undecided in text
        assert "diff" not in text.lower(), "a column that only wide windows have"
        await settle(pilot, "enter", *["down"] * 4, "enter")
        assert needs in text_of(app)


async def test_what_came_to_no_decision_at_all_is_told_as_well() -> None:
    Played(1, skills={"follow-up dependence": (7, 0)}).write()
    app = FirstVisit()
    async with app.run_test(size=(80, 50)) as pilot:
        await settle(pilot, "f7", "down", "enter")
        assert "The kiosk: 7 without a decision in 1 run" in text_of(app)
        assert "None of these runs" not in text_of(app)
        await settle(pilot, "enter", "up", "enter")
        assert "None of these runs" in text_of(app)


async def test_one_scenario_after_the_other_is_looked_at() -> None:
    practised()
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f7")
        assert "23 first tries, 1 retry" in text_of(app)
        await settle(pilot, "s")
        assert "Progress: The kiosk" in text_of(app)
        assert "12 first tries" in text_of(app)
        await settle(pilot, "s", "s")
        assert "23 first tries, 1 retry" in text_of(app)


async def test_retries_and_runs_that_do_not_count_say_so() -> None:
    Played(1).write()
    Played(2, seed=1).write()
    Played(3, rules=1).write()
    app = FirstVisit()
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "f7")
        lines = [line for line in seen(app) if "The kiosk" in line]
        assert "not counted" in lines[0]
        assert "a retry" in lines[1]
        assert "a retry" not in lines[2]


@pytest.mark.parametrize("way", ["enter", "click"])
async def test_the_debrief_of_a_run_opens_from_here_and_leads_back(kiosk_path: Path, way: str) -> None:
    session = Session.start(library.load(kiosk_path), kiosk_path, 7, "novice", False, profile.runs_dir())
    for name in ("where-to", "some-day", "finish"):
        session.choose(session.game.move_named(name))
    session.settle()
    assert session.record_path is not None
    accounts.keep(accounts.account(session), session.record_path)
    app = FirstVisit()
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot, "f7")
        if way == "enter":
            await settle(pilot, "end", "enter")
        else:
            line = next(number for number, text in enumerate(seen(app)) if "The kiosk" in text)
            await pilot.click(offset=(30, line))
            await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        await settle(pilot, "escape")
        assert isinstance(app.screen, Progress)


async def test_a_history_that_cannot_be_used_costs_a_sentence() -> None:
    practised(4)
    history.path().write_bytes(b"nonsense" * 100)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f7")
        assert "The history was damaged, and was built again" in said(app)
        assert "3 first tries" in text_of(app)


async def test_thousands_of_runs_are_listed_a_hundred_at_a_time() -> None:
    for number in range(130):
        Played(number).write()
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f7")
        listing = app.screen.query_one("#many", OptionList)
        before = listing.option_count
        await settle(pilot, "end")
        assert "and 30 older runs" in text_of(app)
        await settle(pilot, "enter")
        assert listing.option_count == before + 29


async def test_where_there_are_only_letters_courses_are_drawn_in_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    Played(1, conduct=0).write()
    Played(2, conduct=100).write()
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f7")
        (line,) = (line for line in seen(app) if "conduct " in line and "of par" not in line)
        assert " 09 " in line
