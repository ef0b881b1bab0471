"""What was played is read again: old debriefs from the library, whatever has changed since."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

import scenarios
from engine.scenario import read_scenario
from game.home import profile, run_files
from game.home.settings import Settings, save_settings
from game.programs.app import FirstVisit
from game.runs import accounts
from game.runs.results import result_text
from game.runs.session import Session
from game.screens.debrief import DebriefScreen
from game.screens.past import PastRuns
from game.screens.run import RunScreen
from game.shelf import copies, library
from game.widgets.keys import Key
from tests.engine.sales import bundled
from tests.game.practice.histories import Played
from tests.game.runs.test_versions import edit, under_other_rules
from tests.game.screens.moves import SMALL, settle
from tests.game.screens.pictures import assert_looks_like, said, text_of


@pytest.fixture(autouse=True)
def settled_in(no_others: None, home: Path) -> None:
    """Somebody who has seen the tutorial."""
    save_settings(replace(Settings(), tutorial_seen=True))


def played(shop: Path, *names: str, seed: int = 7) -> Path:
    """A run of the kiosk with these moves, and all that is kept of it."""
    scenario = library.load(shop)
    copies.keep(scenario)
    session = Session.start(scenario, shop, seed, "novice", False, profile.runs_dir())
    for name in names:
        session.choose(session.game.move_named(name))
    assert session.record_path is not None
    if session.finished:
        session.settle()
        accounts.keep(accounts.account(session), session.record_path)
    return session.record_path


def finished(shop: Path, seed: int = 7) -> Path:
    return played(shop, "where-to", "some-day", "finish", seed=seed)


async def test_past_runs_are_reached_with_a_key_and_with_the_mouse(shop: Path) -> None:
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        assert isinstance(app.screen, PastRuns)
        assert "No run has been played yet." in text_of(app)
        await settle(pilot, "escape")
        assert "Type to filter" in text_of(app)
        await pilot.click(next(each for each in app.screen.query(Key) if each.shown.key == "f5"))
        await settle(pilot)
        assert isinstance(app.screen, PastRuns)


async def test_they_say_how_each_came_out(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_files, "local", lambda started: "2026-03-07 09:41")
    finished(shop)
    finished(shop)
    played(shop, "where-to", seed=8)
    edit(shop)
    played(shop, "where-to", seed=9)
    (profile.runs_dir() / "20260307-000000-torn.run").write_bytes(b"nonsense")
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        assert_looks_like(app, "past-runs-80")
        await settle(pilot, "end", "enter")
        assert "This is not the record of a run" in text_of(app)


CANCELLED = ("where-it-stands", "what-brings", "play-back", "race", "whisper", "price", "ask")
"""Leads in the first sale, where orders are cancelled as elsewhere, to one that does not last, with seed 1."""


async def test_an_order_that_was_cancelled_is_listed_and_headed_as_such(shop: Path) -> None:
    """0% of par would be a riddle beside the word order."""
    path = Path(scenarios.__file__).parent / "first-five-minutes.yaml"
    text = path.read_text(encoding="utf-8").replace("cancels: 0%", "cancels: 30%")
    scenario = read_scenario(text.encode("utf-8"), "first.yaml")
    session = Session.start(scenario, shop, 1, "novice", False, profile.runs_dir())
    for name in CANCELLED:
        session.choose(session.game.move_named(name))
    session.settle()
    assert session.record_path is not None
    accounts.keep(accounts.account(session), session.record_path)
    (listed,) = run_files.runs()
    assert result_text(listed).startswith("order, cancelled afterwards, ")
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        assert "order, cancelled afterwards, " in text_of(app)
        app._show_past(listed)
        await settle(pilot)
        assert "Order, cancelled afterwards Day 1" in text_of(app)


async def test_the_moves_of_a_run_of_weeks_are_dated(shop: Path) -> None:
    session = Session.start(bundled("long-audition").scenario, shop, 3, "novice", False, profile.runs_dir())
    while not session.finished:
        ways = session.view().options
        session.choose(next((each for each in ways if each.kind in ("leave", "finish")), ways[-1]).action)
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "2")
        await settle(pilot, "end")
        assert re.search(r"day 1, Mon 09:\d\d Let the rest of the time pass", text_of(app))  # by when it was chosen
        await settle(pilot, "home")
        assert "1 day 1, Mon 09:" in text_of(app)


async def test_an_old_debrief_opens_as_it_was(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.coach.coaching.MOST_MOVES", 0)  # without the coach, who has judged no run of other rules
    monkeypatch.setattr("game.coach.judging.in_background", lambda work: work())
    path = finished(shop)
    first = ""
    for since in ("nothing", "an edit", "other rules, and the file gone"):
        if since == "an edit":
            edit(shop)
            edit(shop, "title: The kiosk", "title: Another title")
        elif since != "nothing":
            under_other_rules(path)
            shop.unlink()
        app = FirstVisit()
        async with app.run_test(size=(120, 60)) as pilot:
            await settle(pilot, "f5", "enter")
            assert isinstance(app.screen, DebriefScreen)
            shown, _, played = text_of(app).partition("Played 20")
            assert f"scenario {app.screen.told.digest}" in played, "at the end of the page"
            assert "Expired" in shown
            first = first or shown
            assert shown == first, since
            await settle(pilot, "escape")
            assert isinstance(app.screen, PastRuns)


async def test_an_old_run_is_told_in_its_own_language_wherever_it_is_opened_from(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(shop)
    finished(shop)
    monkeypatch.setenv("FIRSTVISIT_LANGUAGE", "de")
    app = FirstVisit()
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot, "f5", "enter")
        assert isinstance(app.screen, DebriefScreen)
        for sentence in ("A retry: ", "Played 20"):
            assert sentence in text_of(app)


async def test_a_moment_of_an_old_run_is_tried_again_with_the_scenario_as_it_was(shop: Path) -> None:
    path = finished(shop)
    edit(shop)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "enter", "2", "home", "r")
        assert isinstance(app.screen, RunScreen)
        again = cast(Session, app.screen.session)
        assert again.header.digest == next(run for run in run_files.runs() if run.path == path).header.digest
        assert again.header.retry_of is not None


async def test_a_run_under_other_rules_can_be_read_and_not_tried_again(shop: Path) -> None:
    under_other_rules(finished(shop))
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "enter", "2", "r")
        assert isinstance(app.screen, DebriefScreen)
        assert "its moves would come out differently" in said(app)
        await settle(pilot, "b")
        assert isinstance(app.screen, DebriefScreen)
        await settle(pilot, "n")
        assert "It rains." in text_of(app), "somebody else, under the rules of now"


async def test_an_unfinished_run_of_another_version_goes_on_with_the_copy(shop: Path) -> None:
    path = played(shop, "where-to")
    edit(shop)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "another version" in text_of(app)
        await settle(pilot, "enter")
        assert "a copy of it was kept. The run goes on with that copy." in " ".join(text_of(app).split())
        await settle(pilot, "1")
        assert isinstance(app.screen, RunScreen)
        assert app.screen.session.record_path == path


@pytest.mark.parametrize("answer", ["2", "escape"])
async def test_a_run_whose_scenario_is_in_no_folder_goes_on_or_is_begun_anew_with_the_copy(
    shop: Path, answer: str
) -> None:
    path = played(shop, "where-to")
    shop.rename(shop.parents[1] / "kiosk.yaml")
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        assert "not in the library" in text_of(app)
        await settle(pilot, "enter")
        assert "The kiosk There is an unfinished run" in text_of(app)
        assert "in none of the folders here; a copy of it was kept. The run goes on with that copy." in text_of(app)
        await settle(pilot, answer)
        assert "It rains." in text_of(app)
        await settle(pilot, "escape", "f5", "enter", "1")
        assert isinstance(app.screen, RunScreen)
        assert app.screen.session.record_path == path


async def test_an_unfinished_run_under_other_rules_can_be_read_or_left(shop: Path) -> None:
    under_other_rules(played(shop, "where-to"))
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "enter", "1")
        assert "1. Where are you off to?" in text_of(app)
        await settle(pilot, "escape", "enter", "2")
        assert "It rains." in text_of(app)


async def test_what_was_played_is_read_in_the_words_in_which_it_was_said(shop: Path) -> None:
    edit(shop, "say: Shall I ring it up?", "say: [Shall I ring it up?, 'So, shall I?']")
    under_other_rules(played(shop, "have-it", "have-it"))
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "enter", "1")
        assert "1. Shall I ring it up?" in text_of(app)
        assert "2. So, shall I?" in text_of(app)


async def test_naming_a_scenario_offers_a_run_of_another_version_too(shop: Path) -> None:
    under_other_rules(played(shop, "where-to"))
    app = FirstVisit(path=shop)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Read what was played" in text_of(app)
        await settle(pilot, "2")
        assert "It rains." in text_of(app)


async def test_a_run_without_a_kept_debrief_is_worked_out_again(shop: Path) -> None:
    accounts.path_of(finished(shop)).unlink()
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "enter")
        assert isinstance(app.screen, DebriefScreen)


async def test_a_run_whose_moves_were_removed_is_refused_in_a_sentence(shop: Path) -> None:
    path = finished(shop)
    text = path.read_text(encoding="utf-8")
    path.write_text("".join(line for line in text.splitlines(True) if not line[:1].isdigit()), encoding="utf-8")
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "enter")
        assert "the sale is not over after the 0 that are here" in text_of(app)
        await settle(pilot, "enter")
        assert isinstance(app.screen, PastRuns)


@pytest.mark.parametrize("moves", [("where-to", "some-day", "finish"), ("where-to",)], ids=["over", "unfinished"])
async def test_a_run_that_has_gone_from_under_the_cursor_is_told_of_in_a_sentence(
    shop: Path, moves: tuple[str, ...]
) -> None:
    path = played(shop, *moves)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        path.unlink()
        await settle(pilot, "enter")
        told = " ".join(text_of(app).replace("│", " ").split())
        assert "This run cannot be" in told
        assert path.name in told
        assert "No such file or directory" in told
        assert "Errno" not in told


async def test_of_many_runs_the_newest_are_shown_and_a_row_leads_on(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PastRuns, "AT_ONCE", 2)
    for seed in range(5):
        played(shop, "where-to", seed=seed)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        assert text_of(app).count("seed ") == 2
        assert "and 3 older runs" in text_of(app)
        await settle(pilot, "end", "enter")
        assert text_of(app).count("seed ") == 4
        await settle(pilot, "end", "enter")
        assert text_of(app).count("seed ") == 5


async def test_however_many_there_are_the_heading_is_not_cut_off(shop: Path) -> None:
    for number in range(24):
        Played(number, finished=number % 2 == 0).write()
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        assert "12 finished, 12 unfinished; results as recorded" in text_of(app)


async def test_a_retry_stands_beside_the_best_first_try(shop: Path) -> None:
    for par, path in ((40, finished(shop)), (100, finished(shop))):
        lines = path.read_text().splitlines()
        path.write_text("\n".join(f"par: {par}" if each.startswith("par: ") else each for each in lines) + "\n")
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "best 40%" in text_of(app)
        assert "retry 100%" in text_of(app)
        assert "results as recorded" in text_of(app)
        await settle(pilot, "f5")
        assert "results as recorded" in text_of(app)


async def test_a_list_without_results_promises_nothing_about_them(shop: Path) -> None:
    played(shop, "where-to")
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "as recorded" not in text_of(app)
        await settle(pilot, "f5")
        assert "as recorded" not in text_of(app)


async def test_a_run_keeps_its_title_when_its_file_is_gone(shop: Path) -> None:
    played(shop, "where-to")
    shop.unlink()
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        assert "The kiosk" in text_of(app)


async def test_files_that_share_an_id_are_named_and_each_is_opened(shop: Path) -> None:
    twin = shop.with_name("twin.yaml")
    twin.write_bytes(shop.read_bytes())
    edit(twin, "It rains.", "It snows.")
    app = FirstVisit()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        shown = "".join(text_of(app).split())
        assert str(shop) in shown
        assert str(twin) in shown
        await settle(pilot, "end", "enter")
        assert "It snows." in text_of(app)


async def test_the_debrief_of_a_retry_says_that_it_was_practice(shop: Path) -> None:
    path = finished(shop)
    again = Session.read(path, library.load(shop), shop).retry(0, profile.runs_dir())
    for name in ("where-to", "some-day"):
        again.choose(again.game.move_named(name))
    app = FirstVisit(session=again)
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        again.choose(again.game.move_named("finish"))
        app.show_run(again)
        await settle(pilot)
        assert "A retry: buyer and luck were known, so this is practice." in text_of(app)
        await settle(pilot, "l", "f5", "end", "enter")
        assert "so this is practice" not in text_of(app), "the first try"


def test_a_copy_does_not_make_a_retry_of_ones_own_first_try(shop: Path) -> None:
    path = finished(shop)
    copy = path.with_name(f"{path.stem} copy.run")
    copy.write_bytes(path.read_bytes())
    assert copy.name < path.name, "by its name it would be the first"
    first = next(run for run in run_files.runs() if run.path == path)
    assert run_files.first_tries(list(run_files.runs())) == {path}
    assert not run_files.met_before(first.header, path)
