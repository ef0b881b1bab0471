"""Imagining a run: what each move would have been worth among buyers who would have shown what was seen.

At each move the coach knows what the player had seen, and nothing else. It imagines buyers who would have shown just
that, in several *imaginings*, each from a belief formed independently of the others. In each of these worlds it makes
every legal move and lets a guide play on, with the same luck for all moves; the guide is the school that earns most in
this scenario.

The move that was made, and the guide's, are tried with this very buyer too, whose hidden facts the player could not
know. What they are worth otherwise with them is nobody's merit; `engine.coach.account` counts it as luck.

Imaginings are independent pieces of work, numbered from 0: the same number gives the same figures in whichever process,
and more of them make the analysis finer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from engine.belief import Belief, Seen
from engine.catalogue import catalogue
from engine.doctrines import SCHOOLS
from engine.guides import guides_of
from engine.play import State
from engine.playing import Chooser, chosen
from engine.rules import Move, Rules, Turn
from engine.seeing import veiled
from engine.valuation import Trial, World, worths

WORLDS: Final = 4
"""Worlds of one imagining, in each of which every alternative is played out once. More of them would tell as much as
more imaginings, play for play; but imaginings are independent of each other, so from many small ones it is seen well
how far their mean may be off."""
LEAST: Final = 6
"""Imaginings from which on anything is said about a move."""
QUICK: Final = 8 * LEAST
"""Imaginings of the quick setting: 192 plays of each alternative."""
AHEAD: Final = 3
"""The most moves of a plan after its first one."""


class Plan(NamedTuple):
    """A legal move with what follows it."""

    move: Move
    then: tuple[Move, ...] = ()
    """What is made right after it, as far as that can be done when it is its turn."""
    by: int = 0
    """Who plays on then: one of `players_on`, by place."""

    def after(self, move: Move) -> Plan:
        """The plan that puts this one off by a move, which need not be made again."""
        return Plan(move, tuple(each for each in (self.move, *self.then) if each != move)[:AHEAD], self.by)


@dataclass(frozen=True, slots=True)
class Imagined:
    """What one imagining says of one move of a run, in minor units."""

    worths: Mapping[Plan, int]
    """Of every plan that was tried, in worlds that agree with what was seen."""
    orders: Mapping[Plan, int]
    """The orders that were to be expected of it, in millionths."""
    known: Mapping[Move, int]
    """Of the move made and of what the guide would have done, with this very buyer."""
    guide: Move
    """What the guide would have done."""


class Imagining:
    """One imagining of a run: a belief that learns move by move, and what was tried in the worlds that fit it.

    It can be asked about the same run again, a few moves on or about other moves; what was tried is remembered. What it
    says follows from the run, from its number (0 or more) and from what is asked, and from nothing that was asked
    before.
    """

    def __init__(self, rules: Rules, number: int) -> None:
        self._rules = rules
        self._name = f"coach/{number}"
        self._players = players_on(rules)
        self._belief = Belief(rules, self._name)
        self._moments: list[_Moment] = []

    def says(self, end: State, left: Sequence[Sequence[Plan]] | None = None) -> tuple[Imagined | None, ...]:
        """What it says of each move of a run that may still go on. With `left`, only the plans that it holds for a move
        are tried in its place, and None is said of a move for which it holds nothing; otherwise, every legal move by
        itself. `left` may hold plans for the present moment too: they are tried, and nothing is said of them before
        a move is made."""
        course = end.states()
        if left is None:
            left = [at_first(state) for state in course[:-1]]
        for place, plans in enumerate(left):
            if plans:
                self._try(course, place, plans)
        return tuple(
            self._of(course[place], course[place + 1].action, plans) if plans else None
            for place, plans in enumerate(left[: end.moves])
        )

    def follow(self, now: State) -> None:
        """Take in a run up to this moment, as long as it goes on, so that what is asked next is said the sooner."""
        if not now.is_terminal():
            self._reach(now.states(), now.moves)

    def _reach(self, course: Sequence[State], place: int) -> None:
        while len(self._moments) <= place:
            self._learn(course)

    def _try(self, course: Sequence[State], place: int, plans: Sequence[Plan]) -> None:
        self._reach(course, place)
        moment = self._moments[place]
        for plan in plans:
            if plan not in moment.worths:
                found = [(share, players[plan.by].foreseen(plan.move, plan.then)) for share, players in moment.trials]
                moment.worths[plan] = sum(share * one.worth for share, one in found) // moment.whole
                moment.orders[plan] = sum(share * one.orders for share, one in found) // moment.whole

    def _learn(self, course: Sequence[State]) -> None:
        """Take in one more move, and draw the worlds of the moment after it."""
        place = len(self._moments)
        shown = veiled(course[place].core)
        if place:
            self._belief.learn(Seen(veiled(course[place - 1].core), course[place].action, shown))
        lucks = [self._rules.luck(f"{self._name}/{place}/{number}") for number in range(WORLDS)]
        shares = self._belief.shares(shown, WORLDS)
        trials = [
            (share, tuple(Trial(self._rules, (core, luck), player, place) for player in self._players))
            for (share, core), luck in zip(shares, lucks, strict=True)
        ]
        self._moments.append(_Moment(would(course[place], self._players[0]), trials))

    def _of(self, before: State, made: Move, plans: Sequence[Plan]) -> Imagined:
        moment = self._moments[before.moves]
        if moment.known is None:
            worlds, moves = _known_worlds(before, self._name), sorted({made, moment.guide})
            found = worths(self._rules, worlds, moves, self._players[0], before.moves)
            moment.known = {move: one.value for move, one in found.items()}
        earned, orders = ({plan: of[plan] for plan in plans} for of in (moment.worths, moment.orders))
        return Imagined(earned, orders, moment.known, moment.guide)


class _Moment:
    """What an imagining has found out about a moment of a run, before the move that was made then."""

    def __init__(self, guide: Move, trials: Sequence[tuple[int, Sequence[Trial]]]) -> None:
        self.guide = guide
        """What the guide would do."""
        self.trials = trials
        """Worlds that agree with what was seen, each with what it counts for, and a trial for each who plays on."""
        self.whole = sum(share for share, _ in trials)
        self.worths: dict[Plan, int] = {}
        self.orders: dict[Plan, int] = {}
        self.known: dict[Move, int] | None = None


def at_first(state: State) -> tuple[Plan, ...]:
    """What is tried at first of all that could be done in a state: every legal move, after which the guide plays on,
    and what the next best school would do, which then plays on itself."""
    return *map(Plan, state.legal_actions()), Plan(would(state, players_on(state.game.rules)[1]), by=1)


def would(now: State, choose: Chooser) -> Move:
    """What a player does here."""
    rules = now.game.rules
    return chosen(catalogue(rules), Turn(rules, now.core, now.luck), now.legal_actions(), choose, now.moves)


def players_on(rules: Rules) -> tuple[Chooser, Chooser]:
    """The guide, who plays on after a move: the school that earns most here; and the one that earns most but for it."""
    every = schools(rules)
    found = guides_of(rules, every)
    return every[found.names[0]], every[found.next]


@lru_cache(maxsize=8)
def schools(rules: Rules) -> Mapping[str, Chooser]:
    """Those of whom the guide is one."""
    return {name: school(rules, "coach") for name, school in SCHOOLS.items()}


@lru_cache(maxsize=8192)
def known(before: State, move: Move, imagining: int) -> int:
    """What `move` is worth here with this very buyer, in minor units: in the worlds, and with the luck, in which that
    imagining has tried the move that was made."""
    rules = before.game.rules
    worlds = _known_worlds(before, f"coach/{imagining}")
    return worths(rules, worlds, (move,), players_on(rules)[0], before.moves)[move].value


def _known_worlds(before: State, name: str) -> list[World]:
    """This very buyer, with lucks of an imagining's own."""
    luck = before.game.rules.luck
    return [(before.core, luck(f"{name}/known/{before.moves}/{place}")) for place in range(WORLDS)]
