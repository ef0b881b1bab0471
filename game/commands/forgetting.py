"""`firstvisit forget`: an event, or the person at one seat of it, deleted wherever this program has kept them."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from typing import TYPE_CHECKING

from game.words.errors import FINE, Failure, NotFound, why_not
from game.words.extras import competitions_must_be_installed
from game.words.visible import visible
from game.words.wording import count

if TYPE_CHECKING:
    from game.workshop.kept.events import KeptEvent


def forget(options: Namespace) -> int:
    """Delete an event, or a person in it. Returns the exit code. Raises `Failure`."""
    competitions_must_be_installed(options.store)
    from game.workshop.kept import events

    found = events.find(options.event, options.store)
    called = [
        visible(each.path.stem)
        for each in events.every_event(options.store)
        if each.kept.title.casefold() == options.event.casefold()
    ]
    if len(called) > 1:
        raise Failure(f"{len(called)} events are called {options.event!r}. Name the one: {', '.join(called)}.")
    try:
        if options.seat is None:
            _event(found)
        else:
            _person(found, options.seat)
    except OSError as error:
        raise Failure(
            f"{error.filename} could not be deleted ({why_not(error)}). Mend that, and do this again."
        ) from None
    print("Copies that somebody has made of exported files are not known here.")
    return FINE


def _event(found: KeptEvent) -> None:
    from game.workshop.kept import events, traces

    folders = traces.noted(found.path)
    for file in traces.written(found.path, named=False):
        file.unlink(missing_ok=True)
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()  # only if nothing else is in it
    events.delete(found)
    print(f"{visible(found.kept.title)} is deleted, with its copies and what was exported of it here.")


def _person(found: KeptEvent, seat: int) -> None:
    from game.workshop.kept import traces
    from game.workshop.kept.store import Store

    store = Store(found.where)
    try:
        with store.transaction() as kept:
            there = seat in kept.names(found.kept.id)
            kept.forget(found.kept.id, seat)
    finally:
        store.close()
    exported = any(file.exists() for file in traces.written(found.path, named=True))
    taken = traces.forget(found.path, found.kept.id, seat)
    if not there:
        raise NotFound(f"Nobody is at seat {seat} of {found.kept.title}, or nobody any more.")
    print(f"The person at seat {seat} is deleted: the name, and every way back to the seat.")
    if exported:
        print("Files with names in them were deleted too. 'firstvisit results' makes them again, without this one.")
    if taken:
        print(f"A learning record store has {count(taken, 'statement')} about the seat: ask its keeper.")
