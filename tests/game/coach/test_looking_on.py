"""The coach looks on while a run is played: what it says afterwards is the same, and it is there at once."""

from __future__ import annotations

import multiprocessing
import pickle
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest

from engine.coach.imagining import LEAST
from engine.coach.verdict import Analysis
from engine.doctrines import DOCTRINES
from engine.scenario import Scenario
from game.coach import coaching, judging
from game.coach.judging import Judging
from game.coach.looking_on import Asked, LookingOn, Onlooker
from game.computing import pool
from game.computing.background import in_background
from game.home import profile
from game.plain import Plain
from game.programs.app import FirstVisit
from game.runs.choosing import in_order
from game.runs.session import Session
from game.screens.coach import CoachScreen
from game.widgets.choices import Choices
from tests.engine.sales import SHOP, written
from tests.engine.watching import chosen
from tests.game.screens.moves import SMALL, pin, settle, until
from tests.game.screens.pictures import text_of

ENOUGH = 2 * LEAST


@pytest.fixture(autouse=True)
def soon(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody at home here, and a coach that is soon done."""
    for name in ("looking_on.QUICK", "looking_on.MOST", "coaching.AT_ONCE", "coaching.FINE", "coaching.MOST"):
        monkeypatch.setattr(f"game.coach.{name}", ENOUGH)


def begun() -> Session:
    """A run of the shop, at its beginning."""
    return Session.start(written(SHOP).scenario, None, 5, "novice", False, profile.runs_dir())


def onlooker(session: Session) -> Callable[[Asked], coaching.Told]:
    """Somebody who looks on at a run as it stands, and to whom nothing but bytes can be passed."""
    there = pickle.loads(pickle.dumps(Onlooker(session.state)))

    def ask(asked: Asked) -> coaching.Told:
        return there(pickle.loads(pickle.dumps(asked)))  # type: ignore[no-any-return]

    return ask


def play_on(session: Session, until: int, look: Callable[[], object] = lambda: None, player: str = "random") -> None:
    """Play a run on to a number of moves, or to its end; `look` before each."""
    choose = DOCTRINES[player](session.game.rules, 3)
    while not session.finished and session.moves < until:
        look()
        session.choose(chosen(session.state, choose), 2)


def afterwards(session: Session, work: coaching.Work) -> list[Analysis]:
    """What the coach says of a run that is over."""
    return list(coaching.judged(session.state, session.header, work, lambda imaginings: imaginings >= ENOUGH))


@pytest.mark.parametrize("known", [True, False], ids=["par known", "par not yet known"])
def test_what_the_coach_says_is_the_same_whether_it_has_looked_on_or_not(known: bool) -> None:
    session = begun()
    if known:
        session.prepare_par(lambda: False)
    looking_on = LookingOn(session, onlooker(session))
    play_on(session, 99, looking_on.imagine)
    seen, anew = afterwards(session, looking_on.work), afterwards(session, coaching.on_processors(session.state, 1))
    assert [each.imaginings for each in seen] == [LEAST, ENOUGH]
    assert seen == anew == afterwards(session, coaching.on_processors(session.state, 2))


def test_so_it_is_of_a_run_that_was_left_and_of_one_that_was_tried_again() -> None:
    session = begun()
    play_on(session, 2)
    path = session.record_path
    assert path is not None
    session.close()
    again = Session.resume(path, session.scenario)
    again.prepare_par(lambda: False)
    looking_on = LookingOn(again, onlooker(again))
    play_on(again, 99, looking_on.imagine)
    found = afterwards(again, looking_on.work)
    assert found == afterwards(again, coaching.on_processors(again.state, 1))
    retry = again.retry(1)
    looking_on = LookingOn(retry, onlooker(retry))
    play_on(retry, 99, looking_on.imagine, "collector")
    assert retry.state != again.state
    assert afterwards(retry, looking_on.work) == afterwards(retry, coaching.on_processors(retry.state, 1))


def test_what_was_not_seen_is_left_to_others() -> None:
    """Who joins late, or is asked after several moves at once, says what it can say soon, and the same."""
    session = begun()
    session.prepare_par(lambda: False)
    looking_on = LookingOn(session, onlooker(session))
    play_on(session, 1, looking_on.imagine)
    play_on(session, 99)
    assert session.moves > 2
    found: coaching.Imaginings = {}
    anew = coaching.on_processors(session.state, 1)
    for work in (looking_on.work, anew):
        for _ in coaching.judged(session.state, session.header, work, ENOUGH.__le__, found=found):
            pass
        if work is not anew:
            assert found == {}
    fresh: coaching.Imaginings = {}
    list(coaching.judged(session.state, session.header, anew, ENOUGH.__le__, found=fresh))
    assert found == fresh


def test_a_process_that_is_slow_with_what_it_sums_up_leaves_nothing_out() -> None:
    session = begun()
    play_on(session, 99)
    anew = coaching.on_processors(session.state, 1)

    def work(jobs: Iterator[coaching.Job]) -> Generator[tuple[int, coaching.Told | Analysis], None, None]:
        """The first analysis comes after the second."""
        summed = []
        for place, one in anew(jobs):
            if isinstance(one, Analysis):
                summed.append((place, one))
            else:
                yield place, one
            if len(summed) == 2:
                yield from reversed(summed)
                return

    assert [each.imaginings for each in afterwards(session, work)] == [LEAST, ENOUGH]
    few = coaching.judged(session.state, session.header, work, LEAST.__le__)
    assert [each.imaginings for each in few] == [LEAST]


# --- on the screens --------------------------------------------------------------------------------------------------


@pytest.fixture
def pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)
    monkeypatch.setattr("game.computing.pool.usable_processors", lambda: 1)
    monkeypatch.setattr("game.coach.judging.in_background", in_background)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The moves of the run each time that all was imagined that it had come to."""
    done: list[int] = []
    imagine = LookingOn.imagine

    def noted(self: LookingOn) -> bool:
        whole = imagine(self)
        if whole:
            done.append(self._session.moves)
        return whole

    monkeypatch.setattr(LookingOn, "imagine", noted)
    return done


async def test_the_judgements_are_there_when_the_run_is_over_and_nothing_of_them_before(
    pinned: None, home: Path, kiosk: Scenario, looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coaching, "crew", lambda *_: nullcontext())  # nobody else is asked
    session = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir())
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await until(pilot, lambda: looks)
        for name in ("where-to", "some-day", "finish"):
            assert not list(home.rglob("*.coach.json"))
            key = app.screen.query_one(Choices).key_of(session.game.move_named(name))
            assert key is not None
            await settle(pilot, key)
            await until(pilot, lambda: session.moves in looks or session.finished)
            if session.view().place == "between":
                await settle(pilot, "enter")
        judged = app.judging
        assert judged is not None
        await until(pilot, lambda: judged.found is not None and judged.found.imaginings >= ENOUGH)
        await settle(pilot, "enter", "c")
        assert isinstance(app.screen, CoachScreen)
        assert "Move 3 cost most" in text_of(app)
    while multiprocessing.active_children():  # it is on its way out
        time.sleep(0.01)


