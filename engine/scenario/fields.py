"""The types of the format's fields: a notation to validate with, and a JSON Schema that says the same to an editor.

Importing this module imports pydantic; only validation and the schema need it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from engine import decay
from engine.scenario import notation, times, vocabulary
from engine.scenario.lookalikes import first_lookalike, plainly_spelt
from engine.scenario.nearest import did_you_mean, listed, nearest
from engine.scenario.notation import Discount, Ends, Instead, NotationError, quoted
from engine.scenario.times import Day, Moment

Json = dict[str, Any]

_CURLY: Final = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a"
"""Quotation marks of print, which YAML takes for text."""


def text_of(value: object) -> str:
    """The text of a scalar. Raises NotationError for lists, maps and nothing."""
    if isinstance(value, str):
        return value
    if value is None:
        raise NotationError("the value is missing", "write something after the colon", "FV202")
    if isinstance(value, dict):
        help = "if this is text that begins with {, put the whole text in quotes"
        raise NotationError("a single value was expected here, not a map of fields", help, "FV203")
    help = "if this is text that begins with [, put the whole text in quotes"
    raise NotationError("a single value was expected here, not a list", help, "FV203")


def _plainly(reader: Callable[[str], Any], text: str) -> Any:
    """What `reader` makes of a text. Raises NotationError, which says so if only quotes of print, or a character that
    looks like another one, are in the way."""
    try:
        return reader(text)
    except NotationError:
        bare = text.strip().strip(_CURLY).strip()
        spelt = plainly_spelt(text).strip()
        if bare != text.strip():
            reader(bare)
            message = f"the quotes around {quoted(text)} are part of the value: YAML's quotes are ' and \""
            raise NotationError(message, "write it without", instead=Instead(bare, "write it without: `{}`")) from None
        found = first_lookalike(text)
        if found is None:
            raise
        reader(spelt)
        message = f"character {found.at + 1} of {quoted(text)} is {found.name}, which only looks like {found.like}"
        raise NotationError(message, "type it anew", instead=Instead(spelt), at=found.at) from None


def _read(reader: Callable[[str], Any]) -> PlainValidator:
    return PlainValidator(lambda value: _plainly(reader, text_of(value).strip()))


def _exactly(reader: Callable[[str], Any]) -> PlainValidator:
    return PlainValidator(lambda value: _plainly(reader, text_of(value)))


def _read_range(reader: Callable[[str], Any]) -> PlainValidator:
    """A validator for a range; who has written a list of two is told how a range is written."""

    def read(value: object) -> Any:
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            text = value[0] if len(value) == 1 else f"{value[0]}..{value[-1]}"
            help = "write it with two dots: `a..b`"
            raise NotationError("a range was expected here, not a list", help, "FV203", instead=Instead(text))
        return _plainly(reader, text_of(value).strip())

    return PlainValidator(read)


def _text(most: int) -> PlainValidator:
    def read(value: object) -> str:
        text = text_of(value).replace("\t", " ").strip()
        if not text:
            raise NotationError("the text is empty", "write something between the quotes", "FV206")
        if len(text) > most:
            raise NotationError(
                f"this text has {len(text)} characters; at most {most} fit here", "make it shorter", "FV206"
            )
        return text

    return PlainValidator(read)


# numbers are text as well: `says: 42` is what the buyer says
_PROSE = WithJsonSchema({"type": ["string", "number", "boolean"]})


def _like(pattern: str, *examples: str) -> Json:
    """The schema of a text with this pattern, blanks around it allowed."""
    schema: Json = {"type": "string", "pattern": rf"^\s*({pattern})\s*$"}
    return schema | ({"examples": list(examples)} if examples else {})


def no_word(text: str, words: Iterable[str]) -> NotationError:
    """What is said of a text that is not one of these words."""
    close = nearest(text, words)
    instead = Instead(close, did_you_mean(words)) if close is not None else None
    more = ": `firstvisit explain kind` lists them" if words is vocabulary.KINDS else ""
    return NotationError(f"{quoted(text)} is not one of its words", listed(words) + more, "FV204", instead=instead)


def one_of(words: tuple[str, ...] | Mapping[str, str]) -> tuple[PlainValidator, WithJsonSchema]:
    """A validator and a schema for one of these words."""

    def read(text: str) -> str:
        if text not in words:
            raise no_word(text, words)
        return text

    schema: Json = {"type": "string", "enum": list(words)}
    if isinstance(words, Mapping):
        schema["markdownEnumDescriptions"] = list(words.values())
    return _exactly(read), WithJsonSchema(schema)


@dataclass(frozen=True, eq=False)
class Short:
    """A shorter way to write the annotated field: `turn` makes the long form of it."""

    turn: Callable[[Any], Any]
    schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.turn, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        return {"anyOf": [dict(self.schema), handler(schema)]}


@dataclass(frozen=True, eq=False)
class Listed:
    """Lets a single value stand for a list of one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            lambda value: value if isinstance(value, list) else [value], handler(source)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        inner = handler(schema)
        return {"anyOf": [inner["items"], inner]}


