"""What an author is told where a section, a heading or a list is not where it belongs, or no such thing."""

from __future__ import annotations

import pytest

from tests.engine.scenario.shop import SHOP, problems, told


def test_a_mistyped_section_still_has_its_contents_checked() -> None:
    found = problems(SHOP.replace("lines:\n", "linse:\n").replace("kind: isolate", "kind: isolat"))
    assert [each.under for each in found] == ["linse", "isolat"]


@pytest.mark.parametrize(
    ("heading", "first", "section"),
    [("buyer", "name", "calendar"), ("needs", "quick", "buyer"), ("objections", "dear", "traits")],
)
def test_a_heading_that_is_missing_is_told_once(heading: str, first: str, section: str) -> None:
    text = SHOP.replace(f"\n{heading}:\n", "\n")
    (found,) = problems(text)
    assert (found.code, found.under, found.help) == ("FV201", first, f"write a line `{heading}:` above it")
    assert (
        found.message == f"`{first}` stands in `{section}`, and looks like one of `{heading}`, which the file has not"
    )


def test_a_field_of_another_section_is_not_taken_for_the_beginning_of_it() -> None:
    found = told("  manner: driver", "  manner: driver\n  price: 80")
    assert found.message == "there is no field `price` in `buyer`"


def test_a_heading_with_nothing_below_it_is_told() -> None:
    found = told("    stage: decide\n    kind: isolate\n    say: Is it the money?\n", "")
    assert (found.code, found.under) == ("FV203", "what")
    assert found.message == "`what` has nothing below it"


def test_a_list_where_fields_belong_is_explained() -> None:
    found = told("    says: It takes for ever, mine.\n    weight: 40", "    - It takes for ever, mine.")
    assert found.message == "`quick` has fields of its own, not a list"


def test_text_that_yaml_takes_for_a_map_is_explained() -> None:
    found = told("say: Count with me.", "say: {Count: me}")
    assert "put the whole text in quotes" in found.help


@pytest.mark.parametrize(
    ("old", "new", "name", "section"),
    [
        ("\noutcomes:\n", "\n  outcomes:\n", "outcomes", "lines"),
        ("\nobjections:\n", "\n  objections:\n", "objections", "traits"),
        ("\nneeds:\n", "\n  needs:\n", "needs", "buyer"),
    ],
)
def test_a_section_that_is_indented_is_told_once_and_moved_to_the_margin(
    old: str, new: str, name: str, section: str
) -> None:
    found = told(old, new)
    assert (found.code, found.under) == ("FV203", name)
    assert found.problem.message == f"`{name}` stands in `{section}`, and is a section of its own"
    assert found.help == "begin it at the margin"


def test_a_section_that_is_indented_with_all_that_is_its_own_is_moved_with_it() -> None:
    head, _, tail = SHOP.partition("\noutcomes:\n")
    outcomes, rest, tail = tail.partition("\ninterrupts:\n")
    block = "".join(f"\n  {line}" for line in f"outcomes:\n{outcomes}".splitlines())
    (found,) = problems(f"{head}{block}{rest}{tail}")
    assert (found.code, found.under) == ("FV203", "outcomes")
    assert found.help.startswith("begin it at the margin, and what is below it")


def test_a_section_within_itself_is_to_be_deleted() -> None:
    (found,) = problems(SHOP.replace("\nlines:\n", "\nlines:\n  lines:\n"))
    assert (found.under, found.help) == ("lines", "delete this line")


@pytest.mark.parametrize("dash", ["  - {}:\n    ", "  - {}:\n        "])
def test_a_section_that_is_written_as_a_list_is_told_once(dash: str) -> None:
    head, _, tail = SHOP.partition("\nneeds:\n")
    rest = tail[tail.index("\ntraits:\n") :]
    needs = "".join(f"{dash.format(id)}says: Mine is old.\n" for id in ("quick", "quiet"))
    found = problems(f"{head}\nneeds:\n{needs}{rest[1:]}")
    assert [(each.code, each.under) for each in found if each.problem.level == "error"] == [("FV203", "needs")]
    assert "without dashes, such as `quick: ...`" in found[0].help


@pytest.mark.parametrize("items", ["[{}]", "[quick]", "[{quick: {says: Mine.}}, {}]", "[{quick: Mine.}]", "[[quick]]"])
def test_a_list_without_an_id_for_each_item_is_no_map(items: str) -> None:
    head, _, tail = SHOP.partition("\nneeds:\n")
    found = problems(f"{head}\nneeds: {items}{tail[tail.index(chr(10) + 'traits:') :]}")
    assert (found[0].code, found[0].under) == ("FV203", "needs")
