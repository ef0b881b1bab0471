"""The expert: imagines the buyer from what has been seen, and plays every alternative out before it chooses.

It sees what a player with all meters sees, and remembers it. Hidden facts are drawn from the scenario's population and
conditioned on the whole history, as `engine.doctrines.belief` says. Each alternative is then played out in the same
imagined worlds with the same luck, by the two schools that earn most from this population; where an answer is a matter
of chance, every possible answer is followed, weighted by its exact chance. Alternatives that are clearly worse are
dropped after a few worlds, and those that are close get more. The best average, by either school, is chosen: play
that is at least as good as that of the better school at every move (a rollout policy: Tesauro & Galperin 1996; over
several policies: Chang, Givan & Chong 2004).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

from engine.doctrines.belief import Belief, Seen
from engine.doctrines.outlook import outlook
from engine.doctrines.playing import Chooser, play_out
from engine.doctrines.sight import Sight
from engine.generated import machine
from engine.luck import Luck
from engine.rules import Move, Rules
from engine.rules.value import value
from engine.units import CERTAIN
from engine.world import Core

ROUNDS = ((6, 6), (10, 3), (20, 1))
"""Round by round: the worlds in which the alternatives still in the running are played out, and how many stay."""
_TRIALS = 120
"""Buyers from whom each school earns, to find the two that earn most."""
_GUIDES = 2


class Expert:
    """One run's player. `key` names the luck of its imagination; `schools` are the policies it may play out with."""

    def __init__(
        self, rules: Rules, key: int | str, schools: Mapping[str, Chooser], rounds: Sequence[tuple[int, int]] = ROUNDS
    ) -> None:
        self._rules = rules
        self._machine = machine(rules)
        self._key = f"{key}/expert"
        self._rounds = rounds
        self._guides = guides(rules, schools)
        self._belief = Belief(rules, self._key)
        self._last: tuple[Core, Move] | None = None
        self._made = 0

    def choose(self, s: Sight) -> Move:
        """The option with the best average over imagined buyers."""
        shown = s.veiled()
        if self._last is not None:
            self._belief.learn(Seen(*self._last, shown))
        move = s.moves[0] if len(s.moves) == 1 else self._search(shown, s)
        self._last = (shown, move)
        self._made += 1
        return move

    def _search(self, shown: Core, s: Sight) -> Move:
        """Race the alternatives against what the better school would do here: all of them in a few worlds, and in
        more worlds those that promise more."""
        worlds = self._belief.worlds(shown, sum(more for more, _ in self._rounds))
        guides = self._guides
        left: dict[Move, list[list[int]]] = {move: [[] for _ in guides] for move in s.moves}
        begun = 0
        for more, kept in self._rounds:
            for number in range(begun, begun + more):
                name = f"{self._key}/{self._made}/{number}"
                luck = tuple(Luck(name, one.prospect.id) for one in self._rules.prospects)
                for move, earned in left.items():
                    for guide, values in zip(guides, earned, strict=True):
                        values.append(self._worth(worlds[number], luck, move, guide))
            begun += more
            if len(guides) > 1:
                own = [guide(s) for guide in guides]
                top = max(range(len(guides)), key=lambda g: sum(left[own[g]][g]))
                guide, incumbent = guides[top], own[top]
                guides = (guide,)
                left = {move: [earned[top]] for move, earned in left.items()}
            ranked = sorted(left, key=lambda move: -sum(left[move][0]))
            floor = sum(left[incumbent][0])
            left = {
                move: left[move]
                for move in left
                if move == incumbent or (move in ranked[:kept] and sum(left[move][0]) > floor)
            }
            if len(left) == 1:
                break
        return max(left, key=lambda move: sum(left[move][0]))

    def _worth(self, core: Core, luck: Sequence[Luck], move: Move, guide: Chooser) -> int:
        """What a move earns in one imagined world, in minor units, averaged over the answers that may come back."""
        rules, of = self._rules, self._machine
        odds = of.chance(core, luck, move)
        if len(odds) == 1:
            return outlook(rules, of.step(core, luck, move), luck, guide, self._made)
        whole = 0
        for answer, share in odds:
            if share:
                after = of.step(core, luck, move, 0, answer)
                whole += share * outlook(rules, after, luck, guide, self._made)
        return whole // CERTAIN


def _clearly_below(values: Sequence[int], top: Sequence[int]) -> bool:
    """Whether the mean of `values` is more than two and a half standard errors under that of `top`, world by world."""
    gaps = [a - b for a, b in zip(values, top, strict=True)]
    whole, n = sum(gaps), len(gaps)
    spread = n * sum(gap * gap for gap in gaps) - whole * whole
    return whole < 0 and 4 * whole * whole * (n - 1) > 25 * spread


_GUIDES_OF: WeakKeyDictionary[Rules, tuple[Chooser, ...]] = WeakKeyDictionary()


def guides(rules: Rules, schools: Mapping[str, Chooser]) -> tuple[Chooser, ...]:
    """The schools that earn most from a population, worked out once."""
    found = _GUIDES_OF.get(rules)
    if found is None:
        earned = {
            name: sum(_trial(rules, school, number) for number in range(_TRIALS)) for name, school in schools.items()
        }
        best = sorted(earned, key=lambda name: -earned[name])[:_GUIDES]
        found = _GUIDES_OF[rules] = tuple(schools[name] for name in best)
    return found


def _trial(rules: Rules, school: Chooser, number: int) -> int:
    luck = tuple(Luck(f"trial/{number}", one.prospect.id) for one in rules.prospects)
    return value(rules, play_out(rules, machine(rules).start(luck), luck, school))
