"""Scenarios as they were compiled, kept: reading one anew takes longer than all else that starts a run.

A compiled scenario follows from the text of its file, from the engine, and from Python, and is found again by just
these: a file that was changed, or an engine, finds nothing. It is kept as JSON, of which nothing can be made but a
scenario. Nothing here is needed: where something is gone, damaged or cannot be written, the text is read anew.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

import engine
from engine.scenario.compiled import Scenario
from engine.typed import plain, typed
from game.errors import NotFound
from game.files import read_regular, write_whole
from game.profile import home

MOST: Final = 64
"""How many are kept: those that were used last."""
_LARGEST: Final = 16_777_216
_DAY: Final = 86_400
_NAME: Final = 32
"""Digits in the name of a file, and of the digest that it begins with."""


def read(text: bytes, path: str) -> Scenario:
    """Return the scenario in a file, compiled now or before; `path` only names the file in problems.

    Raises `ScenarioErrors` with all problems of the file.
    """
    try:
        place = _place(text)
    except (OSError, NotFound):  # nothing can be kept, or nobody could say whether the engine has changed since
        place = None
    found = _kept(place) if place is not None else None
    if found is not None:
        return found
    from engine.scenario.loading import read_scenario

    scenario = read_scenario(text, path)
    if place is not None:
        _keep(place, scenario)
    return scenario


def _place(text: bytes) -> Path:
    """Where the scenario of a text lies once this engine has compiled it. Raises `OSError`, or `NotFound`."""
    name = blake2b(text, key=_engine(), digest_size=_NAME // 2).hexdigest()
    return home() / "compiled" / f"{name}.json"


@cache
def _engine() -> bytes:
    """What the engine and Python are here: as Python itself tells whether a source was changed, by the size and the
    time of each file. Raises `OSError`."""
    every = [sorted(_in(folder, "")) for folder in engine.__path__]
    return blake2b(repr((sys.version, every)).encode(), digest_size=32).digest()


def _in(folder: str, within: str) -> Iterator[tuple[str, int, int]]:
    """Yield name, size and time of every file in a folder and those within it, but for what Python has compiled."""
    with os.scandir(folder) as found:
        for each in found:
            name = f"{within}/{each.name}"
            if not each.is_dir():
                status = each.stat()
                yield name, status.st_size, status.st_mtime_ns
            elif each.name != "__pycache__":
                yield from _in(each.path, name)


def _kept(place: Path) -> Scenario | None:
    try:
        digest, _, data = read_regular(place, _LARGEST).partition(b"\n")
        if digest != _digest(place, data):
            return None
        found = typed(Scenario, json.loads(data))
    except (OSError, ValueError, RecursionError):
        return None
    with suppress(OSError):  # somebody else's may be read, and not touched
        if time.time() - place.stat().st_mtime > _DAY:
            place.touch()  # it is still in use
    return found


def _keep(place: Path, scenario: Scenario) -> None:
    data = json.dumps(plain(scenario), separators=(",", ":")).encode("ascii")
    with suppress(OSError):
        write_whole(place, _digest(place, data) + b"\n" + data, over=True, lasting=False)
        _sweep(place.parent)


def _digest(place: Path, data: bytes) -> bytes:
    """What tells that a file is whole, and lies in its own place."""
    return blake2b(data, key=place.name.encode(), digest_size=_NAME // 2).hexdigest().encode()


def _sweep(folder: Path) -> None:
    """Remove what was used least recently, so that no more than so many are left. Raises `OSError`."""
    with os.scandir(folder) as found:
        kept = sorted((each.stat().st_mtime, each.path) for each in found if each.name.endswith(".json"))
    for _, path in kept[:-MOST]:
        with suppress(OSError):  # another program removes it, or reads it where that keeps it
            os.unlink(path)
