"""A language in which no word is spelled in Latin letters: whatever is, on a screen, has not been translated."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from unittest.mock import patch

from engine import words

LANGUAGE = "xx"
_LETTERS = str.maketrans(
    string.ascii_lowercase + string.ascii_uppercase,
    "".join(map(chr, range(0x430, 0x44A))) + "".join(map(chr, range(0x410, 0x42A))),
)


def strange(text: str) -> str:
    """A text in other letters, as long as it was; what stands in braces is left."""
    return "".join(
        part if part.startswith("{") else part.translate(_LETTERS) for part in re.split(r"(\{[\w.]*\})", text)
    )


def latin(text: str, *known: str) -> list[str]:
    """The words in Latin letters in a text, but for `known` ones and whatever is in capitals, as currencies are."""
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in known and not word.isupper()]


class Strange(NullTranslations):
    def gettext(self, message: str) -> str:
        return strange(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return strange(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return strange(message)


@contextmanager
def spoken_here() -> Iterator[None]:
    """Let the program know that language, beside those that it has."""
    real = words._catalogue
    try:
        with (
            patch.object(words, "languages", lambda: ("en", "de", LANGUAGE)),
            patch.object(words, "_catalogue", lambda language: Strange() if language == LANGUAGE else real(language)),
        ):
            words.known.cache_clear()
            yield
    finally:
        words.known.cache_clear()


def sale(language: str = LANGUAGE) -> str:
    """A small sale, every word of which is in those letters: with a need, an objection, a date and other work."""
    s = strange
    return f"""\
format: 1
id: strange-sale
title: {s("A strange sale")}
situation: {s("A buyer in a room.")}
language: {language}
briefing: {s("A buyer in a room, and an hour.")}
ceiling: 100%
offer: {{name: {s("Umbrella")}, price: 1000, floor: 800, hour: 30, currency: EUR}}
calendar: {{start: Mon 10:00, open: Mon-Fri 09:00-18:00, visit: 1h, deadline: 6d}}
buyer: {{name: {s("Sam")}, real: 70%, ready: 0m..2d, patience: 30m, returns: 40%}}
needs:
  dry: {{says: {s("I have to get to the station dry.")}, weight: 60, chance: 60%}}
  small: {{says: {s("It has to fit in here.")}, weight: 60, chance: 60%}}
objections:
  dear: {{says: {s("That is a lot.")}, chance: 90%, really: {{price: 60%, nothing: 40%}}}}
lines:
  hello: {{kind: small-talk, say: {s("Hello.")}}}
  where-to: {{kind: open-question, say: {s("Where to?")}, reveals: dry}}
  how-big: {{kind: closed-question, say: {s("How big a bag?")}, reveals: small}}
  this-one: {{kind: present, say: {s("This one.")}, meets: dry}}
  that-one: {{kind: present, say: {s("That one.")}, meets: small}}
  behind: {{kind: isolate, say: {s("What lies behind it?")}}}
  worth-it: {{kind: answer, say: {s("It is worth it.")}, answers: [dear, price]}}
  sure: {{kind: confirm, say: {s("Is that settled?")}}}
  less: {{kind: discount, say: {s("Ten off.")}, discount: 10}}
  what-it-costs: {{kind: quote, say: {s("It is a thousand.")}}}
  have-it: {{kind: ask-for-decision, say: {s("Shall I ring it up?")}}}
  push: {{kind: press, say: {s("Now or never.")}}}
  meet: {{kind: propose-dated-step, say: {s("Tomorrow at ten?")}, at: "tomorrow 10:00", by: visit}}
  later: {{kind: vague-follow-up, say: {s("I will be in touch.")}}}
  no-then: {{kind: invite-no, say: {s("Is it a no?")}}}
  as-you-like: {{kind: take-no, say: {s("All right.")}}}
  ring: {{kind: call, say: {s("Ring them.")}, stage: between}}
  send: {{kind: touch, say: {s("Send a picture.")}, stage: between, by: email}}
  ping: {{kind: check-in, say: {s("Just checking in.")}, stage: between}}
  stock: {{kind: task, say: {s("Count the stock.")}, stage: between}}
tips:
  - {{when: {{said-not: hello}}, says: {s("Say hello first.")}}}
"""
