"""How long a player with the live clock had thought about a move when they left before making it.

Time counts until the program or the run is left, whatever lies over the moves; whoever comes back goes on from there.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.home.files import read_regular, write_whole
from game.home.profile import home

if TYPE_CHECKING:
    from game.runs.playable import Playable

_LONGEST: Final = 64
_LINE: Final = re.compile(rb"(\d{1,6}) (\d{1,6})\n")


def keep(session: Playable, seconds: int) -> None:
    """Keep the seconds thought about the next move of a run. What cannot be kept is forgotten."""
    path = _path(session)
    if path is not None and seconds:
        with suppress(OSError):
            write_whole(path, f"{session.moves} {seconds}\n".encode(), over=True)


def kept(session: Playable) -> int:
    """The seconds that were already thought about the next move of a run."""
    path = _path(session)
    try:
        found = None if path is None else _LINE.fullmatch(read_regular(path, _LONGEST))
    except OSError:
        return 0
    return int(found[2]) if found and int(found[1]) == session.moves else 0


def _path(session: Playable) -> Path | None:
    record = session.record_path
    return None if record is None or not session.live else home() / "thinking" / record.name
