"""Memory of a process that serves an event: what the log comes to stays, and need not be looked at again and again.

Python looks for garbage among everything that is kept, and all who wait for an answer wait for that: a third of a
second once some ten thousand moves were made, and longer with each. But a log is no garbage while its event goes on.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_OFTEN: Final = (5_000, 5, 4)
"""Things that are made before garbage is looked for among them, and how often that is done before those are looked at
that stayed. Python's 700 are as many as some ten answers make, of which few stay; at these numbers, the longest look
takes some milliseconds."""
_EVERYTHING: Final = 2
"""The collection that looks at all there is."""


@contextmanager
def lasting() -> Iterator[None]:
    """While the block runs, what has been looked at once and was no garbage is left alone."""
    usual = gc.get_threshold()
    gc.set_threshold(*_OFTEN)
    gc.callbacks.append(_leave_alone)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.callbacks.remove(_leave_alone)
        look_again()


def _leave_alone(phase: str, about: dict[str, int]) -> None:
    if phase == "stop" and about["generation"] == _EVERYTHING:
        gc.freeze()


def look_again() -> None:
    """Let the next collection look at everything once more: some of what was left alone may be garbage since."""
    gc.unfreeze()
