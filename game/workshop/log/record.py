"""How a run of an event begins in the notation of `engine/record.py`."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.record import Header
from game.workshop.log.room import Room
from game.workshop.log.runs import Key


def header_of(room: Room, key: Key) -> Header:
    """The head of a run's record. The round must have begun."""
    round = room.rounds[key[0]]
    assert round.opened is not None
    return Header(
        scenario=round.game.scenario.id,
        digest=round.game.digest,
        rules=room.began.rules,
        seed=round.openings[key[1]].seed,
        cues=round.plan.cues,
        live=round.plan.live,
        started=f"{datetime.fromtimestamp(round.opened // 1000, UTC):%Y-%m-%dT%H:%M:%SZ}",
    )
