"""Files with scenarios: how their names end, which of a folder they are, and their bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from engine.words import gettext
from game.home.files import names_in, read_regular
from game.words.errors import NotFound, why_not

SUFFIXES: Final = (".yaml", ".yml")
PACK_FILE: Final = "pack.yaml"
"""What the folder of a pack says of itself: it lies among its scenarios, and is none."""
LARGEST: Final = 2_000_000
"""Bytes read of a scenario: more than the reader takes, so that it can say that a file is too large."""


def files_at(path: Path) -> list[Path]:
    """The file named, or for a folder the scenario files in it. Raises `NotFound` if it has none."""
    if not os.path.isdir(path):
        return [path]
    try:
        found = [path / name for name in scenario_names(path)]
    except OSError as error:
        raise _unreadable(path, error) from None
    if not found:
        raise NotFound(f"There is no scenario file in {str(path)!r}: their names end in {' or '.join(SUFFIXES)}.")
    return found


def scenario_names(folder: Path) -> list[str]:
    """Return the names of the scenario files in a folder, in order, without hidden ones. Raises `OSError`."""
    return [name for name in names_in(folder, SUFFIXES) if name != PACK_FILE and not name.startswith(".")]


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, cut where no scenario is longer. Raises `NotFound` if it cannot be read."""
    try:
        return read_regular(path, LARGEST)
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> NotFound:
    return NotFound(gettext("{path} cannot be read ({why}).").format(path=repr(str(path)), why=why_not(error)))
