"""How far long work has come, as a bar on stderr. Only for somebody who looks at a terminal and has to wait."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

PATIENCE: Final = 1.0
"""Seconds of work after which the bar appears."""

Advance = Callable[[int], None]
"""Says that this much more has been done."""


@contextmanager
def progress(what: str, total: int) -> Iterator[Advance]:
    """Show how much of `total` has been done, under the plain text `what`, until the block ends.

    Nothing is shown when stderr is no terminal, or one that cannot go back in a line, nor before `PATIENCE` is used
    up. NO_COLOR is respected.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda more: None
        return
    with ExitStack() as stack:
        begun, done = time.monotonic(), 0
        bar: Advance | None = None

        def advance(more: int) -> None:
            nonlocal done, bar
            done += more
            if bar is not None:
                bar(more)
            elif time.monotonic() - begun >= PATIENCE and done < total:
                bar = _bar(stack, what, total, begun)
                bar(done)

        yield advance


def _bar(stack: ExitStack, what: str, total: int, begun: float) -> Advance:
    """Draw a bar until `stack` is closed."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    shown = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True, expand=False))
    task = shown.add_task(what, total=total)
    # the bar appears late, and still counts from the beginning
    shown.tasks[0].start_time = shown.get_time() - (time.monotonic() - begun)
    return lambda more: shown.advance(task, more)
