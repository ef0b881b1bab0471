"""The screens of a running sale, as a person sees and uses them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from textual import events
from textual.binding import Binding

from engine.scenario import Scenario
from engine.view import Option, PlayerView, Promise
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.between import Between
from game.screens.frame import LEAST_HEIGHT, LEAST_WIDTH, TALL, Frame
from game.screens.run import RunScreen
from game.screens.visit import Visit
from game.widgets.choices import KEYS, Choices
from game.widgets.keys import Key
from tests.engine.sales import bundled
from tests.game.screens.moves import LARGE, SMALL, settle
from tests.game.screens.pictures import assert_looks_like, seen, text_of
from tests.game.screens.scripted import FIRST, SCRIPT, START, ScriptedRun, scripted, second, third


@pytest.mark.parametrize(("size", "name"), [(SMALL, "visit-80"), (LARGE, "visit-120")])
async def test_a_visit_shows_what_was_said_and_how_it_stands(kiosk: Scenario, size: tuple[int, int], name: str) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=size) as pilot:
        await settle(pilot, "1")
        assert_looks_like(app, name)


async def test_a_visit_begins_with_the_scene(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "It rains. Somebody looks at the umbrellas." in text_of(app)


@pytest.mark.parametrize(("cues", "manner", "meters"), [("novice", True, True), ("regular", True, False)])
async def test_cues_decide_what_shows_of_the_buyer(kiosk: Scenario, cues: str, manner: bool, meters: bool) -> None:
    app = FirstVisit(session=scripted(kiosk, views=(FIRST, second(cues)), cues=cues))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "1")
        assert ("warm" in text_of(app)) == manner
        assert ("conviction" in text_of(app)) == meters


async def test_an_expert_reads_the_words_only(kiosk: Scenario) -> None:
    first = replace(FIRST, prospects=(replace(FIRST.prospects[0], mood=None, meters=None),))
    app = FirstVisit(session=scripted(kiosk, views=(first, second("expert")), cues="expert"))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "1")
        text = text_of(app)
        assert "warm" not in text
        assert "trust" not in text
        assert "patience" in text


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


async def test_the_last_words_are_read_before_the_screen_changes(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1", "3")
        assert "I will, thanks." in text_of(app)
        assert "The conversation is over" in text_of(app)
        await settle(pilot, "enter")
        assert "Between conversations" in text_of(app)


@pytest.mark.parametrize(("size", "name"), [(SMALL, "between-80"), (LARGE, "between-120")])
async def test_between_visits_the_silence_and_what_it_costs_are_shown(
    kiosk: Scenario, size: tuple[int, int], name: str
) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=size) as pilot:
        await settle(pilot, "1", "3", "enter")
        assert_looks_like(app, name)


def together(buyers: int) -> PlayerView:
    """A moment between conversations, with so many buyers, each of whom can be rung."""
    view = third()
    ids = [f"buyer-{number}" for number in range(1, buyers + 1)]
    return replace(
        view,
        prospects=tuple(
            replace(view.prospects[0], id=each, name=f"Person {number}") for number, each in enumerate(ids, start=1)
        ),
        options=tuple(Option(at, f"call@{each}", "Ring at work.", "call", 2, each) for at, each in enumerate(ids)),
        transcript=(),
    )


@pytest.mark.parametrize("buyers", [8, 12])
async def test_of_many_buyers_the_one_whom_a_move_is_about_is_in_view(kiosk: Scenario, buyers: int) -> None:
    app = FirstVisit(session=cast(Session, ScriptedRun(kiosk, (together(buyers),))))
    async with app.run_test(size=SMALL) as pilot:
        for number in range(1, buyers + 1):
            await settle(pilot, "down")
            told = [line for line in seen(app) if f"Person {number} " in line and "in touch" in line]
            assert told, f"how it stands with the {number}. of {buyers}"


@pytest.mark.parametrize("buyers", [8, 12])
async def test_all_of_many_buyers_can_be_looked_at_where_nobody_can_be_reached(kiosk: Scenario, buyers: int) -> None:
    view = together(buyers)
    waits = (Option(0, "wait.morning", "Wait until opening time, Thu 09:00.", "wait", 900, None),)
    app = FirstVisit(session=cast(Session, ScriptedRun(kiosk, (replace(view, options=waits),))))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert f"Person {buyers} " not in text_of(app)
        assert "PgUp PgDn: the rest " in text_of(app)
        await settle(pilot, *["pagedown"] * 6)
        assert f"Person {buyers} " in text_of(app)
        await settle(pilot, *["pageup"] * 6)
        assert "Person 1 " in text_of(app)


async def test_calls_that_are_one_attempt_are_not_said_to_be_one_call(kiosk: Scenario) -> None:
    """Rung twice within minutes is one attempt by the rules: after two calls, `1 attempt` would look like an error."""
    game = bundled("friday-pipeline")
    for seed in range(20):
        session = Session.start(game.scenario, None, seed, "novice", False, None)
        for _ in range(2):
            ring = next((each for each in session.view().options if each.name == "ring-ines@ines"), None)
            if ring is not None:
                session.choose(ring.action)
        if session.view().prospects[0].attempts == 1 and session.view().place == "between":
            break
    app = FirstVisit(session=session)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        (told,) = (line for line in seen(app) if line.strip().startswith("Inês ") and "interest" in line)
        assert "nobody reached" in told
        assert "1" not in told.split("nothing agreed")[1]


async def test_minutes_of_yesterday_are_not_said_to_be_of_today(kiosk: Scenario) -> None:
    session = Session.start(kiosk, None, 3, "novice", False, None)
    for line in ("where-to", "this-one", "some-day"):
        session.choose(session.game.move_named(line))
    worked = session.view().worked
    app = FirstVisit(session=session)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        choices = app.screen.query_one(Choices)
        choices.choose(next(each.action for each in session.view().options if "tomorrow" in each.text))
        await settle(pilot)
        assert session.view().worked == worked > 0, "nothing was done today"
        head = seen(app)[0]
        assert "day 2" in head
        assert f"{worked} min of your time" in head
        assert not {"today", "day."} & set(head.split())
        assert "your day" not in head


async def test_keys_that_still_act_are_not_drawn_anew(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = list(app.screen.query(Key))
        assert [each.shown.what for each in before] == ["Choose", "Notes", "Library", "Help", "Leave"]
        await settle(pilot, "1", "pageup", "pagedown")
        assert list(app.screen.query(Key)) == before


async def test_tips_are_shown_once(kiosk: Scenario) -> None:
    tip = "What Sam said first is a need."
    views = (FIRST, second(), replace(second(), minute=second().minute + 2), *SCRIPT[2:])
    app = FirstVisit(session=scripted(kiosk, views=views))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot, "1", "1")
        assert text_of(app).count(tip) == 1


async def test_notes_take_the_place_of_the_conversation_in_a_narrow_window(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert "What you know" not in text_of(app)
        await settle(pilot, "tab")
        assert "I have to get to the station dry." in text_of(app)
        assert "Twenty is a lot for an umbrella." in text_of(app)
        await settle(pilot, "tab")
        assert "What you know" not in text_of(app)


async def test_a_window_can_change_its_size_at_any_moment(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        before = seen(app)
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        assert "First Visit needs a window of" in text_of(app)
        await pilot.resize_terminal(*LARGE)
        await settle(pilot)
        assert "What you know" in text_of(app)
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert seen(app) == before


async def test_a_full_disk_is_said_and_the_run_goes_on(kiosk: Scenario) -> None:
    run = ScriptedRun(kiosk)
    run.full_disk = True
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert "This run is no longer saved" in text_of(app)
        assert "the disk is full" in text_of(app)
        await settle(pilot, "enter", "3")
        assert [action for action, _ in run.chosen] == [0, 3]


async def test_escape_goes_back_to_the_library(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "escape")
        assert "Type to filter" in text_of(app)


@pytest.mark.parametrize("moves", [0, 1, 2])
async def test_q_leaves_from_anywhere_and_asks_nothing(kiosk: Scenario, moves: int) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *["1", "3", "enter"][:moves], "q")
        assert app._exit


async def test_without_the_live_clock_no_timer_runs(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert not [timer for timer in app.screen._timers if timer._repeat is None and timer.name != "screen_update"]


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, as the test sets it; the clock's own timer is out of play."""
    monkeypatch.setattr(Visit, "start_clock", lambda _: None)
    time = [100.0]
    monkeypatch.setattr("game.screens.run.now", lambda: time[0])
    return time


