"""A run from before is judged while the cursor rests on it, before it is opened."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from engine.coach.analysis import LEAST
from engine.coach.verdict import Analysis
from engine.par import Par
from engine.play import State
from game import accounts, coaching, library, pars, pool, profile, run_files
from game.app import FirstVisit
from game.background import in_background
from game.coaching import Imagine, Job, Told
from game.screens.debrief import DebriefScreen
from game.session import Session
from tests.game.screens.moves import SMALL, pin, settle
from tests.game.screens.pictures import text_of

ENOUGH = 2 * LEAST


@dataclass
class Crew:
    """Who does the coach's work here, in this process: it notes what it is asked, and does no more than it may."""

    may: int = 1_000_000
    asked: list[int] = field(default_factory=list)
    """The imaginings, by number."""
    niceness: list[int] = field(default_factory=list)
    there: int = 0

    @contextmanager
    def begin(self, end: State, stopped: Callable[[], bool], niceness: int = pool.GIVE_WAY) -> Iterator[coaching.Work]:
        def work(jobs: Iterator[Job]) -> Generator[tuple[int, Told | Analysis], None, None]:
            for place, job in enumerate(jobs):
                while len(self.asked) >= self.may and not stopped():
                    Event().wait(0.01)
                if stopped():
                    return
                if isinstance(job, Imagine):
                    self.asked.append(job.number)
                yield place, coaching._done(end, job)

        self.niceness.append(niceness)
        self.there += 1
        try:
            yield work
        finally:
            self.there -= 1


@pytest.fixture
def crew(monkeypatch: pytest.MonkeyPatch) -> Crew:
    at_work = Crew()
    monkeypatch.setattr(coaching, "crew", at_work.begin)
    return at_work


@pytest.fixture(autouse=True)
def soon(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody at home here, at a computer with two processors, and a coach that is soon done."""
    pin(monkeypatch)
    monkeypatch.setattr("game.pool.usable_processors", lambda: 2)
    monkeypatch.setattr("game.judging.in_background", in_background)
    monkeypatch.setattr("game.resting.in_background", in_background)
    monkeypatch.setattr("game.resting.SECONDS", 0.01)
    for name in ("AT_ONCE", "MOST"):
        monkeypatch.setattr(coaching, name, ENOUGH)


@pytest.fixture
def shop(kiosk_path: Path) -> Path:
    """The kiosk among the player's own scenarios."""
    folder = profile.scenarios_dir()
    folder.mkdir(parents=True)
    return kiosk_path.rename(folder / "kiosk.yaml")


def played(shop: Path, seed: int, par_is_kept: bool = True) -> Path:
    """A run that is over, and that nobody has judged."""
    session = Session.start(library.load(shop), shop, seed, "novice", False, profile.runs_dir())
    for name in ("where-to", "some-day", "finish"):
        session.choose(session.game.move_named(name))
    session.settle()
    path = session.record_path
    assert path is not None
    if par_is_kept:
        accounts.keep(accounts.account(session), path)
    else:
        pars._path(session.game, seed).unlink()
    return path


def judged(path: Path) -> Analysis | None:
    """What is kept of a run."""
    session = Session.read(path, library.load(profile.scenarios_dir() / "kiosk.yaml"))
    return coaching.kept(path, session.state, session.header)


def imaginings(path: Path) -> int:
    """From how many that is."""
    found = judged(path)
    return found.imaginings if found is not None else 0


def debrief(app: FirstVisit) -> DebriefScreen:
    """The debrief that is open."""
    assert isinstance(app.screen, DebriefScreen)
    return app.screen


async def until(pilot: Pilot[None], ready: Callable[[], object]) -> None:
    while not ready():
        await pilot.pause(0.01)


@pytest.mark.parametrize("key", ["f5", "f7"])
async def test_it_is_judged_before_it_is_opened_and_kept(crew: Crew, shop: Path, key: str) -> None:
    path = played(shop, 5)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, key)
        if key == "f7":
            await settle(pilot, "end")
        await until(pilot, lambda: imaginings(path) == ENOUGH)
        assert crew.asked == list(range(ENOUGH))
        await settle(pilot, "enter")
        await until(pilot, lambda: debrief(app).taught == judged(path))
        await settle(pilot, "escape")
        await until(pilot, lambda: app.resting._begun)
        assert crew.asked == list(range(ENOUGH)), "nothing was imagined twice"
    assert set(crew.niceness) == {pool.IDLE}


