"""The types of the format's fields: a notation to validate with, and a JSON Schema that says the same to an editor.

Importing this module imports pydantic; only validation and the schema need it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from engine.scenario import notation, vocabulary
from engine.scenario.nearest import meant
from engine.scenario.notation import Discount, Ends, Moment, NotationError, quoted

Json = dict[str, Any]


def text_of(value: object) -> str:
    """The text of a scalar. Raises NotationError for lists, maps and nothing."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        raise NotationError("the value is missing", "write something after the colon", "FV202")
    if isinstance(value, dict):
        help = "if this is text that begins with {, put the whole text in quotes"
        raise NotationError("a single value was expected here, not a map of fields", help, "FV203")
    help = "if this is text that begins with [, put the whole text in quotes"
    raise NotationError("a single value was expected here, not a list", help, "FV203")


def _read(reader: Callable[[str], Any]) -> PlainValidator:
    return PlainValidator(lambda value: reader(text_of(value)))


def _text(most: int) -> PlainValidator:
    def read(value: object) -> str:
        text = text_of(value).replace("\t", " ")
        if not text:
            raise NotationError("the text is empty", "write something between the quotes", "FV206")
        if len(text) > most:
            raise NotationError(
                f"this text has {len(text)} characters; at most {most} fit here", "make it shorter", "FV206"
            )
        return text

    return PlainValidator(read)


def _prose(most: int) -> WithJsonSchema:
    # numbers are text as well: `says: 42` is what the buyer says
    return WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": most})


def one_of(words: tuple[str, ...] | Mapping[str, str]) -> tuple[PlainValidator, WithJsonSchema]:
    """A validator and a schema for one of these words."""

    def read(value: object) -> str:
        text = text_of(value)
        if text not in words:
            raise NotationError(f"{quoted(text)} is not one of its words", meant(text, words), "FV204")
        return text

    schema: Json = {"type": "string", "enum": list(words)}
    if isinstance(words, Mapping):
        schema["markdownEnumDescriptions"] = list(words.values())
    return PlainValidator(read), WithJsonSchema(schema)


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


_NUMBER: Final[Json] = {"type": "number"}


def _span_schema(one: str, example: str, *, number: bool = False) -> WithJsonSchema:
    pattern = rf"^\s*((?:{one})(\s*\.\.\s*(?:{one})?)?|\.\.\s*(?:{one}))\s*$"
    text: Json = {"type": "string", "pattern": pattern, "examples": [example]}
    return WithJsonSchema({"anyOf": [_NUMBER, text]} if number else text)


def _whole(low: int, high: int) -> tuple[PlainValidator, WithJsonSchema]:
    def read(value: object) -> int:
        return notation.whole(text_of(value), low, high)

    schema = {
        "anyOf": [{"type": "integer", "minimum": low, "maximum": high}, {"type": "string", "pattern": r"^[+-]?\d+$"}]
    }
    return PlainValidator(read), WithJsonSchema(schema)


def _span(reader: Callable[[str], int], *, closed: bool = False) -> PlainValidator:
    def read(value: object) -> Ends:
        text = text_of(value)
        found = notation.span(text, reader)
        if closed and (found.low is None or found.high is None):
            raise NotationError(f"{quoted(text)} is open at one end", "write both ends: `a..b`")
        return found

    return PlainValidator(read)


_DURATION = notation.DURATION_PATTERN.strip("^$")
_CHANCE = notation.CHANCE_PATTERN.strip("^$")

Id = Annotated[str, _read(notation.ident), WithJsonSchema({"type": "string", "pattern": notation.ID_PATTERN})]
Ids = Annotated[tuple[Id, ...], Listed()]

Title = Annotated[str, _text(80), _prose(80)]
Situation = Annotated[str, _text(100), _prose(100)]
Name = Annotated[str, _text(60), _prose(60)]
Say = Annotated[str, _text(300), _prose(300)]
Says = Annotated[str, _text(600), _prose(600)]
Principle = Annotated[str, _text(300), _prose(300)]
Briefing = Annotated[str, _text(2000), _prose(2000)]

