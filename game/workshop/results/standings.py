"""What the room is shown of a ranking, in words: as much of it, and when, as the event has declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from engine.words import all_of, gettext, marked, ngettext
from game.words.wording import capital, money
from game.workshop.log.names import name_of
from game.workshop.log.room import Room
from game.workshop.results.classroom import player
from game.workshop.results.ranking import Baselines, Ranking, Row, ranking

MOST_IMPROVED: Final = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One player, or one team."""

    seat: int | None
    """None for a team."""
    place: str
    """`3`; a few words for somebody without one: `no move yet`."""
    name: str
    team: str
    earned: str
    closed: str
    """First-visit closes against those that were possible: `1 of 2`. While a round runs their number alone: what is
    possible with buyers whom others have yet to meet is theirs to find out."""
    conduct: str
    met: str
    """Buyers whose sale is over: `2 of 3`."""


@dataclass(frozen=True, slots=True)
class Standings:
    """A ranking as it is shown."""

    title: str
    rule: str
    lines: tuple[Line, ...]
    teams: tuple[Line, ...]
    others: tuple[Line, ...]
    """Where computer players stand on the very same buyers."""
    room: tuple[str, ...]
    """The two headlines over the whole room, and who has come furthest."""
    note: str
    """Why there is no more to see, if so."""


def shown_round(room: Room) -> int | None:
    """The round that is ranked by itself: the running one of several, or the last one where amounts cannot be added
    up; None for all together, with what the host has added to them."""
    if room.running is not None and len(room.rounds) > 1:
        return room.running.number
    begun = [each.number for each in room.rounds if each.opened is not None]
    return begun[-1] if begun and len(_currencies(room)) > 1 else None


def _currencies(room: Room) -> list[str]:
    return sorted({each.game.scenario.currency for each in room.rounds})


def round_of_amounts(room: Room) -> int | None:
    """The round to which an amount is added that the host gives now; None for all together."""
    return (shown_round(room) or 0) if len(_currencies(room)) > 1 else None


def apart(room: Room) -> str:
    """That the event has no ranking but those of its rounds, and why; nothing where it has one."""
    if len(_currencies(room)) == 1:
        return ""
    text = gettext("Each round is ranked by itself: amounts are in {currencies}")
    return text.format(currencies=all_of(_currencies(room)))


def standings(
    room: Room, names: Mapping[int, str], at: int, baselines: Baselines, everything: bool = False
) -> Standings:
    """What is shown at a moment. `everything` is for the host, from whom nothing is hidden.

    `baselines` are those that are known by now; computer players are shown where they are known of every buyer.
    """
    board = room.event.board
    only = shown_round(room)
    begun = [each.number for each in room.rounds if each.opened is not None]
    if not begun:
        return _nothing("", "")
    title = gettext("All rounds together")
    if only is not None or len(begun) == 1:
        title = gettext("Round {round}").format(round=begun[-1] + 1)
    if not everything:
        if board.shows == "nobody":
            return _nothing(title, gettext("This event shows no places."))
        if board.until == "event" and not room.over:
            return _nothing(title, gettext("Places are shown after the last round."))
        if board.until == "round" and room.running is not None:
            return _nothing(title, gettext("Places are shown when the round has ended."))
    stands = room.stands_from
    frozen = not everything and stands is not None and at >= stands
    note = ""
    if frozen:
        note = gettext("The board stands still until the round has ended.")
    elif only is not None and room.running is None and len(begun) > 1:
        last = gettext(
            "The rounds cannot be added up, since their amounts are in {currencies}: this is the last of them."
        )
        note = last.format(currencies=all_of(_currencies(room)))
        for each in begun[:-1]:
            note += _first(ranking(room, each), room, names, in_teams=not everything and board.shows == "teams")
    found = ranking((room.still or room) if frozen else room, only, baselines)
    return Standings(
        title=title,
        rule=found.rule,
        lines=tuple(_lines(found, room, names)) if everything or board.shows != "teams" else (),
        teams=tuple(_teams(found, names)),
        others=tuple(_others(found)),
        room=tuple(_headlines(found, room, names)),
        note=note,
    )