async def test_it_ends_when_the_cursor_moves_on_and_nothing_is_lost(crew: Crew, shop: Path) -> None:
    older, newer = played(shop, 5), played(shop, 6)
    crew.may = 3
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        await until(pilot, lambda: crew.asked == [0, 1, 2])
        await pilot.press("down")
        await until(pilot, lambda: len(crew.niceness) == 2 and crew.there == 1)
        crew.may = 5
        await until(pilot, lambda: crew.asked == [0, 1, 2, 0, 1])
        await pilot.press("up")
        await until(pilot, lambda: len(crew.niceness) == 3 and crew.there == 1)
        crew.may = 1_000_000
        await until(pilot, lambda: imaginings(newer) == ENOUGH)
        assert crew.asked[5:] == list(range(3, ENOUGH))
        assert judged(older) is None


async def test_whoever_opens_it_meanwhile_waits_for_no_more_than_is_left(crew: Crew, shop: Path) -> None:
    path = played(shop, 5)
    crew.may = 3
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        await until(pilot, lambda: crew.asked == [0, 1, 2])
        await settle(pilot, "enter")
        assert debrief(app).taught is None
        crew.may = 1_000_000
        await until(pilot, lambda: imaginings(path) == ENOUGH)
        assert crew.asked == list(range(ENOUGH))
        await until(pilot, lambda: debrief(app).taught == judged(path))


async def test_it_makes_room_for_what_somebody_has_asked_for(
    crew: Crew, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, wanted = played(shop, 5), True
    monkeypatch.setattr("game.judging._AGAIN", 0.01)
    monkeypatch.setattr(pool, "wanted", lambda: wanted)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        await until(pilot, lambda: app.resting._begun)
        await pilot.pause(0.1)
        assert not crew.there
        crew.may, wanted = 2, False
        await until(pilot, lambda: crew.asked == [0, 1])
        wanted = True
        crew.may = 1_000_000
        await pilot.pause(0.1)
        assert len(crew.asked) <= 3  # one may have been begun
        wanted = False
        await until(pilot, lambda: imaginings(path) == ENOUGH)
    assert crew.asked == list(range(ENOUGH))


async def test_par_of_a_run_from_elsewhere_is_worked_out_as_well(crew: Crew, shop: Path) -> None:
    path = played(shop, 5, par_is_kept=False)
    session = Session.read(path, library.load(shop))
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        await until(pilot, lambda: pars.kept(session.game, 5) is not None)
    assert pars.kept(session.game, 5) == session.par()


async def test_a_run_from_elsewhere_is_opened_at_once_and_measured_once_its_par_is_known(
    crew: Crew, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, works_out, may = played(shop, 5, par_is_kept=False), pars._worked_out, Event()

    def late(*asked: Any) -> Par | None:
        assert may.wait(60)
        return works_out(*asked)

    monkeypatch.setattr(pars, "_worked_out", late)
    monkeypatch.setattr("game.resting.in_background", lambda *_: None)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "enter")
        assert debrief(app).told.debrief.scorecard.par is None
        await settle(pilot, "3")
        assert "is not known here" in text_of(app)
        may.set()
        await until(pilot, lambda: debrief(app).told.debrief.scorecard.par is not None)
        await settle(pilot)
        assert "is not known here" not in text_of(app)
        await until(pilot, lambda: imaginings(path) == ENOUGH)


async def test_so_is_one_that_the_coach_cannot_judge(crew: Crew, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played(shop, 5, par_is_kept=False)
    monkeypatch.setattr(coaching, "MOST_MOVES", 1)
    monkeypatch.setattr("game.resting.in_background", lambda *_: None)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "enter")
        await until(pilot, lambda: debrief(app).told.debrief.scorecard.par is not None)


async def test_a_run_that_is_not_over_or_that_cannot_be_read_is_left_alone(crew: Crew, shop: Path, home: Path) -> None:
    session = Session.start(library.load(shop), shop, 5, "novice", False, profile.runs_dir())
    session.close()
    other = played(shop, 6)
    run = next(each for each in run_files.runs() if each.path == other)
    other.unlink()
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5")
        app.resting.on(run)
        await pilot.pause(0.1)
    assert not crew.niceness


def test_work_that_somebody_has_asked_for_is_told_from_work_for_idle_processors() -> None:
    assert not pool.wanted()
    with pool.crew(abs, 2, pool.never, pool.IDLE):
        assert not pool.wanted()
        with pool.crew(abs, 2, pool.never, pool.GIVE_WAY):
            assert pool.wanted()
    assert not pool.wanted()
