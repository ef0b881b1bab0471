"""Several processes serve one event: what one has written, all others know, and every move is made once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from game.words.errors import NotFound
from game.workshop.hall import writer as halls
from game.workshop.kept import events
from game.workshop.kept.errors import StoreError
from game.workshop.kept.store import Store
from tests.game.workshop.postgres import missing, postgres
from tests.game.workshop.served import CODE, ID, Service, begin_in, begun, service
from tests.parts import need


class SharedFile(Store):
    """An SQLite file of which several processes are said to serve an event."""

    shared = True


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    need(not missing(), missing())
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def stores(request: pytest.FixtureRequest, folder: Path) -> Iterator[list[Store]]:
    """Two stores of one event."""
    if request.param == "sqlite":
        begun(folder / "event.db").close()
        found: list[Store] = [SharedFile(folder / "event.db"), SharedFile(folder / "event.db")]
    else:
        url = request.getfixturevalue("database")
        found = [Store(url), Store(url)]
        with found[0].transaction() as kept:
            kept.delete(ID)
            begin_in(kept)
    yield found
    for each in found:
        each.close()


@asynccontextmanager
async def both(stores: list[Store]) -> AsyncIterator[tuple[Service, Service]]:
    async with service(stores[0]) as one, service(stores[1], worker=True) as other:
        yield one, other


async def test_a_player_goes_from_one_to_the_other_with_every_move(stores: list[Store]) -> None:
    async with both(stores) as (one, other):
        token = await one.join("Ann")
        assert (await other.now(token))["name"] == "Ann"
        await one.open()
        await other.post("/api/seats", code=CODE)  # whatever is written there brings it up to date
        here, there = one, other
        now = await here.now(token)
        while now["state"] == "playing":
            answer = await there.move(token, now)
            assert answer.status == 200, answer.body
            now, here, there = answer.body, there, here
        await other.join("Bea")
        await one.join("Cid")
        assert other.hall.room.link != ""
    with stores[0].transaction() as kept:
        assert len(kept.entries(ID)) == one.hall.room.seq + 1


async def test_a_move_sent_to_both_is_made_once(stores: list[Store]) -> None:
    async with both(stores) as (one, other):
        token = await one.join()
        await one.open()
        now = await one.now(token)
        answers = await asyncio.gather(*(where.move(token, now) for where in (one, other) for _ in range(5)))
        assert {each.status for each in answers} == {200}, [each.body for each in answers if each.status != 200]
    with stores[0].transaction() as kept:
        assert sum(entry.kind == "move" for entry in kept.entries(ID)) == 1


async def test_news_from_one_reaches_who_waits_at_the_other(
    stores: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halls, "BEHIND", 0.02)
    async with both(stores) as (one, other):
        token = await one.join()
        now = await other.now(token)
        waiting = await other.news(token, now)
        await one.open()
        assert (await waiting).body["state"] == "playing"
        await one.post("/api/host/forget", one.host, seat=1)
        while (await other.get("/api/now", token)).status == 200:
            await asyncio.sleep(0.02)
        assert other.hall.names == {}


async def test_many_at_both_at_once_lose_nothing(stores: list[Store]) -> None:
    async with both(stores) as (one, other):
        tokens = await asyncio.gather(*(where.join() for where in (one, other) * 6))
        await one.open()
        await other.join()

        async def some(where: Service, token: str) -> int:
            made = 0
            now = await where.now(token)
            while now["state"] == "playing" and made < 5:
                answer = await where.move(token, now)
                assert answer.status == 200, answer.body
                now, made = answer.body, made + 1
            return made

        made = await asyncio.gather(*(some((one, other)[n % 2], token) for n, token in enumerate(tokens)))
    with stores[0].transaction() as kept:
        assert sum(entry.kind == "move" for entry in kept.entries(ID)) == sum(made)


async def test_a_worker_makes_no_boards(stores: list[Store]) -> None:
    async with both(stores) as (one, other):
        assert (await one.get("/api/board", one.host)).status == 200
        for path in ("/api/board", "/api/board/stream", "/api/standings", "/api/debrief/0"):
            assert (await other.get(path, one.host)).status == 404


def test_an_event_in_a_database_is_found_by_its_title(stores: list[Store]) -> None:
    assert events.find_in(stores[0], None) == events.find_in(stores[1], "An evening of doors") == ID
    with pytest.raises(NotFound, match="An evening of doors"):
        events.find_in(stores[0], "spring")


@pytest.mark.parametrize("stores", ["postgres"], indirect=True)
def test_an_event_in_a_database_is_deleted_once_its_time_has_come(stores: list[Store]) -> None:
    address = str(stores[0].where)
    (event,) = (each for each in events.every_event(address) if each.kept.id == ID)
    assert events.purge(event.kept.purge - 1, address) == ((), ())
    assert events.purge(event.kept.purge, address) == ((), (event,))
    assert events.purge(event.kept.purge + events.RESPITE, address) == ((event,), ())
    with stores[1].transaction() as kept:
        assert (kept.events(), kept.entries(ID), kept.names(ID), kept.accesses(ID), kept.texts(ID)) == (
            (),
            [],
            {},
            {},
            [],
        )


def test_a_database_that_is_not_there_is_said_without_its_password() -> None:
    with pytest.raises(StoreError) as caught:
        Store("postgresql://first:secret@127.0.0.1:9/none")
    assert "secret" not in str(caught.value)
