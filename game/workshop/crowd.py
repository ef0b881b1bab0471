"""Computer players who come to an event over the network and play at people's pace: to try whether a host carries them.

`python -m game.workshop.crowd BASE CODE PLAYERS SECONDS PACE SEED` is a crowd in a process of its own, as a room is; it
prints what it lived through as JSON. PACE is the seconds between two moves of one player, on average.

Importing this module imports aiohttp.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any, Final

import aiohttp

ARRIVAL: Final = 5.0
"""Seconds in which all of them come, or a quarter of the time if that is less."""
_PATIENCE: Final = 30.0


@dataclass(slots=True)
class Lived:
    """What a crowd lived through."""

    joined: int = 0
    moves: int = 0
    failures: list[str] = field(default_factory=list)
    """What went wrong, once each."""
    seconds: list[float] = field(default_factory=list)
    """How long each answer to a move took."""
    made: dict[str, list[tuple[int, int, int, str]]] = field(default_factory=dict)
    """By seat, every move that was answered: round, buyer, number and name."""


class Crowd:
    """Players of one event, in this process."""

    def __init__(self, base: str, code: str, pace: float, seed: int = 1) -> None:
        self._base, self._code, self._pace, self._seed = base, code, pace, seed
        self.lived = Lived()
        self._stop = asyncio.Event()
        self._arrival = ARRIVAL

    async def play(self, players: int, seconds: float) -> Lived:
        """Let this many come, and play for this long after the first came."""
        self._arrival = min(ARRIVAL, seconds / 4)
        connector = aiohttp.TCPConnector(limit=0)
        timeout = aiohttp.ClientTimeout(total=_PATIENCE)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as client:
            everybody = [asyncio.create_task(self._one(client, number, players)) for number in range(players)]
            with_time = asyncio.create_task(asyncio.wait(everybody))
            await asyncio.wait({with_time}, timeout=seconds)
            self._stop.set()
            await with_time
        for task in everybody:
            if task.exception() is not None:
                self._failed(repr(task.exception()))
        return self.lived

    async def _one(self, client: aiohttp.ClientSession, number: int, of: int) -> None:
        chance = random.Random(f"{self._seed}/{number}")
        if await self._slept(self._arrival * number / of if self._pace else 0):
            return
        status, seat = await self._ask(client, "/api/seats", "", {"code": self._code})
        if status != 201:
            self._failed(f"joining: {seat}")
            return
        self.lived.joined += 1
        made = self.lived.made.setdefault(str(seat["seat"]), [])
        token = seat["token"]
        _, now = await self._ask(client, "/api/now", token)
        while not self._stop.is_set() and now.get("state") != "over":
            if now.get("state") != "playing":
                path = f"/api/now?since={now.get('version', '')}&wait=2"
                status, now = await self._ask(client, path, token)
                continue
            if self._pace and await self._slept(min(chance.expovariate(1 / self._pace), 4 * self._pace)):
                return
            run = now["run"]
            name = pick(run["view"]["options"], chance)
            told = run["told"] + len(run["view"]["transcript"])
            move = {"round": now["round"], "buyer": run["buyer"], "n": run["n"], "move": name, "told": told}
            began = perf_counter()
            status, answer = await self._ask(client, "/api/moves", token, move)
            if status == 200:
                self.lived.seconds.append(perf_counter() - began)
                self.lived.moves += 1
                made.append((move["round"], move["buyer"], move["n"], name))
                now = answer
            elif status == 409:
                now = answer["now"]
            elif not await self._went_wrong(answer):
                return

    async def _went_wrong(self, answer: Any) -> bool:
        """Note it, and return whether to go on."""
        self._failed(f"a move: {answer}")
        return not await self._slept(1)

    async def _slept(self, seconds: float) -> bool:
        """Sleep, and return whether it was for the last time."""
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return False
        return True

    async def _ask(self, client: aiohttp.ClientSession, path: str, token: str, data: Any = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        method = "GET" if data is None else "POST"
        try:
            async with client.request(method, self._base + path, json=data, headers=headers) as response:
                return response.status, json.loads(await response.read())
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            return 0, {"error": repr(error)}

    def _failed(self, what: str) -> None:
        if what not in self.lived.failures:
            self.lived.failures.append(what)


def pick(options: Any, chance: random.Random) -> str:
    """Any move, but one that ends a conversation only now and then, so that a sale has some length."""
    lasting = [each for each in options if each["kind"] not in ("leave", "take-no", "finish", "vague-follow-up")]
    found = options if not lasting or chance.random() < 0.1 else lasting
    return str(chance.choice(found)["name"])


def main(arguments: list[str]) -> None:
    """Be a crowd, and print what it lived through."""
    base, code, players, seconds, pace, seed = arguments

    async def run() -> Lived:
        return await Crowd(base, code, float(pace), int(seed)).play(int(players), float(seconds))

    sys.stdout.write(json.dumps(asdict(asyncio.run(run()))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
