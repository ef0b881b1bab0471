"""What the coach says of the strong run of a round, with nobody named: for everybody to read, so it is kept beside the
event and deleted with it.

It takes some seconds to a minute of every processor. Other processes do the work.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from game.home.run_files import RECORD

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis
    from engine.par import Par
    from engine.play import State
    from game.report.document import Part
    from game.text.bar import Advance
    from game.workshop.log.room import Room
    from game.workshop.results.ranking import Played
    from game.workshop.results.strong import Strong

Notes: TypeAlias = "tuple[Part, ...]"


def pieces() -> int:
    """The pieces of work that a judgement takes, as `advance` counts them."""
    from engine.coach.imagining import QUICK

    return QUICK


def notes(
    event: Path,
    room: Room,
    round: Played,
    strong: Strong,
    par: Par | None,
    processes: int,
    stopped: Callable[[], bool] = lambda: False,
    advance: Advance = lambda more: None,
) -> Notes:
    """What the coach says of the strong run of a round, judged now if it was not before. Nothing where it cannot be
    judged: it was not over, or `par` is not known, or `stopped` says so.

    `event` is the event's file, or where it would be.
    """
    from engine.coach.imagining import QUICK
    from game.coach import coaching
    from game.home.forms import write_form
    from game.workshop.log.record import header_of

    if (found := kept(event, room, round, strong)) or par is None:
        return found
    end = _end(round, strong)
    try:
        coaching.must_be_judged(end)
    except coaching.NothingToJudge:
        return ()
    header = header_of(room, (round.round, strong.buyer, strong.seat))
    work = coaching.on_processors(end, processes, stopped)
    made = list(coaching.judged(end, header, work, lambda many: many >= QUICK, advance))
    if not made or made[-1].imaginings < QUICK:
        return ()
    last = made[-1].measured(par)
    with suppress(OSError):  # then it is worked out again
        write_form(coaching.path_of(_record(event, round)), coaching.FORM, asdict(last))
    return _told(last, end, room, round)


def kept(event: Path, room: Room, round: Played, strong: Strong) -> Notes:
    """The same where it was judged before; nothing otherwise."""
    from game.coach import coaching
    from game.workshop.log.record import header_of

    end = _end(round, strong)
    header = header_of(room, (round.round, strong.buyer, strong.seat))
    found = coaching.kept(_record(event, round), end, header)
    return _told(found, end, room, round) if found is not None else ()


def _record(event: Path, round: Played) -> Path:
    """Beside which the coach would keep its notes, were there a record; see `traces.coached`."""
    return event.with_name(f"{event.stem}.round-{round.round + 1}{RECORD}")


def _end(round: Played, strong: Strong) -> State:
    return round.ends[strong.seat][strong.buyer]


def _told(found: Analysis, end: State, room: Room, round: Played) -> Notes:
    from engine.words import speaking
    from game.report.coach import report

    with speaking(end.game.scenario.language):
        return tuple(report(found, end, room.rounds[round.round].plan.cues))
