"""Exploring a scenario for so many seconds, or so many times: the time is kept here, and the engine counts plays."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from game.text.bar import progress

if TYPE_CHECKING:
    from engine.authoring.exploring import Exploration
    from engine.scenario import Scenario

_SLICE: Final = 25
"""Plays between two looks at the clock."""


def explored(scenario: Scenario, seconds: int, plays: int | None = None) -> tuple[Exploration | None, bool]:
    """What came up in `plays` plays or, without a number, in as many as `seconds` allow; None if neither allows any.
    And whether Ctrl+C ended it early."""
    if not (seconds or plays):
        return None, False
    from engine.authoring.exploring import begin, explore

    found, begun, told = begin(scenario), time.monotonic(), 0
    with progress(f"exploring {scenario.id}, percent", 100) as advance:
        try:
            while (done := found.plays / plays if plays else (time.monotonic() - begun) / seconds) < 1:
                advance(int(100 * done) - told)
                told = int(100 * done)
                found = explore(found, min(_SLICE, plays - found.plays) if plays else _SLICE)
        except KeyboardInterrupt:
            return found, True
    return found, False
