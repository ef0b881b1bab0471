"""Where the program keeps what it keeps for a player.

Everything lies in one directory: the one named by FIRSTVISIT_HOME, or else the platform's data directory.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from game.words.errors import NotFound

HOME_VARIABLE: Final = "FIRSTVISIT_HOME"


def home() -> Path:
    """Return the directory of runs, settings and the player's own scenarios. It need not exist yet.

    Raises `NotFound` if it is to be in the home of somebody who does not exist.
    """
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError:
            raise NotFound(f"{HOME_VARIABLE} is {chosen!r}, and there is no such user.") from None
    from platformdirs import user_data_path  # its import is a third of what `--help` may take

    return user_data_path("first-visit", appauthor=False)


def runs_dir() -> Path:
    """Return the directory of run files."""
    return home() / "runs"


def scenarios_dir() -> Path:
    """Return the directory of the player's own scenarios."""
    return home() / "scenarios"


def packs_dir() -> Path:
    """Return the directory of installed packs, a folder each."""
    return home() / "packs"