def _matching(pattern: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema(_like(pattern, *examples))


def _range(one: str, example: str) -> Json:
    """The schema of `a..b`, `a..`, `..b` or `a`."""
    return _like(rf"({one})(\s*\.\.\s*({one})?)?|\.\.\s*({one})", example)


def _number(text: Json, low: int, high: int) -> WithJsonSchema:
    """The schema of a number that may also be written as this text."""
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": low, "maximum": high}, text]})


def whole(low: int, high: int) -> tuple[PlainValidator, WithJsonSchema]:
    """A validator and a schema for a whole number, both ends included."""
    return _read(lambda text: notation.whole(text, low, high)), _number(_like(r"[+-]?\d{1,9}"), low, high)


def _points(text: str) -> int:
    return notation.whole(text, 0, 100)


def _count(text: str) -> int:
    return notation.whole(text, 0, 1000)


def _span(reader: Callable[[str], int], *, closed: bool = False) -> PlainValidator:
    def read(text: str) -> Ends:
        found = notation.span(text, reader)
        if closed and (found.low is None or found.high is None):
            raise NotationError(f"{quoted(text)} is open at one end", "write both ends: `a..b`")
        return found

    return _read_range(read)


_MONEY: Final[Json] = {"anyOf": [{"type": "number", "minimum": 0}, _like(notation.MONEY_PATTERN)]}
_DAY: Final = f"({'|'.join(times.WEEKDAYS)})"
_AWAY: Final = r"in \d{1,3} days?"

Id = Annotated[str, _read(notation.ident), _matching(notation.ID_PATTERN)]
Ids = Annotated[tuple[Id, ...], Field(max_length=30), Listed()]
Party = Annotated[
    str, _read(notation.party), _matching(rf"{notation.ID_PATTERN}(\s*\+\s*{notation.ID_PATTERN})*", "it+finance")
]
"""One person who decides, or several, with a plus between them."""

Title = Annotated[str, _text(80), _PROSE]
Situation = Annotated[str, _text(100), _PROSE]
Name = Annotated[str, _text(60), _PROSE]
Say = Annotated[str, _text(300), _PROSE]
Says = Annotated[str, _text(600), _PROSE]
InTurn = Annotated[tuple[Say, ...], Field(min_length=1, max_length=30), Listed()]
"""One text, or what is said the first time, the second time and so on."""
Sayings = Annotated[tuple[Says, ...], Field(min_length=1, max_length=30), Listed()]
"""One text, or several ways to word it."""
Principle = Annotated[str, _text(300), _PROSE]
Briefing = Annotated[str, _text(2000), _PROSE]

Level = Annotated[int, *whole(0, 100)]
"""Whole points."""
Difficulty = Annotated[int, *whole(1, 3)]
Turns = Annotated[int, *whole(1, 99)]
Change = Annotated[int, _read(notation.change), _number(_like(r"[+-]?\d{1,3}"), -100, 100)]
"""Level units."""
LevelSpan = Annotated[Ends, _span(_points), _number(_range(r"\d{1,3}", "55..70"), 0, 100)]
ClosedLevelSpan = Annotated[Ends, _span(_points, closed=True), _number(_range(r"\d{1,3}", "55..70"), 0, 100)]
"""Whole points, both ends given."""
ClockSpan = Annotated[
    Ends,
    _read_range(times.hours),
    WithJsonSchema(
        _like(
            rf"{times.CLOCK_PATTERN}\s*\.\.\s*({times.CLOCK_PATTERN})?|\.\.\s*{times.CLOCK_PATTERN}",
            "12:00..14:00",
        )
    ),
]
"""Minutes of the day, the second not included."""
OpenDurationSpan = Annotated[Ends, _span(times.duration), WithJsonSchema(_range(times.DURATION_PATTERN, "3d.."))]
"""Minutes."""
CountSpan = Annotated[Ends, _span(_count), _number(_range(r"\d{1,4}", "2.."), 0, 1000)]
Duration = Annotated[int, _read(times.duration), _matching(times.DURATION_PATTERN, "20m", "3h", "2d", "1w")]
DurationSpan = Annotated[
    Ends,
    _span(times.duration, closed=True),
    WithJsonSchema(_range(times.DURATION_PATTERN, "40m..60m")),
]
"""Minutes, both ends given."""
Chance = Annotated[int, _read(notation.chance), _matching(notation.CHANCE_PATTERN, "35%")]
ChanceSpan = Annotated[Ends, _span(notation.chance), WithJsonSchema(_range(notation.CHANCE_PATTERN, "14%..20%"))]
_OVER: Final = rf"a\s+day|by\s+the\s+deadline|in\s+{times.DURATION_PATTERN}"
Rate = Annotated[
    times.Rate,
    _read(times.rate),
    _matching(rf"{notation.CHANCE_PATTERN}\s+({_OVER})", "17% a day", "20% in 9w", "20% by the deadline"),
]
Money = Annotated[int, _read(notation.money), WithJsonSchema(_MONEY)]
Off = Annotated[Discount, _read(notation.discount), WithJsonSchema({"anyOf": [_MONEY, _like(notation.CHANCE_PATTERN)]})]

Flag = Annotated[
    bool,
    _exactly(notation.flag),
    WithJsonSchema({"anyOf": [{"enum": list(notation.FLAGS)}, {"type": "boolean"}]}),
]
Weekday = Annotated[int, _exactly(times.weekday), WithJsonSchema({"type": "string", "enum": list(times.WEEKDAYS)})]
Weekdays = Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7), Listed()]
Date = Annotated[
    Day,
    _exactly(times.day),
    WithJsonSchema({"anyOf": [{"enum": [*times.WEEKDAYS, "tomorrow"]}, _like(_AWAY, "in 3 days")]}),
]
Meeting = Annotated[
    Moment,
    _read(times.moment),
    _matching(rf"(({_DAY}|tomorrow|{_AWAY})\s+)?{times.CLOCK_PATTERN}", "18:15", "Mon 10:00", "tomorrow 10:00"),
]


