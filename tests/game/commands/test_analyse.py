"""`firstvisit analyse`: what it prints, writes and keeps, and what it refuses."""

import json
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from engine.coach.verdict import Analysis
from engine.rules import RULES_VERSION
from game.coach import coaching
from game.home import run_files
from game.shelf import copies
from game.text.bar import Advance
from tests.game.conftest import FIRM, Run
from tests.game.runs.test_versions import edit, newest, under_other_rules
from tests.game.test_cli import ANY


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """As few imaginings as there can be."""
    monkeypatch.setattr("engine.coach.imagining.QUICK", FIRM)
    for name in ("QUICK", "AT_ONCE", "FINE"):
        monkeypatch.setattr(coaching, name, FIRM)


@pytest.fixture
def finished(run: Run, shop: Path) -> Path:
    """A run that is over: the kiosk's buyer was asked at once, and then left."""
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    return newest()


def analyse(run: Run, *more: str) -> tuple[int, str, str]:
    return run("analyse", "last", "--processes", "1", *more)


def test_the_report_says_what_to_take_away_and_where_the_result_comes_from(run: Run, finished: Path) -> None:
    code, out, _ = analyse(run)
    assert code == 0
    for heading in ("THE COACH: THE KIOSK", "TO TAKE AWAY", "WHERE THE RESULT COMES FROM", "INTEREST", "MOVE BY MOVE"):
        assert heading in out
    assert max(map(len, out.splitlines())) <= 80
    assert "have-it" not in out  # no ids
    assert ".:" not in out


@pytest.mark.parametrize("page", [False, True], ids=["text", "page"])
@pytest.mark.parametrize("elsewhere", [False, True], ids=["kept here", "sent by somebody"])
def test_the_command_that_goes_back_works_as_it_is_printed(
    run: Run, shop: Path, tmp_path: Path, page: bool, elsewhere: bool
) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed="4\n" + ANY)
    record, more = newest(), []
    if elsewhere:  # with its scenario, which lies in none of the folders
        record = record.rename(tmp_path / "a colleague's.run")
        more = ["--scenario", str(shop.rename(tmp_path / "a scenario.yaml"))]
        for copy in (shop.parents[1] / "played").iterdir():
            copy.unlink()
    output = ["--output", str(tmp_path / "report.html")] if page else []
    out = run("analyse", str(record), "--processes", "1", *more, *output)[1]
    if page:
        text = (tmp_path / "report.html").read_text(encoding="utf-8")
        out = unescape(re.sub("<[^>]*>", "\n", text))
    _, *words = shlex.split(next(line for line in out.splitlines() if line.startswith("firstvisit")))
    code, out, err = run(*words, "--plain", typed="")
    assert (code, err) == (0, "")
    assert "Sam" in out


def test_the_data_adds_up(run: Run, finished: Path) -> None:
    found = json.loads(analyse(run, "--json")[1])
    assert found["result"] == found["par"] - found["losses"] + found["luck_answers"] + found["luck_buyer"]
    record = next(run_files.runs())
    assert record.closing is not None
    assert found["result"] == record.closing.value
    assert len(found["moves"]) == record.moves
    for move in found["moves"]:
        assert {"name", "value", "best", "loss", "error", "judgement", "alternatives"} <= move.keys()
        assert move["alternatives"][0]["name"] == move["best"]


def test_a_second_look_is_what_the_first_one_kept(run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = analyse(run)[1]
    monkeypatch.setattr("game.coach.coaching.judged", None)  # nothing is worked out
    assert analyse(run)[1] == first


def test_what_was_kept_before_par_was_known_is_measured_and_not_judged_again(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *first, _ = analyse(run)
    path = coaching.path_of(finished)
    found = json.loads(path.read_text())
    path.write_text(json.dumps(found | {"par": None, "par_error": None}))
    monkeypatch.setattr(coaching, "judged", None)
    assert list(analyse(run)[:2]) == first
    assert json.loads(path.read_text())["par"] is not None


def test_more_time_makes_it_finer_and_less_never_coarser(run: Run, finished: Path) -> None:
    assert json.loads(analyse(run, "--json")[1])["imaginings"] == FIRM
    finer = json.loads(analyse(run, "--json", "--budget", "1")[1])["imaginings"]
    assert finer >= FIRM
    assert json.loads(analyse(run, "--json")[1])["imaginings"] == finer


def test_without_a_budget_it_goes_on_from_where_one_ended_too_soon(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyse(run, "--budget", "1")
    monkeypatch.setattr(coaching, "AT_ONCE", 4 * FIRM)
    monkeypatch.setattr(coaching, "FINE", 4 * FIRM)
    path = coaching.path_of(finished)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"imaginings": FIRM}))
    assert json.loads(analyse(run, "--json")[1])["imaginings"] == 4 * FIRM


