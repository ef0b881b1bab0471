"""`firstvisit simulate`, stopped or refused: what is left, and what is said."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game.computing import pool
from tests.game.conftest import SIMULATE, Run

# --- stopping --------------------------------------------------------------------------------------------------------


def test_stopping_early_reports_what_was_done(
    simulate: Run, kiosk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(work: Any, jobs: Any, processes: int) -> Iterator[Any]:
        yield 0, work(jobs[0])
        yield 1, work(jobs[1])
        raise KeyboardInterrupt

    monkeypatch.setattr(pool, "results", stopped)
    target = tmp_path / "report.json"
    code, out, err = simulate(kiosk_path, "-n", 600, "--players", "plan-a,random", "--json", "--output", target)
    assert (code, out) == (130, "")
    assert "Stopped: the report holds the runs that were done." in err
    found = json.loads(target.read_text())
    assert found["stopped"] is True
    assert [each["runs"] for each in found["scenarios"][0]["players"]] == [250, 250]
    code, out, _ = simulate(kiosk_path, "-n", 600, "--players", "plan-a,random")
    assert code == 130
    assert out.startswith("Stopped early")


def test_stopping_before_anything_was_done_reports_nothing(
    simulate: Run, kiosk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(work: Any, jobs: Any, processes: int) -> Iterator[Any]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(pool, "results", stopped)
    code, out, err = simulate(kiosk_path, "--output", tmp_path / "report.txt")
    assert (code, out) == (130, "")
    assert "Stopped before the first runs were done." in err
    assert not (tmp_path / "report.txt").exists()


def _wait_for_workers(process: int) -> None:
    """Wait until a process has started others to share its work; where that cannot be seen, for long enough."""
    children = Path(f"/proc/{process}/task/{process}/children")
    for _ in range(1200):
        if children.exists() and len(children.read_text().split()) >= 3:  # one of them keeps track of what they share
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
def test_what_cannot_be_done_ends_with_2_and_a_sentence(simulate: Run, arguments: tuple[str, ...], says: str) -> None:
    code, out, err = simulate(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_the_last_seed_of_all_can_be_played(simulate: Run, kiosk_path: Path) -> None:
    arguments = ("--seed", 2**53 - 1, "-n", 1, "--players", "plan-a", "--processes", 1)
    assert simulate(kiosk_path, *arguments)[0] == 0


def test_a_scenario_with_problems_is_not_simulated(simulate: Run, kiosk_path: Path) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("kind: present", "kind: presnet"))
    code, out, err = simulate(kiosk_path)
    assert (code, out) == (1, "")
    assert "did you mean `present`?" in err
    assert f"{kiosk_path} cannot be simulated until this is mended." in err


def test_an_output_below_a_file_cannot_be_written(simulate: Run, kiosk_path: Path) -> None:
    code, _, err = simulate(kiosk_path, "--output", kiosk_path / "report.json")
    assert code == 2
    assert "is not a folder that you can write to" in err


def test_a_full_disk_leaves_the_old_report_and_a_sentence(
    simulate: Run, kiosk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("game.home.files.os.fsync", full)
    target = tmp_path / "reports" / "report.json"
    target.parent.mkdir()
    target.write_text("the last one")
    code, out, err = simulate(kiosk_path, "-n", 2, "--json", "--processes", 1, "--output", target)
    assert (code, out) == (2, "")
    assert "cannot be written" in err
    assert "No space left on device" in err
    assert target.read_text() == "the last one"
    assert list(target.parent.iterdir()) == [target]


def test_a_worker_that_is_killed_ends_with_a_sentence_and_no_report(
    simulate: Run, kiosk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(work: Any, jobs: Any, processes: int) -> Iterator[Any]:
        yield 0, work(jobs[0])
        raise pool.WorkerLost

    monkeypatch.setattr(pool, "results", lost)
    code, out, err = simulate(kiosk_path, "-n", 600, "--output", tmp_path / "report.txt")
    assert (code, out) == (2, "")
    assert "A worker process was ended from outside" in err
    assert not (tmp_path / "report.txt").exists()


def test_a_link_is_followed_and_stays(simulate: Run, kiosk_path: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    code, out, _ = simulate(kiosk_path, "-n", 2, "--csv", "--processes", 1, "--players", "plan-a", "--output", link)
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
