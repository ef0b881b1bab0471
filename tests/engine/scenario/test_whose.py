"""What an author is told about several who decide, and what an editor knows of them."""

from __future__ import annotations

import pytest

from engine.scenario import check_scenario
from engine.scenario.editing import choices, cursor
from engine.scenario.reading import read_tree
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
  whose: {kind: closed-question, say: Whose nod does it take?, reveals: decider}
  what: {kind: open-question, say: What matters?, reveals: [fast, nights]}
  fetch-it: {kind: bring-in, say: Could Shirin come in?, brings: it, when: {decider: it, without: it}}
  fetch-unit: {kind: bring-in, say: Could the unit come in?, brings: unit}
  look: {kind: demonstrate, say: Look., meets: [fast, nights]}
  price: {kind: quote, say: A thousand.}
  ask: {kind: ask-for-decision, say: Shall we?, replies: [{when: {outcome: order}, of: it, says: Yes.}, Yes then.]}
"""


def codes(old: str = "", new: str = "") -> list[tuple[str, str]]:
    """What is told of the house with one thing changed, and about which words."""
    assert not old or HOUSE.count(old) == 1, old
    return codes_of(HOUSE.replace(old, new) if old else HOUSE)


def codes_of(text: str) -> list[tuple[str, str]]:
    lines, (_, problems) = text.split("\n"), check_scenario(text.encode(), "house.yaml")
    found = [each for each in problems if each.level != "hint"]
    return [(each.code, lines[each.line - 1][each.column - 1 :][: each.spot.length]) for each in found]


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
        ("brings: unit}", "brings: [unit, it]}", "FV305", "brings"),
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


def test_what_is_asked_for_only_before_somebody_can_be_there_is_told() -> None:
    staged = HOUSE.replace("lines:\n", "stages: [hello, decide]\nlines:\n").replace(
        "reveals: [fast, nights]}", "reveals: [fast, nights], stage: hello}"
    )
    late = staged.replace("brings: it, when", "brings: it, stage: decide, when")
    assert [each[0] for each in codes_of(staged)] == []
    assert codes_of(late) == [("FV423", "it")]


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("  - {of: ", ["it", "unit"]),
        ("  decides: {alone: 30%, it+", ["it", "unit"]),
        ("  people: {", ["it", "unit"]),
        ("  decides: {alone: 30%, it: 30%, unit+it: ", []),
    ],
)
def test_those_who_decide_complete_where_they_can_be_named(written: str, ids: list[str]) -> None:
    tree = read_tree(HOUSE.encode(), "house.yaml")
    above = "needs:" if "of" in written else "buyer:"
    lines = [above, "  nights:", written.replace("  - {", "    ")] if above == "needs:" else [above, written]
    found = choices(cursor(lines, len(lines) - 1, len(lines[-1])), tree)
    assert [each.text for each in found if each.sort == "id"] == ids
