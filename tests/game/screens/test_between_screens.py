"""Between two conversations: the silence and its cost, many buyers, and what is agreed, each on its day."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from engine.scenario import Scenario
from engine.view import Option, PlayerView, Promise
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.frame import TALL
from game.widgets.choices import Choices
from tests.engine.sales import bundled
from tests.game.screens.moves import LARGE, SMALL, settle
from tests.game.screens.pictures import assert_looks_like, seen, text_of
from tests.game.screens.scripted import AGREED, SCRIPT, START, ScriptedRun, scripted, third


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


async def test_who_asked_to_be_left_alone_is_shown_between_conversations(kiosk: Scenario) -> None:
    view = third()
    alone = replace(view, prospects=(replace(view.prospects[0], promise=None, left_alone=True),))
    app = FirstVisit(session=scripted(kiosk, views=(alone,)))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "has asked to be left alone" in text_of(app)
        assert "nothing agreed" not in text_of(app)