Level = Annotated[int, *_whole(0, 100)]
"""Whole points."""
Difficulty = Annotated[int, *_whole(1, 3)]
Turns = Annotated[int, *_whole(1, 99)]
LevelSpan = Annotated[
    Ends, _span(lambda text: notation.whole(text, 0, 100)), _span_schema(r"\d{1,3}", "55..70", number=True)
]
ClosedLevelSpan = Annotated[
    Ends, _span(lambda text: notation.whole(text, 0, 100), closed=True), _span_schema(r"\d{1,3}", "55..70", number=True)
]
"""Whole points, both ends given."""
CountSpan = Annotated[
    Ends, _span(lambda text: notation.whole(text, 0, 1000)), _span_schema(r"\d{1,4}", "2..", number=True)
]
DurationSpan = Annotated[Ends, _span(notation.duration, closed=True), _span_schema(_DURATION, "40m..60m")]
"""Minutes, both ends given."""
ChanceSpan = Annotated[Ends, _span(notation.chance), _span_schema(_CHANCE, "14%..20%")]

Change = Annotated[
    int,
    _read(notation.change),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": -100, "maximum": 100},
                {"type": "string", "pattern": r"^[+-]?\d{1,3}$"},
            ]
        }
    ),
]
"""Level units."""
Duration = Annotated[
    int,
    _read(notation.duration),
    WithJsonSchema({"type": "string", "pattern": notation.DURATION_PATTERN, "examples": ["20m", "3h", "2d", "1w"]}),
]
Chance = Annotated[
    int,
    _read(notation.chance),
    WithJsonSchema({"type": "string", "pattern": notation.CHANCE_PATTERN, "examples": ["35%"]}),
]
Rate = Annotated[
    int,
    _read(notation.rate),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,3}(\.\d)?%\s+a\s+day$", "examples": ["17% a day"]}),
]
_MONEY: Final[Json] = {
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": notation.MONEY_PATTERN}]
}
Money = Annotated[int, _read(notation.money), WithJsonSchema(_MONEY)]
Off = Annotated[
    Discount,
    _read(notation.discount),
    WithJsonSchema({"anyOf": [*_MONEY["anyOf"], {"type": "string", "pattern": notation.CHANCE_PATTERN}]}),
]
Flag = Annotated[bool, _read(notation.flag), WithJsonSchema({"anyOf": [{"enum": ["yes", "no"]}, {"type": "boolean"}]})]
Weekday = Annotated[int, _read(notation.weekday), WithJsonSchema({"type": "string", "enum": list(notation.WEEKDAYS)})]
_CLOCK = r"([01]?\d|2[0-4]):[0-5]\d"
Meeting = Annotated[
    Moment,
    _read(notation.moment),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s+)?{_CLOCK}$",
            "examples": ["18:15", "Mon 10:00"],
        }
    ),
]


def _with_day(moment: Moment) -> Moment:
    if moment.weekday is None:
        raise NotationError("the weekday is missing", "write it like `Sat 10:40`")
    return moment


Start = Annotated[
    Moment,
    _read(notation.moment),
    AfterValidator(_with_day),
    WithJsonSchema(
        {"type": "string", "pattern": rf"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s+{_CLOCK}$", "examples": ["Sat 10:40"]}
    ),
]


def _hours(value: object) -> list[tuple[int, int, int]]:
    parts = [text_of(part) for part in value] if isinstance(value, list) else [text_of(value)]
    return notation.opening_hours(", ".join(parts))


_HOURS: Final[Json] = {"type": "string", "examples": ["Mon-Fri 09:00-19:00, Sat 09:00-17:00"]}
Hours = Annotated[
    list[tuple[int, int, int]],
    PlainValidator(_hours),
    WithJsonSchema({"anyOf": [_HOURS, {"type": "array", "items": _HOURS}]}),
]


