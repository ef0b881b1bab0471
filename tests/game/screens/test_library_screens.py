"""The library, the briefing, and what is remembered between starts."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.scenario import Scenario, read_scenario
from engine.scenario.placeholders import drawn, filled
from game.home import profile, run_files
from game.home.settings import Settings, load_settings, save_settings
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.palette import commands
from tests.game.screens.moves import LARGE, SMALL, settle
from tests.game.screens.pictures import assert_looks_like, said, seen, text_of
from tests.game.shelf.test_library import keep

pytestmark = pytest.mark.usefixtures("no_others")


@pytest.fixture
def folder(tmp_path: Path, kiosk_path: Path) -> Path:
    """A folder with four scenarios, one of them with a problem, and a file that is none."""
    text = kiosk_path.read_text(encoding="utf-8")
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "kiosk.yaml").write_text(text, encoding="utf-8")
    (folder / "start.yaml").write_text(
        text.replace("id: kiosk", "id: start").replace("The kiosk", "First steps").replace("[plan-a]", "[]"),
        encoding="utf-8",
    )
    (folder / "roof.yaml").write_text(
        text.replace("id: kiosk", "id: roof").replace("The kiosk", "A roof in March").replace("plan-a", "same-day"),
        encoding="utf-8",
    )
    (folder / "torn.yaml").write_text(
        text.replace("id: kiosk", "id: torn").replace("The kiosk", "A page torn").replace("briefing:", "breifing:"),
        encoding="utf-8",
    )
    (folder / "bare.yaml").write_text("format: [", encoding="utf-8")
    return folder


def returning() -> None:
    """Somebody who has been here before."""
    save_settings(replace(load_settings()[0], tutorial_seen=True))


def left_run(path: Path, kiosk: Scenario) -> Path:
    """A run of the kiosk with one move, left at a known moment."""
    session = Session.start(kiosk, path, 7, "novice", False, profile.runs_dir())
    session.choose(next(each.action for each in session.view().options if each.text == "Where are you off to?"))
    assert session.record_path is not None
    os.utime(session.record_path, (1_700_000_000, 1_700_000_000))
    return session.record_path


@pytest.mark.parametrize(("size", "name"), [(SMALL, "library-80"), (LARGE, "library-120")])
async def test_the_library_shows_runs_to_go_on_with_and_then_scenarios(
    folder: Path, kiosk: Scenario, size: tuple[int, int], name: str
) -> None:
    returning()
    left_run(folder / "kiosk.yaml", kiosk)
    app = FirstVisit(folder=folder)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_looks_like(app, name)


async def test_the_tutorial_is_offered_once(folder: Path) -> None:
    first = FirstVisit(folder=folder)
    async with first.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert_looks_like(first, "offer-80")
        await settle(pilot, "2")
        assert "Type to filter" in text_of(first)
    second = FirstVisit(folder=folder)
    async with second.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Welcome" not in text_of(second)


async def test_the_offer_leads_into_the_tutorial(folder: Path) -> None:
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "enter")
        assert "First steps" in seen(app)[0]
        assert "It rains." in text_of(app)


async def test_typing_filters_by_title_and_school(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *"roof")
        assert "A roof in March" in text_of(app)
        assert "The kiosk" not in text_of(app)
        await settle(pilot, "escape", *"same day")
        assert "A roof in March" in text_of(app)
        assert "The kiosk" not in text_of(app)
        await settle(pilot, *"zzz")
        assert "Nothing matches" in text_of(app)
        await settle(pilot, "escape")
        assert "The kiosk" in text_of(app)


async def test_what_was_looked_for_is_not_looked_for_any_more_once_it_was_opened(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *"roof", "enter")
        assert "A roof in March" in seen(app)[0]
        await settle(pilot, "escape", *"kiosk")
        assert "The kiosk" in text_of(app)
        assert "Nothing matches" not in text_of(app)


async def test_q_is_a_letter_once_something_is_typed(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "a", "q")
        assert not app._exit
        await settle(pilot, "backspace", "backspace", "q")
        assert app._exit


async def test_a_run_that_was_left_goes_on_where_it_was(folder: Path, kiosk: Scenario) -> None:
    returning()
    left_run(folder / "kiosk.yaml", kiosk)
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "enter")
        assert "Sam, in person" in seen(app)[0]
        assert "You " in text_of(app)


async def test_problems_of_a_file_are_explained_and_nothing_breaks(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, *"torn", "enter")
        text = text_of(app)
        assert "torn.yaml" in text
        assert "breifing" in text
        await settle(pilot, "escape", "escape", *"bare", "enter")
        assert "bare.yaml" in text_of(app)
        await settle(pilot, "escape", "escape")
        assert "Files with problems" in text_of(app)


async def test_cues_and_clock_are_remembered(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f2", "f3", "f4")
        assert "cues: regular · live clock" in text_of(app)
    again = FirstVisit(folder=folder)
    async with again.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "cues: regular · live clock" in text_of(again)
        assert again.theme == "first-visit-light"


async def test_the_list_says_what_was_set_in_a_briefing(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "enter", "f2", "escape")
        assert "Type to filter" in text_of(app)
        assert "cues: regular" in text_of(app)


async def test_what_the_command_line_says_is_not_remembered(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder, cues="expert")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f4")
        assert "cues: expert" in text_of(app)
    assert load_settings()[0].cues == "novice"


@pytest.mark.parametrize(("size", "name"), [(SMALL, "briefing-80"), (LARGE, "briefing-120")])
async def test_the_briefing_says_what_is_known_and_how_it_will_be_played(
    folder: Path, size: tuple[int, int], name: str
) -> None:
    app = FirstVisit(path=folder / "kiosk.yaml", seed=7)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_looks_like(app, name)


async def test_the_seed_can_be_typed(folder: Path) -> None:
    app = FirstVisit(path=folder / "kiosk.yaml", seed=7)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "s", "4", "2", "x", "enter")
        assert "The kiosk" in seen(app)[0], "Enter took the seed, and began nothing"
        assert not [*run_files.runs()]
        await settle(pilot, "enter")
        assert "Sam, in person" in seen(app)[0]
    assert [(run.header.seed, run.moves) for run in run_files.runs()] == [(42, 0)]


async def test_letters_keep_their_meaning_in_the_seed(folder: Path) -> None:
    app = FirstVisit(path=folder / "kiosk.yaml", seed=7)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "s", "q")
        assert app._exit


async def test_a_folder_that_cannot_be_written_is_said_and_the_run_is_played(folder: Path, home: Path) -> None:
    home.write_text("a file where the folder should be", encoding="utf-8")
    app = FirstVisit(path=folder / "kiosk.yaml", seed=7)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "enter")
        assert "This run cannot be saved" in text_of(app)
        key = next(line.split()[0] for line in seen(app) if "Where are you off to?" in line)
        await settle(pilot, "enter", key)
        assert "Sam, in person" in seen(app)[0]


async def test_help_explains_each_screen(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "question_mark")
        assert "Every scenario is" in text_of(app)
        await settle(pilot, "escape", "enter", "question_mark")
        assert "The seed decides" in text_of(app)
        await settle(pilot, "end")
        assert "Ctrl+P All commands" in text_of(app)


async def test_the_palette_offers_what_the_screen_can_do(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "ctrl+p", *"expert", "enter")
        await settle(pilot)
        assert "cues: expert" in text_of(app)


async def test_no_colour_is_needed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    returning()
    monkeypatch.setenv("NO_COLOR", "1")
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "The kiosk" in text_of(app)


def test_the_library_paints_before_scenarios_are_validated() -> None:
    program = (
        "import sys, game.programs.app, game.screens.library\n"
        "heavy = {'pydantic', 'engine.play', 'game.runs.session', 'game.screens.visit', 'game.screens.debrief'}\n"
        "print(*sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


async def test_the_list_takes_keys_again_after_a_filter_that_matched_nothing(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *"zzz", "escape", "down", "up", "enter")
        assert "First steps" in seen(app)[0]


async def test_a_run_is_discarded_when_asked_twice(folder: Path, kiosk: Scenario) -> None:
    returning()
    run = left_run(folder / "kiosk.yaml", kiosk)
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "delete")
        assert "Press Del again to discard the run of The kiosk." in text_of(app)
        await settle(pilot, "down", "up", "home", "delete")
        assert run.exists()
        await settle(pilot, "delete")
        assert not run.exists()
        assert "Go on with" not in text_of(app)
        await settle(pilot, "delete")
        assert "put the cursor on one" in said(app)


async def test_enter_goes_on_with_the_run_that_was_just_left(folder: Path) -> None:
    """It is no other buyer that Enter should bring."""
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *"kiosk", "enter", "enter", "1")
        minute = seen(app)[0]
        await settle(pilot, "escape")
        assert "Go on with" in text_of(app)
        await settle(pilot, "enter")
        assert seen(app)[0] == minute


async def test_ctrl_c_says_which_key_leaves(folder: Path) -> None:
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "ctrl+c")
        assert said(app) == "q leaves, and nothing is lost."


async def test_what_a_key_has_said_goes_with_the_next_key_but_a_warning_stays(folder: Path) -> None:
    """It would lie over the next screen, and the same message would stand there twice."""
    returning()
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        app.say("This could not be kept.", warning=True)
        await settle(pilot, "ctrl+c", "ctrl+c")
        assert said(app) == "This could not be kept. q leaves, and nothing is lost."
        await settle(pilot, "down")
        assert said(app) == "This could not be kept."
        app.notify("What Textual says by itself names no time.")
        await settle(pilot)
        assert said(app).endswith("names no time.")
        await settle(pilot, "down")
        assert said(app) == "This could not be kept."


async def test_facts_stand_below_each_other_whatever_was_played(folder: Path, kiosk_path: Path) -> None:
    returning()
    scenario = read_scenario((folder / "kiosk.yaml").read_bytes(), "kiosk")
    keep("1.run", digest=scenario.digest(), over=True, par=None)
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        rows = [row for row in seen(app) if "○○" in row]
        assert sum("no best yet" in row for row in rows) == 1
        assert len({row.index("○○") for row in rows}) == 1
        assert len(set(map(len, rows))) == 1


async def test_a_small_window_shows_three_runs_and_leads_to_the_others(folder: Path, kiosk_path: Path) -> None:
    returning()
    text = kiosk_path.read_text(encoding="utf-8")
    for number in range(5):
        path = folder / f"stall-{number}.yaml"
        path.write_text(
            text.replace("id: kiosk", f"id: stall-{number}").replace("The kiosk", f"Stall {number}"), encoding="utf-8"
        )
        left_run(path, read_scenario(path.read_bytes(), str(path)))
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert text_of(app).count(" left ") == 3
        await settle(pilot, "down", "down", "down", "enter")
        assert text_of(app).count(" left ") == 5
    async with (wide := FirstVisit(folder=folder)).run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert text_of(wide).count(" left ") == 5


async def test_f1_helps_while_something_is_typed_and_in_an_offer(folder: Path) -> None:
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "question_mark")
        assert "A question with two answers" in text_of(app)
        await settle(pilot, "f1", "2", "a", "f1")
        assert "Every scenario is" in text_of(app)


async def test_a_run_keeps_its_clock_and_says_so(folder: Path, kiosk: Scenario) -> None:
    left_run(folder / "kiosk.yaml", kiosk)
    app = FirstVisit(path=folder / "kiosk.yaml", live=True)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert "This run was begun untimed, and stays so." in said(app)


async def test_the_palette_names_each_command_once(folder: Path) -> None:
    app = FirstVisit(folder=folder)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "2", "ctrl+p")
        names = [each.name for each in commands(app)]
        assert all(name in text_of(app) for name in names)
    assert len(names) == len(set(names))
    assert [name for name in names if "olours" in name] == ["Colours: dark", "Colours: light", "Colours: high contrast"]


async def test_only_the_programs_own_themes_are_taken(folder: Path) -> None:
    save_settings(Settings(theme="textual-ansi", tutorial_seen=True))
    app = FirstVisit(folder=folder)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.theme == "first-visit-dark"


async def test_a_briefing_says_whose_offer_is_whose(kiosk_path: Path) -> None:
    text = kiosk_path.read_text(encoding="utf-8").replace(
        "buyer: {name: Sam, real: 100%, ready: 0m, patience: 30m}\n", ""
    )
    text += (
        "prospects:\n"
        "  ines: {briefing: 'Ines, runs a bakery.', buyer: {name: Ines, real: 100%}, "
        "offer: {name: Oven, price: 20, hour: 30}}\n"
        "  rui: {briefing: A baker., buyer: {name: Rui, real: 100%}, offer: {name: Stove, price: 30, hour: 30}}\n"
    )
    kiosk_path.write_text(text, encoding="utf-8")
    app = FirstVisit(path=kiosk_path, seed=7)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "Ines Runs a bakery." in shown
        assert "Ines: Oven, 20 EUR" in shown
        assert "Rui: Stove, 30 EUR" in shown
        assert shown.count("An hour of your time costs") == 1, "the same for both, and told once"


async def test_a_briefing_names_whoever_the_seed_draws_and_so_does_the_run(kiosk_path: Path) -> None:
    people = "buyer: {name: '{name}', varies: [{name: Sam}, {name: Kim}, {name: Ola}], real: 100%, patience: 30m}\n"
    text = kiosk_path.read_text(encoding="utf-8").replace("Somebody looks", "{name} looks")
    before, _, after = text.partition("buyer:")
    kiosk_path.write_text(before + people + after.partition("\n")[2], encoding="utf-8")
    scenario = read_scenario(kiosk_path.read_bytes(), "kiosk")
    names = [filled(scenario, drawn(scenario, seed)).prospects[0].buyer.name for seed in range(10)]
    other = next(seed for seed in range(10) if names[seed] != names[7])
    app = FirstVisit(path=kiosk_path, seed=7)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert f"{names[7]} looks" in text_of(app)
        await settle(pilot, "s", str(other))
        assert f"{names[other]} looks" in text_of(app)
        await settle(pilot, "enter", "enter")
        assert f"{names[other]}, in person" in seen(app)[0]
