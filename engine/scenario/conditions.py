"""Conditions, as an author writes them under `when` and `until`.

Every condition of the vocabulary is one field. Lines and tips may use the visible ones only, since what a seller can
say must not give away what the seller has not found out; replies, outcomes, interrupts and stages may use all.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from engine.scenario.fields import (
    Channels,
    ClockSpan,
    CountSpan,
    Flag,
    Ids,
    Indecisions,
    LevelSpan,
    Listed,
    OpenDurationSpan,
    OutcomeWords,
    PromiseWords,
    StageSpan,
    Weekdays,
)
from engine.scenario.vocabulary import HIDDEN_CONDITIONS as HIDDEN
from engine.scenario.vocabulary import VISIBLE_CONDITIONS as VISIBLE


class Part(BaseModel):
    """A map of fields in the file. A field that the format does not have is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Whole(Part):
    """The map of fields that a whole file is, with the words for an author whose file is no map."""

    CALLED: ClassVar[str]
    """What the file describes: `an event`."""
    SUCH_AS: ClassVar[str]
    """A field as an example."""
    BEGINS: ClassVar[str]
    """The line to begin with."""


_SEVERAL = Field(min_length=1, max_length=12)
"""Ways in which a condition may hold."""


class VisibleWhen(Part):
    """Conditions on what the seller can know. All of them must hold."""

    knows: Ids | None = Field(None, description=VISIBLE["knows"])
    knows_not: Ids | None = Field(None, alias="knows-not", description=VISIBLE["knows-not"])
    met: Ids | None = Field(None, description=VISIBLE["met"])
    met_not: Ids | None = Field(None, alias="met-not", description=VISIBLE["met-not"])
    raised: Ids | None = Field(None, description=VISIBLE["raised"])
    handled: Ids | None = Field(None, description=VISIBLE["handled"])
    said: Ids | None = Field(None, description=VISIBLE["said"])
    said_not: Ids | None = Field(None, alias="said-not", description=VISIBLE["said-not"])
    decider: Ids | None = Field(None, description=VISIBLE["decider"])
    outcome: OutcomeWords | None = Field(None, description=VISIBLE["outcome"])
    stage: StageSpan | None = Field(None, description=VISIBLE["stage"])
    conversation: CountSpan | None = Field(None, description=VISIBLE["conversation"])
    day: CountSpan | None = Field(None, description=VISIBLE["day"])
    channel: Channels | None = Field(None, description=VISIBLE["channel"])
    with_: Ids | None = Field(None, alias="with", description=VISIBLE["with"])
    without: Ids | None = Field(None, description=VISIBLE["without"])
    promised: PromiseWords | None = Field(None, description=VISIBLE["promised"])
    discounted: Flag | None = Field(None, description=VISIBLE["discounted"])
    asked: CountSpan | None = Field(None, description=VISIBLE["asked"])
    weekday: Weekdays | None = Field(None, description=VISIBLE["weekday"])
    time: ClockSpan | None = Field(None, description=VISIBLE["time"])
    quiet: OpenDurationSpan | None = Field(None, description=VISIBLE["quiet"])
    unanswered: CountSpan | None = Field(None, description=VISIBLE["unanswered"])
    broken: CountSpan | None = Field(None, description=VISIBLE["broken"])
    absent: CountSpan | None = Field(None, description=VISIBLE["absent"])
    any: Annotated[tuple[VisibleWhen, ...], _SEVERAL, Listed()] | None = Field(None, description=VISIBLE["any"])

    def conditions(self) -> dict[str, object]:
        """What is set, by the format's own words."""
        fields = type(self).model_fields
        found = ((fields[name].alias or name, getattr(self, name)) for name in sorted(self.model_fields_set))
        return {word: value for word, value in found if value is not None}


class When(VisibleWhen):
    """Conditions on what the seller can know and on what only the buyer knows. All of them must hold."""

    interest: LevelSpan | None = Field(None, description=HIDDEN["interest"])
    excitement: LevelSpan | None = Field(None, description=HIDDEN["excitement"])
    conviction: LevelSpan | None = Field(None, description=HIDDEN["conviction"])
    trust: LevelSpan | None = Field(None, description=HIDDEN["trust"])
    pressure: LevelSpan | None = Field(None, description=HIDDEN["pressure"])
    patience: LevelSpan | None = Field(None, description=HIDDEN["patience"])
    nuisance: CountSpan | None = Field(None, description=HIDDEN["nuisance"])
    has: Ids | None = Field(None, description=HIDDEN["has"])
    lacks: Ids | None = Field(None, description=HIDDEN["lacks"])
    decides: Ids | None = Field(None, description=HIDDEN["decides"])
    indecision: Indecisions | None = Field(None, description=HIDDEN["indecision"])
    really: Ids | None = Field(None, description=HIDDEN["really"])
    ready: Flag | None = Field(None, description=HIDDEN["ready"])
    real: Flag | None = Field(None, description=HIDDEN["real"])
    any: Annotated[tuple[When, ...], _SEVERAL, Listed()] | None = Field(None, description=VISIBLE["any"])
