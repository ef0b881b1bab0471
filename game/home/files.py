"""Files as the program reads and writes them.

Only regular files are opened: a pipe, a device or a socket that lies among them could be waited for without end.
Writing is done so that a stop at any moment leaves either the old content or the new one.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from engine.words import gettext

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


_UNNAMED: Final = re.compile(r"\.firstvisit-[0-9a-f]{16}|\.[0-9]{8}-[0-9]{6}-[0-9]{3}-[a-z0-9-]+\.run\.[0-9a-f]{8}")
"""Files that were being written; the second form is that of earlier versions, for runs."""
_FORGOTTEN: Final = 3_600
"""Seconds after which nobody can still be writing such a file: it takes a moment."""


_TURNS: Final = 200
"""How often somebody asks whether it is their turn to change a file: far longer than a change takes."""
_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Flags with which no open waits: a pipe that takes a file's place at the last moment is opened, and then refused."""


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file, or a link to one, for reading. Raises `OSError`, for anything else too."""
    return os.fdopen(_opened(path, os.O_RDONLY), "rb")


def read_regular(path: Path, most: int) -> bytes:
    """Return what a regular file holds, cut after `most` bytes. Raises `OSError`, for anything else too."""
    with open_regular(path) as file:
        return file.read(most)


def names_in(folder: Path, endings: tuple[str, ...]) -> list[str]:
    """Return the names in a folder that end so, in order; none if there is no such folder. Raises `OSError`."""
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(endings))
    except FileNotFoundError:
        return []


def _opened(path: Path, how: int) -> int:
    _must_be_regular(os.stat(path), path)  # before it is opened: opening alone can wind a tape
    handle = os.open(path, how | _AT_ONCE)
    try:
        _must_be_regular(os.fstat(handle), path)
    except OSError:
        os.close(handle)
        raise
    return handle


def _must_be_regular(found: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, gettext("it is a folder"), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, gettext("it is not a regular file"), str(path))


class InUse(OSError):
    """Another program holds this file."""


class Held:
    """A file that grows by appending, and that no other program can hold meanwhile.

    What holds it is a lock of the operating system, which ends with the process, however that ends. Where a file
    system knows no locks, a file that another program has appended to is noticed by its length.
    """

    def __init__(self, path: Path) -> None:
        """Open and hold a file that exists. Raises `InUse` if somebody else holds it, and `OSError`."""
        self.path = path
        self._handle = _opened(path, os.O_RDWR)
        self._take()
        self.size = os.fstat(self._handle).st_size

    @classmethod
    def new(cls, path: Path, data: bytes) -> Held:
        """Make and hold a file with this content, and the folders above it.

        Raises `FileExistsError` if there is one of that name, and `OSError`.
        """
        self = cls.__new__(cls)
        self.path, self.size = path, len(data)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle, unnamed = _begun(path.parent)
        try:
            self._take()
            _write(self._handle, data)
            _name(unnamed, path)
        except BaseException:
            self.close()
            raise
        finally:
            with suppress(OSError):
                unnamed.unlink(missing_ok=True)
        _sync_folder(path.parent)
        _sweep(path.parent)
        return self

    def read(self, most: int) -> bytes:
        """Return the content, at most that many bytes of it. Raises `OSError`."""
        with open(self._handle, "rb", closefd=False) as file:
            file.seek(0)
            return file.read(most)

    def cut(self, size: int) -> None:
        """Drop what comes after the first `size` bytes. Raises `OSError`."""
        if size != self.size:
            os.truncate(self._handle, size)
            os.fsync(self._handle)
            self.size = size

    def append(self, data: bytes) -> None:
        """Append to the file; once this returns, the bytes are on the disk.

        Raises `InUse` if somebody else wrote to the file, and `OSError` if it cannot be written or is gone from its
        place; it is then as it was.
        """
        there = self.path.stat()
        mine = os.fstat(self._handle)
        if (there.st_ino, there.st_dev) != (mine.st_ino, mine.st_dev) or mine.st_size != self.size:
            raise InUse(None, gettext("another program writes to it"))
        os.lseek(self._handle, 0, os.SEEK_END)
        try:
            _write(self._handle, data)
        except OSError:
            with suppress(OSError):
                os.truncate(self._handle, self.size)  # half a line is of no use to anybody
            raise
        self.size += len(data)

    def close(self) -> None:
        """Let the file go. Nothing can be appended afterwards; closing twice does no harm."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def __del__(self) -> None:
        if getattr(self, "_handle", -1) >= 0:
            self.close()

    def _take(self) -> None:
        """Lock the file. Raises `InUse`, and closes it."""
        try:
            _lock(self._handle)
        except (BlockingIOError, PermissionError):
            self.close()
            raise InUse(None, gettext("another program holds it")) from None
        except OSError:
            pass  # a file system without locks


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Change a file while no other program does, from reading it to writing it.

    Whoever changes it so takes turns by a lock on a file beside it, since the file itself is replaced. Where there can
    be no such lock, or another program was stopped while it had its turn, it is changed without one: better an answer
    of that program's is lost than that this one waits for ever.
    """
    handle = -1
    try:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | _AT_ONCE, 0o666)
            _wait_for(handle)
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def _wait_for(handle: int) -> None:
    """Lock an open file as soon as others let it go, or give up. Raises `OSError` where there are no locks."""
    for _ in range(_TURNS):
        with suppress(BlockingIOError, PermissionError):
            _lock(handle)
            return
        _pause()


def _pause() -> None:
    time.sleep(0.01)


def must_be_nameable(path: Path) -> None:
    """Refuse a name that no file can have, or no folder above it. Raises `OSError`."""
    somewhere = next((each for each in path.parents if os.path.isdir(each)), Path(path.anchor))
    for each in (path, *(somewhere / part for part in path.parts[1:])):
        with suppress(FileNotFoundError):
            os.lstat(each)


def put_aside(path: Path) -> Path:
    """Give a file that makes no sense another name, which no file has yet, and return it. Raises `OSError`."""
    aside, number = path.with_name(f"{path.stem}.broken{path.suffix}"), 1
    while os.path.lexists(aside):
        number += 1
        aside = path.with_name(f"{path.stem}.broken-{number}{path.suffix}")
    path.replace(aside)
    return aside


def write_whole(path: Path, data: bytes, *, over: bool, lasting: bool = True, private: bool = False) -> None:
    """Write a file whole or not at all, and make the folders above it.

    With `over` a file of that name is replaced; without, `FileExistsError` is raised. What is not `lasting` is not
    waited for until it lies on the disk, and a power failure may leave anything of it. What is `private` nobody else
    can read. Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unnamed = _begun(path.parent, 0o600 if private else 0o666)
    try:
        try:
            _write(handle, data, lasting)
        finally:
            os.close(handle)
        if over:
            unnamed.replace(path)
        else:
            _name(unnamed, path)
    finally:
        with suppress(OSError):
            unnamed.unlink(missing_ok=True)
    if lasting:
        _sync_folder(path.parent)
    _sweep(path.parent)


