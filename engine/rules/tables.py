"""A scenario prepared for play: what the rules look up, worked out once. `engine.rules.preparing` fills it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.decay import Law
from engine.luck import Luck
from engine.remembered import Remembered
from engine.rules.guards import Guards
from engine.scenario import vocabulary
from engine.scenario.compiled import Line, Prospect, Reply, Scenario
from engine.world import Core

if TYPE_CHECKING:
    from engine.rules.quick import Quick
    from engine.rules.turn import People, Turn

Move = int
"""The number of a move in `Rules.moves`."""

Odds = tuple[tuple[int, int], ...]
"""Answers with their chances in millionths; an answer of -1 means that nothing in particular comes back."""

WAITS: Final = (
    "wait.15m",
    "wait.1h",
    "wait.3h",
    "wait.evening",
    "wait.tomorrow",
    "wait.3d",
    "wait.1w",
    "wait.agreed",
    "finish",
)
"""Moves that let time pass; `finish` lets all of it pass."""

OUTCOME: Final = {name: place for place, name in enumerate(vocabulary.OUTCOMES)}
"""The place of each outcome; states keep it plus one."""

NO_PROMISE, VAGUE, DATED, TIMED = range(len(vocabulary.PROMISES))
"""What is agreed about the next contact, by its place in `vocabulary.PROMISES`."""

VISIT, CALL, TEXT, EMAIL = range(len(vocabulary.CHANNELS))
"""How two talk, by its place in `vocabulary.CHANNELS`."""

RESULT: Final = {name: place + 1 for place, name in enumerate(vocabulary.RESULTS)}
"""The code of each result in a state; 0 is still open."""

# What a kind of line can bring of its own; see `engine.rules.kinds`. Each is given the turn, the prospect's number,
# tables and numbers, and the line.
Acts = Callable[["Turn", int, "ProspectRules", "People", "LineRule", int, int], None]
"""Carries a line out, given the answer that comes back and the seconds of patience that thinking took."""
OddsOf = Callable[["Turn", int, "ProspectRules", "People", "LineRule"], Odds]
"""What may come back. It changes nothing."""
Presses = Callable[["Turn", int, "ProspectRules", "People", "LineRule"], None]
"""Presses the buyer beyond the line's own weight."""
Does = Callable[["Turn", int, "ProspectRules", "People", "LineRule"], tuple[bool, str]]
"""Does what only this kind does, once the line has landed and before it moves the buyer. Returns whether it moves the
buyer at all, and what the buyer says to it, if anything."""
Counts = Callable[["People", "LineRule", int, bool], None]
"""Counts what came of the line: with the answer, and whether the buyer could have decided."""
Ends = Callable[["Turn", int, "ProspectRules", "People", "LineRule", int], bool]
"""Ends the conversation, and perhaps the sale, if the line or its answer does. Returns whether it did."""


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """A reply, with its facts as a mask."""

    reply: Reply
    specific: bool
    """Whether it has a condition."""
    reveals: int
    effects: tuple[int, int, int, int]
    plain: bool
    """Whether it is words and nothing else."""


@dataclass(frozen=True, slots=True)
class Replies:
    """Replies to one thing, most specific first; the first that holds is given."""

    rules: tuple[ReplyRule, ...]
    guards: Guards
    """A bit a reply."""
    misses: int
    """The replies with which the line does not do what it set out to do."""
    moving: bool
    """Whether any of them is more than words."""


@dataclass(frozen=True, slots=True)
class LineRule:
    """A line with the defaults of its kind and the buyer's manner filled in."""

    action: Move
    bit: int
    """The line's bit in the mask of lines said; for every line."""
    once: int
    """The same bit for lines that are said once, 0 for those that can be repeated."""
    kind: str
    cause: str
    """Why it moves the buyer, in plain words."""
    minutes: int
    gains: tuple[int, int, int]
    """Excitement, conviction and trust."""
    again: tuple[int, int, int]
    """The same when it is said again: most lines move nobody a second time for the better."""
    pressure: int
    asks: bool
    """Whether it asks the buyer to decide."""
    ends: bool
    """Whether it ends the conversation without asking anything of the buyer."""
    offers: bool
    """Whether it presents something, so that an objection is raised after the reply to it."""
    row: bool
    """Whether several in a row feel like an interrogation."""
    tires: bool
    """Whether it tires the buyer when it is said once more."""
    prices: bool
    """Whether the buyer hears the price in it."""
    ties: bool
    """Whether it is an answer to something: a need, an objection, a reason."""
    reveals: int
    """The facts it asks for."""
    guarded: tuple[tuple[int, int], ...]
    """(trust, facts): the facts that are told from this level of trust on."""
    meets: int
    about: int
    """The objections that it asks about, if it does; see `conditions.asked_about`."""
    handles: bool
    """Whether it handles any objection."""
    handles_objections: int
    handles_reasons: int
    joins: int
    """The person it brings to the table, or -1."""
    joins_on: int | None
    """The answer that this takes; None for any."""
    replies: Replies
    line: Line
    # what its kind brings
    acts: Acts
    odds: OddsOf | None
    event: str
    """The luck of its answer."""
    counter: int
    """The slot that counts the event's occurrences, or -1."""
    presses: Presses | None
    does: Does | None
    finds: str
    """What the buyer says to a line whose own finding goes before a general reply, when there is nothing to find."""
    counts: Counts | None
    closes: Ends | None


