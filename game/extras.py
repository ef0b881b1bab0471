"""What some commands need beyond the game: extras, as `pyproject.toml` has them, and how they are installed."""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec


def install(*extras: str) -> str:
    """What to type so that extras come to where the game is: a `pip` on somebody's path may serve another place."""
    pip = [sys.executable, "-m", "pip", "install"]
    if find_spec("pip") is None:  # an environment that uv has made
        pip = ["uv", "pip", "install", "--python", sys.executable]
    return shlex.join([*pip, f"first-visit[{','.join(extras)}]"])
