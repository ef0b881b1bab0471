"""`firstvisit simulate`: what it reports, that it is the same every time, and what it refuses."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.doctrines import FOILS, SCHOOLS
from engine.simulate import OUTCOMES
from game import cli, pool, simulating

SIMULATE = [sys.executable, "-m", "game", "simulate"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `firstvisit simulate` in this process; returns exit code, stdout, stderr."""

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            code = cli.main(["simulate", *map(str, arguments)])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


@pytest.fixture
def data(run: Run, kiosk_path: Path) -> Callable[..., dict[str, Any]]:
    """Simulate the kiosk in this process and return the report's JSON."""

    def report(*arguments: object) -> dict[str, Any]:
        code, out, err = run(kiosk_path, "--json", "--processes", 1, *arguments)
        assert (code, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        return found

    return report


# --- what it reports -------------------------------------------------------------------------------------------------


def test_the_outcomes_of_every_player_add_up_to_all_prospects(data: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = data("-n", 40)["scenarios"]
    assert {each["player"] for each in scenario["players"]} == {*SCHOOLS, *FOILS}
    for player in scenario["players"]:
        assert list(player["outcomes"]) == list(OUTCOMES)
        assert sum(each["count"] for each in player["outcomes"].values()) == player["prospects"] == 40
        assert sum(each["share"] for each in player["outcomes"].values()) == pytest.approx(1, abs=1e-5)


def test_who_earns_most_comes_first(data: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = data("-n", 40)["scenarios"]
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


def test_every_share_mean_and_ratio_lies_in_its_interval(data: Callable[..., dict[str, Any]]) -> None:
    found = list(intervals(data("-n", 40)))
    assert len(found) > 100
    assert all(low <= value <= high for low, value, high in found)


def test_every_line_was_offered_at_least_as_often_as_chosen(data: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = data("-n", 40)["scenarios"]
    for player in scenario["players"]:
        assert {"where-to", "this-one", "have-it", "some-day", "finish"} <= set(player["lines"])
        assert all(line["chosen"] <= line["offered"] for line in player["lines"].values())


def test_a_line_that_nobody_can_ever_say_is_named(run: Run, kiosk_path: Path) -> None:
    dead = "  too-late: {kind: story, say: You should have seen the last one., when: {day: 300..}}\n"
    kiosk_path.write_text(kiosk_path.read_text() + dead)
    _, out, _ = run(kiosk_path, "-n", 20, "--json", "--processes", 1)
    (scenario,) = json.loads(out)["scenarios"]
    assert scenario["never_offered"] == ["too-late"]
    assert "lines never offered: too-late" in run(kiosk_path, "-n", 20, "--processes", 1)[1]


def test_a_line_that_nobody_says_is_named(run: Run, kiosk_path: Path) -> None:
    _, out, _ = run(kiosk_path, "-n", 20, "--json", "--processes", 1, "--players", "plan-a")
    (scenario,) = json.loads(out)["scenarios"]
    assert scenario["never_chosen"] == ["some-day"]


def test_the_shortest_run_can_be_played_again(data: Callable[..., dict[str, Any]], kiosk_path: Path) -> None:
    from engine.play import Game
    from game.library import load

    (scenario,) = data("-n", 40, "--players", "random")["scenarios"]
    game = Game(load(kiosk_path))
    for found in scenario["players"][0]["shortest"].values():
        if found is not None:
            assert found["length"] == len(found["moves"])
            state = game.new_initial_state(found["seed"])
            for name in found["moves"]:
                state = state.apply_action(game.move_named(name))
            assert state.is_terminal()


def test_one_run_has_no_known_error(data: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = data("-n", 1, "--players", "plan-a")["scenarios"]
    value = scenario["players"][0]["value"]
    assert (value["low"], value["high"]) == (None, None)


def test_people_get_a_table_that_fits_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run("saturday-showroom", "friday-pipeline", "-n", 30, "--processes", 1)
    assert code == 0
    assert max(len(line) for line in out.splitlines()) <= 80
    for player in (*SCHOOLS, *FOILS):
        assert out.count(f"\n{player} ") == 6  # in both tables and among the levels, for each scenario
    assert "with 95% confidence" in " ".join(out.split())
    assert "shortest runs" in out


def test_nobody_is_told_how_to_win_against_a_single_buyer(run: Run, data: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = data("-n", 19, "--players", "schools")["scenarios"]
    assert all(found is None for player in scenario["players"] for found in player["shortest"].values())
    (scenario,) = data("-n", 20, "--players", "plan-a")["scenarios"]
    assert any(scenario["players"][0]["shortest"].values())
    _, out, _ = run("first-five-minutes", "-n", 1, "--players", "schools", "--processes", 1)
    assert "shortest runs: named once a player has 20 runs" in out


def test_a_scenario_named_twice_is_played_once(run: Run, kiosk_path: Path) -> None:
    _, out, _ = run(kiosk_path, kiosk_path, "-n", 2, "--json", "--processes", 1)
    assert len(json.loads(out)["scenarios"]) == 1


def test_csv_has_a_row_for_each_scenario_and_player(run: Run, kiosk_path: Path) -> None:
    _, out, _ = run(kiosk_path, "first-five-minutes", "-n", 3, "--csv", "--players", "schools", "--processes", 1)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {(row["scenario"], row["player"]) for row in rows} == {
        (scenario, player) for scenario in ("kiosk", "first-five-minutes") for player in SCHOOLS
    }
    assert all(row["runs"] == "3" for row in rows)


@pytest.mark.parametrize(("currency", "decimals"), [("EUR", 2), ("JPY", 0), ("KWD", 3)])
def test_csv_names_its_units_and_has_money_in_the_decimals_of_its_currency(
    run: Run, kiosk_path: Path, currency: str, decimals: int
) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("currency: EUR", f"currency: {currency}"))
    options = ("-n", 40, "--players", "plan-a,audition", "--processes", 1)
    _, table, _ = run(kiosk_path, "--csv", *options)
    _, data, _ = run(kiosk_path, "--json", *options)
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
def test_text_in_csv_is_no_formula(run: Run, kiosk_path: Path, title: str) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("title: The kiosk", f"title: '{title}'"))
    _, out, _ = run(kiosk_path, "-n", 2, "--csv", "--players", "plan-a", "--processes", 1)
    (row,) = csv.DictReader(io.StringIO(out))
    assert row["title"] == f"'{title}"


def test_a_title_can_do_nothing_to_the_terminal(run: Run, kiosk_path: Path) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("title: The kiosk", "title: '[bold]{0} %s'"))
    assert "[bold]{0} %s (kiosk)" in run(kiosk_path, "-n", 2, "--processes", 1)[1]


# --- who plays -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "players"),
    [
        ("quick", (*SCHOOLS, *FOILS)),
        ("schools", tuple(SCHOOLS)),
        ("foils", tuple(FOILS)),
        ("random, plan-a", ("plan-a", "random")),
        ("schools,talker,plan-a", (*SCHOOLS, "talker")),
    ],
)
def test_players_are_chosen_by_name_or_several_at_once(text: str, players: tuple[str, ...]) -> None:
    assert simulating.chosen(text) == players


def test_who_searches_plays_fewer_runs_and_the_report_says_so(
    data: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.doctrines import DOCTRINES

    monkeypatch.setattr(simulating, "DOCTRINES", {**DOCTRINES, "searcher": DOCTRINES["plan-a"]})
    found = data("-n", 9, "--expert-runs", 5, "--players", "searcher,plan-a")
    (scenario,) = found["scenarios"]
    assert {each["player"]: each["runs"] for each in scenario["players"]} == {"plan-a": 9, "searcher": 5}
    assert (found["n"], found["expert_n"]) == (9, 5)


# --- the script ------------------------------------------------------------------------------------------------------


@pytest.fixture
def short_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for scripts that is over at once."""
    from engine.doctrines.rehearsal import Round

    few = (Round(2, 200, (5, 10)), Round(1, 400, (5, 20)))
    monkeypatch.setattr("engine.doctrines.rehearsal.ROUNDS", few)


@pytest.mark.usefixtures("short_search")
def test_the_script_is_named_move_by_move_and_compared_with_the_expert(
    data: Callable[..., dict[str, Any]], kiosk_path: Path
) -> None:
    (scenario,) = data("-n", 40, "--expert-runs", 6, "--players", "script,expert,plan-a")["scenarios"]
    assert {each["player"]: each["runs"] for each in scenario["players"]} == {"script": 40, "expert": 6, "plan-a": 40}
    assert {"where-to", "have-it"} <= {entry["move"] for entry in scenario["script"]}
    assert all(entry["day"] >= 0 for entry in scenario["script"])
    found = scenario["listening"]
    assert found["runs"] == 6
    assert found["of_expert"]["ratio"] == pytest.approx(found["script"] / found["expert"], abs=1e-5)
    assert found["share"]["share"] == pytest.approx(1 - found["of_expert"]["ratio"], abs=1e-5)


@pytest.mark.usefixtures("short_search")
def test_without_one_of_the_two_nothing_is_said_of_listening(run: Run, data: Callable[..., dict[str, Any]]) -> None:
    (scenario,) = data("-n", 4, "--players", "plan-a")["scenarios"]
    assert scenario["script"] is None
    assert scenario["listening"]["runs"] == 0
    assert scenario["listening"]["share"] == {"share": None, "low": None, "high": None}
    (scenario,) = data("-n", 4, "--players", "script")["scenarios"]
    assert scenario["script"]
    assert scenario["listening"]["expert"] == scenario["listening"]["runs"] == 0


@pytest.mark.usefixtures("short_search")
def test_people_read_the_listening_share_and_the_script(run: Run, kiosk_path: Path) -> None:
    options = ("-n", 10, "--players", "script,expert", "--processes", 1)
    _, out, _ = run(kiosk_path, "--expert-runs", 6, *options)
    told = " ".join(out.split())
    assert "listening share: " in told
    assert "From the same 6 buyers the best script earned" in told
    assert "the script: " in told
    assert "one buyer does not tell" in " ".join(run(kiosk_path, "--expert-runs", 1, *options)[1].split())
    _, table, _ = run(kiosk_path, "--expert-runs", 6, "--csv", *options)
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["listening.runs"] for row in rows} == {"6"}
    assert all(float(row["listening.share.share (0 to 1)"]) <= 1 for row in rows)


@pytest.mark.usefixtures("short_search")
def test_the_script_is_the_same_however_many_processes_look_for_it(kiosk_path: Path) -> None:
    from engine.rules import prepare
    from game.library import load
    from game.rehearsing import rehearsed

    scenario = load(kiosk_path)
    alone, shared = (rehearsed(scenario, prepare(scenario), processes) for processes in (1, 2))
    assert alone.entries == shared.entries


def test_ctrl_c_while_the_script_is_looked_for_leaves_nothing(
    run: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(simulating, "rehearsed", stopped)
    code, out, err = run(kiosk_path, "--players", "script")
    assert (code, out) == (130, "")
    assert "Stopped before the first runs were done." in err


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


def test_other_seeds_give_another_report(data: Callable[..., dict[str, Any]]) -> None:
    assert data("-n", 30, "--players", "random") == data("-n", 30, "--players", "random")
    assert data("-n", 30, "--players", "random")["scenarios"] != data("-n", 30, "--seed", 2)["scenarios"]


# --- stopping --------------------------------------------------------------------------------------------------------


def test_stopping_early_reports_what_was_done(
    run: Run, kiosk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(work: Any, jobs: Any, processes: int) -> Iterator[Any]:
        yield 0, work(jobs[0])
        yield 1, work(jobs[1])
        raise KeyboardInterrupt

    monkeypatch.setattr(pool, "results", stopped)
    target = tmp_path / "report.json"
    code, out, err = run(kiosk_path, "-n", 600, "--players", "plan-a,random", "--json", "--output", target)
    assert (code, out) == (130, "")
    assert "Stopped: the report holds the runs that were done." in err
    found = json.loads(target.read_text())
    assert found["stopped"] is True
    assert [each["runs"] for each in found["scenarios"][0]["players"]] == [250, 250]
    code, out, _ = run(kiosk_path, "-n", 600, "--players", "plan-a,random")
    assert code == 130
    assert out.startswith("Stopped early")


def test_stopping_before_anything_was_done_reports_nothing(
    run: Run, kiosk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(work: Any, jobs: Any, processes: int) -> Iterator[Any]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(pool, "results", stopped)
    code, out, err = run(kiosk_path, "--output", tmp_path / "report.txt")
    assert (code, out) == (130, "")
    assert "Stopped before the first runs were done." in err
    assert not (tmp_path / "report.txt").exists()


def _wait_for_workers(process: int) -> None:
    """Wait until a process has started others to share its work; where that cannot be seen, for long enough."""
    children = Path(f"/proc/{process}/task/{process}/children")
    for _ in range(200):
        if children.exists() and len(children.read_text().split()) >= 2:
            return
        time.sleep(0.1)


@pytest.mark.skipif(os.name != "posix", reason="process groups")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "timeout"])
def test_whatever_stops_it_leaves_a_whole_report(home: Path, number: int, code: int) -> None:
    """Sent to every process at once, as a terminal does and `timeout`, as soon as the workers are there."""
    process = subprocess.Popen(
        [*SIMULATE, "first-five-minutes", "-n", "10000000", "--json", "--processes", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "FIRSTVISIT_HOME": str(home)},
    )
    _wait_for_workers(process.pid)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    os.killpg(process.pid, number)
    out, err = process.communicate()
    assert process.returncode == code
    assert "Traceback" not in err
    if out:
        assert json.loads(out)["stopped"] is True
        assert "Stopped: the report" in err
    else:
        assert "Stopped before" in err


# --- what cannot be done ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("no-such-scenario",), "There is no scenario 'no-such-scenario'"),
        (("saturday-showrom",), "Did you mean saturday-showroom?"),
        (("no-such-file.yaml",), "There is no file 'no-such-file.yaml'"),
        (("first-five-minutes", "--players", "plan-b"), "There is no player 'plan-b'. Did you mean plan-a?"),
        (("first-five-minutes", "--players", "school"), "Did you mean schools?"),
        (("first-five-minutes", "--players", ""), "There is no player ''"),
        (("first-five-minutes", "-n", "0"), "'0' is not a number of runs"),
        (("first-five-minutes", "-n", "-5"), "'-5' is not a number of runs"),
        (("first-five-minutes", "-n", "1e3"), "'1e3' is not a number of runs"),
        (("first-five-minutes", "-n", "99999999"), "1 to 10,000,000"),
        (("first-five-minutes", "--seed", "-1"), "'-1' is not a seed"),
        (("first-five-minutes", "--seed", "9007199254740991", "-n", "2"), "seeds end at 9007199254740991"),
        (("first-five-minutes", "--processes", "0"), "'0' is not a number of processes"),
        (("first-five-minutes", "--expert-runs", "0"), "'0' is not a number of runs"),
        (("first-five-minutes", "--json", "--csv"), "not allowed with"),
        (("first-five-minutes", "--output", "/"), "not a file that a report could replace"),
        (("first-five-minutes", "--output", "/dev/null"), "not a file that a report could replace"),
        ((), "SCENARIO"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_sentence(run: Run, arguments: tuple[str, ...], says: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_the_last_seed_of_all_can_be_played(run: Run, kiosk_path: Path) -> None:
    arguments = ("--seed", 2**53 - 1, "-n", 1, "--players", "plan-a", "--processes", 1)
    assert run(kiosk_path, *arguments)[0] == 0


def test_a_scenario_with_problems_is_not_simulated(run: Run, kiosk_path: Path) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("kind: present", "kind: presnet"))
    code, out, err = run(kiosk_path)
    assert (code, out) == (2, "")
    assert f"has 1 problem and cannot be simulated; 'firstvisit check {kiosk_path}' names it." in err


def test_an_output_below_a_file_cannot_be_written(run: Run, kiosk_path: Path) -> None:
    code, _, err = run(kiosk_path, "--output", kiosk_path / "report.json")
    assert code == 2
    assert "is not a folder that you can write to" in err


def test_a_full_disk_leaves_the_old_report_and_a_sentence(
    run: Run, kiosk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("game.files.os.fsync", full)
    target = tmp_path / "reports" / "report.json"
    target.parent.mkdir()
    target.write_text("the last one")
    code, out, err = run(kiosk_path, "-n", 2, "--json", "--processes", 1, "--output", target)
    assert (code, out) == (2, "")
    assert "cannot be written" in err
    assert "No space left on device" in err
    assert target.read_text() == "the last one"
    assert list(target.parent.iterdir()) == [target]


def test_a_worker_that_is_killed_ends_with_a_sentence_and_no_report(
    run: Run, kiosk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(work: Any, jobs: Any, processes: int) -> Iterator[Any]:
        yield 0, work(jobs[0])
        raise pool.WorkerLost

    monkeypatch.setattr(pool, "results", lost)
    code, out, err = run(kiosk_path, "-n", 600, "--output", tmp_path / "report.txt")
    assert (code, out) == (2, "")
    assert "A worker process was ended from outside" in err
    assert not (tmp_path / "report.txt").exists()


def test_a_link_is_followed_and_stays(run: Run, kiosk_path: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    code, out, _ = run(kiosk_path, "-n", 2, "--csv", "--processes", 1, "--players", "plan-a", "--output", link)
    assert (code, out) == (0, "")
    assert link.is_symlink()
    assert target.read_text().startswith("scenario,title")


def test_simulating_needs_no_screen(home: Path, kiosk_path: Path) -> None:
    script = (
        "import sys\nfrom game.cli import main\nmain(sys.argv[1:])\n"
        "print('MODULES', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "simulate", str(kiosk_path), "-n", "2", "--processes", "1"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "FIRSTVISIT_HOME": str(home)},
    )
    assert not set(done.stdout.split("MODULES")[-1].split()) & {"textual", "rich"}
