"""Between the end of a run and its debrief, where par is not known yet."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from engine.par import Par
from engine.play import Game
from engine.scenario import Scenario
from game import pars, profile, run_files
from game.app import FirstVisit
from game.bar import Advance
from game.screens.debrief import DebriefScreen
from game.screens.library import Library
from game.screens.settling import Settling
from game.session import Session
from tests.game.screens.moves import SMALL, pin, settle
from tests.game.screens.pictures import text_of


@pytest.fixture
def over(home: object, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A run that was played sooner than its par is worked out."""
    pin(monkeypatch)
    monkeypatch.setattr("game.pool.usable_processors", lambda: 1)
    monkeypatch.setattr("game.pars.takes_long", lambda _: True)
    monkeypatch.setattr("game.coaching.AT_ONCE", 0)
    session = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir())
    for name in ("where-to", "some-day", "finish"):
        session.choose(session.game.move_named(name))
    return session


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Par takes until this is set."""
    may, works_out = Event(), pars.par_of

    def late(game: Game, seed: int, stopped: Callable[[], bool], advance: Advance) -> Par | None:
        advance(1)
        while not may.wait(0.01):
            if stopped():
                return None
        return works_out(game, seed)

    monkeypatch.setattr("game.pars.par_of", late)
    return may


async def test_who_has_to_wait_for_par_sees_why_and_for_how_long_and_then_the_debrief(
    over: Session, known: Event
) -> None:
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        while "Attempts: 1, of " not in text_of(app):
            await pilot.pause(0.01)
        assert "Working out what the best player earns from the same buyer" in text_of(app)
        known.set()
        while not isinstance(app.screen, DebriefScreen):
            await pilot.pause(0.01)
        await settle(pilot)
        assert "of par" in text_of(app)
    assert next(run_files.runs()).finished


async def test_nobody_need_wait_and_the_run_is_kept(over: Session, known: Event) -> None:
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, Settling)
        await settle(pilot, "escape")
        assert isinstance(app.screen, Library)
        known.set()
        over.close()
        (run,) = run_files.runs()
        app.begin(Session.resume(run.path, over.scenario))
        while not isinstance(app.screen, DebriefScreen):
            await pilot.pause(0.01)
        await settle(pilot)


async def test_where_par_is_known_by_then_the_debrief_is_there_at_once(over: Session, known: Event) -> None:
    known.set()
    over.prepare_par(lambda: False)
    app = FirstVisit(session=over)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
