"""`firstvisit migrate`: files of format 1 are rewritten in place, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.scenario import read_scenario
from engine.scenario.migrating import migrated
from tests.game.conftest import Run

OLD = Path(__file__).parents[2] / "scenarios" / "format1" / "every-word.yaml"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of format 1 of one's own."""
    path = tmp_path / "mine.yaml"
    path.write_bytes(OLD.read_bytes())
    return path


def test_a_file_is_rewritten_once(run: Run, old: Path) -> None:
    code, out, err = run("migrate", str(old))
    assert (code, err) == (0, "")
    assert "brought to format 2" in out
    assert old.read_bytes() == migrated(OLD.read_bytes(), "x")
    again = old.stat().st_mtime_ns
    code, out, _ = run("migrate", str(old))
    assert code == 0
    assert "in format 2 already" in out
    assert old.stat().st_mtime_ns == again
    assert run("check", str(old), "--no-explore")[0] == 0


def test_a_folder_is_rewritten_file_by_file(run: Run, old: Path) -> None:
    (old.parent / "notes.txt").write_text("format: 1\n")
    (old.parent / "other.yml").write_bytes(OLD.read_bytes().replace(b"every-word", b"other"))
    code, out, _ = run("migrate", str(old.parent))
    assert code == 0
    assert out.count("brought to format 2") == 2
    assert (old.parent / "notes.txt").read_text() == "format: 1\n"


def test_check_says_which_are_old_and_changes_nothing(run: Run, old: Path) -> None:
    code, out, _ = run("migrate", str(old), "--check")
    assert (code, "in format 1" in out) == (1, True)
    assert old.read_bytes() == OLD.read_bytes()
    run("migrate", str(old))
    assert run("migrate", str(old), "--check")[0] == 0


def test_it_can_go_elsewhere_and_nothing_there_is_lost(run: Run, old: Path, tmp_path: Path) -> None:
    new = migrated(OLD.read_bytes(), "x")
    assert run("migrate", str(old), "--stdout")[1] == new.decode()
    there = tmp_path / "new.yaml"
    assert run("migrate", str(old), "--output", str(there))[0] == 0
    assert there.read_bytes() == new
    there.write_text("mine\n")
    code, _, err = run("migrate", str(old), "--output", str(there))
    assert (code, "is there already" in err) == (2, True)
    assert there.read_text() == "mine\n"
    assert old.read_bytes() == OLD.read_bytes()
    assert run("migrate", str(old), str(there), "--stdout")[0] == 2


def test_a_file_with_errors_is_left_as_it_is_with_the_first_of_them(run: Run, old: Path) -> None:
    wrong = OLD.read_bytes().replace(b"answers: dear}", b"answers: deer}").replace(b"kind: leave", b"kind: laeve")
    old.write_bytes(wrong)
    code, out, err = run("migrate", str(old))
    assert code == 1
    assert "deer" in out + err
    assert "laeve" not in out + err
    assert "left as it is" in err
    assert old.read_bytes() == wrong


def test_one_that_is_wrong_does_not_stop_the_others(run: Run, old: Path, tmp_path: Path) -> None:
    code, _, err = run("migrate", str(tmp_path / "gone.yaml"), str(old))
    assert code == 2
    assert "gone.yaml" in err
    assert read_scenario(old.read_bytes(), "x").id == "every-word"
    assert run("migrate", str(old), "--check")[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_one_and_permissions_stay(run: Run, old: Path, tmp_path: Path) -> None:
    old.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(old.name)
    assert run("migrate", str(link))[0] == 0
    assert link.is_symlink()
    assert old.stat().st_mode & 0o777 == 0o640
    assert old.read_bytes() == migrated(OLD.read_bytes(), "x")


@pytest.mark.parametrize("what", ["folder", "broken link", "latin", "empty"])
def test_what_is_no_scenario_file_is_told(run: Run, tmp_path: Path, what: str) -> None:
    path = tmp_path / "odd.yaml"
    if what == "folder":
        path.mkdir()
    elif what == "broken link":
        path.symlink_to(tmp_path / "nowhere")
    else:
        path.write_bytes(b"format: 1\ntitle: \xe9\n" if what == "latin" else b"")
    code, out, err = run("migrate", str(path))
    assert code in (1, 2)
    assert "odd.yaml" in out + err
    assert "Traceback" not in err
