"""Where the program starts: from here on Ctrl+C and the signals that end a program end it without a traceback."""

import signal

_INTERRUPTED = signal.getsignal(signal.SIGINT)  # a job in a shell's background has it ignored, and keeps it so
if _INTERRUPTED is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # there is nothing to tidy up yet


def main() -> int:
    """Run the command line and return the exit code."""
    from game.cli import main as command
    from game.words.errors import STOPPED

    by: list[int] = []

    def end(number: int, _: object) -> None:
        """Stop as at Ctrl+C."""
        by.append(number)
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # not every platform has both
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)
    try:
        if _INTERRUPTED is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        code = command()
    except KeyboardInterrupt:
        code = STOPPED
    finally:
        if _INTERRUPTED is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # what remains is the interpreter's own end
    return 128 + by[0] if by else code
