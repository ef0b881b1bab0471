"""What a player is told over the network: one form for browsers, terminals and whatever else plays.

It holds the player's view and what every player at the same table may know: no seed, no luck, nothing hidden, and
nobody else's moves. What a client sends is checked here too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from engine.changes import Change, changes
from engine.play import Game, State
from engine.seeing import transcript
from engine.view import Cues, Meters, PlayerView
from engine.words import marked
from game.runs.playable import at_last_word
from game.runs.scene import Scene
from game.runs.scene import scene as known
from game.workshop.log.names import name_of
from game.workshop.log.refused import Refused
from game.workshop.log.room import Doing, Position, Room, Round
from game.workshop.log.runs import Run

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

API: Final = 2
"""Counts up when a client of before would misunderstand, or one of now would ask for what was not there."""
LONGEST_TEXT: Final = 400
MOST_NUMBER: Final = 10**15


@dataclass(frozen=True, slots=True)
class Remembered:
    """A prospect's levels at the last word, as the cues showed them then."""

    id: str
    meters: Meters


@dataclass(frozen=True, slots=True)
class Shown:
    """One run as its player sees it."""

    buyer: int
    """From 0."""
    n: int
    """How many moves were made; the next move has this number."""
    told: int
    """How many entries of the transcript are left out, since the client has them."""
    view: PlayerView
    changes: tuple[Change, ...]
    """What the last move changed, where the cues show levels."""
    remembered: tuple[Remembered, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """Where a seat is."""

    api: int
    state: Doing
    version: str
    """Another one as soon as anything here is different, but for the time."""
    now: int
    """The host's clock, in milliseconds of UTC."""
    event: str
    title: str
    language: str
    """What players are told in."""
    seat: int
    name: str
    team: str | None
    rounds: int
    round: int | None
    """From 0: the round that is played, comes next, or was played last."""
    buyers: int | None
    """How many buyers that round has."""
    minutes: int | None
    """How long that round takes."""
    cues: Cues | None
    live: bool
    ends_at: int | None
    """When the running round ends, by the host's clock."""
    run: Shown | None
    """What is played now."""
    ended: Shown | None
    """What was played before that, until the next buyer's first move."""
    scene: Scene | None
    """Of the running round; left out of the answer to a move."""


def _begins(here: Position) -> bool:
    """Whether a buyer is met whom the client does not know yet."""
    return here.run is not None and not here.run.moves


def _scene(about: Round, here: Position) -> Scene:
    """What is known of the buyer who is met: people may vary from one to the next."""
    return _known(here.run.state.game if here.run is not None else about.game)


@lru_cache(maxsize=128)  # by the game: a scenario is large, and its hash is made of all of it
def _known(game: Game) -> Scene:
    return known(game.scenario)


def now(
    room: Room,
    seat: int,
    names: Mapping[int, str],
    at: int,
    *,
    told: Told | None = None,
    scene: bool = True,
) -> Now:
    """Where a seat is at a moment. `told` is what the client has of a transcript."""
    here = room.position(seat)
    about = room.rounds[here.round] if here.round is not None else None
    running = about is not None and about.running
    ended = _ended(room, seat, here)
    cues: Cues = about.plan.cues if about is not None else "novice"
    return Now(
        api=API,
        state=here.doing,
        version=version(room, seat, here),
        now=at,
        event=room.began.id,
        title=room.event.title,
        language=room.language,
        seat=seat,
        name=name_of(names, seat),
        team=room.seats[seat].team,
        rounds=len(room.rounds),
        round=here.round,
        buyers=about.plan.buyers if about is not None else None,
        minutes=about.minutes if about is not None else None,
        cues=cues if about is not None else None,
        live=about is not None and about.plan.live,
        ends_at=about.ends if about is not None and running else None,
        run=_shown(here, here.buyer, here.run, cues, told) if here.doing == "playing" else None,
        ended=_shown(here, ended[0], ended[1], cues, told) if ended is not None else None,
        scene=_scene(about, here) if about is not None and running and (scene or _begins(here)) else None,
    )


def version(room: Room, seat: int, here: Position | None = None) -> str:
    """What changes whenever a seat's `Now` does."""
    here = here or room.position(seat)
    ends = room.rounds[here.round].ends if here.round is not None else None
    moves = here.run.moves if here.run is not None else 0
    return f"{here.doing}.{here.round}.{here.buyer}.{moves}.{ends}.{len(room.adjustments)}"


class Told(NamedTuple):
    """How many entries of the transcript of a run a client has."""

    round: int
    buyer: int
    entries: int


def _ended(room: Room, seat: int, here: Position) -> tuple[int, Run] | None:
    """The run whose end is still to be read."""
    if here.round is None or here.buyer is None or here.run is None:
        return None
    if here.doing == "between":
        return here.buyer, here.run
    if here.doing == "playing" and here.buyer > 0 and not here.run.moves:
        return here.buyer - 1, room.run(here.round, here.buyer - 1, seat)
    return None


def _shown(here: Position, buyer: int | None, run: Run | None, cues: Cues, told: Told | None) -> Shown:
    assert run is not None
    assert buyer is not None
    state, heard = run.state, run.state.heard
    left_out = told.entries if told is not None and (told.round, told.buyer) == (here.round, buyer) else 0
    left_out = min(left_out, len(heard))
    view = replace(state.glance(cues), transcript=transcript(state.game.rules, heard[left_out:], cues))
    before = run.state.previous if run.moves else None
    return Shown(
        buyer=buyer,
        n=run.moves,
        told=left_out,
        view=view,
        changes=changes(before, run.state) if before is not None and cues == "novice" else (),
        remembered=tuple(remembered(run.state, view, cues)) if view.place == "between" else (),
    )


def remembered(state: State, view: PlayerView, cues: Cues) -> list[Remembered]:
    """The levels of each prospect at the last word, as the cues showed them then."""
    found = ((one.id, at_last_word(state, one, cues)) for one in view.prospects)
    return [Remembered(id, meters) for id, meters in found if meters is not None]


# --- to and from JSON ------------------------------------------------------------------------------------------------


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def dump(value: Any, kind: Any = Now) -> bytes:
    """A value of this kind as JSON."""
    return _adapter(kind).dump_json(value)


def read(data: bytes, kind: type[T]) -> T:
    """A value of this kind from JSON. Raises `ValueError`."""
    found: T = _adapter(cast(Any, kind)).validate_json(data)
    return found


def load(data: bytes) -> Now:
    """What a host has answered. Raises `ValueError` for what is not a `Now` of this version."""
    found = read(data, Now)
    if found.api != API:
        raise ValueError(f"the host speaks version {found.api}, and this program version {API}")
    return found


# --- what clients send -----------------------------------------------------------------------------------------------


def asked(data: bytes) -> dict[str, Any]:
    """The object that a client has sent. Raises `Refused`."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise Refused("json", marked("This is not JSON.")) from None
    if not isinstance(found, dict):
        raise Refused("json", marked("A JSON object is expected."))
    return found


def text(found: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A text of an object. Raises `Refused` if it is missing without a default, or no text, or too long."""
    value = found.get(name, default)
    if value is None and default is not None:
        value = default
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Refused("field", marked("'{name}' is a text of at most {most} characters."), name=name, most=LONGEST_TEXT)
    return value


def number(found: Mapping[str, Any], name: str) -> int:
    """A whole number of an object. Raises `Refused`."""
    value = found.get(name)
    if type(value) is not int or abs(value) > MOST_NUMBER:
        raise Refused("field", marked("'{name}' is a whole number."), name=name)
    return value


def flag(found: Mapping[str, Any], name: str) -> bool:
    """A yes or no of an object. Raises `Refused`."""
    value = found.get(name)
    if not isinstance(value, bool):
        raise Refused("field", marked("'{name}' is true or false."), name=name)
    return value


def number_or_none(found: Mapping[str, Any], name: str) -> int | None:
    """A whole number of an object that may be missing. Raises `Refused`."""
    return None if found.get(name) is None else number(found, name)
