"""Run notation: one run as text that anybody can read, check and play again, as chess has PGN.

    first-visit run 2
    scenario: saturday-showroom
    digest: 98863cf41c0f2a77
    rules: 2
    seed: 481516
    cues: novice
    live: no
    started: 2026-03-07T09:41:12Z
    opening: 5d0c7a3e90b1f264

    1. welcome-in {41f0c2aa}
    2. why-today 12s {9d07be13}
    3. leave {c2e81f60}

    result: priya expired
    value: -4167
    conduct: 58
    par: 12
    seal: 0b6f3c519d7ea248

The head names what is needed to replay the run and how it was played; in a run that begins like another one, `retry-of`
is the `opening` of that other. A move is its number, its name, the seconds of thinking before it, and in braces a mark.
An empty line after the last move says that the sale is over. Then comes the foot, which may have to wait until par has
been worked out: what became of each prospect, the value of the result in minor units, the conduct in percent, and the
result as a percentage of par where there is one.

Everything is held together by a chain of hashes. Its first link, `opening`, is a hash of the head above it and of the
digest of the initial state; each further one of the link before, the move as written and the digest of the next state;
the last, `seal`, of the link before and the foot above it. A mark is the first half of the link after its move. So a
record that was changed by hand shows where. The chain has no secret in it: whoever runs this program can write another
record. It shows that a record was not changed afterwards, and a replay that its score is right, not who played it.

Notation 1 is read too, and unfinished runs in it go on. Its first link took in the seed alone and its others only the
states, so `AS_RECORDED` names what is only as somebody wrote it; `retry-of` was the name of a file; `states`, the last
link, took the place of the seal, and took in nothing of the foot; opening and marks could be left out.

Lines are ASCII and end with a line feed. What is written is read back first: a value that the reader would refuse is
refused by the writer. Nothing here reads or writes files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from engine.luck import SEEDS

if TYPE_CHECKING:
    from engine.view import Cues

__all__ = [
    "AS_RECORDED",
    "LARGEST",
    "NOTATION",
    "OVER",
    "Closing",
    "Header",
    "Move",
    "Outline",
    "Record",
    "RecordError",
    "closing_text",
    "foot_text",
    "header_text",
    "move_line",
    "move_text",
    "opening_text",
    "outline",
    "read_record",
]

NOTATION: Final = 2
"""The notation of new records."""
AS_RECORDED: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType(
    {1: ("cues", "live", "started", "retry-of", "seconds of thinking that cost no patience"), NOTATION: ()}
)
"""For each notation that is read: what nothing in it protects from being changed by hand."""
OVER: Final = "\n"
"""What follows the last move once the sale is over."""
LARGEST: Final = 4_194_304
"""Bytes of the largest record that is read."""
MOST_LINES: Final = LARGEST // 16
"""No move with its mark is shorter than 16 bytes."""
LONGEST_LINE: Final = 200
CUES: Final[tuple[Cues, ...]] = ("novice", "regular", "expert")
LARGEST_SEED: Final = SEEDS - 1

_FIRST = re.compile(r"first-visit run (\d{1,6})")
_MOVE = re.compile(r" {0,6}(\d{1,6})\. ([a-z0-9][a-z0-9@._:-]{0,149})(?: (\d{1,6})s)?(?: \{([0-9a-f]{8})\})?")
_FIELD = re.compile(r"([a-z][a-z-]{0,20}): (\S.*)")
_HEX = re.compile(r"[0-9a-f]{16}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_FILE = re.compile(r"[!-.0-\[\]-~][ -.0-\[\]-~]{0,189}")
_WHOLE = re.compile(r"-?\d{1,16}")
_BLANK = re.compile(rb"\n\r?\n")
_LAST = re.compile(rb"(?:states|seal): [0-9a-f]{16}\r?")
_MARK = b"\xef\xbb\xbf"
"""The byte-order mark that some editors put before a text."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class RecordError(ValueError):
    """A record that cannot be read or replayed. `line` counts from 1; 0 stands for the record as a whole."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.line = line
        self.message = message

    def __reduce__(self) -> tuple[type[RecordError], tuple[int, str]]:
        return RecordError, (self.line, self.message)


@dataclass(frozen=True, slots=True)
class Header:
    """What is needed to begin the same run again, and how it was played."""

    scenario: str
    digest: str
    """`Scenario.digest()` of the scenario played."""
    rules: int
    """`engine.rules.RULES_VERSION` at the time."""
    seed: int
    cues: Cues
    live: bool
    """Whether thinking cost the buyer's patience."""
    started: str
    """When the first move was offered, in UTC, as `2026-03-07T09:41:12Z`."""
    opening: str | None = None
    """The chain's first link; it names this run among others. None only in notation 1."""
    retry_of: str | None = None
    """The opening (in notation 1 the file name) of the run whose first moves this one repeats; None for a first try."""
    notation: int = NOTATION


