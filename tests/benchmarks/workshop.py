"""What a host carries, on loopback.

    python tests/benchmarks/workshop.py [--players N] [--seconds N] [--flood N] [--store URL [--workers N]]

The host is `firstvisit host --plain` in a process of its own, the crowd is this one. First so many players come within
five seconds and make a move every four; then the same number moves as fast as it is answered; then the host is killed
in the middle of the round and comes back. After each part every move that was answered is looked up in the log, and the
board is compared with what the log comes to. With an empty database as `--store`, the event is kept there, and so many
workers serve it beside the host; the crowd is spread over all of them.
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
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aiohttp

from game.workshop.crowd import Crowd, Lived
from game.workshop.rehearsing import lost
from game.workshop.room import Room
from game.workshop.standings import standings
from game.workshop.store import Store, kept_room

EVENT = """\
format: 1
title: Benchmark
rounds:
  - scenario: saturday-showroom
    buyers: 100
    minutes: 600
"""


class Host:
    """A host in a process of its own."""

    def __init__(self, home: Path, store: str | None, *what: str) -> None:
        self.home = home
        self.store = store
        what = (*what, "--store", store) if store is not None else what
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game", "host", "--plain", "--port", "0", *what],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "FIRSTVISIT_HOME": str(home)},
            text=True,
        )
        said = ""
        assert self.process.stdout is not None
        while "Type open" not in said:
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit(said)
            said += line
        self.base, self.code, token = (
            re.search(pattern, said)[1]  # type: ignore[index]
            for pattern in (r"Join at (\S+)", r"the code (\w+)", r"API is in (.*)")
        )
        self.token = Path(token).read_text().strip()

    async def ask(self, path: str, data: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with aiohttp.ClientSession() as client:
            method = "GET" if data is None else "POST"
            async with client.request(method, self.base + path, json=data, headers=headers) as response:
                return json.loads(await response.read())

    def spent(self) -> float:
        """Seconds of processor time that the host has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """MiB that the host holds."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        return int(found[1]) // 1024 if found else 0

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def room(self) -> Room:
        """What the log in the event's file comes to."""
        files = (each for each in (self.home / "events").glob("*.db") if "after-round" not in each.name)
        store = Store(self.store if self.store is not None else next(files))
        with store.transaction() as kept:
            room = kept_room(kept, kept.events()[0].id)
        store.close()
        return room


def worker(home: Path, store: str) -> tuple[subprocess.Popen[str], str]:
    """A process that serves the event beside its host, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "game", "host", "--worker", "--store", store, "--port", "0"],
        stdout=subprocess.PIPE,
        env={**os.environ, "FIRSTVISIT_HOME": str(home)},
        text=True,
    )
    assert process.stdout is not None
    return process, re.search(r"served at (\S+)", process.stdout.readline())[1]  # type: ignore[index]


async def lived_at(bases: list[str], code: str, players: int, seconds: float, pace: float, seed: int) -> Lived:
    """What a crowd lives through that is spread over several processes."""
    crowds = [Crowd(base, code, pace, seed + 100 * n) for n, base in enumerate(bases)]
    many = await asyncio.gather(*(each.play(players // len(bases), seconds) for each in crowds))
    return Lived(
        sum(each.joined for each in many),
        sum(each.moves for each in many),
        [failure for each in many for failure in each.failures],
        [one for each in many for one in each.seconds],
        {seat: made for each in many for seat, made in each.made.items()},
    )


def told(name: str, lived: Lived, seconds: float, host: Host, spent: float, room: Room) -> None:
    times = sorted(1000 * each for each in lived.seconds)

    def within(share: float) -> float:
        return times[min(len(times) - 1, int(share * len(times)))] if times else 0

    print(
        f"{name:<30} {lived.joined:>4} joined {lived.moves:>7,} moves {lived.moves / seconds:>7,.0f}/s  "
        f"p50 {within(0.5):6.1f}  p99 {within(0.99):6.1f}  worst {within(1):7.1f} ms  "
        f"lost or doubled {lost(lived.made, room)}  host {100 * spent / seconds:4.0f} % of a core, {host.memory()} MiB"
    )
    for failure in lived.failures[:5]:
        print(f"    {failure}")


async def part(name: str, host: Host, workers: list[str], players: int, seconds: float, pace: float, seed: int) -> None:
    spent, began = host.spent(), time.perf_counter()
    lived = await lived_at([host.base, *workers], host.code, players, seconds, pace, seed)
    took = time.perf_counter() - began
    spent = host.spent() - spent
    board = await host.ask("/api/board")
    room = host.room()
    told(name, lived, took, host, spent, room)
    names = {line["seat"]: line["name"] for line in board["standings"]["lines"]}
    lines = [asdict(line) for line in standings(room, names, board["now"], {}).lines]
    same = "as the log says" if lines == board["standings"]["lines"] else "NOT AS THE LOG SAYS"
    print(f"{'':<30} the board's {len(lines)} lines are {same}")


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--players", type=int, default=200)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--flood", type=float, default=30)
    options.add_argument("--store")
    options.add_argument("--workers", type=int, default=0)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="firstvisit-benchmark-") as name:
        folder = Path(name)
        (folder / "event.yaml").write_text(EVENT)
        host = Host(folder, chosen.store, str(folder / "event.yaml"))
        working = [worker(folder, chosen.store) for _ in range(chosen.workers)]
        beside = [base for _, base in working]
        await host.ask("/api/host/open", {})
        await part("a move every 4 s", host, beside, chosen.players, chosen.seconds, 4.0, 1)
        await part("as fast as they can", host, beside, chosen.players, chosen.flood, 0.0, 2)
        crowd = Crowd(host.base, host.code, 0.2, 3)
        playing = asyncio.create_task(crowd.play(chosen.players, 20))
        await asyncio.sleep(10)
        host.stop(signal.SIGKILL)
        room = host.room()
        began = time.perf_counter()
        again = Host(folder, chosen.store, "--resume", "--port", host.base.rpartition(":")[2])
        print(f"{'killed and back':<30} after {time.perf_counter() - began:.1f} s, with {room.seq + 1:,} entries")
        lived = await playing
        told("killed in the middle", lived, 20, again, 0, again.room())
        again.stop()
        for process, _ in working:
            process.terminate()
            process.communicate()


if __name__ == "__main__":
    asyncio.run(main())
