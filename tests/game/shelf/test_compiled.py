"""A scenario is compiled once: a file that did not change is played at once the next time, and comes out the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import scenarios
from engine.guides import guides_found
from engine.rules import prepare
from engine.scenario import Scenario, ScenarioErrors, read_scenario
from game.shelf import compiled, library
from tests.game.conftest import KIOSK, Run
from tests.game.test_process import imported

BUNDLED = sorted(Path(scenarios.__path__[0]).glob("**/*.yaml"))


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read anew."""
    read: list[str] = []

    def reading(text: bytes, path: str) -> Scenario:
        read.append(Path(path).name)
        return read_scenario(text, path)

    monkeypatch.setattr("engine.scenario.loading.read_scenario", reading)
    return read


def kept(home: Path) -> list[Path]:
    """What is kept."""
    return sorted((home / "compiled").iterdir())


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_what_was_kept_is_the_scenario_itself(home: Path, reading: list[str], path: Path) -> None:
    first, again = library.load(path), library.load(path)
    assert reading == [path.name]
    assert again is not first
    assert (again, repr(again), again.digest()) == (first, repr(first), first.digest())


def test_a_player_sees_the_same_the_second_time(run: Run, home: Path, kiosk_path: Path, reading: list[str]) -> None:
    def played() -> str:
        _, out, _ = run("play", str(kiosk_path), "--plain", "--seed", "3", "--new", typed="1\n" * 20)
        out = "".join(out.split())  # wherever a long path was wrapped
        for record in (home / "runs").iterdir():
            out = "".join(out.split()).replace(record.name, "RUN")  # in the middle of it, a line may have been wrapped
            record.unlink()  # so that the second is a first try, too
        return out

    assert played() == played()
    assert reading == ["kiosk.yaml"]


def test_the_second_start_neither_parses_nor_validates_it(home: Path) -> None:
    command = ("show", str(BUNDLED[0]), "--player", "plan-a", "--seed", "1")
    slow = {"yaml", "pydantic"}
    assert imported(home, *command) & slow == slow
    assert not imported(home, *command) & slow
    imported(home, "drill", "--plain")
    assert "pydantic" not in imported(home, "drill", "--plain")


def test_a_changed_file_is_read_anew(run: Run, home: Path, kiosk_path: Path, reading: list[str]) -> None:
    before = os.stat(kiosk_path)
    assert "Where are you off to?" in run("play", str(kiosk_path), "--plain", "--new")[1]
    kiosk_path.write_text(KIOSK.replace("Where are you off to?", "Where are you bound to"))
    os.utime(kiosk_path, ns=(before.st_atime_ns, before.st_mtime_ns))  # and nothing but its text tells
    assert "Where are you bound to" in run("play", str(kiosk_path), "--plain", "--new")[1]
    assert reading == ["kiosk.yaml"] * 2


@pytest.mark.parametrize("change", ["a longer rule", "a rule of the same length", "another rule", "another Python"])
def test_another_engine_reads_it_anew(
    home: Path, kiosk_path: Path, reading: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    rule = tmp_path / "engine" / "rules" / "rule.py"
    rule.parent.mkdir(parents=True)
    rule.write_text("CHANCE = 1\n")
    monkeypatch.setattr(compiled, "engine", SimpleNamespace(__path__=[str(tmp_path / "engine")]))

    def started() -> None:
        compiled._engine.cache_clear()
        library.load(kiosk_path)

    started()
    started()
    assert len(reading) == 1
    if change == "a longer rule":
        rule.write_text("CHANCE = 10\n")
    elif change == "a rule of the same length":
        rule.write_text("CHANCE = 2\n")
        os.utime(rule, (1, 1))
    elif change == "another rule":
        (rule.parent / "new.py").touch()
    else:
        monkeypatch.setattr("sys.version", "4.0")
    started()
    compiled._engine.cache_clear()
    assert len(reading) == 2


def _shorter(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _another_number(data: bytes) -> bytes:
    assert b"2000" in data
    return data.replace(b"2000", b"1000")


def _signed(path: Path, said: object) -> bytes:
    data = json.dumps(said).encode()
    return compiled._digest(path.stem, data) + b"\n" + data


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(_shorter(path.read_bytes())),
        lambda path: path.write_bytes(_another_number(path.read_bytes())),
        lambda path: path.write_bytes(b"\xff\n{}"),
        lambda path: path.write_bytes(_signed(path, [])),
        lambda path: path.write_bytes(_signed(path, {"id": 3})),
        lambda path: path.write_bytes(_signed(path, {"id": "kiosk", "title": "Not all of it"})),
        lambda path: path.write_bytes(b"[" * 100_000),
        lambda path: path.write_bytes(compiled._digest(path.stem, b"[" * 100_000) + b"\n" + b"[" * 100_000),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: path.unlink(),
    ],
    ids=[
        "empty",
        "cut",
        "changed",
        "no text",
        "a list",
        "a number",
        "a part",
        "deep",
        "deep, signed",
        "folder",
        "gone",
    ],
)
def test_what_is_broken_is_read_anew(
    home: Path, kiosk: Scenario, kiosk_path: Path, reading: list[str], harm: Callable[[Path], object]
) -> None:
    library.load(kiosk_path)
    (path,) = kept(home)
    whole = path.read_bytes()
    harm(path)
    assert library.load(kiosk_path) == kiosk
    assert len(reading) == 2
    assert path.is_dir() or path.read_bytes() == whole