async def test_whoever_leaves_a_run_is_looked_on_no_more(pinned: None, kiosk: Scenario, looks: list[int]) -> None:
    session = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir())
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await until(pilot, lambda: looks)
        assert multiprocessing.active_children()
        await settle(pilot, "escape")
        await until(pilot, lambda: not multiprocessing.active_children())


def test_it_looks_on_while_somebody_types_as_well(
    pinned: None, home: Path, kiosk: Scenario, looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.plain._MOMENT", 60.0)
    session = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir())

    def typed() -> Iterator[str]:
        for name in ("where-to", "some-day", "finish", "finish"):  # the end of a run is asked for twice
            while session.moves not in looks:
                time.sleep(0.01)
            assert not list(home.rglob("*.coach.json"))
            moves = [each.action for each in in_order(session.view())]
            yield f"{moves.index(session.game.move_named(name)) + 1}\n"

    class Typing:
        """A terminal at which somebody types no sooner than the coach has looked at what was played."""

        def __init__(self) -> None:
            self._lines = typed()

        def isatty(self) -> bool:
            return True

        def readline(self, *_: int) -> str:
            return next(self._lines)

    assert Plain(session, Typing(), StringIO()).run() == 0  # type: ignore[arg-type]
    assert session.record_path is not None
    found = coaching.kept(session.record_path, session.state, session.header)
    assert found is not None
    assert found.imaginings == ENOUGH


def test_a_process_that_was_killed_costs_nothing_but_time(kiosk: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def beside(work: object, stopped: object) -> Iterator[Callable[[object], object]]:
        def lost(job: object) -> object:
            raise pool.WorkerLost

        yield lost

    monkeypatch.setattr(pool, "beside", beside)
    monkeypatch.setattr(pool, "usable_processors", lambda: 1)
    monkeypatch.setattr(judging, "in_background", lambda work: Thread(target=work, daemon=True).start())
    session, told = Session.start(kiosk, None, 5, "novice", False, None), Event()
    coach = Judging(session, Event())
    coach.begin(told.set)
    for name in ("where-to", "some-day", "finish"):
        session.choose(session.game.move_named(name))
        coach.moved()
    assert told.wait(60)
    coach.stop()
    assert coach.found is not None
