"""The notations of time: how long, at what time, on which day, and what comes about or fades in a time.

As in `notation`: text in, whole numbers out, or a sentence for the author.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, NamedTuple

from engine.curves import compounded
from engine.decay import LAWS, Fading
from engine.scenario.nearest import listed, nearest
from engine.scenario.notation import (
    CHANCE_PATTERN,
    LONGEST_RANGE,
    Ends,
    Instead,
    NotationError,
    chance,
    meant_by,
    quoted,
    span,
    whole,
)
from engine.units import CERTAIN, DAY, HOUR, WEEK

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DURATION_PATTERN: Final = r"(?=\d)(\d{1,4}w)?(\d{1,5}d)?(\d{1,5}h)?(\d{1,6}m)?"
CLOCK_PATTERN: Final = r"([01]?\d|2[0-4]):[0-5]\d"
LONGEST: Final = 2 * 53 * WEEK
"""No time in a scenario is longer than two years."""
MOST_DAYS: Final = 365
"""No day is further away."""
_DURATION = re.compile(DURATION_PATTERN, re.ASCII)
_CLOCK = re.compile(CLOCK_PATTERN, re.ASCII)
_TWELVE = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?\s*([ap])\.?m\b\.?", re.ASCII | re.IGNORECASE)
_TWENTY_FOUR = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.h]([0-5]\d)(?!\d)", re.ASCII)
_OF_ANY_UNIT: Final = 4
"""Digits of a time that may stand before any unit."""
_DAYS = re.compile(r"tomorrow|in (\d+) days?", re.ASCII)
_LONGHAND = re.compile(
    r"(\d+) ?(m(?=\b|in)|h|d|w)(?:in|ins|inutes?|ours?|rs?|ays?|eeks?)?\.?", re.ASCII | re.IGNORECASE
)
_BEYOND_DURATION = re.compile(r"(?=\d)(\d+w)?(\d+d)?(\d+h)?(\d+m)?", re.ASCII)
"""What is well written, but may be more than can be."""


class Moment(NamedTuple):
    """A time of day, with or without a day: a weekday (0 is Monday), or so many days from today."""

    weekday: int | None
    minute: int
    days: int | None = None


class Day(NamedTuple):
    """A day: a weekday (0 is Monday), or so many days from today."""

    weekday: int | None
    days: int | None = None


def duration(text: str) -> int:
    """A time such as `20m`, `3h`, `2d`, `1w` or `1h30m`, in minutes. A day has 24 hours."""
    found = _DURATION.fullmatch(text)
    if not found:
        if _BEYOND_DURATION.fullmatch(text):
            raise _too_long(text)
        if text.isdecimal() and len(text) <= _OF_ANY_UNIT:
            help = f"say which unit: `{text}m` minutes, `{text}h` hours, `{text}d` days, `{text}w` weeks"
        else:
            help = "write it with its unit, like `20m`, `3h`, `2d`, `1w` or `1h30m`"
            if _DAYS.fullmatch(text) or text in WEEKDAYS:
                help += f"; the day of a step stands under `on`: `on: {text}`"
        meant = _LONGHAND.fullmatch(text) if len(text) <= LONGEST_RANGE else None
        instead = Instead(meant[1] + meant[2].lower()) if meant else None
        raise NotationError(f"{quoted(text)} is not a time", help, instead=instead)
    weeks, days, hours, minutes = (int(part[:-1]) if part else 0 for part in found.groups())
    total = weeks * WEEK + days * DAY + hours * HOUR + minutes
    if total > LONGEST:
        raise _too_long(text)
    return total


def _too_long(text: str) -> NotationError:
    return NotationError(f"{quoted(text)} is longer than two years", code="FV206")


def fading(text: str) -> Fading:
    """A law of fading with its time: `exponential 6h`, `half-life 4h`, `power 1d` or `power 1d 0.35`."""
    name, *rest = text.split() or [""]
    if name not in LAWS:
        close = nearest(name, LAWS)
        more = Instead(" ".join([close, *rest])) if close is not None else None
        raise NotationError(f"{quoted(name)} is not a law of fading", listed(LAWS), "FV204", instead=more)
    most = 2 if name == "power" else 1
    if not 1 <= len(rest) <= most:
        example = "power 1d 0.35" if most == 2 else f"{name} 6h"
        raise NotationError(f"{quoted(text)} is not a law with its time", f"write it like `{example}`")
    minutes = duration(rest[0])
    if not minutes:
        raise NotationError("interest cannot fade within 0 minutes", "write one minute or more: `1m`", "FV206")
    return Fading(name, minutes, _thousandths(rest[1]) if len(rest) > 1 else 350 if most == 2 else 0)


def _thousandths(text: str) -> int:
    if not re.fullmatch(r"[0-3](\.[0-9]{1,3})?", text) or not text.strip("0."):
        raise NotationError(f"{quoted(text)} is not an exponent", "write a number above 0 and below 4, such as `0.35`")
    major, _, minor = text.partition(".")
    return int(major) * 1000 + int(minor.ljust(3, "0"))


class Rate(NamedTuple):
    """A chance that something happens while time passes, as somebody thinks of it."""

    chance: int
    """In millionths."""
    within: int | None
    """Minutes in which it comes to that; None for until the deadline."""

    def per_day(self, deadline: int) -> int:
        """What it comes to in a day, where the deadline is so many minutes after the start."""
        return compounded(self.chance, self.within or deadline, DAY)


def rate(text: str) -> Rate:
    """A chance over time: `17% a day`, `20% in 9w`, or `20% by the deadline`."""
    head, _, tail = text.partition("%")
    words = tail.split()
    if words == ["a", "day"]:
        return Rate(chance(head + "%"), DAY)
    if words == ["by", "the", "deadline"]:
        return Rate(_not_certain(head + "%"), None)
    if len(words) == 2 and words[0] == "in":
        return Rate(_not_certain(head + "%"), duration(words[1]))
    over = next((over for over, ends in _OVER.items() if words[-1:] in ends), None)
    share = re.fullmatch(CHANCE_PATTERN, head + "%", re.ASCII)
    known = Instead(f"{head}% {over}") if over is not None and share else None
    help = "write it like `17% a day`, `20% in 9w` or `20% by the deadline`"
    raise NotationError(f"{quoted(text)} is not a rate", help, instead=known)


_OVER: Final = {
    "a day": ([], ["day"], ["daily"]),
    "in 1w": (["week"], ["weekly"]),
    "by the deadline": (["deadline"], ["end"]),
}
"""How a time is written over which chances add up, by the last word of what people write otherwise."""


def _not_certain(text: str) -> int:
    """A chance that can be spread over days. Raises NotationError for 100%, which would be there on the first."""
    value = chance(text)
    if value == CERTAIN:
        raise NotationError("what is certain cannot be spread over days", "write a smaller share", code="FV206")
    return value


def clock(text: str) -> int:
    """A time of day such as `18:15`, in minutes. `24:00` is the end of the day."""
    if re.fullmatch(r"\d\d:[0-5]\d", text, re.ASCII) and text > "24:00":
        raise NotationError(f"{quoted(text)} is later than 24:00", "a day has the hours 0 to 23", "FV206")
    if not _CLOCK.fullmatch(text):
        hour = re.fullmatch(r"([01]?\d|2[0-4]) ?(?:h|uhr|o'clock)?", text, re.ASCII | re.IGNORECASE)
        time = _time_meant(text) or (f"{int(hour[1]):02}:00" if hour else "")
        instead = Instead(time) if time else None
        help = "write it like `09:30` or `18:15`"
        raise NotationError(f"{quoted(text)} is not a time of day", help, instead=instead)
    hours, minutes = text.split(":")
    return int(hours) * HOUR + int(minutes)


def _time_meant(text: str) -> str:
    """The time of day on the 24-hour clock found somewhere in a text, or nothing."""
    found = _TWELVE.search(text)
    if found:
        return f"{int(found[1]) % 12 + 12 * (found[3] in 'pP'):02}:{found[2] or '00'}"
    found = _TWENTY_FOUR.search(text)
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def weekday(text: str) -> int:
    """`Mon` to `Sun` as 0 to 6."""
    if text in WEEKDAYS:
        return WEEKDAYS.index(text)
    close = next((day for day in WEEKDAYS if day.lower() == text[:3].lower()), None) or _german_weekday(text)
    instead = Instead(close) if close else None
    raise NotationError(f"{quoted(text)} is not a weekday", f"one of: {', '.join(WEEKDAYS)}", "FV204", instead=instead)


_GERMAN: Final = re.compile(
    r"(?<!\w)(mo|di|mi|do|fr|sa|so)(?:ntag|enstag|ttwoch|nnerstag|eitag|mstag|nnabend|nntag)?(?!\w)", re.IGNORECASE
)
_GERMAN_DAYS: Final = dict(zip(("mo", "di", "mi", "do", "fr", "sa", "so"), WEEKDAYS, strict=True))
_DATED: Final = re.compile(
    r"\d{4}-\d|\d\.\d{1,2}\.|\d/\d|\d\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)


def _german_weekday(text: str) -> str | None:
    """The weekday that is named in German somewhere in a text."""
    found = _GERMAN.search(text)
    return _GERMAN_DAYS[found[1].lower()] if found else None


def moment(text: str) -> Moment:
    """`18:15`, `Mon 10:00`, `tomorrow 10:00` or `in 3 days 10:00`."""
    before, _, time = " ".join(text.split()).rpartition(" ")
    if not before and not text.isalpha():
        return Moment(None, clock(text))
    if _CLOCK.fullmatch(time) and (_DAYS.fullmatch(before) or before in WEEKDAYS):
        found = day(before)
        return Moment(found.weekday, clock(time), found.days)
    if re.fullmatch(r"\d{1,2}:\d{2}", time) and not _CLOCK.fullmatch(time):
        clock(time)  # raises: there is no such time of day
    named = next((day for day in WEEKDAYS if re.search(rf"\b{day}", text, re.IGNORECASE)), _german_weekday(text))
    weeks = re.match(r"in (\d{1,2}) weeks?\b", before)
    told = time if _CLOCK.fullmatch(time) else _time_meant(text)
    instead = None
    if told and named:
        instead = Instead(f"{named} {told}")
    elif told and weeks:
        instead = Instead(f"in {7 * int(weeks[1])} days {told}")
    elif told and re.search(r"\btomorrow\b", text, re.IGNORECASE):
        instead = Instead(f"tomorrow {told}")
    elif told:
        later = f"for a later day, `tomorrow {told}` or `Mon {told}`"
        instead = Instead(told, f"write `{{}}` alone, which means the next time it is {told}; {later}")
    help = "write `18:15`, `Mon 10:00` or `tomorrow 10:00`"
    why = ", since a scenario has weekdays and no dates" if _DATED.search(text) else ""
    raise NotationError(f"{quoted(text)} is not a time to meet{why}", help, instead=instead)


def day(text: str) -> Day:
    """`Mon` to `Sun`, `tomorrow`, or `in 3 days`."""
    if text == "tomorrow":
        return Day(None, 1)
    away = _DAYS.fullmatch(text)
    if away:
        return Day(None, whole(away[1], 1, MOST_DAYS))
    return Day(weekday(text))


def opening_hours(text: str) -> list[tuple[int, int, int]]:
    """`Mon-Fri 09:00-19:00, Sat 09:00-17:00` as (weekday, from, to), the minutes counted from midnight."""
    hours: list[tuple[int, int, int]] = []
    help = "write them like `Mon-Fri 09:00-19:00, Sat 09:00-17:00`"
    for part in text.split(","):
        words = part.split()
        if len(words) != 2:
            meant = _hours_each(text)
            instead = Instead(meant, "each day, or stretch of days, has its hours: `{}`") if meant else None
            raise NotationError(f"{quoted(part)} is not a day with its hours", help, instead=instead)
        first, dash, last = words[0].partition("-")
        opens, to, closes = words[1].partition("-")
        if not to:
            raise NotationError(f"{quoted(part)} is not a day with its hours", help)
        try:
            start, end = weekday(first), weekday(last) if dash else weekday(first)
            low, high = clock(opens), clock(closes)
        except NotationError as error:
            if error.instead is not None:
                error.instead = Instead(", ".join(map(_hours_meant, text.split(","))))
            raise error
        if low >= high:
            raise NotationError(f"{quoted(part)} closes before it opens", "hours end on the day they begin")
        # Fri-Mon is Friday to Monday, across the weekend
        hours += [((start + day) % 7, low, high) for day in range((end - start) % 7 + 1)]
    hours.sort()
    for (day, _, close), (next_day, open_, _) in pairwise(hours):
        if day == next_day and open_ < close:
            raise NotationError(f"the hours of {WEEKDAYS[day]} overlap", help)
    return hours


def hours(text: str) -> Ends:
    """A stretch of the day such as `12:00..14:00`, `..10:00` or `17:00..`, in minutes from midnight."""
    if ".." not in text:
        ends = re.fullmatch(r"([\d:.]+) *(?:-|to|until) *([\d:.]+)", text)
        raise NotationError(
            f"{quoted(text)} is not a stretch of the day",
            "write `12:00..14:00`, `..10:00` or `17:00..`",
            instead=Instead("..".join(meant_by(end, clock) for end in ends.groups())) if ends else None,
        )
    found = span(text, clock)
    if found.low == found.high:
        raise NotationError(f"{quoted(text)} ends as it begins", "write `12:00..14:00`, `..10:00` or `17:00..`")
    return found


_LONGEST_HOURS: Final = 120
"""Longer opening hours are not put in another way."""


def _hours_each(text: str) -> str:
    """Opening hours with the days before each, where several have them or they are several; nothing if that cannot be
    told."""
    made: list[str] = []
    days: list[str] = []
    told = True  # whether the days have had their hours
    if len(text) > _LONGEST_HOURS:
        return ""
    for word in re.sub(r" *- *", "-", " ".join(text.replace(",", " ").split())).split():
        if word[0].isalpha():
            days, told = ([] if told else days) + [word], False
        else:
            made, told = [*made, *(f"{day} {word}" for day in days)], True
    meant = ", ".join(map(_hours_meant, made))
    try:
        return meant if made and told and opening_hours(meant) else ""
    except NotationError:
        return ""


def _hours_meant(part: str) -> str:
    """Days and hours such as `Mon-Fri 09:00-19:00`, each as it is or as it is to be written."""
    days, _, hours = part.strip().partition(" ")
    meant = (
        [meant_by(name, weekday) for name in days.split("-")],
        [meant_by(time, clock) for time in hours.split("-")],
    )
    return " ".join("-".join(ends) for ends in meant)
