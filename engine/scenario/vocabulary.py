"""The words of the scenario format: the one list from which models, rules, schema and guide are checked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.words import marked

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "small-talk": "Friendly talk that asks for nothing.",
        "open-question": "A question that lets the buyer tell; with `reveals`, it finds facts.",
        "closed-question": "A question answered in a word; quick, and tiring in a row.",
        "implication": "A question about what a known need costs; with `about`, the need grows.",
        "listen": "Playing back what the buyer said, and stopping there.",
        "present": "Telling what the offer does; with `meets`, it ties to needs.",
        "demonstrate": "Letting the buyer see or try it; with `meets`, it ties to needs.",
        "story": "Somebody else's experience, told for the feeling.",
        "proof": "A reference, a figure, a document that can be checked.",
        "claim": "A promise about the offer with nothing behind it.",
        "concede": "Saying what the offer does not do, or where another is better.",
        "quote": "Saying the price, and what is in it.",
        "discount": "Taking something off the price; needs `discount`.",
        "urgency": "A reason to hurry that serves the seller.",
        "isolate": "Asking what lies behind the objection that was raised.",
        "handle": "Handling an objection or its reason; needs `handles`.",
        "confirm": "Checking that a handled objection is really settled.",
        "bring-in": "Getting somebody else who decides to the table; needs `brings`.",
        "ask-for-decision": "Asking for the order, plainly.",
        "press": "Asking again, harder.",
        "propose-dated-step": "Proposing a next step at a day, or a day and time; needs `at`, `in` or `on`.",
        "vague-follow-up": "Promising to be in touch, with no date. Ends the conversation.",
        "invite-no": "Making it easy to say no.",
        "take-no": "Taking the no with good grace. Ends the sale.",
        "leave": "Ending the conversation without a next step.",
        "call": "Between conversations: trying to reach the buyer by `by`.",
        "touch": "Between conversations: sending or doing something the buyer has a use for.",
        "check-in": "Between conversations: being in touch with nothing new to say.",
        "task": "Between conversations: other work of the day, which takes its time.",
    }
)
"""What a line does, by kind. A kind brings its default minutes and effects."""

MINUTES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "small-talk": 2,
        "open-question": 3,
        "closed-question": 1,
        "implication": 3,
        "listen": 2,
        "present": 4,
        "demonstrate": 6,
        "story": 3,
        "proof": 3,
        "claim": 1,
        "concede": 2,
        "quote": 2,
        "discount": 1,
        "urgency": 1,
        "isolate": 2,
        "handle": 3,
        "confirm": 1,
        "bring-in": 2,
        "ask-for-decision": 1,
        "press": 1,
        "propose-dated-step": 1,
        "vague-follow-up": 1,
        "invite-no": 1,
        "take-no": 1,
        "leave": 1,
        "call": 2,
        "touch": 15,
        "check-in": 5,
        "task": 30,
    }
)
"""How long a line takes, by kind, unless the author says otherwise."""

PURPOSES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        marked("Talk"): ("small-talk", "listen"),
        marked("Ask"): ("open-question", "closed-question", "implication"),
        marked("Show"): ("present", "demonstrate", "story", "proof", "claim", "concede"),
        marked("Answer"): ("isolate", "handle", "confirm"),
        marked("Price"): ("quote", "discount"),
        marked("Decide"): ("ask-for-decision", "press", "urgency", "invite-no"),
        marked("Arrange"): ("propose-dated-step", "bring-in"),
        marked("Leave"): ("vague-follow-up", "leave", "take-no"),
        marked("Contact"): ("call", "touch", "check-in"),
        marked("Work"): ("task",),
        marked("Wait"): ("wait", "finish"),
    }
)
"""What each kind of line is for, in the order in which the purposes are shown; their names are to be looked up."""

BETWEEN: Final = frozenset({"call", "touch", "check-in", "task"})
"""The kinds that belong between conversations; all others belong inside one."""

ASKS: Final = frozenset({"ask-for-decision", "press"})
"""Kinds that ask the buyer to decide."""

SHOWS: Final = frozenset({"present", "demonstrate"})
"""Kinds that show something, after which an objection may come up."""

WRONG: Final = frozenset({"claim", "urgency", "press", "vague-follow-up", "check-in"})
"""Kinds that cost the seller more than they bring."""

PRICING: Final = frozenset({"quote", "discount"})
"""The kinds that say the price, unless the author says otherwise with `prices`."""

WAYS_OUT: Final = frozenset({"vague-follow-up", "leave", "take-no", "propose-dated-step"}) | ASKS
"""The kinds that ask for an end of the conversation; a stage with nothing else to say gives way to the next."""

REPEATABLE: Final = frozenset(
    {
        "ask-for-decision",
        "press",
        "propose-dated-step",
        "vague-follow-up",
        "take-no",
        "leave",
        "isolate",
        "confirm",
        "call",
        "check-in",
    }
)
"""The kinds whose lines can be said again unless the author says `repeat: no`."""

AFRESH: Final = frozenset({"bring-in", "invite-no"})
"""The kinds whose lines can be said once in each conversation, rather than once in a run: who is out today may be in
tomorrow, and who has just said that it is no no need not be asked at once, but some other day."""

MANNERS: Final = ("amiable", "analytical", "driver", "expressive")
"""How kinds of lines land with a buyer."""

CHANNELS: Final = ("visit", "call", "text", "email")

ARRIVALS: Final = ("visit", "lead", "known")
"""How a prospect starts: face to face, as an enquiry nobody has answered, or known from before."""

REACH_PRESETS: Final = ("telfer", "hbr", "classic")

SALES: Final = ("one-call", "multi-call")

SIZES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "small": "Decided as soon as it is liked: a push helps a little.",
        "medium": "Pressure makes no difference, one way or the other.",
        "large": "Weighed before it is bought, and regretted if it is a mistake: pressure costs.",
    }
)
"""How large a sale is to its buyer, which is what decides how pressure works on them."""

INDECISION: Final = ("low", "moderate", "high")

STARTS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType({"interest": (50, 60), "trust": (30, 40)})
"""The levels at which a buyer begins of whom nothing else is said, in points."""

SCHOOLS: Final = ("plan-a", "collect-decisions", "speed-first", "audition", "same-day")

DOCTRINES: Final = (
    *("plan-a", "collector", "speed-first", "audition", "same-day"),
    *("always-close", "discounter", "follow-up-friday", "never-calls-back", "talker", "random"),
)
"""The computer players for which an author can say what is expected: the schools, then bad habits."""

COSTLY_KINDS: Final = WRONG | {"discount", "task"}
"""Kinds of lines that cost whenever they are said, or done while a buyer waits. What an author tells of any other may
be praise, for the moment for which it was written."""

OUTCOMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "order": "The buyer says yes when asked for the decision.",
        "objection": "The buyer raises an objection. Without a text here, the objection's own `says`.",
        "stall": "The buyer puts the decision off.",
        "no-sale": "The buyer says a clear no.",
        "agrees": "The buyer agrees to the step proposed.",
        "declines": "The buyer does not agree to the step proposed.",
        "stays": "Invited to say no, the buyer does not.",
        "joins": "The other person who decides comes to the table.",
        "reached": "A contact attempt becomes a conversation.",
        "missed": "A contact attempt reaches nobody.",
        "kept": "The buyer is there at the agreed time.",
        "not-there": "The buyer is not there at the agreed time.",
        "comes-back": "The buyer gets in touch without being asked.",
        "replies": "The buyer answers a message, and waits to be rung.",
        "walks-out": "The buyer's patience is used up and the conversation ends.",
        "signal": "The buyer lets slip that they are ready to be asked; said after the reply to a line.",
        "unpriced": "Asked to decide, the buyer has not heard the price yet.",
        "opts-out": "The buyer asks not to be contacted any more.",
        "waits": "The price came down for nothing, and the buyer waits for more; said after the reply to the line.",
    }
)
"""What can come back from a move with a chance in it. Texts for them go under `outcomes`."""

RESULTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "order": marked("order"),
        "no-sale": marked("no-sale"),
        "lost-to-rival": marked("lost to a rival"),
        "lost-to-no-decision": marked("lost to no decision"),
        "expired": marked("expired"),
        "never-contacted": marked("never contacted"),
    }
)
"""How a prospect ends, with the words a player reads, to be looked up where they are shown."""

PROMISES: Final = ("none", "vague", "dated", "timed")
"""What was agreed about the next contact: nothing, 'I'll be in touch', a day, or a day and time."""

