"""Who has a seat and what lets them in, each as an act: taking one, taking it again, its name, the event's code, and
the tokens that give all that. What is done here is more than an entry of the log: names and tokens are kept beside it.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.words import marked
from game.words.errors import Failure, why_not
from game.workshop.hall.acts import Act, Done, Standing, reasoned
from game.workshop.kept import traces
from game.workshop.kept.codes import new_code, new_short_token, new_token, read_code
from game.workshop.kept.errors import StoreError
from game.workshop.kept.transaction import Access, Transaction, hashed
from game.workshop.log import names
from game.workshop.log.entries import Adjusted, Seated
from game.workshop.log.refused import Refused

if TYPE_CHECKING:
    from game.workshop.hall.writer import Hall


def give(access: Access) -> Act[str]:
    """A token that gives something."""
    token = new_short_token() if access.rights == "board" else new_token()

    def act(standing: Standing, _: int) -> Done[str]:
        event = standing.room.began.id
        return Done(standing.letting(token, access), token, lambda kept: kept.give(event, hashed(token), access))

    return act


def take_seat(name: str, team: str | None, token: str = "") -> Act[tuple[int, str, str]]:
    """Somebody comes: the number of the seat, its token, and the name it goes by. With a token that they have drawn
    themselves, asking again gives the same seat: the answer may have been lost."""
    token = token or new_token()

    def act(standing: Standing, at: int) -> Done[tuple[int, str, str]]:
        if (mine := standing.seat_with(token)) is not None:
            return Done(standing, (mine, token, names.name_of(standing.names, mine)))
        event, seat = standing.room.began.id, len(standing.room.seats) + 1
        wanted = names.clean(name) if name.strip() and standing.room.event.names == "free" else ""
        side = _team(standing, team) if team is not None and team.strip() else None
        taken = standing.names.values()
        called = names.free(wanted, taken) if wanted else names.drawn(taken)
        after = standing.put(Seated, at, seat=seat, team=side)

        def also(kept: Transaction) -> None:
            kept.call(event, seat, called)
            kept.give(event, hashed(token), Access("seat", seat))

        after = replace(after, names={**standing.names, seat: called}).letting(token, Access("seat", seat))
        return Done(after, (seat, token, called), also)

    return act


def take_again(code: str, token: str = "") -> Act[tuple[int, str, str]]:
    """Somebody takes their seat again with a code that the host has given, which is used up by it. The other tokens of
    the seat go on being good: a player may have two devices. A token that they have drawn themselves is as in
    `take_seat`."""
    once, token = hashed(read_code(code)), token or new_token()

    def act(standing: Standing, _: int) -> Done[tuple[int, str, str]]:
        if (mine := standing.seat_with(token)) is not None:
            return Done(standing, (mine, token, names.name_of(standing.names, mine)))
        access = standing.tokens.get(once)
        if access is None or access.rights != "recover" or access.seat is None:
            raise Refused("code", marked("This code gives no seat. Ask the host for a new one."))
        event, seat = standing.room.began.id, access.seat

        def also(kept: Transaction) -> None:
            kept.burn(event, once)
            kept.give(event, hashed(token), Access("seat", seat))

        left = {each: access for each, access in standing.tokens.items() if each != once}
        after = replace(standing, tokens=left).letting(token, Access("seat", seat))
        return Done(after, (seat, token, names.name_of(standing.names, seat)), also)

    return act


def way_back(seat: int) -> Act[str]:
    """A code with which a seat can be taken again, once."""
    code = new_code() + new_code()

    def act(standing: Standing, _: int) -> Done[str]:
        _must_be_there(standing, seat)
        event, access = standing.room.began.id, Access("recover", seat)
        shown = f"{code[:4]}-{code[4:8]}-{code[8:]}"
        return Done(standing.letting(code, access), shown, lambda kept: kept.give(event, hashed(code), access))

    return act


def change_code(reason: str) -> Act[str]:
    """People join with another code from now on: this one."""
    code = new_code()

    def act(standing: Standing, at: int) -> Done[str]:
        after, event = standing.put(Adjusted, at, action="code", reason=reasoned(reason)), standing.room.began.id
        return Done(replace(after, code=code), code, lambda kept: kept.set_code(event, code))

    return act


def rename(seat: int, name: str, reason: str) -> Act[str]:
    """A seat has another name: this one, as it is kept."""

    def act(standing: Standing, at: int) -> Done[str]:
        wanted, event = names.clean(name) if name.strip() else "", standing.room.began.id
        after = standing.put(Adjusted, at, action="rename", seat=seat, reason=reasoned(reason))
        taken = [each for number, each in standing.names.items() if number != seat]
        called = names.free(wanted, taken) if wanted else names.drawn(taken)
        after = replace(after, names={**standing.names, seat: called})
        return Done(after, called, lambda kept: kept.call(event, seat, called))

    return act


def put_into(seat: int, team: str, reason: str) -> Act[str]:
    """A seat is in another team: this one, as it is kept."""

    def act(standing: Standing, at: int) -> Done[str]:
        side = _team(standing, team)
        return Done(standing.put(Adjusted, at, action="team", seat=seat, team=side, reason=reasoned(reason)), side)

    return act


def _team(standing: Standing, typed: str) -> str:
    """The team that is meant: one that there is, if it can be taken for it. Raises `Refused`."""
    side = names.clean(typed)
    return next((each for each in standing.room.teams if names.alike(each) == names.alike(side)), side)


def _forgotten(seat: int) -> Act[None]:
    def act(standing: Standing, _: int) -> Done[None]:
        _must_be_there(standing, seat)
        left = {number: name for number, name in standing.names.items() if number != seat}
        tokens = {each: access for each, access in standing.tokens.items() if access.seat != seat}
        event = standing.room.began.id
        return Done(replace(standing, names=left, tokens=tokens), None, lambda kept: kept.forget(event, seat))

    return act


async def forget(hall: Hall, seat: int) -> None:
    """Delete a person: name and tokens, also beside the event's file. What was played at the seat stays.

    Raises `Refused` and `StoreError`.
    """
    from game.workshop.kept.events import place_of

    await hall.do(_forgotten(seat))
    try:
        await asyncio.to_thread(traces.forget, place_of(hall.store, hall.event), hall.event, seat)
    except OSError as error:
        why = why_not(error)
        raise StoreError(marked("{file} could not be deleted ({why})."), file=error.filename, why=why) from None
    except Failure as error:
        raise StoreError(str(error)) from None


def _must_be_there(standing: Standing, seat: int) -> None:
    if seat not in standing.room.seats:
        raise Refused("seat", marked("There is no seat {seat}."), seat=seat)
