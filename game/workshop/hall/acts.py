"""What seats and hosts do to an event, each as an act: how things stand then, or a refusal.

An act is a function from how things stand, and the time, to how they stand after it. It is done in `writer.py`, by the
one who writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar

from engine.words import marked
from game.workshop.kept.transaction import Access, Mark, Transaction, hashed
from game.workshop.log.entries import LONGEST_REASON, Action, Adjusted, Agreed, Closed, Entry, Moved, Opened
from game.workshop.log.refused import Refused
from game.workshop.log.room import Room
from game.workshop.log.rounds import commitment

AWAY: Final = marked("the host was away")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: the room, and what is kept beside its log."""

    room: Room
    names: Mapping[int, str]
    code: str
    """With which one joins."""
    tokens: Mapping[str, Access]
    """What each token gives, by its hash."""
    mark: Mark
    """How far all this was written."""
    fresh: tuple[Entry, ...] = ()
    """Entries that are not written yet."""

    def put(self, kind: Callable[..., Entry], at: int, **fields: Any) -> Standing:
        """How things stand after one more entry. Raises `Refused` if it is not possible."""
        entry = kind(seq=self.room.seq + 1, at=max(at, self.room.at), **fields)
        return replace(self, room=self.room.after(entry), fresh=(*self.fresh, entry))

    def seat_with(self, token: str) -> int | None:
        """The seat that a token gives, if it gives one already. Raises `Refused` if it gives something else."""
        access = self.tokens.get(hashed(token))
        if access is not None and access.rights != "seat":
            raise Refused("field", marked("This token is taken. Draw another."))
        return access.seat if access is not None else None

    def letting(self, token: str, access: Access) -> Standing:
        """How things stand once a token gives something."""
        return replace(self, tokens={**self.tokens, hashed(token): access})


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What an act has led to."""

    standing: Standing
    result: T
    also: Callable[[Transaction], None] | None = None
    """What else is to be written with it."""


Act = Callable[[Standing, int], "Done[T]"]
"""Raises `Refused` if it is not possible, and then nothing happens."""


def make_move(seat: int, round: int, buyer: int, n: int, move: str) -> Act[None]:
    """A move of a seat. Asked for again, it is the same move once."""

    def act(standing: Standing, at: int) -> Done[None]:
        run = standing.room.runs.get((round, buyer, seat))
        if run is not None and 0 <= n < run.moves:
            made = run.state.states()[n - run.moves]
            if made.game.move_name(made.action) == move:
                return Done(standing, None)
        seconds = standing.room.seconds(run, max(at, standing.room.at)) if run is not None else 0
        after = standing.put(Moved, at, round=round, buyer=buyer, seat=seat, n=n, move=move, seconds=seconds)
        return Done(after, None)

    return act


def agree(seat: int, yes: bool) -> Act[bool]:
    """Let a seat's name stand with its run where that is shown as a strong one, or let it do so no more."""

    def act(standing: Standing, at: int) -> Done[bool]:
        here = standing.room.seats.get(seat)
        if here is not None and here.agrees == yes:
            return Done(standing, yes)
        return Done(standing.put(Agreed, at, seat=seat, yes=yes), yes)

    return act


def open_round(standing: Standing, at: int) -> Done[int]:
    """Open the round that comes next."""
    coming = standing.room.coming
    if coming is None and standing.room.running is not None:
        raise Refused(
            "open", marked("Round {round} is running: close it first."), round=standing.room.running.number + 1
        )
    if coming is None:
        raise Refused("rounds", marked("There is no round left to open."))
    announced = commitment(standing.room.secrets[coming.number])
    return Done(standing.put(Opened, at, round=coming.number, commitment=announced), coming.number)


def close_round(standing: Standing, at: int) -> Done[int]:
    """Close the running round, and publish its secret."""
    running = standing.room.running
    if running is None:
        raise Refused("closed", marked("No round is running."))
    secret = standing.room.secrets[running.number].hex()
    return Done(standing.put(Closed, at, round=running.number, secret=secret), running.number)


def close_in_time(standing: Standing, at: int) -> Done[None]:
    """Close the running round if its time is up: another process may have done so, and opened the next."""
    running = standing.room.running
    if running is None or running.ends is None or running.ends > at:
        return Done(standing, None)
    return Done(close_round(standing, at).standing, None)


def adjust(
    action: Action,
    reason: str,
    *,
    round: int | None = None,
    buyer: int | None = None,
    seat: int | None = None,
    amount: int | None = None,
    minutes: int | None = None,
) -> Act[None]:
    """An adjustment by the host. Not for names and codes, which are more than an entry."""

    def act(standing: Standing, at: int) -> Done[None]:
        after = standing.put(
            Adjusted,
            at,
            action=action,
            reason=reasoned(reason),
            round=round,
            buyer=buyer,
            seat=seat,
            amount=amount,
            minutes=minutes,
        )
        return Done(after, None)

    return act


def read_amount(typed: str) -> int:
    """An amount in minor units, as a host types it: `50`, `-12.50`, `12,50`. Raises `Refused`."""
    found = re.fullmatch(r"([+−-]?)(\d{1,9})(?:[.,](\d{1,2}))?", typed)
    if found is None:
        raise Refused("field", marked("Begin with an amount, such as: 50 for the coffee"))
    sign, whole, part = found.groups()
    return (-1 if sign in ("-", "−") else 1) * int(whole + (part or "").ljust(2, "0"))


def give_back(minutes: int) -> Act[None]:
    """More time for the running round, for minutes in which nobody could play because the host was away."""

    def act(standing: Standing, at: int) -> Done[None]:
        running = standing.room.running
        if running is None or minutes < 1:
            return Done(standing, None)
        fields = {"action": "more-time", "round": running.number, "minutes": minutes, "reason": AWAY}
        return Done(standing.put(Adjusted, at, **fields), None)

    return act


def reasoned(reason: str) -> str:
    """A reason as it stands in the log. Raises `Refused` if there is none."""
    said = " ".join(reason.split())
    if not said or not said.isprintable():
        raise Refused("reason", marked("Say in a few words why."))
    return said[:LONGEST_REASON]
