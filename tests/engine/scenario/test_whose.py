"""What an author is told about several who decide, and what an editor knows of them."""

from __future__ import annotations

import pytest

from engine.scenario import check_scenario
from tests.engine.scenario.test_naming import at, found, renamed

HOUSE = """\
format: 2
id: house
title: The house
situation: Somebody asks for a house.
briefing: Somebody asks for a house.
offer: {price: 1000, floor: 800}
buyer:
  name: Jonas
  decides: {alone: 30%, it: 30%, unit+it: 40%}
  people: {it: Shirin Haddad}
needs:
  fast: {says: It has to be fast.}
  nights: {says: My people are rung at night., of: it}
lines:
  what: {kind: open-question, say: What matters?, reveals: [fast, nights]}
  fetch-it: {kind: bring-in, say: Could Shirin come in?, brings: it, when: {decider: it, without: it}}
  fetch-unit: {kind: bring-in, say: Could the unit come in?, brings: unit}
  look: {kind: demonstrate, say: Look., meets: [fast, nights]}
  price: {kind: quote, say: A thousand.}
  ask: {kind: ask-for-decision, say: Shall we?, replies: [{when: {outcome: order}, of: it, says: Yes.}, Yes then.]}
"""


def codes(old: str = "", new: str = "") -> list[tuple[str, str]]:
    assert not old or HOUSE.count(old) == 1, old
    _, problems = check_scenario(HOUSE.replace(old, new).encode() if old else HOUSE.encode(), "house.yaml")
    lines = HOUSE.replace(old, new).split("\n") if old else HOUSE.split("\n")
    return [
        (each.code, lines[each.line - 1][each.column - 1 :][: each.spot.length])
        for each in problems
        if each.level != "hint"
    ]


def test_several_who_decide_are_no_fault() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("old", "new", "code", "under"),
    [
        ("of: it}\nlines", "of: ti}\nlines", "FV301", "ti"),
        ("of: it, says", "of: its, says", "FV301", "its"),
        ("people: {it:", "people: {boss:", "FV301", "boss"),
        ("unit+it: 40%", "it+it: 40%", "FV207", "it+it"),
        ("unit+it: 40%", "alone+it: 40%", "FV207", "alone+it"),
        ("unit+it: 40%", "unit+it: 20%, it+unit: 20%", "FV304", "it+unit"),
        ("unit+it: 40%", "unit+it: 50%", "FV303", "decides"),
    ],
)
def test_a_slip_is_told_where_it_is(old: str, new: str, code: str, under: str) -> None:
    assert (code, under) in codes(old, new)


def test_what_belongs_to_somebody_whom_nobody_brings_is_told_once() -> None:
    line = "  fetch-it: {kind: bring-in, say: Could Shirin come in?, brings: it, when: {decider: it, without: it}}\n"
    assert codes(line, "") == [("FV423", "it")]


def test_the_replies_of_different_people_do_not_hide_each_other() -> None:
    replies = "replies: [{of: it, says: Good.}, {of: unit, says: Fine.}, Well.]"
    assert codes("say: Look., ", f"say: Look., {replies}, ") == []


def test_somebody_cannot_speak_where_the_line_says_that_they_are_not_there() -> None:
    line = "look: {kind: demonstrate, "
    assert codes(line, line + "when: {without: it}, replies: [{of: it, says: Good.}, Well.], ") == [("FV404", "it")]


def test_one_who_has_a_new_id_has_it_everywhere() -> None:
    text = renamed(HOUSE, at(HOUSE, "it: 30%"), "tech")
    assert "tech: 30%, unit+tech: 40%" in text
    assert "people: {tech: Shirin" in text
    assert text.count("of: tech") == 2
    assert "brings: tech, when: {decider: tech, without: tech}" in text
    assert text == renamed(HOUSE, at(HOUSE, "it, says"), "tech")
    assert [each.id for each in found(text) if each.id == "it"] == []
