"""Following: one player's runs of a scenario, and what came of every buyer, with what kept them from an order.

Courses of different seeds are added with `+`, in any order, and hold whole numbers only.
`engine.authoring.balancing` reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from engine import world as at
from engine.authoring.parts import Heard, Part
from engine.catalogue import catalogue
from engine.doctrines import Doctrine
from engine.intervals import Mean, mean
from engine.playing import Chooser, chosen
from engine.reasons import reasons
from engine.rules import Move, Rules, Turn, arrive, begun, make, possible
from engine.rules.contact import just_talked
from engine.rules.tables import DATED, RESULT, ProspectRules
from engine.rules.turn import People
from engine.rules.value import cost, margin
from engine.rules.why import NOT_READY, SOMEBODY_MISSING, UNPRICED, Why, why
from engine.sight import Sight
from engine.simulate import ENDS, ended

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
        "given-up": "the seller gave them up (take-no)",
        "rival": "bought from somebody else",
        "no-decision": "settled for nothing",
        "never-reached": "never spoken to",
    }
)
"""What keeps a buyer from ordering. Each who is one, and does not order, counts under exactly one."""

_ENDS: Final = tuple(ENDS)
ORDERS: Final = ("order-first-visit", "order-later")


class BuyerKind(NamedTuple):
    """A kind of buyer, by something that is drawn and hidden."""

    by: str
    """`prospect`; `decides`; `real`; or `need`, the one that weighs most of those they have."""
    who: int
    """The prospect."""
    of: int = 0
    """The roles who decide, as a mask, 0 for alone; 1 for a buyer and 0 for none; a place among the facts, or -1 for no
    need."""


@dataclass(frozen=True, slots=True)
class BuyerTally:
    """What buyers of one kind came to."""

    met: int = 0
    first: int = 0
    """Orders at the first visit."""
    orders: int = 0
    earned: int = 0
    squares: int = 0
    """The sum, and the sum of the squares, of what was earned from each."""

    def __add__(self, other: BuyerTally) -> BuyerTally:
        return BuyerTally(
            self.met + other.met,
            self.first + other.first,
            self.orders + other.orders,
            self.earned + other.earned,
            self.squares + other.squares,
        )

    @property
    def income(self) -> Mean:
        """What was earned from one of them on average."""
        return mean(self.earned, self.squares, self.met)


@dataclass(frozen=True, slots=True)
class Course:
    """What runs of one player came to."""

    earned: tuple[tuple[int, int], ...]
    """(seed, what the run earned), by seed."""
    ordered: tuple[tuple[int, int, int], ...]
    """(seed, orders at the first visit, all orders), by seed."""
    counts: Mapping[str, int]
    """How often things happened: `end NAME` of `simulate.ENDS`; `why NAME` of `WHYS`; `buyers` (prospects who are
    one), `prospects`; of first conversations `first`, `first could-ask`, `first minutes` until then, `first asked`,
    `first walked-out`; of questions that could have been answered with yes `asked`, `asked yes`, and `term NAME` of
    `engine.reasons`, in points; `moves`, `minutes`; `told N` and `met N` with `had N` of a need, all prospects together
    by place; `soon`, prospects who were rung again as soon after a conversation as `constants.SOON` has it, with
    nothing agreed, and `soon orders`, the orders that came in such a conversation."""
    kinds: Mapping[BuyerKind, BuyerTally] = field(default_factory=dict)
    lengths: Mapping[int, int] = field(default_factory=dict)
    """How many runs took so many moves."""
    said: Mapping[Move, tuple[int, ...]] = field(default_factory=dict)
    """The seeds of the runs in which a move was made, in order."""
    told: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The seeds of the runs in which a need was told, by its place among the facts of all prospects."""
    heard: Mapping[Part, tuple[int, ...]] = field(default_factory=dict)
    """The seeds of the runs in which a buyer said a text, where texts were listened for."""
    ways: tuple[tuple[int, int], ...] = ()
    """(seed, a number for all the moves of the run), by seed: the same for the same moves in the same order."""

    @property
    def runs(self) -> int:
        return len(self.earned)

    def __add__(self, other: Course) -> Course:
        return together((self, other))

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


def follow(rules: Rules, doctrine: Doctrine, seeds: Iterable[int], marks: Mapping[str, Part] | None = None) -> Course:
    """Play one run for each seed, and count what came of it and why. What buyers say is listened for where there are
    `marks` for their texts, see `engine.authoring.parts.marked`."""
    return together(_followed(rules, doctrine, seed, marks) for seed in seeds)


def together(courses: Iterable[Course]) -> Course:
    """Several courses as one: of other seeds, or of other players for what is counted of all of them."""
    counts: Counter[str] = Counter()
    lengths: Counter[int] = Counter()
    kinds: dict[BuyerKind, BuyerTally] = {}
    earned: list[tuple[int, int]] = []
    ordered: list[tuple[int, int, int]] = []
    ways: list[tuple[int, int]] = []
    said: dict[Move, list[int]] = {}
    told: dict[int, list[int]] = {}
    heard: dict[Part, list[int]] = {}
    for course in courses:
        counts.update(course.counts)
        lengths.update(course.lengths)
        earned += course.earned
        ordered += course.ordered
        ways += course.ways
        for kind, tally in course.kinds.items():
            kinds[kind] = kinds[kind] + tally if kind in kinds else tally
        for places, more in ((said, course.said), (told, course.told)):
            for place, seeds in more.items():
                places.setdefault(place, []).extend(seeds)
        for part, seeds in course.heard.items():
            heard.setdefault(part, []).extend(seeds)
    return Course(
        tuple(sorted(earned)),
        tuple(sorted(ordered)),
        dict(counts),
        kinds,
        dict(lengths),
        {move: tuple(sorted(seeds)) for move, seeds in said.items()},
        {need: tuple(sorted(seeds)) for need, seeds in told.items()},
        {part: tuple(sorted(seeds)) for part, seeds in heard.items()},
        tuple(sorted(ways)),
    )


