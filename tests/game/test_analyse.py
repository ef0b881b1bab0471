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

from engine.coach.judgement import Judgement, judgement
from engine.coach.verdict import Analysis, Choice, Verdict
from engine.debrief import debrief
from engine.moments import Moment
from engine.play import Game
from engine.rules import RULES_VERSION
from engine.scenario import read_scenario
from game import coaching, copies, run_files
from game.bar import Advance
from game.report import lesson
from game.report.coach import advice, as_data, head_text, play_text, takeaway
from game.report.verdict import answered_text, came_of, judged_text, known_text, line_text, principles
from tests.engine.sales import bundled, play
from tests.game.conftest import FIRM, Run
from tests.game.test_cli import ANY
from tests.game.test_versions import edit, newest, under_other_rules


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """As few imaginings as there can be."""
    monkeypatch.setattr("engine.coach.analysis.QUICK", FIRM)
    monkeypatch.setattr("game.coaching.QUICK", FIRM)


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
    monkeypatch.setattr("game.coaching.judged", None)  # nothing is worked out
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
    monkeypatch.setattr("game.bar.progress", progress)
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
    monkeypatch.setattr("game.coaching.MOST_MOVES", 1)
    code, _, err = analyse(run)
    assert code == 2
    assert "the coach judges runs of up to 1" in err


def test_a_report_that_cannot_be_written_is_refused_before_the_work(
    run: Run, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.coaching.judged", None)
    code, _, err = analyse(run, "--output", str(tmp_path))
    assert code == 2
    assert "is not a file" in err


def test_a_home_that_cannot_be_written_costs_nothing_but_time(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("game.coaching.write_form", full)
    assert analyse(run)[0] == 0


@pytest.mark.parametrize(
    ("error", "told"), [(1, "Move 1 cost most"), (7, "More than one move may have cost most"), (9, "surely lost")]
)
def test_what_cost_most_is_named_where_it_is_sure_even_among_many(error: int, told: str) -> None:
    choices = (Choice("b", 25, 0, None), Choice("a", 0, error, 0))
    word: Judgement = "unclear" if error == 9 else "inaccuracy"
    lost = 0 if error == 9 else 20
    verdict = Verdict(0, "a", 0, 0, "b", lost, error, lost, 100, word, 0, choices, ("b",) if error < 9 else ())
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, error, 0, 70.0, 10_000, (verdict,))
    assert told in advice(found, lambda _: {"a": "A", "b": "B"})


def test_what_was_asked_already_and_would_come_to_more_now_is_advised_once_more() -> None:
    words = {"a": "A", "b": "B", "wait.3h": "C"}
    for first, best, told in (
        ("c", "b", "Next time: B"),
        ("b", "b", "Next time, once more: B"),
        ("wait.3h", "wait.3h", "Next time: C"),
    ):
        choices = (Choice(best, 25, 0, None), Choice("a", 0, 1, 0))
        mistake = Verdict(1, "a", 0, 0, best, 25, 1, 25, 100, "mistake", 0, choices, (best,))
        earlier = replace(mistake, number=0, name=first, judgement="good", loss=0)
        found = Analysis("", 1, "", 48, 0, 100, 1, 25, 1, 0, 70.0, 10_000, (earlier, mistake))
        assert told in advice(found, lambda _: words)


@pytest.mark.parametrize(
    ("worth", "best", "told"),
    [(100, "have-it", "best"), (100, "where-to", "equal best"),
     (99, "have-it", "little at stake"), (-10, "where-to", "little at stake")],
)  # fmt: skip
def test_a_move_is_called_the_best_only_where_the_coach_would_have_made_it_and_something_was_left(
    worth: int, best: str, told: str
) -> None:
    """Asked for the third time with no hope of a yes, nothing is lost, for nothing is left: that makes it no model."""
    choices = (Choice("where-to", worth, 10, None), Choice("have-it", worth - 2, 10, 90))
    verdict = Verdict(0, "have-it", worth - 2, 90, best, 0, 10, 0.0, 1_000, "best", 0, choices, ())
    assert judged_text(verdict) == told


@pytest.mark.parametrize(
    ("lost", "error", "told"), [(83, 35, "inaccuracy or worse"), (50, 12, "mistake or worse"), (83, 5, "blunder"),
                                (12, 0, "inaccuracy"), (25, 10, "unclear")]
)  # fmt: skip
def test_a_word_that_is_only_what_is_sure_says_so(lost: int, error: int, told: str) -> None:
    """A loss of 83 points called an inaccuracy, beside one of 50 called a mistake, looks like an error."""
    choices = (Choice("b", 100, 0, None), Choice("a", 100 - lost, error, 0))
    verdict = Verdict(0, "a", 0, 0, "b", lost, error, lost, 100, judgement(lost, error), 0, choices, ("b",))
    assert judged_text(verdict) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [("b", "Right."), ("c", "Right."), ("d", "Right: it cannot be told from what was worth most."),
     ("a", "There is something better.")],
)  # fmt: skip
def test_an_answer_that_looks_worse_than_the_best_and_is_right_says_why(name: str, told: str) -> None:
    choices = tuple(Choice(*each, None) for each in (("b", 100, 0), ("c", 98, 0), ("d", 89, 6), ("a", 60, 4)))
    verdict = Verdict(0, "a", 60, 60, "b", 40, 4, 40.0, 100, "blunder", 0, choices, ("b",))
    assert answered_text(verdict, name) == told


