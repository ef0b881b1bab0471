"""Taking part from a terminal: a seat is taken, played as lines, lost and found again."""

from __future__ import annotations

import asyncio
import io
import random
import re
import stat
import threading
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.commands import joining
from game.home.profile import home
from game.report.debrief import CUT_SHORT
from game.words.errors import Failure
from game.workshop.guest import seats
from game.workshop.guest.client import Client, Refusal, Ticket, base_url
from game.workshop.guest.plain_guest import PlainGuest
from game.workshop.guest.table import GoneOn, Table
from game.workshop.guest.whereabouts import NAMED, NAMELESS
from game.workshop.hall.acts import adjust, close_round, open_round
from game.workshop.hall.admission import way_back
from game.workshop.log.plan import RoundPlan
from game.workshop.results.looking_back import past
from tests.game.workshop.elsewhere import Elsewhere
from tests.game.workshop.halls import SCENARIO, event
from tests.game.workshop.served import CODE, begun, service


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("192.168.1.20", "http://192.168.1.20:8765"),
        ("192.168.1.20:9000", "http://192.168.1.20:9000"),
        ("http://laptop.local", "http://laptop.local"),
        ("https://hall.example/", "https://hall.example"),
        ("[fe80::1]:9000", "http://[fe80::1]:9000"),
        ("", None),
        ("ftp://x", None),
        ("x:y:z", None),
        ("http://user@x", None),
    ],
)
def test_an_address_is_taken_as_people_write_it(typed: str, base: str | None) -> None:
    if base is None:
        with pytest.raises(Failure):
            base_url(typed)
    else:
        assert base_url(typed) == base


def options(base: str, **more: Any) -> Namespace:
    given = {"code": CODE, "name": "", "team": "", "recover": None, "cert": None, "plain": True}
    return Namespace(address=base, **{**given, **more})


class Typed(io.StringIO):
    """Types any number to every question, so often; before that it does something at each line."""

    def __init__(self, often: int, each: Any = lambda number: None) -> None:
        super().__init__()
        self.often, self.each, self.number = often, each, 0
        self.chance = random.Random(5)

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        self.number += 1
        self.each(self.number)
        return f"{self.chance.randint(1, 9)}\n" if self.number <= self.often else ""


def ticket_of(there: Elsewhere, **more: Any) -> Ticket:
    return asyncio.run(joining._ticket(there.service.base, options(there.service.base, **more)))


def played(there: Elsewhere, ticket: Ticket, typed: io.StringIO) -> str:
    out = io.StringIO()
    PlainGuest(there.service.base, ticket, None, typed, out).run()
    return out.getvalue()


def test_a_round_is_played_as_lines_from_the_waiting_to_the_end(elsewhere: Elsewhere) -> None:
    ticket = ticket_of(elsewhere, name="Ann")
    threading.Timer(0.3, elsewhere.do, [open_round]).start()
    done = threading.Event()

    def close() -> None:
        while elsewhere.service.hall.room.position(1).doing != "between":
            done.wait(0.05)
        elsewhere.do(close_round)

    closing = threading.Timer(0.4, close)
    closing.start()
    said = played(elsewhere, ticket, Typed(600))
    closing.join()
    for text in ("You are Ann, seat 1.", "Waiting for the host.", "Buyer 1 of 2", "Buyer 2 of 2", "The event is over."):
        assert text in said
    assert said.index("has not begun") < said.index("Buyer 1 of 2") < said.index("You have met every buyer")
    assert "Your place: 1, with" in said[said.index("The event is over") :]
    assert [run.finished for run in elsewhere.service.hall.room.runs.values()] == [True, True]


class Terminal(io.StringIO):
    """Somebody at a terminal, who types one line after the other."""

    def isatty(self) -> bool:
        return True


class Slow(Terminal):
    """Somebody with whom something happens before each line is typed."""

    def __init__(self, lines: str, meanwhile: Callable[[], None]) -> None:
        super().__init__(lines)
        self._meanwhile = meanwhile

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        self._meanwhile()
        return super().readline(size or -1)


def until_said(out: io.StringIO, text: str) -> None:
    """Wait until this is printed, which another thread does."""
    while text not in out.getvalue():
        threading.Event().wait(0.01)


