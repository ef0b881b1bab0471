"""`firstvisit simulate` looks for the best script, and compares it with the expert."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from game.commands import simulating
from tests.game.conftest import Run


@pytest.fixture
def short_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for scripts that is over at once."""
    from engine.doctrines.climbing import Round

    few = (Round(2, 200, (5, 10)), Round(1, 400, (5, 20)))
    monkeypatch.setattr("engine.doctrines.climbing.ROUNDS", few)


@pytest.mark.usefixtures("short_search")
def test_the_script_is_named_move_by_move_and_compared_with_the_expert(
    simulated: Callable[..., dict[str, Any]], kiosk_path: Path
) -> None:
    (scenario,) = simulated("-n", 40, "--expert-runs", 6, "--players", "script,expert,plan-a")["scenarios"]
    assert {each["player"]: each["runs"] for each in scenario["players"]} == {"script": 40, "expert": 6, "plan-a": 40}
    assert {"where-to", "have-it"} <= {entry["move"] for entry in scenario["script"]}
    assert all(entry["day"] >= 0 for entry in scenario["script"])
    found = scenario["listening"]
    assert found["runs"] == 6
    assert found["of_expert"]["ratio"] == pytest.approx(found["script"] / found["expert"], abs=1e-5)
    assert found["share"]["share"] == pytest.approx(1 - found["of_expert"]["ratio"], abs=1e-5)


@pytest.mark.usefixtures("short_search")
def test_without_one_of_the_two_nothing_is_said_of_listening(
    simulate: Run, simulated: Callable[..., dict[str, Any]]
) -> None:
    (scenario,) = simulated("-n", 4, "--players", "plan-a")["scenarios"]
    assert scenario["script"] is None
    assert scenario["listening"]["runs"] == 0
    assert scenario["listening"]["share"] == {"share": None, "low": None, "high": None}
    (scenario,) = simulated("-n", 4, "--players", "script")["scenarios"]
    assert scenario["script"]
    assert scenario["listening"]["expert"] == scenario["listening"]["runs"] == 0


@pytest.mark.usefixtures("short_search")
def test_people_read_the_listening_share_and_the_script(simulate: Run, kiosk_path: Path) -> None:
    options = ("-n", 10, "--players", "script,expert", "--processes", 1)
    _, out, _ = simulate(kiosk_path, "--expert-runs", 6, *options)
    told = " ".join(out.split())
    assert "listening share: " in told
    assert "From the same 6 buyers the best script earned" in told
    assert "the script: " in told
    assert "one buyer does not tell" in " ".join(simulate(kiosk_path, "--expert-runs", 1, *options)[1].split())
    _, table, _ = simulate(kiosk_path, "--expert-runs", 6, "--csv", *options)
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["listening.runs"] for row in rows} == {"6"}
    assert all(float(row["listening.share.share (0 to 1)"]) <= 1 for row in rows)


@pytest.mark.usefixtures("short_search")
def test_the_script_is_the_same_however_many_processes_look_for_it(kiosk_path: Path) -> None:
    from engine.rules import prepare
    from game.computing.climbing import best_script
    from game.shelf.library import load

    scenario = load(kiosk_path)
    alone, shared = (best_script(scenario, prepare(scenario), processes) for processes in (1, 2))
    assert alone.entries == shared.entries


@pytest.mark.usefixtures("short_search")
def test_it_is_shown_how_far_the_search_for_a_script_has_come(
    kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.doctrines import climbing as climbs
    from engine.rules import prepare
    from game.computing import climbing
    from game.shelf.library import load

    shown: list[tuple[int, str, list[int]]] = []

    @contextmanager
    def noted(what: str, total: int, waiting: str) -> Iterator[Callable[[int], None]]:
        shown.append((total, waiting, []))
        yield shown[0][2].append

    monkeypatch.setattr(climbing, "progress", noted)
    monkeypatch.setattr(climbing, "ROUNDS", climbs.ROUNDS)
    scenario = load(kiosk_path)
    climbing.best_script(scenario, prepare(scenario), 1, "This takes a while ...")
    ((total, waiting, steps),) = shown
    assert (total, waiting) == (sum(each.lists * each.moves for each in climbs.ROUNDS), "This takes a while ...")
    assert len(steps) > sum(each.lists for each in climbs.ROUNDS)
    assert 0.8 * total < sum(steps) < 1.3 * total


def test_ctrl_c_while_the_script_is_looked_for_leaves_nothing(
    simulate: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(simulating, "best_script", stopped)
    code, out, err = simulate(kiosk_path, "--players", "script")
    assert (code, out) == (130, "")
    assert "Stopped before the first runs were done." in err
