"""The command `firstvisit`: what can be said on the command line, and how it ends.

Exit codes: 0 fine; 1 the thing asked about is wrong (problems in a file, a run that does not verify); 2 it could not be
done (no such file, a flag that does not exist); 130 stopped with Ctrl+C.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

from game.options import read
from game.text.telling import tell
from game.words import signs
from game.words.errors import FINE, NOT_DONE, STOPPED, Failure, why_not


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code. Raises SystemExit where argparse has said all there is to say."""
    _open_streams()
    try:
        try:
            code = _run(read(arguments))
        except Failure as failure:
            tell(str(failure))
            code = failure.code
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        code = STOPPED
    except BrokenPipeError:
        code = FINE  # whoever was reading has stopped
    except OSError as error:
        if error.errno not in _NOT_WRITTEN:
            raise
        tell(f"The output cannot be written ({why_not(error)}).")
        code = NOT_DONE
    finally:
        for stream in (sys.stdout, sys.stderr):
            _give_up_rest(stream)
    return code


_NOT_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EAGAIN)
"""What becomes of output that somebody has sent to a full disk, a closed terminal, or nowhere."""


def _open_streams() -> None:
    """Make all three streams usable, whatever they were started as; Python leaves None where one is closed.

    Otherwise a file that is opened would take the number of the closed stream, and be printed into. There is nothing to
    read from a closed stdin, what is said on a closed stderr is lost, and writing to a closed stdout fails as it
    should.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if nowhere == number:
                os.set_inheritable(number, True)
            else:
                os.dup2(nowhere, number)
                os.close(nowhere)
            opened = os.fdopen(number, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False)
            setattr(sys, name, opened)
            setattr(sys, f"__{name}__", opened)
    if hasattr(sys.stdin, "reconfigure"):  # not when a test has put something else in its place
        sys.stdin.reconfigure(errors="replace")
    for stream in (sys.stdout, sys.stderr):
        signs.prepare(stream)


def _give_up_rest(stream: TextIO) -> None:
    """Let what cannot be written go nowhere; else Python would complain once more while it ends."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(options: argparse.Namespace) -> int:
    """Hand the options to what carries the command out, which is imported only now, when it is known to be wanted."""
    module, _, function = options.run.partition(":")
    code: int = getattr(import_module(module), function)(options)
    return code
