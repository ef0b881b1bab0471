"""Scenario format 2: what an author may write, field by field.

The descriptions are the ones that editors show and that the JSON Schema carries. Fields left out stay None here;
`compiling` knows the defaults. Importing this module imports pydantic.
"""

from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from engine.decay import PRESETS
from engine.scenario import fields as f
from engine.scenario.conditions import Part, VisibleWhen, When, Whole
from engine.scenario.fields import Json, Listed, Short
from engine.scenario.notation import NotationError, quoted

_TEXT: Json = {"type": ["string", "number", "boolean"]}


MANY: Final = 100
"""The most of anything except lines that one scenario may have: more than anybody can write well."""
MOST_LINES: Final = 1_000


def _as(field: str) -> Short:
    """Lets a single text stand for a map with this field."""

    def read(value: object) -> object:
        if isinstance(value, str) and value.startswith(f"{field}:"):
            message = f"{quoted(value)} is taken for text, since no space follows the colon"
            raise NotationError(message, f"write a space after `{field}:`", "FV203")
        return {field: value} if isinstance(value, str) else value

    return Short(read, _TEXT)


class Offer(Part):
    """What is sold."""

    name: f.Name | None = Field(None, description="What it is called. Default: the scenario's title.")
    price: f.Money | None = Field(None, description="The price asked: a number, with at most two decimals.")
    size: f.Size | None = Field(
        None, description="How large a sale it is to the buyer: small, medium (default) or large."
    )
    floor: f.Money | None = Field(
        None, description="What it costs you: below this an order loses money. Default: 80% of the price."
    )
    hour: f.Money | None = Field(
        None, description="What an hour of the seller's time costs. Default: 4% of price less floor."
    )
    currency: f.Currency | None = Field(None, description="Three capital letters. Default: EUR.")
    cancels: f.Chance | None = Field(
        None, description="Share of orders that are cancelled afterwards, without pressure. Default: by the price."
    )


class Calendar(Part):
    """The business week in which the run takes place."""

    start: f.Start | None = Field(None, description="When the run begins, such as `Sat 10:40`. Default: Mon 09:00.")
    open: f.Hours | None = Field(
        None,
        description="Opening hours, such as `Mon-Fri 09:00-19:00, Sat 09:00-17:00`. Default: Mon-Fri 09:00-18:00.",
    )
    visit: f.Duration | None = Field(None, description="The longest conversation. Default: 1h.")
    deadline: f.Duration | None = Field(
        None,
        description="How long after the start the sale is over, one way or another. Default: 14d; 10w if a sale is "
        "multi-call.",
    )


class Indecision(Part):
    """How undecided the buyers of this scenario are by nature. Shares of the whole; what is left out is 0%."""

    low: f.Chance | None = Field(None, description="Share of buyers who decide easily.")
    moderate: f.Chance | None = Field(None, description="Share of buyers who hesitate.")
    high: f.Chance | None = Field(None, description="Share of buyers who put decisions off.")


class Fade(Part):
    """How the two stores of interest fade: the name of a law, its time, and for `power` its exponent."""

    excitement: f.Fading = Field(description="Law of the fast part, such as `exponential 6h` or `half-life 4h`.")
    conviction: f.Fading = Field(description="Law of the slow part, such as `power 1d 0.35`.")


class Rival(Part):
    """Somebody else the buyer may buy from while you are out of contact."""

    name: f.Name = Field(description="Who it is, as a buyer would say it.")
    wins: f.Rate = Field(
        description="Chance of winning a buyer who is out of contact: `17% a day`, `60% in 9w`, `60% by the deadline`."
    )
    enquired: f.Flag | None = Field(
        None, description="yes: the rival has the same enquiry, and must first reply to it. For leads. Default: no."
    )


def _whole(value: Any) -> Any:
    return {value: "100%"} if isinstance(value, str) else value


def _fades(value: Any) -> Any:
    if value is None or isinstance(value, dict):
        return value
    name = f.text_of(value)
    if name not in PRESETS:
        raise f.no_word(name, PRESETS)
    preset = PRESETS[name]
    return {"excitement": preset.excitement, "conviction": preset.conviction}