def test_it_goes_on_while_luck_hides_what_a_move_cost(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = coaching.judged

    def hidden(*of: Any) -> Iterator[Analysis]:
        for found in judged(*of):
            yield replace(found, moves=(replace(found.moves[0], judgement="unclear"), *found.moves[1:]))

    monkeypatch.setattr(coaching, "FINE", 4 * FIRM)
    monkeypatch.setattr(coaching, "judged", hidden)
    assert json.loads(analyse(run, "--json")[1])["imaginings"] == 4 * FIRM
    kept = next(run_files.runs())
    assert coaching.is_settled(kept)
    monkeypatch.setattr(coaching, "FINE", 8 * FIRM)
    assert not coaching.is_settled(kept)


@pytest.mark.parametrize("more", [(), ("--budget", "1")], ids=["quick", "a-second"])
def test_no_more_is_judged_than_was_announced(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    announced, done = dict[str, int](), list[int]()

    @contextmanager
    def progress(what: str, total: int, otherwise: str = "") -> Iterator[Advance]:
        announced[what] = total
        yield done.append

    analyse(run)  # so that par is known
    coaching.path_of(finished).unlink()
    monkeypatch.setattr("game.text.bar.progress", progress)
    analyse(run, *more)
    assert sum(done) <= announced["judging the moves"]


def test_when_time_is_up_before_par_is_known_it_is_told_so_far_and_not_kept(
    run: Run, finished: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.par.LOOKS", (2, 10_000))
    monkeypatch.setattr("engine.par.CLOSE", 10**9)  # never well enough
    for each in home.glob("par/*/*"):
        each.unlink()
    kept = home / "runs"
    before = {each: each.read_bytes() for each in kept.iterdir()}
    seconds = ("1", "4", "16", "64")  # a busy machine needs more than one
    found = next(
        told for each in seconds if (told := json.loads(analyse(run, "--json", "--budget", each)[1]))["par"] is not None
    )
    assert found["par_so_far"]
    assert found["result"] == found["par"] - found["losses"] + found["luck_answers"] + found["luck_buyer"]
    assert any("(so far, +/- " in " ".join(analyse(run, "--budget", each)[1].split()) for each in seconds)
    assert not list(home.glob("par/*/*"))
    assert {each: each.read_bytes() for each in before} == before
    path = coaching.path_of(finished)
    assert (json.loads(path.read_text())["par"], json.loads(path.read_text())["par_so_far"]) == (None, False)


def test_one_process_judges_as_two_do(run: Run, finished: Path) -> None:
    alone = analyse(run, "--json")[1]
    coaching.path_of(finished).unlink()
    assert run("analyse", "last", "--processes", "2", "--json")[1] == alone


UNREADABLE = (b"", b"{", b"[]", b'{"form": 99}', b'{"form": 1}', b"\xff", b"[" * 100_000, b"0" * 100)


def test_an_analysis_that_cannot_be_read_is_worked_out_again(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged, found, times = coaching.judged, list[Analysis](), list[int]()

    def known(*how: Any) -> Iterator[Analysis]:
        """What is worked out is the same each time, so it is only the first time."""
        times.append(len(times))
        found.extend(() if found else judged(*how))
        yield from found

    monkeypatch.setattr(coaching, "MOST", FIRM)
    monkeypatch.setattr(coaching, "judged", known)
    first = analyse(run, "--json")[1]
    for number, kept in enumerate(UNREADABLE, 1):
        coaching.path_of(finished).write_bytes(kept)
        assert analyse(run, "--json")[1] == first, kept[:80]
        assert times[-1] == number


def test_an_analysis_of_another_run_is_not_shown(run: Run, finished: Path) -> None:
    analyse(run)
    path = coaching.path_of(finished)
    found = json.loads(path.read_text()) | {"opening": "0" * 16, "result": 123_456_789}
    path.write_text(json.dumps(found))
    assert json.loads(analyse(run, "--json")[1])["result"] != 123_456_789


def test_a_page_needs_nothing_but_itself_and_shows_text_as_text(run: Run, shop: Path, tmp_path: Path) -> None:
    edit(shop, "Shall I ring it up?", "'Shall I <b>ring</b> it up &amp; {go}?'")
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    page = tmp_path / "report.html"
    assert analyse(run, "--output", str(page))[:2] == (0, "")
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert text.count("http") == text.count("http://www.w3.org/2000/svg")  # a name, and nothing that is fetched
    assert "<b>" not in text
    assert text.count("<polyline") == 1, "the curve of the one buyer's interest"
    assert re.findall("<text[^>]*>([^<]*)<", text) == ["0", "50", "100"], "with the scale beside it"
    assert "<figcaption>Sam</figcaption>" in text
    assert "Shall I &lt;b&gt;ring&lt;/b&gt; it up &amp;amp; {go}?" in text
    body = text.removeprefix("<!doctype html>").replace('<meta charset="utf-8">', "")
    assert body.count("<table>") == body.count("</table>") >= 2
    ElementTree.fromstring(body[body.index("<body>") : body.index("</html>")])


def test_the_last_run_is_the_last_that_is_over(run: Run, finished: Path) -> None:
    run("play", "kiosk", "--seed", "6", "--plain", "--new", typed="1\n")
    assert newest() != finished
    assert analyse(run)[0] == 0
    assert finished.with_suffix(".coach.json").exists()


# --- what cannot be judged -------------------------------------------------------------------------------------------


def test_a_run_that_is_not_finished_is_not_judged(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed="1\n")
    code, out, err = analyse(run)
    assert (code, out) == (2, "")
    assert "The run is not finished. The coach judges a run once it is over." in err


def test_a_run_of_other_rules_or_of_a_scenario_that_is_gone_is_not_judged(run: Run, finished: Path) -> None:
    under_other_rules(finished)
    code, out, err = analyse(run)
    assert (code, out) == (2, "")
    assert f"rules here are {RULES_VERSION}" in err


def test_a_run_of_a_scenario_that_is_gone_without_a_copy_is_not_judged(run: Run, finished: Path, shop: Path) -> None:
    shop.unlink()
    for copy in copies.path_of("0", 0).parent.iterdir():
        copy.unlink()
    code, out, err = analyse(run)
    assert (code, out) == (2, "")
    assert "no longer here" in err


def test_a_run_without_a_move_is_not_judged(run: Run, shop: Path) -> None:
    run("play", "kiosk", "--seed", "5", "--plain", typed="")
    assert next(run_files.runs()).moves == 0
    code, out, err = analyse(run)
    assert (code, out) == (2, "")
    assert "The run is not finished." in err


def test_a_record_of_ten_thousand_moves_that_nobody_made_is_refused_in_a_sentence(run: Run, finished: Path) -> None:
    text = finished.read_text()
    first = next(line for line in text.splitlines(keepends=True) if line.startswith("1. "))
    finished.write_text(text.replace(first, "".join(first.replace("1. ", f"{n}. ", 1) for n in range(1, 10_001))))
    code, out, err = analyse(run)
    assert (code, out) == (1, "")
    assert err.count("\n") < 4


def test_a_run_of_an_edited_scenario_is_judged_with_the_copy_that_was_kept(
    run: Run, finished: Path, shop: Path
) -> None:
    edit(shop)
    assert analyse(run)[0] == 0


def test_a_record_that_was_changed_is_not_judged(run: Run, finished: Path) -> None:
    text = finished.read_text()
    finished.write_text(text.replace("seed: 5", "seed: 6"))
    code, _, err = analyse(run)
    assert code == 1
    assert "The head was changed" in err
    finished.write_text(text.replace("conduct: ", "conduct: 1"))
    code, _, err = analyse(run)
    assert code == 1
    assert "The score was changed: the conduct is recorded as" in err


def test_a_run_of_too_many_moves_is_refused_before_the_work(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.coach.coaching.MOST_MOVES", 1)
    code, _, err = analyse(run)
    assert code == 2
    assert "the coach judges runs of up to 1" in err


def test_a_report_that_cannot_be_written_is_refused_before_the_work(
    run: Run, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.coach.coaching.judged", None)
    code, _, err = analyse(run, "--output", str(tmp_path))
    assert code == 2
    assert "is not a file" in err


def test_a_home_that_cannot_be_written_costs_nothing_but_time_and_that_is_said(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("game.coach.coaching.write_form", full)
    code, out, err = analyse(run)
    assert code == 0
    assert "THE COACH: THE KIOSK" in out
    assert "What the coach found cannot be kept" in err
    assert err.count("No space left on device") == 1
