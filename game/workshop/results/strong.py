"""One strong run of a round, move by move: what the class debrief replays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from engine.conduct import conduct_percent
from engine.play import State
from engine.reasons import Answer, answers
from engine.seeing import transcript
from engine.view import Said
from game.workshop.results.ranking import Played, earned


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a run that is replayed."""

    minute: int
    did: str
    """What the player said or did."""
    said: tuple[Said, ...]
    """What came of it."""
    answer: Answer | None
    """Why it was answered so, if it was a question that could be answered with yes or no."""


@dataclass(frozen=True, slots=True)
class Strong:
    """A strong run, move by move. It has earned something."""

    buyer: int
    earned: int
    seat: int
    """Whose it was. Nobody is told that unless its owner agrees."""
    steps: tuple[Step, ...]


def strong_run(played: Played) -> Strong | None:
    """The best seat's run with the buyer from whom it got most beyond the middle of the room; None if that has earned
    nothing, since it is no example then."""
    seats = [seat for seat, ends in played.ends.items() if ends and seat not in played.out]
    if not seats:
        return None

    def from_buyer(seat: int, buyer: int) -> int:
        return earned(played.ends[seat].get(buyer, played.starts[buyer]))

    buyers = range(len(played.starts))
    best = max(
        seats, key=lambda seat: (sum(from_buyer(seat, buyer) for buyer in buyers), _conduct(played.ends[seat]), -seat)
    )
    middle = {buyer: sorted(from_buyer(seat, buyer) for seat in seats)[(len(seats) - 1) // 2] for buyer in buyers}
    buyer = max(played.ends[best], key=lambda buyer: (from_buyer(best, buyer) - middle[buyer], -buyer))
    end = played.ends[best][buyer]
    if earned(end) <= 0:
        return None
    return Strong(buyer, earned(end), best, tuple(_steps(end)))


def _conduct(ends: Mapping[int, State]) -> int:
    return conduct_percent(
        [pair for end in ends.values() for pair in zip(end.game.rules.prospects, end.people, strict=True)]
    )


def _steps(end: State) -> Iterator[Step]:
    why = {each.move: each for each in answers(end)}
    for before, after in pairwise(end.states()):
        said = transcript(end.game.rules, after.events, "expert")
        yield Step(
            minute=before.minute,
            did=next(each.text for each in before.glance("expert").options if each.action == after.action),
            said=tuple(each for each in said if each.who != "seller"),
            answer=why.get(before.moves),
        )