async def test_thinking_costs_patience_on_the_live_clock(kiosk: Scenario, seconds: list[float]) -> None:
    run = ScriptedRun(kiosk, live=True)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "25:00" in text_of(app)
        seconds[0] += 7
        app.screen.tick()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "24:53" in text_of(app)
        await settle(pilot, "1")
        assert run.chosen == [(0, 7)]


@pytest.mark.parametrize("cover", ["question_mark", "ctrl+p"])
async def test_thinking_behind_a_page_is_thinking(kiosk: Scenario, seconds: list[float], cover: str) -> None:
    run = ScriptedRun(kiosk, live=True)
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, cover)
        seconds[0] += 60
        await settle(pilot, "escape", "1")
        assert run.chosen == [(0, 60)]


async def test_a_trip_to_the_library_gives_no_thinking_back(
    kiosk: Scenario, seconds: list[float], tmp_path: Path
) -> None:
    run = ScriptedRun(kiosk, live=True)
    run.record_path = tmp_path / "some.run"
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        seconds[0] += 50
        await settle(pilot, "escape")
        seconds[0] += 1000
        app.begin(cast(Session, run))
        await settle(pilot)
        seconds[0] += 3
        await settle(pilot, "1")
        assert run.chosen == [(0, 53)]


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


AGREED = replace(SCRIPT[2].prospects[0], promise=Promise("timed", START + 1440, "call"))
FINISH = Option(9, "finish", "Let the rest of the time pass, and see how it ends.", "finish", 2 * 1440, None)
BEFORE_THE_END = replace(SCRIPT[2], prospects=(AGREED,), options=(*SCRIPT[2].options, FINISH))


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


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_is_agreed_stands_whole_on_the_line_with_its_day(kiosk: Scenario, size: tuple[int, int]) -> None:
    promise = Promise("timed", START + 7 * 1440, "visit")
    later = replace(SCRIPT[2], deadline=START + 14 * 1440)
    later = replace(later, prospects=(replace(later.prospects[0], promise=promise),))
    app = FirstVisit(session=scripted(kiosk, views=(later,)))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        rows = seen(app)
        if size == SMALL:
            assert "── 7 days ─────◆ Sam Wed 10:00 ──── 7 days ──" in rows[1], rows
            assert "Wed 10:00 in 7 days, in person" in text_of(app)
        else:
            assert "Sam, in person" in rows[2], rows
            assert "Wed 10:00 in 7 days" in rows[4], rows


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