def _rival(value: Any) -> Any:
    return None if value == "none" else value


Person = Annotated[dict[f.Id, f.Name], Field(min_length=1, max_length=30)]
"""What stands for each placeholder."""


Decides = Annotated[dict[f.Party, f.Chance], Field(max_length=MANY), Short(_whole, {"type": "string"})]


class Buyer(Part):
    """The population from which each run draws one person."""

    name: f.Name | None = Field(None, description="What the buyer is called.")
    manner: f.Manner | None = Field(None, description="How kinds of lines land. Default: amiable.")
    interest: f.ClosedLevelSpan | None = Field(None, description="Interest at the start, 0 to 100. Default: 50..60.")
    trust: f.ClosedLevelSpan | None = Field(None, description="Trust at the start, 0 to 100. Default: 30..40.")
    patience: f.DurationSpan | None = Field(
        None, description="How long the buyer stays in one conversation. Default: 20m..30m."
    )
    decides: Decides | None = Field(
        None,
        description="Who decides: shares for `alone`, for people you name (`partner: 65%`), and for several who must "
        "all agree (`it+finance: 20%`). Default: alone.",
    )
    people: Annotated[dict[f.Id, f.Name], Field(min_length=1, max_length=MANY)] | None = Field(
        None, description="What those who decide are called: `finance: Alan Reid`. Default: the words of their ids."
    )
    indecision: Indecision | None = Field(None, description="Shares of buyers by indecision. Default: 13%, 43%, 44%.")
    real: f.Chance | None = Field(None, description="Share who will buy from anybody at all. Default: 78%.")
    ready: f.DurationSpan | None = Field(
        None,
        description="How long after the start those who cannot say yes at first are able to. "
        "Default: 1d..7d; multi-call 5w..8w.",
    )
    returns: f.Chance | None = Field(
        None, description="Share who get in touch unasked after a conversation. Default: 8%."
    )
    fades: Annotated[Fade | None, Short(_fades, {"enum": list(PRESETS)})] = Field(
        None, description="How interest fades: after-visit (default), inbound or slow, or laws of your own."
    )
    rival: Annotated[Rival | None, Short(_rival, {"const": "none"})] = Field(
        None, description="Somebody else the buyer may buy from. Default: none."
    )
    drifts: f.Rate | None = Field(
        None,
        description="Chance of settling for nothing while out of contact: `1% a day`, `20% in 9w`, `20% by the "
        "deadline`. Default: 1% a day.",
    )
    arrives: f.Arrival | None = Field(
        None,
        description="visit (default): face to face now. lead: a form nobody has answered. known: from before.",
    )
    reach: f.Reach | None = Field(
        None, description="Chance that one attempt reaches the buyer, or a preset for leads. Default: telfer."
    )
    quiet: f.Duration | None = Field(None, description="For known: time since the last contact. Default: 0m.")
    varies: Annotated[tuple[Person, ...], Field(min_length=1, max_length=MANY), Listed()] | None = Field(
        None,
        description="People of whom one is drawn: what stands for each `{word}` in texts. Default: always the same.",
    )


_OF: Final = (
    "Whose it is, of those who decide: it comes out, and counts, only while that person is at the table. "
    "Default: the buyer's."
)
_BY: Final = "Who says it, of those who decide, while that person is at the table. Default: the buyer."


class Need(Part):
    """Something the buyer wants the offer to do. The seller can find it out and meet it."""

    says: f.Says = Field(description="What the buyer says when it comes out.")
    weight: f.Level | None = Field(None, description="How much it matters, 0 to 100. Default: 20.")
    chance: f.Chance | None = Field(None, description="Share of buyers who have it. Default: 100%.")
    guarded: f.Level | None = Field(None, description="Trust from which the buyer tells it, 0 to 100. Default: 0.")
    deflects: f.Sayings | None = Field(None, description="What the buyer says instead, below that trust.")
    otherwise: f.Says | None = Field(None, description="What a buyer says who does not have it.")
    of: f.Id | None = Field(None, description=_OF)


