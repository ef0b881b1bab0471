"""Whatever stdin, stdout and stderr are, a command does its work or says in a sentence why not."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

STARTS = Path(__file__).with_name("many_starts.py")
NOT_WRITTEN = "firstvisit: The output cannot be written ("
UNUSABLE = ("closed", "full", "wrong way")


def commands(kiosk: Path, folder: Path) -> list[list[str]]:
    """Every command, where it can do its work and where it cannot."""
    worse = folder / "worse.yaml"
    worse.write_text("format: 1\nid: worse\n")
    quick = ["-n", "2", "--players", "plan-a", "--processes", "1"]
    return [
        ["--version"],
        ["--help"],
        ["simulate", "--help"],
        ["list", "--what"],
        [],
        ["list"],
        ["play", str(kiosk), "--seed", "3", "--new"],
        ["play", str(worse)],
        ["runs"],
        ["progress"],
        ["replay", "last"],
        ["replay", "nowhere"],
        ["check", str(kiosk), "--plays", "5"],
        ["check", str(worse)],
        ["simulate", str(kiosk), *quick],
        ["simulate", str(kiosk), *quick, "--output", str(folder / "report")],
        ["evidence", "2.2", "-n", "40", "--processes", "1"],
        ["evidence", "nothing"],
    ]


def test_every_command_bears_every_kind_of_stream(kiosk_path: Path, tmp_path: Path) -> None:
    usual = ("nothing", "kept", "kept")
    odd = [
        *(("nothing", "kept", kind) for kind in (*UNUSABLE, "broken")),
        *((kind, "kept", "kept") for kind in ("closed", "wrong way")),
        *(("nothing", kind, "kept") for kind in (*UNUSABLE, "broken")),
        ("closed", "closed", "closed"),
        ("nothing", "full", "full"),
        ("nothing", "broken", "broken"),
    ]
    every = commands(kiosk_path, tmp_path)
    asked = [(command, *streams) for streams in (usual, *odd) for command in every]
    done = subprocess.run(
        [sys.executable, STARTS],
        input=json.dumps([([], *usual), (["play", str(kiosk_path), "--new"], *usual), *asked]),  # has been here before
        capture_output=True,
        check=True,
        text=True,
        cwd=STARTS.parents[2],
        env={**os.environ, "FIRSTVISIT_HOME": str(tmp_path / "home")},
    )
    answers = dict(zip([repr(each) for each in asked], json.loads(done.stdout)[2:], strict=True))
    wrong = []
    for command in every:
        best_code, best_out, best_err = answers[repr((command, *usual))]
        assert "Traceback" not in best_err
        for streams in odd:
            code, out, err = answers[repr((command, *streams))]
            lost = streams[1] != "kept" and best_out
            expected = best_code if not lost else 0 if streams[1] == "broken" else 2
            said = f"{best_err}{NOT_WRITTEN if lost and expected else ''}" if streams[2] == "kept" else ""
            right = code == expected and err.startswith(said) and "Traceback" not in err and "ignored" not in err
            if not right or (streams[1] == "kept" and bool(out) != bool(best_out)):
                wrong.append((command, streams, code, out[-200:], err[-300:]))
    assert wrong == []


@pytest.mark.parametrize(
    "importing", ["game.cli", "argparse", "game.words.wording", "game.commands.listing", "engine.scenario.vocabulary"]
)
def test_ctrl_c_while_the_program_is_still_starting_is_no_mistake_of_its_own(importing: str) -> None:
    stopped = f"""
import os, runpy, signal, sys
class Stopping:
    def find_spec(self, name, *_):
        if name == {importing!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stopping())
sys.argv = ["firstvisit", "list"]
runpy.run_module("game", run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", stopped], capture_output=True, check=False, cwd=STARTS.parents[2])
    assert (done.returncode in (130, -signal.SIGINT), done.stderr) == (True, b"")
