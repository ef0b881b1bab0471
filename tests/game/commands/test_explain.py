"""`explain` prints a page for whatever `check` and the guide name, as plain lines that fit a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import scenarios
from engine.doctrines import DOCTRINES, SCHOOLS
from engine.rules import constants
from engine.rules.kinds import KINDS
from engine.scenario import check_scenario
from engine.scenario.renames import RENAMES
from engine.scenario.vocabulary import MINUTES, OUTCOMES
from game.authoring.pages import codes, kinds, page
from tests.game.conftest import Run

GUIDE = Path(scenarios.__path__[0], "README.md")


def explained(run: Run, *topics: str) -> str:
    code, out, err = run("explain", *topics)
    assert (code, err) == (0, "")
    return out


@pytest.mark.parametrize("code", codes())
def test_every_code_has_its_page_in_plain_lines(run: Run, code: str) -> None:
    out = explained(run, code)
    assert out.startswith(f"{code}: {page(code).title[:40]}")
    assert "```" not in out
    assert all(len(line) <= 80 for line in out.splitlines() if not line.startswith(("    ", "  > ")))
    lines = [each.rstrip() for each in out.splitlines()]
    for line in page(code).right.splitlines():
        assert {f"    {line}".rstrip(), f"  > {line}"} & set(lines)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["Needs"], ["needs"]),
        (["open", "question"], ["open-question"]),
        (["Open Question"], ["open-question"]),
        (["kind", "open", "question"], ["kind", "open-question"]),
        (["Plan", "A"], ["plan-a"]),
        (["fv119"], ["FV119"]),
        (["walks_out"], ["walks-out"]),
    ],
)
def test_a_name_is_found_however_it_is_written(run: Run, written: list[str], meant: list[str]) -> None:
    assert explained(run, *written) == explained(run, *meant)


def test_what_the_two_examples_of_a_page_differ_in_is_marked(run: Run) -> None:
    marked = [line for line in explained(run, "FV204").splitlines() if line.startswith("  > ")]
    assert marked == [
        "  >   price: {kind: qoute, say: Six hundred and forty.}",
        "  >   price: {kind: quote, say: Six hundred and forty.}",
    ]


def test_codes_are_found_however_they_are_written_and_several_at_once(run: Run) -> None:
    out = explained(run, "fv401", "FV402")
    assert out.index("FV401: ") < out.index("FV402: ")


def test_every_word_that_changed_since_format_1_is_explained_and_leads_there(run: Run) -> None:
    out = explained(run, "format")
    for each in RENAMES:
        assert f"in {each.where}: " in out
        assert f"`{each.new}`" in out or f": {each.new}`" in out
    for sort, word in (("field", "answers"), ("field", "answered"), ("kind", "answer")):
        code, _, err = run("explain", sort, word)
        assert (code, "explain format" in err) == (2, True)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_page(run: Run, kind: str) -> None:
    out = explained(run, "kind", kind)
    assert out.startswith(f"{kind}: ")
    assert f"It takes {MINUTES[kind]} min" in out


_AROUND = """\
format: 2
id: gate
title: The garden gate
situation: Somebody stops at the oak gate.
briefing: Saturday in the yard. Somebody stops at the oak gate.
offer: {price: 640, floor: 480}
buyer: {name: Rui, arrives: lead, decides: {alone: 50%, husband: 50%}}
needs:
  dog: {says: The dog gets out.}
objections:
  dear: {says: That is dear., really: money}
lines:
"""
"""A seller of garden gates, in whose file the examples of every kind can stand."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_shown_as_it_is_often_written_and_as_it_works(kind: str) -> None:
    told = kinds()[kind]
    example = told.partition("```yaml\n")[2].partition("```")[0]
    assert [line.partition(":")[0] for line in example.splitlines()] == ["poor", "better"]
    assert example.startswith(f"poor: {{kind: {kind}, ")
    text = _AROUND + "".join(f"  {line}\n" for line in example.splitlines())
    _, problems = check_scenario(text.encode(), "gate.yaml")
    assert [each.message for each in problems if each.level == "error"] == []
    assert len(told.partition("```")[0].split()) >= 12, "why a trainee should care"


def test_no_section_is_about_a_kind_that_there_is_not() -> None:
    assert list(kinds()) == list(KINDS)


