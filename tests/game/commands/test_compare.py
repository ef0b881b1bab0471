"""`firstvisit compare`: a run beside another one of the same buyer, and what cannot be laid beside it."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine import world as at
from engine.comparison import compare
from engine.play import Game
from engine.units import CERTAIN
from game.home import run_files
from game.report.comparison import result_text
from tests.engine.sales import bundled, play
from tests.game.conftest import FIRM, Run
from tests.game.runs.test_versions import edit, newest, under_other_rules
from tests.game.test_cli import ANY


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything in this process."""
    monkeypatch.setattr("game.computing.pool.usable_processors", lambda: 1)


@pytest.fixture
def finished(run: Run, shop: Path) -> Path:
    """A run that is over: the kiosk's buyer was asked at once, and then left."""
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    return newest()


@pytest.fixture
def retried(run: Run, finished: Path) -> Path:
    """The same buyer once more, who was told to come back any time instead."""
    run("play", "kiosk", "--retry", finished.name, "--move", "1", "--plain", typed="4\n" + ANY)
    return newest()


def against(run: Run, who: str, *more: str) -> tuple[int, str, str]:
    return run("compare", "last", "--against", who, *more)


def test_a_retry_is_laid_beside_the_run_it_repeats(run: Run, finished: Path, retried: Path) -> None:
    code, out, _ = against(run, finished.name)
    assert code == 0
    assert "They part at the first move." in out
    assert "This run: “Come back any time.”" in out
    for heading in ("SIDE BY SIDE: THE KIOSK", "INTEREST", "MOVE BY MOVE"):
        assert heading in out
    assert "some-day" not in out  # no ids
    assert "wait." not in out


def test_the_debrief_of_a_retry_says_what_changed(run: Run, finished: Path, retried: Path) -> None:
    out = run("replay", "last")[1]
    assert "BESIDE THE RUN IT REPEATS" in out
    assert "They part at the first move." in out
    assert "BESIDE" not in run("replay", finished.name)[1]


def test_a_retry_that_was_played_as_lines_ends_with_what_changed(run: Run, finished: Path) -> None:
    _, out, _ = run("play", "kiosk", "--retry", finished.name, "--plain", typed="4\n" + ANY)
    assert "BESIDE THE RUN IT REPEATS" in out


def test_a_retry_whose_first_try_is_gone_is_told_alone(run: Run, finished: Path, retried: Path) -> None:
    finished.unlink()
    code, out, err = run("replay", "last")
    assert (code, err) == (0, "")
    assert "BESIDE" not in out


@pytest.mark.parametrize("who", ["expert", "plan-a", "collect-decisions"])
def test_computer_players_meet_this_very_buyer(run: Run, finished: Path, who: str) -> None:
    found = json.loads(against(run, who, "--json")[1])
    assert found["seed"] == 5
    assert found["mine"]["value"] == next(run_files.runs()).closing.value  # type: ignore[union-attr]
    assert found["other"]["moves"]
    alike = zip(found["mine"]["moves"][: found["parted"]], found["other"]["moves"], strict=False)
    assert all(mine == theirs for mine, theirs in alike)


def test_without_anybody_named_everybody_is_listed_with_their_result(run: Run, finished: Path, retried: Path) -> None:
    code, out, _ = run("compare", "last")
    assert code == 0
    for who in ("this run", "the run it repeats", "Plan A", "Same day", "the expert"):
        assert f"{who}" in out
    assert out.count("% of par") >= 7
    listed = json.loads(run("compare", "last", "--json")[1])
    assert finished.name in [each["against"] for each in listed]


def test_a_page_needs_nothing_but_itself_and_shows_text_as_text(run: Run, shop: Path, tmp_path: Path) -> None:
    edit(shop, "Shall I ring it up?", "'Shall I <b>ring</b> it up &amp; {go}?'")
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    page = tmp_path / "beside.html"
    assert against(run, "plan-a", "--output", str(page))[:2] == (0, "")
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert text.count("http") == text.count("http://www.w3.org/2000/svg")  # a name, and nothing that is fetched
    assert "<b>" not in text
    assert "Shall I &lt;b&gt;ring&lt;/b&gt; it up &amp;amp; {go}?" in text
    body = text[text.index("<body>") : text.index("</html>")]
    found = ElementTree.fromstring(body)
    lines = [each for each in found.iter() if each.tag.endswith("polyline")]
    assert len(lines) == 2  # both curves, over each other
    assert "whole line: this run; broken line: Plan A" in text


# --- what cannot be laid beside it -----------------------------------------------------------------------------------


def refused(run: Run, who: str) -> str:
    code, out, err = against(run, who)
    assert code != 0
    assert out == ""
    assert err.count("\n") == 1  # one sentence, no traceback
    return err


def test_a_run_of_another_buyer_is_refused(run: Run, finished: Path) -> None:
    run("play", "kiosk", "--seed", "6", "--plain", typed=ANY)
    assert "It has seed 5, and this run seed 6: that is another buyer" in refused(run, finished.name)


