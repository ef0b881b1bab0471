"""Hosting from the command line: where an event can be reached, what is refused beforehand, and what a host types."""

from __future__ import annotations

import asyncio
import io
import socket
import stat
import threading
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from game.cli import main
from game.commands import hosting
from game.commands.hosting import keep_token, placed, reached
from game.home.profile import home
from game.shelf.scenario_files import read_bytes
from game.words.errors import Failure
from game.workshop.export.files import seal
from game.workshop.guest.client import Client, base_url
from game.workshop.hall.acts import AWAY, read_amount
from game.workshop.hall.afterwards import Afterwards
from game.workshop.host.invitation import Invitation
from game.workshop.host.news import happened, stopped, taken_up
from game.workshop.host.plain_host import PlainHost
from game.workshop.kept import events, returning
from game.workshop.kept.store import Store
from game.workshop.kept.transaction import Kept
from game.workshop.log.entries import Adjusted
from game.workshop.log.plan import RoundPlan
from game.workshop.log.refused import Refused
from game.workshop.results.debrief import class_debrief
from game.workshop.results.ranking import played
from game.workshop.web import serving
from game.workshop.web.serving import Place, addresses_here, bound, names_of, secured, served
from tests.game.workshop.halls import SCENARIO, Hall, event
from tests.game.workshop.served import CODE, ID, begun, service

PEM = Path(__file__).with_name("localhost.pem")
"""A certificate for 127.0.0.1 with its key, for a hundred years, made for these tests alone."""


def options(**more: Any) -> Namespace:
    given = {"bind": None, "lan": False, "port": None, "cert": None, "key": None, "without_tls": False, "name": None}
    return Namespace(**{**given, "ssh": None, **more})


# --- where it can be reached -----------------------------------------------------------------------------------------


def test_only_this_machine_can_come_unless_it_is_said_otherwise() -> None:
    assert placed(options()) == Place("127.0.0.1", 8765)
    assert placed(options()).loopback
    assert placed(options(bind="192.168.1.20")).address == "192.168.1.20"


def test_lan_finds_the_address_and_says_when_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "addresses_here", lambda: ("192.168.1.20", "fd00::2"))
    assert placed(options(lan=True)).address == "192.168.1.20"
    monkeypatch.setattr(serving, "addresses_here", lambda: ())
    with pytest.raises(Failure, match="in no network"):
        placed(options(lan=True))


def test_an_address_of_the_internet_needs_a_certificate_or_to_be_told_twice() -> None:
    with pytest.raises(Failure, match="--cert"):
        placed(options(bind="8.8.8.8"))
    assert placed(options(bind="8.8.8.8", without_tls=True)).address == "8.8.8.8"
    assert placed(options(bind="8.8.8.8", cert=PEM)).scheme == "https"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"bind": "my-laptop"}, "not an address"),
        ({"bind": "127.0.0.1", "lan": True}, "Use one of them"),
        ({"key": PEM}, "goes with a --cert"),
    ],
)
def test_what_cannot_be_meant_is_said(given: dict[str, Any], said: str) -> None:
    with pytest.raises(Failure, match=said):
        placed(options(**given))


def test_a_port_that_is_taken_and_an_address_that_is_not_ours_are_said_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Failure, match="--port"):
            bound(Place("127.0.0.1", taken.getsockname()[1]))
    with pytest.raises(Failure, match="not an address of this machine"):
        bound(Place("203.0.113.7", 0))


def test_an_address_is_told_as_it_is_typed() -> None:
    assert reached(Place("192.168.1.20", 8765)) == ("http://192.168.1.20:8765",)
    assert reached(Place("fd00::2", 80)) == ("http://[fd00::2]",)
    assert reached(Place("127.0.0.1", 443, PEM), ["hall.example"]) == ("https://hall.example",)
    assert reached(Place("127.0.0.1", 8765), ["https://hall.example/"]) == ("https://hall.example",)
    assert "hall.example" in names_of(Place("127.0.0.1", 1), ("https://hall.example/",))
    assert {"127.0.0.1", "localhost", "hall.example"} <= names_of(Place("127.0.0.1", 1), ("Hall.example.",))
    assert not any(each.startswith("127.") for each in addresses_here())


