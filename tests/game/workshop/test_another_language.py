"""An event in a language in which no word is spelled in Latin letters: what is, no player could read."""

from __future__ import annotations

import asyncio
import io
import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import words
from game.commands import joining
from game.programs.guest import Guest
from game.shelf import library
from game.words.errors import Failure
from game.workshop.guest.client import Client
from game.workshop.guest.plain_guest import PlainGuest
from game.workshop.hall.acts import adjust, close_round, open_round
from game.workshop.hall.admission import take_seat
from game.workshop.host import terminals
from game.workshop.kept.errors import StoreError
from game.workshop.log import room
from game.workshop.log.plan import Event, RoundPlan
from game.workshop.web import api
from tests import pseudo
from tests.game.screens.moves import until
from tests.game.screens.pictures import text_of
from tests.game.workshop.elsewhere import Elsewhere
from tests.game.workshop.halls import SCENARIO
from tests.game.workshop.host.test_terminals import reached
from tests.game.workshop.served import CODE, begun, service

STRANGE = RoundPlan("strange-sale", buyers=2)
KEYS = ("Esc", "Enter", "Tab", "Ctrl", "PgUp", "PgDn", "name", "price", "firstvisit", "ssh")
"""Names of keys and fields, and what is typed just so."""


def planned(*rounds: RoundPlan, **settings: Any) -> Event:
    return Event(pseudo.strange("An evening"), rounds or (STRANGE,), **settings)


