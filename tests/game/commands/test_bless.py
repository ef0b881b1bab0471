"""Runs that somebody has found good: kept beside the scenario, and held against it later."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from game.commands.blessing import kept_beside
from game.home import profile
from tests.game.conftest import KIOSK, Run

KEPT = ("--players", "plan-a,random", "--runs", "2")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def kept(run: Run, kiosk_path: Path) -> Path:
    """A scenario with blessed runs beside it."""
    code, out, _ = run("bless", str(kiosk_path), *KEPT)
    assert code == 0
    assert "4 runs kept" in out
    return kiosk_path


def test_runs_are_kept_as_text_that_can_be_read(kept: Path) -> None:
    text = kept_beside(kept).read_text(encoding="utf-8")
    assert "run: plan-a, seed 1\n" in text
    assert "   > Where are you off to?\n" in text
    assert "   < Sam (open): I have to get to the station dry.\n" in text


def test_what_was_not_changed_comes_out_as_it_did(run: Run, kept: Path) -> None:
    code, out, err = run("bless", "--check", str(kept))
    assert (code, err) == (0, "")
    assert out == f"{kept}: 4 blessed runs, all come out as they did\n"


def test_a_change_is_shown_with_its_line_and_whether_the_end_is_another(run: Run, kept: Path) -> None:
    change(kept, "I have to get to the station dry.", "It rains on my hat.")
    code, out, _ = run("bless", "--check", str(kept))
    assert code == 1
    assert "come out differently" in out
    number = int(out.split("kiosk.yaml.blessed:")[1].split(",")[0])
    was = kept_beside(kept).read_text(encoding="utf-8").split("\n")[number - 1].strip(" <")
    assert f"    - {was}" in out
    assert "    + Sam (open): It rains on my hat." in out
    assert "It ends as it did." in out


def test_another_ending_is_told_as_one(run: Run, kept: Path) -> None:
    change(kept, "  have-it: {kind: ask-for-decision, say: Shall I ring it up?}\n", "")
    change(kept, "Come back any time.}", "Come back any time.}\n  no: {kind: invite-no, say: Or not?}")
    code, out, _ = run("bless", "--check", str(kept))
    assert code == 1
    assert "There is no line 'have-it' any more." in out
    assert "It ends otherwise:" in out


def test_what_was_accepted_is_as_it_should_be_from_then_on(run: Run, kept: Path) -> None:
    change(kept, "This one opens with one hand.", "This one opens by itself.")
    code, out, _ = run("bless", "--accept", str(kept))
    assert code == 0
    assert "This one opens by itself." in out
    assert "This one opens by itself." in kept_beside(kept).read_text(encoding="utf-8")
    assert run("bless", "--check", str(kept))[0] == 0


def test_json_says_the_same_for_scripts(run: Run, kept: Path) -> None:
    change(kept, "Where are you off to?", "Where to?")
    code, out, _ = run("bless", "--check", "--json", str(kept))
    found = json.loads(out)
    assert code == 1
    assert [one["run"] for one in found] == ["plan-a", "plan-a", "random", "random"]
    first = found[0]
    assert (first["same"], first["was"], first["now"]) == (False, "Where are you off to?", "Where to?")
    assert first["ending_was"] == first["ending_now"]


def test_a_run_that_was_played_can_be_kept_too(run: Run, kept: Path) -> None:
    run("play", str(kept), "--seed", "3", "--plain", typed="1\n1\nq\n")
    assert [each for each in profile.runs_dir().iterdir() if each.suffix == ".run"]
    code, out, _ = run("bless", str(kept), "--record", "last")
    assert code == 0
    assert "1 run kept, 5 in all." in out
    assert run("bless", "--check", str(kept))[0] == 0


def test_a_record_that_cannot_be_made_in_this_scenario_is_refused(run: Run, kept: Path) -> None:
    run("play", str(kept), "--seed", "3", "--plain", typed="1\n1\nq\n")
    for line in ("where-to", "this-one", "have-it", "some-day"):
        change(kept, f"  {line}:", f"  other-{line}:")
    code, _, err = run("bless", str(kept), "--record", "last")
    assert code == 1
    assert "cannot be kept as a run of this scenario. There is no line" in err


def test_what_is_kept_already_is_not_written_over_by_chance(run: Run, kept: Path) -> None:
    before = kept_beside(kept).read_bytes()
    code, _, err = run("bless", str(kept))
    assert code == 2
    assert "keeps 4 runs already" in err
    assert kept_beside(kept).read_bytes() == before


def test_what_cannot_be_looked_at_is_named_and_the_rest_goes_on(run: Run, kept: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.yaml"
    bare.write_text(KIOSK, encoding="utf-8")
    code, out, err = run("bless", "--check", str(bare), str(kept))
    assert code == 2
    assert "has no blessed runs yet" in err
    assert "all come out as they did" in out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"", "line 1: the first line of blessed runs"),
        (b"first-visit blessed 1\nrun: x, seed 1\nwhat is this\n", "line 3: this is no move"),
    ],
)
def test_a_spoilt_file_of_blessed_runs_is_named_with_the_line(run: Run, kept: Path, content: bytes, said: str) -> None:
    kept_beside(kept).write_bytes(content)
    code, _, err = run("bless", "--check", str(kept))
    assert code == 2
    assert said in err
    assert kept_beside(kept).read_bytes() == content


def test_a_scenario_with_errors_keeps_its_runs(run: Run, kept: Path) -> None:
    before = kept_beside(kept).read_bytes()
    change(kept, "kind: open-question", "kind: opne-question")
    for how in ("--check", "--accept"):
        code, _, err = run("bless", how, str(kept))
        assert code in (1, 2)
        assert str(kept) in err
    assert kept_beside(kept).read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names")
def test_a_pipe_in_place_of_the_runs_is_not_waited_for(run: Run, kiosk_path: Path) -> None:
    os.mkfifo(kept_beside(kiosk_path))
    code, _, err = run("bless", "--check", str(kiosk_path))
    assert code == 2
    assert "it is not a regular file" in err


def test_options_that_do_not_go_together_are_refused(run: Run, kept: Path) -> None:
    assert run("bless", "--json", str(kept))[0] == 2
    assert run("bless", "--check", "--players", "plan-a", str(kept))[0] == 2
    assert run("bless", "--check", "--accept", str(kept))[0] == 2
    assert run("bless", "--players", "nobody", str(kept))[0] == 2
