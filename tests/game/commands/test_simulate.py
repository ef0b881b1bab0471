"""`firstvisit simulate`: what it reports, who plays, and that it is the same every time."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.doctrines import FOILS, SCHOOLS
from engine.simulate import ENDS
from game.computing import many_runs
from tests.game.conftest import SIMULATE, Run

# --- what it reports -------------------------------------------------------------------------------------------------


def test_the_outcomes_of_every_player_add_up_to_all_prospects(simulated: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = simulated("-n", 40)["scenarios"]
    assert {each["player"] for each in scenario["players"]} == {*SCHOOLS, *FOILS}
    for player in scenario["players"]:
        assert list(player["outcomes"]) == list(ENDS)
        assert sum(each["count"] for each in player["outcomes"].values()) == player["prospects"] == 40
        assert sum(each["share"] for each in player["outcomes"].values()) == pytest.approx(1, abs=1e-5)


def test_who_earns_most_comes_first(simulated: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = simulated("-n", 40)["scenarios"]
    values = [each["value"]["mean"] for each in scenario["players"]]
    assert values == sorted(values, reverse=True)


def intervals(data: object) -> Iterator[tuple[float, float, float]]:
    """Every value with its interval, wherever it stands."""
    if isinstance(data, dict):
        if "low" in data and data["low"] is not None:
            value = next(data[name] for name in ("mean", "share", "ratio") if name in data)
            yield data["low"], value, data["high"]
        for each in data.values():
            yield from intervals(each)
    elif isinstance(data, list):
        for each in data:
            yield from intervals(each)


def test_every_share_mean_and_ratio_lies_in_its_interval(simulated: Callable[..., dict[str, Any]]) -> None:
    found = list(intervals(simulated("-n", 40)))
    assert len(found) > 100
    assert all(low <= value <= high for low, value, high in found)


def test_every_line_was_offered_at_least_as_often_as_chosen(simulated: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = simulated("-n", 40)["scenarios"]
    for player in scenario["players"]:
        assert {"where-to", "this-one", "have-it", "some-day", "finish"} <= set(player["lines"])
        assert all(line["chosen"] <= line["offered"] for line in player["lines"].values())


def test_a_line_that_nobody_can_ever_say_is_named(simulate: Run, kiosk_path: Path) -> None:
    dead = "  too-late: {kind: story, say: You should have seen the last one., when: {day: 300..}}\n"
    kiosk_path.write_text(kiosk_path.read_text() + dead)
    _, out, _ = simulate(kiosk_path, "-n", 20, "--json", "--processes", 1)
    (scenario,) = json.loads(out)["scenarios"]
    assert scenario["never_offered"] == ["too-late"]
    assert "lines never offered: too-late" in simulate(kiosk_path, "-n", 20, "--processes", 1)[1]


def test_a_line_that_nobody_says_is_named(simulate: Run, kiosk_path: Path) -> None:
    _, out, _ = simulate(kiosk_path, "-n", 20, "--json", "--processes", 1, "--players", "plan-a")
    (scenario,) = json.loads(out)["scenarios"]
    assert scenario["never_chosen"] == ["some-day"]


def test_the_shortest_run_can_be_played_again(simulated: Callable[..., dict[str, Any]], kiosk_path: Path) -> None:
    from engine.play import Game
    from game.shelf.library import load

    (scenario,) = simulated("-n", 40, "--players", "random")["scenarios"]
    game = Game(load(kiosk_path))
    for found in scenario["players"][0]["shortest"].values():
        if found is not None:
            assert found["length"] == len(found["moves"])
            state = game.new_initial_state(found["seed"])
            for name in found["moves"]:
                state = state.apply_action(game.move_named(name))
            assert state.is_terminal()


def test_one_run_has_no_known_error(simulated: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = simulated("-n", 1, "--players", "plan-a")["scenarios"]
    value = scenario["players"][0]["value"]
    assert (value["low"], value["high"]) == (None, None)


def test_people_get_a_table_that_fits_80_columns(simulate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = simulate("saturday-showroom", "friday-pipeline", "-n", 30, "--processes", 1)
    assert code == 0
    assert max(len(line) for line in out.splitlines()) <= 80
    for player in (*SCHOOLS, *FOILS):
        assert out.count(f"\n{player} ") == 6  # in both tables and among the levels, for each scenario
    assert "with 95% confidence" in " ".join(out.split())
    assert "shortest runs" in out


def test_nobody_is_told_how_to_win_against_a_single_buyer(
    simulate: Run, simulated: Callable[..., dict[str, Any]]
) -> None:
    (scenario,) = simulated("-n", 19, "--players", "schools")["scenarios"]
    assert all(found is None for player in scenario["players"] for found in player["shortest"].values())
    (scenario,) = simulated("-n", 20, "--players", "plan-a")["scenarios"]
    assert any(scenario["players"][0]["shortest"].values())
    _, out, _ = simulate("first-five-minutes", "-n", 1, "--players", "schools", "--processes", 1)
    assert "shortest runs: named once a player has 20 runs" in out


def test_a_scenario_named_twice_is_played_once(simulate: Run, kiosk_path: Path) -> None:
    _, out, _ = simulate(kiosk_path, kiosk_path, "-n", 2, "--json", "--processes", 1)
    assert len(json.loads(out)["scenarios"]) == 1


def test_csv_has_a_row_for_each_scenario_and_player(simulate: Run, kiosk_path: Path) -> None:
    _, out, _ = simulate(kiosk_path, "first-five-minutes", "-n", 3, "--csv", "--players", "schools", "--processes", 1)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {(row["scenario"], row["player"]) for row in rows} == {
        (scenario, player) for scenario in ("kiosk", "first-five-minutes") for player in SCHOOLS
    }
    assert all(row["runs"] == "3" for row in rows)


@pytest.mark.parametrize(("currency", "decimals"), [("EUR", 2), ("JPY", 0), ("KWD", 3)])
def test_csv_names_its_units_and_has_money_in_the_decimals_of_its_currency(
    simulate: Run, kiosk_path: Path, currency: str, decimals: int
) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("currency: EUR", f"currency: {currency}"))
    options = ("-n", 40, "--players", "plan-a,audition", "--processes", 1)
    _, table, _ = simulate(kiosk_path, "--csv", *options)
    _, data, _ = simulate(kiosk_path, "--json", *options)
    (scenario,) = json.loads(data)["scenarios"]
    rows = list(csv.DictReader(io.StringIO(table)))
    for row, player in zip(rows, scenario["players"], strict=True):
        assert row["currency"] == currency
        assert float(row["value.mean (currency)"]) == pytest.approx(player["value"]["mean"] / 100, abs=10**-decimals)
        assert len(row["value.low (currency)"].partition(".")[2]) == decimals
        assert float(row["minutes.mean (min)"]) == player["minutes"]["mean"]
        assert float(row["conduct.low (0 to 100)"]) == player["conduct"]["low"]
        assert float(row["first_visit_close.share (0 to 1)"]) == player["first_visit_close"]["share"]
    assert min(float(row["value.mean (currency)"]) for row in rows) < 0  # a number below zero is no text
    assert {name for name in rows[0] if name.startswith("dependence.") and "(" not in name} == {
        "dependence.leaning",
        "dependence.decisions",
    }


@pytest.mark.parametrize("title", ["=1+1", "+49 30 1234", "-2", "@SUM(A1)", "＝1+1", "＋1", "－2", "＠SUM(A1)", "−2"])
def test_text_in_csv_is_no_formula(simulate: Run, kiosk_path: Path, title: str) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("title: The kiosk", f"title: '{title}'"))
    _, out, _ = simulate(kiosk_path, "-n", 2, "--csv", "--players", "plan-a", "--processes", 1)
    (row,) = csv.DictReader(io.StringIO(out))
    assert row["title"] == f"'{title}"


def test_a_title_can_do_nothing_to_the_terminal(simulate: Run, kiosk_path: Path) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("title: The kiosk", "title: '[bold]{0} %s'"))
    assert "[bold]{0} %s (kiosk)" in simulate(kiosk_path, "-n", 2, "--processes", 1)[1]


# --- who plays -------------------------------------------------------------------------------------------------------


def test_who_searches_plays_fewer_runs_and_the_report_says_so(
    simulated: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.doctrines import DOCTRINES

    monkeypatch.setattr(many_runs, "DOCTRINES", {**DOCTRINES, "searcher": DOCTRINES["plan-a"]})
    found = simulated("-n", 9, "--expert-runs", 5, "--players", "searcher,plan-a")
    (scenario,) = found["scenarios"]
    assert {each["player"]: each["runs"] for each in scenario["players"]} == {"plan-a": 9, "searcher": 5}
    assert (found["n"], found["expert_n"]) == (9, 5)


# --- the same every time ---------------------------------------------------------------------------------------------


def test_one_and_two_processes_give_the_same_bytes(home: Path, kiosk_path: Path) -> None:
    reports = []
    for processes in ("1", "2"):
        done = subprocess.run(
            [*SIMULATE, str(kiosk_path), "--players", "schools", "-n", "600", "--json", "--processes", processes],
            capture_output=True,
            check=True,
            env={**os.environ, "FIRSTVISIT_HOME": str(home)},
        )
        assert done.stderr == b""
        reports.append(done.stdout)
    assert reports[0] == reports[1]
    assert json.loads(reports[0])["scenarios"][0]["players"][0]["runs"] == 600


def test_other_seeds_give_another_report(simulated: Callable[..., dict[str, Any]]) -> None:
    assert simulated("-n", 30, "--players", "random") == simulated("-n", 30, "--players", "random")
    assert simulated("-n", 30, "--players", "random")["scenarios"] != simulated("-n", 30, "--seed", 2)["scenarios"]
