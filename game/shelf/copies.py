"""The texts of the scenarios that were played, each kept once, so that a run can go on after an edit.

A copy is named by what a run names: the digest of the scenario and the version of the rules. Where two texts have one
digest, which is wording, the newer one is kept.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from engine.words import gettext
from game.home.files import read_regular, write_whole
from game.home.profile import home
from game.home.run_files import Broken, every_run
from game.shelf.scenario_files import LARGEST
from game.words.errors import why_not

if TYPE_CHECKING:
    from engine.scenario.compiled import Scenario

_COPY: Final = re.compile(r"[0-9a-f]+\.[0-9]+\.yaml")
_FRESH: Final = 3_600
"""Seconds for which a copy is nobody's to remove."""


class Versioned(Protocol):
    """What was played in one version of a scenario, under one version of the rules: a run by its header, or a position
    that is asked about."""

    @property
    def scenario(self) -> str:
        """The scenario's id."""

    @property
    def digest(self) -> str: ...

    @property
    def rules(self) -> int: ...


_read: dict[str, bytes] = {}
"""The texts read in this process, by digest: a file may be saved anew between its briefing and the first move."""


def remember(scenario: Scenario, text: bytes) -> None:
    """Note what a scenario was read from, in case it is played."""
    _read[scenario.digest()] = text


def keep(scenario: Scenario) -> str:
    """Keep the text of a scenario that is being played. Returns a sentence if that cannot be done, else nothing."""
    from engine.rules import RULES_VERSION

    digest = scenario.digest()
    text, path = _read.get(digest), path_of(digest, RULES_VERSION)
    try:
        if text is None:
            return ""
        if _text(path) == text:
            path.touch()  # so that another window, in which no run of it was seen yet, does not sweep it
            return ""
        write_whole(path, text, over=True)
    except OSError as error:
        return gettext(
            "No copy of the scenario can be kept in {folder} ({why}). "
            "Once its file is changed, this run can be read, but it cannot go on."
        ).format(folder=path.parent, why=why_not(error))
    _sweep()
    return ""


def _sweep() -> None:
    """Remove the copies that no run here needs any more, but for fresh ones: the run of one may just be beginning.

    While any run cannot be read, nobody knows what it needs, and every copy stays.
    """
    needed: set[str] = set()
    for run in every_run():
        if isinstance(run, Broken):
            return
        needed.add(path_of(run.header.digest, run.header.rules).name)
    with suppress(OSError), os.scandir(home() / "played") as found:
        for each in found:
            if _COPY.fullmatch(each.name) and each.name not in needed:
                with suppress(OSError):
                    if time.time() - each.stat(follow_symlinks=False).st_mtime > _FRESH:
                        os.unlink(each.path)


def kept(of: Versioned) -> Scenario | None:
    """Return the very scenario that something was played with from its copy; None where none can be used."""
    scenario = readable(of)
    return scenario if scenario is not None and scenario.digest() == of.digest else None


def readable(of: Versioned) -> Scenario | None:
    """Return the copy as this version of the program reads it, even if it was made for other rules; or None."""
    from engine.scenario import ScenarioErrors
    from game.shelf import compiled

    path = path_of(of.digest, of.rules)
    text = _text(path)
    try:
        return compiled.read(text, str(path)) if text is not None else None
    except ScenarioErrors:  # it was written for a version that reads it differently
        return None


def title(of: Versioned) -> str | None:
    """Return the title in the copy; None where there is none to read."""
    from engine.scenario import ScenarioErrors, summary

    path = path_of(of.digest, of.rules)
    text = _text(path)
    try:
        return summary(text, str(path)).title if text is not None else None
    except ScenarioErrors:
        return None


def digest_of(text: bytes, digests: Iterable[str]) -> str | None:
    """Return which of these scenarios has just this text, as far as the copies say. Nothing is read but bytes."""
    from engine.rules import RULES_VERSION

    return next((each for each in digests if _text(path_of(each, RULES_VERSION)) == text), None)


def path_of(digest: str, rules: int) -> Path:
    """Return where the copy of a scenario lies, or would."""
    return home() / "played" / f"{digest}.{rules}.yaml"


def _text(path: Path) -> bytes | None:
    try:
        return read_regular(path, LARGEST)
    except OSError:
        return None