class Trait(Part):
    """Something about the buyer that is worth knowing, and is not a need."""

    says: f.Says = Field(description="What the buyer says when it comes out.")
    chance: f.Chance | None = Field(None, description="Share of buyers of whom it is true. Default: 50%.")
    guarded: f.Level | None = Field(None, description="Trust from which the buyer tells it, 0 to 100. Default: 0.")
    deflects: f.Sayings | None = Field(None, description="What the buyer says instead, below that trust.")
    otherwise: f.Says | None = Field(None, description="What a buyer says of whom it is not true.")
    of: f.Id | None = Field(None, description=_OF)


class Reason(Part):
    """What may really lie behind an objection."""

    chance: f.Chance = Field(description="Share of the buyers with this objection.")
    says: f.Says | None = Field(None, description="What the buyer says when it comes out.")


def _share(value: Any) -> Any:
    return {"chance": value} if isinstance(value, str) else value


Reasons = Annotated[
    dict[f.Id, Annotated[Reason, Short(_share, {"type": "string"})]],
    Field(max_length=MANY),
    Short(_whole, {"type": "string"}),
]


class Objection(Part):
    """Something that the buyer says is in the way of a decision."""

    says: f.Says = Field(description="How the buyer words it.")
    again: f.Sayings | None = Field(None, description="How the buyer words it when it comes back.")
    chance: f.Chance | None = Field(None, description="Share of buyers who have it. Default: 50%.")
    really: Reasons | None = Field(
        None,
        description="What is really behind it, with shares that add up to 100%; `nothing` is allowed. Default: itself.",
    )
    of: f.Id | None = Field(None, description=_OF)


class Stage(Part):
    """A stretch of the conversation with lines of its own."""

    id: f.Id = Field(description="Its name, for `stage`, `opens` and `resume`.")
    turns: f.Turns | None = Field(None, description="Lines after which the next stage begins. Default: 4.")
    until: When | None = Field(None, description="The next stage begins as soon as this holds.")


class Texts(Part):
    """One way to word an outcome, and when."""

    when: When | None = Field(None, description="When the buyer words it like this.")
    says: f.Sayings = Field(
        description="What the buyer says, or what is seen: a text, or several, none of them twice before all were said."
    )
    reveals: f.Ids | None = Field(None, description="Facts that come out.")
    of: f.Id | None = Field(None, description=_BY)


class Consequences(Part):
    """What a reply or an interrupt does beyond its words."""

    reveals: f.Ids | None = Field(None, description="Facts that come out.")
    raises: f.Ids | None = Field(None, description="Objections that are raised.")
    excitement: f.Change | None = Field(None, description="Change of the fast part of interest, such as +5.")
    conviction: f.Change | None = Field(None, description="Change of the slow part of interest, such as +5.")
    trust: f.Change | None = Field(None, description="Change of trust, such as -3.")
    pressure: f.Change | None = Field(None, description="Change of pressure, such as +5.")
    opens: f.Id | None = Field(None, description="The conversation moves to this stage.")
    ends: f.Visit | None = Field(None, description="`visit`: the conversation ends here.")
    principle: f.Principle | None = Field(
        None, description="One sentence for the debrief, if this was a turning point."
    )


class Reply(Consequences):
    """What the buyer says to a line."""

    when: When | None = Field(
        None, description="When the buyer says this. The reply with the most conditions is chosen."
    )
    says: f.Sayings = Field(
        description="What the buyer says or does: a text, or several, none of them twice before all were said."
    )
    lands: f.Flag | None = Field(None, description="no: the line does not do what it set out to do. Default: yes.")
    of: f.Id | None = Field(None, description=_BY)


Replies = Annotated[tuple[Annotated[Reply, _as("says")], ...], Field(max_length=MANY), Listed()]


class Interrupt(Consequences):
    """Something that happens at most once a run, after any line in a conversation."""

    when: When = Field(description="As soon as this holds, it happens.")
    says: f.Says = Field(description="What is said or seen.")