def _begun(folder: Path, rights: int = 0o666) -> tuple[int, Path]:
    """Open a new file in a folder, to be named once it is whole."""
    path = folder / f".firstvisit-{os.urandom(8).hex()}"
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _AT_ONCE, rights), path


def _write(handle: int, data: bytes, lasting: bool = True) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    if lasting:
        os.fsync(handle)


def _name(unnamed: Path, path: Path) -> None:
    """Give a finished file its name, unless the name is taken."""
    try:
        os.link(unnamed, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(None, gettext("the name is taken"), str(path)) from None
        unnamed.rename(path)


def _sync_folder(folder: Path) -> None:
    """Make a new name last through a power failure, where the platform can."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what programs left behind that were killed while they wrote into this folder."""
    with suppress(OSError), os.scandir(folder) as found:
        for each in found:
            if _UNNAMED.fullmatch(each.name):
                with suppress(OSError):
                    status = each.stat(follow_symlinks=False)
                    if time.time() - status.st_mtime > _FORGOTTEN and each.is_file(follow_symlinks=False):
                        os.unlink(each.path)


def _lock(handle: int) -> None:
    """Lock an open file for this process, or raise at once if somebody else has."""
    if sys.platform == "win32":
        # far beyond any content, since a lock there keeps others from reading what it covers
        os.lseek(handle, 1 << 40, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)  # where a new file is written from
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
