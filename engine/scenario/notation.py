"""The notations of the format: ranges, times, chances, money, clock times. Text in, whole numbers out.

Every reader takes the text of one value and returns numbers in the units of `compiled`, or raises `NotationError`
with a sentence for the author. Nothing here knows where in a file the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import combining, normalize

from engine.curves import compounded
from engine.decay import LAWS, Fading
from engine.scenario.nearest import listed, nearest
from engine.units import CERTAIN, DAY, HOUR, POINT, WEEK

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FLAGS: Final = tuple(form for word in ("yes", "no", "true", "false") for form in (word, word.title(), word.upper()))
ID_PATTERN: Final = r"[a-z][a-z0-9-]{0,39}"
DURATION_PATTERN: Final = r"(?=\d)(\d{1,4}w)?(\d{1,5}d)?(\d{1,5}h)?(\d{1,6}m)?"
CHANCE_PATTERN: Final = r"\d{1,3}(\.\d)?%"
MONEY_PATTERN: Final = r"\d{1,10}(\.\d{1,2})?"
CLOCK_PATTERN: Final = r"([01]?\d|2[0-4]):[0-5]\d"

LONGEST: Final = 2 * 53 * WEEK
"""No time in a scenario is longer than two years."""
MOST_DAYS: Final = 365
"""No day is further away."""
MOST_MONEY: Final = 10**12
"""No price is higher than this many minor units."""

_ID = re.compile(ID_PATTERN, re.ASCII)
_DURATION = re.compile(DURATION_PATTERN, re.ASCII)
_CHANCE = re.compile(CHANCE_PATTERN, re.ASCII)
_MONEY = re.compile(MONEY_PATTERN, re.ASCII)
_CLOCK = re.compile(CLOCK_PATTERN, re.ASCII)
_TWELVE = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?\s*([ap])\.?m\b\.?", re.ASCII | re.IGNORECASE)
_TWENTY_FOUR = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.h]([0-5]\d)(?!\d)", re.ASCII)
_OF_ANY_UNIT: Final = 4
"""Digits of a time that may stand before any unit."""
_DAYS = re.compile(r"tomorrow|in (\d+) days?", re.ASCII)
_LONGHAND = re.compile(
    r"(\d+) ?(m(?=\b|in)|h|d|w)(?:in|ins|inutes?|ours?|rs?|ays?|eeks?)?\.?", re.ASCII | re.IGNORECASE
)
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,'’ ]\d{3})+|\d+)(?:[.,](\d{1,2}))?(?![\d.,])", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_DIGITS: Final = 9
"""No whole number that a field takes has more."""
_BEYOND_DURATION = re.compile(r"(?=\d)(\d+w)?(\d+d)?(\d+h)?(\d+m)?", re.ASCII)
_BEYOND_CHANCE = re.compile(r"\d+(\.\d)?%", re.ASCII)
_BEYOND_MONEY = re.compile(r"\d+(\.\d{1,2})?", re.ASCII)
"""What is well written, but may be more than can be."""
_OTHERWISE = re.compile(r"(\w[^\s-]*)\s*(?:-|–|—|to|\.{3,}|…)\s*(\w[^\s-]*)")
"""A range as people write it elsewhere. It may try every way to cut a text in two."""
_OF_ONE_UNIT = re.compile(r"(\d+)\s*(?:-|–|—|to|\.\.)\s*(\d+\s*[a-z]+)", re.IGNORECASE)
"""`20-30 min`, with the unit at its end alone."""
_LONGEST_RANGE: Final = 40
"""No range that is meant is longer, so longer text is not looked at with `_OTHERWISE`."""


class Instead(NamedTuple):
    """What was probably meant by a value."""

    text: str
    says: str = "write `{}`"
    """The sentence in which it is offered, with {} in its place."""


class NotationError(ValueError):
    """A value that is not written in the notation of its field."""

    def __init__(
        self,
        message: str,
        help: str = "",
        code: str = "FV205",
        respelt: tuple[str, str] | None = None,
        instead: Instead | None = None,
        at: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        """What to do where nothing can be written instead, or where that does not help."""
        self.code = code
        self.respelt = respelt
        """For a word that is not an id: the word, and the id that it could be."""
        self.instead = instead
        self.at = at
        """Which character of the value is wrong, if it is one."""

    def __reduce__(self) -> tuple[type[NotationError], tuple[object, ...]]:
        return NotationError, (self.message, self.help, self.code, self.respelt, self.instead, self.at)


class Ends(NamedTuple):
    """The two ends of a range as written; None for an open one."""

    low: int | None
    high: int | None


class Discount(NamedTuple):
    """What a line takes off: minor units of money, or millionths of the price."""

    money: int = 0
    share: int = 0


class Moment(NamedTuple):
    """A time of day, with or without a day: a weekday (0 is Monday), or so many days from today."""

    weekday: int | None
    minute: int
    days: int | None = None


class Day(NamedTuple):
    """A day: a weekday (0 is Monday), or so many days from today."""

    weekday: int | None
    days: int | None = None


def quoted(text: str) -> str:
    """The author's text in backquotes, cut short."""
    flat = " ".join(text.split())
    return f"`{flat if len(flat) <= 40 else flat[:37] + '...'}`"


