"""The expert: imagines the buyer from what has been seen, and plays every alternative out before it chooses.

It sees what a player with all meters sees, and remembers it. Hidden facts are drawn from the scenario's population and
conditioned on the whole history, as `engine.belief` says. Each alternative is then played out in the same imagined
worlds with the same luck, by the schools that earn most from this population. Where the move itself has a chance in it,
every answer is followed with its exact chance (a look-ahead of one move), and so is every yes later on
(`engine.outlook`). After a few worlds the school that does better is kept; alternatives that promise less than its own
choice are dropped, and the others are played out in more worlds. What then earns most, beyond sampling error, is
chosen: one step better, at each move, than the school it plays out with (the rollout method of Tesauro & Galperin 1996;
over several policies, Chang, Givan & Chong 2004).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from math import isqrt
from typing import Final

from engine.belief import Belief, Seen
from engine.guides import guides
from engine.playing import Chooser
from engine.rules import Move, Rules
from engine.sight import Sight
from engine.valuation import World, worth
from engine.world import Core

ROUNDS: Final = ((6, 6), (10, 3), (20, 1))
"""Round by round: the worlds in which the alternatives still in the running are played out, and how many stay in it."""
EFFORT: Final = 4_000
"""Moves played out for one choice from which on no further world is begun."""
_LEAST, _ENOUGH = 3, 20
"""Worlds in which every alternative is played out, whatever the effort; and, in sales of many conversations, those that
stay in the running. There orders are rare, and a few worlds without one would make it look good to give up."""

Race = dict[Move, list[int]]
"""Alternatives with what each has earned, world by world, in minor units."""


class Expert:
    """One run's player. `key` names the luck of its imagination; `schools` are the policies it may play out with."""

    def __init__(self, rules: Rules, key: int | str, schools: Mapping[str, Chooser]) -> None:
        self._rules = rules
        self._key = f"{key}/expert"
        self._guides = tuple(self._counted(guide) for guide in guides(rules, schools))
        self._belief = Belief(rules, self._key)
        self._long = any(one.multi_call for one in rules.prospects)
        self._least = _ENOUGH if self._long else 0
        self._last: tuple[Core, Move] | None = None
        self._made = 0
        self._effort = 0

    def choose(self, s: Sight) -> Move:
        """The option with the best average over imagined buyers."""
        shown = s.veiled()
        if self._last is not None:
            self._belief.learn(Seen(*self._last, shown))
        moves = _worth_a_thought(s) if self._long else s.moves
        move = moves[0] if len(moves) == 1 else self._search(shown, s, moves)
        self._last = (shown, move)
        self._made += 1
        return move

    def _counted(self, guide: Chooser) -> Chooser:
        def choose(s: Sight) -> Move:
            self._effort += 1
            return guide(s)

        return choose

    def _search(self, shown: Core, s: Sight, moves: Sequence[Move]) -> Move:
        """Race the alternatives, `moves`, against what the better school would do here: all of them in a few worlds,
        and in more worlds those that promise more."""
        worlds = self._worlds(shown)
        more, kept = ROUNDS[0]
        guide = self._better(worlds[:more], s, moves)
        own = _wish(guide, s, moves)
        self._effort = 0
        running: Race = {move: [] for move in moves}
        for number, world in enumerate(worlds[:more]):
            self._play_out(running, guide, world)
            if self._effort >= EFFORT and number + 1 >= _LEAST:
                break
        running = _promising(running, own, kept)
        left = enumerate(worlds[len(running[own]) :], len(running[own]))
        for more, kept in ROUNDS[1:]:
            for number, world in islice(left, more):
                if len(running) == 1 or (self._effort >= EFFORT and number >= self._least):
                    break
                self._play_out(running, guide, world)
            running = _promising(running, own, kept)
        return max(running, key=lambda move: _promise(running[move], running[own]))

    def _better(self, worlds: Sequence[World], s: Sight, moves: Sequence[Move]) -> Chooser:
        """The school that does better in these worlds with what it would do itself."""
        if len(self._guides) == 1:
            return self._guides[0]
        earned = [sum(self._worth(world, _wish(guide, s, moves), guide) for world in worlds) for guide in self._guides]
        return self._guides[max(range(len(earned)), key=earned.__getitem__)]

    def _worlds(self, shown: Core) -> list[World]:
        """States that look like `shown`, each with luck for what follows, which is the same for all alternatives."""
        states = self._belief.worlds(shown, sum(more for more, _ in ROUNDS))
        return [(state, self._rules.luck(f"{self._key}/{self._made}/{number}")) for number, state in enumerate(states)]

    def _play_out(self, running: Race, guide: Chooser, world: World) -> None:
        """Add to each alternative what it earns in one world."""
        for move, earned in running.items():
            earned.append(self._worth(world, move, guide))

    def _worth(self, world: World, move: Move, guide: Chooser) -> int:
        return worth(self._rules, world, move, guide, self._made)


def _wish(guide: Chooser, s: Sight, moves: Sequence[Move]) -> Move:
    """What a school does, if that is worth a thought; else the last thing that is."""
    wish = guide(s)
    return wish if wish in moves else moves[-1]


def _worth_a_thought(s: Sight) -> tuple[Move, ...]:
    """The alternatives in a sale of many conversations: all that can be done, but for giving up. To let all of the time
    pass is no better than to let some of it pass, after which one can still give up; and it looks better than it is,
    since what is played out is played by a school, which gets less out of what is left than the expert does."""
    waits = sum(s.catalogue.kind[move] in ("wait", "finish") for move in s.moves[-2:])
    return s.moves[:-1] if waits == 2 else s.moves


def _promising(running: Race, incumbent: Move, most: int) -> Race:
    """The incumbent, and at most this many of the alternatives that have earned more, the best first."""
    floor = sum(running[incumbent])
    better = [move for move in running if sum(running[move]) > floor]
    better.sort(key=lambda move: -sum(running[move]))
    return {move: running[move] for move in (incumbent, *better[:most])}


def _promise(values: Sequence[int], incumbent: Sequence[int]) -> int:
    """What an alternative earns more than the incumbent, world by world, less its sampling error: what is only luck in
    a few worlds is not a reason to leave the beaten path, and the fewer they are the more of it is luck."""
    gaps = [a - b for a, b in zip(values, incumbent, strict=True)]
    whole, n = sum(gaps), len(gaps)
    spread = n * sum(gap * gap for gap in gaps) - whole * whole
    return whole - isqrt(spread // (n - 1)) * (n + 6) // n