async def test_with_a_certificate_everything_is_encrypted_and_a_client_that_trusts_it_comes(folder: Path) -> None:
    from game.workshop.hall.writer import Hall
    from game.workshop.web.api import Api

    place = Place("127.0.0.1", 0, PEM)
    async with Hall(begun(folder / "event.db"), ID) as hall:
        application = Api(hall, names_of(place)).application()
        async with served(application, place, bound(place)) as port:
            base = f"https://127.0.0.1:{port}"
            async with Client(base, certificate=PEM) as client, Client(base) as stranger:
                assert (await client.event())["title"] == hall.room.event.title
                await client.join(CODE, "Ann", "")
                with pytest.raises(Failure, match="Nobody answers"):
                    await stranger.event()


def test_a_certificate_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_text("no certificate")
    for path in (tmp_path / "x.pem", tmp_path / "gone.pem"):
        with pytest.raises(Failure, match="cannot be used"):
            secured(Place("127.0.0.1", 0, path))


def test_whoever_resumes_an_event_is_found_where_they_were_unless_they_say_another_place(tmp_path: Path) -> None:
    event = tmp_path / "event.db"
    assert returning.as_before(event, options()) == options()
    first = options(lan=True, ssh=2222, name=["hall.example"], cert=Path("its.pem"))
    returning.keep(event, first, 9000)
    kept = {"port": 9000, "cert": Path("its.pem").absolute()}
    assert returning.as_before(event, options()) == Namespace(**{**vars(first), **kept})
    said = returning.as_before(event, options(bind="127.0.0.1", port=0, cert=PEM))
    assert (said.lan, said.bind, said.port, said.cert, said.ssh) == (False, "127.0.0.1", 0, PEM, 2222)
    for spoilt in (b"", b"[]", b'{"port": "x"}'):
        event.with_suffix(returning.ENDING).write_bytes(spoilt)
        assert returning.as_before(event, options()) == options()


# --- what is played --------------------------------------------------------------------------------------------------


def test_an_event_with_mistakes_is_not_begun_and_they_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "event.yaml"
    path.write_text("format: 1\ntitle: X\nrounds:\n  - scenario: saturday-showrom\n    buyer: 2\n")
    assert main(["host", str(path), "--plain", "--port", "0"]) == 1
    said = "".join(capsys.readouterr())
    for text in ("event.yaml:4:", "Did you mean saturday-showroom?", "event.yaml:5:", "did you mean `buyers`?"):
        assert text in said
    assert not (home() / "events").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name a scenario or an event file"),
        (["nowhere"], "There is no scenario 'nowhere'"),
        (["saturday-showroom", "--resume"], "name it behind --resume"),
        (["--resume"], "no event on this machine"),
        (["pricing-form", "--store", "postgresql://nobody@127.0.0.1:1/x"], "The database cannot be used"),
        (["--resume", "spring"], "There is no event 'spring'"),
    ],
)
def test_what_cannot_be_hosted_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["host", *arguments, "--plain", "--port", "0"]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("store", ["events.db", "postgresql://x:y:z/events"])
def test_a_store_that_is_no_address_of_a_database_is_said(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["host", "pricing-form", "--store", store])
    assert "postgresql://user@host/name" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["http://[", "x:y:z", "https://", "hall.example:9000", "ftp://hall.example", "a/b", ""]
)
def test_a_name_under_which_nobody_could_ask_is_said_before_an_event_begins(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["host", "pricing-form", "--name", name])
    assert "is neither a name nor an address" in capsys.readouterr().err
    assert not (home() / "events").exists()


