"""At 80x24, what was said last can be read from its beginning, and every move to its last word."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from textual.app import App
from textual.content import Content
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from engine.calendar import clock_text
from engine.scenario import read_scenario
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.run import RunScreen
from game.shelf import library
from game.widgets.choices import Choices
from game.widgets.plain import Hanging
from game.widgets.transcript import Transcript
from tests.engine.sales import BUNDLED
from tests.game.screens.moves import LARGE, SMALL, settle
from tests.game.screens.pictures import seen, text_of

MOVES = 9


@pytest.fixture(autouse=True)
def no_par(monkeypatch: pytest.MonkeyPatch) -> None:
    """Par, which these tests are not about, is not worked out."""
    monkeypatch.setattr(Session, "prepare_par", lambda *_: None)


def started(name: str, seed: int) -> Session:
    """A run of a bundled scenario."""
    path = library.find(name)
    return Session.start(read_scenario(path.read_bytes(), str(path)), path, seed, "novice", False, None)


def words_of(lines: list[str]) -> list[str]:
    """The words on some lines of the screen, without what frames and bars are drawn with."""
    drawn = {ord(each): " " for each in "│─━█▊║▁▂▃▄▅▆▇"}
    return " ".join(lines).translate(drawn).split()


def stands_in(text: str, lines: list[str]) -> bool:
    """Whether all words of a text stand on these lines in their order, whatever stands beside them."""
    words = iter(words_of(lines))
    return all(word in words for word in words_of([text]))


def last_words(said: Transcript) -> Widget:
    """What was said last, on the page: what it changed and the narrator's tips come after it."""
    return next(each for each in reversed(said.children) if not each.has_class("change") and not each.has_class("note"))


async def choose_any(pilot: Pilot[None], session: Session, chance: random.Random) -> None:
    """Make a move that does not end the run by itself."""
    choices = pilot.app.screen.query_one(Choices)
    ways = [each for each in session.view().options if each.kind not in ("finish", "take-no")]
    if choices.key_of(session.view().options[0].action) is None:
        await settle(pilot, "enter")
        return
    talk_on = [each for each in ways if each.kind not in ("leave", "vague-follow-up")] or ways
    choices.choose(chance.choice(talk_on).action)
    await settle(pilot)


@pytest.mark.parametrize("name", BUNDLED)
async def test_the_last_words_and_every_move_can_be_read(name: str) -> None:
    session, chance = started(name, 3), random.Random(3)
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for number in range(MOVES):
            if not isinstance(app.screen, RunScreen) or session.finished:
                break
            said, choices = app.screen.query_one(Transcript), app.screen.query_one(Choices)
            if session.view().transcript and last_words(said).virtual_region.height <= said.size.height:
                rows = seen(app)[: choices.region.y]
                assert stands_in(session.view().transcript[-1].text, rows), "\n".join(seen(app))
            for option in session.view().options if number % 4 == 0 else session.view().options[-1:]:
                key = choices.key_of(option.action)
                if key is not None:
                    choices.go_to(key)
                    await pilot.pause()
                    assert stands_in(option.text, seen(app)[choices.region.y :]), "\n".join(seen(app))
            await choose_any(pilot, session, chance)


TO_A_NEED = ("Let me switch it on", "I know your bar", "What happened at the bar")
TO_A_PROOF = (
    *("I know your bar", "Where will it stand", "Let me switch it on"),
    *("What happened at the bar", "So thirty readers", "You said twenty seconds"),
)
TOLD = ((TO_A_NEED, "Between seven and nine they stand out"), (TO_A_PROOF, "He stops the watch at five"))
"""What is said in the first sale so that the answer, which begins so, comes with two tips at once: together they are
longer than the space."""


@pytest.mark.parametrize(("lines", "answer"), TOLD, ids=["a need", "a proof"])
async def test_an_answer_that_two_tips_explain_stands_whole_above_them(lines: Sequence[str], answer: str) -> None:
    session = started("first-five-minutes", 7)
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for line in lines:
            (option,) = (each for each in session.view().options if each.text.startswith(line))
            await settle(pilot, app.screen.query_one(Choices).key_of(option.action) or "")
        said, choices = app.screen.query_one(Transcript), app.screen.query_one(Choices)
        (told,) = (each.text for each in session.view().transcript if each.text.startswith(answer))
        assert len([each for each in said.children if each.has_class("note")]) > 1
        assert stands_in(told, seen(app)[: choices.region.y]), "\n".join(seen(app))


