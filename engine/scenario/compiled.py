"""A scenario as the rules read it: whole numbers, resolved names, and text that is only ever text.

Units, everywhere below: levels in hundredths of a point (0 to 10,000), chances in millionths (0 to 1,000,000),
times in whole minutes, patience in seconds, money in minor units (cents). `None` means that the author left it
to the rules' defaults for the kind. Indexes point into the tuples of the same `Prospect`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, cached_property
from typing import Any

from engine.calendar import Calendar, Step
from engine.decay import Fade, Fading
from engine.units import CERTAIN, Span

WORDING = frozenset(
    {
        "title",
        "situation",
        "briefing",
        "say",
        "says",
        "again",
        "deflects",
        "otherwise",
        "principle",
        "name",
        "language",
        "tips",
        "varies",
        "people",
    }
    | {"teaches", "difficulty", "expect", "path"}
)
"""Fields that change what people read but nothing that the rules compute; left out of the digest."""

LATER: Mapping[str, Any] = {"days": None, "of": None, "together": (), "also": (), "translation_of": "", "cancels": None}
"""Fields that came after the first release of the format, with their defaults. While they hold these they are left
out of the digest, so that what was recorded before can still be played."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition. `what` is a word of the vocabulary; `of` holds indexes or codes, `span` the range for levels.

    Codes in `of`: facts for knows, knows-not, has, lacks (see `Prospect.facts`); needs (facts) for met, met-not;
    objections for raised, handled; lines for said, said-not; positions in `vocabulary.OUTCOMES`, `CHANNELS`,
    `PROMISES`, `INDECISION` for outcome, channel, promised, indecision; roles for with, without; roles plus one, 0 for
    alone, for decides and decider; reasons for really; 0 or 1 for discounted, ready, real.
    Weekdays, 0 for Monday, for weekday.
    `span` holds: stage indexes for stage, numbers for conversation, day, asked, unanswered and nuisance, minutes for
    quiet, minutes of the day for time, level units for the six levels.
    """

    what: str
    of: tuple[int, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A condition that holds as soon as one of several sets of conditions does."""

    of: tuple[When, ...]
    what: str = "any"


When = tuple["Clause | AnyOf", ...]
"""Conditions that must all hold; empty always holds."""


@dataclass(frozen=True, slots=True)
class Effects:
    """Changes of levels, in level units. `None` leaves the default of the line's kind."""

    excitement: int | None = None
    conviction: int | None = None
    trust: int | None = None
    pressure: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the buyer says back, and what that changes beyond the line's own effects."""

    says: tuple[str, ...]
    """Ways to word it; the first that has been said least often in this run is said."""
    when: When = ()
    lands: bool = True
    """Whether the line does what it set out to do: reveal, meet, answer, take effect."""
    reveals: tuple[int, ...] = ()
    raises: tuple[int, ...] = ()
    effects: Effects = Effects()
    opens: int | None = None
    ends: bool = False
    """Whether the conversation ends here."""
    principle: str = ""
    of: int | None = None
    """Who says it, as a role; None for the buyer. That they are at the table is in `when`."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something the seller can say or do."""

    id: str
    kind: str
    say: tuple[str, ...]
    """What is said the first time, the second time and so on; after the last, the last once more."""
    first: int = 0
    last: int = 0
    """First and last stage in which the line is offered; both -1 for a line between conversations."""
    when: When = ()
    about: int | None = None
    """The need an implication is about."""
    reveals: tuple[int, ...] = ()
    meets: tuple[int, ...] = ()
    handles_objections: tuple[int, ...] = ()
    handles_reasons: tuple[int, ...] = ()
    brings: int | None = None
    """Whom it brings to the table, as a role; with a step, to the next conversation."""
    also: tuple[int, ...] = ()
    """Whom a step brings there as well."""
    minutes: int | None = None
    effects: Effects = Effects()
    discount: int = 0
    """Taken off the price, in minor units."""
    traded: bool = False
    """Whether the buyer gives something for that."""
    prices: bool = False
    """Whether the buyer hears the price in it."""
    opens: int | None = None
    resume: int | None = None
    """Stage at which the next conversation begins, when this line ends this one."""
    step: Step | None = None
    channel: int | None = None
    repeat: bool = False
    principle: str = ""
    replies: tuple[Reply, ...] = ()
    """Most specific first, then in the author's order."""

    def words(self, times: int = 0) -> str:
        """What is said by a seller who has said it so many times before."""
        return self.say[min(times, len(self.say) - 1)]

    @property
    def brought(self) -> int:
        """All whom it brings, as a mask of roles."""
        return sum(1 << role for role in (*(() if self.brings is None else (self.brings,)), *self.also))


@dataclass(frozen=True, slots=True)
class Fact:
    """A need or a trait that the seller can find out. Roles appear as facts too, so that `decider` can be known."""

    id: str
    sort: str
    """'need', 'trait', 'reason' or 'decider'. Facts stand in that order, and `decider` is the last."""
    says: str = ""
    chance: int = CERTAIN
    weight: int = 0
    """Share of the whole, for needs; points, 0 to 100."""
    guarded: int = 0
    """Trust from which the buyer tells it, in level units."""
    deflects: tuple[str, ...] = ()
    otherwise: str = ""
    of: int | None = None
    """Whose it is, as a role; None for the buyer's own."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What may lie behind an objection. `reason` is an index into `Prospect.reasons`."""

    reason: int
    chance: int
    says: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Something in the way of a decision, as the buyer words it, with what may really be behind it."""

    id: str
    says: str
    chance: int
    really: tuple[Reason, ...]
    again: tuple[str, ...] = ()
    """Ways to word it when it comes back, after an answer that did not settle it."""
    of: int | None = None
    """Whose it is, as a role; None for the buyer's own."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the conversation. It ends after `turns` lines, or when `until` holds, whichever is first."""

    id: str
    turns: int
    until: When | None = None


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Something that happens at most once a run, as soon as its conditions hold in a conversation."""

    when: When
    reply: Reply


@dataclass(frozen=True, slots=True)
class Tip:
    """A narrator's explanation for the player, shown once. Conditions are visible ones only."""

    when: When
    says: str


