"""What there is of an event beside its file: copies of it, statements that wait, and results that were written.

So that a person can be deleted everywhere, it is noted where results were written to, and in which of them there are
names.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from glob import escape
from pathlib import Path
from typing import Any, Final

from game.home.files import read_regular, write_whole
from game.home.run_files import ANALYSIS
from game.words.errors import Failure, SaveError, why_not
from game.words.visible import json_text
from game.workshop.export.outbox import Outbox
from game.workshop.kept.store import Store

_LARGEST: Final = 1 << 20


def outbox_of(path: Path) -> Path:
    """Where an event's statements wait for a learning record store."""
    return path.with_suffix(".outbox")


def exports_of(path: Path) -> Path:
    """Where it is noted what was exported of an event."""
    return path.with_suffix(".exports.json")


def noted(path: Path) -> dict[Path, dict[str, bool]]:
    """The files that were exported of an event, by folder, and whether names are in them."""
    try:
        found: Any = json.loads(read_regular(exports_of(path), _LARGEST))
        return {
            Path(folder): {str(name): bool(named) for name, named in names.items()} for folder, names in found.items()
        }
    except (OSError, ValueError, AttributeError):
        return {}


def note(path: Path, folder: Path, names: Mapping[str, bool]) -> None:
    """Note that these files of an event were written into a folder, and which of them have names in them."""
    there = noted(path)
    there[folder.absolute()] = {**there.get(folder.absolute(), {}), **names}
    text = json_text({str(each): files for each, files in there.items()})
    try:
        write_whole(exports_of(path), f"{text}\n".encode(), over=True)
    except OSError as error:
        raise SaveError(f"{exports_of(path)} cannot be written ({why_not(error)}).") from None


def copies(path: Path) -> tuple[Path, ...]:
    """The copies of an event's file that were made after its rounds."""
    return tuple(path.parent.glob(f"{escape(path.stem)}.after-round-*.db"))


def coached(path: Path) -> tuple[Path, ...]:
    """What the coach said of the strong runs of an event's rounds; nobody is named there."""
    return tuple(path.parent.glob(f"{escape(path.stem)}.round-*{ANALYSIS}"))


def forget(path: Path, event: str, seat: int) -> int:
    """Delete whoever is at a seat from everything beside the event's file, and squeeze what was deleted out of that.

    Returns how many statements about the seat a store of learning records has taken. Raises `Failure` and `OSError`.
    """
    for copy in copies(path):
        store = Store(copy)
        try:
            with store.transaction() as kept:
                kept.forget(event, seat)
        finally:
            store.close()
        _squeeze(copy)
    _squeeze(path)
    for file in written(path, named=True):
        file.unlink(missing_ok=True)
    outbox = outbox_of(path)
    return Outbox(outbox).forget(seat) if outbox.exists() else 0


def written(path: Path, *, named: bool) -> Iterator[Path]:
    """The files that were exported of an event; with `named`, only those with names of people in them."""
    for folder, names in noted(path).items():
        yield from (folder / name for name, is_named in names.items() if is_named or not named)


def _squeeze(path: Path) -> None:
    """Leave nothing in a file of what was deleted from it."""
    if not path.exists():
        return  # it is in a database, which sees to that itself
    try:
        with closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            file.execute("VACUUM")
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise Failure(f"{path} is in use ({error}). Do this again in a moment.") from None
