"""A stop at any moment leaves the old content or the new one."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.record import LARGEST
from game.home.files import Held, InUse, read_regular, write_whole


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.txt"
    write_whole(path, b"one", over=False)
    assert path.read_bytes() == b"one"
    assert os.listdir(path.parent) == ["c.txt"]


def test_a_name_that_is_taken_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    write_whole(path, b"one", over=False)
    with pytest.raises(FileExistsError):
        write_whole(path, b"two", over=False)
    assert path.read_bytes() == b"one"
    write_whole(path, b"two", over=True)
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["c.txt"]


def test_a_name_that_is_taken_is_kept_on_file_systems_without_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "c.txt"
    write_whole(path, b"one", over=False)
    with pytest.raises(FileExistsError):
        write_whole(path, b"two", over=False)
    assert path.read_bytes() == b"one"


def test_a_write_that_fails_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.txt"
    write_whole(path, b"old", over=False)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new", over=True)
    held = Held(path)
    with pytest.raises(OSError, match="No space"):
        held.append(b" and more")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["c.txt"]


def test_a_file_that_is_held_grows_for_its_holder_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "c.txt"
    held = Held.new(path, b"one")
    with pytest.raises(InUse):
        Held(path)
    held.append(b"two")
    held.close()
    again = Held(path)
    again.append(b"three")
    assert again.read(100) == path.read_bytes() == b"onetwothree"
    assert os.listdir(path.parent) == ["c.txt"]


def test_a_file_is_let_go_by_a_program_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_bytes(b"one")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InUse):
            Held(path)
        holder.kill()
    Held(path).append(b"two")
    assert path.read_bytes() == b"onetwo"


HOLD = """
import sys
from pathlib import Path
from game.home.files import Held

held = Held(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


class Msvcrt:
    """How Windows locks, as its documentation has it: from the position of a handle on, whoever reads or writes there,
    until the handle is closed. A lock that another one holds is EACCES."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.held: dict[tuple[int, int], int] = {}

    def locking(self, handle: int, mode: int, length: int) -> None:
        assert (mode, length) == (self.LK_NBLCK, 1)
        place = os.fstat(handle).st_ino, os.lseek(handle, 0, os.SEEK_CUR)
        if place in self.held:
            raise PermissionError(13, "Permission denied")
        self.held[place] = handle


def test_on_windows_a_file_is_locked_where_nothing_is_ever_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows = Msvcrt()
    monkeypatch.setattr("game.home.files.msvcrt", windows, raising=False)
    monkeypatch.setattr("game.home.files.sys", SimpleNamespace(platform="win32"))
    path = tmp_path / "c.txt"
    held = Held.new(path, b"one")
    with pytest.raises(InUse):
        Held(path)
    held.append(b"two")
    assert held.read(100) == path.read_bytes() == b"onetwo"
    ((_, place),) = windows.held
    assert LARGEST < place < 2**63, "a lock keeps others from reading what it covers"
    held.close()
    windows.held.clear()
    Held(path).append(b"three")
    assert path.read_bytes() == b"onetwothree"


def test_where_there_are_no_locks_two_writers_notice_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("game.home.files._lock", refuse)
    path = tmp_path / "c.txt"
    one, other = Held.new(path, b"one"), Held(path)
    one.append(b"two")
    with pytest.raises(InUse, match="another program"):
        other.append(b"three")
    assert path.read_bytes() == b"onetwo"


def test_a_file_that_was_replaced_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    held = Held.new(path, b"one")
    write_whole(path, b"two", over=True)
    with pytest.raises(InUse):
        held.append(b"three")
    assert path.read_bytes() == b"two"


def test_what_a_kill_left_behind_is_swept_once_nobody_can_be_writing_it(tmp_path: Path) -> None:
    old = [".firstvisit-0123456789abcdef", ".20260307-094112-517-kiosk.run.0a1b2c3d"]
    others = [".firstvisit-0123456789abcdee", ".notes.0a1b2c3d", "20260307-094112-517-kiosk.run", ".firstvisit-mine"]
    for name in (*old, *others):
        (tmp_path / name).write_bytes(b"half")
    yesterday = os.stat(tmp_path).st_mtime - 86_400
    for name in (*old, *others[1:]):
        os.utime(tmp_path / name, (yesterday, yesterday))
    write_whole(tmp_path / "c.txt", b"one", over=True)
    assert sorted(os.listdir(tmp_path)) == sorted([*others, "c.txt"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names")
def test_a_pipe_among_files_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    os.mkfifo(path)
    for touch in (Held, lambda each: read_regular(each, 10)):
        with pytest.raises(OSError, match="not a regular file"):
            touch(path)
