"""An event in PostgreSQL that several processes serve: what one has taken, the others know, and it is there once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from game.cli import main
from game.workshop.hall.acts import close_in_time, open_round
from game.workshop.kept.errors import StoreError
from game.workshop.kept.store import Store
from game.workshop.kept.tables import ENTRIES
from tests.game.conftest import KIOSK
from tests.game.workshop.kept.test_durable import Host, ask, moves_of, room_in, until
from tests.game.workshop.postgres import Database, missing, postgres
from tests.game.workshop.served import CODE, Service, begun, played_twice, service
from tests.parts import need

ENDS = ("ask-for-decision", "finish")
"""Kinds of moves that a sale may end with at once."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    need(not missing(), missing())
    with postgres() as url:
        yield url


@pytest.fixture
def database(server: str) -> Iterator[Database]:
    made = Database(server)
    yield made
    made.drop()


@contextlib.asynccontextmanager
async def two(database: Database) -> AsyncIterator[tuple[Service, Service]]:
    """Two that serve one event, each as a process of its own would."""
    first = begun(database.url)
    second = Store(database.url)
    async with service(first) as one, service(second, worker=True) as other:
        yield one, other
    first.close()
    second.close()


# --- two that know what the other has taken --------------------------------------------------------------------------


async def test_a_player_may_come_through_either_at_every_request(database: Database) -> None:
    async with two(database) as (one, other):
        token = await one.join("Ann")
        await other.open()
        chance, both = random.Random(1), (one, other)
        now, made = await other.now(token), 0
        while now["state"] == "playing":
            here, there = chance.sample(both, 2)
            name = chance.choice(now["run"]["view"]["options"])["name"]
            answer = await here.move(token, now, name)
            repeated = await there.move(token, now, name)
            assert (answer.status, repeated.status) == (200, 200)
            made += 1
            assert (await there.now(token))["version"] == (await here.now(token))["version"]
            now = answer.body
        await one.close()
        await other.hall.catch_up()
        assert one.hall.room.link == other.hall.room.link
    assert len(moves_of(room_in(database.url), 1)) == made


async def test_what_one_has_given_or_taken_away_holds_at_the_other_at_once(database: Database) -> None:
    async with two(database) as (one, other):
        ann, _ = await one.join("Ann"), await other.join("Bea")
        assert (await other.now(ann))["state"] == "waiting"
        assert (await one.get("/api/board", other.board)).status == 200
        code = (await one.post("/api/host/recover", one.host, seat=1)).body["code"]
        found = await asyncio.gather(*(each.post("/api/seats/recover", code=code) for each in (one, other)))
        assert sorted(each.status for each in found) == [201, 403]  # once is once
        changed = (await one.post("/api/host/adjust", other.host, action="code", reason="it was shared")).body["code"]
        assert (await other.post("/api/seats", code=changed)).status == 201
        assert (await other.post("/api/seats", code=CODE)).status == 403
        await one.post("/api/host/adjust", one.host, action="rename", seat=2, name="Cleo", reason="as asked")
        await one.post("/api/host/forget", one.host, seat=1)
        assert (await other.get("/api/now", ann)).status == 401
        names = {each["seat"]: each["name"] for each in (await other.get("/api/host", other.host)).body["seats"]}
        assert (names[1], names[2]) == (None, "Cleo")


async def test_who_waits_at_one_hears_what_happens_at_the_other(database: Database) -> None:
    async with two(database) as (one, other):
        token = await one.join()
        waiting = await other.news(token, await other.now(token))
        await one.open()
        assert (await waiting).body["state"] == "playing"


async def test_many_at_both_lose_nothing_double_nothing_and_have_a_seat_and_a_name_of_their_own(
    database: Database,
) -> None:
    async with two(database) as (one, other):
        tokens = await asyncio.gather(*((one, other)[seat % 2].join("Ann") for seat in range(8)))
        await one.open()

        made = await asyncio.gather(*(played_twice(one, other, token, luck) for luck, token in enumerate(tokens)))
        await other.close()
        await one.hall.catch_up()
        assert len(set(one.hall.names.values())) == 8
        seats = {one.hall.access(token).seat: moves for token, moves in zip(tokens, made, strict=True)}  # type: ignore[union-attr]
    room = room_in(database.url)
    assert {seat: len(moves_of(room, seat)) for seat in room.seats} == seats


async def test_a_round_is_closed_by_whose_time_is_up_and_never_the_one_after_it(folder: Path) -> None:
    async with service(begun(folder / "event.db")) as hall:
        await hall.hall.do(open_round)
        standing = hall.hall.standing
        ends = standing.room.rounds[0].ends or 0
        assert close_in_time(standing, ends - 1).standing is standing
        assert close_in_time(standing, ends).standing.room.rounds[0].closed is not None


# --- a database that is gone -----------------------------------------------------------------------------------------


async def test_a_database_that_goes_in_a_round_is_said_to_both_and_play_goes_on_when_it_is_back(
    database: Database,
) -> None:
    async with two(database) as (one, other):
        token = await one.join()
        await one.open()
        now = await other.now(token)
        database.go()
        for each in (one, other):
            refused = await each.move(token, now)
            assert (refused.status, refused.code) == (503, "store")
            assert "The host cannot write that down just now" in refused.body["error"]
            assert "firstvisit_" not in refused.body["error"]  # players learn nothing about it
            assert "The database cannot be used" in each.hall.trouble
        database.come_back()
        assert (await other.move(token, now)).status == 200
        assert (await one.move(token, now)).status == 200  # the same move once
        while one.hall.trouble or other.hall.trouble:
            await asyncio.sleep(0.05)
        assert (await one.now(token))["run"]["n"] == 1
    assert len(moves_of(room_in(database.url), 1)) == 1


