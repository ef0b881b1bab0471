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
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import engine
from engine.scenario.summaries import Summary
from engine.typed import plain, typed
from game.home.files import read_regular, write_whole
from game.home.profile import home
from game.words.errors import NotFound

if TYPE_CHECKING:
    from engine.rules import Rules
    from engine.scenario.compiled import Scenario

MOST: Final = 64
"""How many are kept: those that were used last."""
_LISTED: Final = "listed"
"""The name of what is kept of a whole list."""
_LARGEST: Final = 16_777_216
_DAY: Final = 86_400
_T = TypeVar("_T")


def read(text: bytes, path: str) -> Scenario:
    """Return the scenario in a file, compiled now or before; `path` only names the file in problems.

    Raises `ScenarioErrors` with all problems of the file.
    """
    from engine.scenario.compiled import Scenario

    name = name_of(text)
    found = _kept(name, Scenario)
    if found is not None:
        return found
    from engine.scenario.loading import read_scenario

    scenario = read_scenario(text, path)
    _keep(name, scenario)
    return scenario


def summaries() -> Mapping[str, Summary]:
    """Return what was shown of the files that were listed last, by the names of their texts."""
    return _kept(_LISTED, dict[str, Summary]) or {}


def keep_summaries(found: Mapping[str, Summary], before: Mapping[str, Summary]) -> None:
    """Keep what is shown of the files that are listed now, if there is anything that was not listed before."""
    if not found.keys() <= before.keys():
        _keep(_LISTED, found)


def know_guides(rules: Rules) -> None:
    """Give the expert and the coach of a scenario their guides: those that were kept, else found out now and kept."""
    from engine.coach.imagining import schools
    from engine.guides import Guides, guides_found, guides_of, take_as_guides

    if guides_found(rules):
        return
    name = name_of(f"guides of {rules.digest}".encode())
    found = _kept(name, Guides)
    if found is not None:
        take_as_guides(rules, found)
    else:
        _keep(name, guides_of(rules, schools(rules)))


def name_of(text: bytes) -> str:
    """Return a name for whatever this engine makes of a text."""
    return blake2b(text, key=_engine(), digest_size=16).hexdigest()


@cache
def _engine() -> bytes:
    """A digest of the engine and of Python. Whether a source has changed is told by the size and the time of its file,
    as Python itself does."""
    try:
        every = [sorted(_in(folder, "")) for folder in engine.__path__]
    except OSError:  # it does not lie in files, and nobody could say later whether it is this one
        return os.urandom(32)
    return blake2b(repr((sys.version, every)).encode(), digest_size=32).digest()


def _in(folder: str, within: str) -> Iterator[tuple[str, int, int]]:
    """Yield name, size and time of every file in a folder and below it, but for what Python has compiled.

    Raises `OSError`.
    """
    with os.scandir(folder) as found:
        for each in found:
            name = f"{within}/{each.name}"
            if not each.is_dir():
                status = each.stat()
                yield name, status.st_size, status.st_mtime_ns
            elif each.name != "__pycache__":
                yield from _in(each.path, name)


def _kept(name: str, kind: type[_T]) -> _T | None:
    """What was kept under a name, if anything can be made of it."""
    try:
        place = _place(name)
        digest, _, data = read_regular(place, _LARGEST).partition(b"\n")
        if digest != _digest(name, data):
            return None
        found = typed(kind, json.loads(data))
    except (OSError, ValueError, RecursionError, NotFound):
        return None
    with suppress(OSError):  # somebody else's may be read, and not touched
        if time.time() - place.stat().st_mtime > _DAY:
            place.touch()  # it is still in use
    return found


def _keep(name: str, value: object) -> None:
    data = json.dumps(plain(value), separators=(",", ":")).encode("ascii")
    with suppress(OSError, NotFound):
        place = _place(name)
        write_whole(place, _digest(name, data) + b"\n" + data, over=True, lasting=False)
        _sweep(place.parent)


def _place(name: str) -> Path:
    """The file in which what has this name is kept. Raises `NotFound` where there is no home."""
    return home() / "compiled" / f"{name}.json"


def _digest(name: str, data: bytes) -> bytes:
    """The first line of a kept file, by which it shows that it is whole and has kept its name."""
    return blake2b(data, key=name.encode(), digest_size=16).hexdigest().encode()


def _sweep(folder: Path) -> None:
    """Remove what was used least recently, so that no more than so many are left. Raises `OSError`."""
    with os.scandir(folder) as found:
        kept = sorted((each.stat().st_mtime, each.path) for each in found if each.name.endswith(".json"))
    for _, path in kept[:-MOST]:
        with suppress(OSError):  # another program removes it, or reads it where that keeps it
            os.unlink(path)
