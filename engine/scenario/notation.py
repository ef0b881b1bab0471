"""The notations of the format: ids, numbers, ranges, chances, money. Text in, whole numbers out.

Every reader takes the text of one value and returns numbers in the units of `compiled`, or raises `NotationError`
with a sentence for the author. Nothing here knows where in a file the text is. What has to do with time is in `times`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple
from unicodedata import combining, normalize

from engine.units import CERTAIN, POINT

FLAGS: Final = tuple(form for word in ("yes", "no", "true", "false") for form in (word, word.title(), word.upper()))
ID_PATTERN: Final = r"[a-z][a-z0-9-]{0,39}"
CHANCE_PATTERN: Final = r"\d{1,3}(\.\d)?%"
MONEY_PATTERN: Final = r"\d{1,10}(\.\d{1,2})?"
MOST_MONEY: Final = 10**12
"""No price is higher than this many minor units."""
_ID = re.compile(ID_PATTERN, re.ASCII)
_CHANCE = re.compile(CHANCE_PATTERN, re.ASCII)
_MONEY = re.compile(MONEY_PATTERN, re.ASCII)
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,'’ ]\d{3})+|\d+)(?:[.,](\d{1,2}))?(?![\d.,])", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_DIGITS: Final = 9
"""No whole number that a field takes has more."""
_BEYOND_CHANCE = re.compile(r"\d+(\.\d)?%", re.ASCII)
_BEYOND_MONEY = re.compile(r"\d+(\.\d{1,2})?", re.ASCII)
"""What is well written, but may be more than can be."""
_OTHERWISE = re.compile(r"(\w[^\s-]*)\s*(?:-|–|—|to|\.{3,}|…)\s*(\w[^\s-]*)")
"""A range as people write it elsewhere. It may try every way to cut a text in two."""
_OF_ONE_UNIT = re.compile(r"(\d+)\s*(?:-|–|—|to|\.\.)\s*(\d+\s*[a-z]+)", re.IGNORECASE)
"""`20-30 min`, with the unit at its end alone."""
LONGEST_RANGE: Final = 40
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
        (text, mended) if known and not (listed and "," in text) else None,
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
    return NotationError(f"{quoted(text)} is more than a price can be", f"write at most `{MOST_MONEY // 100}`", "FV206")


def amount_meant(text: str) -> str:
    """The only number in a text, in the notation of money, or nothing if that cannot be told.

    One or two digits after the last point or comma are decimals, whichever sign a country writes; what stands before
    groups of three is left out.
    """
    found = _AMOUNT.findall(text) if len(text) <= LONGEST_RANGE else []
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


def meant_by(text: str, read: Callable[[str], int]) -> str:
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
        parts = _OTHERWISE.fullmatch(text.strip()) if len(text) <= LONGEST_RANGE else None
        ends = [meant_by(end, read) for end in parts.groups()] if parts else []
        meant = "..".join(ends) or _of_one_unit(text, read) or _of_one_end(text)
        if meant:
            instead = Instead(meant, "write it with two dots: `{}`")
            help = "write it with two dots: `55..70`"
            raise NotationError(f"{quoted(text)} is not a range", help, instead=instead) from None
        if error.instead is not None and dots:
            error.instead = error.instead._replace(text="..".join(meant_by(end, read) for end in (low, high)))
        raise error
    if found.low is not None and found.high is not None and found.low > found.high:
        instead = Instead(f"{high}..{low}")
        raise NotationError(f"the range {quoted(text)} runs backwards", "the smaller end comes first", instead=instead)
    return found


_ONE_END: Final = re.compile(r"([<>]=?|\u2264|\u2265|at least|at most|up to)?\s*(\d{1,4})\s*(\+|or more|or less)?")


def _of_one_end(text: str) -> str:
    """The range that is meant by a comparison such as `2+` or `>1`, or nothing."""
    found = _ONE_END.fullmatch(text.strip())
    if found is None or (found[1] is None) == (found[3] is None):
        return ""
    sign, number = found[1] or found[3], int(found[2])
    if sign in (">", ">=", "\u2265", "at least", "+", "or more"):
        return f"{number + (sign == '>')}.."
    return f"..{number - (sign == '<')}"


def _of_one_unit(text: str, read: Callable[[str], int]) -> str:
    """The range that is meant where the unit stands at its end alone, or nothing."""
    parts = _OF_ONE_UNIT.fullmatch(text.strip()) if len(text) <= LONGEST_RANGE else None
    if parts is None:
        return ""
    high = meant_by(parts[2], read)
    low = parts[1] + high.lstrip("0123456789")
    try:
        read(low), read(high)
    except NotationError:
        return ""
    return f"{low}..{high}"