@pytest.mark.parametrize(
    ("names", "port", "typed"),
    [
        ((), 8765, "192.168.1.20:8765"),
        ((), 9000, "192.168.1.20:9000"),
        ((), 80, "http://192.168.1.20"),
        (("https://hall.example",), 9000, "https://hall.example"),
        (("http://hall.example:8080",), 9000, "hall.example:8080"),
        (("fd00::2",), 9000, "[fd00::2]:9000"),
    ],
)
def test_what_the_host_says_to_type_in_a_terminal_leads_to_the_host(
    names: tuple[str, ...], port: int, typed: str
) -> None:
    addresses = reached(Place("192.168.1.20", port), names)
    invitation = Invitation(addresses, CODE, "")
    assert invitation.to_join == typed
    assert base_url(invitation.to_join) == addresses[0]


def test_a_scenario_beside_the_event_file_is_found_and_its_text_is_kept(tmp_path: Path) -> None:
    from game.shelf import library

    text = read_bytes(library.find("pricing-form")).replace(b"id: pricing-form", b"id: our-form")
    (tmp_path / "ours.yaml").write_bytes(text)
    (tmp_path / "event.yaml").write_text("format: 1\ntitle: Ours\nrounds:\n  - scenario: ours.yaml\n")
    store, event = events.begin(events.prepare(str(tmp_path / "event.yaml")))
    store.close()
    (tmp_path / "ours.yaml").write_text("gone")  # a change afterwards changes nothing
    found = events.find(None)
    assert (found.kept.id, found.kept.title) == (event, "Ours")
    again = Store(found.path)
    with again.transaction() as kept:
        assert kept.texts(event) == [text]
    again.close()
    assert (
        events.find("Ours")
        == events.find("ours")
        == events.find(found.path.stem)
        == events.find(str(found.path))
        == found
    )


def test_an_event_is_deleted_with_its_copies_once_its_time_has_come() -> None:
    store, _ = events.begin(events.prepare("saturday-showroom"))
    store.close()
    found = events.find(None)
    found.path.with_name(f"{found.path.stem}.after-round-1.db").write_bytes(b"")
    returning.keep(found.path, options(), 9000)
    day = 86_400_000
    assert events.purge(found.kept.began + 89 * day) == ((), ())
    assert events.purge(found.kept.began + 90 * day) == ((), (found,))
    assert events.purge(found.kept.began + 91 * day - 1) == ((), (found,))
    assert events.purge(found.kept.began + 91 * day) == ((found,), ())
    assert not list(found.path.parent.iterdir())


def test_a_clock_that_was_months_ahead_and_is_put_right_has_deleted_nothing() -> None:
    store, _ = events.begin(events.prepare("saturday-showroom"))
    store.close()
    found = events.find(None)
    day = 86_400_000
    for ahead in (120, 0, 121, 122):  # put right after the first, and wrong again
        deleted, _ = events.purge(found.kept.began + ahead * day)
        assert deleted == ((found,) if ahead == 122 else ())


def test_an_event_that_is_resumed_is_not_deleted_however_late_the_clock_says_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, _ = events.begin(events.prepare("saturday-showroom"))
    store.close()
    found = events.find(None)
    hosted: list[Any] = []

    def served(*given: Any) -> int:
        hosted.append(given[-1])
        return 0

    monkeypatch.setattr(hosting, "_hosted", served)
    asked = options(resume="", port=0, event=None, worker=False, store=None, rehearse=None)
    for days in (120, 240):
        late = (found.kept.began + days * 86_400_000) * 1_000_000
        monkeypatch.setattr("game.commands.hosting.time.time_ns", lambda at=late: at)
        assert hosting.host(asked) == 0
    assert hosted == [found, found]
    assert found.path.exists()


# --- the host's lines ------------------------------------------------------------------------------------------------


class Slowly(io.StringIO):
    """Types a line after the other, each when what the one before has done was printed."""

    def __init__(self, lines: list[str], out: io.StringIO) -> None:
        super().__init__()
        self._lines, self._out = lines, out

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        waiting, before = threading.Event(), self._out.getvalue()
        for _ in range(20):
            waiting.wait(0.02)
            if self._out.getvalue() != before:
                break
        return self._lines.pop(0) + "\n" if self._lines else ""