async def test_the_moves_have_all_room_that_the_answer_does_not_need() -> None:
    session = started("roof-before-the-rain", 42)
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        rows = seen(app)
        assert stands_in(session.view().transcript[-1].text, rows), "\n".join(rows)
        assert len(session.view().options) > 7
        for option in session.view().options:
            assert stands_in(option.text, rows), "\n".join(rows)


@pytest.mark.parametrize(
    ("name", "made", "least"), [("friday-pipeline", 0, 10), ("friday-pipeline", 1, 11), ("long-audition", 0, 9)]
)
async def test_between_calls_most_moves_are_in_sight(name: str, made: int, least: int) -> None:
    session = started(name, 3)
    while session.view().place != "between":
        session.choose(
            next(each for each in session.view().options if each.kind in ("leave", "vague-follow-up")).action
        )
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *"1" * made)
        rows = seen(app)[app.screen.query_one(Choices).region.y :]
        whole = [option for option in session.view().options if stands_in(option.text, rows)]
        assert len(whole) >= least, "\n".join(seen(app))


async def test_what_one_cause_has_moved_is_told_once_with_one_name() -> None:
    session = started("friday-pipeline", 3)
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert "Inês: trust −2, pressure +3: a message with nothing in it" in text_of(app)


async def test_what_faded_of_another_buyer_is_not_told_as_if_it_were_of_the_one_who_is_talked_to() -> None:
    session = started("friday-pipeline", 3)
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, *"111")  # Inês has been pressed by three empty messages
        await settle(pilot, "4")
        assert "Yusuf, by phone" in text_of(app)
        for _ in range(4):
            await settle(pilot, "1")
            if {each.prospect for each in session.changes()} == {0, 1}:
                break
        shown = " ".join(each for each in text_of(app).split() if each not in "▁▂▃▄▅▆▇")  # but for the scrollbar
        assert "conviction −1: time passed; Inês: pressure −1: time passed" in shown


WORDS = "Put Shirin in touch with a head nurse in Thunder Bay who has been through all this. You stay off the line."


@pytest.mark.parametrize("width", [44, 70])
async def test_the_minutes_of_a_move_stand_beside_words_of_it(width: int) -> None:
    lead, tail, said = ["4", "Contact"], ["1", "h", "30", "min"], WORDS.split()
    app: App[None] = App()
    async with app.run_test(size=(width, 24)) as pilot:
        await app.mount(Static(id="row"))
        for count in range(1, len(said) + 1):
            row = Hanging(
                Content(" ".join(lead)),
                Content(" ".join(said[:count])),
                lead_width=12,
                tail=Content(" ".join(tail)),
                closing=True,
            )
            app.query_one("#row", Static).update(row)
            await pilot.pause()
            shown = [line for line in seen(app) if line]
            assert words_of(shown) == [*lead, *said[:count], *tail]
            assert words_of(shown[-1:])[-len(tail) :] == tail
            assert len(words_of(shown[-1:])) > len(tail), shown


@pytest.mark.parametrize(("width", "beside"), [(80, False), (120, True)])
async def test_a_long_mark_leaves_the_last_line_of_a_move_whole(width: int, beside: bool) -> None:
    mark = "4 min, uses up their patience"
    app: App[None] = App()
    async with app.run_test(size=(width, 24)) as pilot:
        await app.mount(Static(id="row"))
        row = Hanging(Content("5 Show"), Content(WORDS), lead_width=12, tail=Content(mark), closing=True)
        app.query_one("#row", Static).update(row)
        await pilot.pause()
        shown = [line for line in seen(app) if line]
        assert (shown[-1].strip() == mark) != beside, shown
        assert any(line.rstrip().endswith("You stay off the line.") for line in shown) != beside


DATED = ("propose-dated-step", "open-question", "demonstrate", "present", "ask-for-decision")
"""What leads to a date, the best first."""


