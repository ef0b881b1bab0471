"""What the program keeps for a player: where it is kept, the runs played, and the settings.

Everything lies in one directory: the one named by FIRSTVISIT_HOME, or else the platform's data directory. Run files
are the one source of what was played and of how it went in lists; what is kept beside them (`copies`, `accounts`) is
only for reading them later.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from engine.words import ENGLISH, gettext, known, languages
from game.errors import NotFound
from game.files import SaveError, names_in, open_regular, read_regular, write_whole
from game.terms import CUES

if TYPE_CHECKING:
    from engine.record import Closing, Header
    from engine.scenario.compiled import Scenario
    from engine.view import Cues

HOME_VARIABLE: Final = "FIRSTVISIT_HOME"
LANGUAGE_VARIABLE: Final = "FIRSTVISIT_LANGUAGE"
_LARGEST_SETTINGS: Final = 65_536
_HEAD_BYTES: Final = 1_024
_TAIL_BYTES: Final = 4_096
"""Enough for the foot of a run with a hundred prospects."""


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


# --- settings --------------------------------------------------------------------------------------------------------


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


def _settings_path() -> Path:
    return home() / "settings.json"


def load_settings() -> tuple[Settings, str]:
    """Return the settings, and a sentence for the player if their file could not be used (else an empty one).

    A file that cannot be understood is kept aside under another name, so the sentence comes once. A single value that
    makes no sense is replaced by the default.
    """
    path = _settings_path()
    try:
        found: Any = json.loads(read_regular(path, _LARGEST_SETTINGS))
        if not isinstance(found, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        return Settings(), gettext("The settings could not be read ({why}); the defaults apply.").format(
            why=error.strerror
        )
    except (ValueError, RecursionError):
        aside = path.with_name("settings.broken.json")
        try:
            path.replace(aside)
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
    """Return the language to start with, which is read outside of runs: FIRSTVISIT_LANGUAGE, else what was chosen."""
    return known(os.environ.get(LANGUAGE_VARIABLE) or settings.language or ENGLISH)


def save_settings(settings: Settings) -> None:
    """Write the settings, whole or not at all. Raises `SaveError`."""
    path = _settings_path()
    try:
        write_whole(path, (json.dumps(asdict(settings), indent=2) + "\n").encode(), over=True)
    except OSError as error:
        raise SaveError(
            gettext("The settings could not be saved in {path} ({why}).").format(path=path, why=error.strerror)
        ) from None


# --- runs ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """One run file, as far as lists need it."""

    path: Path
    header: Header
    moves: int
    closing: Closing | None
    """None while the run is unfinished."""

    @property
    def finished(self) -> bool:
        return self.closing is not None

    @property
    def when(self) -> str:
        """When it was begun, in the clock time of this machine: `2026-03-07 09:41`."""
        return local(self.header.started)

    def is_of(self, digest: str) -> bool:
        """Whether it was played with the scenario of this digest, under these rules."""
        from engine.rules import RULES_VERSION

        return (self.header.rules, self.header.digest) == (RULES_VERSION, digest)

    def goes_on(self, scenario: Scenario) -> bool:
        """Whether this is an unfinished run of just this scenario, under these rules."""
        return not self.finished and self.header.scenario == scenario.id and self.is_of(scenario.digest())


def local(started: str) -> str:
    """Return the moment that a record names in the clock time of this machine: `2026-03-07 09:41`."""
    try:
        return f"{datetime.fromisoformat(started).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return started


@dataclass(frozen=True, slots=True)
class Broken:
    """A file among the runs that cannot be read as one, or their folder, if it cannot be read."""

    path: Path
    why: str


def runs(folder: Path | None = None) -> Iterator[Run]:
    """Yield the runs in a folder (default: the player's), newest first. Files that are not records are left out."""
    return (each for each in every_run(folder) if isinstance(each, Run))


def every_run(folder: Path | None = None) -> Iterator[Run | Broken]:
    """Yield the runs in a folder (default: the player's), newest first, and what is meant to be one and cannot be read.

    Only the ends of each file are read, so a thousand runs take a fraction of a second.
    """
    where = folder or runs_dir()
    try:
        names = names_in(where, (".run",))
    except OSError as error:
        yield Broken(where, gettext("It cannot be read ({why}).").format(why=error.strerror))
        return
    yield from (run_at(where / name) for name in reversed(names))


def run_at(path: Path) -> Run | Broken:
    """Return the run in a file, of which only the ends are read, or why it is none."""
    from engine.record import RecordError, outline

    try:
        found = outline(*_ends(path))
    except RecordError as error:
        return Broken(path, str(error))
    except OSError as error:
        return Broken(path, gettext("It cannot be read ({why}).").format(why=error.strerror))
    return Run(path, found.header, found.moves, found.closing)


def first_tries(runs: Sequence[Run]) -> frozenset[Path]:
    """Return which of these runs were the first with their buyer: no retries, and no seed of which a move was made."""
    first = first_of(
        (head.started, run.path.name, head.scenario, head.seed, head.retry_of, run.moves)
        for run in runs
        for head in (run.header,)
    )
    return frozenset(run.path for run in runs if run.path.name in first)


def first_of(runs: Iterable[tuple[str, str, str, int, str | None, int]]) -> set[str]:
    """Return the names of the first tries. A run is given as when it was begun, the name of its file, its scenario and
    seed, the run that it repeats, and how many moves were made."""
    met: set[tuple[str, int]] = set()
    first: set[str] = set()
    for _, name, scenario, seed, retry_of, moves in sorted(runs, key=lambda run: run[:2]):
        if retry_of is None and (scenario, seed) not in met:
            first.add(name)
        if moves:
            met.add((scenario, seed))
    return first


def met_before(head: Header, path: Path | None) -> bool:
    """Whether a run is no first try: it repeats another one, or a move was made with its buyer before it was begun.
    `path` is where it lies, if it is kept."""
    if head.retry_of is not None:
        return True
    begun = head.started, path.name if path is not None else ""
    return any(
        run.moves and run.path != path and (run.header.started, run.path.name) < begun
        for run in runs()
        if (run.header.scenario, run.header.seed) == (head.scenario, head.seed)
    )


def discard(path: Path) -> None:
    """Delete a run for good. Raises `SaveError`."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise SaveError(
            gettext("{file} could not be discarded ({why}).").format(file=path.name, why=error.strerror)
        ) from None


def _ends(path: Path) -> tuple[bytes, bytes]:
    """Return the first bytes of a file and its last; both the whole of it when it is small."""
    with open_regular(path) as file:
        head = file.read(_HEAD_BYTES)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL_BYTES))
        return head, file.read(_TAIL_BYTES)