@dataclass(frozen=True, slots=True)
class Rival:
    """Somebody else the buyer may buy from; `per_day` is the chance a day out of contact."""

    name: str
    per_day: int
    enquired: bool
    """Whether the rival has the same enquiry, and must first reply to it."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """The population from which a seed draws one person."""

    name: str
    manner: str
    interest: Span
    trust: Span
    patience: Span
    """Seconds of one conversation."""
    decides: tuple[int, ...]
    """Weights in millionths: alone first, then each of `Prospect.roles`, or what `together` says."""
    indecision: tuple[int, int, int]
    real: int
    today: int
    """Share who could say yes in the first conversation at best (the ceiling)."""
    ready: Span
    """Minutes from the start at which the others can."""
    returns: int
    fades: Fade
    rival: Rival | None
    drifts: int
    """Chance a day out of contact of settling for nothing."""
    arrives: str
    reach: str | int
    """A preset's name for leads, or a chance of being reached by one attempt."""
    quiet: int
    """Minutes since the last contact, before the start."""
    varies: tuple[tuple[tuple[str, str], ...], ...] = ()
    """The people that may be drawn, each as (placeholder, what stands in its place); empty for always the same."""
    together: tuple[int, ...] = ()
    """For each weight of `decides`, who decides with the buyer, as a mask of roles; empty where that is one of them
    each, in their order."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is sold, and for how much. Money in minor units."""

    name: str
    price: int
    size: str
    """One of `vocabulary.SIZES`."""
    floor: int
    """Below this the order loses money."""
    hour: int
    """What an hour of the seller's time costs."""
    currency: str
    cancels: int | None = None
    """Share of orders, in millionths, that are cancelled afterwards without pressure; None for the rules' own."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """A population of buyers, and everything that can happen with whoever is drawn from it."""

    id: str
    briefing: str
    sale: str
    offer: Offer
    buyer: Buyer
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]
    roles: tuple[str, ...]
    objections: tuple[Objection, ...]
    stages: tuple[Stage, ...]
    lines: tuple[Line, ...]
    outcomes: tuple[tuple[Reply, ...], ...]
    """Texts for each of `vocabulary.OUTCOMES`, in that order; empty where the author wrote none."""
    interrupts: tuple[Interrupt, ...]
    people: tuple[str, ...] = ()
    """What those who decide with the buyer are called, in the order of `roles`; empty for nothing but their roles."""

    @property
    def names(self) -> tuple[str, ...]:
        """What players read of those who decide with the buyer."""
        return self.people or tuple(role.replace("-", " ") for role in self.roles)


BEYOND = 1_000 * CERTAIN
"""A larger part of what the expert earns than any script has."""


@dataclass(frozen=True, slots=True)
class Expect:
    """What the author expects of the scenario, to be checked by simulation. Chances in millionths."""

    best_school: str | None = None
    first_visit_close: tuple[tuple[str, Span], ...] = ()
    script: Span | None = None
    """What the best script earns, of what the expert earns."""


@dataclass(frozen=True)
class Scenario:
    """A scenario file, compiled: whole numbers and resolved names, from which everything else follows."""

    id: str
    title: str
    situation: str
    """One line for the library."""
    language: str
    teaches: tuple[str, ...]
    difficulty: int
    briefing: str
    calendar: Calendar
    prospects: tuple[Prospect, ...]
    tips: tuple[Tip, ...] = ()
    expect: Expect = Expect()
    translation_of: str = ""
    """The id of the scenario whose translation this is; empty for one of its own."""

    @property
    def ordered_as(self) -> str:
        """What the order of the options depends on, beside the lines' names. A scenario and all of its translations
        share it, so that whoever chooses by place plays each of them alike."""
        return self.translation_of or self.id

    @property
    def currency(self) -> str:
        """What everybody in it pays in: a run has one result."""
        return self.prospects[0].offer.currency

    def digest(self) -> str:
        """16 hex digits that name what the rules read of this scenario. Wording is left out: a mended typo
        does not make old runs unplayable."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        text = json.dumps(_ruled(self), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _ruled(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_ruled(item) for item in value]
    kind: Any = type(value)
    names = _ruled_fields(kind)
    if not names:
        return value
    held = ((name, getattr(value, name)) for name in names)
    return {name: _ruled(of) for name, of in held if name not in LATER or of != LATER[name]}


@cache
def _ruled_fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that the rules read; none for anything else."""
    return tuple(each.name for each in fields(kind) if each.name not in WORDING) if is_dataclass(kind) else ()


__all__ = [
    "WORDING",
    "AnyOf",
    "Buyer",
    "Calendar",
    "Clause",
    "Effects",
    "Expect",
    "Fact",
    "Fade",
    "Fading",
    "Interrupt",
    "Line",
    "Objection",
    "Offer",
    "Prospect",
    "Reason",
    "Reply",
    "Rival",
    "Scenario",
    "Span",
    "Stage",
    "Step",
    "Tip",
    "When",
]