@dataclass(frozen=True, slots=True)
class Move:
    """One move as written."""

    name: str
    think: int = 0
    """Seconds of the buyer's patience that thinking cost."""
    mark: str | None = None
    """The first half of the chain's link after the move. None only in notation 1."""
    line: int = 0
    """Its line in the text; 0 when it does not come from one."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The foot of a finished run."""

    results: tuple[tuple[str, str], ...]
    """Prospect and result, in the scenario's order."""
    value: int
    """Minor units."""
    conduct: int
    """Percent."""
    par: int | None
    """The result as a percentage of par, or None where par was not worked out."""
    seal: str
    """The chain's last link."""


@dataclass(frozen=True, slots=True)
class Record:
    """A run as read from text."""

    header: Header
    moves: tuple[Move, ...]
    closing: Closing | None
    """None while the run is unfinished."""
    kept: int
    """Bytes up to the end of the last whole move: where an unfinished run goes on being written."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A record as far as a list of many shows it."""

    header: Header
    moves: int
    """How many moves were made."""
    closing: Closing | None
    over: bool
    """Whether no move can follow, though the foot may."""


# --- writing ---------------------------------------------------------------------------------------------------------


def header_text(header: Header) -> str:
    """Return the head of a record, up to and with the empty line before the first move.

    Raises `RecordError` for a value that could not be read back.
    """
    text = opening_text(header)
    if header.opening is not None:
        text += f"opening: {header.opening}\n"
    text += "\n"
    _must_be(header, _read_header(list(_lines(text.encode())))[0])
    return text


def opening_text(header: Header) -> str:
    """Return the head as far as the chain's first link takes it in: every line above `opening`."""
    fields: list[tuple[str, object]] = [
        ("scenario", header.scenario),
        ("digest", header.digest),
        ("rules", header.rules),
        ("seed", header.seed),
        ("cues", header.cues),
        ("live", "yes" if header.live else "no"),
        ("started", header.started),
        ("retry-of", header.retry_of),
    ]
    lines = [f"{name}: {value}" for name, value in fields if value is not None]
    return "\n".join([f"first-visit run {header.notation}", *lines]) + "\n"


def move_line(number: int, name: str, think: int) -> str:
    """Return move `number` (from 1) as it is written before its mark, which is what the chain takes in of it."""
    return f"{number}. {name} {think}s" if think else f"{number}. {name}"


def move_text(number: int, name: str, think: int, link: str) -> str:
    """Return the line of move `number` (from 1), with the chain's link after it.

    Raises `RecordError` for a value that could not be read back.
    """
    line = f"{move_line(number, name, think)} {{{link[:8]}}}"
    _must_be(Move(name, think, link[:8]), _read_move(_Line(0, line, 0), number, NOTATION))
    return f"{line}\n"


def foot_text(foot: Closing) -> str:
    """Return the foot as far as the chain's last link takes it in: every line above it."""
    lines = [f"result: {prospect} {result}" for prospect, result in foot.results]
    lines += [f"value: {foot.value}", f"conduct: {foot.conduct}"]
    if foot.par is not None:
        lines.append(f"par: {foot.par}")
    return "\n".join(lines) + "\n"


def closing_text(foot: Closing, notation: int = NOTATION) -> str:
    """Return the foot of a finished run.

    Raises `RecordError` for a value that could not be read back.
    """
    text = f"{foot_text(foot)}{_last_name(notation)}: {foot.seal}\n"
    _must_be(foot, _read_closing(list(_lines(text.encode())), notation))
    return text


def _must_be(meant: object, read: object) -> None:
    if meant != read:
        raise RecordError(0, f"This would not be read back as it was meant: {meant!r}.")


def _last_name(notation: int) -> str:
    return "states" if notation == 1 else "seal"


# --- reading ---------------------------------------------------------------------------------------------------------


