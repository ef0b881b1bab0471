"""Drills: single decisions that come again at growing intervals, until they are known.

Positions come from the player's own mistakes, as the coach found them, and with the program (`scenarios/drills.json`).
When each comes again is up to FSRS, a published scheduler of spaced repetition, which is told whether the answer was
right. `drills.json` in the player's directory says what is known of each position, by its key; those of the player's
own lie beside it, a file each. Nothing here is needed to play.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, cast

import scenarios
from engine.typed import typed
from engine.words import gettext
from game.home.files import alone, put_aside, read_regular, write_whole
from game.home.forms import Newer, read_form, write_form
from game.home.profile import home
from game.words.errors import Failure, SaveError, why_not
from game.words.terms import PURPOSE
from game.words.visible import json_text

if TYPE_CHECKING:
    from fsrs import Card
    from fsrs.card import CardDict

    from engine.coach.position import Position
    from engine.play import State

FORM: Final = 1
A_DAY: Final = 12
"""Answers a day at most: what is crammed is forgotten, and a drill is short."""
_LARGEST: Final = 4_194_304
_EVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one position without looking at it."""

    key: str
    scenario: str
    skill: str
    """What it trains: one of `terms.SKILLS`, the purpose of the best choice."""
    points: float
    """What the mistake cost, in points."""
    card: dict[str, Any] | None = None
    """What FSRS remembers; None for a position that was never answered."""
    lesson: str = ""
    """What was done and what would have been best. The same lesson may be asked with another buyer, in whose words the
    answer cannot be known by heart. Empty for a position that stands alone."""
    solved: bool = True
    """Whether it was answered right the last time, if it was answered."""

    @property
    def due(self) -> datetime | None:
        """When it comes again; None if it was never answered."""
        return datetime.fromisoformat(self.card["due"]) if self.card else None

    @property
    def answered(self) -> datetime | None:
        """When it was answered last."""
        at = self.card["last_review"] if self.card else None
        return datetime.fromisoformat(at) if at else None


@dataclass(frozen=True, slots=True)
class Deck:
    """Every position there is, by its key."""

    entries: dict[str, Entry] = field(default_factory=dict)
    notice: str = ""
    """A sentence for the player if what was kept could not be used."""
    bundled: frozenset[str] = frozenset()
    """The keys of those that come with the program."""

    def today(self, now: datetime) -> tuple[Entry, ...]:
        """What is to be asked now: what is due, longest overdue first, then what is new, the costliest first; at most
        `A_DAY`, with what was answered today. Of positions with one lesson, one is asked."""
        done = sum(1 for each in self.entries.values() if each.answered and _day(each.answered) == _day(now))
        asked = {each.key: each for each in self._lessons()}
        due = sorted((at, each.key) for each in asked.values() if (at := each.due) is not None and at <= now)
        new = sorted((-each.points, each.key) for each in asked.values() if each.card is None)
        keys = [key for _, key in (*due, *new)]
        return tuple(asked[key] for key in keys[: max(0, A_DAY - done)])

    def _lessons(self) -> Iterator[Entry]:
        """Of each lesson the position that was answered longest ago, or never, with what FSRS remembers of the lesson:
        when it comes again depends on the last answer to it, whichever buyer it was about."""
        together: dict[tuple[str, str], list[Entry]] = {}
        for each in self.entries.values():
            together.setdefault((each.scenario, each.lesson or each.key), []).append(each)
        for brothers in together.values():
            new = [each for each in brothers if each.card is None]
            old = sorted((each for each in brothers if each.card), key=lambda each: (each.answered or _EVER, each.key))
            first = max(new, key=lambda each: (each.points, each.key)) if new else old[0]
            yield replace(first, card=old[-1].card) if old else first

    def mistakes(self, now: datetime) -> tuple[Entry, ...]:
        """The player's own mistakes over all runs that the coach has judged, the costliest first: those that were never
        answered, or not right the last time, and those that come again by now."""
        own = (each for each in self.entries.values() if each.key not in self.bundled)
        open_ones = [each for each in own if each.due is None or each.due <= now or not each.solved]
        return tuple(sorted(open_ones, key=lambda each: (-each.points, each.key)))

    def next_due(self) -> datetime | None:
        """When the next position comes again, if one was answered at all."""
        return min((at for each in self._lessons() if (at := each.due) is not None), default=None)


def _day(at: datetime) -> object:
    return at.astimezone().date()


def _path() -> Path:
    return home() / "drills.json"


def _own(key: str) -> Path:
    return home() / "drills" / f"{key}.json"


# --- what there is ---------------------------------------------------------------------------------------------------


def deck() -> Deck:
    """Return every position: the player's own, and those that come with the program."""
    found = {key: _entry_of(key, each["scenario"], each["kind"], each["verdict"]) for key, each in bundled().items()}
    try:
        kept, notice = _kept(), ""
    except ValueError:
        kept, notice = {}, _begun_anew()
    return Deck(found | kept, notice, frozenset(found))


def entry_of(position: Position) -> Entry:
    """What the deck keeps of a position."""
    return _entry_of(position.key, position.scenario, position.kind, asdict(position.verdict))


def _entry_of(key: str, scenario: str, kind: str, verdict: Mapping[str, Any]) -> Entry:
    lesson = f"{verdict['name']} {verdict['best']}"
    return Entry(key, scenario, PURPOSE.get(kind, "Wait").lower(), verdict["points"], lesson=lesson)


@cache
def bundled() -> Mapping[str, Any]:
    """Return the positions that come with the program by their keys, as data: only those that are asked are made."""
    data = json.loads((Path(scenarios.__file__).parent / "drills.json").read_bytes())
    return {each["key"]: each for each in data["positions"]}


