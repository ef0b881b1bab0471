"""Everyday names of packages clash in a shared environment, and the program says so instead of failing somewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = {
    "engine/__init__.py": "",
    "engine/score.py": "# the score\n",
    "game/__init__.py": '"""Everything with a face."""\n',
    "game/start.py": "def main():\n    print('plays')\n    return 0\n",
    "scenarios/__init__.py": "",
}


def installed(site: Path, name: str, files: dict[str, str]) -> None:
    """Install a distribution into a folder as installers do: what is there is written over."""
    info = f"{name.replace('-', '_')}-1.2.dist-info"
    rows = [f"{path},sha256=x,{len(text)}" for path, text in files.items()] + [f"{info}/METADATA,,", f"{info}/RECORD,,"]
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n"
    for path, text in (files | {f"{info}/METADATA": metadata, f"{info}/RECORD": "\n".join(rows)}).items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of packages with this program in it, as small as it can be."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "firstvisit.py").write_bytes((ROOT / "game" / "firstvisit.py").read_bytes())
    installed(folder, "first-visit", PROGRAM)
    return folder


def start(*folders: Path) -> tuple[int, str, str]:
    """Start the command with these folders of packages and no others."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", "import sys, firstvisit; sys.exit(firstvisit.main())"],
        env={"PYTHONPATH": os.pathsep.join(map(str, folders)), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_it_plays_where_nothing_clashes(site: Path) -> None:
    installed(site, "other", {"other/__init__.py": ""})
    assert start(site) == (0, "plays\n", "")


@pytest.mark.parametrize("file", ["game/__init__.py", "game/start.py", "engine/score.py", "scenarios/__init__.py"])
def test_it_names_the_distribution_that_overwrote_it(site: Path, file: str) -> None:
    installed(site, "other-game", {file: "raise SystemError('I am somebody else')\n"})
    code, _, err = start(site)
    assert code == 2
    assert f"{file} of this program was overwritten by the distribution 'other-game 1.2'" in err
    assert "an environment of its own" in err


def test_it_says_what_another_distribution_took_away_when_it_left(site: Path) -> None:
    (site / "engine/score.py").unlink()
    code, _, err = start(site)
    assert code == 2
    assert "engine/score.py of this program is gone" in err


def test_it_says_where_another_package_of_the_name_is_found_first(site: Path, tmp_path: Path) -> None:
    installed(tmp_path / "before", "other-engine", {"engine/__init__.py": ""})
    code, _, err = start(tmp_path / "before", site)
    assert code == 2
    assert str(tmp_path / "before" / "engine") in err


def test_somebodys_own_edit_is_no_clash(site: Path) -> None:
    (site / "engine/score.py").write_text("# the score, as I like it\n", encoding="utf-8")
    assert start(site)[0] == 0
