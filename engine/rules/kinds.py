"""The kinds of lines: all that the rules say of each, in one record.

What an author needs to know of a kind (its meaning, where it may stand, whether it repeats, its minutes) is in
`engine.scenario.vocabulary`; all that it does is here. Elsewhere a kind is asked for by name only where it matters what
it is, and not what it does: in `preparing`, which adds a call where an author has none, and in `why`, for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine import world as at
from engine.rules import constants as c
from engine.rules import contact, conversation, decision, endings, objections
from engine.rules.conditions import asked_about, at_least_one, bits_clear, bits_set, puzzling, questioned, unsure
from engine.rules.deciders import unheard
from engine.rules.guards import Condition
from engine.rules.tables import Acts, Counts, Does, Ends, LineRule, OddsOf, Presses, ProspectRules
from engine.rules.turn import People, Turn
from engine.scenario.compiled import Line
from engine.words import marked


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line. The numbers are design choices, in the directions of the published figures: questions and
    listening build trust, claims and urgency cost it, stories feed excitement, proof feeds conviction."""

    cause: str
    """Why it moves the buyer, in plain words, to be translated."""
    excitement: int = 0
    """In points, unless the author says otherwise; the levels below as well."""
    conviction: int = 0
    trust: int = 0
    pressure: int = 0
    manner: Mapping[str, int] = field(default_factory=dict)
    """Percent of these effects by the buyer's manner; 100 where not named."""

    acts: Acts = conversation.say
    """How it is carried out."""
    needs: Callable[[Line], Condition] = lambda line: ()
    """What it needs in order to make sense, whatever the author's conditions say."""
    lacks: str = ""
    """What is so where that is missing, for its author."""
    odds: OddsOf | None = None
    """What may come back; without, nothing in particular."""
    luck: tuple[str, int] | None = None
    """The event of that luck, and the slot that counts its occurrences. Without, each line has an event of its own."""
    presses: Presses | None = None
    """Pressure beyond the line's own weight."""
    row: bool = False
    """Whether several of them in a row feel like an interrogation."""
    offers: bool = False
    """Whether it presents something, so that an objection is raised after the reply to it."""
    does: Does | None = None
    """What only this kind does, once it has landed and before it moves the buyer."""
    finds: str = ""
    """For a kind whose own finding goes before an author's general reply: what the buyer says when it finds nothing."""
    wears: bool = True
    """Whether it moves nobody for the better when it is said again."""
    joins: bool = True
    """Whether the person whom the line brings comes to the table in this conversation."""
    joins_on: str | None = None
    """The answer that this takes; without, it takes none."""
    counts: Counts | None = None
    """What is counted beside the slot of its luck."""
    closes: Ends | None = None
    """How it ends the conversation, and perhaps the sale."""
    exit: bool = False
    """Whether it is a plain way out of the conversation, which asks nothing of the buyer. There always is one."""


# needs


def _about_known(line: Line) -> Condition:
    return () if line.about is None else bits_set(at.KNOWN, 1 << line.about)


def _not_there(line: Line) -> Condition:
    return () if line.brings is None else bits_clear(at.PRESENT, 1 << line.brings)


# pressure


