"""The class debrief: what a room can learn from a round that everybody has played with the same buyers.

No name stands in it, and no seat but that of the strong run that is replayed (`strong.py`). Where the room parted ways
is found in `partings.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine import world as at
from engine.doctrines import SCHOOLS
from engine.play import State
from engine.playing import play_out
from engine.rules.tables import RESULT
from engine.rules.value import value
from engine.simulate import ENDS, ended
from engine.skills import first_visit
from engine.world import Core
from game.workshop.results.partings import Parting, partings
from game.workshop.results.ranking import Played, as_left, earned
from game.workshop.results.strong import Strong, strong_run


@dataclass(frozen=True, slots=True)
class Spread:
    """How the runs of the room lie, without saying whose they are."""

    earned: tuple[int, ...]
    """What each has earned in minor units, as the ranking has it, the lowest first."""
    ended: Mapping[str, int]
    """How many prospects ended how, by the names in `engine.simulate.ENDS`; those that occurred."""

    @property
    def middle(self) -> int:
        """What half of the room has earned at least, and no more of it than has to be."""
        return self.earned[len(self.earned) // 2]


@dataclass(frozen=True, slots=True)
class Closable:
    """Whether a prospect could have been closed in the first conversation, and what the room made of it."""

    name: str
    real: bool
    """Whether they would have bought from anybody."""
    could: bool
    """Whether somebody in the room met them when they could decide."""
    ready: int
    """The minute before which they could not decide."""
    met: int
    """Plays in which they were talked to."""
    asked: int
    """... in which they were asked to decide."""
    closed: int
    """... in which they ordered in the first conversation."""
    later: int
    """... in which they ordered afterwards."""
    declined: int
    """... in which they said a clear no."""


@dataclass(frozen=True, slots=True)
class SchoolRun:
    """What a school does with a buyer, with the luck that the room had."""

    school: str
    earned: int
    ended: tuple[str, ...]
    """Of each prospect, by the names in `engine.simulate.ENDS`."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """One of the round's buyers, as the room met them."""

    buyer: int
    seed: int | None
    """By which they can be met again; None where the round began in the middle."""
    plays: int
    spread: Spread
    closable: tuple[Closable, ...]
    schools: tuple[SchoolRun, ...]


@dataclass(frozen=True, slots=True)
class ClassDebrief:
    """One round, for everybody who played it."""

    round: int
    scenario: str
    """Its id."""
    title: str
    language: str
    """In which it was played."""
    currency: str
    start: int
    """The minute at which its calendar begins."""
    players: int
    """Seats that made a move."""
    spread: Spread | None
    """Of the whole round; None where nobody made a move."""
    buyers: tuple[Buyer, ...]
    partings: tuple[Parting, ...]
    strong: Strong | None


def class_debrief(played: Played) -> ClassDebrief:
    """What a round has to teach."""
    game = played.starts[0].game
    seats = [seat for seat, ends in played.ends.items() if ends]
    plays = [[played.ends[seat][buyer] for seat in seats if buyer in played.ends[seat]] for buyer in _buyers(played)]
    sums = [
        sum(earned(played.ends[seat].get(buyer, start)) for buyer, start in enumerate(played.starts)) for seat in seats
    ]
    return ClassDebrief(
        round=played.round,
        scenario=game.scenario.id,
        title=game.scenario.title,
        language=game.scenario.language,
        currency=game.scenario.currency,
        start=game.rules.start,
        players=len(seats),
        spread=_spread(sums, [end for ends in plays for end in ends]) if seats else None,
        buyers=tuple(_buyer(buyer, played.starts[buyer], ends) for buyer, ends in enumerate(plays) if ends),
        partings=partings(plays),
        strong=strong_run(played),
    )


def _buyers(played: Played) -> range:
    return range(len(played.starts))


def _ended(core: Core) -> list[str]:
    names = tuple(ENDS)
    return [names[ended(person)] for person in as_left(core)[at.FIRST :]]


def _spread(sums: Sequence[int], ends: Sequence[State]) -> Spread:
    counted = Counter(name for end in ends for name in _ended(end.core))
    return Spread(tuple(sorted(sums)), {name: counted[name] for name in ENDS if counted[name]})


# --- buyer by buyer --------------------------------------------------------------------------------------------------


def _buyer(buyer: int, start: State, ends: Sequence[State]) -> Buyer:
    return Buyer(
        buyer=buyer,
        seed=None if start.moves else start.seed,
        plays=len(ends),
        spread=_spread([earned(end) for end in ends], ends),
        closable=tuple(_closable(start, who, ends) for who in range(len(start.people))),
        schools=tuple(_school_run(start, name) for name in SCHOOLS),
    )


def _closable(start: State, who: int, ends: Sequence[State]) -> Closable:
    rules = start.game.rules.prospects[who]
    found = [end.people[who] for end in ends]
    could = sum(first_visit([(rules, p)])[1] for p in found)
    ordered = [p[at.FIRST_CLOSE] for p in found if p[at.RESULT] == RESULT["order"]]
    first = start.people[who]
    return Closable(
        name=rules.prospect.buyer.name,
        real=bool(first[at.REAL]),
        could=could > 0,
        ready=first[at.READY_AT],
        met=sum(p[at.TALKS] > 0 for p in found),
        asked=sum(p[at.ASKS] > 0 for p in found),
        closed=sum(ordered),
        later=len(ordered) - sum(ordered),
        declined=sum(p[at.RESULT] == RESULT["no-sale"] for p in found),
    )


def _school_run(start: State, school: str) -> SchoolRun:
    rules = start.game.rules
    end = play_out(rules, start.core, start.luck, SCHOOLS[school](rules, 0), start.moves)
    return SchoolRun(school, value(rules, end), tuple(_ended(end)))
