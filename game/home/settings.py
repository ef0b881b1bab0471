"""What is remembered from one start to the next: how much of the buyer shows, the theme, the clock, the language."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from engine.words import gettext, known, languages, speaking
from game.home.files import put_aside, read_regular, write_whole
from game.home.profile import home
from game.words.errors import SaveError, why_not
from game.words.terms import CUES

if TYPE_CHECKING:
    from engine.view import Cues

LANGUAGE_VARIABLE: Final = "FIRSTVISIT_LANGUAGE"
_LARGEST: Final = 65_536
"""Bytes of the file that are read at most."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered from one start to the next."""

    cues: Cues = "novice"
    theme: str = ""
    """Name of a theme; empty for the program's own choice."""
    live: bool = False
    tutorial_seen: bool = False
    """Whether the tutorial was offered once."""
    language: str = ""
    """What the player reads outside of runs; empty where nothing was chosen."""


def _path() -> Path:
    return home() / "settings.json"


def load_settings() -> tuple[Settings, str]:
    """Return the settings, and a sentence for the player if their file could not be used (else an empty one).

    A file that cannot be understood is kept aside under another name, so the sentence comes once. A single value that
    makes no sense is replaced by the default.
    """
    path = _path()
    try:
        found: Any = json.loads(read_regular(path, _LARGEST))
        if not isinstance(found, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        return Settings(), gettext("The settings could not be read ({why}); the defaults apply.").format(
            why=why_not(error)
        )
    except (ValueError, RecursionError):
        try:
            aside = put_aside(path)
        except OSError:
            return Settings(), gettext("The settings in {path} cannot be understood; the defaults apply.").format(
                path=path
            )
        return Settings(), gettext(
            "The settings could not be understood. They are kept as {path}; the defaults apply."
        ).format(path=aside)
    return _understood(found), ""


def _understood(found: dict[str, Any]) -> Settings:
    settings = Settings()
    cues = found.get("cues")
    if isinstance(cues, str) and cues in CUES:
        settings = replace(settings, cues=cast("Cues", cues))
    theme = found.get("theme")
    if isinstance(theme, str) and len(theme) <= 60 and theme.isprintable():
        settings = replace(settings, theme=theme)
    language = found.get("language")
    if isinstance(language, str) and language in languages():
        settings = replace(settings, language=language)
    for name in ("live", "tutorial_seen"):
        if isinstance(found.get(name), bool):
            settings = replace(settings, **{name: found[name]})
    return settings


def language(settings: Settings) -> str:
    """Return the language to start with, which is read outside of runs: FIRSTVISIT_LANGUAGE, else what was chosen, else
    the system's."""
    return known(os.environ.get(LANGUAGE_VARIABLE) or settings.language or _of_the_system())


@contextmanager
def speaking_theirs(tell: Callable[[str], object]) -> Iterator[None]:
    """Speak the player's own language within, for lines that belong to no run. `tell` is given the sentence about
    settings that could not be used, if there is one."""
    settings, notice = load_settings()
    if notice:
        tell(notice)
    with speaking(language(settings)):
        yield


def _of_the_system() -> str:
    """The language of messages as the environment names it: `de-AT` for `LANG=de_AT.UTF-8`."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return named.partition(".")[0].partition("@")[0].replace("_", "-")


def save_settings(settings: Settings) -> None:
    """Write the settings, whole or not at all. Raises `SaveError`."""
    path = _path()
    try:
        write_whole(path, (json.dumps(asdict(settings), indent=2) + "\n").encode(), over=True)
    except OSError as error:
        raise SaveError(
            gettext("The settings could not be saved in {path} ({why}).").format(path=path, why=why_not(error))
        ) from None
