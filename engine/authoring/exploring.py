"""Exploring: a scenario played many times by players who look for what they have not seen, and what they came upon.

An exploration says of every part of a scenario (a line, a reply, a stage, a need, an objection, an ending) whether any
play came upon it, in how many, and by which shortest path. What no play came upon is no proof that nothing can: it is
said with the number of plays and the seed. `engine.authoring.proving` has the proofs, for scenarios of few states.

It is a fold, in slices of any size: `explore(explore(begin(rules), 100), 100)` is `explore(begin(rules), 200)`. So one
who has to stay responsive (a preview that plays in the background, a command with a bar) asks for a slice, shows what
there is, and asks for more. The same seed and the same number of plays give the same exploration on every machine.
`tests/benchmarks/exploring.py` prints how many plays a second that is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from operator import or_
from types import MappingProxyType
from typing import Final, NamedTuple

from engine import world as at
from engine.authoring.parts import HANDLED, TOLD, Heard, Part, marked
from engine.catalogue import Catalogue, catalogue
from engine.doctrines import SCHOOLS
from engine.doctrines.at_random import AtRandom
from engine.luck import Luck
from engine.playing import Chooser
from engine.rules import Move, Rules, Turn, arrive, make, possible, prepare
from engine.rules.deciders import missing
from engine.rules.guards import holding
from engine.rules.tables import RESULT
from engine.rules.turn import People
from engine.scenario.compiled import Prospect, Scenario
from engine.scenario.vocabulary import ASKS, WAYS_OUT
from engine.sight import Sight
from engine.simulate import ended

LONG_ENOUGH: Final = 60
"""Moves after which a play lets the rest of the time pass: what comes later came before in another play."""
ROUNDS: Final = 3
"""Times that a conversation comes to the same point before that counts as going round in a circle."""

_LEAVING: Final = WAYS_OUT - ASKS - {"propose-dated-step"}


class Path(NamedTuple):
    """The way to something: the buyers of a seed, and the moves from the beginning. Played again, it gets there."""

    moves: tuple[Move, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Found:
    """A part that some play came upon."""

    plays: int
    """In how many of them."""
    path: Path
    """The shortest; of equals the one of the first play."""


@dataclass(frozen=True, slots=True)
class Exploration:
    """What a number of plays came upon. A value: `explore` gives another one."""

    rules: Rules
    """Of the scenario with a mark in place of each text; moves have the same numbers as without."""
    marks: Mapping[str, Part]
    seed: int
    plays: int
    found: Mapping[Part, Found]
    said: tuple[int, ...]
    """How often each move was made, in all plays."""
    first_ask: Mapping[int, tuple[int, Path]]
    """For a prospect, the fewest minutes of a first conversation after which the decision could be asked for and the
    price was known."""

    def times(self, part: Part) -> int:
        """The plays that came upon a part."""
        found = self.found.get(part)
        return found.plays if found else 0

    def path(self, part: Part) -> Path | None:
        """The shortest way to a part; None if no play came upon it."""
        found = self.found.get(part)
        return found.path if found else None


def begin(scenario: Scenario, seed: int = 1) -> Exploration:
    """An exploration of a scenario before the first play; `seed` (0 or more) is that of the first buyers."""
    other, marks = marked(scenario)
    rules = prepare(other)
    return Exploration(
        rules,
        MappingProxyType(marks),
        seed,
        0,
        MappingProxyType({}),
        (0,) * len(rules.moves),
        MappingProxyType({}),
    )


def explore(exploration: Exploration, plays: int) -> Exploration:
    """The exploration after so many plays more."""
    log = _Log(exploration)
    for nth in range(exploration.plays, exploration.plays + plays):
        log.play(nth)
    return log.close()


# --- who plays -------------------------------------------------------------------------------------------------------

_Seat = Callable[["_Log", int], Chooser]


def _random(log: _Log, seed: int) -> Chooser:
    return AtRandom(seed).choose


def _school(name: str, log: _Log, seed: int) -> Chooser:
    return SCHOOLS[name](log.rules, seed)


def _rarest(log: _Log, luck: Luck, moves: tuple[Move, ...], made: int) -> Move:
    """What has been done least often in all plays so far, but for letting all the time pass."""
    finish = log.of.named["finish"]
    some = [move for move in moves if move != finish] or list(moves)
    fewest = min(log.said[move] for move in some)
    rarest = [move for move in some if log.said[move] == fewest]
    return rarest[luck.between(0, len(rarest) - 1, "pick", made)] if len(rarest) > 1 else rarest[0]


def _curious(log: _Log, seed: int) -> Chooser:
    """Does what has been done least often, and ends a conversation only now and then."""
    luck, made = Luck(seed, "curious"), 0

    def choose(s: Sight) -> Move:
        nonlocal made
        made += 1
        moves = s.moves
        if s.talking and luck.chance("stays", made) < _STAYS:
            moves = tuple(move for move in moves if move not in log.exits) or moves
        return _rarest(log, luck, moves, made)

    return choose


def _straying(name: str, log: _Log, seed: int) -> Chooser:
    """Follows a school, and now and then does what has been done least often: what only somebody comes upon who has
    come far."""
    luck, made, follow = Luck(seed, "straying"), 0, SCHOOLS[name](log.rules, seed)

    def choose(s: Sight) -> Move:
        nonlocal made
        made += 1
        move = follow(s)
        return _rarest(log, luck, s.moves, made) if luck.chance("strays", made) < _STRAYS else move

    return choose


_STAYS: Final = 850_000
"""Chance, in millionths, that the curious stay where they could end the conversation."""
_STRAYS: Final = 250_000
"""... that those who stray do so at a move."""

_TABLE: Final[tuple[_Seat, ...]] = tuple(
    seat
    for school in SCHOOLS
    for seat in (_curious, partial(_straying, school), _random, partial(_straying, school), partial(_school, school))
)
"""Who plays, in turn."""


# --- what they come upon ---------------------------------------------------------------------------------------------


class _Log:
    """Plays, and writes down what each play comes upon."""

    def __init__(self, begun: Exploration) -> None:
        self._begun = begun
        self.rules = begun.rules
        self.of: Catalogue = catalogue(begun.rules)
        self.said = list(begun.said)
        self.exits = frozenset(
            move
            for move, what in enumerate(begun.rules.moves)
            if not isinstance(what, str) and what[1].kind in WAYS_OUT - ASKS
        )
        self.marks = begun.marks
        self._counts: dict[Part, int] = {part: found.plays for part, found in begun.found.items()}
        self._paths: dict[Part, Path] = {part: found.path for part, found in begun.found.items()}
        self._first_ask = dict(begun.first_ask)
        self._plays = begun.plays
        self._menus: dict[tuple[Move, ...], _Menu] = {}

    def close(self) -> Exploration:
        """Everything written down so far."""
        found = {part: Found(count, self._paths[part]) for part, count in self._counts.items()}
        return replace(
            self._begun,
            plays=self._plays,
            found=MappingProxyType(found),
            said=tuple(self.said),
            first_ask=MappingProxyType(self._first_ask),
        )

    def play(self, nth: int) -> None:
        """Play run number `nth`, and write down what it comes upon."""
        seed = self._begun.seed + nth
        play = _Play(self, seed)
        play.on(_TABLE[nth % len(_TABLE)](self, seed))
        for part, made in play.came_upon.items():
            self._counts[part] = self._counts.get(part, 0) + 1
            held = self._paths.get(part)
            if held is None or made < len(held.moves):
                self._paths[part] = Path(tuple(play.moves[:made]), seed)
        for who, (minutes, made) in play.first_ask.items():
            if who not in self._first_ask or minutes < self._first_ask[who][0]:
                self._first_ask[who] = minutes, Path(tuple(play.moves[:made]), seed)
        self._plays += 1

    def menu(self, moves: tuple[Move, ...]) -> _Menu:
        """What is known of a menu: the same few come again and again."""
        if moves not in self._menus:
            self._menus[moves] = _Menu.of(self.rules, moves)
        return self._menus[moves]


@dataclass(frozen=True, slots=True)
class _Menu:
    offered: tuple[Part, ...]
    meets: int
    """The needs that one of the lines meets."""
    asks: bool
    prices: bool
    """Whether a line that asks names the price as well."""
    only_leaving: bool

    @classmethod
    def of(cls, rules: Rules, moves: tuple[Move, ...]) -> _Menu:
        lines = [what for what in (rules.moves[move] for move in moves) if not isinstance(what, str)]
        return cls(
            tuple(Part("offered", who, line.bit.bit_length() - 1) for who, line in lines),
            reduce(or_, (line.meets for _, line in lines), 0),
            any(line.asks for _, line in lines),
            any(line.asks and line.prices for _, line in lines),
            all(line.kind in _LEAVING for _, line in lines),
        )


@dataclass(slots=True)
class _Play:
    """One run as it is played."""

    log: _Log
    seed: int
    moves: list[Move] = field(default_factory=list)
    came_upon: dict[Part, int] = field(default_factory=dict)
    """Parts, each with the number of moves made by then."""
    first_ask: dict[int, tuple[int, int]] = field(default_factory=dict)
    """For a prospect: minutes and moves."""
    _menus: set[tuple[Move, ...]] = field(default_factory=set)
    _been: dict[tuple[int, ...], int] = field(default_factory=dict)
    _stage: tuple[int, int, int] = (-1, -1, -1)
    """The prospect in conversation, the number of the conversation, and its stage, at the last move."""

    def on(self, choose: Chooser) -> None:
        """Play to the end."""
        turn = Heard(self.log.rules, self.seed)
        arrive(turn)
        self._meet(turn)
        self._read(turn)
        while moves := possible(turn):
            self._look(turn, moves)
            if len(self.moves) >= LONG_ENOUGH and turn.active < 0:
                move = self.log.of.named["finish"]
            else:
                move = choose(Sight(self.log.of, turn, moves))
            self._replies(turn, move)
            self.moves.append(move)
            self.log.said[move] += 1
            make(turn, move)
            self._read(turn)
        for who, p in enumerate(turn.people):
            self._upon(Part("ending", who, ended(tuple(p))))
            for school, done in enumerate(
                _lessons(self.log.rules.prospects[who].prospect, p, Part("first-ask", who) in self.came_upon)
            ):
                if done:
                    self._upon(Part("lesson", who, school))

    def _upon(self, part: Part) -> None:
        if part not in self.came_upon:
            self.came_upon[part] = len(self.moves)

    def _upon_each(self, what: str, who: int, mask: int) -> None:
        while mask:
            bit = mask & -mask
            self._upon(Part(what, who, bit.bit_length() - 1))
            mask ^= bit

    def _meet(self, turn: Turn) -> None:
        """Note what the buyers have brought with them."""
        for who, p in enumerate(turn.people):
            self._upon_each("present", who, p[at.OBJECTS])
            self._upon_each("behind", who, p[at.REALLY])

    def _look(self, turn: Turn, moves: tuple[Move, ...]) -> None:
        """Note where the play has come to, and what can be done there."""
        menu, who = self.log.menu(moves), turn.active
        if moves not in self._menus:
            self._menus.add(moves)
            for part in menu.offered:
                self._upon(part)
        if who < 0:
            self._stage = (-1, -1, -1)
            if len(turn.people) == 1:
                self._upon_each("in-time", 0, menu.meets & turn.people[0][at.KNOWN])
            return
        p = turn.people[who]
        self._upon_each("in-time", who, menu.meets & p[at.KNOWN])
        here = who, p[at.TALKS], p[at.STAGE]
        if here != self._stage:
            self._upon(Part("spoken-to", who))
            self._upon(Part("channel", who, p[at.CHANNEL]))
            self._upon(Part("stage", who, here[2]))
            if self._stage[:2] == here[:2]:
                self._upon(Part("left", who, self._stage[2]))
                self._round(who, p)
            self._stage = here
        if menu.only_leaving:
            self._upon(Part("stuck", who, here[2]))
        if menu.asks:
            self._could_ask(turn, who, p, menu)

    def _replies(self, turn: Turn, move: Move) -> None:
        """Note which replies are in place as a line is said."""
        what = self.log.rules.moves[move]
        if isinstance(what, str) or len(what[1].replies.rules) < 2:
            return
        who, line = what
        held = holding(turn, line.replies.guards, self.log.rules.prospects[who], turn.people[who])
        while held:
            bit = held & -held
            self._upon(Part("held", who, line.bit.bit_length() - 1, bit.bit_length() - 1))
            held ^= bit

    def _could_ask(self, turn: Turn, who: int, p: People, menu: _Menu) -> None:
        """Note that the decision can be asked for, and what keeps this buyer from it."""
        self._upon(Part("ask", who))
        if not (p[at.PRICED] or menu.prices):
            return
        self._upon(Part("priced-ask", who))
        if p[at.TALKS] == 1 and who not in self.first_ask:
            self.first_ask[who] = turn.clock - turn.started, len(self.moves)
        if turn.able(self.log.rules.prospects[who], p):
            self._upon(Part("could-order", who))
            if p[at.TALKS] == 1:
                self._upon(Part("first-ask", who))
        elif p[at.REAL]:
            if turn.clock < p[at.READY_AT]:
                self._upon(Part("not-ready", who))
            if missing(self.log.rules.prospects[who], p):
                self._upon(Part("missing", who))

    def _round(self, who: int, p: People) -> None:
        """Note that a conversation has come into a stage, and whether it was there before with nothing changed."""
        point = (who, p[at.TALKS], p[at.STAGE], p[at.SAID], p[at.KNOWN], p[at.MET], p[at.RAISED], p[at.HANDLED])
        self._been[point] = self._been.get(point, 0) + 1
        if self._been[point] == ROUNDS:
            self._upon(Part("circle", who, p[at.STAGE]))

    def _read(self, turn: Heard) -> None:
        """Note what a move has caused, and forget it."""
        for who, what, amount, text in turn.heard:
            if (part := self.log.marks.get(text)) is not None:
                self._upon(part)
                if part.what == "interrupt" and turn.people[part.who][at.LINES] == 1:
                    self._upon(part._replace(what="at-once"))
            elif what == "said":
                line = self.log.rules.moves[amount]
                assert not isinstance(line, str)  # only lines are said
                self._upon(Part("said", who, line[1].bit.bit_length() - 1))
            elif (named := TOLD.get(what)) is not None:
                self._upon(Part(named, who, amount))
            elif what in HANDLED:
                self._settled(who, amount, turn.people[who])
        turn.heard.clear()

    def _settled(self, who: int, objection: int, p: People) -> None:
        if p[at.SETTLED] >> objection & 1:
            self._upon(Part("settled", who, p[at.REASONS] >> 8 * objection & 255))


def _lessons(prospect: Prospect, p: People, first_ask: bool) -> tuple[bool, ...]:
    """Whether what each school teaches was done, in the order of `vocabulary.SCHOOLS`: a moment in the first
    conversation at which an order was possible; a decision that is no order; an enquiry answered; a message with
    something in it; a follow-up on the day of a conversation."""
    return (
        first_ask,
        p[at.DECISIONS] > (p[at.RESULT] == RESULT["order"]),
        prospect.buyer.arrives == "lead" and p[at.FIRST_TALK] >= 0,
        p[at.TOUCHES] > p[at.EMPTY],
        bool(p[at.DONE]),
    )


__all__ = ["Exploration", "Found", "Path", "begin", "explore"]