def test_scripts_are_told_which_answers_are_right() -> None:
    choices = tuple(Choice(*each, None) for each in (("b", 100, 0), ("d", 89, 6), ("a", 60, 4)))
    verdict = Verdict(0, "a", 60, 60, "b", 40, 4, 40.0, 100, "blunder", 0, choices, ("b",))
    found = as_data(Analysis("", 1, "", 48, 0, 100, 1, 25, 4, 0, 70.0, 100, (verdict,)))
    assert [each["right"] for each in found["moves"][0]["alternatives"]] == [True, True, False]


@pytest.mark.parametrize(
    ("errors", "lost", "told"),
    [
        (
            (1, 1),
            (0, 0),
            "Every move was as good as the best, as far as can be told. The rest was the buyer, and luck.",
        ),
        ((1, 1), (0, 5), "No move lost enough for an inaccuracy, but small losses add up to 5 points."),
        (
            (9, 1),
            (15, 5),
            "No move lost enough for an inaccuracy, but small losses add up to 5 points. Others may have lost more: "
            "luck hides which.",
        ),
        ((1, 9), (0, 15), "No move of this run surely lost anything. Some may have: luck hides which."),
        ((90, 1), (0, 0), "How good these moves were cannot be told from so few imaginings."),
    ],
)
def test_moves_are_called_good_only_where_the_figures_say_so(
    errors: tuple[int, int], lost: tuple[int, int], told: str
) -> None:
    words = [judgement(*each) for each in zip(lost, errors, strict=True)]
    surely = [0 if word == "unclear" else each for word, each in zip(words, lost, strict=True)]
    moves = tuple(
        Verdict(0, "a", 0, 0, "a", each, error, each, 100, word, 0, (Choice("a", 0, 0, 0),), ())
        for each, error, word in zip(surely, errors, words, strict=True)
    )
    found = Analysis("", 1, "", 12, 0, 0, 1, sum(surely), 9, 0, 90.0, 100, moves)
    assert advice(found, lambda _: {}) == told
    assert ("%" in head_text(found)) is (told[0] in "EN")


