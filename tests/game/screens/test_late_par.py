"""A run that is over before its par is known."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import cast

import pytest
from textual.pilot import Pilot

from engine.par import Par, SoFar
from engine.play import Game
from engine.record import read_record
from engine.scenario import Scenario
from engine.typed import typed
from engine.words import speaking
from game.coach import coaching
from game.computing import pars
from game.home import profile, run_files
from game.programs.app import FirstVisit
from game.runs import accounts
from game.runs.session import Session
from game.runs.settling import settled
from game.runs.versions import Source
from game.screens.debrief import DebriefScreen
from game.screens.library import Library
from game.screens.visit import Visit
from game.text.bar import Advance
from tests.game.conftest import at_work
from tests.game.screens.moves import SMALL, settle, until
from tests.game.screens.pictures import text_of


@pytest.fixture
def over(kiosk: Scenario, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A run that was played sooner than its par is worked out."""
    monkeypatch.setattr("game.computing.pool.usable_processors", lambda: 1)
    session = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir())
    for name in ("where-to", "some-day", "finish"):
        session.choose(session.game.move_named(name))
    return session


Tell = Callable[[Par], object]
rough: list[Par] = []
"""What is found until then."""


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Par takes until this is set."""
    rough.clear()
    may, works_out = Event(), pars.par_of

    def late(
        game: Game, seed: int, stopped: Callable[[], bool], advance: Advance, niceness: int, tell: Tell, *_: object
    ) -> Par | None:
        advance(1)
        while not may.wait(0.01):
            while rough:
                tell(rough.pop())
            if stopped():
                return None
        return works_out(game, seed)

    monkeypatch.setattr("game.computing.pars.par_of", late)
    return may


def file_of(session: Session) -> Path:
    """Where a run is kept."""
    assert session.record_path is not None
    return session.record_path


async def has_said(pilot: Pilot[None], app: FirstVisit, text: str) -> None:
    await until(pilot, lambda: text in text_of(app))


async def test_nobody_waits_for_par_and_it_is_shown_as_soon_as_it_is_known(over: Session, known: Event) -> None:
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        assert "of par" not in text_of(app)
        await settle(pilot, "3")
        assert "is still being worked out" in text_of(app)
        assert not next(run_files.runs()).finished
        known.set()
        await has_said(pilot, app, "of par")
        await settle(pilot)
        assert "is still being worked out" not in text_of(app)
    assert next(run_files.runs()).finished


async def test_par_that_is_known_before_the_debrief_is_there_or_after_it_is_gone_does_no_harm(
    over: Session, known: Event
) -> None:
    known.set()
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        found = settled(over)
        early = DebriefScreen(accounts.account_of(over.state, over.header, None), over)
        app.push_screen(early)
        app.post_message(FirstVisit.Measured(found))
        await has_said(pilot, app, "of par")
        app.pop_screen()
        late = DebriefScreen(accounts.account_of(over.state, over.header, None), over)
        app.push_screen(late)
        await settle(pilot)
        app.post_message(FirstVisit.Measured(found))
        app.pop_screen()
        await settle(pilot)


async def test_a_run_that_was_left_before_is_settled_all_the_same(over: Session, known: Event) -> None:
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "escape")
        assert isinstance(app.screen, Library)
        assert not next(run_files.runs()).finished
        known.set()
        await until(pilot, lambda: accounts.path_of(file_of(over)).exists())
    (run,) = run_files.runs()
    assert run.finished


async def test_a_run_that_waits_for_its_par_is_listed_as_over_until_its_result_is_there(
    over: Session, known: Event, kiosk_path: Path
) -> None:
    app = FirstVisit(session=over, folder=kiosk_path.parent)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "escape")
        assert "Go on with" not in text_of(app)
        assert "Over, result to come" in text_of(app)
        assert "The kiosk Plan A ●○○ no best yet" in text_of(app)
        await settle(pilot, "f5")
        assert "over, result to come" in text_of(app)
        await settle(pilot, "escape", "enter")
        assert isinstance(app.screen, DebriefScreen)
        await settle(pilot, "escape")
        known.set()
        while "Over, result to come" in text_of(app):
            await pilot.pause(0.01)
    assert next(run_files.runs()).finished


async def test_a_run_that_waits_for_its_par_hides_none_that_can_go_on(
    over: Session, known: Event, kiosk_path: Path
) -> None:
    left = over.retry(1)
    left.close()
    app = FirstVisit(session=over, folder=kiosk_path.parent)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "escape")
        assert "Over, result to come" in text_of(app)
        assert "Go on with" in text_of(app)
        await settle(pilot, "enter")
        assert isinstance(app.screen, Visit)
        assert file_of(cast("Session", app.screen.session)) == file_of(left)


async def test_a_run_that_waits_for_its_par_can_be_opened_again_after_another_was_begun(
    over: Session, known: Event
) -> None:
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "escape")
        app.start(over.scenario, None, 6)
        await settle(pilot)
        assert isinstance(app.screen, Visit)
        await settle(pilot, "escape")
        left, waits = run_files.runs()
        app.resume(waits.path, Source(over.scenario, Path(), copied=False))
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        assert app.screen.session is over
        known.set()
        await has_said(pilot, app, "of par")
        app.resume(left.path, Source(over.scenario, Path(), copied=False))
        await settle(pilot)
        assert isinstance(app.screen, Visit)
    assert [each.finished for each in run_files.runs()] == [False, True]


async def test_a_run_that_was_left_at_its_last_move_can_be_opened_again(over: Session, known: Event) -> None:
    run = over.retry(2)
    app = FirstVisit(session=run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        run.choose(run.game.move_named("finish"))  # and nobody looks how it went
        await settle(pilot, "escape")
        app.resume(file_of(run), Source(over.scenario, Path(), copied=False))
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)


async def test_a_run_that_waits_for_its_par_is_settled_though_another_one_was_taken_up(
    over: Session, known: Event
) -> None:
    other = Session.start(over.scenario, None, 6, "novice", False, profile.runs_dir())
    path = file_of(other)
    other.close()
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "escape")
        app.resume(path, Source(over.scenario, Path(), copied=False))
        await settle(pilot)
        assert isinstance(app.screen, Visit)
        known.set()
        await until(pilot, lambda: accounts.path_of(file_of(over)).exists())
    assert [each.finished for each in run_files.runs()] == [False, True]


async def test_the_debrief_that_is_kept_is_in_the_language_of_its_run_wherever_the_player_is_by_then(
    over: Session, known: Event
) -> None:
    german = Session.start(replace(over.scenario, language="de"), None, 5, "novice", False, profile.runs_dir())
    for name in ("where-to", "some-day", "finish"):
        german.choose(german.game.move_named(name))
    app = FirstVisit(session=german)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "escape")
        assert isinstance(app.screen, Library)
        known.set()
        kept = accounts.path_of(file_of(german))
        await until(pilot, kept.exists)
    with speaking("de"):
        assert accounts.account(german).debrief == typed(accounts.Account, json.loads(kept.read_text())).debrief


async def test_a_run_that_is_opened_from_a_list_in_another_language_has_its_debrief_in_one(
    over: Session, known: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was half in the language of the library."""
    again = over.retry(3)
    again.close()
    monkeypatch.setenv("FIRSTVISIT_LANGUAGE", "de")
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        with speaking("de"):  # as in whatever the library does
            app.resume(file_of(again), Source(over.scenario, Path(), copied=False))
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        assert "Day 3" in text_of(app)
        assert "Tag 3" not in text_of(app)
        assert "A retry" in text_of(app)


