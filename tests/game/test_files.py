"""A stop at any moment leaves the old content or the new one."""

import os
from pathlib import Path

import pytest

from game.files import append, write_whole


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
    with pytest.raises(OSError, match="No space"):
        append(path, b" and more", 3)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["c.txt"]


def test_two_writers_notice_each_other(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    write_whole(path, b"one", over=False)
    size = append(path, b"two", 3)
    with pytest.raises(BlockingIOError, match="another program"):
        append(path, b"three", 3)
    assert (size, path.read_bytes()) == (6, b"onetwo")
