"""What happened: every change of a state, with its cause."""

from __future__ import annotations

from typing import NamedTuple

from engine.words import gettext, marked


class Event(NamedTuple):
    """One change, and why. The sum of a level's events is the level."""

    minute: int
    """Minute of the run's calendar."""
    prospect: int
    """Index of the prospect; -1 for the world."""
    what: str
    """A level (`excitement`, `conviction`, `trust`, `pressure`), or what else happened: `said`, `reply`, `narration`,
    `knows`, `met`, `raised`, `handled`, `settled`, `reopened`, `joins`, `stage`, `contact`, `promise`, `conversation`,
    `decision`, `continuation`, `discount`, `order`, `ends`, `waits`."""
    amount: int
    """For levels the change in level units (hundredths of a point); for the rest an index or code, see `what`."""
    cause: str
    """Why, as a sentence to be translated; of what was said, the buyer's mood. `cause_text` gives it in words."""
    text: str = ""
    """What was said, word for word."""
    of: str = ""
    """What stands in the place `{what}` of the cause."""
    by: str = ""
    """The name of who said it, where that is neither the seller nor the buyer."""


def cause_text(event: Event) -> str:
    """Why it happened, in plain words, in the language that is spoken here."""
    return gettext(event.cause).format(what=event.of)


LEVELS = (marked("excitement"), marked("conviction"), marked("trust"), marked("pressure"))
"""The levels whose events add up, to be translated where they are shown."""


NOBODY, TALKING, CAME_BACK, WROTE_BACK, GAVE_UP, SENT, OPTED_OUT = range(7)
"""What a `contact` was: an attempt that reached nobody, a conversation that begins, a buyer who gets in touch or who
answers a message, one who has waited for the seller in vain, a message that went out, and
one who asks to be left alone."""

LET_PASS = -1
"""The code of a `promise` whose time the seller let pass."""
