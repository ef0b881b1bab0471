"""Runs from before are judged before they are opened, while the library or a list of runs is looked at."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from engine.coach.imagining import LEAST
from engine.coach.verdict import Analysis
from engine.par import Par, SoFar
from engine.play import Game, State
from engine.record import Header
from game.coach import coaching
from game.coach.coaching import Imagine, Job, Told
from game.computing import pars, pool
from game.computing.background import in_background, let_it_end
from game.home import profile, run_files
from game.home.settings import Settings, save_settings
from game.programs.app import FirstVisit
from game.runs import accounts, versions
from game.runs.session import Session
from game.screens.briefing import Briefing
from game.screens.debrief import DebriefScreen
from game.shelf import library
from tests.game.screens.moves import SMALL, pin, settle, until
from tests.game.screens.pictures import text_of

ENOUGH = 2 * LEAST


@dataclass
class Crew:
    """Who does the coach's work here, in this process: it notes what it is asked, and does no more than it may."""

    may: int = 1_000_000
    asked: list[int] = field(default_factory=list)
    """The imaginings, by number."""
    whose: list[int] = field(default_factory=list)
    """The runs that it was begun for, by seed."""
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

        self.whose.append(end.seed)
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
    monkeypatch.setattr("game.computing.pool.usable_processors", lambda: 2)
    monkeypatch.setattr("game.coach.judging.in_background", in_background)
    monkeypatch.setattr("game.coach.resting.in_background", in_background)
    monkeypatch.setattr("game.coach.resting.SECONDS", 0.01)
    monkeypatch.setattr("game.coach.resting.LOOKING", 3_600)
    save_settings(replace(Settings(), tutorial_seen=True))
    for name in ("AT_ONCE", "FINE", "MOST"):
        monkeypatch.setattr(coaching, name, ENOUGH)


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who looks at the library before they press a key."""
    monkeypatch.setattr("game.coach.resting.LOOKING", 0.01)


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
        assert crew.asked[5:][: ENOUGH - 3] == list(range(3, ENOUGH))
        await until(pilot, lambda: imaginings(older) == ENOUGH)
        assert crew.asked[5:][ENOUGH - 3 :] == list(range(2, ENOUGH))


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
    monkeypatch.setattr("game.coach.judging._AGAIN", 0.01)
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
    assert pars.kept(session.game, 5) == session.par.whole()


async def test_a_run_from_elsewhere_is_opened_at_once_and_measured_once_its_par_is_known(
    crew: Crew, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, works_out, begun, may = played(shop, 5, par_is_kept=False), pars._worked_out, Event(), Event()

    def late(*asked: Any) -> Par | None:
        stopped, tell = asked[2], asked[5]
        assert begun.wait(60)
        tell(SoFar(80_000, 12_000, 4))
        while not may.wait(0.01):
            if stopped():
                return None
        return works_out(*asked)

    monkeypatch.setattr(pars, "_worked_out", late)
    monkeypatch.setattr("game.coach.resting.in_background", lambda *_: None)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "enter")
        assert debrief(app).told.debrief.scorecard.par is None
        await settle(pilot, "3")
        assert "is not known here" in text_of(app)
        begun.set()
        await until(pilot, lambda: debrief(app).told.debrief.scorecard.par_so_far)
        await settle(pilot)
        assert "is not known here" not in text_of(app)
        assert "known only roughly so far" in text_of(app)
        await until(pilot, lambda: imaginings(path) == ENOUGH)  # which does not wait for the rest
        assert pars.kept(Game(library.load(shop)), 5) is None
        may.set()
        await until(pilot, lambda: not debrief(app).told.debrief.scorecard.par_so_far)
        await settle(pilot)
        assert "so far" not in text_of(app)
        await until(pilot, lambda: (found := judged(path)) is not None and found.par is not None)


async def test_so_is_one_that_the_coach_cannot_judge(crew: Crew, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played(shop, 5, par_is_kept=False)
    monkeypatch.setattr(coaching, "MOST_MOVES", 1)
    monkeypatch.setattr("game.coach.resting.in_background", lambda *_: None)
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


@pytest.mark.parametrize("key", [None, "f5", "f7"])
async def test_all_are_judged_and_kept_one_after_another(
    crew: Crew, shop: Path, key: str | None, request: pytest.FixtureRequest
) -> None:
    """In the library and in progress the cursor is on no run; in the list of runs it is on the newest."""
    runs = [played(shop, seed) for seed in (5, 6, 7)]
    if key is None:
        request.getfixturevalue("looking")
    async with FirstVisit().run_test(size=SMALL) as pilot:
        if key is not None:
            await settle(pilot, key)
        await until(pilot, lambda: all(imaginings(path) == ENOUGH for path in runs))
        await until(pilot, lambda: not crew.there)
    assert crew.whose == [7, 6, 5]
    assert crew.asked == 3 * list(range(ENOUGH))
    assert set(crew.niceness) == {pool.IDLE}


async def test_the_one_on_which_the_cursor_rests_goes_first(crew: Crew, shop: Path) -> None:
    runs = [played(shop, seed) for seed in (5, 6, 7)]
    crew.may = 0
    async with FirstVisit().run_test(size=SMALL) as pilot:
        await settle(pilot, "f5", "end")
        await until(pilot, lambda: crew.whose[-1:] == [5])
        begun = len(crew.whose)
        crew.may = 1_000_000
        await until(pilot, lambda: all(imaginings(path) == ENOUGH for path in runs))
    assert crew.whose[begun - 1 :] == [5, 7, 6]


@pytest.mark.usefixtures("looking")
async def test_none_is_judged_further_while_a_briefing_is_read_and_nothing_is_lost(crew: Crew, shop: Path) -> None:
    path = played(shop, 5)
    crew.may = 3
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: crew.asked == [0, 1, 2])
        await settle(pilot, "enter")
        assert isinstance(app.screen, Briefing)
        await until(pilot, lambda: not crew.there)
        crew.may = 1_000_000
        await settle(pilot, "escape")
        await until(pilot, lambda: imaginings(path) == ENOUGH)
    assert crew.asked == list(range(ENOUGH))


@pytest.mark.usefixtures("looking")
async def test_nor_once_the_program_is_left(crew: Crew, shop: Path) -> None:
    played(shop, 5)
    crew.may = 3
    async with FirstVisit().run_test(size=SMALL) as pilot:
        await until(pilot, lambda: crew.asked == [0, 1, 2])
    crew.may = 1_000_000
    while crew.there:
        await asyncio.sleep(0.01)
    assert crew.asked == [0, 1, 2]


@pytest.mark.usefixtures("looking")
async def test_where_all_are_judged_no_run_is_read_and_nobody_begins(
    crew: Crew, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = played(shop, 5)
    session = Session.read(path, library.load(shop))
    (found,) = coaching.judged(session.state, session.header, coaching.on_processors(session.state, 1), bool)
    coaching.keep(replace(found, imaginings=ENOUGH), path, session.state, session.cues)
    written = coaching.path_of(path).stat().st_mtime_ns
    monkeypatch.setattr(Session, "read", None)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: app.resting._rest)
        let_it_end()
    assert not crew.niceness
    assert coaching.path_of(path).stat().st_mtime_ns == written


@pytest.mark.usefixtures("looking")
async def test_rough_judgements_are_refined(crew: Crew, shop: Path) -> None:
    path = played(shop, 5)
    session = Session.read(path, library.load(shop))
    (rough,) = coaching.judged(session.state, session.header, coaching.on_processors(session.state, 1), bool)
    coaching.keep(rough, path, session.state, session.cues)
    async with FirstVisit().run_test(size=SMALL) as pilot:
        await until(pilot, lambda: imaginings(path) == ENOUGH)
    assert rough.imaginings == LEAST


@pytest.mark.usefixtures("looking")
async def test_what_cannot_be_judged_is_passed_over_and_tried_once(
    crew: Crew, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, forged, other_rules, other_scenario = [played(shop, seed) for seed in (5, 6, 7, 8)]
    for path, what, now in (
        (forged, " some-day ", " this-one "),
        (other_rules, r"\nrules: ", r"\g<0>9"),
        (other_scenario, r"(\ndigest: ).{8}", r"\g<1>01234567"),
    ):
        text, changes = re.subn(what, now, path.read_text())
        assert changes == 1
        path.write_text(text)
    sought = list[Path]()
    source = versions.source

    def noted(header: Header, folder: Path | None) -> versions.Source:
        sought.append(next(each.path for each in run_files.runs() if each.header == header))
        return source(header, folder)

    monkeypatch.setattr(versions, "source", noted)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: imaginings(good) == ENOUGH)
        await settle(pilot, "enter", "escape")
        await until(pilot, lambda: app.resting._rest)
        let_it_end()
    assert sought == [other_scenario, other_rules, forged, good]
    assert crew.whose == [5]


@pytest.mark.usefixtures("looking")
async def test_only_the_newest_are_judged_unless_the_cursor_rests_on_another(
    crew: Crew, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.coach.resting.NEWEST", 2)
    runs = [played(shop, seed) for seed in (5, 6, 7)]
    async with FirstVisit().run_test(size=SMALL) as pilot:
        await until(pilot, lambda: imaginings(runs[1]) == ENOUGH)
        await until(pilot, lambda: not crew.there)
        assert crew.whose == [7, 6]
        await settle(pilot, "f5", "end")
        await until(pilot, lambda: imaginings(runs[0]) == ENOUGH)


@pytest.mark.usefixtures("looking")
async def test_par_is_worked_out_for_the_one_on_which_the_cursor_rests_alone(crew: Crew, shop: Path) -> None:
    first, second = (played(shop, seed, par_is_kept=False) for seed in (5, 6))
    game = Session.read(first, library.load(shop)).game
    async with FirstVisit().run_test(size=SMALL) as pilot:
        await until(pilot, lambda: imaginings(first) == imaginings(second) == ENOUGH)
        await until(pilot, lambda: not crew.there)
        assert pars.kept(game, 5) is pars.kept(game, 6) is None
        await settle(pilot, "f5")
        await until(pilot, lambda: pars.kept(game, 6))
        let_it_end()
        assert pars.kept(game, 5) is None
    assert len(crew.whose) == 2, "nobody imagines anything anew for that"


@pytest.mark.usefixtures("looking")
async def test_with_one_processor_nobody_judges(crew: Crew, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played(shop, 5)
    monkeypatch.setattr("game.computing.pool.usable_processors", lambda: 1)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: app.resting._rest)
        let_it_end()
    assert not app.resting._begun


@pytest.mark.usefixtures("looking")
async def test_other_processes_do_it_and_none_is_left(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "IDLE", 0)  # other tests want the processors
    runs = [played(shop, seed) for seed in (5, 6)]
    async with FirstVisit().run_test(size=SMALL) as pilot:
        await until(pilot, lambda: all(imaginings(path) == ENOUGH for path in runs))
        await until(pilot, lambda: not multiprocessing.active_children())


def test_work_that_somebody_has_asked_for_is_told_from_work_for_idle_processors() -> None:
    assert not pool.wanted()
    with pool.crew(abs, 2, pool.never, pool.IDLE):
        assert not pool.wanted()
        with pool.crew(abs, 2, pool.never, pool.GIVE_WAY):
            assert pool.wanted()
    assert not pool.wanted()
