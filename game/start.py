"""Where the program starts: from here on Ctrl+C and the signals that end a program end it without a traceback."""

import signal

_INTERRUPTED = signal.getsignal(signal.SIGINT)  # a job in a shell's background has it ignored, and keeps it so
if _INTERRUPTED is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # there is nothing to tidy up yet


def main() -> int:
    """Run the command line and return the exit code."""
    from game.cli import main as command
    from game.errors import STOPPED

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # not every platform has both
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    try:
        if _INTERRUPTED is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return command()
    except KeyboardInterrupt:
        return STOPPED
    finally:
        if _INTERRUPTED is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # what remains is the interpreter's own end


def _end(number: int, _: object) -> None:
    """Leave as if by the signal, once whatever is open has been closed."""
    raise SystemExit(128 + number)
