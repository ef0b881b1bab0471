"""Claims about what is deleted of an event, by whom and when: nothing of it is left, and of nothing else less."""

from __future__ import annotations

import shutil
from pathlib import Path

from game.workshop.export.files import seal
from game.workshop.kept.events import RESPITE, events_dir, every_event, purge
from tests.game.conftest import Run
from tests.game.workshop.export.test_results import rows_of
from tests.game.workshop.exports import STEM, WRITTEN, everything_under, export, hall, keep, small


def test_a_person_who_is_deleted_is_gone_from_every_file(kept: Path, run: Run) -> None:
    copy = kept.with_name(f"{STEM}.after-round-1.db")
    shutil.copy(kept, copy)
    run("results", STEM, "--names", "--output", "contest")
    assert b"O\xe2\x80\x99Hara" in everything_under(kept.parent)
    code, out, _ = run("forget", STEM, "--seat", "3")
    assert code == 0
    assert "The person at seat 3 is deleted" in out
    assert b"O\xe2\x80\x99Hara" not in everything_under(kept.parent) + everything_under(Path("contest"))
    assert f"{3:064}".encode() not in everything_under(kept.parent)
    assert {path.name for path in Path("contest").iterdir()} == WRITTEN - {"names.csv", "results.xlsx"}


def test_what_a_deleted_person_has_played_still_counts_and_verifies(kept: Path, run: Run) -> None:
    run("forget", STEM, "--seat", "3")
    run("results", STEM, "--output", "contest")
    assert [row["seat"] for row in rows_of(Path("contest/names.csv").read_bytes())] == ["1", "2"]
    assert len(rows_of(Path("contest/results.csv").read_bytes())) == 3
    assert run("verify", "contest/event.zip", "--seal", seal(export().room))[0] == 0


def test_a_seat_at_which_nobody_is_is_told(kept: Path, run: Run) -> None:
    run("forget", STEM, "--seat", "3")
    code, _, err = run("forget", STEM, "--seat", "3")
    assert code == 2
    assert "Nobody is at seat 3" in err


def test_an_event_that_is_deleted_leaves_nothing_but_what_is_not_its_own(there: Path, run: Run, kept: Path) -> None:
    kept.with_suffix(".token").write_text("secret")
    shutil.copy(kept, kept.with_name(f"{STEM}.after-round-1.db"))
    other = kept.with_name(f"{STEM}-2.db")
    keep(small().log, other)
    (there / "notes.txt").write_text("mine")
    assert run("forget", str(kept), "--all")[0] == 0
    assert {path.name for path in kept.parent.iterdir()} <= {other.name, f"{other.name}-wal", f"{other.name}-shm"}
    assert [path.name for path in there.iterdir()] == ["notes.txt"]


def test_of_two_events_with_one_title_neither_is_deleted_until_one_is_named(kept: Path, run: Run) -> None:
    other = kept.with_name("20200101-000000-000-an-evening-of-doors.db")
    keep(hall().log, other)
    code, _, err = run("forget", "an evening of doors", "--all")
    assert code == 2
    assert err.startswith("firstvisit: 2 events are called 'an evening of doors'. Name the one: ")
    assert STEM in err
    assert other.stem in err
    assert run("forget", other.stem, "--all")[0] == 0
    assert kept.exists()
    assert not other.exists()


def test_whether_an_event_or_a_person_is_meant_has_to_be_said(kept: Path, run: Run) -> None:
    code, _, err = run("forget", STEM)
    assert code == 2
    assert "--seat" in err
    assert kept.exists()


def test_who_looks_at_events_deletes_those_whose_time_has_come_and_has_said_so_the_day_before(
    home: Path, run: Run
) -> None:
    path = events_dir() / f"{STEM}.db"
    keep(hall().log, path)
    for _ in range(2):
        _, out, err = run("results")
        assert "An evening of doors" in out
        assert err.startswith(f"firstvisit: The time of An evening of doors ({STEM}.db) to be deleted has come, if ")
    path.with_suffix(".due").write_text("0\n")
    _, out, err = run("results")
    assert out.startswith("No event is kept on this machine.")
    assert err == f"firstvisit: An evening of doors ({STEM}.db) was deleted: its time has come.\n"
    assert not any(events_dir().iterdir())


def test_an_event_is_deleted_by_itself_when_its_time_has_come(kept: Path) -> None:
    (one,) = every_event()
    assert purge(one.kept.purge - 1) == ((), ())
    assert purge(one.kept.purge) == ((), (one,))
    assert kept.exists()
    assert purge(one.kept.purge + RESPITE) == ((one,), ())
    assert not any(kept.parent.iterdir())