def _position(data: Any) -> Position:
    from engine.coach.position import Position

    return typed(Position, data)


def _kept() -> dict[str, Entry]:
    """The kept part of the deck. Raises `Failure`, and ValueError for a file that cannot be understood."""
    path = _path()
    try:
        found = read_form(path, FORM)
        return {key: _entry(key, each) for key, each in found["positions"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Failure(gettext("{path} cannot be read ({why}).").format(path=path, why=why_not(error))) from None
    except Newer:
        raise Failure(
            gettext("{path} was written by a newer version of the program. Use that version for drills.").format(
                path=path
            )
        ) from None
    except (TypeError, KeyError, AttributeError, OverflowError) as error:
        raise ValueError(str(error)) from None


def _begun_anew() -> str:
    """Put a file aside that cannot be understood, so that nothing is lost, and say so in a sentence. Raises
    `Failure`."""
    path = _path()
    try:
        aside = put_aside(path)
    except OSError as error:
        raise Failure(
            gettext("{path} can be neither understood nor put aside ({why}).").format(path=path, why=why_not(error))
        ) from None
    return gettext(
        "What was known of the drills could not be understood. It is kept as {path}; they begin anew."
    ).format(path=aside)


def _to_change() -> dict[str, Entry]:
    """The kept part of the deck, to be written again. One that cannot be understood is left to `deck`, which has
    somebody to tell. Raises `Failure`."""
    try:
        return _kept()
    except ValueError:
        raise SaveError(gettext("{path} cannot be understood.").format(path=_path())) from None


def _entry(key: str, found: Any) -> Entry:
    of = key, str(found["scenario"]), str(found["skill"]), float(found["points"]), found["card"]
    entry = Entry(*of, str(found.get("lesson", "")), bool(found.get("solved", True)))  # earlier versions kept neither
    if entry.card is not None:
        _card(entry.card)
        if entry.due is None or entry.due.tzinfo is None:
            raise ValueError("a card without a due date")
    return entry


def position(entry: Entry) -> Position:
    """Return the position itself. Raises `Failure` if it is gone or broken."""
    if entry.key in bundled():
        return _position(bundled()[entry.key])
    try:
        return _position(json.loads(read_regular(_own(entry.key), _LARGEST)))
    except (OSError, ValueError, RecursionError):
        raise Failure(gettext("The position {path} cannot be read.").format(path=_own(entry.key))) from None


def stood(found: Position, folder: Path | None = None) -> State:
    """Return the state to be asked about. Raises `Failure` if the scenario or the rules have changed since."""
    from engine.coach.position import stand
    from game.runs import versions

    try:
        return stand(versions.game(found, folder), found)
    except ValueError as error:
        raise Failure(
            gettext("A position of {scenario} cannot be taken up: {why}.").format(scenario=found.scenario, why=error)
        ) from None


# --- what is added and answered --------------------------------------------------------------------------------------


_CHANGING: Final = Lock()


@contextmanager
def _changing() -> Iterator[None]:
    """Held from reading the deck to writing it: a run is judged in one thread while drills are answered in another, or
    in another window."""
    with _CHANGING, alone(_path()):
        yield


def add(found: Iterable[Position]) -> None:
    """Put positions of the player's own into the deck. Raises `SaveError`."""
    fresh = {each.key: each for each in found}
    if not fresh:
        return
    with _changing():
        kept = _to_change()
        try:
            for key, each in fresh.items():
                write_whole(_own(key), (json_text(asdict(each)) + "\n").encode("ascii"), over=True)
        except OSError as error:
            raise SaveError(
                gettext("The mistakes cannot be kept for drills in {folder} ({why}).").format(
                    folder=_own("").parent, why=why_not(error)
                )
            ) from None
        entries = {key: entry_of(each) for key, each in fresh.items()}
        again = {
            key: replace(each, card=kept[key].card, solved=kept[key].solved)
            for key, each in entries.items()
            if key in kept
        }
        _write(kept | entries | again)


def answered(entry: Entry, right: bool, now: datetime | None = None) -> Entry:
    """Tell FSRS of an answer, and keep when the position comes again. Raises `SaveError`."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    with _changing():
        kept = _to_change()
        asked = (entry, kept.get(entry.key, entry))  # another window may have asked the same since
        last = max(asked, key=lambda each: each.answered or _EVER).card
        card, _ = scheduler.review_card(
            _card(last) if last else Card(card_id=int(entry.key, 16)), Rating.Good if right else Rating.Again, now
        )
        told = replace(entry, card=dict(card.to_dict()), solved=right)
        _write(kept | {entry.key: told})
    return told


def _card(found: dict[str, Any]) -> Card:
    from fsrs import Card

    return Card.from_dict(cast("CardDict", found))


def _write(entries: dict[str, Entry]) -> None:
    positions = {
        key: {name: value for name, value in asdict(each).items() if name != "key"} for key, each in entries.items()
    }
    try:
        write_form(_path(), FORM, {"positions": positions})
    except OSError as error:
        raise SaveError(
            gettext("What was answered cannot be kept in {path} ({why}).").format(path=_path(), why=why_not(error))
        ) from None


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def chosen(entries: Sequence[Entry], scenarios: Iterable[str] | None, skill: str | None) -> tuple[Entry, ...]:
    """The entries of these scenarios and of this skill; None stands for all."""
    wanted = None if scenarios is None else set(scenarios)
    return tuple(
        each
        for each in entries
        if (wanted is None or each.scenario in wanted) and (skill is None or each.skill == skill)
    )
