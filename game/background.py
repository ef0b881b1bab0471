"""Work that goes on while somebody reads."""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Thread


def in_background(work: Callable[..., object], *arguments: object) -> None:
    """Do `work` in a thread that the program does not wait for.

    No signal is delivered to that thread, nor to one that it starts: a signal has to wake the one that waits for the
    player.
    """
    thread = Thread(target=work, args=arguments, daemon=True)
    if not hasattr(signal, "pthread_sigmask"):
        thread.start()
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        thread.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
