"""The evidence page: what the command shows, writes and refuses."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.doctrines import known_script
from engine.evidence.findings import finding
from engine.evidence.measurement import Measurement
from engine.evidence.page import CLAIMS, TABLES, Page, Work, ids
from engine.evidence.schools import SCENARIOS
from engine.evidence.switches import SWITCHES
from engine.evidence.targets import targets
from engine.rules import prepare
from game import cli
from game.commands import evidence
from game.computing import pool
from game.report.document import Heading, Paragraph, Table, as_markdown, as_text
from game.report.evidence import number, report

Run = Callable[..., tuple[int, str, str]]
FEW = ("-n", "40", "--processes", "1", "2.2", "4.4", "hbr.audit_never")
"""A figure and two claims that are quickly worked out."""


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process; returns exit code, stdout, stderr."""

    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = cli.main(("evidence", *arguments))
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


# --- what can be asked for -------------------------------------------------------------------------------------------


def test_figures_claims_switches_and_tables_have_ids_of_their_own() -> None:
    assert len(set(ids())) == len(ids()) == len(targets().by_id) + len(TABLES) + len(CLAIMS) + len(SWITCHES)


def test_without_ids_everything_is_worked_out() -> None:
    whole = Work([], 40)
    assert whole.whole
    assert len(whole.jobs) > len(Work(["schools"], 40).jobs) > len(Work(["4.4"], 40).jobs) > 0


def test_a_trial_that_several_claims_need_is_played_once() -> None:
    one, both = Work(["4.1"], 40), Work(["4.1", "4.2"], 40)
    assert one.jobs == both.jobs


def test_a_switch_plays_no_school_again_that_the_schools_table_has_played_in_the_same_world() -> None:
    alone = len(Work(["switch.decay"], 40).jobs) + len(Work(["schools"], 40).jobs)
    assert len(Work(["switch.decay", "schools"], 40).jobs) == alone - 4 * 4  # four schools, in four parts each


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("hbr.audit_nevr", "hbr.audit_never"), ("school", "schools"), ("switch.fast-stor", "switch.fast-store")],
)
def test_an_unknown_id_is_named_with_the_nearest(run: Run, wrong: str, meant: str) -> None:
    code, out, err = run(wrong)
    assert code == 2
    assert out == ""
    assert f"nothing called {wrong!r}. Did you mean {meant}?" in err