def test_a_file_in_the_place_of_another_is_not_taken_for_it(home: Path, kiosk_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(KIOSK.replace("id: kiosk", "id: other"))
    library.load(other)
    (of_other,) = kept(home)
    scenario = library.load(kiosk_path)
    (of_kiosk,) = set(kept(home)) - {of_other}
    of_kiosk.write_bytes(of_other.read_bytes())
    assert library.load(kiosk_path) == scenario


def test_where_nothing_can_be_kept_it_is_played_all_the_same(run: Run, home: Path, kiosk_path: Path) -> None:
    home.mkdir()
    (home / "compiled").write_text("in the way")
    for _ in range(2):
        code, out, err = run("play", str(kiosk_path), "--plain", "--new")
        assert (code, err) == (0, "")
        assert "Where are you off to?" in out


def test_without_a_home_a_file_is_read_all_the_same(kiosk_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTVISIT_HOME", "~nobody-of-this-name/home")
    assert library.load(kiosk_path).id == "kiosk"


def test_what_is_wrong_is_said_each_time(run: Run, home: Path, kiosk_path: Path) -> None:
    kiosk_path.write_text(KIOSK.replace("title: The kiosk\n", ""))
    for _ in range(2):
        with pytest.raises(ScenarioErrors, match="title"):
            library.load(kiosk_path)
    assert not (home / "compiled").exists()


def test_check_says_of_a_file_that_was_played_what_it_says_of_any(run: Run, home: Path, kiosk_path: Path) -> None:
    kiosk_path.write_text(KIOSK.replace("meets: dry", "reveals: dry"))
    before = run("check", str(kiosk_path), "--no-explore")
    assert "warning" in before[1] + before[2]
    run("play", str(kiosk_path), "--plain")
    assert kept(home)
    assert run("check", str(kiosk_path), "--no-explore") == before


def test_what_was_used_last_is_kept(home: Path, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def at(days: int) -> None:
        """Let what was kept be that old."""
        for path in kept(home):
            status = path.stat()
            os.utime(path, (status.st_atime, status.st_mtime - 86_400 * days))

    monkeypatch.setattr(compiled, "MOST", 2)
    files = []
    for name in ("first", "second", "third"):
        path = kiosk_path.with_name(f"{name}.yaml")
        path.write_text(KIOSK.replace("id: kiosk", f"id: {name}"))
        files.append(path)
    library.load(files[0])
    (first,) = kept(home)
    at(3)
    library.load(files[1])
    at(3)
    library.load(files[0])
    library.load(files[2])
    assert len(kept(home)) == 2
    assert first in kept(home)


def test_several_programs_at_once_play_the_same(home: Path, kiosk_path: Path) -> None:
    command = [sys.executable, "-m", "game", "show", str(kiosk_path), "--player", "plan-a", "--seed", "1"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(3)]
    told = {(process.communicate()[0], process.returncode) for process in started}
    ((said, code),) = told
    assert (code, b"umbrella" in said.lower()) == (0, True)
    scenario = read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")
    assert compiled._kept(compiled.name_of(kiosk_path.read_bytes()), Scenario) == scenario
    assert all(not path.name.startswith(".") for path in kept(home))


# --- lists -----------------------------------------------------------------------------------------------------------


def test_a_list_is_the_same_the_second_time_and_parses_nothing(run: Run, home: Path, kiosk_path: Path) -> None:
    first = run("list", "--json", "--scenarios", str(kiosk_path.parent))
    assert "The kiosk" in first[1]
    assert run("list", "--json", "--scenarios", str(kiosk_path.parent)) == first
    assert "yaml" not in imported(home, "list", "--scenarios", str(kiosk_path.parent))


def test_a_list_shows_what_a_file_says_now_and_where_it_is_now(run: Run, home: Path, kiosk_path: Path) -> None:
    folder = ("--scenarios", str(kiosk_path.parent))
    run("list", *folder)
    kiosk_path.write_text(KIOSK.replace("The kiosk", "The newsstand"))
    assert "The newsstand" in run("list", *folder)[1]
    moved = kiosk_path.rename(kiosk_path.with_name("moved.yaml"))
    assert [each["path"] for each in json.loads(run("list", "--json", *folder)[1]) if each["id"] == "kiosk"] == [
        str(moved)
    ]


def test_a_list_does_without_what_is_broken(run: Run, home: Path, kiosk_path: Path) -> None:
    first = run("list", "--scenarios", str(kiosk_path.parent))
    (path,) = kept(home)
    for harm in (b"", b"{}", path.read_bytes()[:-2], _signed(path, {"a": 3}), _signed(path, [])):
        path.write_bytes(harm)
        assert run("list", "--scenarios", str(kiosk_path.parent)) == first


def test_who_plays_on_for_the_coach_is_found_out_once(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, again = prepare(kiosk), prepare(kiosk)
    compiled.know_guides(first)
    found = guides_found(first)
    assert found
    monkeypatch.setattr("engine.guides._trial", None)  # nobody tries them any more
    compiled.know_guides(again)
    assert guides_found(again) == found


def test_what_was_kept_of_another_engine_says_nothing_of_who_plays_on(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled.know_guides(prepare(kiosk))
    monkeypatch.setattr(compiled, "_engine", lambda: b"another")
    tried: list[int] = []

    def trial(rules: object, school: object, number: int) -> int:
        tried.append(number)
        return 0

    monkeypatch.setattr("engine.guides._trial", trial)
    compiled.know_guides(prepare(kiosk))
    assert tried
