"""Who else has played a buyer, and two runs side by side, as a person sees and uses them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from textual.pilot import Pilot

from engine.comparison import compare, ghost
from engine.scenario import Scenario, read_scenario
from game.home import profile
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.beside import SideBySide
from game.screens.debrief import DebriefScreen
from tests.game.runs.test_versions import edit
from tests.game.screens.moves import LARGE, SMALL, settle, until
from tests.game.screens.pictures import seen, text_of


@pytest.fixture(autouse=True)
def one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is worked out in this process."""
    monkeypatch.setattr("game.computing.pool.usable_processors", lambda: 1)


def played(session: Session, *names: str) -> Session:
    """A run after these moves, with its record closed if it is over."""
    for name in names:
        session.choose(session.game.move_named(name))
    session.settle()
    return session


@pytest.fixture
def first(kiosk: Scenario) -> Session:
    """A run that was given up after a question and a vague goodbye."""
    start = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir())
    return played(start, "where-to", "some-day", "finish")


@pytest.fixture
def retry(first: Session) -> Session:
    """The same up to the goodbye; in place of it, something was shown."""
    return played(first.retry(1), "this-one", "have-it")


@pytest.fixture
def others(first: Session) -> FirstVisit:
    return FirstVisit(session=first)


async def listed(pilot: Pilot[None]) -> None:
    """Open the page of the others, and wait until everybody has played."""
    await settle(pilot, "4")
    await until(pilot, lambda: "at work" not in text_of(pilot.app))
    await settle(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_debrief_lists_who_else_played_this_buyer(
    first: Session, retry: Session, size: tuple[int, int]
) -> None:
    app = FirstVisit(session=retry)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "this is practice" in text_of(app)
        assert "Press 4 to see it beside the run it repeats." in text_of(app)
        await listed(pilot)
        text = text_of(app)
        for who in ("the run it repeats", "Plan A", "Collect decisions", "Audition", "The expert"):
            assert who in text
        assert "The first move is the same; they part at move 2." in text  # the one it repeats comes first
        assert "time worked" in text
        assert "this run the run it repeats result" in text  # when that was, the list says


async def test_what_came_out_differently_keeps_to_its_columns(
    first: Session, retry: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.report.comparison.in_short", lambda name: f"{name}, and a name that is rather long")
    app = FirstVisit(session=retry)
    async with app.run_test(size=SMALL) as pilot:
        await listed(pilot)
        rows = iter(seen(app))
        head = next(row for row in rows if "this run" in row and "the run it" in row)
        column, below = head.index("the run it"), next(rows)
        assert below.strip()
        assert not below[:column].strip()


async def test_what_a_move_has_led_to_is_told_whole_however_narrow_its_pane_is(
    first: Session, retry: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.report.comparison.in_short", lambda name: f"{name}, and a longer name")
    app = FirstVisit(session=retry)
    async with app.run_test(size=LARGE) as pilot:
        await listed(pilot)
        await settle(pilot, "enter")
        for size in (LARGE, SMALL, LARGE):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert len(re.findall(r"interest \d+, trust \d+", text_of(app))) == 2


async def test_one_moment_is_dated_alike_in_both(kiosk_path: Path) -> None:
    edit(kiosk_path, "deadline: 2d", "deadline: 14d")
    kiosk = read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")
    weeks = played(Session.start(kiosk, None, 5, "novice", False, profile.runs_dir()), "where-to", "some-day", "finish")
    app = FirstVisit(session=played(weeks.retry(1), "this-one", "have-it"))
    async with app.run_test(size=SMALL) as pilot:
        await listed(pilot)
        await settle(pilot, "enter", "home")
        first, second = re.findall(r"move 1 of \d, (.*?):", text_of(app))
        assert first == second


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_retry_is_gone_through_beside_the_run_it_repeats(
    first: Session, retry: Session, size: tuple[int, int]
) -> None:
    app = FirstVisit(session=retry)
    async with app.run_test(size=size) as pilot:
        await listed(pilot)
        await settle(pilot, "enter")
        assert isinstance(app.screen, SideBySide)
        text = text_of(app)
        assert "this run: move 2 of 3" in text
        assert "the run it repeats: move 2 of 3" in text
        assert "This one opens with one hand." in text
        assert "Come back any time." in text  # the other one, at the same step
        await settle(pilot, "left")
        assert text_of(app).count("Where are you off to?") == 2
        await settle(pilot, "left", "left")
        assert "this run: move 1 of 3" in text_of(app)  # there is nothing before it
        await settle(pilot, "right", "right")
        assert "Shall I ring it up?" in text_of(app)
        await settle(pilot, "end")
        text = text_of(app)
        assert text.count(": over") == 2
        assert text.count("result:") == 2
        await settle(pilot, "escape")
        assert isinstance(app.screen, DebriefScreen)


async def test_panes_stand_side_by_side_where_there_is_room_and_one_below_the_other_elsewhere(
    first: Session, retry: Session
) -> None:
    app = FirstVisit(session=retry)
    async with app.run_test(size=SMALL) as pilot:
        await listed(pilot)
        await settle(pilot, "enter")
        mine, other = (app.screen.query_one(f"#{side}").region for side in ("mine", "other"))
        assert (mine.x, mine.bottom) == (other.x, other.y)
        await pilot.resize_terminal(*LARGE)
        await settle(pilot)
        mine, other = (app.screen.query_one(f"#{side}").region for side in ("mine", "other"))
        assert (mine.right, mine.y) == (other.x, other.y)


async def test_what_is_longer_than_its_pane_can_be_scrolled_to(kiosk: Scenario, first: Session) -> None:
    beside = SideBySide(compare(first.state, first.state, first.par.whole()), "[red]a file[/]", "novice")
    app = FirstVisit()
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot, "enter")
        app.push_screen(beside)
        await settle(pilot, "end", "down", "up")
        assert "Both runs are the same, move by move." in text_of(app)
        assert "[red]a file[/]: over" in text_of(app)  # what it is called is no markup


async def test_a_computer_player_is_opened_once_it_has_played(others: FirstVisit) -> None:
    async with others.run_test(size=SMALL) as pilot:
        await listed(pilot)
        await settle(pilot, "end", "enter")
        assert isinstance(others.screen, SideBySide)
        assert "the expert: move" in text_of(others)


async def test_curves_lie_over_each_other_and_show_where_each_run_is(others: FirstVisit) -> None:
    async with others.run_test(size=LARGE) as pilot:
        await listed(pilot)
        await settle(pilot, "enter")
        rows = seen(others)
        assert any("█" in row for row in rows[4:16])
        assert any("○" in row for row in rows[4:16])
        axis = next(row for row in rows if "▲" in row or "◆" in row)
        await settle(pilot, "right", "right")
        assert next(row for row in seen(others) if "▲" in row or "◆" in row) != axis


async def test_a_run_of_ones_own_that_does_not_verify_says_so_below_the_list(first: Session, retry: Session) -> None:
    assert first.record_path is not None
    text = first.record_path.read_text()
    first.record_path.write_text(text.replace("conduct: ", "conduct: 1"))
    app = FirstVisit(session=retry)
    async with app.run_test(size=LARGE) as pilot:
        await listed(pilot)
        assert "cannot be laid beside this run. The score was changed" in text_of(app)
        await settle(pilot, "enter")
        assert isinstance(app.screen, DebriefScreen)


async def test_leaving_stops_the_players(others: FirstVisit, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def players(game: object, seed: int, stopped: object) -> list[object]:
        assert callable(stopped)
        while not stopped():
            sleep(0.001)
        asked.append(True)
        return []

    monkeypatch.setattr("game.practice.others.players", players)
    async with others.run_test(size=SMALL) as pilot:
        await settle(pilot, "4", "escape")
        await until(pilot, lambda: asked)


async def test_two_runs_can_be_opened_from_the_command_line(first: Session) -> None:
    found = compare(first.state, ghost(first.game, first.seed, "plan-a"), first.par.whole())
    app = FirstVisit(first=lambda app: app.lay_beside(found, "Plan A", "novice"))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Side by side: The kiosk" in text_of(app)
        await settle(pilot, "escape")
        assert not isinstance(app.screen, SideBySide)


async def test_a_run_of_a_version_that_is_gone_has_nobody_beside_it(first: Session) -> None:
    from game.runs import accounts
    from game.screens.debrief_past import PastDebrief

    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "enter")
        told = replace(accounts.account(first), title="The old kiosk")
        app.push_screen(PastDebrief(told, None, about="Its scenario is gone."))
        await settle(pilot, "4")
        assert "Its scenario is gone." in text_of(app)


async def test_nobody_is_sent_to_a_run_that_is_not_there(first: Session, retry: Session) -> None:
    assert first.record_path is not None
    first.record_path.unlink()
    app = FirstVisit(session=retry)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "this is practice" in text_of(app)
        assert "beside the run it repeats" not in text_of(app)


async def test_while_par_is_worked_out_the_list_is_there_already(
    first: Session, retry: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes seconds where it was not kept, and nothing waits for it that can be shown without."""
    known = Event()
    app = FirstVisit(session=retry)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        monkeypatch.setattr(retry, "prepare_par", lambda stopped: known.wait())
        await settle(pilot, "4")
        assert "the run it repeats" in text_of(app)
        assert "they part at move 2" not in text_of(app)
        known.set()
        await until(pilot, lambda: "they part at move 2" in text_of(app))
