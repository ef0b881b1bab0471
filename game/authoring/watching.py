"""A scenario file while somebody writes it: read again and again, whatever becomes of it meanwhile."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.home.files import read_regular
from game.shelf.scenario_files import LARGEST
from game.words.errors import why_not

if TYPE_CHECKING:
    from engine.play import Game
    from engine.scenario import Problem

EVERY: Final = 0.1
"""Seconds between two looks."""
_RESTLESS: Final = 20
"""Looks in a row that each find something else, after which that is worth a word."""


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it was at one moment, and what is wrong in it."""

    text: bytes
    problems: tuple[Problem, ...]
    game: Game | None
    """None where there is an error in it."""


class Watched:
    """A file that is looked at again and again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble = ""
        """Why the file cannot be read now, as a sentence; nothing if it can."""
        self._taken: bytes | None = None
        self._last: bytes | None = None
        self._others = 0

    def look(self) -> bytes | None:
        """What the file holds, if that is new; None while it is what it was, or cannot be read."""
        try:
            text = self._read()
        except OSError as error:
            self.trouble = self._sentence(error)
            return None
        self._others = self._others + 1 if self._last is not None and text != self._last else 0
        self._last = text
        self.trouble = f"{self.path.name} changes all the time." if self._others >= _RESTLESS else ""
        return None if text == self._taken else text

    def settled(self, text: bytes) -> bool:
        """Whether two looks have found this: a file that is only half written is another a moment later."""
        return self._last == text and self._others == 0

    def take(self, text: bytes) -> None:
        """From now on, this is nothing new."""
        self._taken = text

    def _read(self) -> bytes:
        """What the file holds. Raises `OSError`, also for a file that was written to while it was read."""
        before = os.stat(self.path)
        text = read_regular(self.path, LARGEST)
        after = os.stat(self.path)
        if (before.st_mtime_ns, before.st_size, before.st_ino) != (after.st_mtime_ns, after.st_size, after.st_ino):
            raise BlockingIOError(errno.EAGAIN, "it is being written")
        return text

    def _sentence(self, error: OSError) -> str:
        name = self.path.name
        if isinstance(error, FileNotFoundError):
            return f"{name} is a link that leads nowhere." if os.path.islink(self.path) else f"{name} is gone."
        if isinstance(error, IsADirectoryError):
            return f"{name} is a folder."
        if isinstance(error, PermissionError):
            return f"{name} may not be read."
        if isinstance(error, BlockingIOError):
            return f"{name} is being written."
        return f"{name} cannot be read ({why_not(error)})."


def version(text: bytes, path: Path) -> Version:
    """Check what a file holds, and make it ready to be played if it can be."""
    from engine.play import Game
    from engine.scenario import check_scenario

    scenario, problems = check_scenario(text, str(path))
    return Version(text, problems, Game(scenario) if scenario is not None else None)


def place_of(text: bytes, path: Path, prospect: str, line: str) -> int:
    """In which line of a file a line of the scenario stands; 1 where it cannot be found."""
    from engine.scenario import ScenarioErrors
    from engine.scenario.reading import read_tree

    try:
        tree = read_tree(text, str(path))
    except ScenarioErrors:
        return 1
    for place in (("prospects", prospect, "lines", line), ("lines", line)):
        spot = tree.key_spot(place)
        if spot is not None:
            return spot.line
    return 1
