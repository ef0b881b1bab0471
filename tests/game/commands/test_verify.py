"""`firstvisit replay --verify`: a record that was changed does not verify, and says where."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine.play import Game
from engine.record import read_record
from engine.replay import record_text, replay
from engine.score import scorecard
from game.shelf.library import load
from tests.game.conftest import Run
from tests.game.test_cli import ANY


@pytest.mark.parametrize(
    ("pattern", "becomes", "says"),
    [
        (r"seed: 5", "seed: 6", "head was changed"),
        (r"value: .*", "value: 999999", "score was changed"),
        (r"conduct: .*", "conduct: 1", "score was changed"),
        (r"seal: .*", "seal: 0000000000000000", "foot was changed"),
        (r"rules: .*", "rules: 999", "rules 999"),
        (r"digest: .*", "digest: 0000000000000000", "has changed since"),
        (r"(?m)^1\. \S+", "1. no-such-move", "Move 1: this scenario has no move"),
        (r"\{([0-9a-f]{8})\}", "{00000000}", "Move 1"),
    ],
)
def test_a_record_that_was_changed_does_not_verify_and_says_where(
    run: Run, kiosk_path: Path, pattern: str, becomes: str, says: str
) -> None:
    run("play", str(kiosk_path), "--seed", "5", typed=ANY)
    path = Path(json.loads(run("runs", "--json")[1])[0]["path"])
    text, changed = re.subn(pattern, becomes, path.read_text(), count=1)
    assert changed
    path.write_text(text)
    code, out, err = run("replay", str(path), "--verify", "--scenario", str(kiosk_path))
    assert (code, says in out + err) == (1, True), out + err


def test_a_run_that_is_not_finished_does_not_verify(run: Run, kiosk_path: Path) -> None:
    run("play", str(kiosk_path), "--seed", "5", typed="1\n")
    code, out, _ = run("replay", "last", "--verify", "--json", "--scenario", str(kiosk_path))
    assert code == 1
    assert json.loads(out)["verified"] is False


def test_nonsense_is_no_run(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.run"
    path.write_bytes(b"\x00\xff nonsense")
    code, _, err = run("replay", str(path), "--verify")
    assert code == 1
    assert "not the record of a run" in err


def test_a_run_of_the_notation_before_verifies_and_says_what_nothing_protects(run: Run, kiosk_path: Path) -> None:
    run("play", str(kiosk_path), "--seed", "5", typed=ANY)
    path = Path(json.loads(run("runs", "--json")[1])[0]["path"])
    record = read_record(path.read_bytes())
    state = replay(record, Game(load(kiosk_path)))
    path.write_text(record_text(replace(record.header, notation=1), state, scorecard(state)), encoding="ascii")
    code, out, _ = run("replay", str(path), "--verify", "--scenario", str(kiosk_path))
    assert code == 0
    assert "Notation 1 does not protect everything. Only as somebody wrote it: cues, live, started, retry-of" in out
    code, out, _ = run("replay", str(path), "--verify", "--json", "--scenario", str(kiosk_path))
    assert json.loads(out)["as_recorded"][:2] == ["cues", "live"]
