"""What a computer player sees: the player's view, read straight from the numbers of a state.

A `PlayerView` is made for people, with every word in it. A simulation asks the same questions a million times, so
doctrines ask a `Sight`: it reads nothing that a player's view with the fewest cues does not show, which a test holds
for every doctrine by swapping the hidden facts behind equal views.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from engine import world as at
from engine.calendar import step_time
from engine.rules import Move, Rules
from engine.rules.constants import GRACE
from engine.rules.tables import ANSWER, PROMISE, WAITS
from engine.rules.turn import Turn
from engine.scenario.vocabulary import CHANNELS
from engine.seeing import place, veiled
from engine.units import DAY
from engine.world import Core

Person = Sequence[int]
"""A prospect's numbers; see `engine.world`."""

_DATED, _TIMED = PROMISE["dated"], PROMISE["timed"]
_VISIT = CHANNELS.index("visit")


@dataclass(frozen=True, slots=True)
class _Ties:
    """What a line takes up, as masks."""

    needs: int
    about: int
    objections: int
    reasons: int


class Catalogue:
    """The moves of a scenario by kind, in the order in which a player reads them."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        order: list[tuple[int, Move]] = []
        self.kind: list[str] = []
        self.whose: list[int] = []
        self.ties: list[_Ties] = []
        for action, what in enumerate(rules.moves):
            if isinstance(what, str):
                self.kind.append("finish" if what == "finish" else "wait")
                self.whose.append(-1)
                self.ties.append(_Ties(0, 0, 0, 0))
                continue
            who, line = what
            facts = rules.prospects[who].reason_facts
            self.kind.append(line.kind)
            self.whose.append(who)
            about = 0 if line.line.about is None else 1 << line.line.about
            reasons = sum({1 << facts[reason] for reason in line.line.answers_reasons})
            self.ties.append(_Ties(line.meets, about, line.answers_objections, reasons))
            order.append((place(rules.scenario.id, rules.names[action]), action))
        self.by_kind: dict[str, tuple[Move, ...]] = {}
        for _, action in sorted(order):
            self.by_kind[self.kind[action]] = (*self.by_kind.get(self.kind[action], ()), action)
        self.rank = {action: number for number, (_, action) in enumerate(sorted(order))}
        first_wait = len(rules.moves) - len(WAITS)
        self.waits = {name: first_wait + number for number, name in enumerate(WAITS)}


_CATALOGUES: WeakKeyDictionary[Rules, Catalogue] = WeakKeyDictionary()


def catalogue(rules: Rules) -> Catalogue:
    """The moves of a scenario by kind, worked out once."""
    found = _CATALOGUES.get(rules)
    if found is None:
        found = _CATALOGUES[rules] = Catalogue(rules)
    return found


class Sight:
    """One moment as a computer player sees it. Prospects are numbered as in the scenario."""

    __slots__ = ("_moves", "_people", "active", "catalogue", "moves", "now", "started", "who")

    def __init__(
        self, of: Catalogue, now: int, active: int, started: int, people: Sequence[Person], moves: tuple[Move, ...]
    ) -> None:
        self.catalogue = of
        self.now = now
        """Minutes from Monday 00:00 of the first week."""
        self.active = active
        """The prospect in conversation, or -1."""
        self.started = started
        """Minute at which the running conversation began, or the last one."""
        self.moves = moves
        """What can be done now; lines first, then waits, the longest last."""
        self._moves = frozenset(moves)
        self._people = people
        self.who = active if active >= 0 else next((i for i, p in enumerate(people) if not p[at.RESULT]), 0)
        """The prospect in conversation; between conversations, the first that is still open."""

    # the calendar

    @property
    def talking(self) -> bool:
        return self.active >= 0

    @property
    def start(self) -> int:
        return self.catalogue.rules.start

    @property
    def deadline(self) -> int:
        return self.catalogue.rules.deadline

    # the buyer in conversation

    @property
    def minutes_left(self) -> int:
        """Whole minutes of patience left in the conversation."""
        return max(0, self._people[self.who][at.PATIENCE]) // 60

    @property
    def needs_known(self) -> int:
        rules = self.catalogue.rules.prospects[self.who]
        return (self._people[self.who][at.KNOWN] & rules.needs).bit_count()

    @property
    def unanswered(self) -> bool:
        """Whether an objection is on the table."""
        p = self._people[self.who]
        return bool(p[at.RAISED] & ~p[at.ANSWERED])

    @property
    def answered(self) -> bool:
        """Whether some objection looks answered."""
        p = self._people[self.who]
        return bool(p[at.RAISED] & p[at.ANSWERED])

    @property
    def somebody_missing(self) -> bool:
        """Whether the buyer has told who else decides, and that person is not at the table."""
        p = self._people[self.who]
        other = p[at.TOLD_DECIDER] - 2
        return other >= 0 and not p[at.PRESENT] >> other & 1

    @property
    def asks(self) -> int:
        """Times the decision was asked, in the whole run."""
        return self._people[self.who][at.ASKS]

    @property
    def asks_now(self) -> int:
        """... in the running conversation."""
        return self._people[self.who][at.ASKED_NOW]

    def answer_was(self, *names: str) -> bool:
        """Whether the buyer's last answer was one of these, of `vocabulary.ANSWERS`."""
        last = self._people[self.who][at.LAST]
        return any(ANSWER[name] + 1 == last for name in names)

    @property
    def absent(self) -> bool:
        """Whether the buyer has said that somebody else decides as well, who is not at the table."""
        p = self._people[self.who]
        told = p[at.TOLD_DECIDER]
        return told > 1 and not p[at.PRESENT] >> (told - 2) & 1

    def veiled(self) -> Core:
        """The numbers of this moment with nothing hidden in them, as a player with all meters could know them.

        More than a view with the fewest cues shows: only the expert asks for it.
        """
        return veiled((self.now, self.active, 0, self.started, *self._people))

    def levels(self) -> tuple[int, int, int]:
        """Interest, trust and pressure of the buyer in conversation, 0 to 10,000, as a player with all meters reads
        them; for those who look on, not for doctrines."""
        rules, p = self.catalogue.rules.prospects[self.who], self._people[self.who]
        turn = Turn(self.catalogue.rules, (self.now, self.active, 0, self.started), ())
        return turn.interest(rules, p), p[at.TRUST], turn.pressure(rules, p)

    # any prospect

    def open_ones(self) -> list[int]:
        """The prospects that have not ended."""
        return [who for who, p in enumerate(self._people) if not p[at.RESULT]]

    def conversations(self, who: int) -> int:
        return self._people[who][at.TALKS]

    def attempts(self, who: int) -> int:
        """Contact attempts without an answer since the last conversation."""
        return self._people[who][at.ATTEMPTS]

    def touches(self, who: int) -> int:
        return self._people[who][at.TOUCHES]

    def here(self, who: int) -> bool:
        """Whether this buyer has got in touch and waits."""
        return bool(self._people[who][at.HERE_UNTIL])

    def last_contact(self, who: int) -> int | None:
        """Minute of the last conversation or touch; None before the first."""
        last = self._people[who][at.LAST_CONTACT]
        return last if last > at.NEVER else None

    def silence(self, who: int) -> int:
        """Minutes since the last contact, or since the start before the first."""
        last = self.last_contact(who)
        return self.now - (last if last is not None else self.start)

    def agreed_at(self, who: int) -> int | None:
        """The minute agreed with a prospect, its day's first one where only a day is; None without a date."""
        p = self._people[who]
        return p[at.PROMISE_AT] if p[at.PROMISE] >= _DATED else None

    def due_now(self) -> int | None:
        """A prospect who waits for the seller, or with whom this moment was agreed."""
        for who in self.open_ones():
            if self.here(who):
                return who
            p = self._people[who]
            if p[at.PROMISE] == _TIMED and abs(self.now - p[at.PROMISE_AT]) <= GRACE:
                return who
            if p[at.PROMISE] == _DATED and self.now // DAY == p[at.PROMISE_AT] // DAY:
                return who
        return None

    # the options

    def first(self, *kinds: str) -> Move | None:
        """The first option of the first of these kinds that is on offer."""
        of, on = self.catalogue.by_kind, self._moves
        for kind in kinds:
            for move in of.get(kind, ()):
                if move in on:
                    return move
        return None

    def tied(self, *kinds: str) -> Move | None:
        """The first option of these kinds that takes up something the buyer has told."""
        of, on = self.catalogue.by_kind, self._moves
        for kind in kinds:
            for move in of.get(kind, ()):
                if move in on and self.takes_up(move):
                    return move
        return None

    def unsaid(self, *kinds: str) -> Move | None:
        """The first option of these kinds that has not been said to this buyer in the run."""
        of, on, moves = self.catalogue.by_kind, self._moves, self.catalogue.rules.moves
        for kind in kinds:
            for move in of.get(kind, ()):
                what = moves[move]
                if move in on and not isinstance(what, str) and not self._people[what[0]][at.SAID] & what[1].bit:
                    return move
        return None

    def takes_up(self, move: Move) -> bool:
        """Whether a line takes up a need or a reason that was told, or an objection that is open."""
        ties, p = self.catalogue.ties[move], self._people[self.catalogue.whose[move]]
        known, unsettled = p[at.KNOWN], p[at.OPEN]
        return bool(
            ties.needs & known & ~p[at.MET]
            or ties.about & known
            or ties.objections & unsettled
            or (unsettled and ties.reasons & known)
        )

    def about(self, who: int, *kinds: str) -> Move | None:
        """The first option about one prospect, by kind."""
        of, whose = self.catalogue.by_kind, self.catalogue.whose
        for kind in kinds:
            for move in of.get(kind, ()):
                if whose[move] == who and move in self._moves:
                    return move
        return None

    def quickest(self, who: int, *kinds: str) -> Move | None:
        """The option of these kinds about one prospect that takes the fewest minutes; of equals, the first."""
        best: tuple[int, Move] | None = None
        for kind in kinds:
            for move in self.catalogue.by_kind.get(kind, ()):
                what = self.catalogue.rules.moves[move]
                if move not in self._moves or isinstance(what, str) or what[0] != who:
                    continue
                if best is None or what[1].minutes < best[0]:
                    best = what[1].minutes, move
        return best[1] if best is not None else None

    def any_line(self, avoid: Iterable[str] = ()) -> Move:
        """Some option, outside the kinds to avoid if possible."""
        rank, kind = self.catalogue.rank, self.catalogue.kind
        moves = sorted(self.moves, key=lambda move: rank.get(move, len(rank)))
        return next((move for move in moves if kind[move] not in avoid), moves[0])

    def wait(self, *names: str) -> Move:
        """The first of these ways to let time pass that is on offer; the longest one if none is."""
        waits = self.catalogue.waits
        return next((waits[name] for name in names if waits[name] in self._moves), self.moves[-1])

    def done(self) -> Move:
        """Other work, as long as there is any; then the rest of the time."""
        return _or(self.first("task"), self.wait("finish"))

    def call_due(self) -> Move | None:
        """The call that is due now: to somebody who waits for it, or with whom this moment was agreed."""
        who = self.due_now()
        return self.quickest(who, "call") if who is not None else None

    def soonest(self, kind: str) -> Move | None:
        """The option of a kind whose dated step comes soonest; of equals, the first."""
        best: tuple[int, Move] | None = None
        for move in self.catalogue.by_kind.get(kind, ()):
            if move not in self._moves:
                continue
            what = self.catalogue.rules.moves[move]
            step = None if isinstance(what, str) else what[1].line.step
            when = at.FAR if step is None else step_time(step, self.now)
            if best is None or when < best[0]:
                best = when, move
        return best[1] if best is not None else None

    def firmest(self, kind: str) -> Move | None:
        """The option of a kind with the firmest dated step: at an hour rather than on a day, then in person rather than
        from afar; of equals, the first."""
        best: tuple[tuple[bool, bool], Move] | None = None
        for move in self.catalogue.by_kind.get(kind, ()):
            what = self.catalogue.rules.moves[move]
            step = None if isinstance(what, str) else what[1].line.step
            if move not in self._moves or step is None:
                continue
            rank = (not step.timed, step.channel != _VISIT)
            if best is None or rank < best[0]:
                best = rank, move
        return best[1] if best is not None else self.first(kind)


def one_of(*wishes: Move | None) -> Move | None:
    """The first wish that can be had."""
    return next((wish for wish in wishes if wish is not None), None)


def _or(wish: Move | None, other: Move) -> Move:
    return other if wish is None else wish
