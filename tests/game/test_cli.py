"""The command line: what it prints, and the exit codes."""

import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from game.home import profile, run_files
from game.runs.session import Session
from game.shelf.library import load
from tests.game.conftest import Run
from tests.game.test_readme import parsers

COMMANDS = tuple(name for name in parsers() if name)


# --- help and mistakes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"firstvisit {command}" in out.split("example:")[1]


def test_help_names_every_command(run: Run) -> None:
    _, out, _ = run("--help")
    assert all(re.search(rf"^    {command} ", out, re.M) for command in COMMANDS)


def test_the_version_is_that_of_the_distribution(run: Run) -> None:
    assert run("--version") == (0, f"firstvisit {version('first-visit')}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--frobnicate",),
        ("dance",),
        ("play",),
        ("check",),
        ("play", "x", "--seed", "-1"),
        ("play", "x", "--seed", "9007199254740992"),
        ("play", "x", "--seed", "1e3"),
        ("play", "x", "--cues", "psychic"),
        ("play", "x", "--move", "0"),
        ("play", "no-such-scenario"),
        ("play", "first-five-minutes", "--move", "2"),
        ("play", "first-five-minutes", "--retry", "no-such-run"),
        ("check", "no-such-file.yaml"),
        ("check", str(Path(__file__).parent)),
        ("replay", "no-such-run"),
        ("replay", "last"),
        ("list", "--scenarios", "no-such-folder"),
        ("--scenarios", "no-such-folder"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert err.strip()
    assert "Traceback" not in err


def test_an_unknown_scenario_brings_the_nearest(run: Run) -> None:
    _, _, err = run("play", "saturday-showrom")
    assert "Did you mean saturday-showroom?" in err


@pytest.mark.parametrize(
    ("typed", "usage", "meant"),
    [
        (("plya", "kiosk"), "firstvisit [-h]", "There is no command 'plya'. Did you mean play?"),
        (("zzz",), "firstvisit [-h]", "There is no command 'zzz'. 'firstvisit --help' lists them all."),
        (("play", "kiosk", "--sead", "3"), "firstvisit play", "unrecognized arguments: --sead 3. Did you mean --seed?"),
        (("preview", "kiosk", "--live"), "firstvisit preview", "unrecognized arguments: --live\n"),
    ],
)
def test_a_command_or_option_that_is_none_brings_the_nearest_and_the_usage_it_is_about(
    run: Run, typed: tuple[str, ...], usage: str, meant: str
) -> None:
    code, _, err = run(*typed)
    assert code == 2
    assert f"usage: {usage}" in err
    assert meant in err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_what_help_says_in_sentences_fits_80_columns(run: Run, command: str) -> None:
    _, out, _ = run(*command.split(), "--help")
    assert [line for line in out.splitlines() if len(line) > 80 and line[0] != " "] == []


def test_names_typed_cannot_act_on_the_terminal(run: Run) -> None:
    _, _, err = run("play", "\x1b]0;x\x07")
    assert "\x1b" not in err


# --- lists -----------------------------------------------------------------------------------------------------------


def test_list_as_json_holds_what_a_script_needs(run: Run) -> None:
    code, out, _ = run("list", "--json")
    listed = json.loads(out)
    assert code == 0
    assert {"first-five-minutes", "saturday-showroom"} <= {each["id"] for each in listed}
    for each in listed:
        assert each["title"]
        assert Path(each["path"]).is_file()
        assert each["school"] in (None, "plan-a", "collect-decisions", "speed-first", "audition", "same-day")


def test_list_shows_what_a_player_needs(run: Run, kiosk_path: Path) -> None:
    (kiosk_path.parent / "odd.yaml").write_text("id: [")
    code, out, err = run("list", "--scenarios", str(kiosk_path.parent))
    assert code == 0
    assert "The kiosk (Plan A, difficulty 1 of 3). A commuter looks at an umbrella." in out
    assert "odd.yaml is left out" in err


def test_runs_as_json_holds_what_a_script_needs(run: Run, kiosk_path: Path) -> None:
    assert run("runs", "--json") == (0, "[]\n", "")
    assert "No run has been played yet" in run("runs")[1]
    run("play", str(kiosk_path), "--plain", "--seed", "5", typed="1\n")
    (found,) = json.loads(run("runs", "--json")[1])
    assert (found["scenario"], found["seed"], found["finished"], found["moves"]) == ("kiosk", 5, False, 1)
    assert Path(found["path"]).is_file()
    assert "The kiosk (kiosk), seed 5, 1 move: unfinished" in run("runs")[1]


def test_lists_say_that_results_are_as_recorded(run: Run, kiosk_path: Path) -> None:
    folder = ("--scenarios", str(kiosk_path.parent))
    assert "as recorded" not in run("runs")[1] + run("list", *folder)[1]
    run("play", str(kiosk_path), "--seed", "5", typed=ANY)
    for command in (("runs",), ("list", *folder)):
        assert "Results are as recorded. To work one out again: firstvisit replay RUN --verify" in run(*command)[1]


# --- playing ---------------------------------------------------------------------------------------------------------

ANY = "".join(f"{number}\n" * 2 for number in range(1, 9)) * 20
"""Any choices, each twice, since what ends a run asks once more."""


def test_a_pipe_plays_to_the_debrief_and_the_run_verifies(run: Run, kiosk_path: Path) -> None:
    code, out, _ = run("play", str(kiosk_path), "--seed", "5", typed=ANY)
    assert code == 0
    assert "HOW IT ENDED" in out
    code, out, _ = run("replay", "last", "--verify", "--scenario", str(kiosk_path))
    assert code == 0
    assert "verifies" in out
    code, out, _ = run("replay", "last", "--scenario", str(kiosk_path))
    assert code == 0
    assert "HOW IT ENDED" in out


def test_a_run_left_is_offered_again_and_gone_on_with(run: Run, kiosk_path: Path) -> None:
    run("play", str(kiosk_path), "--seed", "5", typed="1\n")
    _, out, _ = run("play", str(kiosk_path), typed="1\n2\n")
    assert "There is an unfinished run" in out
    (found,) = json.loads(run("runs", "--json")[1])
    assert found["moves"] == 2


def test_a_run_that_was_left_while_its_par_was_worked_out_is_offered_to_be_looked_at(
    run: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("game.computing.pars.par_of", stopped)
        assert run("play", str(kiosk_path), "--seed", "5", typed=ANY)[0] == 130
    assert "1 over, result to come" in " ".join(run("list", "--scenarios", str(kiosk_path.parent))[1].split())
    _, out, _ = run("play", str(kiosk_path), typed="1\n")
    assert "There is a run that is over and whose result is to come" in out
    assert "1. See how it went" in out
    assert "of par" in out
    (found,) = json.loads(run("runs", "--json")[1])
    assert found["finished"]


def test_a_run_left_before_its_first_move_is_offered_too(run: Run, kiosk_path: Path) -> None:
    assert "is offered again" in run("play", str(kiosk_path), typed="")[1]
    assert "There is an unfinished run" in run("play", str(kiosk_path), typed="")[1]
    assert len(json.loads(run("runs", "--json")[1])) == 1


def test_a_run_left_can_be_left_alone(run: Run, kiosk_path: Path) -> None:
    run("play", str(kiosk_path), "--seed", "5", typed="1\n")
    assert "There is an unfinished run" in run("play", str(kiosk_path), typed="2\n")[1]
    assert "There is an unfinished run" not in run("play", str(kiosk_path), "--new", typed="1\n")[1]
    assert "There is an unfinished run" not in run("play", str(kiosk_path), "--seed", "6", typed="1\n")[1]


def test_a_retry_says_that_it_was_practice_at_its_end_and_whenever_it_is_read(run: Run, kiosk_path: Path) -> None:
    first = run("play", str(kiosk_path), "--plain", "--seed", "5", typed=ANY)[1]
    assert "so this is practice" not in first + run("replay", "last")[1]
    again = run("play", str(kiosk_path), "--plain", "--retry", "last", typed=ANY)[1]
    assert "A retry: buyer and luck were known, so this is practice." in again
    assert "so this is practice" in " ".join(run("replay", "last")[1].split())


def test_the_same_buyer_from_the_start_again_is_practice_too(run: Run, kiosk_path: Path) -> None:
    first = run("play", str(kiosk_path), "--plain", "--seed", "5", typed=ANY)[1]
    name = next(run_files.runs()).path.name
    again = run("play", str(kiosk_path), "--plain", "--seed", "5", typed=ANY)[1]
    assert "so this is practice" not in first
    assert "A retry: buyer and luck were known, so this is practice." in again
    assert "so this is practice" in " ".join(run("replay", "last")[1].split())
    assert "so this is practice" not in " ".join(run("replay", name)[1].split()), "it was the first, and stays so"


def test_the_list_of_runs_breaks_no_word(run: Run, kiosk_path: Path) -> None:
    run("play", str(kiosk_path), "--seed", "5", "--cues", "novice", typed=ANY)
    run("play", "--retry", "last", typed=ANY)
    *rows, _ = run("runs")[1].splitlines()
    assert max(map(len, rows)) <= 80
    assert "a retry" in " ".join(" ".join(rows).split())


def test_a_retry_needs_no_scenario_but_that_of_its_run(run: Run, kiosk_path: Path) -> None:
    run("play", str(kiosk_path), "--seed", "5", typed="1\n1\n")
    code, out, err = run("play", "--retry", "last", "--move", "2", typed="")
    assert (code, err) == (0, "")
    assert "The kiosk" in out


def test_a_move_that_was_not_made_cannot_be_made_differently(run: Run, kiosk_path: Path) -> None:
    run("play", str(kiosk_path), "--seed", "5", typed="1\n1\n")
    code, _, err = run("play", "--retry", "last", "--move", "99", typed="")
    assert code == 2
    assert err.endswith(": this run has 2 moves, so none of them is move 99.\n")


def test_a_retry_repeats_the_moves_before(run: Run, kiosk_path: Path) -> None:
    run("play", str(kiosk_path), "--seed", "5", typed="1\n1\n")
    run("play", str(kiosk_path), "--retry", "last", "--move", "2", typed="")
    newest = json.loads(run("runs", "--json")[1])[0]
    assert (newest["seed"], newest["moves"]) == (5, 1)
    assert newest["retry_of"]


def test_a_home_that_cannot_be_written_costs_only_the_record(run: Run, home: Path, kiosk_path: Path) -> None:
    home.write_text("a file where the folder should be")
    code, out, err = run("play", str(kiosk_path), "--seed", "5", typed=ANY)
    assert code == 0
    assert "You play without a record." in err
    assert "HOW IT ENDED" in out


def test_without_a_command_a_pipe_gets_the_library_as_lines(run: Run) -> None:
    code, out, _ = run(typed="")
    assert code == 0
    assert "Choose a scenario" in out
    assert "New here?" in out
    assert "New here?" not in run(typed="")[1]
    assert "Talking to" in run(typed="1\n1\n")[1]


def test_cues_from_the_command_line_stand_for_this_run_only(run: Run, kiosk_path: Path) -> None:
    run("--cues", "expert", "play", str(kiosk_path), typed="")
    run("play", str(kiosk_path), "--new", typed="")
    assert [each["cues"] for each in json.loads(run("runs", "--json")[1])] == ["novice", "expert"]


def test_a_scenario_with_problems_is_not_played(run: Run, kiosk_path: Path) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("kind: present", "kind: presnet"))
    code, _, err = run("play", str(kiosk_path), typed=ANY)
    assert code == 1
    assert "did you mean `present`" in err


def test_a_run_that_is_played_in_another_window_is_not_gone_on_with(run: Run, kiosk_path: Path) -> None:
    elsewhere = Session.start(load(kiosk_path), kiosk_path, 5, "novice", False, profile.runs_dir())
    elsewhere.choose(elsewhere.game.move_named("where-to"))
    code, _, err = run("play", str(kiosk_path), "--plain", typed="1\n")
    assert (code, "Somebody is playing this run in another window." in err) == (2, True)
    elsewhere.choose(elsewhere.game.move_named("this-one"))
    elsewhere.close()


# --- names that cannot be ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [(), ("list",), ("runs",), ("play", "kiosk"), ("replay", "last")])
def test_a_home_of_nobody_is_said_in_a_sentence(
    run: Run, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTVISIT_HOME", "~nobody-of-this-name/here")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err == "firstvisit: FIRSTVISIT_HOME is '~nobody-of-this-name/here', and there is no such user.\n"


def test_where_a_report_goes_in_a_folder_that_is_gone_is_said_before_the_work(
    run: Run, tmp_path: Path, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.computing.pool.results", lambda *_: pytest.fail("the work was begun"))
    (here := tmp_path / "here").mkdir()
    monkeypatch.chdir(here)
    here.rmdir()
    code, out, err = run("simulate", str(kiosk_path), "--output", "report.txt")
    assert (code, out) == (2, "")
    assert err == "firstvisit: 'report.txt' cannot be written (No such file or directory).\n"


@pytest.mark.parametrize("name", ["n" * 300, f"{'n' * 300}/report", f"new/{'n' * 300}/report", f"new/{'n' * 300}"])
@pytest.mark.parametrize("command", [("simulate", "kiosk"), ("evidence", "2.2")])
def test_a_report_that_could_not_be_named_so_is_refused_before_the_work(
    run: Run, command: tuple[str, str], name: str, tmp_path: Path, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.computing.pool.results", lambda *_: pytest.fail("the work was begun"))
    command = (command[0], str(kiosk_path)) if command[1] == "kiosk" else command
    code, out, err = run(*command, "--output", str(tmp_path / name))
    assert (code, out) == (2, "")
    assert "cannot be written (File name too long)" in err
    assert not (tmp_path / "new").exists()
