"""`firstvisit balance`, as an author runs it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from engine.authoring.following import Course, follow
from engine.doctrines import FOILS, SCHOOLS, Doctrine
from engine.rules import Rules
from tests.game.conftest import Run

PAGE = Path(__file__).parents[3] / "scenarios" / "problems" / "FV605.md"
FEW = ("--runs", "6", "--expert-runs", "1", "--processes", "1")
ENOUGH = ("--runs", "20", "--expert-runs", "1", "--processes", "1")
"""To be sure that more patience helps."""


@pytest.fixture
def hurried(tmp_path: Path) -> Path:
    """A scenario with too little patience."""
    path = tmp_path / "hurried.yaml"
    path.write_text(re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0])
    return path


_BALANCED: list[tuple[int, str, str]] = []
_PAGES: list[str] = []


@pytest.fixture
def balanced(run: Run, hurried: Path) -> tuple[int, str, str]:
    """The figures of this scenario, the same each time, and so played once for all who read them."""
    if not _BALANCED:
        _BALANCED.append(run("balance", str(hurried), *FEW, "--json"))
    return _BALANCED[0]


@pytest.fixture
def page(run: Run, hurried: Path, tmp_path: Path) -> str:
    """The page of a scenario in which somebody wrote what a browser would read as its own; made once, too."""
    if not _PAGES:
        hurried.write_text(hurried.read_text().replace("The kettle in the window", "<b>Kettle</b> & co", 1))
        path = tmp_path / "balance.html"
        assert run("balance", str(hurried), *FEW, "--output", str(path)) == (0, "", "")
        _PAGES.append(path.read_text())
    return _PAGES[0]


def test_it_says_why_nobody_orders_and_what_would_help(run: Run, hurried: Path) -> None:
    code, out, _ = run("balance", str(hurried), *ENOUGH)
    told = " ".join(out.split())
    assert code == 0
    assert "Nobody orders at the first visit. The ceiling says that 70% could." in told
    assert "patience ended before an ask" in told
    assert re.search(
        r"With patience of 50\.\.62 minutes \(now 20\.\.25 minutes\), first conversations in which one can ask go from "
        r"0% to \d+%, orders at the first visit go from 0% to \d+%",
        told,
    )
    assert re.search(r"(FV411|FV605), line \d+ problem: ", told)


def test_json_has_the_figures(balanced: tuple[int, str, str]) -> None:
    code, out, _ = balanced
    found = json.loads(out)
    assert code == 0
    assert {player["player"] for player in found["players"]} >= {"plan-a", "random", "talker", "expert"}
    assert all(player["runs"] == 6 for player in found["players"] if player["player"] != "expert")
    patience = [each for each in found["changes"] if each["field"] == "buyer.patience"][-1]
    assert patience["could_ask"][0] == 0 < patience["could_ask"][1]
    assert {each["code"] for each in found["problems"]} <= {"FV411", "FV605"}
    assert found["problems"]
    assert (found["stopped"], found["runs"]) == (False, 6)


def test_the_same_question_gets_the_same_answer(run: Run, hurried: Path, balanced: tuple[int, str, str]) -> None:
    assert run("balance", str(hurried), *FEW, "--json")[1] == balanced[1]


def test_a_page_needs_nothing_else_and_shows_what_people_wrote_as_text(page: str) -> None:
    assert "&lt;b&gt;Kettle&lt;/b&gt; &amp; co" in page
    assert not re.search(r"<script|<link|src=|href=|url\(", page)


def test_expectations_are_held_against_the_runs(run: Run, hurried: Path) -> None:
    hurried.write_text(hurried.read_text() + "expect: {best-school: audition, first-visit-close: {plan-a: 60%..}}\n")
    _, out, _ = run("balance", str(hurried), *FEW, "--expert-runs", "0", "--json")
    verdicts = {each["expected"]: each["verdict"] for each in json.loads(out)["expectations"]}
    assert verdicts["plan-a closes 60% to 100% on the first visit"] == "not met"


def test_a_file_with_errors_is_not_played(run: Run, hurried: Path) -> None:
    hurried.write_text(hurried.read_text().replace("kind: quote", "kind: qoute"))
    code, _, err = run("balance", str(hurried), *FEW)
    assert code == 1
    assert "did you mean `quote`?" in err
    assert "cannot be played until this is mended" in err


def test_what_is_not_there_or_cannot_be_written_is_said_before_anything_is_played(
    run: Run, hurried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.commands.balancing.follow", lambda *_: pytest.fail("it is played"))
    assert run("balance", "no-such-scenario")[0] == 2
    for where, why in ((hurried / "page.html", "not a folder that you can write to"), (hurried.parent, "not a file")):
        code, _, err = run("balance", str(hurried), *FEW, "--output", str(where))
        assert code == 2
        assert why in " ".join(err.split())


def test_who_stops_it_gets_what_there_is(run: Run, hurried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = iter(range(len(SCHOOLS) + len(FOILS)))

    def until_the_changes(rules: Rules, doctrine: Doctrine, seeds: Iterable[int], marks: object) -> Course:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return follow(rules, doctrine, seeds)

    monkeypatch.setattr("game.commands.balancing.follow", until_the_changes)
    code, out, err = run("balance", str(hurried), *FEW, "--json")
    found = json.loads(out)
    assert (code, found["stopped"], found["changes"]) == (130, True, [])
    assert "the report holds the runs that were done" in err


def test_a_budget_ends_it_and_that_is_no_failure(run: Run, hurried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "game.commands.balancing.time.monotonic", iter(range(10**6)).__next__
    )  # each look at the clock is a second
    code, out, err = run("balance", str(hurried), *FEW, "--budget", "20", "--json")
    found = json.loads(out)
    assert (code, found["stopped"], err) == (0, True, "")
    assert len(found["players"]) >= 5


def test_the_script_is_looked_for_when_asked(run: Run, hurried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.doctrines.climbing import Round

    monkeypatch.setattr("engine.doctrines.climbing.ROUNDS", (Round(1, 100, (5, 10)),))
    code, out, _ = run("balance", str(hurried), *FEW, "--script", "--json")
    found = json.loads(out)
    assert code == 0
    assert next(player["runs"] for player in found["players"] if player["player"] == "script") == 1


def test_a_page_draws_what_it_says_and_says_all_that_it_draws(page: str) -> None:
    for heading in (
        *("Who earns what", "What one change would do", "How it ends", "Why buyers did not order"),
        *("Which buyers", "How long it takes", "What lines are worth", "Needs"),
    ):
        section = page.split(f"<h2>{heading}</h2>")[1].split("<h2>")[0]
        assert section.count("<svg") == 1, heading
        drawn = set(re.findall(r'class="name">([^<]*)<', section))
        assert drawn
        assert drawn <= set(re.findall(r"<td>([^<]*)</td>", section.split("</figure>")[1])), heading


def test_buyers_are_told_apart_by_what_was_drawn(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sale.yaml"
    assert run("new", str(path), "--sale", "showroom", "--product", "sofa", "--buyer", "Kim", "--price", "900")[0] == 0
    _, out, _ = run("balance", str(path), *FEW, "--expert-runs", "0", "--json")
    kinds = json.loads(out)["kinds"]
    assert {kind["by"] for kind in kinds} == {"decides", "real", "need"}
    for by in ("decides", "real", "need"):
        assert sum(kind["met"] for kind in kinds if kind["by"] == by) == 6
    assert "decides alone" in [kind["name"] for kind in kinds]


def test_what_lines_and_needs_are_worth_is_played(balanced: tuple[int, str, str]) -> None:
    found = json.loads(balanced[1])
    for line in found["lines"]:
        assert 0 < line["runs"] <= 30 * line["said"] + 1e-3
        assert line["worth"]["mean"] is not None
    assert {line["id"] for line in found["lines"]}.isdisjoint(found["unsaid"])


IDLE = """
format: 2
id: kettle
title: The kettle in the window
situation: Somebody has looked at the kettle twice.
briefing: A quiet morning in your shop.
offer: {price: 80, size: medium, floor: 60}
buyer: {name: Ada, indecision: {low: 100%}}
needs:
  quick: {says: Mine takes so long that the toast is cold., weight: 3}
  blue: {says: Blue would go with the tiles., weight: 1, chance: 50%}