async def test_a_run_that_is_not_settled_when_the_program_ends_is_offered_again(over: Session, known: Event) -> None:
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
    over.close()
    (run,) = run_files.runs()
    assert (run.over, run.finished) == (True, False)
    Session.resume(run.path, over.scenario).close()
    assert next(run_files.runs()).over, "whoever looks at it leaves it as it was"
    known.set()
    again = FirstVisit(session=Session.resume(run.path, over.scenario))
    async with again.run_test(size=SMALL) as pilot:
        await has_said(pilot, again, "of par")
    assert next(run_files.runs()).finished


async def test_until_par_is_known_it_is_told_so_far_and_ever_better_and_nothing_of_that_is_kept(
    over: Session, known: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work(monkeypatch)
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await settle(pilot, "3")
        assert "so far" not in text_of(app)
        rough.append(SoFar(-900, 5_000, 4))
        await has_said(pilot, app, "known only roughly so far")
        assert "of par" not in text_of(app)
        rough.append(SoFar(80_000, 12_000, 6))
        await has_said(pilot, app, "result 0% of par, the lowest")
        await has_said(pilot, app, "known only roughly so far")
        await settle(pilot, "c")
        await has_said(pilot, app, "par so far 800 (+/- 235.20)")
        (run,) = run_files.runs()
        assert not run.finished
        judged = json.loads(coaching.path_of(run.path).read_text())
        assert (judged["par"], judged["par_error"]) == (None, None)
        assert not accounts.path_of(run.path).exists()
        assert not list(profile.home().glob("par/*/*"))
        known.set()
        await has_said(pilot, app, "of the buyer")
        await until(pilot, lambda: "so far" not in text_of(app))
        await settle(pilot, "escape")
        assert "so far" not in text_of(app)
        await until(pilot, lambda: accounts.path_of(run.path).exists())
    assert accounts.kept(run.path, read_record(run.path.read_bytes())) == accounts.account(over)
    assert next(run_files.runs()).finished


async def test_the_coach_does_not_wait_for_par_either(
    over: Session, known: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work(monkeypatch)
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        await settle(pilot, "c")
        await has_said(pilot, app, "cost most")
        assert "par is still being worked out" in text_of(app)
        known.set()
        await has_said(pilot, app, "of the buyer")


@pytest.mark.parametrize("comes", [True, False], ids=["par came since", "par never came"])
async def test_what_the_coach_found_before_par_was_known_is_there_at_the_second_look(
    over: Session, known: Event, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch, comes: bool
) -> None:
    at_work(monkeypatch)
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "c")
        await has_said(pilot, app, "cost most")
        await settle(pilot, "escape", "escape")
        assert isinstance(app.screen, Library)
        if comes:
            known.set()
            await until(pilot, lambda: accounts.path_of(file_of(over)).exists())
    over.close()
    (run,) = run_files.runs()
    assert run.finished is comes
    monkeypatch.setattr("game.coach.coaching.judged", None)  # nobody judges it any more
    app = FirstVisit(folder=kiosk_path.parent)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.open_run(run)
        await settle(pilot)
        await settle(pilot, "c")
        await has_said(pilot, app, "of the buyer" if comes else "par is still being worked out")


async def test_where_par_is_known_by_then_the_debrief_tells_it_at_once(over: Session, known: Event) -> None:
    known.set()
    over.prepare_par(lambda: False)
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        assert "of par" in text_of(app)
