"""The command `firstvisit`, under a name that no other distribution is likely to have.

The packages of the program, `engine`, `game` and `scenarios`, have everyday names. Where another distribution brings
one of such a name into the same environment, its files overwrite ours, or are found in their place. That is noticed
here, before any of them is imported, and said in a sentence. It costs a look at the size of each file.

An installation places this module beside the packages, where overwriting them does not reach it. One that plays from a
checkout has nothing to compare.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("engine", "game", "scenarios")
MEND = (
    "Install First Visit into an environment of its own: with 'uv tool install', with 'pipx install', or into a new "
    "environment made by 'python -m venv'."
)


def main() -> int:
    """Run the command line, unless what would be run is not this program. Returns the exit code."""
    try:
        found = clash(Path(__file__).resolve().parent)
        if found:
            sys.stderr.write(f"firstvisit: {found} {MEND}\n")
            return 2
        from game.start import main as run

        return run()
    except KeyboardInterrupt:  # before there was anything to tidy up
        return 130


def clash(folder: Path) -> str:
    """Return what has taken the place of this program, in a sentence; nothing if all is as it was installed.

    `folder` is where it was installed.
    """
    if not any(name.startswith(PACKAGES[0]) for record in _records(folder) for name, _ in _recorded(record)):
        return ""
    for name in PACKAGES:
        spec = find_spec(name)
        places = list(spec.submodule_search_locations or [str(spec.origin)]) if spec is not None else []
        if not any(os.path.realpath(place) == str(folder / name) for place in places[:1]):
            where = f"in {places[0]!a}" if places else "nowhere"
            return f"The package '{name}' of this program lies in {str(folder)!a}, and Python finds it {where}."
    return next(_overwritten(folder), "")


def _overwritten(folder: Path) -> Iterator[str]:
    """Yield a sentence for each file of ours that is gone, or is now that of another distribution."""
    for record in _records(folder):
        for name, size in _recorded(record):
            try:
                if (folder / name).stat().st_size == size:
                    continue
            except OSError:
                yield f"The file {name} of this program is gone, perhaps with another distribution that had one."
                continue
            owner = _other_owner(folder, name)
            if owner:  # else it was somebody's own edit
                yield f"The file {name} of this program was overwritten by the distribution '{owner}'."


def _records(folder: Path) -> list[Path]:
    """The lists of what was installed of this program into a folder."""
    return list(folder.glob("first_visit-*.dist-info/RECORD"))


def _recorded(record: Path) -> Iterator[tuple[str, int]]:
    """Yield the modules that an installation wrote, with their sizes."""
    for line in record.read_text(encoding="utf-8", errors="replace").splitlines():
        name, _, rest = line.rpartition(",")
        name, _, _ = name.rpartition(",")
        if name.endswith(".py") and rest.isdigit() and name.partition("/")[0] in PACKAGES:
            yield name, int(rest)


def _other_owner(folder: Path, name: str) -> str:
    """Return the name and version of another distribution that has a file of this name, or nothing."""
    from importlib.metadata import distributions

    for each in distributions(path=[str(folder)]):
        if each.name != "first-visit" and any(str(file) == name for file in each.files or ()):
            return f"{each.name} {each.version}"
    return ""
