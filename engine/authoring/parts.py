"""Parts of a scenario, such as a line on offer or a reply given, and how a play tells which of them it comes upon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

from engine.rules import Rules, Turn
from engine.scenario.compiled import Reply, Scenario

PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "offered": "A line was on the menu.",
        "said": "A line was said, or done.",
        "reply": "A reply of a line was given.",
        "held": "A line was said, and the conditions of this reply to it held, whichever was given.",
        "outcome": "A text for an outcome was said.",
        "interrupt": "An interrupt happened.",
        "at-once": "An interrupt happened with the first line of the first conversation.",
        "stage": "A stage was reached.",
        "left": "A stage was left for another one in the same conversation.",
        "stuck": "In a stage nothing was left to say but what ends the conversation.",
        "circle": "A conversation came into a stage once more, and nothing had changed since.",
        "known": "A fact was told.",
        "in-time": "A need that was told could be met: a line that meets it was on the menu.",
        "met": "A need was met.",
        "present": "A buyer had an objection.",
        "raised": "An objection was raised.",
        "behind": "A reason lay behind an objection of a buyer.",
        "settled": "A reason was settled, whatever had been said about it.",
        "joins": "Somebody who decides came to the table.",
        "spoken-to": "There was a conversation.",
        "channel": "A conversation took place over a channel, as a place in `vocabulary.CHANNELS`.",
        "ask": "The decision could be asked for.",
        "priced-ask": "The decision could be asked for, and the price was known or would be told.",
        "could-order": "The same, and the buyer was able to decide.",
        "first-ask": "A buyer who could order today could have been asked for it in the first conversation.",
        "not-ready": "The decision could be asked for before the buyer was ready.",
        "missing": "The decision could be asked for while somebody who decides was missing.",
        "ending": "A prospect ended this way, as a place in `simulate.ENDS`.",
        "lesson": "Something was done that a school teaches, as a place in `vocabulary.SCHOOLS`.",
    }
)
"""What a play may come upon."""


class Part(NamedTuple):
    """Something in a scenario that a play may come upon."""

    what: str
    """One of `PARTS`."""
    who: int
    """The prospect."""
    of: int = 0
    """Which one, as a place in the compiled scenario."""
    nth: int = 0
    """The reply or text, as a place among the compiled ones, which stand most specific first."""


TOLD: Final = {"knows": "known", "met": "met", "raised": "raised", "joins": "joins"}
"""The events that name a part, and which."""
HANDLED: Final = ("handled", "settled")
NOTED: Final = frozenset((*TOLD, *HANDLED, "said"))
"""The events that are noted whatever is said with them."""


class Heard(Turn):
    """A turn that writes down what is said and what happens to parts, as (prospect, what, amount, text)."""

    __slots__ = ("heard",)

    def __init__(self, rules: Rules, seed: int) -> None:
        super().__init__(rules, rules.opening, rules.luck(seed), [])
        self.heard: list[tuple[int, str, int, str]] = []

    def tell(
        self, who: int, what: str, amount: int = 0, cause: str = "", text: str = "", of: str = "", by: str = ""
    ) -> None:
        if text or what in NOTED:
            self.heard.append((who, what, amount, text))


def marked(scenario: Scenario) -> tuple[Scenario, dict[str, Part]]:
    """The scenario with a mark in place of each text that a buyer may say, and what each mark stands for.

    Two replies with the same words can so be told apart. Nothing else changes: the rules read no text.
    """
    marks: dict[str, Part] = {}

    def mark(part: Part, reply: Reply) -> Reply:
        text = f"{part.what} {part.who} {part.of} {part.nth}"
        marks[text] = part
        return replace(reply, says=(text,))

    def replies(what: str, who: int, of: int, written: tuple[Reply, ...]) -> tuple[Reply, ...]:
        return tuple(mark(Part(what, who, of, nth), reply) for nth, reply in enumerate(written))

    prospects = tuple(
        replace(
            one,
            lines=tuple(
                replace(line, replies=replies("reply", who, place, line.replies))
                for place, line in enumerate(one.lines)
            ),
            outcomes=tuple(replies("outcome", who, place, texts) for place, texts in enumerate(one.outcomes)),
            interrupts=tuple(
                replace(each, reply=mark(Part("interrupt", who, place), each.reply))
                for place, each in enumerate(one.interrupts)
            ),
        )
        for who, one in enumerate(scenario.prospects)
    )
    return replace(scenario, prospects=prospects), marks


__all__ = ["HANDLED", "PARTS", "TOLD", "Heard", "Part", "marked"]