def party(text: str) -> str:
    """One id, or several with a plus between them, without the blanks around it."""
    parts = re.split(r"\s*[+,/&]\s*|\s+and\s+", text.strip())
    if text.count("+") < len(parts) - 1 and all(_ID.fullmatch(part) for part in parts):
        meant = "+".join(parts)
        message, help = f"{quoted(text)} are several, with no plus between them", f"write `{meant}`"
        raise NotationError(message, help, "FV207", (text, meant), Instead(meant))
    ids = [ident(part.strip()) for part in text.split("+")]
    again = next((id for id in ids if ids.count(id) > 1), None)
    if again is not None:
        raise NotationError(f"{quoted(again)} is named twice", "name everybody once", "FV207")
    if len(ids) > 1 and "alone" in ids:
        raise NotationError("`alone` stands by itself: nobody else decides then", "leave one of them out", "FV207")
    return "+".join(ids)


_SPELT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae"})
"""Letters that are written with others where they are missing; marks above and below the rest are left out."""


def ident(text: str) -> str:
    """An id, unchanged."""
    if text in ("true", "false"):
        raise NotationError(f"{quoted(text)} is a word of YAML, not an id", "choose another word", "FV207")
    if _ID.fullmatch(text):
        return text
    latin = "".join(sign for sign in normalize("NFKD", text.lower().translate(_SPELT)) if not combining(sign))
    mended = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:40].rstrip("-")
    known = _ID.fullmatch(mended) is not None
    several = re.split(r"\s*,\s*|\s+and\s+|\s+", text.strip())
    listed = len(several) > 1 and all(_ID.fullmatch(each) for each in several)
    raise NotationError(
        f"{quoted(text)} is not an id: an id has small letters, digits and hyphens, begins with a letter, "
        "and is at most 40 long",
        f"several are a list: `[{', '.join(several)}]`" if listed else "an example: `second-visit`",
        "FV207",
        (text, mended) if known else None,
        Instead(mended) if known else None,
    )


