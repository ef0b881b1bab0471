"""`firstvisit host --rehearse N`: does this machine carry this many players, and can they reach it?

An event is served from a folder that is thrown away afterwards, and a crowd of computer players comes over loopback and
plays at people's pace, in a process of its own. Then every move that was answered is looked up in the log.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from game.text.bar import progress
from game.words.errors import FINE, WRONG, Failure

if TYPE_CHECKING:
    from game.workshop.log.event import Prepared
    from game.workshop.log.room import Room

SECONDS: Final = 40
PACE: Final = 4.0
"""Seconds between two moves of a player, on average."""
SMOOTH: Final = 0.1
"""Up to this many seconds nobody notices that they wait."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of a rehearsal."""

    asked: int
    joined: int
    moves: int
    lost: int
    """Moves that were answered and are not in the log, or are there twice."""
    p50_ms: float
    p99_ms: float
    worst_ms: float
    failures: tuple[str, ...]
    apart: str = ""
    """That the rounds cannot be ranked together, if so: there is time to plan others still."""

    @property
    def carried(self) -> bool:
        """Whether everybody came, nothing was lost, and nobody had to wait."""
        return self.joined == self.asked and not self.lost and not self.failures and self.p99_ms <= SMOOTH * 1000

    def as_data(self) -> dict[str, Any]:
        """The same for scripts."""
        return {
            "joined": self.joined,
            "moves": self.moves,
            "lost": self.lost,
            "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms,
            "worst_ms": self.worst_ms,
            "carried": self.carried,
            "failures": list(self.failures),
        }


def rehearse(prepared: Prepared, players: int, seconds: float = SECONDS) -> Rehearsed:
    """Let this many computer players play an event for this long, and say what came of it. Raises `Failure`."""
    from game.workshop.hall.memory import lasting

    with TemporaryDirectory(prefix="firstvisit-rehearsal-") as folder, lasting():
        return asyncio.run(_rehearsed(prepared, players, seconds, Path(folder)))


async def _rehearsed(prepared: Prepared, players: int, seconds: float, folder: Path) -> Rehearsed:
    from game.workshop.hall.acts import open_round
    from game.workshop.hall.writer import Hall
    from game.workshop.kept import events
    from game.workshop.results.standings import apart
    from game.workshop.web.api import Api
    from game.workshop.web.serving import Place, bound, names_of, served

    store, event = events.begin(prepared, folder=folder)
    place = Place("127.0.0.1", 0)
    async with Hall(store, event) as hall:
        api = Api(hall, names_of(place))
        async with served(api.application(), place, bound(place)) as port:
            await hall.do(open_round)
            what = [f"http://127.0.0.1:{port}", hall.standing.code, players, seconds, PACE, 1]
            with progress(
                "rehearsing", int(seconds), f"{players} computer players for {int(seconds)} seconds ..."
            ) as on:
                ticking = asyncio.create_task(_tick(on))
                lived = await crowd(*what)
                ticking.cancel()
        room = hall.room
    store.close()
    times = sorted(lived["seconds"])
    return Rehearsed(
        asked=players,
        joined=lived["joined"],
        moves=lived["moves"],
        lost=lost(lived["made"], room),
        p50_ms=_share_of(times, 0.5),
        p99_ms=_share_of(times, 0.99),
        worst_ms=_share_of(times, 1.0),
        failures=tuple(lived["failures"]),
        apart=apart(room),
    )


async def crowd(*what: object) -> Any:
    """What a crowd in a process of its own lives through. Raises `Failure` if that process dies."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "game.workshop.host.crowd", *map(str, what), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise Failure("The computer players' process ended early. Is there enough memory?")
    return json.loads(said)


async def _tick(on: Any) -> None:
    while True:
        await asyncio.sleep(1)
        on(1)


def lost(made: Mapping[str, Any], room: Room) -> int:
    """How many of the moves that were answered are not in a room, or are not there once."""
    missing = 0
    for seat, moves in made.items():
        kept = {
            (round, buyer, n, state.game.move_name(state.action))
            for (round, buyer, who), run in room.runs.items()
            if who == int(seat)
            for n, state in enumerate(run.state.states()[-run.moves :] if run.moves else ())
        }
        missing += sum(tuple(move) not in kept for move in moves) + max(0, len(kept) - len(moves) - 1)
    return missing


def _share_of(times: list[float], share: float) -> float:
    """The milliseconds within which this share of answers came; 0 without one."""
    return round(1000 * times[min(len(times) - 1, int(share * len(times)))], 1) if times else 0.0


def told(found: Rehearsed) -> Iterator[str]:
    """What came of a rehearsal, in sentences, and what to look at before the class."""
    from game.workshop.web.serving import addresses_here

    yield (
        f"{found.joined} of {found.asked} computer players came and made {found.moves:,} moves; lost: {found.lost}. "
        f"Half of the answers came within {found.p50_ms:g} ms, 99 of 100 within {found.p99_ms:g} ms, the slowest "
        f"after {found.worst_ms:g} ms."
    )
    yield from (f"Something went wrong: {each}" for each in found.failures)
    if found.carried:
        yield f"This machine can carry {found.asked} players."
    else:
        yield (
            "Nobody should have to wait longer than 100 ms, and nothing may be lost. Close other programs, plug the "
            "machine in, and rehearse again; or let fewer play at a time."
        )
    if found.apart:
        yield f"{found.apart}."
    here = addresses_here()
    if here:
        at = " or ".join(here)
        yield f"In this network, players reach it at {at} with --lan. Try it from a phone before the class."
    else:
        yield "This machine is in no network, so nobody else can reach it. Join one, or open a hotspot on it."
    yield (
        "If the phone does not get through, the network keeps guests apart, as many in schools and hotels do, or this "
        "machine's firewall lets nobody in. Allow the port in the firewall; or open a hotspot on this machine or on a "
        "phone, let everybody join that, and host with --lan again. It needs no internet."
    )


def report(prepared: Prepared, players: int, as_json: bool) -> int:
    """Rehearse, print what came of it, and return the exit code."""
    from game.text.wrapping import width, wrapped
    from game.words.visible import json_text, visible

    found = rehearse(prepared, players)
    if as_json:
        sys.stdout.write(json_text(found.as_data()) + "\n")
    else:
        for sentence in told(found):
            for line in wrapped(visible(sentence), width()):
                sys.stdout.write(line + "\n")
    return FINE if found.carried else WRONG
