"""What a player can see of a run: made by the engine, and the only thing that screens and doctrines read.

Hidden facts (who decides, what lies behind an objection, luck, seed) have no field here. Meters and mood are filled
in only as far as the cue level allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cues = Literal["novice", "regular", "expert"]
"""How much of the buyer shows: novice sees meters, regular the buyer's manner, expert the words only."""

Place = Literal["conversation", "between", "over"]


@dataclass(frozen=True, slots=True)
class Option:
    """A legal move as the player reads it."""

    action: int
    """What to hand to `State.apply_action`."""
    name: str
    """The move as a run record writes it: `why-today`, `send-reference@ines`, `wait.1h`."""
    text: str
    """What the seller would say or do. Plain text."""
    kind: str
    """The kind of line (see `vocabulary.KINDS`), or `wait`, or `finish`."""
    minutes: int
    """How long it takes on the calendar; for a wait, how long the wait is."""
    prospect: str | None
    """The prospect it is about; None for a wait."""
    about: tuple[str, ...] = ()
    """Which of the things that the buyer has told are taken up: ids of needs, objections and reasons."""
    keeps: bool = False
    """Whether it keeps a time that is agreed, now."""
    last: bool = False
    """Whether it goes for good with the next line, whichever that is, if it is not said now."""
    picks_up: bool = False
    """Whether it answers somebody who is in touch and waits."""
    replaces: bool = False
    """Whether it would put another date in place of the one that is agreed."""


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of the transcript."""

    minute: int
    """Minute of the run's calendar (Monday 00:00 of the first week is 0)."""
    who: Literal["seller", "buyer", "narrator"]
    text: str
    prospect: str | None
    mood: str | None = None
    """How the buyer said it ('warm', 'guarded' ...), unless the cue level hides it, or somebody else did."""
    by: str | None = None
    """The name of who said it in the buyer's place."""


@dataclass(frozen=True, slots=True)
class Meters:
    """Levels in whole points, 0 to 100."""

    interest: int
    excitement: int
    conviction: int
    trust: int
    pressure: int


@dataclass(frozen=True, slots=True)
class Promise:
    """What is agreed about the next contact."""

    kind: Literal["vague", "dated", "timed"]
    at: int | None
    """Minute of the run's calendar; None for a vague one."""
    channel: str


@dataclass(frozen=True, slots=True)
class FactView:
    """Something the buyer has told."""

    id: str
    sort: str
    says: str
    met: bool
    decides: str | None = None
    """For the fact `decider`: who decides besides the buyer, as roles of the scenario with a plus between them, or
    `alone`."""
    of: str | None = None
    """The name of whose it is; None for the buyer's own."""


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection that has been raised, as far as the seller can tell."""

    id: str
    says: str
    handled: bool
    of: str | None = None
    """The name of whose it is; None for the buyer's own."""


@dataclass(frozen=True, slots=True)
class ProspectView:
    """What a player can know of one prospect."""

    id: str
    name: str
    briefing: str
    result: str | None
    """One of `vocabulary.RESULTS` once it has ended, else None."""
    stage: str
    conversations: int
    attempts: int
    """Contact attempts without an answer since the last conversation."""
    asks: int
    """Times the decision was asked for, in the whole run."""
    asks_now: int
    """... in the running or last conversation."""
    touches: int
    last_contact: int | None
    """Minute of the last conversation or touch; None before the first."""
    here: bool
    """Whether the buyer has got in touch and waits for the seller right now."""
    promise: Promise | None
    facts: tuple[FactView, ...]
    objections: tuple[ObjectionView, ...]
    outcome: str | None
    """The buyer's last outcome, one of `vocabulary.OUTCOMES`."""
    present: tuple[str, ...]
    """Other people who decide and are at the table, by their roles."""
    price: int
    """The price now asked, in minor units."""
    mood: str | None
    """Regular and novice cues; None for expert."""
    meters: Meters | None
    """Novice cues only."""
    table: tuple[str, ...] = ()
    """The names of those who are `present`."""
    left_alone: bool = False
    """Whether the buyer has asked to be left alone."""


@dataclass(frozen=True, slots=True)
class PlayerView:
    """What a player can see at one moment."""

    minute: int
    """Now, in minutes of the run's calendar (Monday 00:00 of the first week is 0)."""
    start: int
    deadline: int
    """Minute at which the sale is over."""
    place: Place
    talking_to: str | None
    """The prospect of the running conversation."""
    channel: str | None
    """How the running conversation takes place, one of `vocabulary.CHANNELS`."""
    patience: int | None
    """Seconds of patience left in the running conversation."""
    patience_full: int | None
    worked: int
    """Minutes of the seller's time used so far."""
    prospects: tuple[ProspectView, ...]
    options: tuple[Option, ...]
    transcript: tuple[Said, ...]
    tips: tuple[tuple[int, str], ...]
    """Explanations whose moment is now: number and text. A screen shows each once a run."""

    @property
    def names(self) -> dict[str, str]:
        """The prospects' names by id."""
        return {each.id: each.name for each in self.prospects}


def told_by(whose: str | None, text: str) -> str:
    """What was told, with the name of whose it is where that is not the buyer."""
    return f"{whose}: {text}" if whose else text
