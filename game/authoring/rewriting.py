"""Changing a file that somebody else writes: whole or not at all, and never what has changed meanwhile."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from game.home.files import read_regular, write_whole
from game.words.errors import SaveError, why_not


def rewrite(path: Path, was: bytes | None, now: bytes) -> None:
    """Replace what a file holds, `was`, by `now`; with None, make it. A link is followed, and permissions are kept.

    Raises `SaveError` if the file is not as it was any more, or cannot be written; it is then as it is.
    """
    target = Path(os.path.realpath(path))
    try:
        if was is None:
            write_whole(target, now, over=False)
            return
        if read_regular(target, len(was) + 1) != was:
            raise SaveError(f"{str(path)!r} has been changed meanwhile, so nothing was written. Try again.")
        if not os.access(target, os.W_OK):
            raise SaveError(f"{str(path)!r} cannot be written: it is read-only.")
        mode = stat.S_IMODE(target.stat().st_mode)
        write_whole(target, now, over=True)
        with suppress(OSError):
            target.chmod(mode)
    except FileExistsError:
        raise SaveError(f"{str(path)!r} is there already, so nothing was written.") from None
    except OSError as error:
        raise SaveError(f"{str(path)!r} cannot be written ({why_not(error)}).") from None