@pytest.fixture(autouse=True)
def language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the scenario speaks, and no player has chosen."""
    here = library.folders()
    monkeypatch.setattr(library, "folders", lambda extra=None: (tmp_path, *here))
    (tmp_path / "strange.yaml").write_text(pseudo.sale(), encoding="utf-8")
    with pseudo.spoken_here():
        yield
    words.speak(words.ENGLISH)


async def test_whatever_is_refused_to_a_player_is_said_in_the_language_of_the_round(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_AGREED", 0)
    async with service(begun(folder / "event.db", planned(late=False))) as hall:
        ann, bob = await hall.join(pseudo.strange("Ann")), await hall.join(pseudo.strange("Bob"))
        refused = [
            await hall.get("/api/now"),
            await hall.get("/api/now", hall.board),
            await hall.get("/api/now", ann, headers={"Host": "elsewhere.example"}),
            await hall.ask("POST", "/api/agree", ann, json={"yes": True}, headers={"Origin": "http://elsewhere"}),
            await hall.post("/api/agree", ann, yes=True),
            await hall.post("/api/seats", code="AAAAAA"),
            await hall.post("/api/seats", code=CODE, name="..."),
            await hall.post("/api/seats", code=CODE, name="m" * 60),
            await hall.post("/api/seats", code=CODE, name="m" * 500),
            await hall.ask("POST", "/api/seats", json={"code": CODE, "token": "1"}),
            await hall.post("/api/seats/recover", code="AAAA-AAAA-AAAA"),
            await hall.ask("POST", "/api/moves", ann, data=b"{"),
            await hall.ask("POST", "/api/moves", ann, data=b"[]"),
            await hall.ask("POST", "/api/moves", ann, data=b" " * 10_000),
            await hall.post("/api/moves", ann, round="0"),
            await hall.get("/api/runs/0/0", ann),
            await hall.post("/api/moves", ann, round=0, buyer=0, n=0, move="hello"),
        ]
        await hall.open()
        now = await hall.now(ann)
        for wrong in ({"buyer": 1}, {"n": 7}, {"round": 1}):
            where = {"round": 0, "buyer": 0, "n": 0, "move": "hello", **wrong}
            refused.append(await hall.post("/api/moves", ann, **where))
        refused.append(await hall.move(ann, now, "nothing"))
        monkeypatch.setattr(room, "MOST_MOVES", 0)
        refused += [await hall.move(ann, now), await hall.post("/api/seats", code=CODE)]
        await hall.hall.do(adjust("kick", "so", seat=2))
        await hall.hall.do(adjust("lock", "so"))
        refused += [await hall.get("/api/now", bob), await hall.post("/api/seats", code=CODE)]
    assert [each.body for each in refused if each.status < 400] == []
    assert {each.code for each in refused} >= {
        "kicked",
        "locked",
        "late",
        "closed",
        "n",
        "buyer",
        "long",
        "name",
        "agree",
    }
    told = [str(each.body["error"]) for each in refused]
    asked = {*(each["name"] for each in now["run"]["view"]["options"]), "nothing", "token", "round", "move"}
    assert {each: left for each in told if (left := set(re.findall(r"[a-z][a-z-]+", each)) - asked - {*KEYS})} == {}


async def test_so_is_what_has_to_wait_and_what_could_not_be_written_down(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "WAITING", 0)
    monkeypatch.setattr(api, "WRONG_WAITING", 0)

    async def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    async with service(begun(folder / "event.db", planned()), rate=0, burst=1) as hall:
        told = [await hall.post("/api/seats", code=CODE), await hall.post("/api/seats", code="AAAAAA")]
        _, token, _ = await hall.hall.do(take_seat("", None))
        monkeypatch.setattr(hall.hall, "do", full)
        told += [await hall.post("/api/agree", token, yes=True), await hall.get("/api/now", token)]
    assert [(each.code, pseudo.latin(each.body["error"])) for each in told] == [
        ("busy", []),
        ("slow", []),
        ("store", []),
        ("slow", []),
    ]


class Typing(io.StringIO):
    """Somebody at a terminal, who types one line after the other."""

    def isatty(self) -> bool:
        return True


def test_a_guest_in_a_terminal_is_asked_and_told_everything_in_that_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = Elsewhere(folder, planned(teams=True))
    told = []
    try:
        base = there.service.base
        options = Namespace(address=base, code=None, name="", team="", recover=None, cert=None, plain=True)
        for typed in ("", "AAAAAA\n\n\n", f"{CODE}\n...\n\n"):
            monkeypatch.setattr("sys.stdin", Typing(typed))
            with pytest.raises(Failure) as refused:
                asyncio.run(joining._ticket(base, options))
            told.append(str(refused.value))
        monkeypatch.setattr("sys.stdin", Typing(f"{CODE}\n\n\n"))
        ticket = asyncio.run(joining._ticket(base, options))
        there.do(open_round)
        out = io.StringIO()
        PlainGuest(base, ticket, None, Typing("?\n1\nx\n99\nq\n"), out).run()
        there.do(close_round)
        PlainGuest(base, ticket, None, Typing("1\nx\nname\nq\n"), out).run()
        there.do(adjust("kick", "so", seat=1))
        PlainGuest(base, ticket, None, Typing("q\n"), out).run()
    finally:
        there.stop()
    told += [capsys.readouterr().out, out.getvalue().replace(ticket.name, "")]
    assert [pseudo.latin(each, *KEYS, "play", "strange", "sale", "seed") for each in told] == [[]] * len(told)


async def test_the_room_changes_its_language_with_the_round_down_to_the_keys(folder: Path) -> None:
    there = Elsewhere(folder, planned(RoundPlan(SCENARIO, buyers=1), STRANGE))
    try:
        async with Client(there.service.base) as client:
            ticket = await client.join(CODE, pseudo.strange("Ann"), "")
        app = Guest(there.service.base, ticket)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "Waiting for the host" in text_of(app))
            await asyncio.to_thread(there.do, open_round)
            await until(pilot, lambda: "Buyer 1 of 1" in text_of(app))
            await asyncio.to_thread(there.do, close_round)
            await until(pilot, lambda: pseudo.strange("Waiting for the host") in text_of(app))
            await until(pilot, lambda: not pseudo.latin(text_of(app), *KEYS))
    finally:
        await asyncio.to_thread(there.stop)


async def test_who_comes_over_ssh_and_is_sent_away_is_told_why_in_that_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reached(folder, planned()) as (_, connection):
        told = [await connection.run("id", term_type="xterm"), await connection.run()]
        monkeypatch.setattr(terminals, "MOST", 0)
        told.append(await connection.run(term_type="xterm"))
    said = [str(each.stderr) for each in told]
    assert [pseudo.latin(each, *KEYS, "join") for each in said] == [[]] * 3
    assert all(said)