def test_in_a_terminal_one_looks_back_on_a_sale_and_agrees_to_be_named(elsewhere: Elsewhere) -> None:
    ticket = ticket_of(elsewhere, name="Ann")
    elsewhere.do(open_round)
    played(elsewhere, ticket, Typed(3))
    elsewhere.do(close_round)
    room = elsewhere.service.hall.room
    said = " ".join(played(elsewhere, ticket, Terminal("1\nnonsense\nname\nq\n")).split())
    again = f"firstvisit play {SCENARIO} --seed {room.rounds[0].openings[0].seed}"
    cut = CUT_SHORT.format(earned=past(room, (0, 0, 1)).earned)
    for text in ("Your sales:", cut, "HOW IT ENDED", "INTEREST", again, "Type a number from 1 to 1, name, or q."):
        assert text in said
    assert said.index(NAMELESS) < said.index("HOW IT ENDED") < said.index(NAMED)
    assert elsewhere.service.hall.room.seats[1].agrees
    said = " ".join(played(elsewhere, ticket, Terminal("name\n")).split())
    assert said.index(NAMED) < said.index(NAMELESS)
    assert not elsewhere.service.hall.room.seats[1].agrees


def test_a_round_that_opens_while_somebody_types_goes_on_with_that_line(elsewhere: Elsewhere) -> None:
    ticket = ticket_of(elsewhere, name="Ann")
    out = io.StringIO()

    def meanwhile() -> None:
        if elsewhere.service.hall.room.running is None:
            elsewhere.do(open_round)
            until_said(out, "Buyer 1 of 2")

    PlainGuest(elsewhere.service.base, ticket, None, Slow("1\nq\n", meanwhile), out).run()
    said = out.getvalue()
    assert said.index("Waiting for the host.") < said.index("Buyer 1 of 2") < said.index("Your seat is kept")
    assert elsewhere.service.hall.room.runs[(0, 0, 1)].moves == 1


def test_how_long_a_round_goes_on_is_said_where_one_asks_for_help_and_where_the_host_gives_more_time(
    elsewhere: Elsewhere,
) -> None:
    ticket = ticket_of(elsewhere, name="Ann")
    elsewhere.do(open_round)
    out = io.StringIO()

    def meanwhile() -> None:
        if "You have more time." not in out.getvalue():
            elsewhere.do(adjust("more-time", "a late start", round=0, minutes=5))
            until_said(out, "You have more time.")

    PlainGuest(elsewhere.service.base, ticket, None, Slow("?\nq\n", meanwhile), out).run()
    ends = re.findall(r"The round ends at (\d\d:\d\d:\d\d)\.", out.getvalue())
    assert len(ends) == 3, "before the first word, with more time, and with the help"
    assert ends[0] != ends[1] == ends[2]


def test_a_round_that_closes_is_said_at_once_in_a_terminal_and_not_after_the_next_line(elsewhere: Elsewhere) -> None:
    ticket = ticket_of(elsewhere, name="Ann")
    elsewhere.do(open_round)
    out = io.StringIO()

    def meanwhile() -> None:
        if elsewhere.service.hall.room.running is not None and "Buyer 1 of 2" in out.getvalue():
            elsewhere.do(close_round)
            until_said(out, "The round has closed.")

    PlainGuest(elsewhere.service.base, ticket, None, Slow("q\n", meanwhile), out).run()
    said = out.getvalue()
    assert said.index("Buyer 1 of 2") < said.index("The round has closed.") < said.index("The event is over.")
    assert elsewhere.service.hall.room.runs == {}


