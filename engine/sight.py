"""What a computer player sees: the player's view, read straight from the numbers of a state.

A `PlayerView` is made for people, with every word in it. A simulation asks the same questions a million times, so
doctrines ask a `Sight`: it reads nothing that a player's view with the fewest cues does not show, which a test holds
for every doctrine by swapping the hidden facts behind equal views.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine import world as at
from engine.calendar import Step, step_time
from engine.catalogue import Catalogue, Ties
from engine.rules import Move
from engine.rules.constants import GRACE
from engine.rules.contact import just_talked, just_tried
from engine.rules.tables import DATED, OUTCOME, TIMED, VISIT
from engine.rules.turn import Turn
from engine.seeing import goes_with_stage, stage_ends, veiled
from engine.units import DAY
from engine.world import Core

Person = Sequence[int]
"""A prospect's numbers; see `engine.world`."""

_OUTCOMES = ("", *OUTCOME)
"""The names of outcomes, as states keep them: 0 for none."""


class Sight:
    """One moment as a computer player sees it. Prospects are numbered as in the scenario."""

    __slots__ = ("_menu", "_p", "_people", "_turn", "catalogue", "moves", "who")

    def __init__(self, of: Catalogue, turn: Turn, moves: tuple[Move, ...]) -> None:
        self.catalogue = of
        self.moves = moves
        """What can be done now; lines first, then waits, the longest last."""
        self._turn = turn
        self._menu = of.menus.find(moves) or of.menus[moves]
        people, active = turn.people, turn.active
        self._people: Sequence[Person] = people
        self.who = who = active if active >= 0 else _first_open(people)
        """The prospect in conversation; between conversations, the first that is still open."""
        self._p = people[who]

    @property
    def talking(self) -> bool:
        """Whether somebody is in conversation."""
        return self._turn.active >= 0

    # the calendar

    @property
    def now(self) -> int:
        """Minutes from Monday 00:00 of the first week."""
        return self._turn.clock

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
        left: int = self._p[at.PATIENCE]
        return left // 60 if left > 0 else 0

    @property
    def needs_known(self) -> int:
        return (self._p[at.KNOWN] & self.catalogue.needs[self.who]).bit_count()

    @property
    def unhandled(self) -> bool:
        """Whether an objection is on the table."""
        p = self._p
        open_ = p[at.RAISED] & ~p[at.HANDLED]
        for who, _, objections in self.catalogue.owners[self.who]:
            if not p[at.PRESENT] & who:
                open_ &= ~objections
        return bool(open_)

    @property
    def handled(self) -> bool:
        """Whether some objection looks handled."""
        p = self._p
        return bool(p[at.RAISED] & p[at.HANDLED])

    @property
    def somebody_missing(self) -> bool:
        """Whether the buyer has told who else decides, and one of them is not at the table."""
        return bool(self._missing)

    @property
    def _missing(self) -> int:
        """Those who are known to decide, are not at the table, and have not agreed as far as anybody can see."""
        p = self._p
        if not p[at.TOLD_DECIDER]:
            return 0
        away: int = p[at.TOLD_DECIDER] - 1 & ~p[at.PRESENT]
        if away:
            needs, open_ = p[at.KNOWN] & self.catalogue.needs[self.who], p[at.RAISED] & ~p[at.HANDLED]
            for who, facts, objections in self.catalogue.owners[self.who]:
                theirs = needs & facts or p[at.RAISED] & objections
                if theirs and not needs & facts & ~p[at.MET] and not open_ & objections:
                    away &= ~who
        return away

    @property
    def unknown_deciders(self) -> bool:
        """Whether others may decide who have needs or objections of their own, and nobody has told who does."""
        return bool(self.catalogue.owners[self.who]) and not self._p[at.TOLD_DECIDER]

    def asking_who_decides(self) -> Move | None:
        """The first question for who decides that has not been asked."""
        said, lines = self._p[at.SAID], self.catalogue.lines
        bit = 1 << self.catalogue.rules.prospects[self.who].decider
        for move in self.moves:
            line = lines[move]
            if line is not None and line.reveals & bit and not said & line.bit:
                return move
        return None

    def bringing(self) -> Move | None:
        """The first way to bring somebody to the table: of those who are missing, where any are known to."""
        offered = self.offered("bring-in")
        if not offered:
            return None
        missing, lines = self._missing, self.catalogue.lines
        for move in offered:
            line = lines[move]
            if line is not None and line.line.brings is not None and missing >> line.line.brings & 1:
                return move
        return offered[0]

    @property
    def signal(self) -> bool:
        """Whether the buyer has just let slip that they are ready to be asked."""
        return self._p[at.WINDOW] > 0

    @property
    def priced(self) -> bool:
        """Whether the buyer has heard the price."""
        return bool(self._p[at.PRICED])

    @property
    def asks(self) -> int:
        """Times the decision was asked, in the whole run."""
        return self._p[at.ASKS]

    @property
    def asks_now(self) -> int:
        """... in the running conversation."""
        return self._p[at.ASKED_NOW]

    def outcome_was(self, *names: str) -> bool:
        """Whether the buyer's last outcome was one of these, of `vocabulary.OUTCOMES`."""
        return _OUTCOMES[self._p[at.LAST]] in names

    def veiled(self) -> Core:
        """The numbers of this moment with nothing hidden in them, as a player with all meters could know them.

        More than a view with the fewest cues shows: only the expert asks for it.
        """
        turn = self._turn
        return veiled((turn.clock, turn.active, 0, turn.started, *self._people))

    def levels(self) -> tuple[int, int, int]:
        """Interest, trust and pressure of the buyer in conversation, 0 to 10,000, as a player with all meters reads
        them; for those who look on, not for doctrines."""
        rules, p = self.catalogue.rules.prospects[self.who], self._people[self.who]
        return self._turn.interest(rules, p), p[at.TRUST], self._turn.pressure(rules, p)

    # any prospect

    def open_ones(self) -> list[int]:
        """The prospects that have not ended and have not asked to be left alone."""
        return [who for who, p in enumerate(self._people) if not p[at.RESULT] and not p[at.OPTED_OUT]]

    def just_tried(self, who: int) -> bool:
        """Whether somebody who is rung now would take it for the attempt of a few minutes ago."""
        p = self._people[who]
        return not p[at.HERE_UNTIL] and just_tried(self.now, p)

    def just_talked(self, who: int) -> bool:
        """Whether a call now would come so soon after the last conversation that little patience has come back."""
        return just_talked(self.now, self._people[who])

    def talked_today(self, who: int) -> bool:
        """Whether there was a conversation with this prospect on this calendar day."""
        return self._people[who][at.TALKED_AT] // DAY == self.now // DAY

    def conversations(self, who: int) -> int:
        """Conversations with this prospect so far."""
        return self._people[who][at.TALKS]

    def attempts(self, who: int) -> int:
        """Contact attempts without an answer since the last conversation."""
        return self._people[who][at.ATTEMPTS]

    def touches(self, who: int) -> int:
        """Messages sent to this prospect so far."""
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
        return p[at.PROMISE_AT] if p[at.PROMISE] >= DATED else None

    def due_now(self) -> int | None:
        """A prospect who waits for the seller, or with whom this moment was agreed."""
        for who, p in enumerate(self._people):
            if p[at.RESULT] or p[at.OPTED_OUT]:
                continue
            if p[at.HERE_UNTIL]:
                return who
            if p[at.PROMISE] == TIMED and abs(self.now - p[at.PROMISE_AT]) <= GRACE:
                return who
            if p[at.PROMISE] == DATED and self.now // DAY == p[at.PROMISE_AT] // DAY:
                return who
        return None

    # the options

    def first(self, *kinds: str) -> Move | None:
        """The first option of the first of these kinds that is on offer."""
        return self.catalogue.first[kinds][self._menu]

    def pricing(self, *kinds: str) -> Move | None:
        """The first option of these kinds that names the price."""
        prices = self.catalogue.prices
        return next((move for move in self.offered(*kinds) if prices[move]), None)

    def tied(self, *kinds: str) -> Move | None:
        """The first line of these kinds that takes up a need or a reason that was told, or an open objection."""
        return self._tied(self.catalogue.tied[kinds][self._menu])

    def last_chance(self, *kinds: str) -> Move | None:
        """The first of them that goes with whatever is said next."""
        rules, lines = self.catalogue.rules.prospects[self.who], self.catalogue.lines
        if not stage_ends(rules, self._p):
            return None
        going = []
        for each in self.catalogue.tied[kinds][self._menu]:
            line = lines[each[0]]
            if line is not None and goes_with_stage(rules, self._p, line):
                going.append(each)
        return self._tied(tuple(going))

    def _tied(self, moves: tuple[tuple[Move, Ties], ...]) -> Move | None:
        p = self._p
        known, unsettled = p[at.KNOWN], p[at.OPEN]
        for who, facts, objections in self.catalogue.owners[self.who]:
            if not p[at.PRESENT] & who:  # to whom it would be said is not there
                known, unsettled = known & ~facts, unsettled & ~objections
        fresh = known & ~p[at.MET]
        for move, (needs, about, objections, reasons) in moves:
            if needs & fresh or about & known or objections & unsettled or (unsettled and reasons & known):
                return move
        return None

    def unsaid(self, *kinds: str) -> Move | None:
        """The first line of these kinds that has not been said to this buyer in the run."""
        said, bits = self._p[at.SAID], self.catalogue.bits
        for move in self.catalogue.kinds[kinds][self._menu]:
            if not said & bits[move]:
                return move
        return None

    def offered(self, *kinds: str) -> tuple[Move, ...]:
        """The options of these kinds: kind by kind, each in the order in which a player reads them."""
        return self.catalogue.kinds[kinds][self._menu]

    def about(self, who: int, *kinds: str) -> Move | None:
        """The first option about one prospect, by kind."""
        whose = self.catalogue.whose
        if "call" in kinds and self.just_tried(who):
            return None
        return next((move for move in self.offered(*kinds) if whose[move] == who), None)

    def quickest(self, who: int, *kinds: str) -> Move | None:
        """The option of these kinds about one prospect that takes the fewest minutes; of equals, the first."""
        if "call" in kinds and self.just_tried(who):
            return None
        return self.catalogue.quickest[kinds][self._menu, who]

    def any_line(self, avoid: tuple[str, ...] = ()) -> Move:
        """Some option, outside the kinds to avoid if possible."""
        return self.catalogue.any[avoid][self._menu]

    def wait(self, *names: str) -> Move:
        """The first of these ways to let time pass that is on offer; the longest one if none is."""
        return self.catalogue.wait[names][self._menu]

    def done(self) -> Move:
        """Other work, as long as there is any; then the rest of the time."""
        return _or(self.first("task"), self.wait("finish"))

    def call_due(self) -> Move | None:
        """The call that is due now: to somebody who waits for it, or with whom this moment was agreed."""
        who = self.due_now()
        return self.quickest(who, "call") if who is not None else None

    def soonest(self, kind: str) -> Move | None:
        """The option of a kind whose dated step comes soonest; of equals, the first."""
        steps = [(step_time(step, self.now), move) for step, move in self.steps(kind)]
        return min(steps, key=lambda pair: pair[0])[1] if steps else self.first(kind)

    def firmest(self, kind: str) -> Move | None:
        """The option of a kind with the firmest dated step: at an hour rather than on a day, then in person rather than
        from afar; of equals, the first."""
        steps = [((not step.timed, step.channel != VISIT), move) for step, move in self.steps(kind)]
        return min(steps, key=lambda pair: pair[0])[1] if steps else self.first(kind)

    def steps(self, kind: str) -> Iterator[tuple[Step, Move]]:
        """The dated steps of the options of a kind."""
        for move in self.offered(kind):
            line = self.catalogue.lines[move]
            if line is not None and line.line.step is not None:
                yield line.line.step, move


def one_of(*wishes: Move | None) -> Move | None:
    """The first wish that can be had."""
    for wish in wishes:
        if wish is not None:
            return wish
    return None


def _first_open(people: Sequence[Person]) -> int:
    for who, p in enumerate(people):
        if not p[at.RESULT]:
            return who
    return 0


def _or(wish: Move | None, other: Move) -> Move:
    return other if wish is None else wish