def _asking(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> None:
    if not p[at.KNOWN] & rules.needs:
        turn.press(who, rules, p, c.UNDEVELOPED_ASK, "asked before any need had been told")
    if again := p[at.ASKS] - p[at.ASKED_BACK]:
        turn.press(who, rules, p, c.REPEATED_ASK * again, "asked again")
    if not p[at.WINDOW]:
        turn.press(who, rules, p, c.NO_SIGNAL_ASK, "asked without a sign that they were ready")


def _interrogating(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> None:
    if p[at.IN_A_ROW] + 1 >= c.QUESTIONS_IN_A_ROW:
        turn.press(who, rules, p, c.INTERROGATION, "one short question after the other")


def _pitching(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> None:
    if not line.meets & p[at.KNOWN]:
        turn.press(who, rules, p, c.PITCH_WITHOUT_NEED, "shown something nobody had asked for")


# what only they do


def _grow(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> tuple[bool, str]:
    """Make a need bigger by thinking it through, with the one whose it is."""
    if line.line.about is not None:
        p[at.GROWN] |= 1 << line.line.about & ~unheard(rules, p)
    return True, ""


# what they count


def _asked(p: People, line: LineRule, answer: int, able: bool) -> None:
    if answer == decision.UNPRICED:  # nothing has been refused
        p[at.ASKED_BACK] += 1
        return
    p[at.ASKED_ABLE] += able
    p[at.TAKEN] += p[at.WINDOW] > 0
    p[at.ASKED_WITH] = decision.dealt_with(p)
    p[at.ASKED_NOW] += 1


def _proposed(p: People, line: LineRule, answer: int, able: bool) -> None:
    p[at.REFUSED_NOW] += answer == decision.DECLINES


KINDS: Final[Mapping[str, Kind]] = {
    "small-talk": Kind(
        marked("a friendly word"), excitement=1, trust=2,
        manner={"amiable": 150, "analytical": 50, "driver": 0, "expressive": 130},
    ),
    "open-question": Kind(marked("a question that was listened to"), conviction=1, trust=3),
    "closed-question": Kind(
        marked("a quick question"), trust=1, manner={"expressive": 50}, presses=_interrogating, row=True,
    ),
    "implication": Kind(
        marked("thinking through what the need costs"), conviction=4, trust=2, needs=_about_known,
        lacks="the need that it is about has not been told", does=_grow,
    ),
    "listen": Kind(marked("being heard"), conviction=1, trust=5, pressure=-3, manner={"amiable": 120}),
    "present": Kind(
        marked("hearing what it does"), excitement=3, odds=decision.objecting, presses=_pitching, offers=True,
    ),
    "demonstrate": Kind(
        marked("seeing it"), excitement=8, trust=1, manner={"analytical": 90, "expressive": 130},
        odds=decision.objecting, presses=_pitching, offers=True,
    ),
    "story": Kind(
        marked("a story"), excitement=7, trust=1,
        manner={"amiable": 120, "analytical": 60, "driver": 60, "expressive": 140},
    ),
    "proof": Kind(
        marked("proof that can be checked"), excitement=1, conviction=6, trust=3,
        manner={"analytical": 140, "driver": 120, "expressive": 70},
    ),
    "claim": Kind(
        marked("a claim with nothing behind it"), excitement=4, trust=-4, manner={"analytical": 130},
    ),
    "concede": Kind(
        marked("an honest concession"), excitement=-2, conviction=1, trust=7, manner={"analytical": 130, "driver": 110},
    ),
    "quote": Kind(marked("a plain price"), trust=1, manner={"driver": 150}),
    "discount": Kind(marked("a price that moves"), excitement=2, trust=-2),
    "urgency": Kind(
        marked("a hurry that is yours, not theirs"), excitement=2, trust=-6, pressure=18, manner={"amiable": 130},
    ),
    "isolate": Kind(
        marked("being asked what lies behind it"), trust=2,
        needs=lambda line: at_least_one(puzzling, asked_about(line)),
        lacks="no objection is open of which nobody knows what lies behind it", does=objections.isolate, wears=False,
    ),
    "handle": Kind(marked("an answer"), conviction=2, trust=1),
    "confirm": Kind(
        marked("making sure"), trust=2, needs=lambda line: at_least_one(unsure, asked_about(line)),
        lacks="no objection was answered and not confirmed",
        does=objections.confirm, finds=marked("Yes, that's settled."), wears=False,
    ),
    "bring-in": Kind(
        marked("being asked who else should be there"), needs=_not_there,
        lacks="whom it brings is at the table", odds=decision.joining,
        luck=("join", at.JOINS_ASKED), joins_on="joins",
    ),
    "ask-for-decision": Kind(
        marked("being asked to decide"), pressure=4, manner={"driver": 60}, odds=decision.asked, luck=("ask", at.ASKS),
        presses=_asking, counts=_asked, closes=endings.decided,
    ),
    "press": Kind(
        marked("being pushed"), trust=-3, pressure=15, manner={"amiable": 130},
        needs=lambda line: at_least_one(at.ASKS),
        lacks="the decision has not been asked for yet", odds=decision.asked,
        luck=("ask", at.ASKS), presses=_asking, counts=_asked, closes=endings.decided,
    ),
    "propose-dated-step": Kind(
        marked("a date to look forward to"), odds=decision.proposed, luck=("step", at.STEPS), joins=False,
        counts=_proposed, closes=endings.agreed,
    ),
    "vague-follow-up": Kind(marked("being let off"), trust=1, pressure=-10, closes=endings.put_off, exit=True),
    "invite-no": Kind(
        marked("being free to say no"), trust=4, pressure=-6, odds=decision.invited, luck=("invite", at.INVITES),
        closes=endings.decided,
    ),
    "take-no": Kind(
        marked("a no taken well"), trust=2, pressure=-10, needs=lambda line: at_least_one(questioned),
        lacks="they have not been asked for an answer of any kind yet", closes=endings.taken,
    ),
    "leave": Kind(marked("being left in peace"), closes=endings.left, exit=True),
    # between conversations
    "call": Kind(marked("your call"), acts=contact.call, odds=contact.calling, luck=("reach", at.TRIED)),
    "touch": Kind(
        marked("something useful from you"), conviction=5, acts=contact.write, odds=contact.writing,
        luck=("message", at.TOUCHES),
    ),
    "check-in": Kind(
        marked("a message with nothing in it"), trust=-1, pressure=3, acts=contact.write_nothing,
        odds=contact.writing_nothing, luck=("message", at.TOUCHES),
    ),
    "task": Kind(marked("other work"), acts=contact.work),
}  # fmt: skip
"""Every kind of `vocabulary.KINDS`."""