@pytest.mark.parametrize(
    ("lost", "told"), [(0, "The coach: best."), (80, "The coach: blunder, 80 points (+/- 2). Ask what it is for.")]
)
def test_a_moment_is_told_with_what_the_coach_says_of_it(kiosk_path: Path, lost: int, told: str) -> None:
    """An author's sentence that praises a line, under a move that cost most, would contradict the coach."""
    edit(kiosk_path, "say: Where are you off to?", "say: Where are you off to?, principle: Ask what it is for.")
    start = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    end = start.apply_action(start.game.move_named("have-it"))
    best = "where-to" if lost else "have-it"
    choices = (Choice("where-to", 100 + 10 * lost, 10, None), Choice("have-it", 100, 10, 90))
    word, line = judgement(lost, 1), ("where-to",) if lost else ()
    verdict = Verdict(0, "have-it", 100, 90, best, 10 * lost, 10, lost, 1_000, word, 0, choices, line)
    found = Analysis("", 1, "", 48, 0, 100, 1, 800, 10, 0, 70.0, 1_000, (verdict,))
    moment = Moment(0, 0, "buyer", -12, "Shall I ring it up?", ("asked",), "Whoever asks may hear a yes.")
    shown, _ = lesson.judged(replace(debrief(end), moments=(moment,)), found, end, "regular")
    assert shown.moments == (replace(moment, principle=told),)


