"""The log of an event: what can stand in it, how it is written, and the chain that holds it together.

An entry is written as JSON in its one canonical form: keys in order, no blanks, ASCII only. `link` is the BLAKE2b-256,
in hex, of the link before and the entry's text without its own link, with a line feed between; the link before the
first entry is empty. So a log that was changed anywhere shows where.

Names of people are not in the log, only their seats' numbers: a person can be deleted without breaking the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias, get_args

from game.workshop.log.plan import Event

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Action = Literal[
    "void",
    "unvoid",
    "add",
    "disqualify",
    "rename",
    "team",
    "hide",
    "kick",
    "reinstate",
    "more-time",
    "lock",
    "unlock",
    "code",
]
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
ABOUT: Final = ("round", "buyer", "seat", "amount", "minutes")
"""The numbers that say what an action is about, as `Adjusted` calls them."""
LONGEST_REASON: Final = 300
_STRICT: Final[Any] = {"extra": "forbid", "strict": True}


class LogError(ValueError):
    """Something that is not the log of an event. `seq` is the entry where that shows."""

    def __init__(self, seq: int, message: str) -> None:
        super().__init__(f"entry {seq}: {message}")
        self.seq = seq
        self.message = message

    def __reduce__(self) -> tuple[type[LogError], tuple[int, str]]:
        return LogError, (self.seq, self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    __pydantic_config__: ClassVar[Any] = _STRICT
    seq: int
    """Its place in the log, from 0, without a gap."""
    at: int
    """When it was written, by the host's clock: milliseconds of UTC since 1970. Never less than the entry before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Began(_Entry):
    """The first entry: what is going to be played, and with what."""

    kind: Literal["event"] = "event"
    id: str
    """16 hex digits drawn for this event, which tell it from every other."""
    event: Event
    digests: tuple[str, ...]
    """The digest of each round's scenario, which says how it plays."""
    texts: tuple[str, ...]
    """The SHA-256 of its text, which says every word of it."""
    rules: int
    """`engine.rules.RULES_VERSION`."""
    program: str
    """The program's version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated(_Entry):
    """Somebody took a seat."""

    kind: Literal["seat"] = "seat"
    seat: int
    """Counted from 1."""
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(_Entry):
    """A round began."""

    kind: Literal["opened"] = "opened"
    round: int
    """Counted from 0."""
    commitment: str
    """The SHA-256 of the round's secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(_Entry):
    """Somebody made a move."""

    kind: Literal["move"] = "move"
    round: int
    buyer: int
    """Counted from 0."""
    seat: int
    n: int
    """The move's number in this run, counted from 0."""
    move: str
    """As a record of a run writes it."""
    seconds: int
    """Since this run's move before it, by the host's clock; 0 for the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(_Entry):
    """A round ended."""

    kind: Literal["closed"] = "closed"
    round: int
    secret: str
    """The round's secret in hex."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted(_Entry):
    """The host stepped in."""

    kind: Literal["adjusted"] = "adjusted"
    action: Action
    reason: str
    round: int | None = None
    buyer: int | None = None
    seat: int | None = None
    amount: int | None = None
    """Minor units of money."""
    minutes: int | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed(_Entry):
    """Somebody agreed that their name stand with their run where it is shown as a strong one, or took that back."""

    kind: Literal["agreed"] = "agreed"
    seat: int
    yes: bool


Entry: TypeAlias = Began | Seated | Opened | Moved | Closed | Adjusted | Agreed
_KINDS: Final[dict[str, type[Any]]] = {
    "event": Began,
    "seat": Seated,
    "opened": Opened,
    "move": Moved,
    "closed": Closed,
    "adjusted": Adjusted,
    "agreed": Agreed,
}
_NAMES: Final = {kind: tuple(each.name for each in fields(entry)) for kind, entry in _KINDS.items()}


def text_hash(text: bytes) -> str:
    """What the log has of the text of a scenario."""
    return hashlib.sha256(text).hexdigest()


def as_data(entry: Entry) -> dict[str, Any]:
    """An entry as what JSON can hold, without its link."""
    if isinstance(entry, Began):
        return asdict(entry)
    data = {name: getattr(entry, name) for name in _NAMES[entry.kind]}
    if isinstance(entry, Adjusted) and entry.team is None:
        del data["team"]  # as it was written before hosts could put anybody into a team
    return data


def canonical(data: Any) -> str:
    """JSON in the one form that links are made from."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


@lru_cache(maxsize=1024)  # whoever links an entry writes it as well
def text_of(entry: Entry) -> str:
    """An entry as it is written, without its link."""
    return canonical(as_data(entry))


def link_after(link: str, text: str) -> str:
    """The link of an entry with this text, after the link before it."""
    return hashlib.blake2b(f"{link}\n{text}".encode("ascii"), digest_size=32).hexdigest()


def entry_of(text: str, seq: int = 0) -> Entry:
    """The entry with this text. Raises `LogError`, which names it by `seq`, if that is not how one is written."""
    try:
        data = json.loads(text)
        entry: Entry = _adapter(data["kind"]).validate_json(text)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise LogError(seq, "This is not an entry of a log that this version knows.") from None
    if text_of(entry) != text:
        raise LogError(seq, "This entry is not written in the form that its link is made from.")
    return entry


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(_KINDS[kind])


def linked(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Each entry of a whole log with its link."""
    link = ""
    for entry in entries:
        link = link_after(link, text_of(entry))
        yield entry, link


def written(entry: Entry, link: str) -> str:
    """An entry as a line of an exported log, with its link and without a line feed."""
    return canonical({**as_data(entry), "link": link})


def read_log(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of an exported log, with their links and numbers checked. Raises `LogError` at the first fault."""
    link, at = "", 0
    for seq, line in enumerate(lines):
        try:
            data = json.loads(line)
            said = data.pop("link")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise LogError(seq, "This is not a line of an event's log.") from None
        text = canonical(data)
        if canonical({**data, "link": said}) != line.rstrip("\r\n"):
            raise LogError(seq, "This line is not written in the form that its link is made from.")
        link = link_after(link, text)
        if said != link:
            raise LogError(
                seq, f"This entry, or one before it, was changed: its link is {link[:16]}, not {said!s:.16}."
            )
        entry = entry_of(text, seq)
        if entry.seq != seq:
            raise LogError(seq, f"Entry {entry.seq} stands where entry {seq} should: some are missing or moved.")
        if entry.at < at:
            raise LogError(seq, "This entry is older than the one before it.")
        at = entry.at
        yield entry
