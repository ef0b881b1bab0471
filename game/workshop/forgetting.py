"""`firstvisit forget`: an event, or the person at one seat of it, deleted wherever this program has kept them.

So that it can be done, it is noted where results were written to, and in which of them there are names.
"""

from __future__ import annotations

import json
import sqlite3
from argparse import Namespace
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from game.cli import tell
from game.errors import FINE, Failure, NotFound, SaveError
from game.files import read_regular, write_whole
from game.visible import json_text, visible
from game.wording import count

if TYPE_CHECKING:
    from game.workshop.shelf import Shelved

_LARGEST: Final = 1 << 20


def forget(options: Namespace) -> int:
    """Delete an event, or the person at one seat of it, wherever this program has kept them. Returns the exit code."""
    from game.workshop import hosting, shelf

    hosting.must_be_installed()
    found = shelf.find(options.event)
    exports = noted(found.path)
    if options.seat is None:
        shelf.delete(found)
        _remove(folder / name for folder, names in exports.items() for name in names)
        for folder in exports:
            with suppress(OSError):
                folder.rmdir()  # only if nothing else is in it
        print(f"{visible(found.kept.title)} is deleted, with its copies and what was exported of it here.")
    else:
        taken = _forget(found, options.seat)
        _remove(folder / name for folder, names in exports.items() for name, named in names.items() if named)
        print(f"The person at seat {options.seat} is deleted: the name, and every way back to the seat.")
        if exports:
            print("Files with names in them were deleted too. 'firstvisit results' makes them again, without this one.")
        if taken:
            print(f"A learning record store has {count(taken, 'statement')} about the seat: ask its keeper.")
    print("Copies that somebody has made of exported files are not known here.")
    return FINE


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            tell(f"{path} could not be deleted ({error.strerror}). Delete it yourself.")


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
        raise SaveError(f"{exports_of(path)} cannot be written ({error.strerror}).") from None


def outbox_of(path: Path) -> Path:
    """Where an event's statements wait for a learning record store."""
    return path.with_suffix(".outbox")


def _forget(found: Shelved, seat: int) -> int:
    """Delete the person at a seat from an event's file, from its copies and from its outbox. Returns how many
    statements about the seat a store of learning records has taken. Raises `Failure`."""
    from game.workshop.outbox import Outbox
    from game.workshop.shelf import copies
    from game.workshop.store import Store

    there = False
    for path in (found.path, *copies(found)):
        store = Store(path)
        try:
            with store.transaction() as kept:
                there = there or seat in kept.names(found.kept.id)
                kept.forget(found.kept.id, seat)
        finally:
            store.close()
        _squeeze(path)
    outbox = outbox_of(found.path)
    taken = Outbox(outbox).forget(seat) if outbox.exists() else 0
    if not there:
        raise NotFound(f"Nobody is at seat {seat} of {found.kept.title}, or nobody any more.")
    return taken


def _squeeze(path: Path) -> None:
    """Leave nothing in a file of what was deleted from it."""
    try:
        with closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            file.execute("VACUUM")
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise Failure(f"{path} is in use ({error}). Stop the host first, then do this again.") from None