def with_a_date(name: str) -> Session:
    """A run in which the buyer has agreed to a time, and the conversation is over: of the first seed with which so."""
    for seed in range(99):
        session = started(name, seed)
        while (view := session.view()).place == "conversation":
            dated = view.prospects[0].promise is not None and view.prospects[0].promise.kind == "timed"
            wanted = ("leave", "vague-follow-up") if dated else DATED
            kinds = {each.kind: each for each in reversed(view.options)}
            session.choose(next((kinds[kind] for kind in wanted if kind in kinds), view.options[0]).action)
        promise = view.prospects[0].promise
        if view.place == "between" and promise is not None and promise.kind == "timed":
            return session
    raise AssertionError(f"nobody agrees to a time in {name}")


async def test_who_has_agreed_to_what_stands_whole_on_the_line_where_there_is_room() -> None:
    session = with_a_date("first-five-minutes")
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        rows = seen(app)
        at = clock_text(session.view().prospects[0].promise.at)  # type: ignore[union-attr,arg-type]
        assert f"◆ Teo {at} ─" in rows[1], "\n".join(rows)
    async with FirstVisit(session=session).run_test(size=LARGE) as pilot:
        await settle(pilot)
        rows = seen(pilot.app)
        assert "Teo, in person" in rows[2], "\n".join(rows)


async def test_what_is_longer_than_the_space_begins_in_sight_and_scrolls() -> None:
    session = started("first-five-minutes", 3)
    app = FirstVisit(session=session)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        said, choices = app.screen.query_one(Transcript), app.screen.query_one(Choices)
        assert said.lacking
        assert stands_in(" ".join(session.scenario.briefing.split()[:8]), seen(app)[: choices.region.y])
        assert "PgDn" in " ".join(seen(app))
        await settle(pilot, "pagedown", "pagedown")
        assert stands_in(session.view().tips[-1][1], seen(app)[: choices.region.y])


@pytest.mark.parametrize("name", ["first-five-minutes", "saturday-showroom"])
async def test_a_page_that_opens_in_the_middle_of_a_run_shows_what_was_said_last(name: str) -> None:
    session, chance = started(name, 3), random.Random(3)
    for _ in range(6):
        on = [each for each in session.view().options if each.kind in ("open-question", "small-talk", "demonstrate")]
        session.choose(chance.choice(on).action)
    app = FirstVisit(session=session)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        shown = seen(app)[: app.screen.query_one(Choices).region.y]
        assert stands_in(session.view().transcript[-1].text, shown), "\n".join(seen(app))
        assert "the rest of what was said" not in " ".join(seen(app))


ASKED_TOO_SOON = "asked without a sign that they were ready"


def asked_too_soon() -> Session:
    session = started("roof-before-the-rain", 843273)
    ask = next(each for each in session.view().options if each.kind == "ask-for-decision")
    session.choose(ask.action)
    return session


async def test_a_novice_reads_under_the_reply_why_a_level_has_moved() -> None:
    """A meter that fell after a friendly answer is a riddle else; beside a wide page the notes say it."""
    session = started("roof-before-the-rain", 843273)
    async with FirstVisit(session=session).run_test(size=SMALL) as pilot:
        await settle(pilot)
        choices = pilot.app.screen.query_one(Choices)
        choices.choose(next(each.action for each in session.view().options if each.kind == "ask-for-decision"))
        await settle(pilot)
        assert stands_in(ASKED_TOO_SOON, seen(pilot.app)[: choices.region.y])


async def test_where_notes_stand_beside_the_talk_they_alone_say_it() -> None:
    async with FirstVisit(session=asked_too_soon()).run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert not pilot.app.screen.query_one(Transcript).query(".change")
        assert ASKED_TOO_SOON.split()[-1] in text_of(pilot.app)


async def test_notes_have_the_room_that_they_need_and_give_it_back() -> None:
    async with FirstVisit(session=asked_too_soon()).run_test(size=SMALL) as pilot:
        await settle(pilot)
        choices = pilot.app.screen.query_one(Choices)
        rows = choices.outer_size.height
        await settle(pilot, "tab")
        assert stands_in("What you know", seen(pilot.app)[: choices.region.y])
        assert stands_in(ASKED_TOO_SOON, seen(pilot.app)[: choices.region.y]), "the last of the notes"
        await settle(pilot, "tab")
        assert choices.outer_size.height == rows
