"""Files as the program reads and writes them.

Only regular files are opened: a pipe, a device or a socket that lies among them could be waited for without end.
Writing is done so that a stop at any moment leaves either the old content or the new one.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from game.errors import SaveError

__all__ = ["SaveError", "append", "open_regular", "read_regular", "write_whole"]

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Flags with which no open waits: a pipe that takes a file's place in the last moment is opened, and then refused."""


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file, or a link to one, for reading. Raises `OSError`, for anything else too."""
    _must_be_regular(os.stat(path), path)  # before it is opened: opening alone can wind a tape
    handle = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        _must_be_regular(os.fstat(handle), path)
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def read_regular(path: Path, most: int) -> bytes:
    """Return what a regular file holds, cut after `most` bytes. Raises `OSError`, for anything else too."""
    with open_regular(path) as file:
        return file.read(most)


def _must_be_regular(found: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))


def write_whole(path: Path, data: bytes, *, over: bool) -> None:
    """Write a file whole or not at all, and make the folders above it.

    With `over` a file of that name is replaced; without, `FileExistsError` is raised. Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if over:
            beside.replace(path)
        else:
            _name(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    _sync_folder(path.parent)


def append(path: Path, data: bytes, at: int) -> int:
    """Append to a file that must be `at` bytes long, and return its new length once the bytes are on the disk.

    Raises `BlockingIOError` if the file has another length: somebody else writes to it. Raises `OSError` if it cannot
    be written; the file is then as it was.
    """
    with path.open("r+b") as file:
        if file.seek(0, os.SEEK_END) != at:
            raise BlockingIOError(None, "another program writes to it")
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                os.truncate(file.fileno(), at)  # half a line is of no use to anybody
            raise
        return at + len(data)


def _name(beside: Path, path: Path) -> None:
    """Give a finished file its name, unless the name is taken."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(None, "the name is taken", str(path)) from None
        beside.rename(path)


def _sync_folder(folder: Path) -> None:
    """Make a new name last through a power failure, where the platform can."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