async def test_what_the_host_types_is_done_and_what_happens_is_printed(folder: Path) -> None:
    out = io.StringIO()
    typed = [
        "frob", "ranking", "open", "more 5 the network was slow", "who",
        "rename 1 Bea", "team 1 Blue", "hide 1 asked for it", "add 1 500",
        "add 1 5.00 a prize", "kick", "recover 1", "void 1 2 a wrong price", "ranking",
        "unvoid 1 2 it was right", "kick 1 twice here", "reinstate 1 no",
        "lock all are here", "code it was shared",
        "close", "close", "quit",
    ]  # fmt: skip
    async with service(begun(folder / "event.db")) as hall:
        await hall.join("Ann")
        invitation = Invitation(("http://127.0.0.1:1",), CODE, "http://127.0.0.1:1/board#x")
        host = PlainHost(hall.hall, invitation, Afterwards(hall.hall), folder / "event.token", Slowly(typed, out), out)
        assert await host.run() == 0
        room = hall.hall.room
        assert (room.locked, room.rounds[0].added, hall.hall.names[1]) == (True, 5, "Bea")
        assert hall.hall.standing.code != CODE
        done = [each.action for each in room.adjustments]
        assert done == ["more-time", "rename", "hide", "add", "void", "unvoid", "kick", "reinstate", "lock", "code"]
        assert (room.adjustments[4].round, room.adjustments[4].buyer) == (0, 1)
        for secret in (hall.host, hall.board):
            assert secret not in out.getvalue()
    for text in (
        "There is no 'frob' here.",
        "There is no ranking before",
        "  Seat 1  no move yet  5 ",
        "Round 1 is open until",
        "Round 1 has closed",
        "No round is running",
        "There are no teams in this event",
        "more MINUTES WHY",
        "Stopped.",
    ):
        assert text in out.getvalue()


async def test_at_a_terminal_what_cannot_be_undone_is_asked_once_more_and_the_class_debrief_can_be_read(
    folder: Path,
) -> None:
    out = io.StringIO()

    class Terminal(Slowly):
        def isatty(self) -> bool:
            return True

    typed = ["debrief", "open", "open", "close", "who", "close", "close", "forget 1", "forget 1", "quit"]
    async with service(begun(folder / "event.db")) as hall:
        await hall.join("Ann")
        invitation = Invitation(("http://127.0.0.1:1",), CODE, "http://127.0.0.1:1/board#x")
        afterwards = Afterwards(hall.hall, lambda *_: None)
        host = PlainHost(hall.hall, invitation, afterwards, None, Terminal(typed, out), out)
        assert await host.run() == 0
        assert (hall.hall.room.over, hall.hall.names) == (True, {})
        afterwards.debriefs[0] = class_debrief(played(hall.hall.room)[0])
        await host._debrief([])
    told = out.getvalue()
    for text in (
        "There is one once a round has closed.",
        "Round 1 is running: close it first.",
        "The person at seat 1 is deleted.",
        "CLASS DEBRIEF",
    ):
        assert text in told
    assert told.count("1 player is still playing. What is not finished counts as left undecided. Type it again") == 2
    assert told.count("Delete Ann? Type it again to do it.") == 1


