"""Whatever lies where runs, scenarios and settings do, it is named in a sentence, and the rest goes on."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.record import LARGEST as LARGEST_RECORD
from engine.scenario.reading import MOST_BYTES
from game.home import profile
from game.runs import thinking
from game.runs.session import Session
from tests.game.conftest import Run

TOO_LONG = "n" * 300


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 3 << 30)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def itself(path: Path) -> None:
    path.symlink_to(path.name)


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "a-pipe": (os.mkfifo, "it is not a regular file"),
    "a-device": (device, "it is not a regular file"),
    "a-folder": (Path.mkdir, "it is a folder"),
    "a-link-to-nothing": (nowhere, "No such file"),
    "a-link-to-itself": (itself, "Too many levels"),
    "large": (sparse, ""),
}
"""What may lie where a file should, and what is said of it to who asks for it by name."""
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names")


@needs_pipes
def test_what_is_no_scenario_is_named_and_the_others_are_listed(run: Run, home: Path) -> None:
    folder = home / "scenarios"
    folder.mkdir(parents=True)
    for name, (make, _) in ODD.items():
        make(folder / f"{name}.yaml")
    code, out, err = run("list")
    assert code == 0
    assert "first-five-minutes" in out
    for name, (_, why) in ODD.items():
        assert f"{folder / name}.yaml is left out: " in err
        for command in ("play", "simulate"):
            code, _, said = run(command, str(folder / f"{name}.yaml"))
            assert code in (1, 2)
            assert why in said
    assert f"the file is too large: a scenario has at most {MOST_BYTES} bytes" in err


@needs_pipes
def test_what_is_no_run_is_named_wherever_runs_are_read(run: Run, home: Path, kiosk_path: Path) -> None:
    run("play", str(kiosk_path), "--seed", "3", typed="q\n")
    folder = home / "runs"
    for name, (make, _) in ODD.items():
        make(folder / f"{name}.run")
    code, out, err = run("runs")
    assert code == 0
    assert "seed 3, 0 moves: unfinished" in out
    for name, (_, why) in ODD.items():
        assert f"{folder / name}.run cannot be read as a run: " in err
        for command in (("replay", name), ("play", str(kiosk_path), "--retry", name)):
            code, _, said = run(*command)
            assert code in (1, 2)
            assert why in said, (command, said)
            assert str(folder / f"{name}.run") in said
            assert "[Errno" not in said
    assert f"a record has at most {LARGEST_RECORD:,} bytes" in run("replay", "large")[2]


@pytest.mark.parametrize("odd", ["a name that is too long", "a file"])
def test_a_home_that_cannot_be_looked_into_is_no_empty_one(
    run: Run, odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / (TOO_LONG if odd != "a file" else "file")
    if odd == "a file":
        home.touch()
    why = "Not a directory" if odd == "a file" else "File name too long"
    monkeypatch.setenv("FIRSTVISIT_HOME", str(home))
    code, out, err = run("list")
    assert code == 0
    assert "first-five-minutes" in out, "what comes with the program can be played"
    assert f"{home / 'runs'} is left out: It cannot be read ({why})." in err
    assert f"{home / 'scenarios'} is left out: It cannot be read ({why})." in err
    for command in (("runs",), ("replay", "last"), ("progress",), ("progress", "--json")):
        code, out, err = run(*command)
        assert (code, out) == (2, ""), command
        assert why in err


def test_a_name_that_no_file_can_have_is_refused_in_a_sentence(run: Run, tmp_path: Path, kiosk_path: Path) -> None:
    long = str(tmp_path / f"{TOO_LONG}.yaml")
    for command in (
        ("check", long),
        ("play", long),
        ("replay", long),
        ("simulate", long),
        ("list", "--scenarios", long),
    ):
        code, out, err = run(*command)
        assert (code, out) == (2, ""), command
        assert err.startswith("firstvisit: ")


@needs_pipes
def test_a_pipe_where_seconds_of_thinking_are_kept_is_not_waited_for(home: Path, kiosk_path: Path) -> None:
    from engine.scenario import read_scenario

    scenario = read_scenario(kiosk_path.read_bytes(), "kiosk")
    session = Session.start(scenario, kiosk_path, 3, "novice", True, profile.runs_dir())
    assert session.record_path is not None
    thinking.keep(session, 7)
    assert thinking.kept(session) == 7
    (kept,) = (home / "thinking").iterdir()
    kept.unlink()
    os.mkfifo(kept)
    assert thinking.kept(session) == 0


def test_a_file_that_goes_while_a_list_is_made_takes_nothing_along(
    run: Run, home: Path, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in ("1", "2"):
        run("play", str(kiosk_path), "--seed", seed, "--new", typed="q\n")
    listed = os.listdir
    gone: list[str] = []

    def going(folder: Path) -> list[str]:
        names = listed(folder)
        if folder == profile.runs_dir() and not gone:
            gone.append(min(names))
            (folder / gone[0]).unlink()
        return names

    monkeypatch.setattr(os, "listdir", going)
    code, out, err = run("runs")
    assert code == 0
    assert "seed 2" in out
    assert f"{gone[0]} cannot be read as a run: It cannot be read (No such file or directory)." in err
