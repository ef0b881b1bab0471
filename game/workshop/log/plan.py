"""What an event is to be: its rounds, its board, its rules. As data, to be written into the event's log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from engine.view import Cues
from engine.words import marked

Shows = Literal["everybody", "top", "teams", "nobody"]
Until = Literal["always", "round", "event"]
Ties = Literal["conduct", "equal"]
Names = Literal["free", "drawn"]

MOST_BUYERS: Final = 100
"""Buyers of one round: more than anybody meets in a day, for rounds in which one meets as many as one can."""
SHOWS: Final[dict[str, str]] = {
    "everybody": "Everybody, with places.",
    "top": "Only the first places.",
    "teams": "Only teams.",
    "nobody": "No places at all.",
}
UNTIL: Final[dict[str, str]] = {
    "always": "From the first move on.",
    "round": "Hidden until the round has ended.",
    "event": "Hidden until the last round has ended.",
}
TIES: Final[dict[str, str]] = {
    "conduct": marked("Whoever earned the same is ranked by conduct; whoever is equal in that too shares a place."),
    "equal": marked("Whoever earned the same shares a place."),
}
NAMES: Final[dict[str, str]] = {
    "free": "Players may type a name; whoever types none gets one that is drawn.",
    "drawn": "Every name is drawn, so that none says who somebody is.",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a round begins that does not begin at the beginning: after these moves, with the buyer of this seed."""

    seed: int
    moves: tuple[tuple[str, int], ...]
    """Name of each move, and the seconds of thinking that cost patience."""


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """One round: everybody meets the same buyers of one scenario, in the same order."""

    scenario: str
    """The id of the scenario."""
    buyers: int = 3
    """How many runs of it, one after the other."""
    minutes: int = 20
    """After this time no more moves are taken."""
    cues: Cues = "novice"
    live: bool = False
    """Whether thinking costs the buyer's patience, by the host's clock."""
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """What the board shows, and when."""

    shows: Shows = "everybody"
    top: int = 10
    """How many places, where it shows the first ones only."""
    until: Until = "always"
    freeze: int = 0
    """In the last minutes of a round the board stands still."""


@dataclass(frozen=True, slots=True)
class Event:
    """A whole event as it was planned. It never changes: what the host does about it afterwards is in the log."""

    title: str
    rounds: tuple[RoundPlan, ...]
    teams: bool = False
    board: Board = Board()
    ties: Ties = "conduct"
    late: bool = True
    """Whether somebody may still join once the first round has begun."""
    names: Names = "free"
    days: int = 90
    """After this many days everything that is kept of the event is deleted."""