@pytest.mark.parametrize("arguments", [("-n", "0"), ("--runs", "-5"), ("--processes", "0"), ("--json", "--markdown")])
def test_numbers_that_mean_nothing_are_refused(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run("2.2", *arguments)
    assert code == 2
    assert out == ""
    assert err


def test_a_figure_that_asks_for_no_experiment_there_is_stops_the_page_in_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong() -> None:
        raise ValueError("the target 'kept.back': there is no experiment 'ordrs'; did you mean `orders`?")

    monkeypatch.setattr(evidence, "targets", wrong)
    code, out, err = run("2.2")
    assert (code, out) == (2, "")
    assert "targets.yaml cannot be used: the target 'kept.back': there is no experiment 'ordrs'" in " ".join(
        err.split()
    )


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_a_figure_and_a_claim_are_shown_with_what_was_measured(run: Run) -> None:
    code, out, _ = run(*FEW)
    assert code == 0
    assert "hbr.audit_never (identity, strong)" in out
    assert re.search(r"^  simulated: 0\.\d+ \+/- 0\.\d+", out, re.M)
    assert "source: HBR 2011 [8]" in out
    assert "2.2 Sellers answer" in out
    said = " ".join(out.split())
    assert "effect: enquiries that a rival firm answers: 57% (within an hour 38%, within a day 55%, ever 77%)" in said
    assert "it matters from 20 to 70: as claimed" in said
    assert "verdict: depends on the place: holds at within an hour, within a day; not at ever" in said


def test_plain_text_fits_into_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = run(*FEW, "myth.five_followups", "gong.talk_share")
    assert max(len(line) for line in out.splitlines()) <= 80


def test_a_figure_that_the_model_does_not_have_says_why(run: Run) -> None:
    (missing, *_) = (each for each in targets().by_id.values() if each.not_modelled and each.use == "fit")
    _, out, _ = run(missing.id)
    assert "does not have" in out
    assert " ".join(missing.not_modelled.split()[:4]) in " ".join(out.split())


def test_a_myth_is_shown_with_what_the_simulation_gives_instead(run: Run) -> None:
    _, out, _ = run("myth.five_followups", "-n", "40")
    assert "Figures shown, not used" in out
    assert "published: 0.8" in out
    assert "simulated: " in out


def test_json_has_every_figure_with_verdict_and_source(run: Run) -> None:
    code, out, _ = run(*FEW, "gong.talk_share", "--json")
    assert code == 0
    data = json.loads(out)
    assert {"targets", "schools", "claims", "switches", "version", "rules", "runs"} <= set(data)
    by_id = {target["id"]: target for target in data["targets"]}
    audit = by_id["hbr.audit_never"]
    assert (audit["use"], audit["published"], audit["verdict"]) == ("fit", 0.23, "inside")
    assert 0.2 < audit["simulated"] < 0.3
    assert audit["error"] > 0
    assert (audit["standing"], audit["why"]) == ("identity", "The constant rival_never is the figure.")
    assert audit["source"]
    assert audit["tolerance"] == "0.2 to 0.68"
    talk = by_id["gong.talk_share"]
    assert (talk["simulated"], talk["verdict"]) == (None, "not-modelled")
    assert talk["reason"]
    assert [claim["id"] for claim in data["claims"]] == ["2.2", "4.4"]
    answers, welcome = data["claims"]
    assert (answers["verdict"], answers["runs_needed"]) == ("depends", 40)
    (effect,) = answers["effects"]
    assert (effect["from"], effect["to"], effect["chance"]) == (20, 70, 0)
    assert [(place["place"], place["holds"]) for place in effect["places"]] == [
        ("within an hour", True),
        ("within a day", True),
        ("ever", False),
    ]
    assert (welcome["verdict"], welcome["runs_needed"]) == ("undecided", None)
    assert all({"what", "value", "error", "unit"} <= set(figure) for figure in welcome["figures"])
    assert data["summary"]["claims"] == {"reproduced": 0, "not reproduced": 0, "depends": 1, "undecided": 1}


def test_the_headline_counts_what_could_have_failed() -> None:
    jolt, audit = (
        finding(id, Measurement((0.5,), (0.01,), 40, "a share")) for id in ("jolt.no_decision", "hbr.audit_1h")
    )
    text = "".join(as_text(report(Page(40, True, (jolt, audit), (), (), (), (), ())), 10_000))
    assert "Of the 2 published figures that the model has and is held to, 1 are checked" in text
    assert "1 of these are inside" in text
    assert "Missed: hbr.audit_1h (identity)." in text


def test_a_claim_that_few_runs_leave_open_says_so(run: Run) -> None:
    _, out, _ = run("-n", "40", "--processes", "1", "0.3")
    assert re.search(r"verdict: undecided: (about [\d,]+ runs would decide it|it lies too near)", " ".join(out.split()))


def test_how_several_tests_are_corrected_for_is_said_once(run: Run) -> None:
    for asked in (FEW, ("-n", "40", "2.2")):
        _, out, _ = run(*asked)
        assert out.count("Holm") == out.count("leave it undecided") == 1
    assert "Holm" not in run("-n", "40", "hbr.audit_never")[1]


def test_one_and_two_processes_say_the_same(run: Run) -> None:
    one = run(*FEW, "0.3", "--json", "--processes", "1")
    two = run(*FEW, "0.3", "--json", "--processes", "2")
    assert one == two


# --- files and stopping ----------------------------------------------------------------------------------------------


def test_the_page_is_written_to_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "evidence.md"
    code, out, _ = run(*FEW, "--markdown", "--output", str(file))
    assert (code, out) == (0, "")
    assert file.read_text().startswith("## Evidence\n")
    assert "| hbr.audit_never (identity, strong) |" in file.read_text()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["evidence.md"]


def test_a_file_that_cannot_be_written_is_refused_before_the_work(run: Run, tmp_path: Path) -> None:
    code, _, err = run(*FEW, "--output", str(tmp_path))
    assert code == 2
    assert "not a file that a report could replace" in err


def test_ctrl_c_leaves_nothing_half_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> Iterator[tuple[int, object]]:
        signal.raise_signal(signal.SIGINT)
        yield 0, None

    monkeypatch.setattr(pool, "results", stopped)
    file = tmp_path / "evidence.txt"
    code, out, err = run(*FEW, "--output", str(file))
    assert code == 130
    assert out == ""
    assert "Stopped before the evidence was complete. Nothing was written" in err
    assert not file.exists()


# --- documents -------------------------------------------------------------------------------------------------------

PARTS = (
    Heading("Sales"),
    Paragraph("A | B"),
    Table(("who", "orders"), (("plan-a", "*12"), ("collector", "7"))),
    Table(("who", "what"), (("a", "[1] and <2>"), ("b", ""))),
)


def test_a_table_sets_numbers_to_the_right() -> None:
    assert list(as_text(PARTS[:3], 80)) == [
        "SALES",
        "",
        "A | B",
        "",
        "who        orders",
        "plan-a        *12",
        "collector       7",
    ]


def test_markdown_shows_text_as_it_is() -> None:
    text = "\n".join(as_markdown(PARTS))
    assert text.startswith("## Sales\n\nA \\| B\n\n| who | orders |\n| --- | ---: |\n| plan-a | \\*12 |")
    assert "| a | \\[1] and &lt;2> |" in text


def test_a_list_leaves_out_what_is_empty() -> None:
    listed = Table(("who", "what", "why"), (("a", "something", ""), ("b", "", "because")), listed=True)
    assert list(as_text([listed], 80)) == ["a", "  what: something", "b", "  why: because"]


@pytest.mark.parametrize(("value", "text"), [(0.12345, "0.123"), (12345.6, "12,346"), (float("inf"), "none")])
def test_numbers_have_three_figures_that_count(value: float, text: str) -> None:
    assert number(value) == text


# --- the page in the engine's README ---------------------------------------------------------------------------------


def test_the_page_in_the_readme_was_made_by_this_model() -> None:
    """To renew it, in some minutes: `python -m game.commands.evidence`."""
    assert evidence.stamp() in evidence.README.read_text(encoding="utf-8").splitlines()
    for name in SCENARIOS:  # found again on the way
        assert known_script(prepare(evidence.bundled(name))) is not None, name


def test_the_page_in_the_readme_has_every_figure_school_and_claim() -> None:
    page = evidence.README.read_text(encoding="utf-8").partition(evidence.BEGIN)[2].partition(evidence.END)[0]
    for name in (*targets().by_id, *(claim.id for claim in (*CLAIMS, *SWITCHES))):
        assert f"| {name} " in page, name


def test_a_page_goes_between_its_marks_and_nothing_else_changes() -> None:
    readme = f"before\n\n{evidence.BEGIN}old -->\n\nold page\n\n{evidence.END}\n\nafter\n"
    text = evidence.rewritten(readme, ["## Evidence", "", "new page"])
    assert text == f"before\n\n{evidence.stamp()}\n\n## Evidence\n\nnew page\n\n{evidence.END}\n\nafter\n"


def test_a_readme_without_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="no marks"):
        evidence.rewritten("nothing here", ["page"])
