"""An event served on loopback, to be asked over HTTP as clients do."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from engine.rules import RULES_VERSION
from game.workshop.hall.admission import give
from game.workshop.hall.writer import Clock, Hall, clock_from
from game.workshop.kept.store import Store
from game.workshop.kept.transaction import Access, Transaction
from game.workshop.log.entries import Began, text_hash
from game.workshop.log.plan import Event
from game.workshop.web.api import Api
from game.workshop.web.limits import Limits
from game.workshop.web.serving import Place, bound, names_of, served
from tests.game.workshop.halls import SECRETS, event, load

CODE = "ABC234"
ID = "0123456789abcdef"


def begun(path: Path | str, planned: Event | None = None) -> Store:
    """A store with an event that nobody has joined."""
    store = Store(path)
    with store.transaction() as kept:
        begin_in(kept, planned)
    return store


def begin_in(kept: Transaction, planned: Event | None = None) -> None:
    """Begin an event that nobody has joined."""
    planned = planned or event()
    scenarios, texts = zip(*(load(each.scenario) for each in planned.rounds), strict=True)
    began = Began(
        seq=0,
        at=time.time_ns() // 1_000_000,
        id=ID,
        event=planned,
        digests=tuple(each.digest() for each in scenarios),
        texts=tuple(map(text_hash, texts)),
        rules=RULES_VERSION,
        program="0.1.0",
    )
    kept.begin(began, CODE, [SECRETS[number] for number in range(len(texts))], texts)


class Answer:
    """What came back."""

    def __init__(self, status: int, headers: Any, body: Any) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def code(self) -> str:
        return str(self.body["code"])


class Service:
    """A served event, with what it takes to ask it."""

    def __init__(self, api: Api, base: str, client: aiohttp.ClientSession, host: str, board: str) -> None:
        self.hall = api.hall
        self.afterwards = api.broadcast.afterwards
        self.base = base
        self.client = client
        self.host = host
        self.board = board

    async def ask(self, method: str, path: str, token: str = "", **how: Any) -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers.update(how.pop("headers", {}))
        async with self.client.request(method, self.base + path, headers=headers, **how) as response:
            found = await response.read()
            is_json = response.content_type == "application/json"
            return Answer(response.status, response.headers, await response.json() if is_json else found)

    async def get(self, path: str, token: str = "", **how: Any) -> Answer:
        return await self.ask("GET", path, token, **how)

    async def post(self, path: str, token: str = "", **data: Any) -> Answer:
        return await self.ask("POST", path, token, json=data)

    async def join(self, name: str = "") -> str:
        """Take a seat and return its token."""
        answer = await self.post("/api/seats", code=CODE, name=name)
        assert answer.status == 201, answer.body
        return str(answer.body["token"])

    async def open(self) -> None:
        answer = await self.post("/api/host/open", self.host)
        assert answer.status == 200, answer.body

    async def close(self) -> None:
        answer = await self.post("/api/host/close", self.host)
        assert answer.status == 200, answer.body

    async def now(self, token: str) -> Any:
        answer = await self.get("/api/now", token)
        assert answer.status == 200, answer.body
        return answer.body

    async def news(self, token: str, now: Any) -> asyncio.Task[Answer]:
        """Ask what comes after `now`, and return the answer that is to come as soon as the host has let it wait."""

        def waiting() -> int:
            return sum(map(len, self.hall._waiting.values()))

        before, asked = waiting(), asyncio.create_task(self.get(f"/api/now?since={now['version']}&wait=25", token))
        while waiting() == before and not asked.done():
            await asyncio.sleep(0.01)
        return asked

    async def move(self, token: str, now: Any, name: str | None = None) -> Answer:
        """Make a move from where a seat is; the first one that is possible unless it is named."""
        run = now["run"]
        name = name or run["view"]["options"][0]["name"]
        where = {"round": now["round"], "buyer": run["buyer"], "n": run["n"]}
        return await self.post("/api/moves", token, **where, move=name)

    async def play(self, token: str, luck: int = 0) -> list[Any]:
        """Play every buyer of the round to the end, anyhow, and return all answers."""
        chance = random.Random(luck)
        answers = [await self.now(token)]
        while answers[-1]["state"] == "playing":
            options = answers[-1]["run"]["view"]["options"]
            answer = await self.move(token, answers[-1], chance.choice(options)["name"])
            assert answer.status == 200, answer.body
            answers.append(answer.body)
        return answers


async def played_twice(one: Service, other: Service, token: str, luck: int) -> int:
    """Play the first buyer anyhow, sending every move at the same time to the one and to the other, which may be the
    same; how many were made."""
    chance, made = random.Random(luck), 0
    now = await one.now(token)
    while now["state"] == "playing" and now["run"]["buyer"] == 0:
        name = chance.choice(now["run"]["view"]["options"])["name"]
        first, second = await asyncio.gather(one.move(token, now, name), other.move(token, now, name))
        assert (first.status, second.status) == (200, 200)
        now, made = first.body, made + 1
    return made


@asynccontextmanager
async def service(
    store: Store,
    *,
    rate: float = 1e6,
    burst: float = 1e6,
    clock: Any = clock_from,
    limits: bool = False,
    worker: bool = False,
) -> AsyncIterator[Service]:
    """The event of a store, served while the block runs. Requests are not limited, unless `limits`."""
    place = Place("127.0.0.1", 0)
    async with Hall(store, ID, clock, joins_others=worker) as hall:
        host, board = await hall.do(give(Access("host"))), await hall.do(give(Access("board")))
        limited = None if limits else Limits(asyncio.get_running_loop().time, rate, burst)
        api = Api(hall, names_of(place), ("http://127.0.0.1",), limited, worker)
        async with (
            served(api.application(), place, bound(place)) as port,
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client,
        ):
            yield Service(api, f"http://127.0.0.1:{port}", client, host, board)


__all__ = ["CODE", "ID", "Answer", "Clock", "Service", "begun", "played_twice", "service"]
