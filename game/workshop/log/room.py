"""The room: everything that is true in an event, as what its log comes to.

`Room.after` is the only way from one moment to the next. It takes an entry that is possible here and refuses any other,
so whoever folds the same log comes to the same room: the host after a crash, or somebody who checks an export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

from engine.play import Game, IllegalMove, State
from engine.rules import RULES_VERSION
from engine.words import marked
from game.workshop.log.entries import (
    ABOUT,
    Adjusted,
    Agreed,
    Began,
    Closed,
    Entry,
    Moved,
    Opened,
    Seated,
    link_after,
    text_of,
)
from game.workshop.log.plan import MOST_BUYERS, Event, RoundPlan
from game.workshop.log.refused import Refused
from game.workshop.log.rounds import commitment, seed
from game.workshop.log.runs import Key, Run, Runs

MOST_SEATS: Final = 1_000
"""Seats at once: one that the host has taken out of the event leaves its place to another."""
MOST_MOVES: Final = 2_000
"""Moves of one run. The longest sale that somebody can want to make takes a tenth of that."""
MOST_AGREED: Final = 20
"""How often one seat may agree to be named. It may take that back whenever it has."""
LONGEST_THOUGHT: Final = 86_400
MINUTE: Final = 60_000
"""Milliseconds."""

Doing = Literal["waiting", "playing", "between", "over"]
"""What a seat does: waits for a round, plays, has played all buyers of the running round, has played the event."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One player, known by a number."""

    number: int
    team: str | None
    since: int
    """When it was taken, in milliseconds of UTC."""
    hidden: bool = False
    """Whether its name is kept off boards."""
    kicked: bool = False
    disqualified: bool = False
    agrees: bool = False
    """Whether its name may stand with its run where that is shown as a strong one."""
    agreed: int = 0
    """How often it has agreed to that."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round as it stands."""

    number: int
    """Counted from 0."""
    plan: RoundPlan
    game: Game
    opened: int | None = None
    """When it began, in milliseconds of UTC; None before that."""
    closed: int | None = None
    added: int = 0
    """Minutes that the host has added."""
    commitment: str | None = None
    secret: str | None = None
    """In hex, once it has closed."""
    openings: tuple[State, ...] = ()
    """The state in which everybody meets each buyer; none before the round has begun."""

    @property
    def running(self) -> bool:
        """Whether it was opened and has not closed."""
        return self.opened is not None and self.closed is None

    @property
    def stage(self) -> Literal["coming", "running", "closed"]:
        return "coming" if self.opened is None else "running" if self.closed is None else "closed"

    @property
    def minutes(self) -> int:
        """How long it takes, with what the host has added."""
        return self.plan.minutes + self.added

    @property
    def ends(self) -> int | None:
        """When its time is up; None before it has begun."""
        return None if self.opened is None else self.opened + self.minutes * MINUTE


@dataclass(frozen=True, slots=True)
class Position:
    """Where a seat is."""

    doing: Doing
    round: int | None = None
    """The running round; while waiting, the one that comes next; between two, the one that was played."""
    buyer: int | None = None
    """The buyer that is played, or was played last."""
    run: Run | None = None
    """The run with that buyer."""