VISIBLE_CONDITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "knows": "All these facts (needs, traits, reasons of objections, or `decider`) have been told to the seller.",
        "knows-not": "None of these facts has been told.",
        "decider": "The buyer has told you who decides, and it is one of these people, or `alone`.",
        "met": "All these needs have been answered by something shown or said.",
        "met-not": "None of these needs has been answered yet.",
        "raised": "All these objections have been raised and not handled yet.",
        "handled": "All these objections have been handled, as far as the seller can tell.",
        "said": "All these lines have been said.",
        "said-not": "None of these lines has been said.",
        "outcome": "The buyer's last outcome was one of these (see `outcomes`).",
        "stage": "The conversation is in this stage, or between these stages (a..b).",
        "conversation": "The number of this conversation, as a range; the first is 1.",
        "day": "Days since the start, as a range; the first is 0.",
        "channel": "By one of these channels: this conversation, or between two the last attempt or message.",
        "with": "These other people who decide are at the table; between conversations nobody is.",
        "without": "These other people who decide are not at the table.",
        "promised": "What is agreed about the next contact: none, vague, dated or timed.",
        "discounted": "Whether something has been taken off the price (yes or no).",
        "asked": "Times the decision has been asked for, as a range.",
        "weekday": "It is one of these days, such as `Mon`.",
        "time": "The time of day, as a range such as `12:00..14:00`; the second time no longer counts.",
        "quiet": "Time since the last conversation before this one, as a range such as `3d..`; never in the first.",
        "unanswered": "Attempts to reach the buyer in vain since you last talked, as a range.",
        "broken": "Agreed times that you let pass since you last talked, as a range.",
        "absent": "Agreed times at which you found nobody there since you last talked, as a range.",
        "any": "At least one of these maps of conditions holds. Counts as one condition.",
    }
)
"""Conditions on what the seller can know. They may be used anywhere."""

