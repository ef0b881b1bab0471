"""Where scenarios are found, and what a list of them shows: bundled ones, the player's own, and a chosen folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import scenarios
from engine.words import all_of, gettext, languages, spoken
from game.home import profile, run_files
from game.shelf import copies
from game.shelf.scenario_files import SUFFIXES, read_bytes, scenario_names
from game.words.errors import Failure, NotFound, why_not

if TYPE_CHECKING:
    from engine.scenario import Scenario, Summary
    from game.home.run_files import Run

PACK = ".fvpack"
"""How the name of a pack ends."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario, as a list shows it. What was played counts for the version that it has now."""

    summary: Summary
    path: Path
    best: int | None = None
    """The best result of a first try, as a percentage of par; None before the first finished one."""
    retried: int | None = None
    """The best result of a later try with a buyer met before."""
    other_best: int | None = None
    """The best result of a first try of other versions."""
    finished: int = 0
    """Runs that are over, among them those of which no share of par is told: next to nothing was to be had."""
    waiting: tuple[Run, ...] = ()
    """Runs of any version that are over and wait for their par, newest first."""
    unfinished: tuple[Run, ...] = ()
    """Runs with a move or more to go on with, newest first."""
    other_unfinished: tuple[Run, ...] = ()
    """The same of other versions."""
    twins: tuple[Path, ...] = ()
    """Other files with the same id."""

    @property
    def scored(self) -> bool:
        """Whether a result is shown of it."""
        return any(each is not None for each in (self.best, self.retried, self.other_best))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that lies where scenarios do, and is not one, or a folder of them that cannot be read."""

    path: Path
    why: str


def folders(extra: Path | None = None) -> tuple[Path, ...]:
    """Return the folders that are looked through, in order: chosen, the player's own, installed packs, bundled.

    Raises `NotFound` if the chosen one is neither a folder nor a pack.
    """
    bundled = (*map(Path, scenarios.__path__), *_translated())
    here = (profile.scenarios_dir(), *pack_folders(), *bundled)
    if extra is None:
        return here
    if os.path.isfile(extra) and extra.name.endswith(PACK):
        return (_opened(extra), *here)
    if not os.path.isdir(extra):
        raise NotFound(gettext("There is no folder {name}.").format(name=repr(str(extra))))
    return (extra, *here)


def _translated() -> Iterator[Path]:
    """The folders of bundled scenarios in other languages than English, which are named like these."""
    for root in scenarios.__path__:
        yield from (folder for language in languages() if (folder := Path(root) / language).is_dir())


def pack_folders() -> tuple[Path, ...]:
    """Return the folders of the packs that are installed, by name."""
    try:
        with os.scandir(profile.packs_dir()) as found:
            return tuple(sorted(Path(each) for each in found if each.is_dir() and not each.name.startswith(".")))
    except OSError:
        return ()


@cache
def _opened(pack: Path) -> Path:
    """A folder with what is in a pack that is looked through without being installed, as it is now."""
    from game.shelf import packs

    found = packs.read_pack(pack)
    folder = profile.home() / "opened" / found.digest
    if not folder.is_dir():
        packs.unpack(found, folder, pack)
    return folder


def entries(extra: Path | None = None) -> tuple[tuple[Entry, ...], tuple[Unreadable, ...]]:
    """Return every scenario that can be found, and the files that could not be read as one.

    The tutorial comes first, then the schools from easy to hard. Files that share an id are all listed. Bundled ones in
    another language than English are only shown to those who speak it, before the others.
    """
    found, unreadable = _files(extra)
    translated = {folder: folder.name for folder in _translated()}
    found = [file for file in found if translated.get(file.path.parent, spoken()) == spoken()]
    every = list(run_files.every_run())
    runs = [each for each in every if isinstance(each, run_files.Run)]
    broken = (each for each in every if isinstance(each, run_files.Broken))
    unreadable += [Unreadable(each.path, each.why) for each in broken if each.path == profile.runs_dir()]
    first = run_files.first_tries(runs)
    files, played = _by(found, lambda file: file.id), _by(runs, lambda run: run.header.scenario)
    listed = [_entry(file, files[file.id], played.get(file.id, []), first) for file in found]
    listed.sort(key=lambda entry: _place(entry, translated))
    return tuple(listed), tuple(unreadable)


def _place(entry: Entry, translated: Mapping[Path, str]) -> tuple[bool, bool, int, str]:
    """Where an entry stands in the list."""
    summary = entry.summary
    return summary.school is not None, entry.path.parent not in translated, summary.difficulty, summary.title


def _by(each: Iterable[_T], key: Callable[[_T], str]) -> dict[str, list[_T]]:
    found: dict[str, list[_T]] = {}
    for one in each:
        found.setdefault(key(one), []).append(one)
    return found


def _entry(file: _File, files: Sequence[_File], runs: Sequence[Run], first: frozenset[Path]) -> Entry:
    """What there is to show of one file. `files` and `runs` are those of its id, runs newest first."""
    digest = _digest(file, runs)
    theirs = {run.path for run in runs if digest is not None and run.is_of(digest)}

    def best(of_this: bool, tries: bool) -> int | None:
        done = (run.closing for run in runs if (run.path in theirs) is of_this and (run.path in first) is tries)
        return max((foot.par for foot in done if foot is not None and foot.par is not None), default=None)

    left = [run for run in runs if run.moves and not run.over]  # what was only looked at is nothing to go on with
    return Entry(
        file.summary,
        file.path,
        best=best(of_this=True, tries=True),
        retried=best(of_this=True, tries=False),
        other_best=best(of_this=False, tries=True),
        finished=sum(run.finished for run in runs if run.path in theirs),
        waiting=tuple(run for run in runs if run.over and not run.finished),
        unfinished=tuple(run for run in left if run.path in theirs),
        other_unfinished=tuple(run for run in left if run.path not in theirs),
        twins=tuple(other.path for other in files if other is not file),
    )


def _digest(file: _File, runs: Sequence[Run]) -> str | None:
    """The digest of a scenario that has been played, else None. Read from the copies that were kept, or compiled."""
    from engine.scenario import ScenarioErrors

    if not runs:
        return None
    copied = copies.digest_of(file.text, dict.fromkeys(run.header.digest for run in runs))
    if copied is not None:
        return copied
    try:
        return load(file.path).digest()
    except (ScenarioErrors, NotFound):
        return None  # nothing that was played is this


def digests(runs: Sequence[Run], extra: Path | None = None) -> dict[str, set[str]]:
    """Return, for the id of every run, the digests of the scenarios that have it now."""
    found: dict[str, set[str]] = {run.header.scenario: set() for run in runs}
    played = _by(runs, lambda run: run.header.scenario)
    for file in _files(extra)[0]:
        digest = _digest(file, played.get(file.id, []))
        if digest is not None:
            found[file.id].add(digest)
    return found


def titles(extra: Path | None = None) -> dict[str, str]:
    """Return the title of every scenario by its id; of files that share one, the first found."""
    return {file.id: file.summary.title for file in reversed(_files(extra)[0])}


def named(name: str, extra: Path | None = None) -> list[Path]:
    """Return every file that has this id, in the order of the folders."""
    return by_id(extra).get(name, [])


def by_id(extra: Path | None = None) -> dict[str, list[Path]]:
    """Return every file by its id, in the order of the folders."""
    found: dict[str, list[Path]] = {}
    for file in _files(extra)[0]:
        found.setdefault(file.id, []).append(file.path)
    return found


def find(name: str, extra: Path | None = None) -> Path:
    """Return the file of a scenario named by its id or by a path.

    Raises `NotFound`, with the nearest id; and `Failure` if several files have that id.
    """
    path = Path(name)
    if name.endswith(SUFFIXES) or os.sep in name or (os.altsep is not None and os.altsep in name):
        if os.path.lexists(path):  # why a link leads nowhere, its reader says
            return path
        raise NotFound(gettext("There is no file {name}.").format(name=repr(name)))
    found, _ = _files(extra)
    meant = [file.path for file in found if file.id == name]
    if len(meant) > 1:
        raise Failure(gettext("{shared} Name the one you mean by its path.").format(shared=shared(name, meant)))
    if meant:
        return meant[0]
    if os.path.isfile(path):
        return path
    from engine.scenario.nearest import nearest

    close = nearest(name, dict.fromkeys(file.id for file in found))
    gone = gettext("There is no scenario {name}. 'firstvisit list' shows all of them.")
    if close:
        gone = gettext("There is no scenario {name}. Did you mean {close}? 'firstvisit list' shows all of them.")
    raise NotFound(gone.format(name=repr(name), close=close))


def shared(name: str, paths: Sequence[Path]) -> str:
    """Return a sentence that names the files which share an id."""
    told = gettext("{count} scenarios have the id '{name}': {paths}.")
    return told.format(count=len(paths), name=name, paths=all_of([str(each) for each in paths]))


def load(path: Path) -> Scenario:
    """Read and compile a scenario. Raises `ScenarioErrors` with what is wrong in it, or `NotFound`."""
    from game.shelf import compiled

    text = read_bytes(path)
    scenario = compiled.read(text, str(path))
    copies.remember(scenario, text)
    return scenario


@dataclass(frozen=True, slots=True)
class _File:
    """A file that can be read as a scenario, as far as a list needs it."""

    summary: Summary
    path: Path
    text: bytes

    @property
    def id(self) -> str:
        return self.summary.id


def _files(extra: Path | None) -> tuple[list[_File], list[Unreadable]]:
    """Every file that looks like a scenario. A second one with the same text is the same scenario, and left out."""
    from engine.scenario import ScenarioErrors, summary
    from game.shelf import compiled

    known = compiled.summaries()
    found: dict[bytes, _File] = {}
    unreadable: dict[str, Unreadable] = {}
    for folder in folders(extra):
        try:
            names = scenario_names(folder)
        except OSError as error:
            unreadable[str(folder)] = Unreadable(
                folder, gettext("It cannot be read ({why}).").format(why=why_not(error))
            )
            continue
        for name in names:
            path = folder / name
            try:
                text = read_bytes(path)
                listed = known.get(compiled.name_of(text)) or summary(text, str(path))
                found.setdefault(text, _File(replace(listed, path=str(path)), path, text))
            except (ScenarioErrors, NotFound) as error:
                unreadable.setdefault(os.path.realpath(path), Unreadable(path, str(error)))
    compiled.keep_summaries({compiled.name_of(text): file.summary for text, file in found.items()}, known)
    return list(found.values()), list(unreadable.values())
