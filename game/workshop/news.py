"""What has happened in an event, as lines for its host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from game.workshop.entries import Adjusted
from game.workshop.export import seal
from game.workshop.names import name_of
from game.workshop.room import Room


def happened(before: Room, after: Room, names: Mapping[int, str]) -> Iterator[str]:
    """Yield what the host wants to know of what lies between two moments."""
    for seat in after.seats.values():
        if seat.number not in before.seats:
            team = f" for {seat.team}" if seat.team else ""
            name = name_of(names, seat.number)
            yield f"{name} took seat {seat.number}{team}; {len(after.seats)} here"
    for was, now in zip(before.rounds, after.rounds, strict=True):
        if was.opened is None and now.opened is not None:
            yield f"Round {now.number + 1} is open until {time_text(now.ends or 0)}"
            yield f"The hash of its secret is {now.commitment}"
        elif now.running and was.ends != now.ends:
            yield f"Round {now.number + 1} goes on until {time_text(now.ends or 0)}"
        if was.closed is None and now.closed is not None:
            yield f"Round {now.number + 1} has closed; its secret was {now.secret}"
    if after.running is not None:
        done = sum(after.position(each).doing == "between" for each in after.seats)
        was_done = sum(before.position(each).doing == "between" for each in before.seats)
        if done > was_done:
            yield f"{done} of {len(after.seats)} have played all buyers"
    for seat in after.seats.values():
        was_agreed = before.seats[seat.number].agrees if seat.number in before.seats else False
        if seat.agrees != was_agreed:
            name = name_of(names, seat.number)
            agrees = "agrees" if seat.agrees else "no longer agrees"
            yield f"{name}, seat {seat.number} {agrees} to be named with a strong run"
    for made in after.adjustments[len(before.adjustments) :]:
        yield f"You did: {deed_text(made)} ({made.reason})"
    if after.over and after.link != before.link:
        yield f"The event is over. Its seal is {seal(after)}: whoever writes it down can check the results."


def deed_text(made: Adjusted) -> str:
    """What the host has done, and about what: `void round 1 buyer 2 seat 3`."""
    about = [
        f"round {made.round + 1}" if made.round is not None else "",
        f"buyer {made.buyer + 1}" if made.buyer is not None else "",
        f"seat {made.seat}" if made.seat is not None else "",
        f"{made.minutes} min" if made.minutes is not None else "",
    ]
    return " ".join([made.action, *filter(None, about)])


def told_of(trouble: str) -> str:
    """What the host reads where the event cannot be kept, or can be again."""
    return f"TROUBLE: {trouble} No move is taken until this is mended." if trouble else "All is well again."


def time_text(at: int) -> str:
    """A moment on this machine's clock: `14:05:09`."""
    return f"{datetime.fromtimestamp(at / 1000):%H:%M:%S}"
