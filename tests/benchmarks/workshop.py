"""What a host carries, on loopback.

    python tests/benchmarks/workshop.py [--players N] [--seconds N] [--flood N] [--crash] [--store URL [--workers N]]

The host is `firstvisit host --plain` in a process of its own, the crowd is this one. So many players come within five
seconds; then as many make a move every four seconds; then as many move as fast as they are answered. After each measure
every move that was answered is looked up in the log, everybody who came is counted there, and the board is compared
with what the log comes to.

With --crash, everything that serves is killed (-9) in the middle of each measure, and begun again; the crowd asks until
it is answered. With an empty database as --store, the event is kept there, and so many workers serve it beside the
host; the crowd is spread over all of them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aiohttp

from game.workshop.host.crowd import ARRIVAL, Crowd, Lived
from game.workshop.host.rehearsing import lost
from game.workshop.kept.store import Store
from game.workshop.kept.transaction import kept_room
from game.workshop.log.entries import linked
from game.workshop.log.room import Room
from game.workshop.results.standings import standings

EVENT = """\
format: 1
title: Benchmark
rounds:
  - scenario: saturday-showroom
    buyers: 100
    minutes: 600
"""


class Process:
    """One process that serves the event."""

    def __init__(self, home: Path, port: int, until: str, *what: str) -> None:
        """Begin it, and wait until it has said `until`."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "game", "host", "--port", str(port), *what],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "FIRSTVISIT_HOME": str(home)},
            text=True,
        )
        self.said = ""
        assert self._process.stdout is not None
        while until not in self.said:
            line = self._process.stdout.readline()
            if not line:
                raise SystemExit(self.said)
            self.said += line
        self.base = re.search(r"http://[\d.:]+", self.said)[0]  # type: ignore[index]
        self.port = int(self.base.rpartition(":")[2])

    def spent(self) -> float:
        """Seconds of processor time that it has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """MiB that it holds."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self._process.pid}/status").read_text())
        return int(found[1]) // 1024 if found else 0

    def stop(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


class Served:
    """An event, its host, and the workers beside it."""

    def __init__(self, home: Path, store: str | None, workers: int) -> None:
        self._home, self._store = home, store
        self._in = ("--store", store) if store is not None else ()
        (home / "event.yaml").write_text(EVENT)
        self.host = self._host(0, str(home / "event.yaml"))
        self.code, token = (
            re.search(each, self.host.said)[1]  # type: ignore[index]
            for each in (r"the code (\w+)", r"API is in (.*)")
        )
        self._token = Path(token)
        self.workers = [self._worker(0) for _ in range(workers)]
        self.seats = 0

    def _host(self, port: int, *what: str) -> Process:
        return Process(self._home, port, "Type open", "--plain", *what, *self._in)

    def _worker(self, port: int) -> Process:
        return Process(self._home, port, "Its host", "--worker", *self._in)

    @property
    def all(self) -> list[Process]:
        return [self.host, *self.workers]

    def crash(self) -> float:
        """Kill all of it, begin again, and return the seconds until all of it serves."""
        began = time.perf_counter()
        for each in self.all:
            each.stop(signal.SIGKILL)
        self.host = self._host(self.host.port, "--resume")
        self.workers = [self._worker(each.port) for each in self.workers]
        return time.perf_counter() - began

    def stop(self) -> None:
        for each in self.all:
            each.stop(signal.SIGTERM)

    async def ask(self, path: str, data: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self._token.read_text().strip()}"}
        async with aiohttp.ClientSession() as client:
            method = "GET" if data is None else "POST"
            async with client.request(method, self.host.base + path, json=data, headers=headers) as response:
                return json.loads(await response.read())

    def room(self) -> Room:
        """What the log comes to where it is kept, once every link of it was compared."""
        files = (each for each in (self._home / "events").glob("*.db") if "after-round" not in each.name)
        store = Store(self._store if self._store is not None else next(files))
        with store.reading() as kept:
            event = kept.events()[0].id
            assert kept.links(event) == [link for _, link in linked(kept.entries(event))]
            room = kept_room(kept, event)
        store.close()
        return room


async def lived_at(served: Served, players: int, seconds: float, pace: float, seed: int) -> Lived:
    """What a crowd lives through that is spread over all that serve."""
    crowds = [Crowd(each.base, served.code, pace, seed + 100 * n) for n, each in enumerate(served.all)]
    shares = [players // len(crowds) + (n < players % len(crowds)) for n in range(len(crowds))]
    many = await asyncio.gather(*(crowd.play(share, seconds) for crowd, share in zip(crowds, shares, strict=True)))
    return Lived(
        sum(each.joined for each in many),
        sum(each.moves for each in many),
        [failure for each in many for failure in each.failures],
        [one for each in many for one in each.seconds],
        {seat: made for each in many for seat, made in each.made.items()},
    )


async def measure(
    name: str, served: Served, players: int, seconds: float, pace: float, seed: int, crash: float | None
) -> None:
    """Let a crowd play, with a crash after so many seconds, and print what it lived through and what is left of it."""
    spent, own = sum(each.spent() for each in served.all), time.process_time()
    began, away = time.perf_counter(), 0.0
    playing = asyncio.create_task(lived_at(served, players, seconds, pace, seed))
    if crash is not None:
        await asyncio.sleep(crash)
        away = await asyncio.to_thread(served.crash)
    lived = await playing
    took = time.perf_counter() - began
    own = time.process_time() - own
    spent = sum(each.spent() for each in served.all) - (0 if crash is not None else spent)
    board, room = await served.ask("/api/board"), await asyncio.to_thread(served.room)
    served.seats += lived.joined
    times = sorted(1000 * each for each in lived.seconds)
    p50, p99, worst = (within(times, share) for share in (0.5, 0.99, 1))
    print(
        f"{name:<20} {lived.joined:>4} joined {lived.moves:>7,} moves {lived.moves / took:>7,.0f}/s for {took:.0f} s  "
        f"p50 {p50:6.1f}  p99 {p99:6.1f}  worst {worst:7.1f} ms"
    )
    names = {line["seat"]: line["name"] for line in board["standings"]["lines"]}
    lines = [asdict(line) for line in standings(room, names, board["now"], {}).lines]
    same = "is as the log says" if lines == board["standings"]["lines"] else "IS NOT AS THE LOG SAYS"
    print(
        f"{'':<20} lost or doubled {lost(lived.made, room)}; {len(room.seats)} seats for {served.seats} who came; the "
        f"board {same}; {room.seq + 1:,} entries"
    )
    if crash is not None:
        print(f"{'':<20} killed after {crash:.1f} s, back after {away:.1f} s more")
    else:
        shares = f"{100 * spent / took:.0f} % and {100 * own / took:.0f} % of a core"
        print(f"{'':<20} host and crowd took {shares}; {sum(each.memory() for each in served.all)} MiB")
        for failure in lived.failures[:5]:
            print(f"    {failure}")


def within(times: Sequence[float], share: float) -> float:
    """The time within which this share of answers came."""
    return times[min(len(times) - 1, int(share * len(times)))] if times else 0


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--players", type=int, default=200)
    options.add_argument("--seconds", type=float, default=60, help="of a move every four seconds")
    options.add_argument("--flood", type=float, default=60, help="seconds of moving as fast as answers come")
    options.add_argument("--crash", action="store_true")
    options.add_argument("--store")
    options.add_argument("--workers", type=int, default=0)
    chosen = options.parse_args()

    def middle(seconds: float) -> float | None:
        return seconds / 2 if chosen.crash and seconds else None

    with tempfile.TemporaryDirectory(prefix="firstvisit-benchmark-") as name:
        served = Served(Path(name), chosen.store, chosen.workers)
        await served.ask("/api/host/open", {})
        coming = 4 * ARRIVAL  # they come in the first quarter of it
        await measure("coming", served, chosen.players, coming, 4.0, 1, middle(ARRIVAL))
        await measure("a move every 4 s", served, chosen.players, chosen.seconds, 4.0, 2, middle(chosen.seconds))
        await measure("as fast as they can", served, chosen.players, chosen.flood, 0.0, 3, middle(chosen.flood))
        served.stop()


if __name__ == "__main__":
    asyncio.run(main())
