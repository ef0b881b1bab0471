"""How much work grows with its input, in steps that are the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def steps(work: Callable[[], object]) -> int:
    """How many functions `work` calls, those written in C too."""
    counted = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def grows_evenly(work: Callable[[int], object], small: int) -> bool:
    """Whether ten times the input takes about ten times the steps, and not a hundred times."""
    return steps(lambda: work(10 * small)) <= 15 * steps(lambda: work(small)) + 1_000