def read_record(data: bytes) -> Record:
    """Read a whole record.

    A last line without a line feed is one that was being written when the program was stopped: in an unfinished run
    it is dropped, and so is a foot that lacks its end. Raises `RecordError` for anything else that is not a record,
    whatever the bytes are.
    """
    if len(data) > LARGEST:
        raise RecordError(0, f"This is too large: a record has at most {LARGEST:,} bytes. Is it the right file?")
    if data.count(b"\n") > MOST_LINES:
        raise RecordError(0, f"A record has at most {MOST_LINES:,} lines. Is it the right file?")
    lines = list(_lines(data))
    header, at = _read_header(lines)
    notation = header.notation
    moves: list[Move] = []
    kept = lines[at - 1].end if at else 0
    foot: list[_Line] = []
    for line in lines[at:]:
        if not line.text:
            continue
        if foot or ": " in line.text:
            foot.append(line)
        else:
            moves.append(_read_move(line, len(moves) + 1, notation))
            kept = line.end
    return Record(header, tuple(moves), _read_closing(foot, notation), kept)


_NUMBERS: Final = ("value", "conduct", "par")
_IN_FOOT: Final = ("result: ", *(f"{name}: " for name in _NUMBERS))
"""With what the lines of a foot begin, in whatever order; nothing before a foot does."""


def outline(head: bytes, tail: bytes) -> Outline:
    """Read only the ends of a record, for lists of many: its first bytes (1,024 are enough) and its last.

    Raises `RecordError` if the head is not that of a record. Of the moves only the last number is looked at, so
    everything here is as recorded: nothing was replayed, and no link of the chain compared.
    """
    blank = _BLANK.search(head)
    header, _ = _read_header(list(_lines(head[: blank.end()] if blank is not None else head)))
    moves, over = 0, False
    foot: list[_Line] = []
    for line in _lines(tail, strict=False):
        if foot or line.text.startswith(_IN_FOOT):
            foot.append(line)
        elif (move := _MOVE.fullmatch(line.text)) is not None:
            moves, over = int(move[1]), False
        elif not line.text:
            over = moves > 0
    try:
        closing = _read_closing([line for line in foot if line.text], header.notation)
    except RecordError:
        closing = None
    return Outline(header, moves, closing, over or closing is not None)


class _Line(NamedTuple):
    number: int
    text: str
    end: int
    """Bytes up to and with its line feed."""


def _lines(data: bytes, strict: bool = True) -> Iterator[_Line]:
    body = data.removeprefix(_MARK)
    end = len(data) - len(body)
    *whole, rest = body.split(b"\n")
    if _LAST.fullmatch(rest):  # the end of a finished run, whose line feed an editor took away
        whole.append(rest)
    for number, raw in enumerate(whole, start=1):
        end += len(raw) + 1
        body = raw.removesuffix(b"\r")
        if len(body) > LONGEST_LINE:
            if strict:
                raise RecordError(
                    number, f"This line has more than the {LONGEST_LINE} characters of any line in a record."
                )
            continue
        try:
            text = body.decode("ascii")
        except UnicodeDecodeError:
            if strict:
                raise RecordError(
                    number, "A record has only ASCII letters, digits and signs. Is it the right file?"
                ) from None
            continue
        yield _Line(number, text.rstrip(" "), end)


def _read_header(lines: list[_Line]) -> tuple[Header, int]:
    """Return the header and the index of the line after it."""
    first = _FIRST.fullmatch(lines[0].text) if lines else None
    if first is None:
        raise RecordError(1, f"This is not the record of a run: its first line should be 'first-visit run {NOTATION}'.")
    notation = int(first[1])
    if notation not in AS_RECORDED:
        raise RecordError(
            1, f"This is a run in notation {notation}, and {NOTATION} is the newest read here. Use a newer version."
        )
    end = next((at for at, line in enumerate(lines) if not line.text), len(lines))
    found = _fields(lines[1:end])
    if end == len(lines):
        raise RecordError(end, "The head ends too early: an empty line and the moves should follow.")
    for name, needed in _HEAD.items():
        if (needed or (name == "opening" and notation > 1)) and name not in found:
            raise RecordError(end, f"The head lacks '{name}'. It was there when the run was written.")

    def text(name: str, shape: re.Pattern[str], like: str) -> str:
        number, value = found[name]
        if not shape.fullmatch(value):
            raise RecordError(number, f"'{name}' should be {like}.")
        return value

    def whole(name: str, most: int) -> int:
        number, value = found[name]
        if not re.fullmatch(r"\d{1,16}", value) or int(value) > most:
            raise RecordError(number, f"'{name}' should be a whole number from 0 to {most}.")
        return int(value)

    (cues_at, cues), (live_at, live) = found["cues"], found["live"]
    if cues not in CUES:
        raise RecordError(cues_at, f"'cues' should be one of {', '.join(CUES)}.")
    if live not in ("yes", "no"):
        raise RecordError(live_at, "'live' should be yes or no.")
    header = Header(
        scenario=text("scenario", _ID, "the id of a scenario, such as saturday-showroom"),
        digest=text("digest", _HEX, "16 digits from 0 to f"),
        rules=whole("rules", 999_999),
        seed=whole("seed", LARGEST_SEED),
        cues=cues,
        live=live == "yes",
        started=text("started", _MOMENT, "a moment such as 2026-03-07T09:41:12Z"),
        opening=text("opening", _HEX, "16 digits from 0 to f") if "opening" in found else None,
        retry_of=text("retry-of", *_RETRY_OF[notation]) if "retry-of" in found else None,
        notation=notation,
    )
    return header, end + 1


