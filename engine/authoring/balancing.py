"""Balance: what came of a scenario that everybody has played, and why.

`follow` plays one player's runs and counts, of every buyer, how it ended and what kept it from an order. Courses of
different seeds are added with `+`, in any order, and hold whole numbers only. The rest reads them: who is ahead and by
how many standard errors, where runs end, and what one change did, buyer by buyer with the same luck.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import copysign, inf
from types import MappingProxyType
from typing import Final

from engine import world as at
from engine.doctrines import SCHOOLS, Chooser, Doctrine, Sight
from engine.doctrines.catalogue import catalogue
from engine.doctrines.playing import chosen
from engine.intervals import Mean, difference, mean
from engine.reasons import reasons
from engine.rules import Move, Rules, Turn, begun, make, possible
from engine.rules.tables import RESULT
from engine.rules.turn import People
from engine.rules.value import value
from engine.rules.why import NOT_READY, SOMEBODY_MISSING, UNPRICED, Why, why
from engine.simulate import OUTCOMES, ended

WHYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "patience": "patience ended before an ask",
        "no-way": "no way led to an ask",
        "never-asked": "could be asked, and was not",
        SOMEBODY_MISSING: "asked without the decider",
        NOT_READY: "asked before they were ready",
        UNPRICED: "asked before the price",
        "refused": "could say yes, and did not",
        "no": "said a clear no",
        "given-up": "the seller took it for a no",
        "rival": "bought from somebody else",
        "no-decision": "settled for nothing",
        "never-reached": "never spoken to",
    }
)
"""What keeps a buyer from ordering. Each who is one, and does not order, counts under exactly one."""

_OUTCOMES: Final = tuple(OUTCOMES)
ORDERS: Final = ("order-first-visit", "order-later")


@dataclass(frozen=True, slots=True)
class Course:
    """What runs of one player came to."""

    earned: tuple[tuple[int, int], ...]
    """(seed, what the run earned), by seed."""
    ordered: tuple[tuple[int, int, int], ...]
    """(seed, orders at the first visit, all orders), by seed."""
    counts: Mapping[str, int]
    """How often things happened: `end NAME` of `simulate.OUTCOMES`; `why NAME` of `WHYS`; `buyers` (prospects who are
    one), `prospects`; of first conversations `first`, `first could-ask`, `first minutes` until then, `first asked`,
    `first walked-out`; of questions that could have been answered with yes `asked`, `asked yes`, and `term NAME` of
    `engine.reasons`, in points; `moves`, `minutes`; `line N`, the runs in which a move was made; `told N` and `met N`
    with `had N` of a need, all prospects together by place."""

    @property
    def runs(self) -> int:
        return len(self.earned)

    def __add__(self, other: Course) -> Course:
        counts = Counter(self.counts)
        counts.update(other.counts)
        return Course(
            tuple(sorted(self.earned + other.earned)), tuple(sorted(self.ordered + other.ordered)), dict(counts)
        )

    def count(self, name: str) -> int:
        return self.counts.get(name, 0)

    def share(self, name: str, of: str = "prospects") -> float:
        """One count as a part of another, 0 to 1."""
        whole = self.count(of)
        return self.count(name) / whole if whole else 0.0

    @property
    def first_orders(self) -> float:
        """Orders in the first conversation, as a share of all prospects."""
        return self.share("end order-first-visit")

    @property
    def orders(self) -> float:
        """Orders, as a share of all prospects."""
        return sum(self.share(f"end {name}") for name in ORDERS)

    @property
    def income(self) -> Mean:
        """What a run earned on average."""
        values = [value for _, value in self.earned]
        return mean(sum(values), sum(one * one for one in values), len(values))


def follow(rules: Rules, doctrine: Doctrine, seeds: Iterable[int]) -> Course:
    """Play one run for each seed, and count what came of it and why."""
    counts: Counter[str] = Counter()
    earned: list[tuple[int, int]] = []
    ordered: list[tuple[int, int, int]] = []
    for seed in seeds:
        run = _Run(rules, begun(rules, rules.luck(seed)), doctrine(rules, seed))
        run.play()
        own = run.counted()
        counts.update(own)
        earned.append((seed, value(rules, run.turn.close())))
        first, later = (own[f"end {name}"] for name in ORDERS)
        ordered.append((seed, first, first + later))
    return Course(tuple(sorted(earned)), tuple(sorted(ordered)), dict(counts))


@dataclass(slots=True)
class _Person:
    """What was seen of one prospect in one run."""

    could_ask: int | None = None
    """Minutes of the first conversation after which the decision could be asked for."""
    ever_could_ask: bool = False
    walked_out: bool = False
    """... of the first conversation."""
    asked_first: bool = False
    bars: set[str] = field(default_factory=set)
    """What ruled a yes out, in every question so far."""
    asked: int = 0
    """Questions that could have been answered with yes."""


@dataclass(slots=True)
class _Run:
    """One run, watched."""

    rules: Rules
    turn: Turn
    choose: Chooser
    moves: list[Move] = field(default_factory=list)
    people: list[_Person] = field(default_factory=list)
    terms: Counter[str] = field(default_factory=Counter)

    def play(self) -> None:
        of, turn = catalogue(self.rules), self.turn
        self.people = [_Person() for _ in turn.people]
        while moves := possible(turn):
            talking = turn.active
            if talking >= 0:
                self._look(talking, moves)
            move = chosen(of, turn, moves, self._watched(), len(self.moves))
            self.moves.append(move)
            make(turn, move)
            if talking >= 0 and turn.active != talking:
                p = turn.people[talking]
                if p[at.TALKS] == 1 and p[at.PATIENCE] <= 0 and not p[at.RESULT]:
                    self.people[talking].walked_out = True

    def _watched(self) -> Chooser:
        def choose(s: Sight) -> Move:
            move = self.choose(s)
            what = self.rules.moves[move]
            if not isinstance(what, str) and what[1].asks:
                self._asked(move, what[0])
            return move

        return choose

    def _look(self, who: int, moves: Sequence[Move]) -> None:
        """Note whether the decision can be asked for, with the price known or named by the question."""
        person, p = self.people[who], self.turn.people[who]
        if person.could_ask is not None or (person.ever_could_ask and p[at.TALKS] > 1):
            return
        for move in moves:
            what = self.rules.moves[move]
            if not isinstance(what, str) and what[1].asks and (p[at.PRICED] or what[1].prices):
                person.ever_could_ask = True
                if p[at.TALKS] == 1:
                    person.could_ask = self.turn.clock - self.turn.started
                return

    def _asked(self, move: Move, who: int) -> None:
        person, told = self.people[who], why(self.turn, move)
        if self.turn.people[who][at.TALKS] == 1:
            person.asked_first = True
        if told is None:
            return
        if told.bars:
            person.bars |= set(told.bars)
            return
        person.asked += 1
        self._weigh(told)

    def _weigh(self, told: Why) -> None:
        for reason in reasons(told, True):
            self.terms[reason.what] += reason.points

    def counted(self) -> Counter[str]:
        """Everything that is counted of the run, once it is over."""
        counts: Counter[str] = Counter({"moves": len(self.moves)})
        counts.update(f"line {move}" for move in set(self.moves))
        place = 0
        for who, (person, p) in enumerate(zip(self.people, self.turn.people, strict=True)):
            rules = self.rules.prospects[who]
            outcome = _OUTCOMES[ended(tuple(p))]
            counts["prospects"] += 1
            counts[f"end {outcome}"] += 1
            counts["minutes"] += p[at.WORKED]
            counts["asked"] += person.asked
            counts["asked yes"] += bool(person.asked) and outcome in ORDERS
            if p[at.REAL]:
                counts["buyers"] += 1
                if outcome not in ORDERS:
                    counts[f"why {_why(person, p)}"] += 1
            if p[at.TALKS]:
                counts["first"] += 1
                counts["first could-ask"] += person.could_ask is not None
                counts["first minutes"] += person.could_ask or 0
                counts["first asked"] += person.asked_first
                counts["first walked-out"] += person.walked_out
            needs = p[at.HAS] & rules.needs
            for fact in range(needs.bit_length()):
                for name, mask in (("had", needs), ("told", needs & p[at.KNOWN]), ("met", needs & p[at.MET])):
                    counts[f"{name} {place + fact}"] += mask >> fact & 1
            place += len(rules.prospect.facts)
        for term, points in self.terms.items():
            counts[f"term {term}"] += points
        return counts


def _why(person: _Person, p: People) -> str:
    """What kept a buyer from ordering, as a name in `WHYS`."""
    result = p[at.RESULT]
    if result == RESULT["lost-to-rival"]:
        return "rival"
    if not p[at.TALKS]:
        return "never-reached"
    if p[at.GIVEN_UP]:
        return "given-up"
    if result == RESULT["no-sale"]:
        return "no"
    if not person.ever_could_ask:
        return "patience" if person.walked_out else "no-way"
    if person.asked:
        return "refused"
    for bar in (UNPRICED, SOMEBODY_MISSING, NOT_READY):
        if bar in person.bars:
            return bar
    if result == RESULT["lost-to-no-decision"]:
        return "no-decision"
    return "patience" if person.walked_out and person.could_ask is None else "never-asked"


# --- reading courses -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lead:
    """Two players, the one who earns more first."""

    first: str
    second: str
    by: Mean
    """What the first earned more on average, buyer by buyer."""

    @property
    def sigmas(self) -> float:
        """In standard errors."""
        return sigmas(self.by) if self.by.value else 0.0

    def needed(self, runs: int, surely: float = 2) -> int | None:
        """The runs after which so small a lead would be as clear as this; None where there is no lead at all."""
        return max(runs, round(runs * (surely / self.sigmas) ** 2)) if self.sigmas else None


def best_of(courses: Mapping[str, Course], names: Iterable[str]) -> str:
    """Who earned the most."""
    return max((name for name in names if name in courses), key=lambda name: courses[name].income.value)


def lead(courses: Mapping[str, Course], one: str, other: str) -> Lead:
    """By how much one player is ahead of another, over the buyers that both have met."""
    mine, theirs = dict(courses[one].earned), dict(courses[other].earned)
    seeds = sorted(mine.keys() & theirs.keys())
    return Lead(one, other, difference([mine[seed] for seed in seeds], [theirs[seed] for seed in seeds]))


def school_lead(courses: Mapping[str, Course]) -> Lead:
    """The best of the schools, over the next best."""
    first = best_of(courses, SCHOOLS)
    second = best_of(courses, [name for name in SCHOOLS if name != first])
    return lead(courses, first, second)


def together(courses: Iterable[Course]) -> Course:
    """Several players' courses as one, for what is counted of all of them."""
    counts: Counter[str] = Counter()
    earned: tuple[tuple[int, int], ...] = ()
    ordered: tuple[tuple[int, int, int], ...] = ()
    for course in courses:
        counts.update(course.counts)
        earned += course.earned
        ordered += course.ordered
    return Course(earned, ordered, dict(counts))


def changed_orders(now: Mapping[str, Course], then: Mapping[str, Course]) -> tuple[Mean, Mean]:
    """By how many orders a run differs in two versions of a scenario, at the first visit and in all: the same players,
    buyers and luck."""
    pairs = [
        (one, other)
        for name in sorted(now.keys() & then.keys())
        for one, other in zip(now[name].ordered, then[name].ordered, strict=True)
    ]
    first, every = (difference([new[place] for _, new in pairs], [old[place] for old, _ in pairs]) for place in (1, 2))
    return first, every


def sigmas(of: Mean) -> float:
    """A mean in standard errors; without any spread it is as sure as can be."""
    if of.error:
        return of.value / of.error
    return copysign(inf, of.value) if of.value else 0.0


__all__ = [
    "ORDERS",
    "WHYS",
    "Course",
    "Lead",
    "best_of",
    "changed_orders",
    "follow",
    "lead",
    "school_lead",
    "sigmas",
    "together",
]
