"""The command as a process: what it imports, and what becomes of its output."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def imported(home: Path, *arguments: str) -> set[str]:
    """Run the command in a new process and return the top-level modules that it imported."""
    script = (
        "import sys\nfrom game.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print('\\nMODULES', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "FIRSTVISIT_HOME": str(home)},
        check=True,
    )
    return set(done.stdout.split("MODULES")[-1].split())


def test_what_needs_no_screen_imports_none(home: Path, kiosk_path: Path) -> None:
    for arguments in (["--help"], ["list"], ["runs"], ["progress"], ["check", str(kiosk_path), "--plays", "1"]):
        assert not imported(home, *arguments) & {"textual", "rich"}, arguments
    assert "textual" not in imported(home, "play", str(kiosk_path), "--plain")


def test_what_validates_nothing_imports_no_validation(home: Path) -> None:
    for arguments in (["--help"], ["list"], ["list", "--json"], ["runs"]):
        assert not imported(home, *arguments) & {"pydantic", "pydantic_core"}, arguments


def test_what_only_says_something_of_the_command_line_imports_next_to_nothing(home: Path) -> None:
    for arguments in (["--help"], ["--version"], ["play", "--help"]):
        assert not imported(home, *arguments) & {"dataclasses", "hashlib", "yaml"}, arguments


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_said(home: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "game", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "FIRSTVISIT_HOME": str(home)},
            check=False,
        )
    assert (done.returncode, b"cannot be written" in done.stderr) == (2, True), done.stderr


def test_a_reader_that_stops_reading_is_no_error(home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "game", "list", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "FIRSTVISIT_HOME": str(home)},
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