@dataclass(frozen=True)
class Room:
    """An event at one moment. A value: `after` gives a new one and leaves this one as it was."""

    began: Began
    rounds: tuple[Round, ...]
    secrets: Mapping[int, bytes]
    """The secret of each round that has been drawn: kept beside the log while the round runs, in it afterwards."""
    seats: Mapping[int, Seat]
    runs: Runs
    """Every run in which a move was made."""
    adjustments: tuple[Adjusted, ...]
    locked: bool
    """Whether nobody else may take a seat."""
    seq: int
    """The number of the last entry."""
    at: int
    """When that was written."""
    link: str
    """And its link."""
    still: Room | None = None
    """As it stood when the running round came to the minutes in which the board stands still; None before that, and
    where nothing has happened since."""

    @classmethod
    def begin(cls, began: Began, games: Sequence[Game], secrets: Mapping[int, bytes]) -> Room:
        """The room of an event before anybody came. `games` are those of its rounds.

        Raises `Refused` if rules or scenarios are not those that the event was begun with.
        """
        if began.seq != 0:
            raise Refused("log", "A log begins with what is going to be played.")
        if began.rules != RULES_VERSION:
            raise Refused(
                "version", f"This event is played under rules {began.rules}, and the rules here are {RULES_VERSION}."
            )
        if not games or len(games) != len(began.event.rounds):
            raise Refused("log", "An event has one round or more, and a scenario for each.")
        if not all(1 <= plan.buyers <= MOST_BUYERS for plan in began.event.rounds):
            raise Refused("log", f"A round has 1 to {MOST_BUYERS} buyers.")
        for number, (plan, digest, game) in enumerate(zip(began.event.rounds, began.digests, games, strict=True)):
            if (plan.scenario, digest) != (game.scenario.id, game.digest):
                raise Refused(
                    "version",
                    f"The scenario of round {number + 1}, '{plan.scenario}', is not what it was (digest "
                    f"{game.digest}, recorded {digest}).",
                )
        rounds = tuple(
            Round(n, plan, game) for n, (plan, game) in enumerate(zip(began.event.rounds, games, strict=True))
        )
        return cls(began, rounds, secrets, {}, Runs(), (), False, 0, began.at, link_after("", text_of(began)))

    @property
    def event(self) -> Event:
        return self.began.event

    # --- what is so now ----------------------------------------------------------------------------------------------

    @property
    def running(self) -> Round | None:
        """The round that runs now."""
        return next((each for each in self.rounds if each.running), None)

    @property
    def coming(self) -> Round | None:
        """The next round that has not begun."""
        return next((each for each in self.rounds if each.opened is None), None)

    @property
    def over(self) -> bool:
        """Whether the last round has closed."""
        return self.running is None and self.coming is None

    @property
    def language(self) -> str:
        """What the players are told in: the language of the round that runs, comes next, or was the last."""
        now = self.running or self.coming or self.rounds[-1]
        return now.game.scenario.language

    @cached_property
    def teams(self) -> tuple[str, ...]:
        """The teams in the order in which their first members came."""
        return tuple(dict.fromkeys(each.team for each in self.seats.values() if each.team is not None))

    def run(self, round: int, buyer: int, seat: int) -> Run:
        """A run as it stands, played or not. The round must have begun."""
        return self.runs.get((round, buyer, seat)) or Run(self.rounds[round].openings[buyer])

    def position(self, seat: int) -> Position:
        """Where a seat is now."""
        running, last = self.running, self.runs.last(seat)
        if running is None:
            if self.over:
                return Position("over", len(self.rounds) - 1, *self._last(last))
            coming = self.coming
            assert coming is not None
            return Position("waiting", coming.number)
        buyer = last[1] if last is not None and last[0] == running.number else 0  # all before that one are finished
        run = self.run(running.number, buyer, seat)
        while run.finished and buyer + 1 < running.plan.buyers:
            buyer += 1
            run = self.run(running.number, buyer, seat)
        return Position("between" if run.finished else "playing", running.number, buyer, run)

    def _last(self, key: Key | None) -> tuple[int | None, Run | None]:
        return (None, None) if key is None else (key[1], self.runs[key])

    # --- what comes next ---------------------------------------------------------------------------------------------

    def after(self, entry: Entry) -> Room:
        """The room once `entry` was written. Raises `Refused` if it is not possible here."""
        if entry.seq != self.seq + 1 or entry.at < self.at:
            raise Refused("log", f"After entry {self.seq} comes the next one, at the same time or later.")
        match entry:
            case Moved():
                changed = self._moved(entry)
            case Seated():
                changed = self._seated(entry)
            case Opened():
                changed = self._opened(entry)
            case Closed():
                changed = self._closed(entry)
            case Adjusted():
                changed = self._adjusted(entry)
            case Agreed():
                changed = self._agreed(entry)
            case Began():
                raise Refused("log", "A log begins once.")
        stands = changed.stands_from
        still = (self.still or self) if stands is not None and entry.at >= stands else None
        return replace(changed, seq=entry.seq, at=entry.at, link=link_after(self.link, text_of(entry)), still=still)

    @property
    def stands_from(self) -> int | None:
        """When the board begins to stand still in the running round; None if it never does."""
        running = self.running
        if running is None or running.ends is None or not self.event.board.freeze:
            return None
        return running.ends - self.event.board.freeze * MINUTE

    def _moved(self, entry: Moved) -> Room:
        running = self.running
        seat = self.seats.get(entry.seat)
        if seat is None or seat.kicked:
            raise Refused("kicked", marked("This seat is not in the game."))
        if running is None or running.number != entry.round:
            raise Refused("closed", marked("This round is not running."))
        assert running.ends is not None
        if entry.at >= running.ends:
            raise Refused("closed", marked("The time of this round is up."))
        position = self.position(entry.seat)
        if (position.doing, position.buyer) != ("playing", entry.buyer):
            raise Refused(
                "buyer",
                marked("This is not the buyer whose turn it is: everybody meets them in the same order."),
            )
        run = position.run
        assert run is not None
        if entry.n != run.moves:
            raise Refused(
                "n", marked("The next move of this run is number {number}, counted from 0."), number=run.moves
            )
        if run.moves >= MOST_MOVES:
            raise Refused("long", marked("A run has at most {most} moves."), most=MOST_MOVES)
        if entry.seconds < 0 or entry.seconds != self.seconds(run, entry.at):
            raise Refused("log", "The seconds are those since the move before, by the host's clock.")
        think = min(entry.seconds, LONGEST_THOUGHT) if running.plan.live else 0
        state = _made(run.state, entry.move, think)
        key = (entry.round, entry.buyer, entry.seat)
        return replace(self, runs=self.runs.put(key, Run(state, run.moves + 1, entry.at)))

    @staticmethod
    def seconds(run: Run, at: int) -> int:
        """Whole seconds since a run's last move, at this time; 0 before the first."""
        return (at - run.at) // 1000 if run.moves else 0

    @property
    def here(self) -> tuple[int, ...]:
        """The seats that nobody was sent out of."""
        return tuple(seat.number for seat in self.seats.values() if not seat.kicked)

    def many(self, doing: Doing) -> int:
        """How many of those who are here are doing this."""
        return sum(self.position(seat).doing == doing for seat in self.here)

    @property
    def shut(self) -> Refused | None:
        """Why nobody else can take a seat now; None while somebody can."""
        if self.locked:
            return Refused("locked", marked("The host lets nobody else in now."))
        if not self.event.late and any(each.opened is not None for each in self.rounds):
            return Refused("late", marked("The event has begun, and nobody can join it any more."))
        if self.over:
            return Refused("over", marked("The event is over."))
        if len(self.seats) >= MOST_SEATS and len(self.here) >= MOST_SEATS:
            return Refused("full", marked("All {seats} seats are taken."), seats=MOST_SEATS)
        return None

    def _seated(self, entry: Seated) -> Room:
        if self.shut is not None:
            raise self.shut
        if entry.seat != len(self.seats) + 1:
            raise Refused("log", f"The next seat is {len(self.seats) + 1}.")
        if (entry.team is not None) and not self.event.teams:
            raise Refused("team", marked("There are no teams in this event."))
        return replace(self, seats={**self.seats, entry.seat: Seat(entry.seat, entry.team, entry.at)})

    def _agreed(self, entry: Agreed) -> Room:
        seat = self.seats.get(entry.seat)
        if seat is None or seat.kicked:
            raise Refused("kicked", marked("This seat is not in the game."))
        if seat.agrees == entry.yes:
            raise Refused("log", "Nothing would change.")
        if entry.yes and seat.agreed >= MOST_AGREED:
            raise Refused("agree", marked("You have changed your mind too often. Ask the host."))
        changed = replace(seat, agrees=entry.yes, agreed=seat.agreed + entry.yes)
        return replace(self, seats={**self.seats, entry.seat: changed})

    def _opened(self, entry: Opened) -> Room:
        coming = self.coming
        if self.running is not None:
            raise Refused("open", marked("Round {round} is running: close it first."), round=self.running.number + 1)
        if coming is None or coming.number != entry.round:
            raise Refused("rounds", marked("This is not the round that comes next."))
        secret = self.secrets.get(entry.round)
        if secret is None or commitment(secret) != entry.commitment:
            raise Refused("secret", f"The secret of round {entry.round + 1} is not the one that was announced.")
        opened = replace(
            coming,
            opened=entry.at,
            commitment=entry.commitment,
            openings=openings(coming.plan, coming.game, secret, entry.round),
        )
        return self._with(opened)

    def _closed(self, entry: Closed) -> Room:
        running = self.running
        if running is None or running.number != entry.round:
            raise Refused("closed", marked("This round is not running."))
        if entry.secret != self.secrets[entry.round].hex():
            raise Refused("secret", f"The secret of round {entry.round + 1} is not the one that was announced.")
        return self._with(replace(running, closed=entry.at, secret=entry.secret))

    def _with(self, round: Round) -> Room:
        rounds = tuple(round if each.number == round.number else each for each in self.rounds)
        return replace(self, rounds=rounds)

    def _adjusted(self, entry: Adjusted) -> Room:
        room = replace(self, adjustments=(*self.adjustments, entry))
        wanted = _TAKES[entry.action]
        given = {name for name in (*ABOUT, "team") if getattr(entry, name) is not None}
        if not wanted[0] <= given <= wanted[0] | wanted[1]:
            names = ", ".join(sorted(wanted[0])) or "nothing else"
            raise Refused("adjust", f"To {entry.action} takes: {names}.")
        if entry.seat is not None and entry.seat not in self.seats:
            raise Refused("seat", marked("There is no seat {seat}."), seat=entry.seat)
        if entry.team is not None and not self.event.teams:
            raise Refused("team", marked("There are no teams in this event."))
        if entry.round is not None and not 0 <= entry.round < len(self.rounds):
            raise Refused("rounds", marked("There is no round {round}."), round=entry.round + 1)
        if entry.buyer is not None and not 0 <= entry.buyer < self.rounds[entry.round or 0].plan.buyers:
            raise Refused("buyer", marked("There is no buyer {buyer} in this round."), buyer=entry.buyer + 1)
        if entry.action in _TAKES_BACK and in_force(room.adjustments) == in_force(self.adjustments):
            raise Refused("adjust", marked("There is nothing to take back here."))
        if entry.action in ("lock", "unlock"):
            return replace(room, locked=entry.action == "lock")
        if entry.action == "more-time":
            return room._given_time(entry)
        if entry.seat is not None:
            return replace(room, seats={**self.seats, entry.seat: _marked(self.seats[entry.seat], entry)})
        return room

    def _given_time(self, entry: Adjusted) -> Room:
        running = self.running
        if running is None or running.number != entry.round:
            raise Refused("closed", marked("Only a round that is running can be given more time."))
        assert entry.minutes is not None
        if not 1 <= entry.minutes <= 24 * 60:
            raise Refused("adjust", marked("More time is 1 minute or more, and a day at most."))
        return self._with(replace(running, added=running.added + entry.minutes))