async def test_a_terminal_shows_what_a_host_is_told_in_whole_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    class Shown(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Shown()
    async with service(begun(folder / "event.db")) as hall:
        await hall.join("Ann")
        invitation = Invitation(("http://127.0.0.1:1",), CODE, "http://127.0.0.1:1/board#x")
        host = PlainHost(hall.hall, invitation, Afterwards(hall.hall), None, Slowly(["open", "frob", "quit"], out), out)
        await host.run()
    lines = out.getvalue().splitlines()
    assert all(len(each) <= 40 or " " not in each.strip() for each in lines)
    assert "Stopped. The event is kept" in " ".join(each.strip() for each in lines)


async def test_a_host_whose_event_is_deleted_meanwhile_is_told_and_stops(folder: Path) -> None:
    out, never = io.StringIO(), threading.Event()
    path = folder / "event.db"
    async with service(begun(path)) as hall:
        await hall.join("Ann")

        class Silent(io.StringIO):
            def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
                never.wait()
                return ""

        invitation = Invitation(("http://127.0.0.1:1",), CODE, "http://127.0.0.1:1/board#x")
        host = asyncio.create_task(PlainHost(hall.hall, invitation, Afterwards(hall.hall), None, Silent(), out).run())
        while "Type open" not in out.getvalue():
            await asyncio.sleep(0.01)
        events.delete(events.KeptEvent(path, Kept(ID, "", 0, 0)))
        assert await host == 0
        never.set()
    assert out.getvalue().endswith("Stopped: the event was deleted, and nothing of it is left to serve.\n")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("50", 5_000), ("-12.5", -1_250), ("12,50", 1_250), ("−3", -300), ("1,000", None), ("x", None)],
)
def test_an_amount_is_read_as_people_write_it(typed: str, amount: int | None) -> None:
    if amount is not None:
        assert read_amount(typed) == amount
    else:
        with pytest.raises(Refused, match="Begin with an amount"):
            read_amount(typed)


def test_a_host_who_comes_back_is_told_how_long_the_round_goes_on_and_what_was_given_back() -> None:
    made = Hall()
    assert list(taken_up(made.room, {})) == []
    made.open()
    made.put(Adjusted, action="more-time", round=0, minutes=3, reason=AWAY)
    first, second = taken_up(made.room, {})
    assert first.startswith("Round 1 is open until ")
    assert second == "More time: round 1, 3 min (the host was away)"
    made.close()
    closed, sealed = taken_up(made.room, {})
    assert closed.startswith("Round 1 has closed; its secret was ")
    assert f"Its seal is {seal(made.room)}:" in sealed


def test_who_takes_a_seat_in_the_middle_of_a_round_is_told_as_such() -> None:
    made = Hall()
    empty = made.room
    made.seat()
    assert list(happened(empty, made.room, {1: "Ann"})) == ["Ann took seat 1; 1 here"]
    made.at += 1_000
    made.open()
    opened = made.room
    made.seat()
    assert list(happened(opened, made.room, {2: "Ann 2"})) == ["Ann 2 took seat 2; 2 here, in the middle of round 1"]
    made.close()
    assert "in the middle" not in " ".join(happened(empty, made.room, {}))


def test_a_host_who_was_away_for_days_is_told_that_the_round_has_closed_meanwhile() -> None:
    made = Hall(event(RoundPlan(SCENARIO), RoundPlan(SCENARIO)))
    made.open()
    made.close()
    (told,) = taken_up(made.room, {})
    assert told.startswith("Round 1 has closed; its secret was ")


def test_whoever_stops_hosting_is_told_how_to_go_on_and_after_the_last_round_the_seal() -> None:
    made = Hall()
    made.open()
    assert list(stopped(made.room)) == ["Stopped. The event is kept; to go on: firstvisit host --resume"]
    made.close()
    told = " ".join(stopped(made.room))
    assert f"Its seal is {seal(made.room)}:" in told
    assert told.endswith("firstvisit results 'An evening of doors'")


def test_the_host_s_token_lies_where_only_its_user_can_read_it(folder: Path) -> None:
    store = begun(folder / "event.db")
    path = hosting.token_path(store, ID)
    keep_token(path, "secret")
    keep_token(path, "another")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("another\n", 0o600)
    store.close()


def test_a_service_that_is_told_to_stop_stops_in_order() -> None:
    async def stopped() -> bool:
        import os
        import signal

        stop = asyncio.Event()
        serving.told_to_stop(stop)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(stop.wait(), 60)
        return stop.is_set()

    assert asyncio.run(stopped())