def _fields(lines: Iterable[_Line]) -> dict[str, tuple[int, str]]:
    """The fields of a head by name, each with the number of its line and its value."""
    found: dict[str, tuple[int, str]] = {}
    for line in lines:
        field = _FIELD.fullmatch(line.text)
        if field is None:
            raise RecordError(line.number, "A line of the head is 'name: value'. An empty line ends the head.")
        name, value = field.groups()
        if name not in _HEAD:
            raise RecordError(line.number, f"A head has no field '{name}'. It has: {', '.join(_HEAD)}.")
        if name in found:
            raise RecordError(line.number, f"'{name}' is here for the second time. Remove one of the two lines.")
        found[name] = line.number, value
    return found


_HEAD: Final = {
    "scenario": True,
    "digest": True,
    "rules": True,
    "seed": True,
    "cues": True,
    "live": True,
    "started": True,
    "opening": False,
    "retry-of": False,
}
"""The fields of a head, and whether each is required in every notation."""
_RETRY_OF: Final = {
    1: (_FILE, "the name of a file, without folders"),
    NOTATION: (_HEX, "the opening of another run, 16 digits from 0 to f"),
}


def _read_move(line: _Line, number: int, notation: int) -> Move:
    written = _MOVE.fullmatch(line.text)
    if written is None:
        raise RecordError(line.number, f"Move {number} should be here, as '{number}. why-today' or '… 12s'.")
    if int(written[1]) != number:
        raise RecordError(
            line.number, f"This is move {number}, but its number is {int(written[1])}. Is a line missing?"
        )
    if written[4] is None and notation > 1:
        raise RecordError(line.number, f"Move {number} lacks its mark, 8 digits from 0 to f in braces.")
    return Move(written[2], int(written[3] or 0), written[4], line.number)


def _read_closing(foot: list[_Line], notation: int) -> Closing | None:
    """Read the lines after the moves. Without the chain's last link at their end, the run counts as unfinished."""
    results: dict[str, str] = {}
    numbers: dict[str, int] = {}
    last, seal = _last_name(notation), ""
    for line in foot:
        name, _, value = line.text.partition(": ")
        if seal:
            raise RecordError(line.number, f"'{last}' is the last line of a record. Remove this line.")
        if name == "result":
            prospect, _, result = value.partition(" ")
            if not _ID.fullmatch(prospect) or not _ID.fullmatch(result):
                raise RecordError(line.number, "A result is written 'result: PROSPECT RESULT'.")
            if prospect in results:
                raise RecordError(line.number, f"'{prospect}' has a result already. Remove one of the two lines.")
            results[prospect] = result
        elif name in _NUMBERS and name not in numbers:
            if not _WHOLE.fullmatch(value):
                raise RecordError(line.number, f"'{name}' should be a whole number.")
            numbers[name] = int(value)
        elif name == last:
            if not _HEX.fullmatch(value):
                raise RecordError(line.number, f"'{last}' should be 16 digits from 0 to f.")
            seal = value
        else:
            raise RecordError(line.number, f"The foot has result, value, conduct, par and {last}, each once.")
    if not seal:
        return None
    if not results or "value" not in numbers or "conduct" not in numbers:
        raise RecordError(foot[-1].number, "The foot lacks a result, the value or the conduct.")
    return Closing(tuple(results.items()), numbers["value"], numbers["conduct"], numbers.get("par"), seal)