lines:
  what-happened: {kind: open-question, say: What is the matter with the one you have?, reveals: [quick, blue]}
  boil-it:
    kind: demonstrate
    say: Count with me while it boils.
    meets: quick
    replies:
      - {when: {has: blue}, says: And the blue one boils as fast?}
      - {says: Nine seconds.}
  price:
    kind: quote
    say: Eighty euros.
    replies:
      - {when: {said: boil-it}, says: Eighty. It was quick. I saw that.}
      - {says: Eighty. I see.}
  ask:
    kind: ask-for-decision
    say: Shall I wrap it for you?
    replies:
      - {when: {weekday: Sun}, says: On a Sunday?}
      - {says: "Well."}
"""


def test_what_never_matters_is_said(run: Run, tmp_path: Path) -> None:
    path, page = tmp_path / "idle.yaml", tmp_path / "idle.html"
    path.write_text(IDLE)
    runs = ("--runs", "20", "--expert-runs", "0", "--processes", "1")
    found = json.loads(run("balance", str(path), *runs, "--json")[1])
    of = {each["id"]: each for each in found["replies"]}
    assert of["boil-it: And the blue one boils as fast?"]["tells"]
    saw = of["price: Eighty. It was quick. I saw that."]
    assert not any(saw[each] for each in ("acts", "tells", "teaches"))
    assert 0 < saw["given"] <= saw["said"]
    sunday = of["ask: On a Sunday?"]
    assert (sunday["given"], sunday["said"] > 30) == (0, True)
    told = " ".join(found["advice"])
    assert "1 reply that nobody ever got to a line that was said: ask: On a Sunday?" in told
    assert re.search(r"Of 6 replies 3 are words only, .*price: Eighty. It was quick. I saw that\.", told)
    assert "whether anything meets it changes nobody's choice: blue." in told
    run("balance", str(path), *runs, "--output", str(page))
    rows = re.findall(r"<tr><t[hd][^>]*>([^<]*)</t[hd]>(.*?)</tr>", page.read_text(), re.DOTALL)
    cells = {name: re.findall(r">([^<]*)</td>", rest) for name, rest in rows}
    assert cells["ask: On a Sunday?"][:2] == ["0%", "never given"]
    assert cells["price: Eighty. I see."][1] == "words only"
    assert "boil-it: Nine seconds." not in cells


def test_it_can_do_without_the_expert(run: Run, hurried: Path) -> None:
    code, out, _ = run("balance", str(hurried), *FEW, "--expert-runs", "0", "--json")
    assert code == 0
    assert "expert" not in {player["player"] for player in json.loads(out)["players"]}
