"""Every code has a page, and what the page shows is so: its wrong example gives just this problem, the right one
none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import engine
import game
from engine.scenario import ScenarioErrors, check_scenario
from engine.scenario.problems import LEVELS
from engine.scenario.reading import LONGEST_TEXT, MOST_BYTES, MOST_TOGETHER
from game.authoring.pages import codes, page, titles
from game.workshop.kept.events import prepare

MADE = {
    "FV101": lambda right: right.replace("Somebody", "Rúben").encode("latin-1"),
    "FV103": lambda right: (right + "#" * MOST_BYTES).encode(),
    "FV105": lambda right: right.replace("Six", "Six" * LONGEST_TEXT).encode(),
    "FV106": lambda right: (right + "tips:\n" + "  - x\n" * (MOST_TOGETHER + 1)).encode(),
}
"""What is too large for a page, or cannot stand in one, is made from its right example."""


def found(code: str, text: bytes, folder: Path) -> list[tuple[str, str]]:
    """The codes and levels of everything that is wrong with an example."""
    if code.startswith("FV5"):
        event = folder / "event.yaml"
        event.write_bytes(text)
        try:
            prepare(str(event))
        except ScenarioErrors as error:
            return [(each.code, each.level) for each in error.problems]
        return []
    return [(each.code, each.level) for each in check_scenario(text, "gate.yaml")[1]]


def reported() -> set[str]:
    """Every code that stands in the program as a text."""
    sources = [path for package in (engine, game) for path in Path(package.__path__[0]).rglob("*.py")]
    return {code for path in sources for code in re.findall(r'"(FV[1-9]\d\d)"', path.read_text(encoding="utf-8"))}


def test_every_code_that_can_be_reported_has_a_page_and_no_page_is_about_another() -> None:
    assert reported() == set(codes())


@pytest.mark.parametrize("code", [code for code in codes() if code < "FV6"])
def test_the_wrong_example_of_a_page_gives_just_its_problem_and_the_right_one_none(code: str, tmp_path: Path) -> None:
    told = page(code)
    wrong = MADE[code](told.right) if code in MADE else told.wrong.encode()
    assert wrong
    assert told.right
    problems = found(code, wrong, tmp_path)
    assert {each for each, _ in problems} == {code}
    assert {level for _, level in problems} <= set(told.level.split(" or "))
    assert found(code, told.right.encode(), tmp_path) == []


@pytest.mark.parametrize("code", codes())
def test_a_page_says_what_it_is_about(code: str) -> None:
    told = page(code)
    assert told.text.startswith(f"# {code}: {told.title}\n\nLevel: {told.level}\n\n")
    assert any(level in told.level for level in LEVELS)
    assert titles()[code] == told.title
    assert max(len(line) for line in told.text.partition("## Wrong")[0].splitlines()) <= 120