def _with_day(moment: Moment) -> Moment:
    if moment.weekday is None:
        raise NotationError("the run begins on a weekday, at a time", "write it like `Sat 10:40`")
    return moment


def _start(text: str) -> Moment:
    try:
        return times.moment(text)
    except NotationError as error:
        error.help = "write a weekday and a time: `Sat 10:40`"
        if error.instead is not None and times.moment(error.instead.text).weekday is None:
            error.instead = None
        raise


Start = Annotated[
    Moment,
    _read(_start),
    AfterValidator(_with_day),
    _matching(rf"{_DAY}\s+{times.CLOCK_PATTERN}", "Sat 10:40"),
]


def _hours(value: object) -> list[tuple[int, int, int]]:
    parts = [text_of(part) for part in value] if isinstance(value, list) else [text_of(value)]
    hours: list[tuple[int, int, int]] = _plainly(times.opening_hours, ", ".join(parts))
    return hours


_HOURS: Final[Json] = {"type": "string", "examples": ["Mon-Fri 09:00-19:00, Sat 09:00-17:00"]}
Hours = Annotated[
    list[tuple[int, int, int]],
    PlainValidator(_hours),
    WithJsonSchema({"anyOf": [_HOURS, {"type": "array", "items": _HOURS}]}),
]


def format_of(number: int, read: str) -> tuple[PlainValidator, WithJsonSchema]:
    """A validator and a schema for the version of a format; `read` says which ones this program reads."""

    def version(text: str) -> int:
        if text != str(number):
            instead = Instead(str(number), "write `format: {}`")
            raise NotationError(f"this program reads {read}, not {quoted(text)}", "", "FV208", instead=instead)
        return number

    return _exactly(version), WithJsonSchema({"enum": [number, str(number)]})


