"""How far long work has come, as a bar on stderr. Only for somebody who looks at a terminal and has to wait."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock, Timer
from typing import Final

PATIENCE: Final = 1.0
"""Seconds of work after which the bar appears."""

Advance = Callable[[int], None]
"""Says that this much more has been done."""


def unseen(more: int) -> None:
    """Nobody looks at how far the work has come."""


@contextmanager
def progress(what: str, total: int, otherwise: str = "") -> Iterator[Advance]:
    """Show how much of `total` has been done, under the plain text `what`, until the block ends.

    Nothing is shown before `PATIENCE` is used up, and no bar when stderr is not a terminal, or one that cannot go back
    in a line; the sentence `otherwise`, for work in few pieces that somebody waits for, is written there instead.
    NO_COLOR is respected.
    """
    begun, done, over = time.monotonic(), 0, False
    drawing = Lock()
    bar: Advance | None = None
    can_draw = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    with ExitStack() as stack:

        def advance(more: int) -> None:
            nonlocal done
            with drawing:
                done += more
                if bar is not None:
                    bar(more)
                elif can_draw and time.monotonic() - begun >= PATIENCE:
                    show()

        def show() -> None:
            nonlocal bar
            if done < total:
                bar = _bar(stack, what, total, begun)
                bar(done)

        def late() -> None:
            with drawing:
                if can_draw and bar is None and not over:
                    show()
                elif not can_draw and not over:
                    sys.stderr.write(f"{otherwise}\n")

        timer = Timer(PATIENCE, late)
        timer.daemon = True
        if otherwise:
            timer.start()
        try:
            yield advance
        finally:
            timer.cancel()
            with drawing:
                over = True


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
