"""The debrief, as a person sees and uses it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from engine.scenario import Scenario
from game.app import FirstVisit
from game.session import Session
from tests.game.screens.moves import LARGE, SMALL, pin, settle
from tests.game.screens.pictures import assert_looks_like, text_of
from tests.game.screens.scripted import ScriptedRun


@pytest.fixture(autouse=True)
def pinned(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same surroundings everywhere."""
    pin(monkeypatch)


@pytest.fixture
def run(kiosk: Scenario) -> ScriptedRun:
    """A run that is over."""
    over = ScriptedRun(kiosk)
    over.at = len(over.views) - 1
    return over


def opened(run: ScriptedRun) -> FirstVisit:
    return FirstVisit(session=cast(Session, run))


@pytest.mark.parametrize(("size", "width"), [(SMALL, 80), (LARGE, 120)])
@pytest.mark.parametrize(("key", "page"), [("1", "outcome"), ("2", "moves"), ("3", "score")])
async def test_the_debrief_has_three_pages(
    run: ScriptedRun, size: tuple[int, int], width: int, key: str, page: str
) -> None:
    app = opened(run)
    async with app.run_test(size=size) as pilot:
        await settle(pilot, key)
        assert_looks_like(app, f"debrief-{page}-{width}")


async def test_hidden_facts_come_out_when_it_is_over(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "Could have decided in the first conversation." in text_of(app)


async def test_every_move_can_be_stood_before_again(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "2", "home", "down", "r")
        assert run.retried == [1]
        assert "This one opens with one hand" in text_of(app)


async def test_r_shows_the_moves_first_where_none_is_to_be_seen(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "r")
        assert run.retried == []
        await settle(pilot, "r")
        assert run.retried == [0]


async def test_enter_on_a_move_costs_nothing(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "2", "enter")
        assert run.retried == []


async def test_a_chosen_move_says_what_it_changed_and_why(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "2", "home")
        assert "trust +5: asking, and letting the buyer tell" in text_of(app)
        await settle(pilot, "end")
        assert "of silence: interest 60 → 26" in text_of(app)


async def test_the_same_buyer_keeps_the_seed_and_a_new_one_does_not(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "b")
        assert "seed 7" in text_of(app)


async def test_a_new_buyer_gets_a_new_seed(run: ScriptedRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda below: 4321)
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "n")
        assert "seed 4321" in text_of(app)


async def test_the_library_is_one_key_away(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "l")
        assert "Type to filter" in text_of(app)