def _format(text: str) -> int:
    if text != "1":
        raise NotationError(f"this program reads format 1, not {quoted(text)}", "write `format: 1`", "FV208")
    return 1


Format = Annotated[int, _read(_format), WithJsonSchema({"const": 1})]


def _pattern(pattern: str, sentence: str, help: str) -> Callable[[str], str]:
    import re

    known = re.compile(pattern)

    def read(text: str) -> str:
        if not known.fullmatch(text):
            raise NotationError(f"{quoted(text)} {sentence}", help)
        return text

    return read


Language = Annotated[
    str,
    _read(_pattern(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "is not a language", "write `en`, `de` or `pt-BR`")),
    WithJsonSchema({"type": "string", "pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}),
]
Currency = Annotated[
    str,
    _read(_pattern(r"[A-Z]{3}", "is not a currency", "write its three capital letters: `EUR`, `NZD`, `INR`")),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]


def _thousandths(text: str) -> int:
    import re

    if not re.fullmatch(r"[0-3](\.\d{1,3})?", text) or float(text) == 0:
        raise NotationError(f"{quoted(text)} is not an exponent", "write a number above 0 and below 4, such as `0.35`")
    major, _, minor = text.partition(".")
    return int(major) * 1000 + int(minor.ljust(3, "0") or 0)


Tail = Annotated[
    int,
    _read(_thousandths),
    WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 4}, {"type": "string"}]}),
]
"""Thousandths."""

Kind = Annotated[str, *one_of(vocabulary.KINDS)]
Sale = Annotated[str, *one_of(vocabulary.SALES)]
School = Annotated[str, *one_of(vocabulary.SCHOOLS)]
Schools = Annotated[tuple[School, ...], Listed()]
Manner = Annotated[str, *one_of(vocabulary.MANNERS)]
Arrival = Annotated[str, *one_of(vocabulary.ARRIVALS)]
Channel = Annotated[str, *one_of(vocabulary.CHANNELS)]
Channels = Annotated[tuple[Channel, ...], Listed()]
AnswerWord = Annotated[str, *one_of(vocabulary.ANSWERS)]
AnswerWords = Annotated[tuple[AnswerWord, ...], Listed()]
PromiseWord = Annotated[str, *one_of(vocabulary.PROMISES)]
PromiseWords = Annotated[tuple[PromiseWord, ...], Listed()]
Indecision = Annotated[str, *one_of(vocabulary.INDECISION)]
Indecisions = Annotated[tuple[Indecision, ...], Listed()]
Visit = Annotated[str, *one_of(("visit",))]


def _reach(text: str) -> str | int:
    if text in vocabulary.REACH_PRESETS:
        return text
    try:
        return notation.chance(text)
    except NotationError:
        if text[:1].isdigit():
            raise
        raise NotationError(
            f"{quoted(text)} is neither a chance nor a preset",
            meant(text, vocabulary.REACH_PRESETS) + "; or a chance like `60%`",
            "FV204",
        ) from None


Reach = Annotated[
    str | int,
    _read(_reach),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "enum": list(vocabulary.REACH_PRESETS)},
                {"type": "string", "pattern": notation.CHANCE_PATTERN},
            ]
        }
    ),
]


def _stage_span(text: str) -> tuple[str | None, str | None]:
    """Ids of the first and last stage; None for an open end."""
    low, dots, high = (part.strip() for part in text.partition(".."))
    if not dots:
        return notation.ident(low), low
    if not low and not high:
        raise NotationError(f"{quoted(text)} has no ends", "write `welcome..discover`")
    return notation.ident(low) if low else None, notation.ident(high) if high else None


_ID = notation.ID_PATTERN.strip("^$")
StageSpan = Annotated[tuple[str | None, str | None], _read(_stage_span), _span_schema(_ID, "welcome..discover")]