# --- two processes, one of which is killed ---------------------------------------------------------------------------


class Worker:
    """`firstvisit host --worker` in a process of its own, which is killed at the end of the block at the latest."""

    def __init__(self, home: Path, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game", "host", "--worker", "--store", url, "--port", "0"],
            stdout=subprocess.PIPE,
            env={**os.environ, "FIRSTVISIT_HOME": str(home), "PYTHONUNBUFFERED": "1"},
            text=True,
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        found = re.search(r"served at (\S+)", said)
        if found is None:
            self.end(signal.SIGKILL)
        assert found, said
        self.base = found[1]

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGKILL)

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return self.process.wait()


async def play_at_both(bases: list[str], token: str, answered: list[tuple[int, int, str]]) -> None:
    """Play to the end of the round, asking the one or the other; who does not answer is asked no more.
    No sale ends with the first move, as nobody begins by asking for a decision or letting the rest of the time pass.
    """
    chance, left = random.Random(token), list(bases)
    async with aiohttp.ClientSession() as client:

        async def asked(path: str, data: Any = None) -> Any:
            while True:
                base = chance.choice(left)
                try:
                    status, found = await ask(client, base, path, token, data)
                except (aiohttp.ClientError, OSError):
                    assert len(left) > 1, "nobody answers"
                    left.remove(base)
                    continue
                if status != 200:  # nobody plays so fast
                    assert found["code"] == "slow", found
                    await asyncio.sleep(0.2)
                    continue
                return found

        now = await asked("/api/now")
        while now["state"] == "playing":
            run = now["run"]
            options = [each for each in run["view"]["options"] if run["n"] or each["kind"] not in ENDS]
            name = chance.choice(options)["name"]
            now = await asked("/api/moves", {"round": 0, "buyer": run["buyer"], "n": run["n"], "move": name})
            answered.append((run["buyer"], run["n"], name))


async def test_when_one_of_two_processes_is_killed_the_other_goes_on_and_the_export_verifies(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "kiosk.yaml").write_text(KIOSK)  # of which par is soon known
    (folder / "event.yaml").write_text(
        "format: 1\ntitle: Two hosts\nrounds:\n  - scenario: kiosk.yaml\n    buyers: 3\n"
    )
    with (
        Host(folder, str(folder / "event.yaml"), "--store", database.url) as host,
        Worker(folder, database.url) as worker,
    ):
        async with aiohttp.ClientSession() as client:

            async def done(path: str, token: str = "", **data: Any) -> Any:
                status, body = await ask(client, worker.base, path, token, data)
                assert status in (200, 201), body
                return body

            tokens = [(await done("/api/seats", code=host.code))["token"] for _ in range(5)]
            await done("/api/host/open", host.token)
            answered: list[list[tuple[int, int, str]]] = [[] for _ in tokens]
            playing = asyncio.gather(
                *(
                    play_at_both([host.base, worker.base], token, done)
                    for token, done in zip(tokens, answered, strict=True)
                )
            )
            await until(lambda: sum(map(len, answered)) >= 15, playing)  # of 30 at least
            host.kill()
            await playing
            await done("/api/host/close", host.token)
            event = (await ask(client, worker.base, "/api/event"))[1]
        assert worker.end(signal.SIGTERM) == 0
    room = room_in(database.url, event["id"])
    assert [moves_of(room, seat) for seat in room.seats] == answered

    monkeypatch.setenv("FIRSTVISIT_HOME", str(folder))
    monkeypatch.chdir(folder)
    here = ("--processes", "1")  # where par is worked out in a few runs
    assert main(["results", event["title"], "--store", database.url, "--output", "results", *here]) == 0
    assert main(["verify", "results/event.zip", *here]) == 0
    assert main(["forget", event["title"], "--store", database.url, "--seat", "1"]) == 0
    assert not Path("results/names.csv").exists()
    assert main(["forget", event["title"], "--store", database.url, "--all"]) == 0
    assert main(["results", "--store", database.url]) == 0
    assert "No event is kept in this database" in capsys.readouterr().out
    assert not [each for each in (folder / "events").iterdir() if each.suffix == ".db"]


# --- the tables ------------------------------------------------------------------------------------------------------


def as_of_old(connection: sa.Connection) -> None:
    """Make the tables as they were before they carried a version."""
    connection.exec_driver_sql("DROP TABLE alembic_version")
    connection.exec_driver_sql("ALTER TABLE events DROP COLUMN beside")


def migrated(where: Path | str, engine: sa.Engine) -> None:
    begun(where).close()
    with engine.begin() as connection:
        as_of_old(connection)
    store = Store(where)
    with store.reading() as kept:
        assert len(kept.events()) == 1
    store.close()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), ENTRIES.metadata) == []
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="a later version of First Visit"):
        Store(where)
    engine.dispose()


def test_an_event_of_an_earlier_version_is_taken_up_from_a_file(folder: Path) -> None:
    migrated(folder / "event.db", sa.create_engine(f"sqlite:///{folder / 'event.db'}"))


def test_an_event_of_an_earlier_version_is_taken_up_from_a_database(database: Database) -> None:
    migrated(database.url, sa.create_engine(database.url.replace("://", "+psycopg://")))


def test_many_may_come_to_an_empty_database_at_once(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        for store in pool.map(Store, [database.url] * 4):
            store.close()
