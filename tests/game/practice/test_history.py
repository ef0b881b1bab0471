"""The history is an index of what lies beside the runs: always right, soon there, and never in the way."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.coach.verdict import Analysis
from engine.rules import RULES_VERSION
from engine.scenario import Scenario
from game.coach import coaching
from game.home import profile, run_files
from game.practice import history
from game.practice.history import Past
from game.practice.measures import counts
from game.report.progress import why_not_counted
from game.runs import accounts, opening
from game.runs.session import Session
from game.shelf import copies, library
from tests.game.practice.histories import Played

A_BIT = {"needs found": (20, 80), "pressure": (5, 100)}


def names(runs: tuple[Past, ...]) -> list[str]:
    return [past.name for past in runs]


def play(kiosk: Scenario, seed: int, *moves: str) -> Session:
    """A run of the kiosk, kept as the program keeps it."""
    session = Session.start(kiosk, None, seed, "novice", False, profile.runs_dir())
    for name in moves:
        session.choose(session.game.move_named(name))
    if session.finished:
        session.settle()
        assert session.record_path is not None
        accounts.keep(accounts.account(session), session.record_path)
    return session


# --- what stands in it -----------------------------------------------------------------------------------------------


def test_it_has_what_was_played_with_what_was_shown_of_it(home: Path, kiosk: Scenario) -> None:
    session = play(kiosk, 7, "where-to", "some-day", "finish")
    assert session.record_path is not None
    (past,) = history.history().runs
    (run,) = run_files.runs()
    card = session.scorecard()
    assert past.run == run
    assert past.first
    assert counts(past)
    assert (past.title, past.currency) == ("The kiosk", "EUR")
    assert past.closing is not None
    assert (past.closing.value, past.closing.conduct, past.closing.par) == (
        card.value,
        card.conduct_percent,
        card.result_percent,
    )
    assert past.skills["needs found"] == (40, 40)
    assert past.skills == {each.name: (each.part, each.whole) for each in accounts.account(session).skills}


def test_what_was_played_since_is_there_and_what_was_deleted_is_not(home: Path) -> None:
    assert history.history().runs == ()
    assert not home.exists(), "nothing was played, and nothing is made"
    first, second = Played(1), Played(2, finished=False)
    first.write()
    assert names(history.history().runs) == [first.name]
    second.write()
    assert names(history.history().runs) == [second.name, first.name], "newest first"
    first.analyse(84.5)
    assert history.history().runs[1].accuracy == 84.5
    Played(2, skills=A_BIT).write()
    assert history.history().runs[0].skills == A_BIT
    first.path.unlink()
    assert names(history.history().runs) == [second.name]


def test_what_the_coach_has_found_is_there_if_it_is_of_this_very_run(home: Path, kiosk: Scenario) -> None:
    session = play(kiosk, 7, "where-to", "some-day", "finish")
    path, head = session.record_path, session.header
    assert path is not None
    assert head.opening is not None
    found = Analysis(head.digest, head.rules, head.opening, 1, 0, 0, 0, 0, 0, 0, 84.5, 100, ())
    coaching.keep(found, path, session.state, "novice")
    assert history.history().runs[0].accuracy == 84.5
    coaching.keep(replace(found, opening="0" * 16), path, session.state, "novice")
    assert history.history().runs[0].accuracy is None


def test_what_has_not_changed_is_not_read_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Played(1, skills=A_BIT).write()
    before = history.history()
    read: list[Path] = []
    look = run_files.run_at

    def noting(path: Path) -> run_files.Run | run_files.Broken:
        read.append(path)
        return look(path)

    monkeypatch.setattr(run_files, "run_at", noting)
    assert history.history() == before
    assert read == []
    later = Played(2).write()
    history.history()
    assert read == [later]
    history.history(rebuild=True)
    assert len(read) == 3


def test_a_retry_is_no_first_try_and_neither_is_a_buyer_who_was_met(home: Path) -> None:
    Played(1, seed=5).write()
    Played(2, seed=6, retry_of="0" * 16).write()
    Played(3, seed=5).write()
    Played(4, seed=7, finished=False, moves=0).write()
    Played(5, seed=7).write()
    assert [past.header.seed for past in history.history().runs if past.first] == [7, 7, 5], (
        "nobody met who only looked"
    )


ABOUT_ONE = st.tuples(
    st.sampled_from(["played", "left", "deleted", "score", "debrief gone", "debrief damaged", "judged", "not a run"]),
    st.integers(1, 6),
    st.integers(0, 3),
)


def happen(what: str, number: int, more: int) -> None:
    """Something that befalls the files of a run."""
    played = Played(number, seed=more, par=80 + more, skills={"needs found": (more, 4)})
    if what == "played":
        played.write()
    elif what == "left":
        Played(number, seed=more, finished=False, moves=more).write()
    elif what == "not a run":
        played.path.parent.mkdir(parents=True, exist_ok=True)
        played.path.write_bytes(b"nonsense" * (more + 1))
    elif played.path.exists():
        beside = played.path.with_suffix(".debrief.json")
        if what == "deleted":
            played.path.unlink()
        elif what == "score":
            played.path.write_text(played.path.read_text().replace("par: ", f"par: {more + 1}"))
        elif what == "debrief gone":
            beside.unlink(missing_ok=True)
        elif what == "debrief damaged":
            beside.write_bytes(b"{" * (more + 1))
        else:
            played.analyse(float(more))


@settings(max_examples=15)
@given(st.lists(st.lists(ABOUT_ONE, min_size=1, max_size=4), min_size=1, max_size=4))
def test_kept_up_to_date_it_is_what_is_built_anew(steps: list[list[tuple[str, int, int]]]) -> None:
    with tempfile.TemporaryDirectory() as where, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRSTVISIT_HOME", where)
        for step in steps:
            for each in step:
                happen(*each)
            kept = history.history()
        assert kept.notice == ""
        assert history.history(rebuild=True) == kept


# --- runs that are not what they seem --------------------------------------------------------------------------------


def test_a_score_that_was_changed_by_hand_is_named_and_not_counted(home: Path) -> None:
    good, forged = Played(1), Played(2)
    good.write()
    forged.write()
    forged.path.write_text(forged.path.read_text().replace("par: 80", "par: 180"))
    bad, fine = history.history().runs
    assert counts(fine)
    assert not counts(bad)
    assert "another score than the record" in bad.doubt


def test_the_debrief_of_another_run_is_not_taken_for_its_own(home: Path) -> None:
    one, other = Played(1, skills=A_BIT), Played(2)
    one.write()
    other.write()
    shutil.copy(one.path.with_suffix(".debrief.json"), other.path.with_suffix(".debrief.json"))
    (past, _) = history.history().runs
    assert past.skills == {}
    assert "another run" in past.doubt


def test_a_run_without_its_debrief_counts_with_what_its_record_says(home: Path) -> None:
    run = Played(1, skills=A_BIT)
    run.write()
    run.path.with_suffix(".debrief.json").unlink()
    (past,) = history.history().runs
    assert counts(past)
    assert (past.title, past.skills) == ("kiosk", {})


def test_a_run_that_was_left_before_its_debrief_has_the_title_of_what_was_played(home: Path, kiosk_path: Path) -> None:
    scenario = library.load(kiosk_path)
    copies.keep(scenario)
    session = opening.begin(scenario, kiosk_path, 5, "novice", False).session
    for name in ("some-day", "finish"):
        session.choose(session.game.move_named(name))
    session.close()
    (past,) = history.history().runs
    assert past.title == "The kiosk"


def test_a_run_under_other_rules_is_listed_and_not_counted(home: Path) -> None:
    Played(1, rules=RULES_VERSION - 1).write()
    (past,) = history.history().runs
    assert not counts(past)
    assert f"under rules {RULES_VERSION - 1}" in why_not_counted(past)


def test_a_run_of_a_scenario_that_is_gone_keeps_its_title(home: Path) -> None:
    Played(1, scenario="long-gone").write()
    (past,) = history.history().runs
    assert past.title == "The long-gone"
    assert counts(past)


def test_a_file_that_is_no_run_is_told_apart(home: Path) -> None:
    Played(1).write()
    (profile.runs_dir() / "torn.run").write_bytes(b"nonsense")
    found = history.history()
    assert len(found.runs) == 1
    assert [broken.path.name for broken in found.broken] == ["torn.run"]
    assert found == history.history(), "and is not forgotten"


@pytest.mark.parametrize("ending", [run_files.RECORD, run_files.DEBRIEF])
def test_what_could_not_be_read_for_a_moment_is_read_the_next_time(
    home: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = run_files.beside(Played(1, skills=A_BIT).write(), ending)
    with monkeypatch.context() as moment:
        failing(moment, path)
        found = history.history()
        assert found.broken or found.runs[0].doubt
    found = history.history()
    assert found.broken == ()
    assert [(past.doubt, past.skills) for past in found.runs] == [("", A_BIT)]


def failing(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let there be too many open files whenever this one is to be opened."""
    opening = os.open

    def refusing(name: Any, *more: Any, **named: Any) -> int:
        if Path(name) == path:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return opening(name, *more, **named)

    monkeypatch.setattr(os, "open", refusing)


