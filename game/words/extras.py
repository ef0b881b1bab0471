"""What some commands need beyond the game: the extras of `pyproject.toml`, and how they are installed."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import Final

from game.words.errors import Failure

_MODULES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "workshop": ("aiohttp", "sqlalchemy", "alembic"),
        "pg": ("psycopg",),
        "ssh": ("asyncssh",),
        "lsp": ("pygls",),
    }
)
"""What is not there if an extra was not installed."""


def competitions_must_be_installed(database: str | None = None, *, ssh: bool = False) -> None:
    """Raises `Failure` if what a competition needs is not there, or what one in a database or over ssh does."""
    _must_be_there("Competitions", "workshop", *(["pg"] if database is not None else []), *(["ssh"] if ssh else []))


def editor_server_must_be_installed() -> None:
    """Raises `Failure` if what the server for editors needs is not there."""
    _must_be_there("Editors", "lsp")


def _must_be_there(who: str, *extras: str) -> None:
    missing = [each for extra in extras for each in _MODULES[extra] if find_spec(each) is None]
    if missing:
        raise Failure(f"{who} need a little more ({', '.join(missing)}). Install it with: {install(*extras)}")


def install(*extras: str) -> str:
    """What to type so that extras come to where the game is: a `pip` on somebody's path may serve another place."""
    pip = [sys.executable, "-m", "pip", "install"]
    if find_spec("pip") is None:  # an environment that uv has made
        pip = ["uv", "pip", "install", "--python", sys.executable]
    return shlex.join([*pip, f"first-visit[{','.join(extras)}]"])
