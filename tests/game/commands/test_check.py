"""`firstvisit check`: what is wrong with a scenario, and whether it does what its author expects."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import scenarios
from engine.doctrines.climbing import Round
from tests.game.conftest import Run


def test_check_is_content_with_the_bundled_scenarios(run: Run) -> None:
    code, out, _ = run("check", *scenarios.__path__, "--plays", "30")
    assert code == 0
    assert out.count("no problems") >= 6


def test_check_holds_a_scenario_against_what_its_author_expects(
    run: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.expectations.RUNS", 50)
    code, out, _ = run("check", str(kiosk_path), "--no-explore", "--expect")
    assert code == 0
    assert "nothing is expected" in out
    kiosk_path.write_text(kiosk_path.read_text() + "expect: {first-visit-close: {follow-up-friday: 90%..}}\n")
    code, out, _ = run("check", str(kiosk_path), "--no-explore", "--expect")
    assert code == 1
    assert "NOT MET: follow-up-friday closes 90% to 100% on the first visit" in out
    code, out, _ = run("check", str(kiosk_path), "--no-explore", "--expect", "--json")
    assert code == 1
    found = {finding["expected"]: finding["met"] for finding in json.loads(out)["expectations"]}
    assert found["follow-up-friday closes 90% to 100% on the first visit"] is False


def test_check_holds_the_script_against_what_its_author_expects(
    run: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.computing.pool.usable_processors", lambda: 1)
    monkeypatch.setattr("engine.doctrines.climbing.ROUNDS", (Round(1, 100, (5, 10)),))
    monkeypatch.setattr("engine.expectations.RUNS", 50)
    monkeypatch.setattr("engine.expectations.EXPERT_RUNS", 6)
    kiosk = kiosk_path.read_text()
    kiosk_path.write_text(kiosk + "expect: {script: ..1%}\n")
    code, out, _ = run("check", str(kiosk_path), "--no-explore", "--expect")
    assert code == 1
    assert "NOT MET: the best script earns at most 1% of what the expert earns" in out
    kiosk_path.write_text(kiosk + "expect: {script: 1%..}\n")
    code, out, _ = run("check", str(kiosk_path), "--no-explore", "--expect", "--json")
    *_, finding = json.loads(out)["expectations"]
    assert (code, finding["met"], finding["verdict"]) == (0, True, "met")
    monkeypatch.setattr("engine.expectations.EXPERT_RUNS", 1)
    code, out, _ = run("check", str(kiosk_path), "--no-explore", "--expect")
    assert code == 0
    assert "undecided: the best script earns at least 1% of what the expert earns" in out
    assert "firstvisit check FILE --expect --expert-runs N" in out
    code, out, _ = run("check", str(kiosk_path), "--no-explore", "--expect", "--expert-runs", "5")
    assert re.search(r"\d+% from 5 buyers", out)


def test_script_and_expert_stop_when_their_time_is_up_and_what_they_met_is_judged(
    run: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.doctrines.climbing.ROUNDS", (Round(1, 300, (5, 20)),))
    monkeypatch.setattr("game.commands.checking.time", SimpleNamespace(monotonic=lambda: 0.0))  # long ago
    kiosk_path.write_text(kiosk_path.read_text() + "expect: {script: ..1%}\n")
    code, out, _ = run("check", str(kiosk_path), "--expect", "--budget", "1")
    assert code == 0
    assert "undecided: the best script earns at most 1% of what the expert earns" in out
    assert "in the time that they were given" in out


@pytest.mark.parametrize("done", [0, 1], ids=["while it is played", "while the expert searches"])
def test_ctrl_c_leaves_the_expectations_that_were_judged(
    run: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("game.computing.many_runs.best_script" if done else "engine.expectations.expectations", stopped)
    kiosk_path.write_text(
        kiosk_path.read_text() + "expect: {first-visit-close: {follow-up-friday: 90%..}, script: ..1%}\n"
    )
    code, out, err = run("check", str(kiosk_path), "--no-explore", "--expect", "--json")
    assert code == 130
    assert bool(json.loads(out)["expectations"]) == bool(done)
    assert "Stopped: the rest was only read" in err


def test_check_names_place_and_mending_and_ends_with_1(run: Run, kiosk_path: Path) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("kind: present", "kind: presnet"))
    line = 1 + kiosk_path.read_text().split("presnet")[0].count("\n")
    code, out, _ = run("check", str(kiosk_path), "--no-explore")
    assert code == 1
    assert f"{kiosk_path}:{line}:" in out
    assert "did you mean `present`" in out
    code, out, _ = run("check", str(kiosk_path), "--no-explore", "--json")
    (problem,) = json.loads(out)
    assert (code, problem["file"], problem["line"]) == (1, str(kiosk_path), line)
