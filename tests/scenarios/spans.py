"""Words of the bundled scenarios that presume a time, and the span in which alone they are true."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from engine.units import HOUR
from engine.world import FAR


class Span(NamedTuple):
    """Words, and from where to where what they presume may lie when they are said."""

    words: re.Pattern[str]
    since: str
    """What time is measured from: `talked`, the end of the last conversation before this one; `asked`, when the seller
    last said the same line; `start`, the start of the run; or `midnight`. In minutes, or in days by the calendar after
    `days since`."""
    low: int
    high: int = FAR


def _span(since: str, low: int, high: int, *words: str) -> Span:
    return Span(re.compile("|".join(words)), since, low, high)


SPANS: Final = (
    _span("talked", 0, HOUR, r"again already", r"^Already\?", r"your cup in my hand"),
    _span("talked", 12 * HOUR, FAR, r"meant to say yes today", r"have read it once more\. I am one"),
    _span("days since talked", 0, 0, r"talking only today", r"only here (today|this afternoon)", r"third time today"),
    _span("days since talked", 0, 0, r"from this (morning|afternoon)\b", r"hear you again today"),
    _span("days since talked", 1, FAR, r"\b(since|from|last) Saturday", r"the one from Tuesday"),
    _span("asked", 0, HOUR, r"know that just before", r"it was a minute ago"),
    _span("start", 0, HOUR, r"only just put the lid down"),
    _span("start", 40, FAR, r"since she pressed 'send'"),
    _span("days since start", 0, 41, r"than in week six"),
    _span("days since start", 0, 2, r"by Friday noon, or (no|we)"),
    _span("days since start", 3, 3, r"insurer's date, for the signed quote"),
    _span("days since start", 3, FAR, r"last week's me", r"coming down like gravel", r"came through in the night"),
    _span("days since start", 7, FAR, r"form is a week old", r"changed in a week"),
    _span("midnight", 0, 13 * HOUR, r"[Gg]ood morning\b(?=[',.])", r"this morning, or", r"before lunch"),
    _span("midnight", 0, 13 * HOUR, r"\bgot (all|the whole) morning"),
    _span("midnight", 0, 12 * HOUR, r"Today is the insurer's date"),
    _span("midnight", 12 * HOUR, FAR, r"[Gg]ood afternoon", r"Today was the insurer's date", r"all afternoon"),
    _span("midnight", 0, 17 * HOUR, r"before five", r"this afternoon\. She", r"take your afternoon"),
    _span("midnight", 17 * HOUR, FAR, r"that evening", r"any more tonight", r"different suppers", r"Saturday evening"),
    _span("midnight", 18 * HOUR, FAR, r"being put to bed", r"the boy to bed"),
)
