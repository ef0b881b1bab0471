"""An event to take home: two rounds, a few seats, some of them not finished, and the host has stepped in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from engine.par import Par
from engine.play import State
from game.workshop.export.files import Export, files
from game.workshop.kept.store import Store
from game.workshop.kept.transaction import Access
from game.workshop.log.entries import Adjusted, Entry, link_after, text_of
from game.workshop.log.plan import RoundPlan
from game.workshop.results.ranking import Baseline, Baselines
from tests.game.workshop.halls import SECRETS, Hall, event, load

SCENARIO = "first-five-minutes"
NAMES = {1: "Ann-Käthe", 2: "=Bob()", 3: "Zoë O’Hara"}
STEM = "20231114-221320-000-an-evening-of-doors"
"""How the file in which it is kept is called."""
WRITTEN = {
    "event.zip",
    "results.csv",
    "results.json",
    "results.xlsx",
    "names.csv",
    "debrief-round-1.html",
    "debrief-round-2.html",
    "statements.jsonl",
}
"""The files that are taken home."""


def work_out(starts: Mapping[tuple[int, int], State]) -> Baselines:
    """Something in the place of par, which takes longer and is not what these tests are about."""
    return {
        place: Baseline(Par(5_000, 250, 6), {"plan-a": 4_000, "random": start.seed % 1_000})
        for place, start in starts.items()
    }


@cache
def hall() -> Hall:
    made = Hall(event(RoundPlan(SCENARIO, buyers=2), RoundPlan(SCENARIO, buyers=1, live=True), teams=True))
    made.seat(2, team="=North")
    made.open(0)
    made.play_as(1, "plan-a")
    made.move(2, after=3)
    made.seat()
    made.play(3, 3)
    made.at += 60_000
    made.close(0)
    made.put(Adjusted, action="add", seat=2, amount=-150, reason='=HYPERLINK("http://a.b")')
    made.open(1)
    for seat in (1, 2):
        made.play(seat, seat + 10)
    made.put(Adjusted, action="void", round=1, buyer=0, seat=1, reason="was helped")
    made.at += 60_000
    made.close(1)
    return made


def taken_home(made: Hall) -> Export:
    starts = {(each.number, buyer): start for each in made.room.rounds for buyer, start in enumerate(each.openings)}
    return Export(made.room, made.log, [load(SCENARIO)[1]] * len(made.room.rounds), work_out(starts))


@cache
def export() -> Export:
    return taken_home(hall())


@cache
def exported() -> Mapping[str, bytes]:
    return files(export())


@cache
def small() -> Export:
    """One round, of which two seats have played a little: for tests that work it out a thousand times."""
    made = Hall(event(RoundPlan(SCENARIO, buyers=1), teams=True))
    made.seat(2, team="North")
    made.open()
    made.move(1, after=2)
    made.play(2, 1)
    made.put(Adjusted, action="add", seat=1, amount=250, reason="for the coffee")
    made.at += 60_000
    made.close()
    return taken_home(made)


def keep(log: Sequence[Entry], path: Path) -> None:
    """Keep an event in a file, as a host does."""
    began = log[0]
    assert began.kind == "event"
    made = Store(path)
    with made.transaction() as kept:
        rounds = len(began.event.rounds)
        kept.begin(began, "ABC234", [SECRETS[number] for number in range(rounds)], [load(SCENARIO)[1]] * rounds)
        kept.append(began.id, log[1:], link_after("", text_of(began)))
        for seat in (each.seat for each in log if each.kind == "seat"):
            kept.call(began.id, seat, NAMES[seat])
            kept.give(began.id, f"{seat:064}", Access("seat", seat))
    made.close()


def everything_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