def test_a_field_is_shown_in_a_scenario_and_with_what_goes_wrong(run: Run) -> None:
    told = explained(run, "field", "at")
    assert "As in " in told
    assert "FV416: The text of a step says another day than the step" in told


def test_how_often_a_line_can_be_said_is_what_the_rules_allow(run: Run) -> None:
    for kind, often in (
        ("press", "again and again"),
        ("bring-in", "once in each conversation"),
        ("quote", "once a run"),
    ):
        assert f"It can be said {often}" in " ".join(run("explain", "kind", kind)[1].split())


def test_what_a_kind_waits_for_and_how_likely_it_is_to_work_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "It is not offered while the decision has not been asked for yet." in explained(run, "kind", "press")
    joining = explained(run, "kind", "bring-in")
    assert "It is not offered while whom it brings is at the table." in joining
    assert "It works in 35% of cases without any trust, in 100% at a trust of 100" in " ".join(joining.split())
    monkeypatch.setattr(constants, "JOINS", 200_000)
    assert "works in 20% of cases without any trust, in 85%" in " ".join(explained(run, "kind", "bring-in").split())


@pytest.mark.parametrize("player", DOCTRINES)
def test_every_computer_player_has_its_page(run: Run, player: str) -> None:
    out = explained(run, "player", player)
    assert out.startswith(f"{player}\n\n")
    assert "engine." not in out
    assert f"--player {player}" in out


@pytest.mark.parametrize("player", SCHOOLS)
def test_a_school_is_told_with_where_it_leads_in_the_words_of_the_guide(run: Run, player: str) -> None:
    _, _, leads = " ".join(explained(run, "player", player).split()).partition("Where it leads: It ")
    assert f"- `{player}` {leads.partition(' See a run')[0]}" in " ".join(GUIDE.read_text(encoding="utf-8").split())


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_told_with_when_it_is_said(run: Run, outcome: str) -> None:
    out = " ".join(explained(run, "outcome", outcome).split())
    assert out.startswith(f"{outcome}: {OUTCOMES[outcome]}")
    assert f"`when: {{outcome: {outcome}}}`" in out


def test_what_is_said_where_nothing_is_written_is_told(run: Run) -> None:
    assert "it is 'I need to think about it.'" in " ".join(explained(run, "stall").split())


def test_a_field_is_explained_wherever_it_can_stand(run: Run) -> None:
    out = explained(run, "field", "stage")
    assert "`line`" in out
    assert "`when, until`" in out
    assert "tomorrow 10:00" in explained(run, "field", "at")


def test_how_a_yes_comes_about_is_told_in_the_numbers_of_the_rules(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "trust: up to +2.6 at 100" in explained(run, "yes")
    monkeypatch.setattr(constants, "DECIDE_TRUST", 9_900)
    assert "trust: up to +9.9 at 100" in explained(run, "yes")


def test_a_name_by_itself_is_explained_as_whatever_it_is(run: Run) -> None:
    for sort, name in (("kind", "isolate"), ("field", "guarded"), ("player", "expert")):
        assert run("explain", name)[:2] == run("explain", sort, name)[:2]


def test_without_a_topic_it_lists_what_there_is(run: Run) -> None:
    out = explained(run)
    for listed in (*codes(), "ask-for-decision", "follow-up-friday", "briefing", "explain yes"):
        assert listed in out
    assert "isolate" in explained(run, "kind")


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        (["FV409999"], "There is no page about 'FV409999'."),
        (["playr"], "Did you mean player?"),
        (["gaurded"], "Did you mean guarded?"),
        (["kind", "qoute"], "There is no kind 'qoute'. Did you mean quote?"),
        (["field", "brifing"], "Did you mean briefing?"),
        (["player", "exprt"], "Did you mean expert?"),
        (["kind", "quote", "claim"], "One kind at a time"),
        (["../README"], "There is no page about '../README'. 'firstvisit explain' lists"),
    ],
)
def test_what_has_no_page_is_told_with_what_was_meant(run: Run, topics: list[str], told: str) -> None:
    code, out, err = run("explain", *topics)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize("field", ["people", "of", "brings"])
def test_the_example_of_a_field_has_it_as_a_field(run: Run, field: str) -> None:
    """And not a word of what somebody says before a colon."""
    out = run("explain", "field", field)[1]
    example = out.partition("As in ")[2].split("\n\n")[1]
    assert re.match(rf" *(- )?(.*[{{,] *)?{field}: \S", example)
    assert "signed by two" not in example
