"""Claims about the commands with which an event is taken home and checked."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from game.commands import results
from game.workshop.export.files import seal
from game.workshop.kept.events import events_dir
from game.workshop.kept.store import Store
from game.workshop.log.entries import Agreed
from tests.game.conftest import FIRM, Run
from tests.game.workshop.export.test_results import rows_of, sheets
from tests.game.workshop.exports import NAMES, STEM, WRITTEN, export, hall, keep, small
from tests.game.workshop.lrs import PASSWORD, USER, store

# --- results ---------------------------------------------------------------------------------------------------------


def test_everything_is_written_and_the_seal_is_told(kept: Path, run: Run) -> None:
    code, out, _ = run("results", "An evening of doors", "--output", "contest")
    assert code == 0
    assert {path.name for path in Path("contest").iterdir()} == WRITTEN
    assert f"firstvisit verify contest/event.zip --seal {seal(export().room)}" in out


def test_what_was_written_verifies(there: Path, run: Run) -> None:
    code, out, _ = run("verify", str(there / "event.zip"), "--seal", seal(export().room)[:12])
    assert code == 0
    assert out == "event.zip verifies: 7 runs, every state, score and place comes out as it is there.\n"


def test_everybody_can_meet_the_buyers_again_with_what_the_zip_says(there: Path, run: Run) -> None:
    with ZipFile(there / "event.zip") as packed:
        packed.extractall("unpacked")
    lines = [each.partition("firstvisit ")[2] for each in Path("unpacked/README.txt").read_text().splitlines()]
    again = [each.split() for each in lines if each.startswith("play ")]
    seeds = [start.seed for each in export().room.rounds for start in each.openings]
    assert [int(each[-1]) for each in again] == seeds
    command, file, *seed = again[0]
    code, out, err = run(command, f"unpacked/{file}", *seed, "--plain")
    assert (code, err) == (0, "")
    assert f"Seed: {seeds[0]}." in out


def test_names_stand_in_names_csv_and_nowhere_else(there: Path) -> None:
    for path in there.iterdir():
        data = path.read_bytes() + (b"" if path.suffix != ".xlsx" else _text_of(path))
        for name in ("Ann-Käthe", "Bob()", "O’Hara"):
            assert (name.encode() in data) == (path.name == "names.csv"), (path.name, name)
    assert [row["name"] for row in rows_of((there / "names.csv").read_bytes())] == [
        "Ann-Käthe",
        "'=Bob()",
        "Zoë O’Hara",
    ]
    with ZipFile(there / "event.zip") as packed:
        assert not any(b"Ann-K" in packed.read(each) for each in packed.namelist())


def _text_of(workbook: Path) -> bytes:
    with ZipFile(workbook) as packed:
        return packed.read("xl/sharedStrings.xml")


def test_names_are_put_into_the_spreadsheet_on_demand(kept: Path, run: Run) -> None:
    _, out, _ = run("results", STEM, "--names", "--output", "contest")
    table = sheets(Path("contest/results.xlsx").read_bytes())["Ranking"]
    assert {row[2] for row in table[1:]} == set(NAMES.values())
    assert "results.xlsx (with names: keep it to yourself)" in out


def test_the_owner_of_the_strong_run_is_named_only_after_agreeing(kept: Path, run: Run) -> None:
    best = export().rankings[0]
    owner = best.rows[0].seat
    others = [seat for seat in NAMES if seat != owner]
    for agreed in ([], others, [owner]):
        run("results", STEM, "--output", "contest", *(each for seat in agreed for each in ("--agreed", str(seat))))
        page = Path("contest/debrief-round-1.html").read_text()
        assert (NAMES[owner] in page) == (agreed == [owner])
        assert not any(NAMES[seat] in page for seat in others)


def test_whoever_agreed_on_their_own_screen_is_named_and_it_verifies(kept: Path, run: Run) -> None:
    room, best = export().room, export().rankings[0]
    owner = best.rows[0].seat
    store = Store(kept)
    with store.transaction() as writing:
        writing.append(room.began.id, [Agreed(seq=room.seq + 1, at=room.at, seat=owner, yes=True)], room.link)
    store.close()
    run("results", STEM, "--output", "contest")
    assert NAMES[owner] in Path("contest/debrief-round-1.html").read_text()
    code, out, _ = run("verify", "contest/event.zip")
    assert (code, "verifies" in out) == (0, True)


def test_the_coach_judges_the_strong_run_without_naming_anybody(
    kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.coach.imagining.QUICK", FIRM)
    run("results", STEM, "--coach", "--processes", "1", "--output", "contest")
    page = Path("contest/strong-run-round-1.html").read_text()
    told = [page.index(text) for text in ("Round 1: First five minutes", "One run with buyer", "To whoever played it.")]
    assert told == sorted(told)
    assert "Move by move" in page
    assert not any(name in page for name in NAMES.values())
    assert not Path("contest/strong-run-round-2.html").exists()  # nobody has earned anything in it
    assert "What the coach says of that run" in Path("contest/debrief-round-1.html").read_text()
    run("results", STEM, "--output", "again")  # what was judged once is known, until the event is deleted
    assert Path("again/strong-run-round-1.html").read_text() == page
    assert list(kept.parent.glob("*coach*"))
    run("forget", STEM, "--all")
    assert not list(kept.parent.glob("*coach*"))


def test_where_nothing_can_be_written_is_told_before_the_work(
    kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "known", None)
    Path("notes.txt").write_text("mine")
    code, _, err = run("results", STEM, "--output", "notes.txt")
    assert (code, err) == (2, "firstvisit: 'notes.txt' is a file. Name a folder to write the results into.\n")
    code, _, err = run("results", STEM, "--output", "notes.txt/contest")
    assert code == 2
    assert "cannot be made" in err
    assert Path("notes.txt").read_text() == "mine"


def test_results_are_read_while_a_host_writes(kept: Path, run: Run) -> None:
    host = Store(kept)
    with host.transaction() as writing:
        writing.set_code(hall().room.began.id, "XYZ789")
        with host.reading() as reading:
            assert reading.code(hall().room.began.id) == "ABC234"  # as it was before
    host.close()


def test_a_running_round_has_no_results_yet(kept: Path, run: Run) -> None:
    kept.unlink()
    log = [each for each in small().log if each.kind != "closed"]
    keep(log, events_dir() / f"{STEM}.db")
    code, _, err = run("results", STEM)
    assert code == 2
    assert "Round 1 is running. Its results follow when it has closed." in err
    assert err.endswith(f"go on with: firstvisit host --resume {STEM}\n")


def test_without_a_name_the_events_are_listed_with_the_date_of_their_deletion(kept: Path, run: Run) -> None:
    _, out, _ = run("results")
    assert out == f"2023-11-14 22:13  An evening of doors, deleted on 2024-02-12\n    {STEM}\n"


def test_an_event_that_is_not_there_is_told(home: Path, run: Run) -> None:
    assert run("results")[1].startswith("No event is kept on this machine.")
    code, _, err = run("results", "spring")
    assert (code, err) == (2, "firstvisit: There is no event 'spring'.\n")


def test_an_event_that_cannot_be_read_is_named_and_no_other_suffers(kept: Path, run: Run) -> None:
    torn = events_dir() / "torn.db"
    torn.write_bytes(b"nonsense" * 1000)
    code, out, err = run("results")
    assert (code, out.count(" deleted on ")) == (0, 1)
    assert err == f"firstvisit: {torn} cannot be used (file is not a database).\n"
    assert run("results", "torn")[::2] == (2, err)


@pytest.mark.parametrize("command", [("results",), ("results", "spring"), ("forget", "spring", "--all")])
def test_events_of_which_the_folder_cannot_be_read_are_told(home: Path, run: Run, command: tuple[str, ...]) -> None:
    home.mkdir(exist_ok=True)
    events_dir().write_bytes(b"")
    code, _, err = run(*command)
    assert code == 2
    assert err == f"firstvisit: {str(events_dir())!r}, the folder of the events, cannot be read (Not a directory).\n"


def test_an_event_that_cannot_be_deleted_is_told(home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = events_dir() / f"{STEM}.db"
    keep(hall().log, path)
    path.with_suffix(".due").write_text("0\n")

    def refusing(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "unlink", refusing)
    code, _, err = run("results")
    assert code == 2
    assert f"/{STEM}.db' has come, and it cannot be deleted (Permission denied)." in err


def test_a_log_that_was_changed_where_it_is_kept_is_told(kept: Path, run: Run) -> None:
    import sqlite3

    with sqlite3.connect(kept) as file:
        file.execute("UPDATE entries SET text = replace(text, '\"n\":0,', '\"n\":1,') WHERE seq = 4")
    code, _, err = run("results", STEM)
    assert code == 1
    assert "cannot be worked out" in err


# --- learning records ------------------------------------------------------------------------------------------------


def test_statements_are_sent_and_a_dead_store_is_made_up_for_later(
    kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTVISIT_LRS_USER", USER)
    monkeypatch.setenv("FIRSTVISIT_LRS_PASSWORD", PASSWORD)
    monkeypatch.setattr("game.workshop.export.outbox.PAUSES", ())
    with store() as lrs:
        lrs.answers = [503]
        code, _, err = run("results", STEM, "--lrs", lrs.url)
        assert code == 2
        assert "The store is busy or broken (503)." in err
        assert "the same command goes on with them" in err
        code, out, _ = run("results", STEM, "--lrs", lrs.url)
        assert code == 0
        assert f"has taken {len(lrs.kept)} statements" in out
    lines = Path(f"{STEM}-results/statements.jsonl").read_text().splitlines()
    assert lrs.kept == {each["id"]: each for each in map(json.loads, lines)}


def test_users_are_named_in_records_only_with_the_home_page_of_their_accounts(kept: Path, run: Run) -> None:
    Path("users.csv").write_text("seat,user\n1,ann\n")
    run("results", STEM, "--map", "users.csv", "--output", "one")
    run("results", STEM, "--map", "users.csv", "--home-page", "https://lms.example.org", "--output", "two")
    one, two = (Path(name, "statements.jsonl").read_text() for name in ("one", "two"))
    assert '"ann"' not in one
    assert '"homePage": "https://lms.example.org", "name": "ann"' in two


def test_when_the_disk_is_full_nothing_new_is_left_behind(
    kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, over: bool) -> None:
        if path.name == "results.xlsx":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        path.write_bytes(data)

    monkeypatch.setattr(results, "write_whole", full)
    code, _, err = run("results", STEM, "--output", "contest")
    assert (code, err) == (2, "firstvisit: 'contest/results.xlsx' cannot be written (No space left on device).\n")
    assert not Path("contest").exists()
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("mine")
    assert run("results", STEM, "--output", "mine")[0] == 2
    assert [path.name for path in Path("mine").iterdir()] == ["notes.txt"]


def test_no_folder_is_left_where_there_are_no_results(kept: Path, run: Run) -> None:
    kept.unlink()
    keep([each for each in small().log if each.kind != "closed"], events_dir() / f"{STEM}.db")
    assert run("results", STEM, "--output", "contest")[0] == 2
    assert not Path("contest").exists()


# --- verifying -------------------------------------------------------------------------------------------------------


def test_what_differs_is_told_one_a_line_and_as_json(there: Path, run: Run) -> None:
    with ZipFile(there / "event.zip") as packed:
        found = {each: packed.read(each) for each in packed.namelist()}
    with ZipFile("forged.zip", "w") as packed:
        for name, data in found.items():
            packed.writestr(name, data.replace(b",ranked,", b",ranked,9", 1) if name == "results.csv" else data)
    code, out, _ = run("verify", "forged.zip")
    assert code == 1
    assert out.startswith("forged.zip does not verify:\n  results.csv, line 2 is ")
    code, out, _ = run("verify", "forged.zip", "--json")
    assert code == 1
    assert json.loads(out)["verified"] is False
    assert len(json.loads(out)["differences"]) == 1
    assert json.loads(out)["scored"] is True


def test_what_was_not_worked_out_is_told(there: Path, run: Run) -> None:
    code, out, _ = run("verify", str(there / "event.zip"), "--seal", "0123456789")
    assert code == 1
    assert out.endswith("Scores and places, which take longer, were not worked out.\n")


@pytest.mark.parametrize(
    ("name", "why"),
    [("nowhere.zip", "cannot be read"), ("text.zip", "cannot be unpacked"), (".", "cannot be read")],
)
def test_what_cannot_be_verified_is_told_in_a_sentence(there: Path, run: Run, name: str, why: str) -> None:
    Path("text.zip").write_text("This is a letter.")
    code, _, err = run("verify", name)
    assert code in (1, 2)
    assert why in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("sealed", ["RED WAX", "", "6", "1234567"])
def test_a_seal_that_is_none_is_refused_and_so_are_too_few_of_its_digits(there: Path, run: Run, sealed: str) -> None:
    code, _, err = run("verify", str(there / "event.zip"), "--seal", sealed)
    assert code == 2
    assert "is not a seal" in err


def test_a_seal_is_read_as_people_write_it_down(there: Path, run: Run) -> None:
    sealed = seal(hall().room).upper()
    assert run("verify", str(there / "event.zip"), "--seal", f"{sealed[:4]} {sealed[4:8]}")[0] == 0