@pytest.mark.parametrize("at", [1, 2])
async def test_of_the_tips_that_of_the_moment_is_shown_again_when_a_run_is_taken_up(kiosk: Scenario, at: int) -> None:
    run = ScriptedRun(kiosk)
    run.at = at
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert ("What Sam said first is a need." in text_of(app)) is (at == 1)


async def test_the_levels_after_the_last_words_are_shown(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1", "3")
        assert "The conversation is over" in text_of(app)
        assert "excitement ━ 11 −9" in text_of(app)


@pytest.mark.parametrize(("size", "first", "last"), [(SMALL, 1, 1), ((80, TALL), 2, 4)])
async def test_the_last_point_of_the_line_has_its_day_and_no_words_overlap(
    kiosk: Scenario, size: tuple[int, int], first: int, last: int
) -> None:
    names = ("Ines", "Rui", "Teresa", "Margarida")
    people = tuple(
        replace(AGREED, id=name, name=name, promise=Promise("timed", START + 900 * at, "call"))
        for at, name in enumerate(names, start=1)
    )
    view = replace(SCRIPT[2], prospects=people, deadline=START + 14 * 1440)
    app = FirstVisit(session=cast(Session, ScriptedRun(kiosk, views=(view,))))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        rows = seen(app)
        assert rows[last].endswith("day 15, Wed 10:00"), rows
        assert max(map(len, rows[first : last + 1])) <= 77, rows
        assert all(name in rows[first] for name in names[:2]), rows


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


async def test_the_way_back_from_the_notes_leads_to_the_conversation(kiosk: Scenario) -> None:
    app = FirstVisit(session=scripted(kiosk))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1", "tab")
        assert "What you know" in text_of(app)
        await settle(pilot, "escape")
        assert isinstance(app.screen, Visit)
        assert "What you know" not in text_of(app)
        await settle(pilot, "escape")
        assert not isinstance(app.screen, Visit)


async def test_who_asked_to_be_left_alone_is_shown_between_conversations(kiosk: Scenario) -> None:
    view = third()
    alone = replace(view, prospects=(replace(view.prospects[0], promise=None, left_alone=True),))
    app = FirstVisit(session=scripted(kiosk, views=(alone,)))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "has asked to be left alone" in text_of(app)
        assert "nothing agreed" not in text_of(app)
