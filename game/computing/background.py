"""Work that goes on while somebody reads."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from threading import Lock, Thread
from typing import Final

_LEFT_OPEN: Final = 0.5
"""Seconds that work which is to stop is given to put away what it has open."""
_begun: list[Thread] = []
STARTING: Final = Lock()
"""Held while another process is started, which would complain if this one ended meanwhile."""


def unheard(*_: object) -> None:
    """Nobody waits for what there is to tell."""


def in_background(work: Callable[..., object], *arguments: object) -> None:
    """Do `work` in a thread that the program does not wait for.

    No signal is delivered to that thread, nor to one that it starts: a signal has to wake the one that waits for the
    player.
    """
    thread = Thread(target=work, args=arguments, daemon=True)
    _begun[:] = [each for each in _begun if each.is_alive()] + [thread]
    if not hasattr(signal, "pthread_sigmask"):
        thread.start()
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        thread.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def let_it_end() -> None:
    """Wait a moment for work that was told to stop: other processes are not to be left behind, or half started."""
    until = time.monotonic() + _LEFT_OPEN
    for thread in _begun:
        if thread.is_alive():
            thread.join(max(0.0, until - time.monotonic()))
    with STARTING:
        pass
