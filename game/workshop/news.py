"""What has happened in an event, as lines for its host."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from engine.words import gettext, marked
from game.workshop.acts import AWAY
from game.workshop.entries import Action, Adjusted
from game.workshop.export import seal
from game.workshop.names import name_of
from game.workshop.room import Room


def happened(before: Room, after: Room, names: Mapping[int, str]) -> Iterator[str]:
    """Yield what the host wants to know of what lies between two moments."""
    for seat in after.seats.values():
        if seat.number not in before.seats:
            took = gettext("{name} took seat {seat}; {here} here")
            took = gettext("{name} took seat {seat} for {team}; {here} here") if seat.team else took
            name = name_of(names, seat.number)
            yield took.format(name=name, seat=seat.number, team=seat.team, here=len(after.seats))
    for was, now in zip(before.rounds, after.rounds, strict=True):
        round, until = now.number + 1, time_text(now.ends or 0)
        if was.opened is None and now.opened is not None:
            yield gettext("Round {round} is open until {time}").format(round=round, time=until)
            yield gettext("The hash of its secret is {hash}").format(hash=now.commitment)
        elif now.running and was.ends != now.ends:
            yield gettext("Round {round} goes on until {time}").format(round=round, time=until)
        if was.closed is None and now.closed is not None:
            closed = gettext("Round {round} has closed; its secret was {secret}")
            yield closed.format(round=round, secret=now.secret)
    if after.running is not None:
        done = sum(after.position(each).doing == "between" for each in after.seats)
        was_done = sum(before.position(each).doing == "between" for each in before.seats)
        if done > was_done:
            played = gettext("{count} of {all} have played all buyers")
            yield played.format(count=done, all=len(after.seats))
    for seat in after.seats.values():
        was_agreed = before.seats[seat.number].agrees if seat.number in before.seats else False
        if seat.agrees != was_agreed:
            no_longer = gettext("{name}, seat {seat} no longer agrees to be named with a strong run")
            agrees = gettext("{name}, seat {seat} agrees to be named with a strong run") if seat.agrees else no_longer
            yield agrees.format(name=name_of(names, seat.number), seat=seat.number)
    for made in after.adjustments[len(before.adjustments) :]:
        reason = gettext(AWAY) if made.reason == AWAY else made.reason
        yield gettext("You did: {deed} ({reason})").format(deed=deed_text(made), reason=reason)
    if after.over and after.link != before.link:
        yield _sealed(after)


def _sealed(room: Room) -> str:
    over = gettext("The event is over. Its seal is {seal}: whoever writes it down can check the results.")
    return over.format(seal=seal(room))


def stopped(room: Room) -> Iterator[str]:
    """Yield what a host reads who has stopped serving: what there is to keep, and what to type next."""
    if room.over:
        yield _sealed(room)
    goes_on = gettext("Stopped. The event is kept; to go on: firstvisit host --resume")
    if room.over:
        goes_on = gettext("Stopped. The event is kept; results: firstvisit results {title}")
    yield goes_on.format(title=shlex.quote(room.event.title))


_DEEDS: Final[Mapping[Action, str]] = {
    "void": marked("let a buyer count no more"),
    "unvoid": marked("let a buyer count again"),
    "add": marked("added money, or deducted it"),
    "disqualify": marked("disqualified somebody"),
    "rename": marked("renamed somebody"),
    "hide": marked("kept a name off boards"),
    "kick": marked("removed somebody"),
    "reinstate": marked("let somebody in again"),
    "more-time": marked("gave more time"),
    "lock": marked("let nobody else in"),
    "unlock": marked("let people in again"),
    "code": marked("changed the code"),
}


def deed_text(made: Adjusted) -> str:
    """What the host has done, and about what: `let a buyer count no more: round 1, buyer 2, seat 3`."""
    about = (
        gettext("round {round}").format(round=made.round + 1) if made.round is not None else "",
        gettext("buyer {buyer}").format(buyer=made.buyer + 1) if made.buyer is not None else "",
        gettext("seat {seat}").format(seat=made.seat) if made.seat is not None else "",
        gettext("{minutes} min").format(minutes=made.minutes) if made.minutes is not None else "",
    )
    deed, whom = gettext(_DEEDS[made.action]), ", ".join(filter(None, about))
    return gettext("{deed}: {whom}").format(deed=deed, whom=whom) if whom else deed


def told_of(trouble: str) -> str:
    """What the host reads where the event cannot be kept, or can be again."""
    if not trouble:
        return gettext("All is well again.")
    return gettext("TROUBLE: {trouble} No move is taken until this is mended.").format(trouble=trouble)


def time_text(at: int) -> str:
    """A moment on this machine's clock: `14:05:09`."""
    return f"{datetime.fromtimestamp(at / 1000):%H:%M:%S}"