@dataclass(frozen=True, slots=True)
class StageRule:
    """A stage of a conversation: how it ends, and what can be said in it."""

    turns: int
    until: Guards | None
    guards: Guards
    """What is on offer, as bits of lines."""
    guarded: bool
    """Whether any line of it has a condition."""
    late: int
    """The first minute from which some dated step would fall on the deadline or later."""
    last_minutes: tuple[tuple[int, int], ...]
    """(minute, bit): from this minute on the line's step would."""
    carrying: int
    """The lines that carry the conversation on, rather than asking for an end to it."""
    plain: int
    """Those of them that are on offer whatever the state; all bits in the last stage, where nothing has to be left."""


@dataclass(frozen=True, slots=True)
class ProspectRules:
    """One prospect of a scenario, prepared."""

    prospect: Prospect
    start: int
    blank: tuple[int, ...]
    """The numbers that are the same for every buyer of the population."""
    uncertain: tuple[tuple[int, int], ...]
    """(fact, chance): the needs and traits that not everybody has."""
    behind: tuple[tuple[int, ...], ...]
    """For each objection, how likely each of its reasons is to be the real one."""
    puzzling: bool
    """Whether there is any objection with more than one."""
    stages: tuple[StageRule, ...]
    between: Guards
    """What can be done between conversations, as bits of lines."""
    calls: int
    """The lines of these that try to reach the buyer."""
    visits: int
    """The calls that are visits."""
    spoken: Remembered[int, tuple[Move, ...]]
    """The moves of a mask of lines in a conversation, with the engine's own way out where the mask has none."""
    afresh: int
    """The lines that can be said again in another conversation, as bits."""
    done: Remembered[int, tuple[Move, ...]]
    """The moves of a mask of lines."""
    as_agreed: LineRule
    """The engine's own way of keeping an agreed time."""
    take_call: LineRule
    """The engine's own way of talking to a buyer who got in touch."""
    outcomes: tuple[Replies, ...]
    interrupts: Replies
    excitement_law: Law
    conviction_law: Law
    pressure_law: Law
    needs: int
    """Mask of the facts that are needs."""
    weights: tuple[int, ...]
    """Weight of each fact, 0 for those that are no needs."""
    covered: Remembered[tuple[int, int, int], int]
    """The share of needs that are met, by weight; see `decision.coverage`."""
    decider: int
    """Index of the fact that says who decides."""
    parties: tuple[int, ...]
    """For each share of `Buyer.decides`, who decides with the buyer, as a mask of roles."""
    owners: tuple[tuple[int, int, int], ...]
    """(role, facts, objections), as bits: the people with needs, traits or objections of their own."""
    voices: Mapping[str, str]
    """The texts that somebody other than the buyer says, with that person's name."""
    reason_facts: tuple[int, ...]
    """Index of the fact of each reason."""
    nothing: int
    """Index of the reason `nothing`, or -1."""
    multi_call: bool


@dataclass(frozen=True, slots=True)
class Minute:
    """A minute between conversations."""

    opened: bool
    """Whether the business is open."""
    closes: int | None
    """When it closes that day."""
    waits: dict[Move, int]
    """The moves that let time pass, the longest last, with the minute each leads to."""
    moves: tuple[Move, ...]
    """The same moves."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Rules:
    """A scenario prepared for play, with every move numbered. Compared by identity, so that what is worked out from
    it once can be kept beside it."""

    scenario: Scenario
    digest: str
    prospects: tuple[ProspectRules, ...]
    moves: tuple[tuple[int, LineRule] | str, ...]
    """What each action is: (prospect, line), or the name of a wait."""
    names: tuple[str, ...]
    start: int
    deadline: int
    tips: tuple[Guards, ...]
    """When each of the scenario's tips is in place."""
    minutes: Remembered[int, Minute]
    """The minutes of a run, where nothing is agreed for later."""
    agreed: Remembered[tuple[int, int], Minute]
    """The minutes from which one can wait for an agreed time, as (minute, agreed time)."""
    opens: Remembered[int, int]
    """The first minute from each on at which the business is open."""
    opening: Core
    """The state before anybody has come."""
    quick: Quick = field(init=False)
    """What simulations have made quick so far."""

    def __post_init__(self) -> None:
        from engine.rules.quick import Quick  # which is made of the rules that look things up here

        object.__setattr__(self, "quick", Quick(self))

    def luck(self, key: int | str) -> tuple[Luck, ...]:
        """The luck of one run: a seed's, or another key's, for each prospect."""
        return tuple(Luck(key, one.prospect.id) for one in self.prospects)
