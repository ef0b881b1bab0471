"""Choosing a move: by digit, letter, Enter or mouse, never by accident, and never one that cannot be seen."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from textual import events
from textual.binding import Binding

from engine.scenario import Scenario
from engine.view import Option, PlayerView
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.between import Between
from game.screens.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from game.screens.run import RunScreen
from game.screens.visit import Visit
from game.widgets.choices import KEYS, Choices
from game.widgets.keys import Key
from tests.game.screens.moves import LARGE, SMALL, settle
from tests.game.screens.pictures import seen, text_of
from tests.game.screens.scripted import AGREED, FIRST, SCRIPT, ScriptedRun, scripted

FINISH = Option(9, "finish", "Let the rest of the time pass, and see how it ends.", "finish", 2 * 1440, None)
BEFORE_THE_END = replace(SCRIPT[2], prospects=(AGREED,), options=(*SCRIPT[2].options, FINISH))


@pytest.mark.parametrize("way", ["digit", "enter", "mouse"])
async def test_a_line_is_chosen_by_digit_enter_or_mouse(kiosk: Scenario, way: str) -> None:
    run = ScriptedRun(kiosk)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        if way == "digit":
            await settle(pilot, "3")
        elif way == "enter":
            await settle(pilot, "down", "down", "down", "enter")
        else:
            row = next(y for y, line in enumerate(seen(app)) if "Shall I ring it up?" in line)
            await pilot.click(offset=(12, row))
            await settle(pilot)
        assert run.chosen == [(2, 0)]


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_pressed_to_go_on_says_nothing_that_was_not_chosen(kiosk: Scenario, key: str) -> None:
    run = ScriptedRun(kiosk)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1", key, key)
        assert run.chosen == [(0, 0)]
        assert "choose with a key or ↑ ↓" in text_of(app)
        await settle(pilot, "down")
        assert "choose with a key" not in text_of(app)
        await settle(pilot, key)
        assert len(run.chosen) == 2


async def test_keys_that_still_act_are_not_drawn_anew(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = list(app.screen.query(Key))
        assert [each.shown.what for each in before] == ["Choose", "Notes", "Library", "Help", "Leave"]
        await settle(pilot, "1", "pageup", "pagedown")
        assert list(app.screen.query(Key)) == before


def many(number: int) -> PlayerView:
    """The first moment, with this many lines to say."""
    return replace(
        FIRST, options=tuple(Option(at, f"line-{at}", f"Say {at}.", "present", 1, "buyer") for at in range(number))
    )


async def test_moves_beyond_the_ninth_have_letters(kiosk: Scenario) -> None:
    run = ScriptedRun(kiosk, views=(many(14), many(14), many(14)))
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert any(line.split()[:3] == ["e", "Say", "13."] for line in seen(app))
        await settle(pilot, "a", "e")
    assert [action for action, _ in run.chosen] == [9, 13]


def test_no_letter_of_a_move_means_something_else() -> None:
    taken = {
        key
        for screen in (Frame, RunScreen, Visit, Between, FirstVisit)
        for binding in screen.BINDINGS
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }
    listed = [key for each in Choices.BINDINGS if isinstance(each, Binding) for key in each.key.split(",")]
    assert not taken & set(KEYS)
    assert len(listed) == len(set(listed))


async def test_a_small_window_says_how_many_moves_lie_below(kiosk: Scenario) -> None:
    app = FirstVisit(session=cast(Session, ScriptedRun(kiosk, views=(many(19),))))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "4 more below" in text_of(app)
        await settle(pilot, "end")
        assert "more below" not in text_of(app)


async def test_a_last_chance_that_lies_below_is_announced(kiosk: Scenario) -> None:
    view = many(19)
    *others, last = view.options
    app = FirstVisit(
        session=cast(Session, ScriptedRun(kiosk, views=(replace(view, options=(*others, replace(last, last=True))),)))
    )
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "4 more below ↓ 1 last chance" in text_of(app)


@pytest.mark.parametrize("keys", [("4", "4"), ("4", "enter"), ("end", "enter", "space"), ("4", "up", "4", "4")])
async def test_the_rest_of_the_time_passes_when_chosen_twice(kiosk: Scenario, keys: tuple[str, ...]) -> None:
    run = ScriptedRun(kiosk, views=(BEFORE_THE_END, SCRIPT[3]))
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *keys[:-1])
        assert "Press again to let 2 days pass; tomorrow, Thu 10:00 is agreed." in text_of(app)
        assert run.chosen == []
        await settle(pilot, keys[-1])
        assert [action for action, _ in run.chosen] == [9]


async def test_what_asks_first_asks_at_the_first_key_even_out_of_view(kiosk: Scenario) -> None:
    """A hint that the key chooses it, and then a question all the same, would be three presses and a lie."""
    waits = tuple(Option(at, f"line-{at}", f"Write {at}.", "touch", 5, None) for at in range(20, 36))
    run = ScriptedRun(kiosk, views=(replace(BEFORE_THE_END, options=(*waits, FINISH)), SCRIPT[3]))
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        key = app.screen.query_one(Choices).key_of(9)
        assert key is not None
        assert "see how it ends" not in text_of(app)
        await settle(pilot, key)
        assert "Press again to let 2 days pass" in text_of(app)
        assert run.chosen == []
        await settle(pilot, key)
    assert [action for action, _ in run.chosen] == [9]


async def test_another_key_takes_the_question_back(kiosk: Scenario) -> None:
    run = ScriptedRun(kiosk, views=(BEFORE_THE_END, SCRIPT[3]))
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "4", "up")
        assert "Let the rest of the time pass, and see how it ends." in text_of(app)
        assert run.chosen == []


async def test_a_key_pressed_before_the_moves_were_shown_picks_none(kiosk: Scenario) -> None:
    run = ScriptedRun(kiosk)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        early = [events.Key("enter", "\r"), events.Key("1", "1")]
        app.begin(cast(Session, run))
        for key in early:
            app.post_message(key)
        await settle(pilot)
        assert run.chosen == []
        await settle(pilot, "1")
        assert run.chosen == [(0, 0)]


@pytest.mark.parametrize("place", ["conversation", "between"])
@pytest.mark.parametrize("size", [SMALL, (LEAST_WIDTH, LEAST_HEIGHT)])
async def test_the_last_move_can_be_seen_in_the_smallest_window(
    kiosk: Scenario, size: tuple[int, int], place: str
) -> None:
    people = tuple(replace(AGREED, id=name, name=name) for name in ("buyer", "ines", "rui", "teresa", "margarida"))
    view = many(20) if place == "conversation" else replace(SCRIPT[2], prospects=people, options=many(20).options)
    app = FirstVisit(session=cast(Session, ScriptedRun(kiosk, views=(view,))))
    async with app.run_test(size=size) as pilot:
        await settle(pilot, "end")
        assert "Say 19." in text_of(app)
