"""Hosting a round in a language in which no word is spelled in Latin letters: what is, was never translated."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from engine import words
from engine.play import Game, State
from game.programs.host import HostApp
from game.report.document import as_html, as_text
from game.shelf import library
from game.workshop.hall.admission import take_seat
from game.workshop.hall.afterwards import Afterwards
from game.workshop.hall.writer import Hall
from game.workshop.host.invitation import Invitation
from game.workshop.host.plain_host import COMMANDS, PlainHost
from game.workshop.kept.errors import StoreError
from game.workshop.log.plan import RoundPlan
from game.workshop.results.classroom import DID, ENDS, moment_text, report
from game.workshop.results.debrief import class_debrief
from game.workshop.results.partings import Parting
from game.workshop.results.ranking import Played
from game.workshop.web.board import Broadcast
from tests import pseudo
from tests.engine.sales import play
from tests.game.screens.test_host_screen import press, seen, settled
from tests.game.workshop.halls import SCENARIO
from tests.game.workshop.host.test_hosting import Slowly
from tests.game.workshop.served import CODE, ID, begun
from tests.game.workshop.test_another_language import language, planned

__all__ = ["language"]  # the fixture

INVITATION = Invitation(
    ("http://192.0.2.7:8765", "http://192.0.2.8:1"), CODE, "http://192.0.2.7:8765/board#token", "ssh -p 22 192.0.2.7"
)
TYPED = (
    "firstvisit",
    "join",
    "code",
    "http",
    "board",
    "token",
    "ssh",
    "event",
    "db",
    "host",
    "resume",
    "results",
    "play",
)
"""What is typed just so: commands, addresses and the names of files."""
KEYS = ("Esc", "Enter", "Tab", "Ctrl", "PgUp", "PgDn", "Home", "price")


def unread(text: str, *known: str) -> list[str]:
    """What nobody could read, but for names of keys, what is typed, and figures in hexadecimal."""
    return [each for each in pseudo.latin(text, *KEYS, *TYPED, *known) if set(each) - set("0123456789abcdef")]


class Reader:
    """A host who reads every screen, and notes what they cannot."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.left: dict[str, list[str]] = {}

    async def press(self, *keys: str) -> None:
        for key in keys:
            await press(self.pilot, key)
            if found := unread(seen(self.pilot), "strange", "sale", "seed"):
                self.left[f"{type(self.pilot.app.screen).__name__} {key}"] = found

    async def choose(self, place: int, *typed: str) -> None:
        """Take what stands at this place of the list of deeds, and answer what is asked then."""
        await self.pilot.press(*["down"] * place)
        await self.press("enter")
        await self.pilot.press(*typed)
        await self.press("escape")


async def test_every_screen_of_the_host(tmp_path: Path) -> None:
    store = begun(tmp_path / "event.db", planned())
    async with Hall(store, ID) as hall:
        afterwards = Afterwards(hall, lambda *_: None)
        app = HostApp(hall, INVITATION, afterwards)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            for name in ("Ann", "Ben"):
                await hall.do(take_seat(pseudo.strange(name), None))
            reader = Reader(pilot)
            await reader.press(
                "question_mark", "escape", "j", "escape", "d", "escape", "x", "escape", "o", "m", "q", "1"
            )
            for deed in range(8):
                await reader.press("enter")
                await reader.choose(deed, *(("1", "0", "space", "1", "enter") if deed != 7 else ()))
            for deed in range(5):
                await reader.press("a")
                await reader.choose(deed, *(("enter", "1", "enter") if deed == 2 else ()))
            hall.trouble = str(StoreError(pseudo.strange("The disk is full.")))
            await reader.press("x", "1")
            afterwards.debriefs[0] = class_debrief(Played(0, True, (start(),), {}))
            await reader.press("d", "escape", "n")
    store.close()
    assert reader.left == {}


async def test_the_screen_changes_its_language_with_the_round(tmp_path: Path) -> None:
    store = begun(tmp_path / "event.db", planned(RoundPlan(SCENARIO, buyers=1), RoundPlan("strange-sale", buyers=1)))
    async with (
        Hall(store, ID) as hall,
        HostApp(hall, INVITATION, Afterwards(hall, lambda *_: None)).run_test(size=(80, 24)) as pilot,
    ):
        await settled(pilot)
        assert "o Start" in seen(pilot)
        await press(pilot, "o", "x", "1")
        await settled(pilot)
        assert f"o {pseudo.strange('Start')}" in seen(pilot)
        assert pseudo.strange("Nobody is here yet.") in seen(pilot)
        await press(pilot, "o")  # the keys act again
        assert hall.room.running is not None
    store.close()


