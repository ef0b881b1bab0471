"""What a player looks back on: their own runs of rounds that have closed, and the debrief of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.calendar import span_text
from engine.results import ENDINGS, ending
from engine.rules.constants import LIMBO
from engine.words import gettext, marked
from game.words.wording import money
from game.workshop.log.record import header_of
from game.workshop.log.refused import Refused
from game.workshop.log.room import Room, in_force
from game.workshop.log.runs import Key
from game.workshop.results.ranking import Baselines, earned

if TYPE_CHECKING:
    from game.runs.accounts import Account

UNDECIDED: Final = marked("left undecided")


@dataclass(frozen=True, slots=True)
class Past:
    """One run of a round that has closed, as a list shows it."""

    round: int
    """From 0."""
    buyer: int
    """From 0."""
    title: str
    """Of the scenario."""
    ended: str
    """`Priya: an order.`"""
    earned: str
    again: str
    """What to type at home to meet the same buyer, with the same luck; empty where the round began in the middle."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What one seat has played, and whether its name may stand with it."""

    agrees: bool
    """Whether its name stands with its run where that is shown to everybody as a strong one."""
    runs: tuple[Past, ...]
    besides: tuple[str, ...] = ()
    """What else the seat has come to, in sentences: buyers whom it never met, and what the host decided about it."""


def mine(room: Room, seat: int) -> Mine:
    """The runs of a seat in rounds that have closed, and what else counts for it."""
    runs = tuple(past(room, key) for key in sorted(_closed(room, seat)))
    return Mine(room.seats[seat].agrees, runs, (*_never_met(room, seat), *_decided(room, seat)))


def _never_met(room: Room, seat: int) -> Iterator[str]:
    for one in room.rounds:
        if one.closed is None or room.seats[seat].since > one.closed:
            continue
        for buyer, start in enumerate(one.openings):
            if (one.number, buyer, seat) not in room.runs:
                text = gettext("{which} Never met: left undecided, which costs {time} of your time. {earned}")
                amount = money(earned(start), start.game.scenario.currency)
                yield text.format(which=which_buyer(one.number, buyer), time=span_text(LIMBO), earned=amount)


def _decided(room: Room, seat: int) -> Iterator[str]:
    for made in in_force(room.adjustments):
        if made.seat not in (None, seat):
            continue
        if made.action == "add" and made.amount is not None:
            amount = money(made.amount, room.rounds[made.round or 0].game.scenario.currency)
            yield gettext("Added by the host: {amount} ({reason})").format(amount=amount, reason=made.reason)
        elif made.action == "void" and made.round is not None and made.buyer is not None:
            text = gettext("{which} Does not count any more ({reason}).")
            yield text.format(which=which_buyer(made.round, made.buyer), reason=made.reason)


def which_buyer(round: int, buyer: int) -> str:
    """`Round 1, buyer 2.`, of a round and a buyer counted from 0."""
    return gettext("Round {round}, buyer {buyer}.").format(round=round + 1, buyer=buyer + 1)


def _closed(room: Room, seat: int) -> Iterator[Key]:
    for key in room.runs:
        if key[2] == seat and room.rounds[key[0]].closed is not None:
            yield key


def past(room: Room, key: Key) -> Past:
    """A run of a round that has closed."""
    state, start = room.runs[key].state, room.rounds[key[0]].openings[key[1]]
    scenario = state.game.scenario
    return Past(
        round=key[0],
        buyer=key[1],
        title=scenario.title,
        ended="; ".join(
            f"{one.buyer.name}: {gettext(ENDINGS.get(ending(p) or '', UNDECIDED))}"
            for one, p in zip(scenario.prospects, state.people, strict=True)
        ),
        earned=money(earned(state), scenario.currency),
        again="" if start.moves else f"firstvisit play {scenario.id} --seed {start.seed}",
    )


def account_of_run(room: Room, key: Key, baselines: Baselines) -> Account:
    """What there is to show of a run. Raises `Refused` while its round runs, and where no move of it was made."""
    from game.runs.accounts import account_of

    run = room.runs.get(key)
    if run is None or room.rounds[key[0]].closed is None:
        raise Refused("rounds", marked("There is nothing to look back on yet."))
    known = baselines.get(key[:2])
    return account_of(run.state, header_of(room, key), None if known is None else known.par)


def agreed_names(room: Room, names: Mapping[int, str]) -> dict[int, str]:
    """The names of those who agree to be named with their run; nobody whose name the host keeps off boards."""
    return {
        seat.number: names[seat.number]
        for seat in room.seats.values()
        if seat.agrees and not seat.hidden and not seat.kicked and seat.number in names
    }
