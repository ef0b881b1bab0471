"""What a player who remembers can believe about a buyer: imagined buyers that fit everything seen so far.

A buyer is imagined by drawing one from the scenario's population, with luck of the imagining player's own. Then the
history is held against it: at each move that was made, the imagined buyer is put in the place of the real one, told
the same thing, and given the same answer. It is kept with a weight in proportion to how likely that answer was from
it, and dropped if it shows something else than was seen: another need told, another objection raised, another reason
behind one, a rival who has already won. What is left is a sample of the population, given what has been seen
(sequential importance sampling; Gordon, Salmond & Smith 1993). Where too few are left, new ones are drawn and the
whole history is held against them.

Not conditioned on: the moment at which buyers get in touch by themselves, and how strongly a reply moved a level. Both
say little about hidden facts, and would leave no imagined buyer standing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from engine import world as at
from engine.luck import Luck
from engine.rules import Move, Rules, Turn, buyer, make, odds, signals
from engine.seeing import HIDDEN
from engine.units import CERTAIN
from engine.world import Core, Prospect

SAMPLE = 64
"""Imagined buyers a prospect."""
_ENOUGH = 24
"""Imagined buyers below which new ones are drawn."""
_TRIES = 3 * SAMPLE
"""Buyers drawn at most to fill a sample up again."""
_OFTEN = 6
"""How many times as often buyers are imagined who could decide before long; see `Belief.shares`."""
_LONG = 8
"""The part of the time left that is long."""
_WHOLE = 1 << 60
"""The weight of a buyer against whom nothing has spoken yet."""

_shown = itemgetter(
    *(at.KNOWN, at.RAISED, at.OPEN, at.HANDLED, at.OPENED_UP, at.TOLD_DECIDER, at.PRESENT, at.MET, at.OPTED_OUT)
)
"""What a buyer shows in a conversation, and an imagined one would have to show as well."""

_UNSEEN = frozenset({"touch", "check-in", "task"})
"""Kinds of which nobody sees at once what comes back."""

_REAL, _READY = HIDDEN.index(at.REAL), HIDDEN.index(at.READY_AT)
_RIVAL, _DRIFT = HIDDEN.index(at.RIVAL_AT), HIDDEN.index(at.DRIFT_AT)
_BYTE = 255

Facts = tuple[int, ...]
"""The hidden numbers of a prospect, in the order of `seeing.HIDDEN`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A move, with the states before and after it as `seeing.veiled` shows them."""

    before: Core
    move: Move
    after: Core


class Belief:
    """Weighted imagined buyers for each prospect of a run, and the history that they fit.

    `key` names the luck of this imagination; equal keys imagine alike.
    """

    def __init__(self, rules: Rules, key: str) -> None:
        self._rules = rules
        self._key = key
        self._seen: list[Seen] = []
        self._after: list[Turn] = []
        """The states after these, opened to be read."""
        self._lucks: dict[int, Sequence[Luck]] = {}
        """What each imagined buyer answers by, as far as it was asked."""
        self._drawn = 0
        self._denied = [0] * len(rules.prospects)
        """Masks of facts that a buyer who has them would have told by now."""
        everybody = range(len(rules.prospects))
        self._facts: list[list[Facts]] = [[self._draw(who) for _ in range(SAMPLE)] for who in everybody]
        self._weights: list[list[int]] = [[_WHOLE] * SAMPLE for _ in everybody]

    def learn(self, seen: Seen) -> None:
        """Take in one more move and what came of it."""
        self._seen.append(seen)
        self._after.append(Turn(self._rules, seen.after, ()))
        for who in range(len(self._rules.prospects)):
            if not seen.after[at.FIRST + who][at.RESULT]:
                self._weigh(who)

    def worlds(self, shown: Core, count: int) -> list[Core]:
        """`count` states that look like `shown`, with imagined buyers in proportion to their weights."""
        picked = [[] if person[at.RESULT] else self._picked(who, count) for who, person in enumerate(shown[at.FIRST :])]
        return [
            (
                *shown[: at.FIRST],
                *(
                    _imagined(person, own[number]) if own else person
                    for person, own in zip(shown[at.FIRST :], picked, strict=True)
                ),
            )
            for number in range(count)
        ]

    def shares(self, shown: Core, count: int) -> list[tuple[int, Core]]:
        """`count` states (2 or more) that look like `shown`, each with what it counts for, in millionths.

        What a move is worth hangs most on the buyers who could decide before long. Where one prospect is sold to, they
        are imagined more often than others, and each counts for so much less (stratified sampling).
        """
        if len(self._facts) > 1 or shown[at.FIRST][at.RESULT]:
            return [(CERTAIN // count, world) for world in self.worlds(shown, count)]
        weights, facts = self._weights[0], self._facts[0]
        before_long = shown[at.CLOCK] + (self._rules.deadline - shown[at.CLOCK]) // _LONG
        ready = [bool(one[_REAL]) and one[_READY] <= before_long for one in facts]
        whole, soon = sum(weights), sum(weight for weight, is_so in zip(weights, ready, strict=True) if is_so)
        many = _allotted(soon, whole, count)
        found: list[tuple[int, Core]] = []
        for group, number, weight in ((True, many, soon), (False, count - many, whole - soon)):
            if number:
                own = [place for place, is_so in enumerate(ready) if is_so is group]
                picked = _resampled([weights[place] for place in own], [facts[place] for place in own], number)
                share = weight * CERTAIN // (whole * number)
                found += [(share, (*shown[: at.FIRST], _imagined(shown[at.FIRST], one))) for one in picked]
        return found

    def _picked(self, who: int, count: int) -> list[Facts]:
        """Imagined buyers in an order of its own for each prospect, so that they combine freely."""
        picked = _resampled(self._weights[who], self._facts[who], count)
        self._drawn += 1
        luck = Luck(f"{self._key}/{self._drawn}", "order")
        order = sorted(range(count), key=lambda number: luck.draw("order", number))
        return [picked[number] for number in order]

    def _draw(self, who: int, decider: int | None = None) -> Facts:
        self._drawn += 1
        rules = self._rules.prospects[who]
        person = list(rules.blank)
        buyer.draw(rules, Luck(f"{self._key}/{self._drawn}", rules.prospect.id), person, decider)
        return _hidden(person)

    def _weigh(self, who: int) -> None:
        """Hold the last move against the imagined buyers."""
        last = len(self._seen) - 1
        facts: list[Facts] = []
        weights: list[int] = []
        for number, (one, weight) in enumerate(zip(self._facts[who], self._weights[who], strict=True)):
            after, share = self._told(who, last, one, number)
            if after is not None and (left := weight * share // CERTAIN):
                facts.append(after)
                weights.append(left)
        self._facts[who], self._weights[who] = facts, weights
        if len(facts) < _ENOUGH:
            self._fill_up(who)
        top = max(self._weights[who])
        if top < _WHOLE >> 20:  # so that whole numbers stay fine enough
            self._weights[who] = [weight * _WHOLE // top for weight in self._weights[who]]

    def _fill_up(self, who: int) -> None:
        facts, weights = self._facts[who], self._weights[who]
        best = max(weights, default=_WHOLE)
        for number in range(_TRIES):
            if len(facts) >= SAMPLE:
                return
            one: Facts | None = self._fitted(who)
            weight = _WHOLE
            for place in range(len(self._seen)):
                if one is None or not weight:
                    break
                one, share = self._told(who, place, one, number)
                weight = weight * share // CERTAIN
            if one is not None and weight:
                facts.append(one)
                weights.append(weight)
        if not facts:  # nobody fits: believe what has been told, and the population in everything else
            facts.append(self._fitted(who))
            weights.append(best)

    def _fitted(self, who: int) -> Facts:
        """A buyer with what has been told put in place. But for who decides, which what is theirs depends on, facts are
        drawn independently of each other, so that the rest stays a sample of the population given these."""
        shown = self._seen[-1].after[at.FIRST + who]
        rules = self._rules.prospects[who]
        told = shown[at.TOLD_DECIDER] - 1
        found = dict(zip(HIDDEN, self._draw(who, told if told >= 0 else None), strict=True))
        found[at.HAS] = (found[at.HAS] | shown[at.KNOWN]) & ~self._denied[who]
        found[at.OBJECTS] |= shown[at.RAISED]
        for index in range(shown[at.OPENED_UP].bit_length()):
            if shown[at.OPENED_UP] >> index & 1:
                place = 8 * index
                found[at.REASONS] = found[at.REASONS] & ~(_BYTE << place) | shown[at.REASONS] & _BYTE << place
        for index in range(len(rules.prospect.objections)):
            if found[at.OBJECTS] >> index & 1:
                reason = found[at.REASONS] >> 8 * index & _BYTE
                found[at.REALLY] |= 1 << reason
                found[at.HAS] |= 1 << rules.reason_facts[reason]
        return tuple(found.values())

    def _told(self, who: int, move: int, facts: Facts, number: int) -> tuple[Facts | None, int]:
        """An imagined buyer after a move, which is given by its number, with how likely it was to answer as was seen,
        in millionths; None if it would have shown something else."""
        rules, seen = self._rules, self._seen[move]
        now = seen.after[at.CLOCK]
        what = rules.moves[seen.move]
        if isinstance(what, str) or what[0] != who:
            return (facts, CERTAIN) if facts[_RIVAL] > now and facts[_DRIFT] > now else (None, 0)
        place, shown = at.FIRST + who, seen.after[at.FIRST + who]
        luck = self._lucks.get(number)
        if luck is None:
            luck = self._lucks[number] = rules.luck(f"{self._key}/{number}")
        core = (*seen.before[:place], _imagined(seen.before[place], facts), *seen.before[place + 1 :])
        turn, answer, share = Turn(rules, core, luck), None, CERTAIN
        if what[1].kind not in _UNSEEN:
            answer = shown[at.LAST] - 1
            share = next((share for one, share in odds(turn, seen.move) if one == answer), 0)
            if not share:
                return None, 0
        make(turn, seen.move, answer=answer)
        person = turn.people[who]
        if person[at.RESULT]:
            return None, 0
        if more := person[at.KNOWN] & ~shown[at.KNOWN]:
            self._denied[who] |= more
            return None, 0
        if _shown(person) != _shown(shown):
            return None, 0
        return _hidden(person), share * self._signalled(who, move, person) // CERTAIN

    def _signalled(self, who: int, move: int, person: Sequence[int]) -> int:
        """How likely this buyer was to show what was seen of being ready: a signal, or none."""
        seen = self._seen[move]
        before, after = seen.before[at.FIRST + who], seen.after[at.FIRST + who]
        if before[at.WINDOW] or seen.after[at.ACTIVE] != who or after[at.LINES] == before[at.LINES]:
            return CERTAIN
        then = list(person)
        then[at.SIGNALLED_WITH] = before[at.SIGNALLED_WITH]
        chance = signals.chance(self._after[move], self._rules.prospects[who], then)
        return chance if after[at.WINDOW] else CERTAIN - chance


def _allotted(soon: int, whole: int, count: int) -> int:
    """How many of `count` buyers are drawn from those who could decide before long, `soon` of a `whole` by weight."""
    if soon in (0, whole):
        return count if soon else 0
    often, all_in_all = _OFTEN * soon, _OFTEN * soon + whole - soon
    return min(max((2 * count * often + all_in_all) // (2 * all_in_all), 1), count - 1)


def _resampled(weights: Sequence[int], facts: Sequence[Facts], count: int) -> list[Facts]:
    """Systematic resampling."""
    whole, picked, place, passed = sum(weights), list[Facts](), -1, 0
    for number in range(count):
        point = (2 * number + 1) * whole // (2 * count)
        while passed <= point:
            place += 1
            passed += weights[place]
        picked.append(facts[place])
    return picked


_hidden: Callable[[Sequence[int]], Facts] = itemgetter(*HIDDEN)
"""The facts of a prospect."""


def _imagined(shown: Prospect, facts: Facts) -> Prospect:
    person = list(shown)
    for slot, number in zip(HIDDEN, facts, strict=True):
        person[slot] = number
    person[at.HAS] |= shown[at.KNOWN]
    return tuple(person)