HIDDEN_CONDITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "interest": "The buyer's interest, 0 to 100, as a range.",
        "excitement": "The fast part of interest, 0 to 100, as a range.",
        "conviction": "The slow part of interest, 0 to 100, as a range.",
        "trust": "The buyer's trust, 0 to 100, as a range.",
        "pressure": "The pressure the buyer feels, 0 to 100, as a range.",
        "patience": "The share of patience left, 0 to 100, as a range.",
        "nuisance": "How much of a nuisance contact has been: a range from 0, with 8 to 14 as more than most take.",
        "has": "The buyer has all these needs or traits, told or not.",
        "lacks": "The buyer has none of these needs or traits.",
        "decides": "Who decides besides the buyer: `alone`, or one of these people.",
        "indecision": "The buyer's indecision is one of: low, moderate, high.",
        "really": "The real reason behind one of the buyer's objections is one of these.",
        "ready": "Whether the buyer could decide now (yes or no).",
        "real": "Whether the buyer will buy from anybody at all (yes or no).",
    }
)
"""Conditions on what only the buyer knows. Replies, outcomes and interrupts may use them; lines may not,
since what a seller can say must not give away what the seller has not found out."""

LEVEL_CONDITIONS: Final = ("interest", "excitement", "conviction", "trust", "pressure", "patience")
"""Conditions that take a range of a level, in points."""
COUNT_CONDITIONS: Final = ("conversation", "day", "asked", "unanswered", "broken", "absent", "nuisance")
"""Conditions that take a range of whole numbers."""
FLAG_CONDITIONS: Final = ("discounted", "ready", "real")
"""Conditions that are yes or no."""
