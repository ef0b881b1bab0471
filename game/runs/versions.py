"""Which scenario a run belongs to. Its digest and the rules decide that, and never the id alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engine.words import gettext, ngettext
from game.home import run_files
from game.shelf import copies, library
from game.words.errors import Failure

if TYPE_CHECKING:
    from engine.play import Game
    from engine.record import Header, Record
    from engine.scenario.compiled import Scenario
    from game.home.run_files import Run
    from game.shelf.copies import Versioned


class OtherVersion(Failure):
    """A run of a version that is not available. The message says what differs."""


@dataclass(frozen=True, slots=True)
class Source:
    """The scenario that a run was played with."""

    scenario: Scenario
    path: Path
    copied: bool
    """Whether it is the copy that was kept, since the file has changed or is in none of the folders."""


def source(of: Versioned, folder: Path | None) -> Source:
    """Return the very scenario that something was played with: from its file, or from the copy that was kept.

    Raises `OtherVersion` if the rules have changed, or there is neither.
    """
    from engine.rules import RULES_VERSION
    from engine.scenario import ScenarioErrors

    if of.rules != RULES_VERSION:
        raise OtherVersion(
            gettext(
                "This run was played under rules {then}, and the rules here are {now}: its moves would come out "
                "differently."
            ).format(then=of.rules, now=RULES_VERSION)
        )
    paths = library.named(of.scenario, folder)
    for path in paths:
        try:
            scenario = library.load(path)
        except (ScenarioErrors, Failure):
            continue
        if scenario.digest() == of.digest:
            return Source(scenario, path, copied=False)
    copy = copies.kept(of)
    if copy is not None:
        return Source(copy, copies.path_of(of.digest, of.rules), copied=True)
    if paths:
        what = gettext(
            "The scenario '{id}' has changed since this run was played (it was {digest}), and there is no copy of it "
            "to use."
        )
    else:
        what = gettext(
            "The scenario '{id}' of this run is no longer here (it was {digest}), and there is no copy of it to use."
        )
    raise OtherVersion(what.format(id=of.scenario, digest=of.digest))


def game(of: Versioned, folder: Path | None) -> Game:
    """Return what something was played with, as `source` finds it. The last few are remembered: whoever asks for one
    mostly asks for it again. Raises `OtherVersion`."""
    return _game(_Version(of.scenario, of.digest, of.rules), folder)


class _Version(NamedTuple):
    """A version, and nothing of what was played in it."""

    scenario: str
    digest: str
    rules: int


@lru_cache(maxsize=16)
def _game(of: _Version, folder: Path | None) -> Game:
    from engine.play import Game

    return Game(source(of, folder).scenario)


def about(header: Header, path: Path, program: str, since: str) -> str:
    """Return all that is to be said of how the run in a file was played: when and with which version, whether it was
    practice, and what has changed `since`. `program` is the version of the program."""
    return " ".join(text for text in (played(header, program), retried(header, path), since) if text)


def played(header: Header, program: str) -> str:
    """Return when and with which version a run was played. `program` is that of the program, if it is known."""
    if program:
        when = gettext("Played {when}, with version {program} of the program, rules {rules}, scenario {digest}.")
    else:
        when = gettext("Played {when}, rules {rules}, scenario {digest}.")
    return when.format(when=run_files.local(header.started), program=program, rules=header.rules, digest=header.digest)


def retried(header: Header, path: Path | None) -> str:
    """Return what a run with a buyer who was met before is, in a sentence; nothing for a first try. `path` is where it
    lies, if it is kept."""
    if not run_files.met_before(header, path):
        return ""
    return gettext("A retry: buyer and luck were known, so this is practice.")


def since(header: Header, folder: Path | None) -> str:
    """Return what has changed since a run was played, in a sentence; nothing if it is of the version that is here."""
    try:
        return copied(header.scenario, folder) if source(header, folder).copied else ""
    except OtherVersion as changed:
        return str(changed)


def copied(scenario: str, folder: Path | None) -> str:
    """Return why a run is read with the copy that was kept of this scenario, in a sentence."""
    if library.named(scenario, folder):
        return gettext("The scenario has changed since; a copy of it was kept.")
    return gettext("The scenario is in none of the folders here; a copy of it was kept.")


def moves_in_words(record: Record) -> Iterator[str]:
    """Yield the moves of a run that cannot be replayed, with what the seller said as far as a copy tells."""
    scenario = copies.readable(record.header)
    prospects = scenario.prospects if scenario is not None else ()
    lines = {line.id: line for prospect in prospects for line in prospect.lines}
    made: Counter[str] = Counter()
    for number, move in enumerate(record.moves, start=1):
        line = lines.get(move.name.partition("@")[0])
        yield f"{number}. {line.words(made[move.name]) if line is not None else move.name}"
        made[move.name] += 1


@dataclass(frozen=True, slots=True)
class Left:
    """A run that was left, and what can be done with it."""

    run: Run
    source: Source | None
    """What it can go on with; None if it can only be read."""
    about: str
    """What it is, in sentences."""
    why: str = ""
    """Why it can only be read; nothing if it can go on."""

    @property
    def offer(self) -> str:
        """What can be done with it, as an answer to choose."""
        if self.source is None:
            return gettext("Read what was played")
        return gettext("See how it went") if self.run.over else gettext("Go on with it")


def left(run: Run, folder: Path | None = None) -> Left:
    """Say what an unfinished run is, and whether it can go on."""
    about = _unfinished(run)
    try:
        found = source(run.header, folder)
    except OtherVersion as why:
        return Left(run, None, f"{about} {why} {gettext('What was played can be read.')}", str(why))
    if found.copied:
        about += f" {copied(run.header.scenario, folder)}"
        if not run.over:
            about += f" {gettext('The run goes on with that copy.')}"
    return Left(run, found, about)


def _unfinished(run: Run) -> str:
    if run.over:
        return gettext("There is a run that is over and whose result is to come, begun {when}.").format(when=run.when)
    return ngettext(
        "There is an unfinished run, begun {when}, with {count} move.",
        "There is an unfinished run, begun {when}, with {count} moves.",
        run.moves,
    ).format(when=run.when, count=run.moves)


def unfinished(scenario: Scenario, path: Path, seed: int | None, folder: Path | None) -> Left | None:
    """Return the unfinished run to offer to somebody who opens this scenario; of one seed, if one is asked for.

    That is the newest that goes on with just this version; else one of another version, if it is what was played last.
    """
    runs = [each for each in run_files.runs() if each.header.scenario == scenario.id]
    asked = [each for each in runs if seed in (None, each.header.seed)]
    here = next((each for each in asked if each.goes_on(scenario)), None)
    if here is not None:
        return Left(here, Source(scenario, path, copied=False), _unfinished(here))
    if asked and asked[0].moves and not asked[0].finished:
        return left(asked[0], folder)
    return None