Format = Annotated[int, *format_of(2, "formats 1 and 2")]


def _fitting(pattern: str, sentence: str, help: str) -> PlainValidator:
    known = re.compile(pattern)

    def read(text: str) -> str:
        if not known.fullmatch(text):
            raise NotationError(f"{quoted(text)} {sentence}", help)
        return text

    return _read(read)


_LANGUAGE: Final = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_CURRENCY: Final = r"[A-Z]{3}"
Language = Annotated[
    str, _fitting(_LANGUAGE, "is not a language", "write `en`, `de` or `pt-BR`"), _matching(_LANGUAGE, "en")
]
Currency = Annotated[
    str,
    _fitting(_CURRENCY, "is not a currency", "write its three capital letters: `EUR`, `NZD`, `INR`"),
    _matching(_CURRENCY, "EUR"),
]


def _fading(value: object) -> decay.Fading:
    return value if isinstance(value, decay.Fading) else times.fading(text_of(value).strip())


_TIME: Final = r"[0-9wdhm]+"
Fading = Annotated[
    decay.Fading,
    PlainValidator(_fading),
    _matching(
        rf"(exponential|half-life) {_TIME}|power {_TIME}( [0-3](\.\d{{1,3}})?)?", "half-life 4h", "power 1d 0.35"
    ),
]

Kind = Annotated[str, *one_of(vocabulary.KINDS)]
Sale = Annotated[str, *one_of(vocabulary.SALES)]
Size = Annotated[str, *one_of(vocabulary.SIZES)]
School = Annotated[str, *one_of(vocabulary.SCHOOLS)]
Schools = Annotated[tuple[School, ...], Field(max_length=20), Listed()]
Doctrine = Annotated[str, *one_of(vocabulary.DOCTRINES)]
Manner = Annotated[str, *one_of(vocabulary.MANNERS)]
Arrival = Annotated[str, *one_of(vocabulary.ARRIVALS)]
Channel = Annotated[str, *one_of(vocabulary.CHANNELS)]
Channels = Annotated[tuple[Channel, ...], Field(max_length=20), Listed()]
OutcomeWord = Annotated[str, *one_of(vocabulary.OUTCOMES)]
OutcomeWords = Annotated[tuple[OutcomeWord, ...], Field(max_length=20), Listed()]
PromiseWord = Annotated[str, *one_of(vocabulary.PROMISES)]
PromiseWords = Annotated[tuple[PromiseWord, ...], Field(max_length=20), Listed()]
Indecision = Annotated[str, *one_of(vocabulary.INDECISION)]
Indecisions = Annotated[tuple[Indecision, ...], Field(max_length=20), Listed()]
Visit = Annotated[str, *one_of(("visit",))]


def _reach(text: str) -> str | int:
    if text in vocabulary.REACH_PRESETS:
        return text
    try:
        return notation.chance(text)
    except NotationError:
        if text[:1].isdigit():
            raise
        presets = vocabulary.REACH_PRESETS
        close = nearest(text, presets)
        instead = Instead(close, did_you_mean(presets)) if close is not None else None
        help = f"{listed(presets)}; or a chance like `60%`"
        message = f"{quoted(text)} is neither a chance nor a preset"
        raise NotationError(message, help, "FV204", instead=instead) from None


Reach = Annotated[
    str | int,
    _read(_reach),
    WithJsonSchema({"anyOf": [{"enum": list(vocabulary.REACH_PRESETS)}, _like(notation.CHANCE_PATTERN)]}),
]


def _stage_span(text: str) -> tuple[str | None, str | None]:
    """Ids of the first and last stage; None for an open end."""
    low, dots, high = (part.strip() for part in text.partition(".."))
    if not dots:
        return notation.ident(low), low
    if not low and not high:
        raise NotationError(f"{quoted(text)} has no ends", "write `welcome..discover`")
    return notation.ident(low) if low else None, notation.ident(high) if high else None


StageSpan = Annotated[
    tuple[str | None, str | None],
    _read_range(_stage_span),
    WithJsonSchema(_range(notation.ID_PATTERN, "welcome..discover")),
]