_TAKES: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "void": (frozenset({"round", "buyer"}), frozenset({"seat"})),
    "unvoid": (frozenset({"round", "buyer"}), frozenset({"seat"})),
    "add": (frozenset({"seat", "amount"}), frozenset({"round"})),
    "disqualify": (frozenset({"seat"}), frozenset()),
    "rename": (frozenset({"seat"}), frozenset()),
    "team": (frozenset({"seat", "team"}), frozenset()),
    "hide": (frozenset({"seat"}), frozenset()),
    "kick": (frozenset({"seat"}), frozenset()),
    "reinstate": (frozenset({"seat"}), frozenset()),
    "more-time": (frozenset({"round", "minutes"}), frozenset()),
    "lock": (frozenset(), frozenset()),
    "unlock": (frozenset(), frozenset()),
    "code": (frozenset(), frozenset()),
}
"""What each action has to name, and what it may."""


_TAKES_BACK: Final[Mapping[str, frozenset[str]]] = {
    "unvoid": frozenset({"void"}),
    "reinstate": frozenset({"disqualify", "hide", "kick"}),
}
"""What an action takes back that was done before about the very same thing."""


def in_force(adjustments: Iterable[Adjusted]) -> tuple[Adjusted, ...]:
    """The adjustments that hold: without those that were taken back, and without those that took them back."""
    held: list[Adjusted] = []
    for made in adjustments:
        back = _TAKES_BACK.get(made.action)
        if back is None:
            held.append(made)
        else:
            about = (made.round, made.buyer, made.seat)
            held = [each for each in held if each.action not in back or (each.round, each.buyer, each.seat) != about]
    return tuple(held)


