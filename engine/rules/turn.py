"""The state opened for change: for one move or for many in a row, with its luck and the events it causes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine import world as at
from engine.curves import BITS
from engine.events import LEVELS, Event
from engine.luck import Luck
from engine.rules import constants as c
from engine.rules.deciders import missing
from engine.rules.tables import LineRule, Move, ProspectRules, Replies, Rules
from engine.units import LEVEL
from engine.world import CONVICTION, EXCITEMENT, FLOOR, PRESSED_AT, PRESSURE, SINCE, TRUST, Core

People = list[int]
"""A prospect's numbers, opened for change."""


def nothing_yet(of: object) -> int:
    """How often something came in a run of which nothing has happened."""
    return 0


Weighing = Callable[["Turn", ProspectRules, Sequence[int], Replies, bool], None]
"""Is told of a choice between replies: whose, among which, and whether the buyer keeps quiet about what was asked."""


class Turn:
    """A state that moves change in place; `close` gives the state as a value.

    `trace` collects events when somebody wants to know why; without it nothing is spent on telling. `told` counts how
    often a text has been heard in the run before this turn, and `made` how often a move has been made. They choose
    between words and nothing else. `weighing` is told of each choice between replies as it is made, when somebody wants
    to know what a reply has beaten.
    """

    __slots__ = (
        *("active", "calm", "clock", "luck", "made", "people", "quick", "rules", "started", "tasked", "told", "trace"),
        "weighing",
    )

    def __init__(
        self,
        rules: Rules,
        core: Core,
        luck: Sequence[Luck],
        trace: list[Event] | None = None,
        told: Callable[[str], int] = nothing_yet,
        made: Callable[[Move], int] = nothing_yet,
        weighing: Weighing | None = None,
    ) -> None:
        self.rules = rules
        self.quick = rules.quick
        self.luck = luck
        self.trace = trace
        self.told = told
        self.made = made
        self.weighing = weighing
        self.clock: int
        self.active: int
        self.tasked: int
        self.started: int
        self.clock, self.active, self.tasked, self.started = core[: at.FIRST]
        self.people: list[People] = list(map(list, core[at.FIRST :]))
        self.calm = at.NEVER
        """Before this minute the time is not over, and nothing happens by itself: `passing.advance` has looked. What
        may make something happen sooner than it saw sets this back to `NEVER`."""

    def close(self) -> Core:
        """The state as it is now."""
        return (self.clock, self.active, self.tasked, self.started, *map(tuple, self.people))

    def fork(self) -> Turn:
        """The state as it is now, opened once more, with the same luck and nobody listening."""
        other = Turn(self.rules, (self.clock, self.active, self.tasked, self.started), self.luck)
        other.people = [p.copy() for p in self.people]
        other.calm = self.calm
        return other

    def tell(
        self, who: int, what: str, amount: int = 0, cause: str = "", text: str = "", of: str = "", by: str = ""
    ) -> None:
        """Note an event, if anybody listens.

        A cause is a sentence that translators find by where it stands: as an argument of this, `trust`, `stir`,
        `press` and `passing.end`. What changes in it has the place `{what}`, and is given as `of`.
        """
        if self.trace is not None and (amount or what not in LEVELS):
            self.trace.append(Event(self.clock, who, what, amount, cause, text, of, by))

    def say(self, who: int, line: LineRule) -> None:
        """Note that the seller says a line, if anybody listens."""
        if self.trace is not None:
            self.tell(who, "said", line.action, line.kind, self.words(line))

    def words(self, line: LineRule) -> str:
        """What the seller says with a line now."""
        return line.line.words(self.made(line.action))

    # readings

    def excitement(self, rules: ProspectRules, p: Sequence[int]) -> int:
        """What is left of excitement now, in level units."""
        return p[EXCITEMENT] * rules.excitement_law(self.clock - p[SINCE]) >> BITS

    def conviction(self, rules: ProspectRules, p: Sequence[int]) -> int:
        """What is left of conviction now, in level units."""
        return p[CONVICTION] * rules.conviction_law(self.clock - p[SINCE]) >> BITS

    def interest(self, rules: ProspectRules, p: Sequence[int], later: int = 0) -> int:
        """Floor and both stores so many minutes `later`, in level units, 0 to `LEVEL`."""
        passed = self.clock + later - p[SINCE]
        if not passed:
            return p[FLOOR] + p[EXCITEMENT] + p[CONVICTION]
        fast = p[EXCITEMENT] * rules.excitement_law(passed) >> BITS
        return p[FLOOR] + fast + (p[CONVICTION] * rules.conviction_law(passed) >> BITS)

    def pressure(self, rules: ProspectRules, p: Sequence[int]) -> int:
        """What is left of pressure now, in level units."""
        held = p[PRESSURE]
        return held * rules.pressure_law(self.clock - p[PRESSED_AT]) >> BITS if held else 0

    def able(self, rules: ProspectRules, p: Sequence[int]) -> bool:
        """Whether the buyer could decide now: a buyer at all, ready, and with nobody missing who decides."""
        return bool(p[at.REAL] and self.clock >= p[at.READY_AT] and not missing(rules, p))

    # changes

    def stir(self, who: int, rules: ProspectRules, p: People, excitement: int, conviction: int, cause: str) -> None:
        """Change the stores of interest by these amounts, in level units, starting from what is left of them now.

        Gains shrink with the room that is left below full interest, so that no pile of good lines makes certainty.
        """
        if not excitement and not conviction:
            return
        fast, slow, passed = p[EXCITEMENT], p[CONVICTION], self.clock - p[SINCE]
        if passed:
            before, more = fast, slow
            p[SINCE] = self.clock
            p[EXCITEMENT] = fast = fast * rules.excitement_law(passed) >> BITS
            p[CONVICTION] = slow = slow * rules.conviction_law(passed) >> BITS
            if self.trace is not None:
                self.tell(who, "excitement", fast - before, "time passed")
                self.tell(who, "conviction", slow - more, "time passed")
        room = LEVEL - p[FLOOR] - fast - slow
        if excitement:
            change = excitement * room // LEVEL if excitement > 0 else max(excitement, -fast)
            p[EXCITEMENT] = fast + change
            room -= change
            if self.trace is not None:
                self.tell(who, "excitement", change, cause)
        if conviction:
            change = conviction * room // LEVEL if conviction > 0 else max(conviction, -slow)
            p[CONVICTION] = slow + change
            if self.trace is not None:
                self.tell(who, "conviction", change, cause)

    def trust(self, who: int, p: People, change: int, cause: str, of: str = "") -> None:
        """Change trust; gains shrink with the room left."""
        if not change:
            return
        held = p[TRUST]
        change = change * (LEVEL - held) // LEVEL if change > 0 else max(change, -held)
        p[TRUST] = held + change
        if self.trace is not None:
            self.tell(who, "trust", change, cause, "", of)

    def press(self, who: int, rules: ProspectRules, p: People, change: int, cause: str) -> None:
        """Change pressure, from what is left of it now."""
        if not change:
            return
        now = self.pressure(rules, p)
        after = now + change
        if after < 0:
            after = 0
        elif after > LEVEL:
            after = LEVEL
        if self.trace is not None:
            self.tell(who, "pressure", now - p[PRESSURE], "time passed")
            self.tell(who, "pressure", after - now, cause)
        p[PRESSURE], p[PRESSED_AT] = after, self.clock
        if after > p[at.MOST_PRESSURE]:
            p[at.MOST_PRESSURE] = after

    def mood(self, rules: ProspectRules, p: Sequence[int]) -> str:
        """How the buyer comes across right now, one of `constants.MOODS`."""
        if self.pressure(rules, p) >= c.CORNERED:
            return c.MOODS[0]
        if self.active >= 0 and self.people[self.active] is p and p[at.PATIENCE] * c.RESTLESS < p[at.PATIENCE_FULL]:
            return c.MOODS[1]
        warmth = (self.interest(rules, p) + p[TRUST]) // 2
        return c.MOODS[2 + sum(warmth >= limit for limit in c.WARMTH)]