def whole(text: str, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    if not _WHOLE.fullmatch(text):
        number = text.removesuffix("%").rstrip()
        instead = Instead(number) if _WHOLE.fullmatch(number) else None
        help = f"write a number from {low} to {high}"
        raise NotationError(f"{quoted(text)} is not a whole number", help, instead=instead)
    return _within(text, low, high)


def _within(text: str, low: int, high: int) -> int:
    value = int(text) if len(text.lstrip("+-")) <= _DIGITS else None
    if value is None or not low <= value <= high:
        help = f"write a number from {low} to {high}"
        raise NotationError(f"{quoted(text)} is outside {low} to {high}", help, code="FV206")
    return value


def change(text: str) -> int:
    """A change of a level, such as `+5` or `-3`, in level units."""
    if not _WHOLE.fullmatch(text):
        raise NotationError(f"{quoted(text)} is not a change of a level", "write `+5` or `-3`")
    return _within(text, -100, 100) * POINT


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
        meant = _LONGHAND.fullmatch(text) if len(text) <= _LONGEST_RANGE else None
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


def chance(text: str) -> int:
    """A chance such as `35%` or `2.5%`, in millionths."""
    if not _CHANCE.fullmatch(text):
        if _BEYOND_CHANCE.fullmatch(text):
            raise _too_likely(text)
        plain = text.strip().rstrip("%").strip().replace(",", ".")
        instead = None
        if re.fullmatch(r"0?\.\d+", plain) and not text.endswith("%"):
            instead = Instead(f"{round(float(plain) * 100)}%")
        elif _CHANCE.fullmatch(f"{plain}%"):
            instead = Instead(f"{plain}%")
        help = "write it like `35%`, with at most one decimal"
        raise NotationError(f"{quoted(text)} is not a chance", help, instead=instead)
    number, _, tenth = text[:-1].partition(".")
    value = int(number) * 10_000 + int(tenth or 0) * 1_000
    if value > CERTAIN:
        raise _too_likely(text)
    return value


def _too_likely(text: str) -> NotationError:
    return NotationError(f"{quoted(text)} is more than 100%", code="FV206")


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
    known = Instead(f"{head}% {over}") if over is not None and _CHANCE.fullmatch(head + "%") else None
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


def money(text: str) -> int:
    """An amount such as `38900` or `4.50`, in minor units."""
    if not _MONEY.fullmatch(text):
        if _BEYOND_MONEY.fullmatch(text):
            raise _too_dear(text)
        share = text.endswith("%")
        number = "" if share else amount_meant(text)
        help = (
            "write what it comes to in money, the number alone, such as `38900` or `4.50`"
            if share
            else "write the number alone, with at most two decimals: `38900` or `4.50`"
        )
        instead = Instead(number, "write the number alone: `{}`") if number else None
        raise NotationError(f"{quoted(text)} is not an amount of money", help, instead=instead)
    major, _, minor = text.partition(".")
    value = int(major) * 100 + int(minor.ljust(2, "0") or 0)
    if value > MOST_MONEY:
        raise _too_dear(text)
    return value


def _too_dear(text: str) -> NotationError:
    return NotationError(f"{quoted(text)} is more than a price can be", code="FV206")


def amount_meant(text: str) -> str:
    """The only number in a text, in the notation of money, or nothing if that cannot be told.

    One or two digits after the last point or comma are decimals, whichever sign a country writes; what stands before
    groups of three is left out.
    """
    found = _AMOUNT.findall(text) if len(text) <= _LONGEST_RANGE else []
    if len(found) != 1:
        return ""
    whole_, decimals = found[0]
    number = re.sub(r"\D", "", whole_) + (f".{decimals}" if decimals else "")
    return number if _MONEY.fullmatch(number) else ""


def discount(text: str) -> Discount:
    """An amount of money, or a share of the price such as `3%`."""
    share = re.fullmatch(r"(\d+(?:[.,]\d)?) *(?:%|percent|per cent|pct\.?)", text, re.IGNORECASE)
    if share is not None and not text.endswith("%"):
        instead = Instead(f"{share[1]}%")
        raise NotationError(f"{quoted(text)} is not a discount", "write `500` or `3%`", instead=instead)
    return Discount(share=chance(text)) if text.endswith("%") else Discount(money=money(text))


def flag(text: str) -> bool:
    """`yes` or `no`; YAML's own `true` and `false` are taken as well."""
    if text not in FLAGS:
        raise NotationError(f"{quoted(text)} is neither yes nor no", "write `yes` or `no`", "FV204")
    return text.lower() in ("yes", "true")


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
            raise NotationError(f"{quoted(part)} is not a day with its hours", help)
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
        raise NotationError(
            f"{quoted(text)} is not a stretch of the day", "write `12:00..14:00`, `..10:00` or `17:00..`"
        )
    found = span(text, clock)
    if found.low == found.high:
        raise NotationError(f"{quoted(text)} ends as it begins", "write `12:00..14:00`, `..10:00` or `17:00..`")
    return found


def _hours_meant(part: str) -> str:
    """Days and hours such as `Mon-Fri 09:00-19:00`, each as it is or as it is to be written."""
    days, _, hours = part.strip().partition(" ")
    meant = (
        [_meant_by(name, weekday) for name in days.split("-")],
        [_meant_by(time, clock) for time in hours.split("-")],
    )
    return " ".join("-".join(ends) for ends in meant)


def _meant_by(text: str, read: Callable[[str], int]) -> str:
    """A value as it is, or what is to be written instead of it."""
    try:
        read(text)
    except NotationError as error:
        return error.instead.text if error.instead is not None else text
    return text


def span(text: str, read: Callable[[str], int]) -> Ends:
    """A range `a..b`, `a..`, `..b` or `a`, each end read by `read`; None for an open end."""
    low, dots, high = text.partition("..")
    low, high = low.strip(), high.strip()
    if dots and not (low or high):
        raise NotationError(f"{quoted(text)} has no ends", "write `55..70`, `55..` or `..70`")
    try:
        if not dots:
            value = read(low)
            return Ends(value, value)
        found = Ends(read(low) if low else None, read(high) if high else None)
    except NotationError as error:
        parts = _OTHERWISE.fullmatch(text.strip()) if len(text) <= _LONGEST_RANGE else None
        meant = f"{parts[1]}..{parts[2]}" if parts else _of_one_unit(text, read)
        if meant:
            instead = Instead(meant, "write it with two dots: `{}`")
            help = "write it with two dots: `55..70`"
            raise NotationError(f"{quoted(text)} is not a range", help, instead=instead) from None
        if error.instead is not None and dots:
            error.instead = error.instead._replace(text="..".join(_meant_by(end, read) for end in (low, high)))
        raise error
    if found.low is not None and found.high is not None and found.low > found.high:
        instead = Instead(f"{high}..{low}")
        raise NotationError(f"the range {quoted(text)} runs backwards", "the smaller end comes first", instead=instead)
    return found


def _of_one_unit(text: str, read: Callable[[str], int]) -> str:
    """The range that is meant where the unit stands at its end alone, or nothing."""
    parts = _OF_ONE_UNIT.fullmatch(text.strip()) if len(text) <= _LONGEST_RANGE else None
    if parts is None:
        return ""
    high = _meant_by(parts[2], read)
    low = parts[1] + high.lstrip("0123456789")
    try:
        read(low), read(high)
    except NotationError:
        return ""
    return f"{low}..{high}"