# --- what is told of a mistake ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "told"),
    [("have-it", ["Ask what it is for."]), ("hurry", ["Hurry is the seller's.", "Ask what it is for."])],
)
def test_of_a_mistake_no_praise_is_told_that_was_meant_for_another_moment(
    kiosk_path: Path, made: str, told: list[str]
) -> None:
    edit(kiosk_path, "say: Where are you off to?", "say: Where are you off to?, principle: Ask what it is for.")
    edit(kiosk_path, "say: Shall I ring it up?", "say: Shall I ring it up?, principle: What was left was to ask.")
    text = kiosk_path.read_text(encoding="utf-8")
    hurry = "  hurry: {kind: urgency, say: The last one., principle: Hurry is the seller's.}\n"
    kiosk_path.write_text(text + hurry, encoding="utf-8")
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    choices = (Choice("where-to", 900, 10, None), Choice(made, 100, 10, 90))
    verdict = Verdict(0, made, 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    assert principles(verdict, before) == told


def test_what_is_advised_is_not_told_with_what_it_costs_at_other_times(kiosk_path: Path) -> None:
    edit(kiosk_path, "say: Come back any time.", "say: Come back any time., principle: Nothing was agreed.")
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    choices = (Choice("some-day", 900, 10, None), Choice("have-it", 100, 10, 90))
    verdict = Verdict(0, "have-it", 100, 90, "some-day", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("some-day",))
    assert principles(verdict, before) == []


def test_the_coach_goes_on_with_nothing_that_costs_whenever_it_is_said(kiosk_path: Path) -> None:
    """Whoever plays on for it may let a buyer go without a date: that is not taught under what this very line cost."""
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    line = ("where-to", "have-it", "some-day", "where-to")
    verdict = Verdict(0, "some-day", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, (), line)
    assert line_text(verdict, before) == "The coach would most likely have gone on with “Shall I ring it up?”"


def test_the_coach_goes_on_in_the_words_that_would_be_said_then(kiosk_path: Path) -> None:
    edit(kiosk_path, "say: Shall I ring it up?", "say: [Shall I ring it up?, And now?, So?]")
    start = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    before = start.apply_outcome(start.game.move_named("have-it"), "stall")
    line = ("have-it", "where-to", "have-it")
    verdict = Verdict(1, "where-to", 100, 90, "have-it", 800, 10, 80.0, 1_000, "blunder", 0, (), line)
    told = line_text(verdict, before)
    assert told == "The coach would most likely have gone on with “Where are you off to?”, then “So?”"


def test_what_cost_most_ends_its_sentence_for_it_may_be_a_sentence_of_its_own(kiosk_path: Path) -> None:
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    choices = (Choice("where-to", 900, 10, None), Choice("have-it", 100, 10, 90))
    verdict = Verdict(0, "have-it", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    found = Analysis("", 1, "", 48, 0, 100, 1, 800, 10, 0, 70.0, 1_000, (verdict,))
    first = next(takeaway(found, before, "regular"))
    assert first == "Move 1 cost most, 8 EUR (+/- 0.20 EUR) of what was to be earned there: “Shall I ring it up?”"


def test_what_a_last_word_left_open_is_told_with_what_it_cost() -> None:
    friday = bundled("friday-pipeline").new_initial_state(19)
    asked = ("ring-ines@ines", "worst-night@ines", "remember-me@ines", "what-happened@ines", "who-hears-it@ines")
    reason_told = play(friday, *asked, "wedding-orders@ines", "ask-plainly@ines", "what-is-behind@ines")
    assert came_of(reason_told) == ""
    assert came_of(play(reason_told, "tape-not-drill@ines")) == (
        "The conversation ended with it, and nothing was agreed: answers that nobody confirmed come back."
    )
    weeks = play(bundled("long-audition").new_initial_state(22), "proposal-and-see")
    assert came_of(weeks) == "The conversation ended with it, and nothing was agreed."


@pytest.mark.parametrize(
    ("known", "best_known", "told"),
    [
        (100, 900, ""),
        (
            400,
            900,
            "As you could know, the move made was worth 1 EUR and what the coach advises 9 EUR; with the facts "
            "known, 4 EUR and 9 EUR. Only the first counts.",
        ),
        (
            100,
            0,
            "As you could know, the move made was worth 1 EUR and what the coach advises 9 EUR; with the facts "
            "known, 1 EUR and 0 EUR. Only the first counts.",
        ),
        (
            400,
            None,
            "As you could know, the move made was worth 1 EUR; with the facts known, 4 EUR. Only the first counts.",
        ),
    ],
)
def test_both_values_are_told_where_they_differ_of_the_best_move_too(
    known: int, best_known: int | None, told: str
) -> None:
    choices = (Choice("where-to", 900, 10, best_known), Choice("have-it", 100, 10, known))
    verdict = Verdict(0, "have-it", 100, known, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    assert "".join(known_text(verdict, "EUR")) == told


def test_nothing_is_measured_against_advice_that_seems_to_be_worth_less() -> None:
    choices = (Choice("where-to", 80, 30, 900), Choice("have-it", 100, 30, 400))
    verdict = Verdict(0, "have-it", 100, 400, "where-to", 0, 30, 0.0, 1_000, "best", 0, choices, ())
    assert "".join(known_text(verdict, "EUR")) == (
        "As you could know, the move made was worth 1 EUR; with the facts known, 4 EUR. Only the first counts."
    )


def test_what_the_play_was_worth_is_a_share_of_what_was_at_stake_whoever_the_buyer_was() -> None:
    """It hangs on no par: a buyer who was good for much makes bad play no better, and one good for nothing no worse."""
    move = Verdict(0, "a", 0, 0, "b", 25, 5, 25.0, 100, "inaccuracy", 0, (Choice("a", 0, 5, 0),), ())
    for par in (-2_600, 90_000):
        found = Analysis("", 1, "", 48, -10_000, par, 1, 75, 9, 0, 19.0, 100, (move, replace(move, point=200), move))
        assert head_text(found) == "play 25% (+/- 15) · accuracy 19"
        assert "was worth 25% of what was at stake (+/- 15)" in play_text(found)
        assert replace(found, moves=5 * (move,)).play == 0


def test_a_worth_of_the_play_that_may_be_anything_is_not_told_as_a_figure() -> None:
    move = Verdict(0, "a", 0, 0, "b", 25, 26, 25.0, 100, "unclear", 0, (Choice("a", 0, 26, 0),), ())
    found = Analysis("", 1, "", 12, 0, 0, 1, 25, 26, 0, 19.0, 100, (move,))
    assert "cannot be told" in play_text(found)
    assert "%" not in play_text(found)
    assert head_text(found) == "play: too uncertain for a figure"
    lost = replace(found, moves=(replace(move, points=190.0),))
    assert head_text(lost) == "play 0% (+/- 51) · accuracy 19", "however much it may be off"