class Line(Part):
    """Something the player can say or do."""

    say: f.InTurn = Field(
        description="What the seller says or does: a text, or what is said the first time, the second time and so on."
    )
    kind: f.Kind | None = Field(
        None, description="What sort of move it is; brings its minutes and effects. Default: small-talk."
    )
    stage: f.StageSpan | None = Field(
        None, description="A stage, two stages (a..b), `any` (default) or `between` (kinds between conversations)."
    )
    when: VisibleWhen | None = Field(None, description="When the line is offered. Only what a seller can know.")
    reveals: f.Ids | None = Field(None, description="Facts the line asks for: needs, traits, reasons, or `decider`.")
    about: f.Id | None = Field(None, description="For implication: the need it makes bigger.")
    meets: f.Ids | None = Field(None, description="Needs it answers. Counts only for needs that the seller knows.")
    handles: f.Ids | None = Field(None, description="Objections, or the reasons behind them, that it handles.")
    brings: f.Ids | None = Field(
        None, description="Who is asked to the table; of a dated step one or several, for the next conversation."
    )
    takes: f.Duration | None = Field(None, description="How long it takes. Default: by kind.")
    excitement: f.Change | None = Field(None, description="Change of excitement instead of the kind's own.")
    conviction: f.Change | None = Field(None, description="Change of conviction instead of the kind's own.")
    trust: f.Change | None = Field(None, description="Change of trust instead of the kind's own.")
    pressure: f.Change | None = Field(None, description="Change of pressure instead of the kind's own.")
    prices: f.Flag | None = Field(
        None, description="Whether the buyer hears the price in it; `quote` and `discount` say it by themselves."
    )
    discount: f.Off | None = Field(None, description="What is taken off: money (`500`) or a share (`3%`).")
    traded: f.Flag | None = Field(
        None, description="Whether the buyer gives something for the discount. Default: no, and they wait for the next."
    )
    opens: f.Id | None = Field(None, description="The conversation moves to this stage.")
    resume: f.Id | None = Field(
        None, description="Stage of the next conversation, if this line ends this one. Default: the last stage."
    )
    at: f.Meeting | None = Field(
        None,
        description="For a dated step: `18:15` (the next time it is that late), `Mon 10:00`, `tomorrow 10:00` or "
        "`in 3 days 10:00`.",
    )
    in_: f.Duration | None = Field(None, alias="in", description="For a dated step: time from now, such as `6h`.")
    on: f.Date | None = Field(
        None, description="For a dated step: the day only, such as `Mon`, `tomorrow` or `in 3 days`."
    )
    by: f.Channel | None = Field(
        None,
        description="How: visit, call, text or email. Default: for steps a visit where the buyer `arrives` in person, "
        "else a call; for calls a call; for messages email.",
    )
    repeat: f.Flag | None = Field(None, description="Whether it can be said as often as one likes. Default: by kind.")
    principle: f.Principle | None = Field(
        None, description="One sentence for the debrief, if this was a turning point."
    )
    replies: Replies | None = Field(
        None, description="What the buyer says back: a text, or a list of texts with conditions."
    )


class Tip(Part):
    """An explanation for the player, shown once."""

    when: VisibleWhen = Field(description="When it is shown. Only what a seller can know.")
    says: f.Says = Field(description="The explanation.")


def _in_order(value: Any) -> Any:
    """Stages as they are written. Raises NotationError for a map of them, as needs and lines are."""
    if isinstance(value, dict) and "id" not in value:
        first = next(iter(value), "talk")
        raise NotationError(
            "one comes after the other, so they are a list", f"begin each with `- `: `- {{id: {first}}}`", "FV203"
        )
    return value


