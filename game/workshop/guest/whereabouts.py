"""Where a player is in an event, in sentences: for the screen of the room and for lines of text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from engine.scenario.vocabulary import RESULTS
from engine.words import gettext, marked, ngettext
from game.workshop.results.looking_back import which_buyer

if TYPE_CHECKING:
    from game.workshop.results.looking_back import Mine, Past
    from game.workshop.results.standings import Line, Standings
    from game.workshop.web.wire import Now, Shown


LEFT: Final = marked("You left. Your seat is kept: the same command comes back to this moment.")
NOT_OVER: Final = marked("not over")
_FIRST: Final = 10
"""Places that are told of a ranking, besides one's own."""


def headline(now: Now) -> str:
    """Where the seat is, in a few words."""
    if now.state == "over":
        return gettext("The event is over")
    if now.state == "waiting":
        return gettext("Waiting for the host")
    if now.state == "between":
        return gettext("You have met every buyer of this round")
    assert now.run is not None
    return gettext("Buyer {number} of {buyers}").format(number=now.run.buyer + 1, buyers=now.buyers)


def sentences(now: Now, offset: float = 0.0) -> list[str]:
    """Where the seat is and what comes next. `offset`: seconds that this machine's clock is ahead of the host's."""
    said = []
    if now.ended is not None:
        said.append(how_it_ended(now.ended))
    if now.state == "waiting" and now.round is not None:
        which = (
            gettext("Round {round} of {rounds} has not begun.")
            if now.rounds > 1
            else gettext("The round has not begun.")
        )
        said.append(which.format(round=now.round + 1, rounds=now.rounds))
        buyers = now.buyers or 0
        takes = ngettext(
            "It has {count} buyer and takes {minutes} minutes.",
            "It has {count} buyers and takes {minutes} minutes.",
            buyers,
        )
        said[-1] += " " + takes.format(count=buyers, minutes=now.minutes)
        said[-1] += " " + gettext("It opens here by itself, as soon as the host begins.")
    elif now.state == "playing" and now.run is not None:
        if now.run.n:
            moves = ngettext(
                "You are in the middle of it: {count} move so far.",
                "You are in the middle of it: {count} moves so far.",
                now.run.n,
            )
            said.append(moves.format(count=now.run.n))
        elif now.run.buyer == 0:
            same = ngettext(
                "Everybody meets the same buyer.",
                "Everybody meets the same {count} buyers in the same order.",
                now.buyers or 0,
            )
            said.append(same.format(count=now.buyers or 0))
        said.append(ending(now, offset))
        if now.live:
            live = gettext(
                "The clock is live: the time you think costs the buyer's patience, from your second move on."
            )
            said.append(live)
    elif now.state == "between":
        said.append(ending(now, offset))
        said.append(gettext("What you can learn from these sales is here when the round has closed."))
    elif now.state == "over":
        said.append(gettext("Thank you for playing."))
    return said


def places(found: Standings, seat: int) -> list[str]:
    """The ranking, one's own line first."""
    if not (found.lines or found.teams):
        return [found.note] if found.note else []
    mine = [gettext("Your place: {place}.").format(place=_place(each)) for each in found.lines if each.seat == seat]
    first = [f"{each.place}. {each.name}: {each.earned}" for each in found.lines[:_FIRST] if each.place.isdecimal()]
    team = gettext("{place}. {name} ({players}): {earned} a player")
    teams = [
        team.format(place=each.place, name=each.name, players=each.team, earned=each.earned)
        for each in found.teams[:_FIRST]
    ]
    others = [f"{each.name}: {each.earned}" for each in found.others]
    return [
        f"{found.title}. {found.note}".strip(),
        *mine,
        *(["\n".join(first)] if first else []),
        *([gettext("Teams"), "\n".join(teams)] if teams else []),
        *([gettext("Computer players, with the very same buyers"), "\n".join(others)] if others else []),
        *found.room,
        found.rule,
    ]


NAMELESS: Final = marked("If a run of yours is shown to everybody as the strong one, your name does not stand with it.")
NAMED: Final = marked("If a run of yours is shown to everybody as the strong one, your name stands with it.")


def consent(mine: Mine) -> str:
    """Whether one's name may stand with one's run, in a sentence."""
    return gettext(NAMED if mine.agrees else NAMELESS)


def past_text(past: Past) -> str:
    """One run of a round that has closed: `Round 1, buyer 2: Priya: an order. 450 EUR`."""
    return f"{which_buyer(past.round, past.buyer)} {past.ended}. {past.earned}"


def _place(mine: Line) -> str:
    says = gettext("none ({place}); first-visit closes {closed}; conduct {conduct}")
    if not mine.conduct:
        says = gettext("none ({place})")
    if mine.place.isdecimal():
        says = gettext("{place}, with {earned}; first-visit closes {closed}; conduct {conduct}")
    return says.format(place=mine.place, earned=mine.earned, closed=mine.closed, conduct=mine.conduct)


def ending(now: Now, offset: float = 0.0) -> str:
    """When the running round ends, by this machine's clock."""
    if now.ends_at is None:
        return ""
    at = datetime.fromtimestamp(now.ends_at / 1000 + offset)
    return gettext("The round ends at {time}.").format(time=f"{at:%H:%M:%S}")


def how_it_ended(ended: Shown) -> str:
    """How the sale with a buyer has ended."""
    results = [(one.name, gettext(RESULTS.get(one.result or "", NOT_OVER))) for one in ended.view.prospects]
    told = "; ".join(f"{name}, {result}" for name, result in results)
    return gettext("Buyer {number}: {how}.").format(number=ended.buyer + 1, how=told)
