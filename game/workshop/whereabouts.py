"""Where a player is in an event, in sentences: for the screen of the room and for lines of text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from engine.scenario.vocabulary import RESULTS
from game.wording import count

if TYPE_CHECKING:
    from game.workshop.looking_back import Mine, Past
    from game.workshop.standings import Line, Standings
    from game.workshop.wire import Now, Shown


_FIRST: Final = 10
"""Places that are told of a ranking, besides one's own."""


def headline(now: Now) -> str:
    """Where the seat is, in a few words."""
    if now.state == "over":
        return "The event is over"
    if now.state == "waiting":
        return "Waiting for the host"
    if now.state == "between":
        return "You have met every buyer of this round"
    assert now.run is not None
    return f"Buyer {now.run.buyer + 1} of {now.buyers}"


def sentences(now: Now, offset: float = 0.0) -> list[str]:
    """Where the seat is and what comes next. `offset`: seconds that this machine's clock is ahead of the host's."""
    said = []
    if now.ended is not None:
        said.append(how_it_ended(now.ended))
    if now.state == "waiting" and now.round is not None:
        which = f"Round {now.round + 1} of {now.rounds}" if now.rounds > 1 else "The round"
        said.append(
            f"{which} has not begun. It has {count(now.buyers or 0, 'buyer')} and takes {now.minutes} minutes. "
            "It opens here by itself, as soon as the host begins."
        )
    elif now.state == "playing" and now.run is not None:
        if now.run.n:
            said.append(f"You are in the middle of it: {count(now.run.n, 'move')} so far.")
        elif now.run.buyer == 0:
            said.append(f"Everybody meets the same {count(now.buyers or 0, 'buyer')} in the same order.")
        said.append(ending(now, offset))
        if now.live:
            said.append("The clock is live: the time you think costs the buyer's patience, from your second move on.")
    elif now.state == "between":
        said.append(ending(now, offset))
        said.append("What everybody earned is shown when the round has closed.")
    elif now.state == "over":
        said.append("Thank you for playing.")
    return said


def places(found: Standings, seat: int) -> list[str]:
    """The ranking, one's own line first."""
    if not (found.lines or found.teams):
        return [found.note] if found.note else []
    mine = [f"Your place: {_place(each)}." for each in found.lines if each.seat == seat]
    first = [f"{each.place}. {each.name}: {each.earned}" for each in found.lines[:_FIRST] if each.place.isdecimal()]
    teams = [f"{each.place}. {each.name} ({each.team}): {each.earned} a player" for each in found.teams[:_FIRST]]
    others = [f"{each.name}: {each.earned}" for each in found.others]
    return [
        f"{found.title}. {found.note}".strip(),
        *mine,
        *(["\n".join(first)] if first else []),
        *(["Teams", "\n".join(teams)] if teams else []),
        *(["Computer players, with the very same buyers", "\n".join(others)] if others else []),
        *found.room,
        found.rule,
    ]


NAMELESS: Final = "If a run of yours is shown to everybody as the strong one, your name does not stand with it."
NAMED: Final = "If a run of yours is shown to everybody as the strong one, your name stands with it."


def consent(mine: Mine) -> str:
    """Whether one's name may stand with one's run, in a sentence."""
    return NAMED if mine.agrees else NAMELESS


def past_text(past: Past) -> str:
    """One run of a round that has closed: `Round 1, buyer 2: Priya: an order. 450 EUR`."""
    return f"Round {past.round + 1}, buyer {past.buyer + 1}. {past.ended}. {past.earned}"


def _place(mine: Line) -> str:
    where = f"{mine.place}, with {mine.earned}" if mine.place.isdecimal() else f"none ({mine.place})"
    return f"{where}; first-visit closes {mine.closed}; conduct {mine.conduct}"


def ending(now: Now, offset: float = 0.0) -> str:
    """When the running round ends, by this machine's clock."""
    if now.ends_at is None:
        return ""
    at = datetime.fromtimestamp(now.ends_at / 1000 + offset)
    return f"The round ends at {at:%H:%M:%S}."


def how_it_ended(ended: Shown) -> str:
    """How the sale with a buyer has ended."""
    results = [(one.name, RESULTS.get(one.result or "", "not over")) for one in ended.view.prospects]
    return f"Buyer {ended.buyer + 1}: " + "; ".join(f"{name}, {result}" for name, result in results) + "."
