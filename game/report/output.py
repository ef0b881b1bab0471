"""Where a report goes: to the screen, or to a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from game.home import files
from game.report.document import Part, as_html, as_text
from game.text.wrapping import width
from game.words.errors import SaveError, why_not


def must_be_writable(path: Path | None) -> None:
    """Refuse what could not be written, before the work and not after it; None is printed. Raises `SaveError`."""
    if path is None:
        return
    try:
        target = _target(path)
    except OSError as error:  # this folder is gone
        raise SaveError(f"{str(path)!r} cannot be written ({why_not(error)}).") from None
    if os.path.exists(target) and not os.path.isfile(target):
        raise SaveError(f"{str(path)!r} is not a file that a report could replace. Without --output it is printed.")
    folder = next((each for each in target.parents if os.path.exists(each)), Path(target.anchor))
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise SaveError(f"{str(path)!r} cannot be written: {str(folder)!r} is not a folder that you can write to.")
    try:
        files.must_be_nameable(target)
    except OSError as error:
        raise SaveError(f"{str(path)!r} cannot be written ({why_not(error)}).") from None


def written(parts: Iterable[Part], title: str, path: Path | None) -> str:
    """A report as it is read where it goes: as a page where the file's name says so, else as lines."""
    if path is not None and path.suffix in (".html", ".htm"):
        return as_html(parts, title)
    columns = width() if path is None else 80
    return "".join(f"{line}\n" for line in as_text(parts, columns))


def deliver(text: str, path: Path | None) -> None:
    """Write a report to a file, or print it without one. Raises `SaveError`."""
    if path is None:
        sys.stdout.write(text)
        return
    try:
        files.write_whole(_target(path), text.encode(), over=True)
    except OSError as error:
        raise SaveError(
            f"The report cannot be written to {str(path)!r} ({why_not(error)}). Nothing of it is left there."
        ) from None


def _target(path: Path) -> Path:
    """The file itself, where the name is a link to it."""
    return Path(os.path.realpath(path))
