"""Many runs of one scenario by one doctrine, tallied.

A tally holds counts and sums of whole numbers and nothing else. Tallies of different seeds are added with `+`, in any
order: however the runs are shared out, the same seeds add up to the same tally. Dividing is left to whoever reports it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add
from types import MappingProxyType
from typing import Final, cast

from engine import world as at
from engine.conduct import conduct_percent
from engine.doctrines import Doctrine
from engine.intervals import Mean, mean
from engine.playing import Chooser, play_on
from engine.rules import Move, Rules, begun
from engine.rules.tables import RESULT
from engine.rules.value import value
from engine.scenario.vocabulary import ASKS
from engine.sight import Sight
from engine.skills import People, dependence, first_visit
from engine.units import LEVEL
from engine.world import Core, Prospect

ENDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "order-first-visit": "Ordered in the first conversation.",
        "order-later": "Ordered in a later conversation.",
        "advance": "Undecided when time ran out, with a dated step agreed that the seller did not break.",
        "no-sale": "Said a clear no.",
        "lost-to-rival": "Bought from somebody else.",
        "lost-to-no-decision": "Settled for leaving things as they are.",
        "expired": "Undecided when time ran out, and no dated step agreed.",
        "never-contacted": "Never spoken to, and never sent anything.",
    }
)
"""How a prospect can end, from best to worst. Every prospect of every run counts under exactly one of these.

Orders that were cancelled afterwards count as orders here; `Tally.cancelled` says how many those were.
"""

ASK_LEVELS: Final = ("interest", "trust", "pressure")
"""The levels of a histogram, read when the decision is asked for."""
BINS: Final = 10
"""Bins of a histogram: 0 to 9 points, 10 to 19, ..., 90 to 100."""

_NAMES: Final = tuple(ENDS)
_OF_RESULT: Final = {code: _NAMES.index(name) for name, code in RESULT.items() if name in ENDS}
_FIRST, _LATER, _ADVANCE = (_NAMES.index(name) for name in ("order-first-visit", "order-later", "advance"))


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a whole number over runs, and the sum of its squares."""

    total: int
    squares: int

    @classmethod
    def of(cls, numbers: Sequence[int]) -> Sum:
        return cls(sum(numbers), sum(number * number for number in numbers))

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.total + other.total, self.squares + other.squares)

    def mean(self, runs: int) -> Mean:
        """The mean over `runs` (1 or more) with its standard error."""
        return mean(self.total, self.squares, runs)


@dataclass(frozen=True, slots=True, order=True)
class Shortest:
    """A run with the fewest moves; of equals, the one with the lowest seed."""

    length: int
    seed: int
    moves: tuple[Move, ...]
    """The moves chosen, from the first to the last of the run."""


Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of many runs of one scenario by one doctrine."""

    runs: int
    prospects: int
    """Prospects met, over all runs: as many as the ends add up to."""
    ends: Counts
    """Prospects by how they ended, in the order of `ENDS`."""
    cancelled: tuple[int, int]
    """Orders cancelled afterwards: of those on the first visit, of the later ones."""
    value: Sum
    """What a run earned, in minor units of money."""
    conduct: Sum
    """The conduct of a run, 0 to 100."""
    minutes: Sum
    """The seller's minutes spent on prospects in a run, without tasks."""
    moves: Sum
    """Moves chosen in a run."""
    closed: int
    """Orders in the first conversation."""
    could: int
    """Prospects who could have ordered in it."""
    leaning: Sum
    """Continuations and follow-ups without a date, in a run."""
    decisions: Sum
    """Decisions collected in a run."""
    leaning_decisions: int
    """The sum over runs of one times the other, for the error of their ratio."""
    offered: Counts
    """How often each move could have been chosen, by its number."""
    chosen: Counts
    """How often it was."""
    asks: tuple[Counts, ...]
    """For each of `ASK_LEVELS`: how many times the decision was asked for with the level in each of the bins."""
    shortest: tuple[Shortest | None, ...]
    """For each of `ENDS`: the shortest run in which some prospect ended that way."""
    earned: tuple[tuple[int, int], ...] = ()
    """Seed and value of each run, by seed, of players who are compared run by run; empty for the others."""

    def __add__(self, other: Tally) -> Tally:
        """The tally of both. Raises ValueError for tallies of scenarios with other moves."""
        if len(self.offered) != len(other.offered):
            raise ValueError("tallies of different scenarios cannot be added")
        return Tally(
            runs=self.runs + other.runs,
            prospects=self.prospects + other.prospects,
            ends=_added(self.ends, other.ends),
            cancelled=cast("tuple[int, int]", _added(self.cancelled, other.cancelled)),
            value=self.value + other.value,
            conduct=self.conduct + other.conduct,
            minutes=self.minutes + other.minutes,
            moves=self.moves + other.moves,
            closed=self.closed + other.closed,
            could=self.could + other.could,
            leaning=self.leaning + other.leaning,
            decisions=self.decisions + other.decisions,
            leaning_decisions=self.leaning_decisions + other.leaning_decisions,
            offered=_added(self.offered, other.offered),
            chosen=_added(self.chosen, other.chosen),
            asks=tuple(_added(one, two) for one, two in zip(self.asks, other.asks, strict=True)),
            shortest=tuple(_shorter(one, two) for one, two in zip(self.shortest, other.shortest, strict=True)),
            earned=tuple(sorted(self.earned + other.earned)),
        )