def test_a_code_that_gives_a_seat_back_may_be_typed_where_the_event_s_is_asked_for(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = ticket_of(elsewhere, name="Ann").seat
    hall = elsewhere.service.hall
    code = asyncio.run_coroutine_threadsafe(hall.do(way_back(seat)), elsewhere.loop).result(10)
    seats._path().unlink()  # another machine, or a terminal that nothing was kept for
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{code}\n"))
    again = ticket_of(elsewhere, code=None)
    assert (again.seat, again.name, len(hall.room.seats)) == (seat, "Ann", 1)


def test_a_wrong_code_is_said_before_one_is_asked_for_a_name_and_only_a_name_that_is_refused_is_asked_for_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = Elsewhere(folder, event(RoundPlan(SCENARIO), teams=True))
    try:
        monkeypatch.setattr("sys.stdin", Terminal(f"ZZZZZZ\n{CODE}\n!!!\nRed\nAnn\n"))
        ticket = ticket_of(there, code=None)
        assert (ticket.name, there.service.hall.room.seats[1].team) == ("Ann", "Red")
    finally:
        there.stop()
    asked = capsys.readouterr().out
    assert asked.index("This is not the event's code.") < asked.index("What do you want to be called?")
    assert asked.index("Your team") < asked.index("A name needs a letter or a digit.")
    assert asked.count("Your team") == 1


def test_whoever_types_the_command_that_the_board_shows_is_asked_for_a_name_and_a_team(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Elsewhere(folder, event(RoundPlan(SCENARIO), teams=True))
    try:
        monkeypatch.setattr("sys.stdin", Terminal("Ann\nRed\n"))
        ticket = ticket_of(there, code=CODE)
        assert (ticket.name, there.service.hall.room.seats[1].team) == ("Ann", "Red")
        seats._path().unlink()
        monkeypatch.setattr("sys.stdin", io.StringIO())  # no terminal: a script, that nobody answers for
        assert ticket_of(there, code=CODE).seat == 2
    finally:
        there.stop()


def test_who_leaves_comes_back_to_the_very_moment(elsewhere: Elsewhere) -> None:
    ticket = ticket_of(elsewhere)
    elsewhere.do(open_round)
    before = played(elsewhere, ticket, Typed(6))
    assert "Your seat is kept" in before
    assert ticket_of(elsewhere, code=None) == ticket
    again = played(elsewhere, ticket, Typed(0))
    here = elsewhere.service.hall.room.position(1)
    assert here.run is not None
    assert f"{here.run.moves} move" in again
    last = next(line for line in reversed(before.splitlines()) if line.startswith(" 1. "))
    assert last in again


def test_a_kept_seat_is_readable_by_nobody_else_and_one_of_an_event_that_is_gone_is_not_used(
    elsewhere: Elsewhere,
) -> None:
    ticket = ticket_of(elsewhere)
    assert stat.S_IMODE((home() / "seats.json").stat().st_mode) == 0o600
    seats.keep("0123456789abcdef", Ticket(1, "0" * 64, "Ann"))
    assert ticket_of(elsewhere) != ticket  # the host knows no such token, so a new seat is taken


@pytest.mark.parametrize("text", ["", "[]", "{", '{"0123456789abcdef": 7}', '{"0123456789abcdef": {"seat": "x"}}'])
def test_a_file_of_seats_that_makes_no_sense_is_as_none(text: str) -> None:
    (home() / "seats.json").parent.mkdir(parents=True, exist_ok=True)
    (home() / "seats.json").write_text(text)
    assert seats.kept("0123456789abcdef") is None


def test_a_round_that_closes_while_somebody_thinks_is_said(elsewhere: Elsewhere) -> None:
    ticket = ticket_of(elsewhere)
    elsewhere.do(open_round)
    said = played(elsewhere, ticket, Typed(9, lambda number: elsewhere.do(close_round) if number == 3 else None))
    assert "This round is not running." in said
    assert "The event is over." in said


def test_who_is_sent_away_is_told_why(elsewhere: Elsewhere) -> None:
    ticket = ticket_of(elsewhere)
    elsewhere.do(open_round)
    kick = adjust("kick", "a second seat", seat=1)
    said = played(elsewhere, ticket, Typed(9, lambda number: elsewhere.do(kick) if number == 2 else None))
    assert "The host has taken this seat out of the event." in said


def test_nobody_at_an_address_and_something_else_there_are_said_in_a_sentence(elsewhere: Elsewhere) -> None:
    with pytest.raises(Failure, match="Nobody answers at"):
        asyncio.run(joining._ticket("http://127.0.0.1:9", options("x")))
    with pytest.raises(Failure, match=r"not the event's code"):
        ticket_of(elsewhere, code="ZZZZZZ")


def test_a_client_of_another_version_says_so(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    there = elsewhere.service.base
    monkeypatch.setattr(Client, "_once", _old)
    with pytest.raises(Failure, match="version 1"):
        asyncio.run(joining._ticket(there, options(there)))


async def _old(*_: object) -> bytes:
    return b'{"api": 1, "id": "x"}'


def losing_two(line: Client) -> list[int]:
    """Let the next two answers get lost on the way, and count the tries from here on."""
    once, tries = line._once, [0]

    async def bad(*how: Any) -> bytes:
        tries[0] += 1
        answer = await once(*how)
        if tries[0] < 3:
            raise OSError("the answer is lost")
        return answer

    line._once = bad  # type: ignore[method-assign, assignment]
    return tries


async def test_a_bad_line_is_said_once_and_a_move_is_asked_again_until_it_is_made_once(folder: Path) -> None:
    async with service(begun(folder / "event.db")) as hall:
        token = await hall.join()
        await hall.open()
        said: list[str] = []
        async with Client(hall.base, token) as line:
            line.say = said.append
            table = Table(line, await line.now())
            tries = losing_two(line)
            run = table.run()
            await run.make(run.view().options[0].action, 0)
        assert (tries[0], run.moves, hall.hall.room.runs[(0, 0, 1)].moves) == (3, 1, 1)
        assert len(said) == 2
        assert "lost" in said[0]


async def test_whoever_makes_a_move_while_the_line_is_bad_is_told_why_nothing_comes_of_it(folder: Path) -> None:
    async with service(begun(folder / "event.db")) as hall:
        token = await hall.join()
        await hall.open()
        said: list[str] = []
        async with Client(hall.base, token) as line:
            line.say = said.append
            run = Table(line, await line.now()).run()
            once, lost = line._once, [True, False]

            async def bad(*how: Any) -> bytes:
                if lost[0]:
                    raise OSError("nobody is there")
                if not lost[1]:
                    lost[1] = True
                    raise Refusal(502, "http", "a proxy has lost a worker")
                return await once(*how)

            line._once = bad  # type: ignore[method-assign, assignment]
            news = asyncio.create_task(line.news("another"))
            while not said:
                await asyncio.sleep(0)
            move = asyncio.create_task(run.make(run.view().options[0].action, 0))
            while len(said) < 2:
                await asyncio.sleep(0)
            lost[0] = False
            await asyncio.gather(news, move)
        assert said[0] == said[1]
        assert "The connection to the host is lost." in said[1]
        assert said[2:] == ["The host is back."]


async def test_who_does_not_hear_that_they_are_seated_asks_again_and_has_one_seat(folder: Path) -> None:
    async with service(begun(folder / "event.db")) as hall, Client(hall.base) as line:
        tries = losing_two(line)
        ticket = await line.join(CODE, "Ann", "")
        assert (tries[0], ticket.seat, ticket.name, len(hall.hall.room.seats)) == (3, 1, "Ann", 1)


async def test_what_another_device_has_played_is_played_on_from_there(folder: Path) -> None:
    async with service(begun(folder / "event.db")) as hall:
        token = await hall.join()
        await hall.open()
        async with Client(hall.base, token) as one, Client(hall.base, token) as other:
            here, there = Table(one, await one.now()).run(), Table(other, await other.now())
            elsewhere = there.run()
            await elsewhere.make(elsewhere.view().options[0].action, 0)
            with pytest.raises(GoneOn):
                await here.make(here.view().options[-1].action, 0)
            assert (await one.now()).run == (await other.now()).run


async def test_the_view_at_the_table_is_the_engine_s_view_move_by_move(folder: Path) -> None:
    async with service(begun(folder / "event.db", event(RoundPlan("friday-pipeline", buyers=1)))) as hall:
        token = await hall.join()
        await hall.open()
        async with Client(hall.base, token) as line:
            run = Table(line, await line.now()).run()
            for _ in range(25):
                state = hall.hall.room.run(0, 0, 1).state
                assert run.view() == state.player_view("novice")
                for one in run.view().prospects:
                    if run.view().place == "between":
                        from game.runs.playable import at_last_word

                        assert run.remembered(one.id) == at_last_word(state, one, "novice")
                await run.make(run.view().options[len(run.view().options) // 2].action, 0)


async def test_a_token_that_is_not_known_is_a_refusal_and_not_asked_for_ever(folder: Path) -> None:
    async with service(begun(folder / "event.db")) as hall, Client(hall.base, "0" * 64) as line:
        with pytest.raises(Refusal):
            await line.now()


async def test_brackets_without_end_are_an_answer_that_cannot_be_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(*_: object) -> bytes:
        return b"[" * 100_000

    monkeypatch.setattr(Client, "_once", answer)
    line = Client("http://127.0.0.1:9")
    with pytest.raises(Failure, match="not a First Visit competition"):
        await line.event()
    with pytest.raises(Failure, match="cannot be understood"):
        await line.recover("a code")