# --- a history that cannot be used -----------------------------------------------------------------------------------


def somebody_elses(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE runs (name TEXT)")
        base.execute(f"PRAGMA user_version = {history.FORM}")
        base.commit()


def of_no_use(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA ignore_check_constraints = 1")
        base.execute("UPDATE runs SET seed = 'seven'")
        base.commit()


DAMAGE: dict[str, Callable[[Path], Any]] = {
    "not a database": lambda path: path.write_bytes(b"nonsense" * 1000),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "overwritten in the middle": lambda path: path.write_bytes(
        path.read_bytes()[:4096] + b"\xff" * 2048 + path.read_bytes()[6144:]
    ),
    "other tables": somebody_elses,
    "words for numbers": of_no_use,
}


@pytest.mark.parametrize("what", DAMAGE)
def test_one_that_is_damaged_is_built_again_and_that_is_said_once(home: Path, what: str) -> None:
    for number in range(5):
        Played(number, skills=A_BIT).write()
    before = history.history()
    DAMAGE[what](history.path())
    found = history.history()
    assert (found.runs, found.broken) == (before.runs, before.broken)
    assert "was built again" in found.notice
    assert history.history() == before


def test_a_second_one_that_is_damaged_leaves_the_first_where_it_was_said_to_be(home: Path) -> None:
    Played(1).write()
    for damaged in (b"one", b"another"):
        history.path().write_bytes(damaged * 100)
        assert "was built again" in history.history().notice
    assert history.path().with_name("history.broken.sqlite").read_bytes() == b"one" * 100
    assert history.path().with_name("history.broken-2.sqlite").read_bytes() == b"another" * 100


def test_an_empty_file_in_its_place_is_a_new_one(home: Path) -> None:
    Played(1).write()
    history.path().touch()
    assert len(history.history().runs) == 1
    assert history.history().notice == ""


@settings(max_examples=15)
@given(st.data())
def test_no_damage_stops_anybody(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as where, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRSTVISIT_HOME", where)
        for number in range(3):
            Played(number, skills=A_BIT).write()
        before = names(history.history().runs)
        content = bytearray(history.path().read_bytes())
        for _ in range(data.draw(st.integers(1, 6))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        history.path().write_bytes(content)
        assert names(history.history().runs) == before
        assert names(history.history(rebuild=True).runs) == before


def test_one_of_a_newer_version_is_left_alone_unless_a_new_one_is_asked_for(home: Path) -> None:
    Played(1).write()
    before = history.history()
    with closing(sqlite3.connect(history.path())) as base:
        base.execute(f"PRAGMA user_version = {history.FORM + 1}")
    newer = history.path().read_bytes()
    found = history.history()
    assert found.runs == before.runs
    assert "newer version" in found.notice
    assert history.path().read_bytes() == newer
    assert history.history(rebuild=True) == before == history.history()


@pytest.mark.parametrize("put", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_in_its_place_is_left_alone(home: Path, put: Callable[[Path], None]) -> None:
    Played(1).write()
    put(history.path())
    found = history.history()
    assert len(found.runs) == 1
    assert "cannot be used" in found.notice
    assert len(history.history(rebuild=True).runs) == 1


def connecting(monkeypatch: pytest.MonkeyPatch, also: Callable[[str], sqlite3.Connection]) -> None:
    """Let every connection to a file be made like this; those to memory are as ever."""
    connect = sqlite3.connect

    def made(where: Any, **more: Any) -> sqlite3.Connection:
        return connect(where, **more) if str(where) == ":memory:" else also(str(where))

    monkeypatch.setattr(sqlite3, "connect", made)


def read_only(connect: Callable[..., sqlite3.Connection]) -> Callable[[str], sqlite3.Connection]:
    return lambda where: connect(f"file:{where}?mode=ro", uri=True)


def full_disk(connect: Callable[..., sqlite3.Connection]) -> Callable[[str], sqlite3.Connection]:
    def made(where: str) -> sqlite3.Connection:
        base = connect(where)
        (pages,) = base.execute("PRAGMA page_count").fetchone()
        base.execute(f"PRAGMA max_page_count = {max(1, pages)}")
        return base

    return made


@pytest.mark.parametrize("trouble", [read_only, full_disk])
def test_where_it_cannot_be_written_what_is_new_is_shown_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, trouble: Callable[..., Callable[[str], sqlite3.Connection]]
) -> None:
    Played(1).write()
    old = history.history()
    connecting(monkeypatch, trouble(sqlite3.connect))
    assert history.history() == old, "nothing is new, so nothing has to be written"
    for number in range(2, 40):
        Played(number, skills=A_BIT).write()
    found = history.history()
    assert len(found.runs) == 39
    assert "cannot be written" in found.notice


@pytest.mark.parametrize("trouble", [read_only, full_disk])
def test_where_it_cannot_be_made_it_is_put_together_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, trouble: Callable[..., Callable[[str], sqlite3.Connection]]
) -> None:
    Played(1).write()
    connecting(monkeypatch, trouble(sqlite3.connect))
    found = history.history()
    assert len(found.runs) == 1
    assert "cannot be used" in found.notice


def test_another_window_that_writes_it_is_not_waited_for_long(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_PATIENCE", 0.0)
    Played(1).write()
    history.history()
    Played(2).write()
    with closing(sqlite3.connect(history.path())) as other:
        other.execute("BEGIN EXCLUSIVE")
        found = history.history()
        assert len(found.runs) == 2
        assert "locked" in found.notice
    assert history.history().notice == ""


def test_windows_that_open_it_at_once_all_see_everything(home: Path) -> None:
    for number in range(20):
        Played(number, skills=A_BIT).write()
    with ThreadPoolExecutor(6) as windows:
        seen = list(windows.map(lambda _: history.history(), range(6)))
    assert [len(each.runs) for each in seen] == [20] * 6
    assert all(past.skills == A_BIT for each in seen for past in each.runs)
    assert history.history().notice == ""


def test_one_that_another_window_has_open_is_built_anew_in_its_place(home: Path) -> None:
    Played(1).write()
    before = history.history()
    with closing(sqlite3.connect(history.path())) as other:
        assert other.execute("SELECT count(*) FROM runs").fetchone() == (1,)
        assert history.history(rebuild=True) == before
        other.execute("UPDATE runs SET title = 'Written by the other window'")
        other.commit()
    assert history.history().runs[0].title == "Written by the other window"
