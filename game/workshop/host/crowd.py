"""Computer players who come to an event over the network and play at people's pace: to try whether a host carries them.

`python -m game.workshop.host.crowd BASE CODE PLAYERS SECONDS PACE SEED` is a crowd in a process of its own, as a room
is; it prints what it lived through as JSON. PACE is the seconds between two moves of one player, on average.

The crowd shares the machine with the host that it tries, so it must cost less: each player keeps one connection and
speaks just the HTTP that the host answers with, which takes a fifth of what a client for everything takes.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlsplit

from game.workshop.kept.codes import new_token

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


class _Line:
    """One player's connection to a host, kept from one request to the next."""

    def __init__(self, base: str) -> None:
        at = urlsplit(base)
        self._host, self._port, self._name = at.hostname or "", at.port or 80, at.netloc
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, token: str, data: Any = None) -> tuple[int, Any]:
        """The status and the body of an answer; status 0, and what went wrong, where there is none."""
        body = b"" if data is None else json.dumps(data).encode()
        who = f"Authorization: Bearer {token}\r\n" if token else ""
        head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: {self._name}\r\n{who}Content-Length: {len(body)}"
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._answer(head.encode("ascii") + b"\r\n\r\n" + body)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.close()
            return 0, {"error": repr(error)}

    async def _answer(self, request: bytes) -> tuple[int, Any]:
        reader, writer = self._streams or await asyncio.open_connection(self._host, self._port)
        self._streams = reader, writer
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length is None:
            raise ValueError("an answer without a length")
        return int(head[9:12]), json.loads(await reader.readexactly(int(length[1])))

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Crowd:
    """Players of one event, in this process."""

    def __init__(self, base: str, code: str, pace: float, seed: int = 1, arrival: float = ARRIVAL) -> None:
        self._base, self._code, self._pace, self._seed = base, code, pace, seed
        self.lived = Lived()
        self._stop = asyncio.Event()
        self._arrival = arrival

    def stop(self) -> None:
        """Let everybody stop playing."""
        self._stop.set()

    async def play(self, players: int, seconds: float) -> Lived:
        """Let this many come, and play for this long after the first came."""
        self._arrival = min(self._arrival, seconds / 4)
        lines = [_Line(self._base) for _ in range(players)]
        everybody = [asyncio.create_task(self._one(line, number, players)) for number, line in enumerate(lines)]
        await asyncio.wait(everybody, timeout=seconds)
        self.stop()
        await asyncio.wait(everybody)
        for line in lines:
            line.close()
        for task in everybody:
            if task.exception() is not None:
                self._failed(repr(task.exception()))
        return self.lived

    async def _one(self, line: _Line, number: int, of: int) -> None:
        chance = random.Random(f"{self._seed}/{number}")
        if await self._slept(self._arrival * number / of if self._pace else 0):
            return
        join = {"code": self._code, "token": new_token()}
        while (asked := await line.ask("/api/seats", "", join))[0] != 201:
            if not await self._went_wrong("joining", asked[1]):
                return
        seat = asked[1]
        self.lived.joined += 1
        made = self.lived.made.setdefault(str(seat["seat"]), [])
        token = seat["token"]
        now: Any = {}
        move: Any = None
        while not self._stop.is_set() and now.get("state") != "over":
            if now.get("state") != "playing":
                news = f"?since={now['version']}&wait=2" if now else ""
                status, answer = await line.ask(f"/api/now{news}", token)
                if status == 200:
                    now = answer
                elif not await self._went_wrong("news", answer):
                    return
                continue
            if move is None:
                if self._pace and await self._slept(min(chance.expovariate(1 / self._pace), 4 * self._pace)):
                    return
                move = self._chosen(now, chance)
            began = perf_counter()
            status, answer = await line.ask("/api/moves", token, move)
            if status == 200:
                self.lived.seconds.append(perf_counter() - began)
                self.lived.moves += 1
                made.append((move["round"], move["buyer"], move["n"], move["move"]))
                now, move = answer, None
            elif status == 409:
                now, move = answer["now"], None
            elif not await self._went_wrong("a move", answer):  # the same one is sent again, and made once
                return

    @staticmethod
    def _chosen(now: Any, chance: random.Random) -> dict[str, Any]:
        """A move that can be made here, as it is sent."""
        run = now["run"]
        return {
            "round": now["round"],
            "buyer": run["buyer"],
            "n": run["n"],
            "move": pick(run["view"]["options"], chance),
            "told": run["told"] + len(run["view"]["transcript"]),
        }

    async def _went_wrong(self, what: str, answer: Any) -> bool:
        """Note it, and return whether to go on."""
        self._failed(f"{what}: {answer}")
        return not await self._slept(1)

    async def _slept(self, seconds: float) -> bool:
        """Sleep, and return whether it was for the last time."""
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return False
        return True

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
