"""Nothing that was answered is lost, and nothing is there twice: through kills, full disks and moved files."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from game.workshop.hall.acts import AWAY
from game.workshop.hall.writer import Hall
from game.workshop.host.crowd import Crowd
from game.workshop.host.rehearsing import lost
from game.workshop.kept import events
from game.workshop.kept.errors import StoreError
from game.workshop.kept.store import Store
from game.workshop.kept.transaction import Kept, kept_room
from game.workshop.log.entries import linked
from game.workshop.log.refused import Refused
from game.workshop.log.room import MINUTE, Room
from tests.game.workshop.served import ID, Service, begun, played_twice, service


def room_in(path: Path | str, event: str = ID) -> Room:
    """What the log in a file comes to, once every link of it was compared."""
    store = Store(path)
    with store.transaction() as kept:
        assert kept.links(event) == [link for _, link in linked(kept.entries(event))]
        room = kept_room(kept, event)
    store.close()
    return room


# --- a process that is killed ----------------------------------------------------------------------------------------


class Host:
    """`firstvisit host --plain` in a process of its own, which is killed at the end of the block at the latest."""

    def __init__(self, home: Path, *what: str) -> None:
        environment = {**os.environ, "FIRSTVISIT_HOME": str(home), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game", "host", "--plain", *what],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        try:
            said = self._said()
            self.base = re.search(r"Join at (\S+)", said)[1]  # type: ignore[index]
            self.code = re.search(r"the code (\w+)", said)[1]  # type: ignore[index]
            self.token = Path(re.search(r"API is in (.*)", said)[1]).read_text().strip()  # type: ignore[index]
        except BaseException:
            self.kill()
            raise

    def _said(self) -> str:
        """What it says until it waits for the host."""
        said = ""
        assert self.process.stdout is not None
        while "Type open" not in said:
            line = self.process.stdout.readline()
            assert line, said
            said += line
        return said

    def __enter__(self) -> Host:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            with contextlib.suppress(OSError):
                stream.close()


async def until(what: Callable[[], bool], playing: asyncio.Future[Any]) -> None:
    """Wait until something is so, for as long as people play: if they cannot go on, it says why."""
    while not what():
        if playing.done():
            await playing
            assert what(), "everybody has stopped playing"
        await asyncio.sleep(0.01)


async def ask(client: aiohttp.ClientSession, base: str, path: str, token: str = "", data: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    method = "GET" if data is None else "POST"
    async with client.request(method, base + path, json=data, headers=headers) as response:
        return response.status, json.loads(await response.read())


def moves_of(room: Room, seat: int) -> list[tuple[int, int, str]]:
    found = []
    for (_, buyer, who), run in sorted(room.runs.items()):
        if who == seat:
            for n, state in enumerate(run.state.states()[1:]):
                found.append((buyer, n, state.game.move_name(state.action)))
    return found


async def test_a_host_that_is_killed_while_people_come_and_play_seats_each_once_and_has_every_move_that_was_answered(
    folder: Path,
) -> None:
    with Host(folder, "saturday-showroom", "--port", "0") as host:
        async with aiohttp.ClientSession() as client:
            await ask(client, host.base, "/api/host/open", host.token, {})
        early, late = (
            Crowd(host.base, host.code, pace=0.01, arrival=0),
            Crowd(host.base, host.code, pace=0.01, seed=2, arrival=1.5),
        )
        playing: asyncio.Future[Any] = asyncio.create_task(early.play(4, seconds=600))
        await until(lambda: early.lived.joined == 4 and early.lived.moves >= 40, playing)
        playing = asyncio.gather(playing, late.play(6, seconds=600))
        await until(lambda: late.lived.joined >= 1, playing)
    before = early.lived.moves + late.lived.moves
    with await asyncio.to_thread(Host, folder, "--resume") as again:
        assert (again.code, again.base) == (host.code, host.base)
        await until(
            lambda: late.lived.joined == 6 and early.lived.moves + late.lived.moves >= before + 40,
            playing,
        )
        early.stop()
        late.stop()
        await playing
        async with aiohttp.ClientSession() as client:
            event = (await ask(client, again.base, "/api/event"))[1]["id"]
    (file,) = (each for each in (folder / "events").glob("*.db") if "after-round" not in each.name)
    room = room_in(file, event)
    assert len(room.seats) == 10
    assert lost(early.lived.made | late.lived.made, room) == 0


# --- a disk that is full, a file that is gone ------------------------------------------------------------------------


async def test_a_move_that_cannot_be_written_has_not_happened_and_can_be_made_again(folder: Path) -> None:
    store = begun(folder / "event.db")
    async with service(store) as hall:
        token = await hall.join()
        await hall.open()
        now = await hall.now(token)
        with store._engine.connect() as connection:  # as small as it is now: SQLite says that the disk is full
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        failed = None
        for _ in range(400):  # until the last page is full
            answer = await hall.move(token, now)
            if answer.status != 200:
                failed = answer
                break
            now = answer.body
            if now["state"] != "playing":
                token = await hall.join()
                now = await hall.now(token)
        assert failed is not None
        assert (failed.status, failed.code) == (503, "store")
        assert "Nothing that you did is lost" in failed.body["error"]
        assert "full" in hall.hall.trouble
        await hall.hall.catch_up()
        assert "full" in hall.hall.trouble, "that it can be read mends nothing"
        assert (await hall.now(token))["version"] == now["version"]
        with store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert (await hall.move(token, now)).status == 200
        assert not hall.hall.trouble
        live = hall.hall.room
    assert room_in(folder / "event.db").link == live.link


async def test_an_event_s_file_that_was_moved_away_is_noticed_and_no_move_is_answered(folder: Path) -> None:
    path = folder / "event.db"
    async with service(begun(path)) as hall:
        token = await hall.join()
        await hall.open()
        now = await hall.now(token)
        path.rename(folder / "elsewhere.db")
        answer = await hall.move(token, now)
        assert (answer.status, answer.code) == (503, "store")
        path.write_bytes(b"")
        assert (await hall.move(token, now)).status == 503
        path.unlink()
        (folder / "elsewhere.db").rename(path)
        assert (await hall.move(token, now)).status == 200


async def test_a_person_who_is_deleted_from_elsewhere_is_nobody_here_either(folder: Path) -> None:
    path = folder / "event.db"
    async with service(begun(path)) as hall:
        token = await hall.join("Ann")
        other = Store(path)
        with other.transaction() as kept:
            kept.forget(ID, 1)
        other.close()
        while hall.hall.names:
            await asyncio.sleep(0.01)
        assert (await hall.get("/api/now", token)).code == "token"
        assert "Ann" not in str((await hall.get("/api/board", hall.board)).body)


async def test_an_event_that_is_deleted_from_elsewhere_is_served_to_nobody(folder: Path) -> None:
    path = folder / "event.db"
    async with service(begun(path)) as hall:
        token = await hall.join("Ann")
        await hall.open()
        events.delete(events.KeptEvent(path, Kept(ID, "", 0, 0)))
        while not hall.hall.deleted:
            await asyncio.sleep(0.01)
        for found, at in ((token, "/api/now"), (hall.board, "/api/board"), (hall.host, "/api/host")):
            assert (await hall.get(at, found)).code == "token"
    assert not list(folder.iterdir())


def test_a_file_that_is_no_event_s_is_said(folder: Path) -> None:
    (folder / "event.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(folder / "event.db")
    with pytest.raises(StoreError):
        Store(folder / "event.db" / "under-a-file.db")


def test_a_log_that_was_changed_in_the_file_is_not_taken_up(folder: Path) -> None:
    asyncio.run(_some_moves(folder / "event.db"))
    with contextlib.closing(sqlite3.connect(folder / "event.db")) as file:
        file.execute("UPDATE entries SET text = replace(text, '\"seat\":1', '\"seat\":2') WHERE n = 0")
        file.commit()
    store = Store(folder / "event.db")
    with pytest.raises(Refused, match="This seat is not in the game"):
        Hall(store, ID)
    store.close()


async def _some_moves(path: Path) -> None:
    async with service(begun(path)) as hall:
        token = await hall.join()
        await hall.open()
        for _ in range(3):
            await hall.move(token, await hall.now(token))


# --- many at once ----------------------------------------------------------------------------------------------------


async def test_a_room_full_of_players_loses_nothing_doubles_nothing_and_adds_up(folder: Path) -> None:
    path = folder / "event.db"
    async with service(begun(path)) as hall:
        tokens = await asyncio.gather(*(hall.join() for _ in range(30)))
        await hall.open()

        made = await asyncio.gather(*(played_twice(hall, hall, token, luck) for luck, token in enumerate(tokens)))
        await hall.close()
        live = hall.hall.room
    room = room_in(path)
    assert room.link == live.link
    assert sorted(len(moves_of(room, seat)) for seat in range(1, 31)) == sorted(made)  # seats go by who came first
    assert {key: run.state.returns() for key, run in room.runs.items()} == {
        key: run.state.returns() for key, run in live.runs.items()
    }


async def test_after_each_round_a_copy_of_the_event_lies_beside_it(folder: Path) -> None:
    async with service(begun(folder / "event.db")) as hall:
        await hall.join()
        await hall.open()
        await hall.close()
        copy = folder / "event.after-round-1.db"
        while not copy.exists():
            await asyncio.sleep(0.01)
    assert room_in(copy).rounds[0].secret is not None


async def test_nothing_is_written_any_more_once_the_event_has_ended_here(folder: Path) -> None:
    begins, ends = threading.Event(), threading.Event()

    class Slow(Store):
        def copy(self, to: Path) -> None:
            begins.set()
            time.sleep(0.2)
            super().copy(to)
            ends.set()

    begun(folder / "event.db").close()
    async with service(Slow(folder / "event.db")) as hall:
        await hall.open()
        await hall.close()
        await asyncio.to_thread(begins.wait)
    assert ends.is_set()


# --- the host's clock ------------------------------------------------------------------------------------------------


async def test_the_time_in_which_the_host_was_away_is_given_back(folder: Path) -> None:
    path = folder / "event.db"

    def later(minutes: int) -> Any:
        return lambda earliest: lambda: earliest + minutes * MINUTE

    async with service(begun(path), clock=later(0)) as hall:
        await hall.open()
        ends = hall.hall.room.rounds[0].ends
    async with service(Store(path), clock=later(7)) as hall:
        now = hall.hall.room.rounds[0]
        assert now.running
        assert now.ends == (ends or 0) + 7 * MINUTE
        assert [each.reason for each in hall.hall.room.adjustments] == [AWAY]


async def test_the_time_in_which_the_host_s_lid_was_closed_is_given_back(folder: Path) -> None:
    class Clock:
        at = 0

    def by_hand(earliest: int) -> Any:
        Clock.at = earliest
        return lambda: Clock.at

    async with service(begun(folder / "event.db"), clock=by_hand) as hall:
        token = await hall.join()
        await hall.open()
        ends = hall.hall.room.rounds[0].ends or 0
        Clock.at += 600 * MINUTE
        while not hall.hall.room.adjustments:
            await asyncio.sleep(0.01)
        (made,) = hall.hall.room.adjustments
        assert (made.action, made.minutes, made.reason) == ("more-time", 600, AWAY)
        assert hall.hall.room.rounds[0].ends == ends + 600 * MINUTE
        assert (await hall.move(token, await hall.now(token))).status == 200
        Clock.at += MINUTE // 2
        assert (await hall.move(token, await hall.now(token))).status == 200
        assert len(hall.hall.room.adjustments) == 1


async def test_a_clock_that_was_set_back_makes_no_time_go_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "event.db"
    async with service(begun(path)) as hall:
        token = await hall.join()
        await hall.open()
        await hall.move(token, await hall.now(token))
        before = hall.hall.room.at
    early = time.time_ns() - 3_600_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: early)
    async with service(Store(path)) as hall:
        await hall.move(token, await hall.now(token))
        room: Service = hall
        assert room.hall.room.at >= before
        assert room.hall.room.runs[(0, 0, 1)].moves == 2
