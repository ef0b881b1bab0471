"""The events that are kept on this machine: beginning one, finding one again, and deleting what has had its time."""

from __future__ import annotations

import re
import secrets
import time
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from engine.rules import RULES_VERSION
from engine.scenario.compiled import Scenario
from game import __version__
from game.home.files import names_in, write_whole
from game.home.profile import home
from game.shelf import library
from game.shelf.scenario_files import SUFFIXES, read_bytes
from game.words.errors import Failure, NotFound, why_not
from game.workshop.kept import returning, traces
from game.workshop.kept.codes import new_code
from game.workshop.kept.errors import StoreError
from game.workshop.kept.store import Store
from game.workshop.kept.transaction import Kept
from game.workshop.log.entries import Began, text_hash
from game.workshop.log.event import Load, Prepared, read_event, reader, simple
from game.workshop.log.rounds import SECRET_BYTES

ENDING: Final = ".db"
_DUE: Final = ".due"
_BESIDE: Final = (".token", ".outbox", ".exports.json", returning.ENDING, _DUE)
"""How files end that are kept beside an event's: the host's token, statements that are to be sent, where results
were written to, where it was served, and when its time to be deleted was first seen to have come."""
RESPITE: Final = 86_400_000
"""Milliseconds from then until it is deleted: the clock of a machine that lost its battery may be months ahead, and
nothing brings back what was deleted by it."""
_COPY: Final = re.compile(r"\.after-round-\d+\.db")


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event that is kept in a file, or in a database."""

    path: Path
    """Its file. For one in a database there is none; files about it lie beside where it would be."""
    kept: Kept
    address: str | None = None
    """Of the database."""

    @property
    def where(self) -> Path | str:
        """Where a `Store` finds it."""
        return self.address if self.address is not None else self.path


def events_dir() -> Path:
    """The folder of events."""
    return home() / "events"


def prepare(name: str, extra: Path | None = None) -> Prepared:
    """The event that is meant by the path of an event file, or by the id or path of a scenario.

    Raises `Failure` for what is not there, and `ScenarioErrors`.
    """

    def load_from(folder: Path) -> Load:
        def load(wanted: str) -> tuple[Scenario, bytes]:
            beside = folder / wanted
            path = beside if wanted.endswith(SUFFIXES) and beside.is_file() else library.find(wanted, extra)
            return library.load(path), read_bytes(path)

        return load

    path = library.find(name, extra)
    text = read_bytes(path)
    if re.search(rb"(?m)^rounds\s*:", text) is None:
        return simple(name, load_from(Path()))
    return read_event(text, str(path), load_from(path.parent), reader(path.parent))


def begin(prepared: Prepared, where: str | None = None, folder: Path | None = None) -> tuple[Store, str]:
    """Begin an event in a file of its own, in the folder of events unless another is named, or in a database by its
    address; and return where it is kept and its id.

    Raises `StoreError`.
    """
    at = time.time_ns() // 1_000_000
    began = Began(
        seq=0,
        at=at,
        id=secrets.token_hex(8),
        event=prepared.event,
        digests=tuple(each.digest() for each in prepared.scenarios),
        texts=tuple(map(text_hash, prepared.texts)),
        rules=RULES_VERSION,
        program=__version__,
    )
    store = Store(where if where is not None else (folder or events_dir()) / _file_name(prepared.event.title, at))
    with store.transaction() as kept:
        drawn = [secrets.token_bytes(SECRET_BYTES) for _ in prepared.texts]
        kept.begin(began, new_code(), drawn, prepared.texts)
    return store, began.id


def _file_name(title: str, at: int) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40] or "event"
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y%m%d-%H%M%S}-{at % 1000:03}-{slug}{ENDING}"


def place_of(store: Store, event: str) -> Path:
    """The file of an event, or where it would be."""
    return store.path if store.path is not None else events_dir() / f"{event}{ENDING}"


def every_event(address: str | None = None) -> tuple[KeptEvent, ...]:
    """The events of this machine, newest first, or those of a database. Files that cannot be read as one are
    `left_out`.

    Raises `StoreError` for a database that cannot be read, and `NotFound` for a folder.
    """
    if address is not None:
        store = Store(address)
        try:
            with store.reading() as kept:
                return tuple(KeptEvent(place_of(store, each.id), each, address) for each in kept.events())
        finally:
            store.close()
    found = (each for each in _here() if isinstance(each, KeptEvent))
    return tuple(sorted(found, key=lambda each: -each.kept.began))


def left_out() -> tuple[StoreError, ...]:
    """Why files on this machine that are named like events cannot be read as one. Raises `NotFound` as above."""
    return tuple(each for each in _here() if isinstance(each, StoreError))


def _here() -> Iterator[KeptEvent | StoreError]:
    try:
        names = names_in(events_dir(), (ENDING,))
    except OSError as error:
        raise NotFound(f"{str(events_dir())!r}, the folder of the events, cannot be read ({why_not(error)}).") from None
    for path in (events_dir() / name for name in names if not _COPY.search(name)):
        try:
            yield from _in(path)
        except StoreError as error:
            yield error


def _in(path: Path) -> list[KeptEvent]:
    """The events in a file. Raises `StoreError`."""
    store = Store(path)
    try:
        with store.transaction() as kept:
            return [KeptEvent(path, each) for each in kept.events()]
    finally:
        store.close()


def find(name: str | None, address: str | None = None) -> KeptEvent:
    """The event with this file name, id or title, on this machine or in a database; without a name the newest that is
    not over.

    Raises `NotFound`, and `StoreError` for a database that cannot be read.
    """
    if address is not None:
        store = Store(address)
        try:
            event = find_in(store, name)
        finally:
            store.close()
        return next(each for each in every_event(address) if each.kept.id == event)
    every = every_event()
    if name is None:
        newest = next((each for each in every if not _over(each)), None)
        if newest is None:
            raise NotFound("There is no event on this machine that is not over.")
        return newest
    given = Path(name)
    for each in every:
        if name in (each.kept.id, each.kept.title, each.path.name, each.path.stem) or given.absolute() == each.path:
            return each
    for each in every:
        if name.casefold() == each.kept.title.casefold():
            return each
    for path in (given, *(events_dir() / f"{name}{ending}" for ending in ("", ENDING))):
        if path.is_file() and (events := _in(path)):
            return events[0]
    listed = ", ".join(f"{each.kept.title} ({each.path.stem})" for each in every[:5])
    raise NotFound(f"There is no event {name!r}." + (f" There are: {listed}." if listed else ""))


def find_in(store: Store, name: str | None) -> str:
    """The id of an event in a database, by its id or title; without a name the newest that is not over.

    Raises `NotFound`.
    """
    with store.reading() as kept:
        every = kept.events()
        for each in every:
            if name in (each.id, each.title) or (name is None and not kept.over(each.id)):
                return each.id
    what = f"no event {name!r}" if name is not None else "no event that is not over"
    listed = ", ".join(f"{each.title} ({each.id})" for each in every[:5])
    raise NotFound(f"There is {what} in {store.name}." + (f" There are: {listed}." if listed else ""))


def _over(each: KeptEvent) -> bool:
    store = Store(each.path)
    try:
        with store.reading() as kept:
            return kept.over(each.kept.id)
    except ValueError:
        return True
    finally:
        store.close()


def delete(each: KeptEvent) -> None:
    """Delete an event, with every copy of its file and what lies beside it. Raises `OSError`, and `StoreError` for one
    in a database: a file goes even where nothing can be written into it."""
    try:
        store = Store(each.where)
        try:
            with store.transaction() as kept:
                kept.delete(each.kept.id)  # so that whoever serves it learns of it
        finally:
            store.close()
    except StoreError:
        if each.address is not None:
            raise
    beside = (each.path.with_suffix(ending) for ending in _BESIDE)
    for path in (each.path, *traces.copies(each.path), *traces.coached(each.path), *beside):
        for ending in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def purge(
    now: int, address: str | None = None, but: str | None = None
) -> tuple[tuple[KeptEvent, ...], tuple[KeptEvent, ...]]:
    """Delete the events on this machine, or in a database, whose time to be deleted has come (milliseconds of UTC) and
    was seen to have come a day ago already; `but` is the id of one that is kept in any case. Return those that are
    deleted, and those that will be.

    Raises `Failure`.
    """
    every = [each for each in every_event(address) if each.kept.id != but]
    ripe = [each for each in every if _is_ripe(each, now)]
    for each in ripe:
        try:
            delete(each)
        except OSError as error:
            raise Failure(
                f"The time of {str(each.path)!r} has come, and it cannot be deleted ({why_not(error)})."
            ) from None
    return tuple(ripe), tuple(each for each in every if each.kept.purge <= now and each not in ripe)


def _is_ripe(each: KeptEvent, now: int) -> bool:
    """Whether an event's time was seen to have come a day ago already. Notes when that was seen first, and strikes
    the note out again where a clock that was ahead has been put right."""
    note = each.path.with_suffix(_DUE)
    try:
        seen = int(note.read_text())
    except (OSError, ValueError):
        seen = None
    if each.kept.purge <= now and seen is not None and seen <= now:
        return now - seen >= RESPITE
    with suppress(OSError):  # then it is kept until that can be noted
        if each.kept.purge <= now:
            write_whole(note, f"{now}\n".encode(), over=True)
        else:
            note.unlink(missing_ok=True)
    return False
