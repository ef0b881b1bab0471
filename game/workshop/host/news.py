"""What has happened in an event, as lines for its host."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from engine.words import gettext, marked, ngettext
from game.words.wording import money
from game.workshop.export.files import seal
from game.workshop.hall.acts import AWAY
from game.workshop.log.entries import Action, Adjusted
from game.workshop.log.names import name_of
from game.workshop.log.room import Room, Round


def happened(before: Room, after: Room, names: Mapping[int, str]) -> Iterator[str]:
    """Yield what the host wants to know of what lies between two moments."""
    for seat in after.seats.values():
        if seat.number not in before.seats:
            took = gettext("{name} took seat {seat}; {here} here")
            took = gettext("{name} took seat {seat} for {team}; {here} here") if seat.team else took
            name = name_of(names, seat.number)
            took = took.format(name=name, seat=seat.number, team=seat.team, here=len(after.here))
            if after.running is not None and seat.since >= (after.running.opened or 0):
                late = gettext("{took}, in the middle of round {round}")  # a second seat has seen the buyers before
                took = late.format(took=took, round=after.running.number + 1)
            yield took
    for was, now in zip(before.rounds, after.rounds, strict=True):
        round, until = now.number + 1, time_text(now.ends or 0)
        if was.opened is None and now.opened is not None:
            yield gettext("Round {round} is open until {time}").format(round=round, time=until)
            yield gettext("The hash of its secret is {hash}").format(hash=now.commitment)
        elif now.running and was.ends != now.ends:
            yield gettext("Round {round} goes on until {time}").format(round=round, time=until)
        if was.closed is None and now.closed is not None:
            yield _closed(now)
    if after.running is not None:
        done = after.many("between")
        was_done = before.many("between")
        if done > was_done:
            played = gettext("{count} of {all} have played all buyers")
            yield played.format(count=done, all=len(after.here))
    for seat in after.seats.values():
        was_agreed = before.seats[seat.number].agrees if seat.number in before.seats else False
        if seat.agrees != was_agreed:
            no_longer = gettext("{name}, seat {seat} no longer agrees to be named with a strong run")
            agrees = gettext("{name}, seat {seat} agrees to be named with a strong run") if seat.agrees else no_longer
            yield agrees.format(name=name_of(names, seat.number), seat=seat.number)
    for made in after.adjustments[len(before.adjustments) :]:
        yield _deed(made, after, names)
    if after.over and after.link != before.link:
        yield _sealed(after)


def _closed(round: Round) -> str:
    closed = gettext("Round {round} has closed; its secret was {secret}")
    return closed.format(round=round.number + 1, secret=round.secret)


def _sealed(room: Room) -> str:
    over = gettext("The event is over. Its seal is {seal}: whoever writes it down can check the results.")
    return over.format(seal=seal(room))


NO_DEBRIEF: Final = marked("There is one once a round has closed.")


def still_playing(room: Room) -> str:
    """What a host reads before closing a round."""
    playing = room.many("playing")
    still = ngettext(
        "{count} player is still playing. What is not finished counts as left undecided.",
        "{count} players are still playing. What is not finished counts as left undecided.",
        playing,
    )
    return still.format(count=playing)


def stopped(room: Room, *, deleted: bool = False) -> Iterator[str]:
    """Yield what a host reads who has stopped serving: what there is to keep, and what to type next."""
    if deleted:
        yield gettext("Stopped: the event was deleted, and nothing of it is left to serve.")
        return
    if room.over:
        yield _sealed(room)
    goes_on = gettext("Stopped. The event is kept; to go on: firstvisit host --resume")
    if room.over:
        goes_on = gettext("Stopped. The event is kept; results: firstvisit results {title}")
    yield goes_on.format(title=shlex.quote(room.event.title))


def taken_up(room: Room, names: Mapping[int, str]) -> Iterator[str]:
    """Yield what a host reads first who comes back to an event: which round runs, or which has closed last."""
    running = room.running
    closed = [each for each in room.rounds if each.closed is not None]
    if closed and running is None:
        yield _closed(closed[-1])
    if room.over:
        yield _sealed(room)
    if running is None or running.ends is None:
        return
    until = time_text(running.ends)
    yield gettext("Round {round} is open until {time}").format(round=running.number + 1, time=until)
    if room.adjustments and room.adjustments[-1].reason == AWAY:
        yield _deed(room.adjustments[-1], room, names)


def taken_again(name: str, code: str) -> str:
    """What a host tells somebody whose seat is to be taken again: the code, and where it is typed."""
    again = gettext("{name} types this as the recovery code, once: {code}").format(name=name, code=code)
    where = gettext(
        "In a browser it goes under 'You had a seat already?', in a terminal where firstvisit join asks for the "
        "event's code."
    )
    return f"{again}. {where}"


_DEEDS: Final[Mapping[Action, str]] = {
    "void": marked("Does not count any more"),
    "unvoid": marked("Counts again"),
    "add": marked("Added"),
    "disqualify": marked("Disqualified"),
    "rename": marked("Renamed"),
    "team": marked("In another team"),
    "hide": marked("Kept off boards"),
    "kick": marked("Removed"),
    "reinstate": marked("Let in again"),
    "more-time": marked("More time"),
    "lock": marked("Nobody else can join"),
    "unlock": marked("People can join again"),
    "code": marked("The code has changed"),
}


def _deed(made: Adjusted, room: Room, names: Mapping[int, str]) -> str:
    """What the host has done, about what, and why: `Added: Ann, seat 3, 12.50 EUR (for the coffee)`."""
    amount = ""
    if made.amount is not None:
        amount = money(made.amount, room.rounds[made.round or 0].game.scenario.currency)
    about = (
        gettext("round {round}").format(round=made.round + 1) if made.round is not None else "",
        gettext("buyer {buyer}").format(buyer=made.buyer + 1) if made.buyer is not None else "",
        gettext("{name}, seat {seat}").format(name=name_of(names, made.seat), seat=made.seat)
        if made.seat is not None
        else "",
        amount,
        gettext("{minutes} min").format(minutes=made.minutes) if made.minutes is not None else "",
        made.team or "",
    )
    deed, whom = gettext(_DEEDS[made.action]), ", ".join(filter(None, about))
    reason = gettext(AWAY) if made.reason == AWAY else made.reason
    return f"{deed}: {whom} ({reason})" if whom else f"{deed} ({reason})"


def told_of(trouble: str) -> str:
    """What the host reads where the event cannot be kept, or can be again."""
    if not trouble:
        return gettext("All is well again.")
    return gettext("TROUBLE: {trouble} No move is taken until this is mended.").format(trouble=trouble)


def time_text(at: int) -> str:
    """A moment on this machine's clock: `14:05:09`."""
    return f"{datetime.fromtimestamp(at / 1000):%H:%M:%S}"