def _first(found: Ranking, room: Room, names: Mapping[int, str], in_teams: bool) -> str:
    """Who was first in a round that is not shown any more, as a sentence to go on with; nothing if nobody was."""
    if in_teams:
        first = [(line.name, line.earned) for line in _teams(found, names) if line.place == "1"]
    else:
        first = [(line.name, line.earned) for line in _lines(found, room, names) if line.place == "1"]
    if not first or found.round is None:
        return ""
    text = gettext("First in round {round}: {names}, with {earned}.")
    return " " + text.format(round=found.round + 1, names=all_of([name for name, _ in first]), earned=first[0][1])


def most(found: Standings, room: Room, seat: int | None = None) -> Standings:
    """As much as everybody sees: the first places where the event says so, and one's own."""
    board = room.event.board
    if board.shows != "top":
        return found
    kept = tuple(
        each for n, each in enumerate(found.lines) if n < board.top or (seat is not None and each.seat == seat)
    )
    return replace(found, lines=kept)


def _nothing(title: str, note: str) -> Standings:
    return Standings(title, "", (), (), (), (), note)


def called(room: Room, names: Mapping[int, str], seat: int) -> str:
    """A seat's name as boards show it."""
    return name_of({} if room.seats[seat].hidden else names, seat)


_STATUS: Final = {
    "no move": marked("no move"),
    "disqualified": marked("disqualified"),
    "removed": marked("removed"),
}


def _lines(found: Ranking, room: Room, names: Mapping[int, str]) -> Iterator[Line]:
    for row in found.rows:
        if row.status != "removed":
            yield Line(
                seat=row.seat,
                place=str(row.place) if row.status == "ranked" else _status(row, found),
                name=called(room, names, row.seat),
                team=row.team or "",
                earned=_earned(row, found),
                closed=_closes(row.closed, row.could, found),
                conduct=gettext("{percent}%").format(percent=row.conduct) if row.status != "no move" else "",
                met=gettext("{count} of {all}").format(count=row.over, all=row.buyers),
            )


def _status(row: Row, found: Ranking) -> str:
    return gettext("no move yet") if row.status == "no move" and not found.final else gettext(_STATUS[row.status])


def _closes(closed: int, could: int, found: Ranking) -> str:
    if not found.final:
        return str(closed)
    return gettext("{count} of {all}").format(count=closed, all=could) if could else gettext("none possible")


def _earned(row: Row, found: Ranking) -> str:
    earned = _money(row.earned, found)
    if row.share is None or row.status == "no move":  # a share would be of what was never tried
        return earned
    return gettext("{earned} ({percent}% of par)").format(earned=earned, percent=row.share)


def _money(earned: int, found: Ranking) -> str:
    """An amount as it stands in the column of this ranking: with decimals where one of the players' has any."""
    return money(earned, found.currency, decimals=any(row.earned % 100 for row in found.rows))


def _teams(found: Ranking, names: Mapping[int, str]) -> Iterator[Line]:
    for team in found.teams:
        yield Line(
            seat=None,
            place=str(team.place),
            name=team.team or name_of(names, team.seats[0]),
            team=ngettext("{count} player", "{count} players", len(team.seats)).format(count=len(team.seats)),
            earned=_money(team.earned, found),
            closed=_closes(team.closed, team.could, found),
            conduct=gettext("{percent}%").format(percent=team.conduct),
            met="",
        )


def _others(found: Ranking) -> Iterator[Line]:
    for each in found.references:
        yield Line(None, str(each.place), capital(player(each.name)), "", _money(each.earned, found), "", "", "")


def _headlines(found: Ranking, room: Room, names: Mapping[int, str]) -> Iterator[str]:
    if not any(row.status == "ranked" for row in found.rows):
        return
    closes = gettext("First-visit closes in this room: {closed} of {could} that were possible.")
    if not found.final:
        closes = gettext("First-visit closes in this room so far: {closed}.")
    elif not found.could:
        closes = gettext("First-visit closes in this room: none were possible.")
    yield closes.format(closed=found.closed, could=found.could)
    leaning = ngettext(
        "Follow-ups without a date: {leaning}, for {count} decision collected.",
        "Follow-ups without a date: {leaning}, for {count} decisions collected.",
        found.decisions,
    )
    yield leaning.format(leaning=found.leaning, count=found.decisions)
    for each in found.improved[:MOST_IMPROVED]:
        rose = gettext("Most improved: {name}, ahead of {first}% of the room at first and of {last}% at last.")
        yield rose.format(name=called(room, names, each.seat), first=each.first, last=each.last)
