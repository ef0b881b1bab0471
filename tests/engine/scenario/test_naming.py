"""Names: where an id is given to something and where it is used, in files with mistakes as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario import check_scenario
from engine.scenario.naming import MAY_BE, USED, Name, known, names, same
from engine.scenario.renames import scenario_tree
from tests.engine.sales import FOLDER
from tests.engine.scenario.shop import SHOP

BUNDLED = sorted(FOLDER.glob("*.yaml"))


def found(text: str = SHOP) -> tuple[Name, ...]:
    return names(scenario_tree(text.encode(), "shop.yaml"))


def at(text: str, where: str, within: str = "") -> Name:
    """The name whose id begins where `where` first does, after `within`."""
    offset = text.index(where, text.index(within))
    line, column = text[:offset].count("\n") + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1
    return next(each for each in found(text) if (each.spot.line, each.spot.column) == (line, column))


def renamed(text: str, name: Name, new: str) -> str:
    lines = text.split("\n")
    for each in sorted(same(found(text), name), key=lambda each: -each.spot.column):
        line, begin = lines[each.spot.line - 1], each.spot.column - 1
        lines[each.spot.line - 1] = line[:begin] + new + line[begin + each.spot.length :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("what", "ids"),
    [
        ("need", ("quick",)),
        ("fact", ("quick", "baby", "money", "looks", "decider")),
        ("objection", ("dear",)),
        ("objection or reason", ("dear", "money", "looks")),
        ("stage", ("hello", "show", "decide", "any", "between")),
        ("person who decides, or `alone`", ("husband", "alone")),
    ],
)
def test_what_may_be_named_is_what_the_file_gives_an_id_to(what: str, ids: tuple[str, ...]) -> None:
    assert set(known(found(), what)) == set(ids)


def test_an_objection_of_which_nothing_is_said_is_its_own_reason() -> None:
    text = SHOP.replace("    really: {money: 60%, looks: 40%}\n", "").replace("[money, looks]", "dear")
    assert known(found(text), "reason") == ("dear", "nothing")


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_every_use_in_the_bundled_scenarios_leads_to_where_the_id_is_given(path: Path) -> None:
    every = found(path.read_text())
    for each in every:
        assert any(other.given for other in same(every, each)), each
        line = path.read_text().splitlines()[each.spot.line - 1]
        assert line[each.spot.column - 1 :][: each.spot.length] == each.id


@pytest.mark.parametrize(
    ("where", "within"),
    [("quick", "needs:"), ("quick", "meets:"), ("show", "stages:"), ("show", "stage: show"), ("husband", "brings:"),
     ("money", "handles:"), ("baby", "reveals:"), ("dear", "objections:")],
)  # fmt: skip
def test_another_id_in_all_places_leaves_a_scenario_as_it_was(where: str, within: str) -> None:
    text = renamed(SHOP, at(SHOP, where, within), "something-else")
    assert "something-else" in text
    before, after = (check_scenario(each.encode(), "shop.yaml") for each in (SHOP, text))
    assert after[0] is not None
    assert [(each.code, each.line) for each in after[1]] == [(each.code, each.line) for each in before[1]]


def test_what_a_prospect_calls_its_own_is_not_what_the_others_call_so() -> None:
    people = """prospects:
  ann:
    needs: {quick: {says: Quick.}}
    lines: {now: {say: Now., kind: present, meets: quick}}
  bob: {briefing: Bob.}
lines:
"""
    text = SHOP.replace("lines:\n", people)
    own = at(text, "quick", "ann:")
    assert {each.prospect for each in same(found(text), own)} == {"ann"}
    shared = at(text, "quick", "needs:\n")
    assert {each.prospect for each in same(found(text), shared)} == {None}


def test_a_file_with_mistakes_has_names_as_well() -> None:
    text = SHOP.replace("kind: open-question", "kind: opne").replace("reveals: [quick, baby]", "reveals: [quik, baby]")
    assert at(text, "quik") in found(text)
    assert "quick" in known(found(text), "fact")


def test_each_field_that_names_something_is_known_to_the_checks() -> None:
    """What the table says a field names is what a check looks up: an id that nobody has is an error there."""
    for model, fields in USED.items():
        if model.__name__ != "Line":
            continue
        for field in fields:
            text = SHOP.replace("lines:\n", f"lines:\n  odd: {{say: Odd., {field}: nobody-at-all}}\n", 1)
            _, problems = check_scenario(text.encode(), "shop.yaml")
            assert any("nobody-at-all" in problem.message for problem in problems), field


def test_every_sort_that_is_named_is_given_somewhere() -> None:
    sorts = frozenset[str]().union(*MAY_BE.values())
    assert sorts == {sort for each in found() if each.given for sort in each.sorts}