def _marked(seat: Seat, entry: Adjusted) -> Seat:
    """A seat after the host has done something about it."""
    if entry.action == "reinstate":
        return replace(seat, disqualified=False, hidden=False, kicked=False)
    return replace(
        seat,
        disqualified=seat.disqualified or entry.action == "disqualify",
        hidden=seat.hidden or entry.action == "hide",
        kicked=seat.kicked or entry.action == "kick",
        team=entry.team if entry.action == "team" else seat.team,
    )


def _made(state: State, move: str, think: int) -> State:
    """The state after a move. Raises `Refused`, with the moves that could be made."""
    try:
        return state.apply_action(state.game.move_named(move), think)
    except IllegalMove:
        possible = ", ".join(state.game.move_name(action) for action in state.legal_actions())
        impossible = marked("“{move}” cannot be done here. Possible: {moves}.")
        raise Refused("illegal", impossible, move=move, moves=possible) from None


def openings(plan: RoundPlan, game: Game, secret: bytes, round: int) -> tuple[State, ...]:
    """The state in which everybody meets each buyer of a round.

    Raises `Refused` if the moves up to the moment at which the round begins are not possible.
    """
    if plan.moment is None:
        return tuple(game.new_initial_state(seed(secret, round, buyer)) for buyer in range(plan.buyers))
    state = game.new_initial_state(plan.moment.seed)
    try:
        for name, think in plan.moment.moves:
            state = state.apply_action(game.move_named(name), think)
    except (IllegalMove, ValueError) as error:
        raise Refused("moment", f"The moment at which round {round + 1} begins cannot be reached: {error}") from None
    return (state,) * plan.buyers


def folded(entries: Iterable[Entry], games: Sequence[Game], secrets: Mapping[int, bytes]) -> Room:
    """The room that a log comes to. Raises `Refused` at the first entry that is not possible."""
    room: Room | None = None
    for entry in entries:
        if room is not None:
            room = room.after(entry)
        elif isinstance(entry, Began):
            room = Room.begin(entry, games, secrets)
        else:
            break
    if room is None:
        raise Refused("log", "A log begins with what is going to be played.")
    return room


def secrets_in(entries: Iterable[Entry]) -> dict[int, bytes]:
    """The secrets that a log has published: those of the rounds that have closed."""
    return {each.round: bytes.fromhex(each.secret) for each in entries if isinstance(each, Closed)}