@pytest.mark.parametrize("spoken", [each for each in words.languages() if each != words.ENGLISH])
async def test_every_key_has_room_in_80_columns_in_every_language(tmp_path: Path, spoken: str) -> None:
    (tmp_path / "known.yaml").write_text(pseudo.sale(spoken).replace("strange-sale", "known-sale"), encoding="utf-8")
    store = begun(tmp_path / "event.db", planned(RoundPlan("known-sale")))
    async with (
        Hall(store, ID) as hall,
        HostApp(hall, INVITATION, Afterwards(hall, lambda *_: None)).run_test(size=(80, 24)) as pilot,
    ):
        await settled(pilot)
        (keys,) = pilot.app.screen.query("Keys")
        assert keys.max_scroll_x == 0
        assert seen(pilot).splitlines()[-1].rstrip().endswith(words.gettext("Help"))
    store.close()


async def test_what_a_host_without_screens_reads(tmp_path: Path) -> None:
    out = io.StringIO()
    typed = [
        "?",
        "open",
        "who",
        *(each for each in COMMANDS if each not in ("open", "close", "who", "quit")),
        "more 5 so",
    ]
    typed += ["lock so", "code so", "void 1 2 so", "recover 1", "kick 1 so", "close", "close", "quit"]
    store = begun(tmp_path / "event.db", planned())
    async with Hall(store, ID) as hall:
        await hall.do(take_seat(pseudo.strange("Ann"), None))
        host = PlainHost(hall, INVITATION, Afterwards(hall, lambda *_: None), Path("/token"), Slowly(typed, out), out)
        assert await host.run() == 0
    store.close()
    assert len(out.getvalue().splitlines()) > len(COMMANDS) + 20
    assert unread(out.getvalue(), *COMMANDS, "so") == []


def start() -> State:
    return Game(library.load(library.find("strange-sale"))).new_initial_state(2)


def stalled() -> State:
    """Somebody who has an objection."""
    asked = play(start(), "where-to", "what-it-costs")
    return asked.apply_outcome(asked.game.move_named("have-it"), "objection")


def asked_again(outcome: str) -> State:
    told = play(stalled(), "behind", "worth-it")
    return told.apply_outcome(told.game.move_named("have-it"), outcome)


def test_the_class_debrief_is_in_the_language_of_its_round() -> None:
    later = play(stalled(), "later")
    runs = [play(later, "finish")] * 4 + [play(later, "ping", "finish"), play(stalled(), "as-you-like")] * 2
    runs += [asked_again("order")] * 4 + [play(start(), "meet", "finish")]
    found = class_debrief(Played(0, True, (start(),), {seat: {0: end} for seat, end in enumerate(runs, start=1)}))
    told = report(found, names={seat: pseudo.strange("Ann") for seat in range(1, 20)})
    schools = ("Plan", "Collect", "decisions", "Speed", "first", "Audition", "Same", "day", "strange", "sale", "seed")
    assert found.partings
    assert unread("\n".join(as_text(told, 84)), *schools) == []
    assert found.title in as_html(told, "")
    with words.speaking(pseudo.LANGUAGE):
        assert not [each for each in (*DID.values(), *ENDS.values()) if unread(words.gettext(each))]


@pytest.mark.parametrize("said", ["", "Да."])
@pytest.mark.parametrize("what", ["start", "raised", "stall", "signal", "left", "missed", "back", "joined"])
def test_every_moment_is_told_in_that_language(what: Any, said: str) -> None:
    with words.speaking(pseudo.LANGUAGE):
        told = moment_text(Parting(0, pseudo.strange("Sam"), what, said, 4, 4, (), ()))
    assert unread(told) == []
    assert pseudo.strange("Sam") in told


async def test_the_board_is_told_in_that_language_and_which_one_it_is(tmp_path: Path) -> None:
    store = begun(tmp_path / "event.db", planned())
    async with Hall(store, ID) as hall:
        await hall.do(take_seat(pseudo.strange("Ann"), None))
        picture = json.loads(await Broadcast(hall, ()).picture())
    store.close()
    assert picture["language"] == pseudo.LANGUAGE
    assert unread(json.dumps(picture["standings"], ensure_ascii=False), *picture["standings"]) == []