def simulate(rules: Rules, doctrine: Doctrine, seeds: Iterable[int], *, each: bool = False) -> Tally:
    """Play one run for each seed (0 to 2**53 - 1) and tally what came of it; with `each`, keep what each run earned."""
    watch = _Watch(rules)
    for seed in seeds:
        luck = rules.luck(seed)
        watch.sit_down(doctrine(rules, seed))
        watch.count(seed, play_on(begun(rules, luck), watch.choose))
    return watch.tally(each)


class _Watch:
    """Looks over the player's shoulder, and counts. Counting stays cheaper than moving."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._asks = frozenset(
            move for move, what in enumerate(rules.moves) if not isinstance(what, str) and what[1].kind in ASKS
        )
        self._offers: Counter[tuple[Move, ...]] = Counter()
        self._chosen: Counter[Move] = Counter()
        self._levels = [[0] * BINS for _ in ASK_LEVELS]
        self._ends = [0] * len(ENDS)
        self._cancelled = [0, 0]
        self._shortest: list[Shortest | None] = [None] * len(ENDS)
        self._seeds: list[int] = []
        self._values: list[int] = []
        self._conduct: list[int] = []
        self._minutes: list[int] = []
        self._lengths: list[int] = []
        self._leaning: list[int] = []
        self._decisions: list[int] = []
        self._closed = self._could = 0

    def sit_down(self, choose: Chooser) -> None:
        """Begin the run that `choose` plays."""
        self._choose = choose
        self._path: list[Move] = []
        self._menus: list[tuple[Move, ...]] = []

    def choose(self, s: Sight) -> Move:
        """What the player chooses."""
        move = self._choose(s)
        self._path.append(move)
        self._menus.append(s.moves)
        if move in self._asks:
            self._asked(s)
        return move

    def _asked(self, s: Sight) -> None:
        for bins, level in zip(self._levels, s.levels(), strict=True):
            bins[min(level * BINS // LEVEL, BINS - 1)] += 1

    def count(self, seed: int, end: Core) -> None:
        """Count a run that has ended."""
        path = self._path
        self._chosen.update(path)
        # the same few menus come again and again: they are counted whole, and unfolded once at the end
        self._offers.update(self._menus)
        people: People = list(zip(self._rules.prospects, end[at.FIRST :], strict=True))
        for _, p in people:
            place = ended(p)
            self._ends[place] += 1
            if p[at.CANCELLED]:
                self._cancelled[place == _LATER] += 1
            best = self._shortest[place]
            if best is None or (len(path), seed) < (best.length, best.seed):
                self._shortest[place] = Shortest(len(path), seed, tuple(path))
        closed, could = first_visit(people)
        leaning, decisions = dependence(people)
        self._closed += closed
        self._could += could
        self._leaning.append(leaning)
        self._decisions.append(decisions)
        self._seeds.append(seed)
        self._values.append(value(self._rules, end))
        self._conduct.append(conduct_percent(people))
        self._minutes.append(sum(p[at.WORKED] for _, p in people))
        self._lengths.append(len(path))

    def tally(self, each: bool) -> Tally:
        """Everything counted so far; with `each`, what each run earned as well."""
        offered = [0] * len(self._rules.moves)
        for moves, times in self._offers.items():
            for move in moves:
                offered[move] += times
        return Tally(
            runs=len(self._values),
            prospects=sum(self._ends),
            ends=tuple(self._ends),
            cancelled=(self._cancelled[0], self._cancelled[1]),
            value=Sum.of(self._values),
            conduct=Sum.of(self._conduct),
            minutes=Sum.of(self._minutes),
            moves=Sum.of(self._lengths),
            closed=self._closed,
            could=self._could,
            leaning=Sum.of(self._leaning),
            decisions=Sum.of(self._decisions),
            leaning_decisions=sum(a * b for a, b in zip(self._leaning, self._decisions, strict=True)),
            offered=tuple(offered),
            chosen=tuple(self._chosen[move] for move in range(len(self._rules.moves))),
            asks=tuple(tuple(bins) for bins in self._levels),
            shortest=tuple(self._shortest),
            earned=tuple(sorted(zip(self._seeds, self._values, strict=True))) if each else (),
        )


def ended(p: Prospect) -> int:
    """How a prospect has ended, as a place in `ENDS`."""
    if p[at.RESULT] == RESULT["order"]:
        return _FIRST if p[at.FIRST_CLOSE] else _LATER
    if p[at.RESULT] == RESULT["expired"] and p[at.ADVANCES] > 0:
        return _ADVANCE
    return _OF_RESULT[p[at.RESULT]]


def _added(one: Counts, other: Counts) -> Counts:
    return tuple(map(add, one, other))


def _shorter(one: Shortest | None, other: Shortest | None) -> Shortest | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


__all__ = ["ASK_LEVELS", "BINS", "ENDS", "Shortest", "Sum", "Tally", "ended", "simulate"]
