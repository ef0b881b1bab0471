"""Events to test with: a room that entries are put into one after the other, and players who play anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Any

from engine.doctrines import DOCTRINES
from engine.play import Game
from engine.rules import RULES_VERSION
from engine.scenario.compiled import Scenario
from game.shelf import library
from game.shelf.scenario_files import read_bytes
from game.workshop.log.entries import Began, Closed, Entry, Moved, Opened, Seated, text_hash
from game.workshop.log.plan import Event, RoundPlan
from game.workshop.log.room import Position, Room
from game.workshop.log.rounds import commitment
from tests.engine.watching import chosen

SECRETS = {number: bytes([number + 1]) * 32 for number in range(5)}
SCENARIO = "saturday-showroom"


@cache
def load(name: str) -> tuple[Scenario, bytes]:
    """A scenario by its id or path, with its text."""
    path = library.find(name)
    return library.load(path), read_bytes(path)


@cache
def game(name: str = SCENARIO) -> Game:
    return Game(load(name)[0])


def event(*rounds: RoundPlan, **settings: Any) -> Event:
    """An event of these rounds; without any, of one round of two buyers."""
    return Event("An evening of doors", rounds or (RoundPlan(SCENARIO, buyers=2),), **settings)


class Hall:
    """A room and its log, by a clock that stands until it is set on."""

    def __init__(self, planned: Event | None = None, secrets: dict[int, bytes] = SECRETS) -> None:
        planned = planned or event()
        games = [game(each.scenario) for each in planned.rounds]
        self.at = 1_700_000_000_000
        began = Began(
            seq=0,
            at=self.at,
            id="0123456789abcdef",
            event=planned,
            digests=tuple(each.digest for each in games),
            texts=tuple(text_hash(load(each.scenario)[1]) for each in planned.rounds),
            rules=RULES_VERSION,
            program="0.1.0",
        )
        self.games: Sequence[Game] = games
        self.log: list[Entry] = [began]
        self.room = Room.begin(began, games, secrets)

    def put(self, kind: Callable[..., Entry], **fields: Any) -> Room:
        """Write an entry. Raises `Refused`, and then nothing is written."""
        entry = kind(seq=self.room.seq + 1, at=self.at, **fields)
        self.room = self.room.after(entry)
        self.log.append(entry)
        return self.room

    def seat(self, many: int = 1, team: str | None = None) -> None:
        for _ in range(many):
            self.put(Seated, seat=len(self.room.seats) + 1, team=team)

    def open(self, round: int = 0) -> None:
        self.put(Opened, round=round, commitment=commitment(self.room.secrets[round]))

    def close(self, round: int = 0) -> None:
        self.put(Closed, round=round, secret=self.room.secrets[round].hex())

    def move(self, seat: int, name: str | None = None, after: int = 0) -> None:
        """Make a move, the first possible one unless it is named, some seconds after now."""
        self.at += 1_000 * after
        here = self.room.position(seat)
        assert here.run is not None
        assert here.round is not None
        name = name or any_move(here, Random(0))
        seconds = self.room.seconds(here.run, self.at)
        self.put(Moved, round=here.round, buyer=here.buyer, seat=seat, n=here.run.moves, move=name, seconds=seconds)

    def play(self, seat: int, luck: int = 0) -> None:
        """Play every buyer of the running round to the end, anyhow."""
        random = Random(luck)
        while (here := self.room.position(seat)).doing == "playing":
            self.move(seat, any_move(here, random), after=random.randrange(5))

    def play_as(self, seat: int, player: str) -> None:
        """Play every buyer of the running round to the end, as a computer player does."""
        while (here := self.room.position(seat)).doing == "playing":
            assert here.run is not None
            state = here.run.state
            choose = DOCTRINES[player](state.game.rules, seat)
            self.move(seat, state.game.move_name(chosen(state, choose)))


def any_move(here: Position, random: Random) -> str:
    """The name of any move that can be made there."""
    assert here.run is not None
    state = here.run.state
    return state.game.move_name(random.choice(state.legal_actions()))
