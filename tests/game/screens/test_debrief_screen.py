"""The debrief, as a person sees and uses it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from engine.changes import Change
from engine.debrief import Debrief
from engine.moments import AGREED, DECIDED, Moment
from engine.scenario import Scenario
from game.programs.app import FirstVisit
from game.runs import lines
from game.runs.session import Session
from game.screens.debrief import DebriefScreen
from tests.game.screens.moves import LARGE, SMALL, settle
from tests.game.screens.pictures import assert_looks_like, text_of
from tests.game.screens.scripted import DEBRIEF, ScriptedRun


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


async def test_of_several_buyers_the_legend_says_whose_curve_it_is_and_loses_nothing(
    run: ScriptedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sam,), curve = DEBRIEF.endings, DEBRIEF.curves["buyer"]
    both = replace(
        DEBRIEF,
        endings=(sam, replace(sam, prospect="other", name="Bartholomew Featherstone")),
        curves={"buyer": curve, "other": curve},
        silence_lost={"buyer": 34, "other": 34},
    )
    monkeypatch.setattr("tests.game.screens.scripted.DEBRIEF", both)
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "2", "p")
        shown = text_of(app)
        for part in ("Bartholomew Featherstone (p: next)", "undated silence: −34", "1 2 3 turning points"):
            assert part in shown


async def test_par_of_several_buyers_is_said_to_be_that_of_these_buyers(
    run: ScriptedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sam,) = DEBRIEF.endings
    card = replace(DEBRIEF.scorecard, par=None, result_percent=None)
    for buyers, told in ((1, "from this very buyer"), (2, "from these very buyers")):
        found = replace(DEBRIEF, endings=(sam,) * buyers, scorecard=card)
        monkeypatch.setattr("tests.game.screens.scripted.DEBRIEF", found)
        app = opened(run)
        async with app.run_test(size=SMALL) as pilot:
            await settle(pilot, "3")
            assert told in " ".join(text_of(app).replace("║", "").split())


async def test_end_and_home_go_to_the_ends_of_a_long_page(run: ScriptedRun, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be seen stands last, and is what one looks for."""
    hidden = tuple(
        replace(one, revealed=tuple(f"Hidden fact {number}." for number in range(40))) for one in DEBRIEF.endings
    )
    monkeypatch.setattr("tests.game.screens.scripted.DEBRIEF", replace(DEBRIEF, endings=hidden))
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        above = text_of(app)
        assert "Hidden fact 39." not in above
        await settle(pilot, "end")
        assert "Hidden fact 39." in text_of(app)
        await settle(pilot, "home")
        assert text_of(app) == above


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
        assert run.retried == [2], "the cursor waits at the moment that cost most"


async def test_help_says_how_much_a_decision_counts(run: ScriptedRun) -> None:
    app = opened(run)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        assert f"an order {DECIDED} points, a dated step {AGREED}" in app.screen.about()


def with_moments(*moments: Moment) -> Debrief:
    two = (DEBRIEF.endings[0], replace(DEBRIEF.endings[0], prospect="ines", name="Inês"))
    return replace(DEBRIEF, moments=moments, endings=two, curves={"buyer": DEBRIEF.curves["buyer"], "ines": ()})


async def test_a_moment_names_whom_it_was_about(run: ScriptedRun, monkeypatch: pytest.MonkeyPatch) -> None:
    told = with_moments(replace(DEBRIEF.moments[0], prospect="ines"))
    monkeypatch.setattr("tests.game.screens.scripted.DEBRIEF", told)
    app = opened(run)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "move 1 Inês: Where are you off to?" in text_of(app)
    text = "\n".join(lines.debrief(told, {"buyer": "Sam", "ines": "Inês"}, "EUR", 80))
    assert "+8: Inês: Where are you off to?" in text


async def test_of_a_buyer_from_whom_nothing_was_to_be_had_the_head_tells_money_and_no_share(
    run: ScriptedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = replace(DEBRIEF.scorecard, result_percent=None, par=-200)
    monkeypatch.setattr("tests.game.screens.scripted.DEBRIEF", replace(DEBRIEF, scorecard=card))
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "result −4 EUR, par −2 EUR · conduct 70%" in text_of(app)
        assert "of par" not in text_of(app).splitlines()[0]


class Long(ScriptedRun):
    """A run of sixty moves."""

    def course(self) -> tuple[tuple[Change, ...], ...]:
        return ((),) * 60


async def test_the_moves_open_at_the_costliest_moment_and_with_whom_it_was(
    kiosk: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = with_moments(DEBRIEF.moments[0], replace(DEBRIEF.moments[1], prospect="ines", move=50, change=-9))
    monkeypatch.setattr("tests.game.screens.scripted.DEBRIEF", told)
    monkeypatch.setattr("game.runs.accounts._said", lambda state, cues: [f"Move of {at}." for at in range(60)])
    run = Long(kiosk)
    run.at = len(run.views) - 1
    app = opened(run)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "2")
        shown = text_of(app)
        assert "Inês (p: next)" in shown
        assert "Move of 50." in shown
        await settle(pilot, "p")
        assert "Sam (p: next)" in text_of(app)


@pytest.mark.parametrize(("change", "asked"), [(8, False), (-8, True)])
async def test_a_beginner_is_asked_to_mend_only_what_cost_something(
    run: ScriptedRun, monkeypatch: pytest.MonkeyPatch, change: int, asked: bool
) -> None:
    told = replace(DEBRIEF, moments=(replace(DEBRIEF.moments[0], change=change),))
    monkeypatch.setattr("tests.game.screens.scripted.DEBRIEF", told)
    run.scenario = replace(run.scenario, teaches=())
    app = opened(run)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, DebriefScreen)
        assert screen.judging is not None
        screen.judging.refused = "There is no coach here."
        await screen.on_debrief_screen_judged()
        await settle(pilot)
        assert ("Try one moment again" in text_of(app)) is asked


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