Outcomes = dict[f.OutcomeWord, Annotated[tuple[Annotated[Texts, _as("says")], ...], Field(max_length=MANY), Listed()]]
Stages = Annotated[
    tuple[Annotated[Stage, _as("id")], ...],
    Field(min_length=1, max_length=MANY),
    Listed(),
    BeforeValidator(_in_order),
]
Needs = Annotated[dict[f.Id, Need], Field(max_length=MANY)]
Traits = Annotated[dict[f.Id, Trait], Field(max_length=MANY)]
Objections = Annotated[dict[f.Id, Objection], Field(max_length=MANY)]
Lines = Annotated[dict[f.Id, Line], Field(max_length=MOST_LINES)]
Interrupts = Annotated[tuple[Interrupt, ...], Field(max_length=MANY), Listed()]
Tips = Annotated[tuple[Tip, ...], Field(max_length=MANY), Listed()]


class Selling(Part):
    """What one prospect consists of; at the top of the file, what all its prospects share."""

    briefing: f.Briefing | None = Field(None, description="What the player knows before the first word.")
    sale: f.Sale | None = Field(
        None, description="one-call (default): can be decided at once. multi-call: takes several conversations."
    )
    ceiling: f.Chance | None = Field(
        None,
        description="Share of buyers who could say yes in the first conversation. Default: 30%; multi-call 0%.",
    )
    offer: Offer | None = Field(None, description="What is sold, and for how much.")
    buyer: Buyer | None = Field(None, description="Who might buy.")
    needs: Needs | None = Field(None, description="What the buyer wants the offer to do, by id.")
    traits: Traits | None = Field(None, description="What else can be found out about the buyer, by id.")
    objections: Objections | None = Field(None, description="What the buyer may hold against deciding, by id.")
    stages: Stages | None = Field(
        None, description="The stages of a conversation, in order. Default: one, called talk."
    )
    lines: Lines | None = Field(None, description="What the player can say and do, by id.")
    outcomes: Outcomes | None = Field(None, description="What comes back from moves with a chance in them.")
    interrupts: Interrupts | None = Field(None, description="What can happen after any line, whatever the stage.")


class ProspectPart(Selling):
    """One of several prospects on one calendar. What it leaves out is taken from the top of the file."""


Prospects = Annotated[dict[f.Id, ProspectPart], Field(max_length=MANY)]


class Expect(Part):
    """What you expect of the scenario when computer players play it."""

    best_school: f.School | None = Field(None, alias="best-school", description="The school that should do best here.")
    first_visit_close: Annotated[dict[f.Doctrine, f.ChanceSpan], Field(max_length=MANY)] | None = Field(
        None,
        alias="first-visit-close",
        description="Share of runs that end in an order at the first visit, by computer player.",
    )
    script: f.ChanceSpan | None = Field(
        None, description="What the best script earns, without listening, as a percentage of what the expert earns."
    )


class File(Selling, Whole):
    """A sales conversation to practise: a First Visit scenario, format 2."""

    CALLED, SUCH_AS, BEGINS = "a scenario", "id: saturday-showroom", "format: 2"

    format: f.Format = Field(description="The version of the format: 2.")
    id: f.Id = Field(description="The scenario's own id: small letters, digits, hyphens.")
    title: f.Title = Field(description="The title in the library.")
    situation: f.Situation = Field(description="One line for the library, at most 100 characters.")
    language: f.Language | None = Field(
        None, description="Language of the texts, and of the screens around them if it has a catalogue. Default: en."
    )
    translation_of: f.Id | None = Field(
        None,
        alias="translation-of",
        description="The id of the scenario that this one is in another language: their lines stand in one order.",
    )
    teaches: f.Schools | None = Field(
        None, description="Schools of thought; the first is the one it is built for. Default: none."
    )
    difficulty: f.Difficulty | None = Field(
        None, description="1 (default) to 3, by what the schools earn; `check --expect` holds it."
    )
    calendar: Calendar | None = Field(None, description="When the run begins, and when you are open.")
    tips: Tips | None = Field(None, description="Explanations for the player, each shown once.")
    prospects: Prospects | None = Field(None, description="Instead of one buyer, several on one calendar, by id.")
    expect: Expect | None = Field(None, description="What you expect when computer players play it.")
