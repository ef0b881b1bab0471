"""A run belongs to the scenario it was played with, and can be read for ever."""

import io
import json
import os
import re
from pathlib import Path

import pytest

from engine.record import read_record
from engine.rules import RULES_VERSION
from engine.scenario import Scenario
from game.home import profile, run_files
from game.plain import Plain
from game.runs import accounts
from game.runs.session import Session
from game.shelf import copies, library
from game.words.wording import came
from tests.game.conftest import Run
from tests.game.test_cli import ANY

OTHER_RULES = RULES_VERSION - 1


def edit(path: Path, old: str = "weight: 40", new: str = "weight: 30") -> None:
    """Change a scenario so that its runs would come out differently."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def newest() -> Path:
    return next(run_files.runs()).path


def under_other_rules(path: Path) -> None:
    """Make a record, and what was kept with it, look as if an earlier version had played it."""
    path.write_text(re.sub("rules: .*", f"rules: {OTHER_RULES}", path.read_text()))
    for copy in copies.path_of("0", 0).parent.iterdir():
        copy.rename(copy.with_name(copy.name.replace(f".{RULES_VERSION}.", f".{OTHER_RULES}.")))


def listed(run: Run, name: str = "kiosk") -> dict[str, object]:
    found = json.loads(run("list", "--json")[1])
    return next(each for each in found if each["id"] == name)


def best(run: Run) -> tuple[object, object, object]:
    entry = listed(run)
    return entry["best"], entry["best_retry"], entry["best_other_version"]


# --- an old debrief opens as it was ----------------------------------------------------------------------------------


def course(printed: str) -> str:
    """What is printed of a run from its first moment on."""
    return "[day 1" + printed.partition("[day 1")[2]


def test_a_debrief_is_the_same_after_an_edit_and_names_its_version(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    before = run("replay", "last")[1]
    digest = next(run_files.runs()).header.digest
    edit(shop)
    code, after, _ = run("replay", "last")
    assert code == 0
    assert course(after) == course(before)
    assert digest in after
    assert "The scenario has changed since; a copy of it was kept." in " ".join(after.split())


@pytest.mark.parametrize("gone", [False, True])
def test_a_debrief_is_the_same_under_other_rules(run: Run, shop: Path, gone: bool) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    before = run("replay", "last")[1]
    under_other_rules(newest())
    if gone:
        shop.unlink()
    code, after, _ = run("replay", "last")
    assert code == 0
    assert course(after) == course(before)
    assert f"rules {OTHER_RULES}" in after
    assert f"the rules here are {RULES_VERSION}" in " ".join(after.split())


def test_a_debrief_is_never_worked_out_anew(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)

    def refuse(*_: object) -> None:
        raise AssertionError("worked out anew")

    monkeypatch.setattr("engine.debrief.debrief", refuse)
    monkeypatch.setattr("game.computing.pars.par_of", refuse)
    assert "HOW IT ENDED" in run("replay", "last")[1]


def test_what_is_told_of_a_run_comes_back_as_it_was(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    path = newest()
    told = accounts.account(Session.resume(path, library.load(shop), shop))
    assert accounts.kept(path, read_record(path.read_bytes())) == told
    assert told.debrief.scorecard.par is not None
    assert any(move.changes for move in told.moves)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is damaged"),
        (b"[" * 100_000, "is damaged"),
        (b"{}", "is damaged"),
        (b'{"form": 999}', "newer version"),
        (b"\xff", "is damaged"),
        ("another run's", "belongs to another run"),
        ("escape", "cannot be shown"),
    ],
)
def test_a_kept_debrief_that_cannot_be_used_is_said_and_the_run_replayed(
    run: Run, shop: Path, content: bytes | str, says: str
) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    kept = accounts.path_of(newest())
    if content == "another run's":
        kept.write_text(kept.read_text().replace('"seed": 5', '"seed": 6'))
    elif content == "escape":
        kept.write_text(kept.read_text().replace("The kiosk", r"\u001b]0;owned\u0007"))
    else:
        assert isinstance(content, bytes)
        kept.write_bytes(content)
    code, out, err = run("replay", "last")
    assert code == 0
    assert says in err
    assert "HOW IT ENDED" in out


def test_a_run_of_before_debriefs_were_kept_is_replayed(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    before = run("replay", "last")[1]
    accounts.path_of(newest()).unlink()
    code, out, err = run("replay", "last")
    assert (code, err) == (0, "")
    assert course(out) == course(before)


def test_a_run_of_which_nothing_was_kept_still_shows_its_moves(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    path = newest()
    accounts.path_of(path).unlink()
    under_other_rules(path)
    code, out, err = run("replay", "last")
    assert code == 1
    assert "Where are you off to?" in out, "the copy has the words"
    assert f"rules {OTHER_RULES}" in err
    for copy in copies.path_of("0", 0).parent.iterdir():
        copy.unlink()
    code, out, err = run("replay", "last")
    assert code == 1
    assert "where-to" in out
    assert json.loads(run("replay", "last", "--json")[1])["moves"]


COMMANDS = (
    ("replay", "last", "--verify"),
    ("analyse", "last"),
    ("compare", "last"),
    ("play", "--plain", "--retry", "last"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_whoever_has_a_run_of_another_version_is_told_what_to_do(
    run: Run, shop: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed="1\n")
    as_it_was = tmp_path / "as-it-was.yaml"
    as_it_was.write_bytes(shop.read_bytes())
    for copy in copies.path_of("0", 0).parent.iterdir():
        copy.unlink()
    edit(shop)
    code, _, err = run(*command)
    assert code == 2
    assert "name that, too" in err
    named = ("--scenario", str(as_it_was)) if command[0] != "play" else (str(as_it_was),)
    assert "name that, too" not in run(*command, *named)[2]
    under_other_rules(newest())
    code, _, err = run(*command)
    assert code == 2
    assert "Use the version of the program" in err


@pytest.mark.parametrize("broken", [b"", b"format: [", b"\xff\xfe"])
def test_a_copy_that_cannot_be_used_is_said(run: Run, shop: Path, broken: bytes) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed="1\n")
    copies.path_of(next(run_files.runs()).header.digest, RULES_VERSION).write_bytes(broken)
    edit(shop)
    code, out, err = run("replay", "last")
    assert code == 1
    assert "no copy of it" in err
    assert re.search(r"^1\. [a-z-]+$", out, re.M), "the name of the move is all there is"
    code, out, err = run("play", "kiosk", "--plain", typed="")
    assert code == 0
    assert "can be read" in err
    assert "Talking to Sam" in out


def test_what_cannot_be_kept_is_said_and_play_goes_on(run: Run, shop: Path, home: Path) -> None:
    (home / "played").write_text("a file where the folder should be")
    code, out, err = run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    assert code == 0
    assert "No copy of the scenario can be kept" in err
    assert "HOW IT ENDED" in out


def test_a_disk_that_is_full_when_the_debrief_is_kept_costs_only_that(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir())

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("game.runs.accounts.write_form", full)
    out = io.StringIO()
    Plain(session, io.StringIO(ANY), out).run()
    assert "HOW IT ENDED" in out.getvalue()
    assert "The debrief cannot be kept" in out.getvalue()


def test_a_debrief_kept_before_it_was_told_what_came_of_a_question_opens(run: Run, shop: Path, home: Path) -> None:
    run("play", str(shop), "--seed", "5", typed=ANY)
    kept = accounts.path_of(newest())
    told = json.loads(kept.read_text())
    asked = told["debrief"]["answers"]
    assert asked
    for each in asked:
        del each["came"]
    kept.write_text(json.dumps(told))
    found = accounts.kept(newest(), read_record(newest().read_bytes()))
    assert found is not None
    assert {came(each) for each in found.debrief.answers} <= {"an order", "no order", "reached", "not reached"}
    assert run("replay", "last")[2] == "", "nothing is damaged"


def test_a_debrief_kept_by_the_first_version_opens(run: Run, home: Path) -> None:
    """What a player has kept must open for ever: this file is never changed, only read."""
    folder = profile.runs_dir()
    folder.mkdir(parents=True)
    for file in (Path(__file__).parent / "kept").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    code, out, err = run("replay", "last")
    assert (code, err) == (0, "")
    shown = " ".join(out.split())
    told = json.loads(next((Path(__file__).parent / "kept").glob("*.json")).read_text())
    for text in (
        *(ending["sentence"] for ending in told["debrief"]["endings"]),
        *(fact for ending in told["debrief"]["endings"] for fact in ending["revealed"]),
        *(said["text"] for said in told["transcript"]),
        *(term["cause"] for term in told["debrief"]["scorecard"]["conduct"]),
        *(moment["said"] for moment in told["debrief"]["moments"]),
    ):
        assert " ".join(text.split()) in shown


# --- going on, beginning anew, trying again --------------------------------------------------------------------------


def test_a_run_goes_on_with_the_copy_after_an_edit(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed="1\n")
    edit(shop)
    code, out, _ = run("play", "kiosk", "--plain", typed=f"1\n{ANY}")
    assert code == 0
    assert "a copy of it was kept. The run goes on with that copy." in " ".join(out.split())
    assert "HOW IT ENDED" in out
    (only,) = run_files.runs()
    assert only.finished
    assert run("replay", "last", "--verify")[0] == 0


def test_the_copy_is_of_what_was_read_and_not_of_what_was_saved_meanwhile(home: Path, shop: Path) -> None:
    scenario = library.load(shop)
    edit(shop)
    assert copies.keep(scenario) == ""
    session = Session.start(scenario, shop, 5, "novice", False, profile.runs_dir())
    kept = copies.kept(session.header)
    assert kept is not None
    assert kept.digest() == scenario.digest()


def aged(folder: Path) -> None:
    """Make everything in a folder look as if it had been there for a day."""
    for each in folder.iterdir():
        os.utime(each, (0, 0))


def kept_texts() -> list[bytes]:
    return sorted(each.read_bytes() for each in copies.path_of("0", 0).parent.iterdir())


def test_copies_that_no_run_needs_are_swept_and_the_others_stay(run: Run, shop: Path) -> None:
    texts = []
    for weight in (40, 30, 20):
        texts.append(shop.read_bytes())
        run("play", "kiosk", "--new", "--plain", typed="1\n")
        edit(shop, f"weight: {weight}", f"weight: {weight - 10}")
    aged(copies.path_of("0", 0).parent)
    newest().unlink()
    assert kept_texts() == sorted(texts)
    run("play", "kiosk", "--new", "--plain", typed="1\n")
    assert kept_texts() == sorted([*texts[:2], shop.read_bytes()])


def test_no_copy_is_swept_that_is_fresh_or_that_a_broken_run_may_need(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--plain", typed="1\n")
    newest().unlink()
    edit(shop)
    run("play", "kiosk", "--plain", typed="1\n")
    assert len(kept_texts()) == 2, "a run of it may just be beginning"
    aged(copies.path_of("0", 0).parent)
    newest().write_bytes(b"nonsense")
    edit(shop, "weight: 30", "weight: 20")
    run("play", "kiosk", "--plain", typed="1\n")
    assert len(kept_texts()) == 3, "nobody knows which one the broken run was played with"


def test_a_copy_in_use_again_is_fresh_again(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--plain", typed="1\n")
    aged(copies.path_of("0", 0).parent)
    run("play", "kiosk", "--new", "--plain", typed="1\n")
    (only,) = copies.path_of("0", 0).parent.iterdir()
    assert only.stat().st_mtime > 0


def test_a_run_of_another_version_does_not_stand_in_the_way(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed="1\n")
    edit(shop)
    assert "unfinished run" in run("play", "kiosk", "--plain", typed="2\n1\n")[1]
    _, out, _ = run("play", "kiosk", "--plain", typed="1\n")
    assert "unfinished run" in out, "the newer one, of this version"
    assert "copy" not in out


def test_a_run_under_other_rules_is_named_and_a_new_one_begun(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed="1\n")
    old = newest()
    under_other_rules(old)
    _, out, err = run("play", "kiosk", "--plain", typed="")
    assert f"played under rules {OTHER_RULES}" in err
    assert f"firstvisit replay {old.name}" in err
    assert "Talking to Sam" in out


def test_a_run_is_retried_with_the_copy_after_an_edit(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    digest = next(run_files.runs()).header.digest
    edit(shop)
    _, _, err = run("play", "kiosk", "--retry", "last", "--move", "2", "--plain", typed="")
    assert "played as it was then" in err
    assert next(run_files.runs()).header.digest == digest


def test_a_mended_typo_is_no_other_version(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    before = best(run)
    edit(shop, "Where are you off to?", "Where are you going?")
    assert best(run) == before
    assert "another version" not in run("runs")[1]


def test_a_run_of_a_scenario_that_is_in_no_folder_is_no_other_version(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    shop.rename(shop.parents[1] / "kiosk.yaml")
    told = run("runs")[1]
    assert "not in the library" in told
    assert "another version" not in told
    replayed = " ".join(run("replay", "last")[1].split())
    assert "The scenario is in none of the folders here; a copy of it was kept." in replayed
    assert "has changed" not in replayed


# --- what counts as the best -----------------------------------------------------------------------------------------


def changed_par(path: Path, par: int) -> None:
    path.write_text(re.sub("par: .*", f"par: {par}", path.read_text()))


def test_the_best_of_another_version_stands_apart(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    changed_par(newest(), 88)
    assert best(run) == (88, None, None)
    edit(shop)
    assert best(run) == (None, None, 88)
    assert "best of another version 88%" in " ".join(run("list")[1].split())
    assert "another version" in run("runs")[1]


@pytest.mark.parametrize("how", ["retry", "same seed"])
def test_a_second_try_never_replaces_the_best_first_one(run: Run, shop: Path, how: str) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    changed_par(newest(), 40)
    again = ("--retry", "last", "--move", "1") if how == "retry" else ("--seed", "5", "--new")
    run("play", "kiosk", *again, "--plain", typed=ANY)
    changed_par(newest(), 100)
    assert best(run) == (40, 100, None)
    assert "best 40% of par, best retry 100%" in " ".join(run("list")[1].split())
    assert [each["first_try"] for each in json.loads(run("runs", "--json")[1])] == [False, True]
    assert run("runs")[1].count("a retry") == 1


def test_a_buyer_who_was_only_looked_at_is_not_met(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed="")
    run("play", "kiosk", "--seed", "5", "--new", "--plain", typed=ANY)
    assert listed(run)["best"] is not None


# --- one id, two files -----------------------------------------------------------------------------------------------


@pytest.fixture
def twin(shop: Path) -> Path:
    """Another scenario with the same id."""
    path = shop.with_name("another.yaml")
    path.write_bytes(shop.read_bytes())
    edit(path)
    return path


def test_two_files_with_one_id_are_both_named(run: Run, shop: Path, twin: Path) -> None:
    code, out, err = run("list")
    assert code == 0
    assert str(shop) in out
    assert str(twin) in out
    assert "2 scenarios have the id 'kiosk'" in err
    assert {str(shop), str(twin)} == {each["path"] for each in json.loads(run("list", "--json")[1]) if each["same_id"]}
    code, _, err = run("play", "kiosk", "--plain")
    assert code == 2
    assert str(shop) in err
    assert str(twin) in err
    assert "by its path" in err
    assert "Talking to Sam" in run("play", str(twin), "--plain")[1]


def test_an_own_file_does_not_replace_a_bundled_one_in_silence(run: Run, shop: Path) -> None:
    edit(shop, "id: kiosk", "id: first-five-minutes")
    code, _, err = run("play", "first-five-minutes", "--plain")
    assert code == 2
    assert str(shop) in err


def test_check_names_files_of_a_folder_that_share_an_id(run: Run, shop: Path, twin: Path) -> None:
    code, out, _ = run("check", str(shop.parent), "--no-explore")
    assert code == 1
    assert f"{twin.name}:2:5: error[FV304]" in out.replace(f"{twin.parent}{os.sep}", "")
    assert str(shop) in out
    code, out, _ = run("check", "--json", str(shop.parent), "--no-explore")
    assert code == 1
    assert {each["file"] for each in json.loads(out)} == {str(shop), str(twin)}
    assert run("check", str(shop), "--no-explore")[0] == 0


def test_check_sees_a_shared_id_in_a_file_with_other_mistakes(run: Run, shop: Path, twin: Path) -> None:
    edit(twin, "kind: open-question", "kind: open-questoin")
    out = run("check", str(shop.parent), "--no-explore")[1]
    assert out.count("error[FV304]") == 2
    assert "error[FV204]" in out
    twin.write_text("id: kiosk\ntitle: Broken\nlines: [\n")
    assert run("check", str(shop.parent), "--no-explore")[1].count("error[FV304]") == 2


def test_check_of_one_file_knows_the_scenarios_that_are_here(run: Run, tmp_path: Path, shop: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_bytes(shop.read_bytes())
    edit(mine, "id: kiosk", "id: first-five-minutes")
    code, out, _ = run("check", str(mine), "--no-explore")
    assert code == 0
    assert "mine.yaml:2:5: warning[FV304]: `first-five-minutes` is also the id of" in out
    (bundled,) = library.named("first-five-minutes")
    assert str(bundled) in out
    assert "warning" not in run("check", str(bundled), "--no-explore")[1]


def test_a_second_copy_of_the_same_text_is_the_same_scenario(run: Run, shop: Path) -> None:
    shop.with_name("copy.yaml").write_bytes(shop.read_bytes())
    assert run("list")[2] == ""
    assert "Talking to Sam" in run("play", "kiosk", "--plain")[1]


def test_each_of_two_files_with_one_id_keeps_its_own_runs(run: Run, shop: Path, twin: Path) -> None:
    run("play", str(shop), "--seed", "5", "--plain", typed=ANY)
    run("play", str(twin), "--seed", "6", "--plain", typed="1\n")
    found = {each["path"]: each for each in json.loads(run("list", "--json")[1]) if each["id"] == "kiosk"}
    assert found[str(shop)]["best"] is not None
    assert found[str(twin)]["best"] is None
    assert len(found[str(twin)]["unfinished"]) == 1
    assert run("replay", "last")[0] == 0


# --- runs that are none ----------------------------------------------------------------------------------------------


def test_broken_runs_are_named(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--plain", typed="1\n")
    (profile.runs_dir() / "torn.run").write_bytes(b"nonsense")
    code, out, err = run("runs")
    assert code == 0
    assert "kiosk" in out
    assert "torn.run cannot be read as a run" in err
