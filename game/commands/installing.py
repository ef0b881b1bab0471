"""`firstvisit pack` and `firstvisit install`: scenarios for others in one file, and those of others here."""

from __future__ import annotations

import os
import shutil
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from engine.scenario import ScenarioErrors
from game.home.files import write_whole
from game.home.profile import packs_dir
from game.shelf import library, packs
from game.shelf.diagnostics import render
from game.shelf.packs import Manifest, Pack
from game.shelf.scenario_files import read_bytes
from game.text.asking import sure
from game.text.telling import tell
from game.words.errors import FINE, WRONG, Failure, NotFound, SaveError, why_not
from game.words.visible import json_text, visible
from game.words.wording import count


def pack(options: Namespace) -> int:
    """Write a pack. Returns 0, or 1 if a scenario has errors. Raises `Failure`."""
    try:
        data, made, doubts = packs.packed(options.folder)
    except ScenarioErrors as error:
        first = error.problems[0].path
        text = read_bytes(Path(first))
        print(render([each for each in error.problems if each.path == first], text))
        tell("Nothing was packed.")
        return WRONG
    where = options.output or Path(f"{made.manifest.name}{library.PACK}")
    try:
        write_whole(where, data, over=options.force)
    except FileExistsError:
        raise SaveError(f"{str(where)!r} is there already; --force replaces it.") from None
    except OSError as error:
        raise SaveError(f"{str(where)!r} cannot be written ({why_not(error)}).") from None
    _show(made)
    if doubts:
        tell(f"{count(len(doubts), 'warning')}: see 'firstvisit check {visible(str(options.folder))}'.")
    print(f"Written: {visible(str(where))} ({len(data)} bytes)")
    return FINE


def install(options: Namespace) -> int:
    """Install a pack, list those that are installed, or remove one. Raises `Failure`."""
    if options.list:
        return _list(json=options.json)
    if options.remove is not None:
        return _remove(options.remove, options.yes)
    if options.pack is None:
        raise Failure("Name a pack to install, or ask for --list.")
    found = packs.read_pack(options.pack)
    _show(found)
    clashes = list(_clashes(found, options.pack))
    if clashes:
        raise Failure("Nothing was installed. " + " ".join(clashes))
    folder = packs_dir() / found.manifest.name
    if folder.exists():
        old = _installed(folder)
        print(f"It replaces {visible(f'version {old.manifest.version}') if old else 'what is there'}.")
    if not sure("Install it?", options.yes):
        print("Nothing was installed.")
        return FINE
    packs.unpack(found, folder, options.pack)
    print(f"Installed in {visible(str(folder))}. 'firstvisit' shows its scenarios among the others.")
    return FINE


def _show(found: Pack) -> None:
    said = found.manifest
    print(_headed(said))
    print(f"Licence: {visible(said.licence)}")
    if said.about.strip():
        print(visible(" ".join(said.about.split())))
    for name, each in said.scenarios.items():
        print(f"  {each.id}: {visible(each.title)} ({name}, {len(found.texts[name])} bytes)")
    print("Nothing in a pack is run: it holds text, and its checksums are right.")


def _headed(said: Manifest) -> str:
    return f"{said.name} {visible(said.version)}, by {visible(', '.join(said.authors))}"


def _clashes(found: Pack, path: Path) -> Iterator[str]:
    """Sentences about ids that somebody else has here."""
    own = packs_dir() / found.manifest.name
    here = library.by_id()
    for name, each in found.manifest.scenarios.items():
        for other in here.get(each.id, ()):
            if other.parent != own and read_bytes(other) != found.texts[name]:
                yield f"Two scenarios would have the id {each.id!r}: {name!r} in {str(path)!r} and {str(other)!r}."


# --- what is installed -----------------------------------------------------------------------------------------------


def _list(*, json: bool) -> int:
    found = [each for folder in library.pack_folders() if (each := _installed(folder)) is not None]
    if json:
        print(json_text([each.manifest.model_dump() for each in found]))
        return FINE
    if not found:
        print("No pack is installed. 'firstvisit install FILE' installs one.")
    for each in found:
        titles = "; ".join(visible(one.title) for one in each.manifest.scenarios.values())
        print(f"{_headed(each.manifest)}: {titles}")
    return FINE


def _installed(folder: Path) -> Pack | None:
    """A pack as it lies in its folder; None if nobody can tell what that is."""
    try:
        return packs.unpacked(folder)
    except (Failure, NotFound):
        return None


def _remove(name: str, yes: bool) -> int:
    folder = packs_dir() / name
    if not name or folder.parent != packs_dir() or not folder.is_dir() or name.startswith("."):
        raise NotFound(f"There is no pack {name!r}. 'firstvisit install --list' shows those that are installed.")
    if not sure(f"Remove {visible(name)}? Runs of its scenarios stay, and can still be read.", yes):
        print("Nothing was removed.")
        return FINE
    try:
        gone = folder.with_name(f".{name}-{os.getpid()}-gone")
        folder.rename(gone)
        shutil.rmtree(gone)
    except OSError as error:
        raise SaveError(f"{str(folder)!r} cannot be removed ({why_not(error)}).") from None
    print(f"{visible(name)} is removed.")
    return FINE