def test_a_run_of_another_scenario_is_refused(run: Run, finished: Path) -> None:
    run("play", "first-five-minutes", "--seed", "5", "--plain", typed=ANY)
    assert "This is a run of 'kiosk', and the scenario at hand is 'first-five-minutes'." in refused(run, finished.name)


def test_a_run_whose_score_was_changed_is_refused(run: Run, finished: Path) -> None:
    finished.write_text(finished.read_text(encoding="utf-8").replace("conduct: ", "conduct: 1"), encoding="utf-8")
    code, out, err = run("compare", "last")
    assert (code, out) == (1, "")
    assert "The score was changed: the conduct is recorded as" in err


def test_a_run_of_a_changed_scenario_is_refused(run: Run, finished: Path, shop: Path) -> None:
    edit(shop)
    run("play", "kiosk", "--seed", "5", "--plain", typed=ANY)
    assert "has changed since this run was played" in refused(run, finished.name)


def test_a_run_of_other_rules_is_refused(run: Run, finished: Path, tmp_path: Path) -> None:
    other = tmp_path / "colleague.run"
    other.write_bytes(finished.read_bytes())
    under_other_rules(other)
    assert "This run was played under rules" in refused(run, str(other))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("conduct: ", "conduct: 1", "The score was changed"),
        ("{", "{0", "line 11"),
        ("1. where-to", "1. have-it", "was changed"),
        ("value: ", "valu: ", "line"),
    ],
)
def test_a_record_that_does_not_verify_is_refused(
    run: Run, finished: Path, tmp_path: Path, old: str, new: str, why: str
) -> None:
    other = tmp_path / "colleague.run"
    text = finished.read_text()
    assert old in text
    other.write_text(text.replace(old, new, 1))
    assert why in refused(run, str(other))


def test_a_run_that_is_not_finished_is_neither_compared_nor_compared_with(
    run: Run, finished: Path, tmp_path: Path
) -> None:
    other = tmp_path / "left.run"
    other.write_text(finished.read_text().partition("\nresult:")[0])
    assert "The run has no score" in refused(run, str(other))
    run("play", "kiosk", "--seed", "5", "--plain", "--new", typed="1\n")
    code, out, err = run("compare", newest().name, "--against", finished.name)
    assert (code, out) == (2, "")
    assert "The run is not finished." in err
    assert against(run, "expert")[0] == 0, "the last one is the last that is over"


@pytest.mark.parametrize("who", ["nobody", "plan-b", "/", ""])
def test_somebody_who_is_not_there_is_said(run: Run, finished: Path, who: str) -> None:
    assert refused(run, who)


# --- what there is to take away --------------------------------------------------------------------------------------


def test_a_debrief_in_lines_begins_with_what_cost_most(run: Run, finished: Path) -> None:
    out = run("replay", "last")[1]
    assert out.index("TO TAKE AWAY") < out.index("HOW IT ENDED") < out.index("THE MOMENTS THAT MOVED IT MOST")
    assert "on the meters" in " ".join(out.split())


def test_a_move_is_dated_by_its_beginning_wherever_it_is_told(run: Run, finished: Path) -> None:
    def dates(text: str) -> list[tuple[str, str]]:
        return re.findall(r"^ +(\d+)[.] (\w{3} \d\d:\d\d)", text, re.MULTILINE)

    debrief = run("replay", "last")[1]
    levels = dates(debrief.partition("MOVE BY MOVE")[2].partition("WHY THEY ANSWERED")[0])
    beside = dates(against(run, "expert")[1].partition("MOVE BY MOVE")[2])
    assert levels[0] == ("1", "Mon 09:00")  # when the buyer came in
    assert levels == beside[: len(levels)]  # what both did, and then this run


def test_once_the_coach_has_judged_it_begins_with_what_the_coach_says(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.coach.imagining.QUICK", FIRM)
    monkeypatch.setattr("game.coach.coaching.QUICK", FIRM)
    run("analyse", "last", "--processes", "1")
    out = run("replay", "last")[1]
    assert "on the meters" not in out
    assert "Next time" in out.partition("HOW IT ENDED")[0]


def test_a_winner_is_told_to_mend_nothing(run: Run, shop: Path) -> None:
    out = run("play", "kiosk", "--seed", "5", "--plain", typed="1\n1\n1\n")[1]
    assert ": order, " in out
    assert "TO TAKE AWAY" not in out
    assert "To try again" not in out
    assert "TO TAKE AWAY" not in run("replay", "last")[1]


def test_an_order_that_was_cancelled_is_listed_as_such() -> None:
    """0% of par would be a riddle beside the word order."""
    tutorial = bundled("first-five-minutes").scenario
    (teo,) = tutorial.prospects
    game = Game(replace(tutorial, prospects=(replace(teo, offer=replace(teo.offer, cancels=CERTAIN)),)))
    moves = ("where-it-stands", "what-brings", "play-back", "race", "whisper", "price")
    end = play(game.new_initial_state(1), *moves).apply_outcome(game.move_named("ask"), "order")
    assert end.people[0][at.CANCELLED]
    assert result_text(compare(end, end).mine).startswith("order, cancelled afterwards, ")
