"""What can go wrong around a run, as sentences for the player, and the exit codes that go with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

FINE: Final = 0
WRONG: Final = 1
"""The thing asked about is wrong: problems in a file, a run that does not verify."""
NOT_DONE: Final = 2
"""What was asked for could not be done: no such file, a flag that does not exist."""
STOPPED: Final = 130
"""Stopped with Ctrl+C."""


class Failure(Exception):
    """Something asked for cannot be had. The message is a sentence for the player, `code` the exit code."""

    def __init__(self, message: str, code: int = NOT_DONE) -> None:
        super().__init__(message)
        self.code = code


class NotFound(Failure):
    """Something asked for by name is not there."""


class SaveError(Failure):
    """Something could not be written."""


def why_not(error: BaseException) -> str:
    """Why something could not be done, in the system's words where it has any: not every `OSError` brings them."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A blank, and the question whether the nearest of the known names was meant; nothing where none is near."""
    from engine.scenario.nearest import nearest

    names = {each.lower(): each for each in known}
    close = nearest(name, names)
    return f" Did you mean {names[close]}?" if close is not None else ""