def _followed(rules: Rules, doctrine: Doctrine, seed: int, marks: Mapping[str, Part] | None) -> Course:
    """One run."""
    turn = _arrived(rules, seed) if marks is not None else begun(rules, rules.luck(seed))
    run = _Run(rules, turn, doctrine(rules, seed))
    run.play()
    texts = {text for *_, text in turn.heard} if isinstance(turn, Heard) else set[str]()
    counts, kinds, told = run.counted()
    first, later = (counts[f"end {name}"] for name in ORDERS)
    return Course(
        ((seed, sum(tally.earned for kind, tally in kinds.items() if kind.by == "prospect")),),
        ((seed, first, first + later),),
        counts,
        kinds,
        {len(run.moves): 1},
        dict.fromkeys(run.moves, (seed,)),
        dict.fromkeys(told, (seed,)),
        {marks[text]: (seed,) for text in texts if text in marks} if marks is not None else {},
        ((seed, hash(tuple(run.moves))),),
    )


def _arrived(rules: Rules, seed: int) -> Heard:
    """A run that is listened to, before the first move."""
    turn = Heard(rules, seed)
    arrive(turn)
    return turn


@dataclass(slots=True)
class _Person:
    """What was seen of one prospect in one run."""

    could_ask: int | None = None
    """Minutes of the first conversation after which the decision could be asked for."""
    ever_could_ask: bool = False
    walked_out: bool = False
    """Whether they walked out of the first conversation."""
    asked_first: bool = False
    bars: set[str] = field(default_factory=set)
    """What ruled a yes out, in every question so far."""
    asked: int = 0
    """Questions that could have been answered with yes."""
    soon: bool = False
    """Whether this conversation came soon after another, and nobody had agreed on it."""
    ever_soon: bool = False
    """Whether any conversation did."""


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
            before = None if talking >= 0 else [_expected(p) for p in turn.people]
            make(turn, move)
            if before is not None and turn.active >= 0:
                self._begins(turn.active, before[turn.active])
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

    def _begins(self, who: int, expected: bool) -> None:
        """Note whether a conversation comes soon after the one before it."""
        person = self.people[who]
        person.soon = not expected and just_talked(self.turn.started, self.turn.people[who])
        person.ever_soon |= person.soon

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
        for reason in reasons(told):
            self.terms[reason.what] += reason.points

    def counted(self) -> tuple[Counter[str], dict[BuyerKind, BuyerTally], list[int]]:
        """Everything that is counted of the run, once it is over; the kinds of its buyers; and the needs told."""
        counts: Counter[str] = Counter({"moves": len(self.moves)})
        kinds: dict[BuyerKind, BuyerTally] = {}
        heard: list[int] = []
        place = 0
        for who, (person, p) in enumerate(zip(self.people, self.turn.people, strict=True)):
            rules = self.rules.prospects[who]
            outcome = _ENDS[ended(tuple(p))]
            counts["prospects"] += 1
            counts[f"end {outcome}"] += 1
            counts["minutes"] += p[at.WORKED]
            counts["asked"] += person.asked
            counts["asked yes"] += bool(person.asked) and outcome in ORDERS
            counts["soon"] += person.ever_soon
            counts["soon orders"] += person.soon and outcome in ORDERS
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
                if needs & p[at.KNOWN] & 1 << fact:
                    heard.append(place + fact)
            place += len(rules.prospect.facts)
            earned = margin(rules, p) - cost(rules, p)
            tally = BuyerTally(1, int(outcome == ORDERS[0]), int(outcome in ORDERS), earned, earned * earned)
            kinds.update(dict.fromkeys(_kinds(rules, who, p), tally))
        for term, points in self.terms.items():
            counts[f"term {term}"] += points
        return counts, kinds, heard


def _expected(p: People) -> bool:
    """Whether somebody was to hear from the seller: a date stands, or they wait for them themselves."""
    return p[at.PROMISE] >= DATED or p[at.HERE_UNTIL] > 0


def _kinds(rules: ProspectRules, who: int, p: People) -> tuple[BuyerKind, ...]:
    """What kinds of buyer this one is."""
    facts, needs = rules.prospect.facts, p[at.HAS] & rules.needs
    had = [fact for fact in range(len(facts)) if needs >> fact & 1]
    heaviest = max(had, key=lambda fact: (facts[fact].weight, -fact), default=-1)
    return (
        BuyerKind("prospect", who),
        BuyerKind("decides", who, p[at.DECIDER]),
        BuyerKind("real", who, p[at.REAL]),
        BuyerKind("need", who, heaviest),
    )


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


__all__ = ["ORDERS", "WHYS", "BuyerKind", "BuyerTally", "Course", "follow", "together"]
