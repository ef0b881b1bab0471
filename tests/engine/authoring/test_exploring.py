"""Exploring: what plays came upon, by which way, and that it is the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.authoring.exploring import Exploration, begin, explore
from engine.authoring.parts import Part, marked
from engine.play import Game
from engine.rules.tables import RESULT
from engine.scenario import read_scenario

FOLDER = Path(__file__).parents[3] / "scenarios"


@pytest.fixture(scope="module")
def tutorial() -> Exploration:
    return explored("first-five-minutes", 200)


def explored(name: str, plays: int) -> Exploration:
    path = FOLDER / f"{name}.yaml"
    return explore(begin(read_scenario(path.read_bytes(), str(path))), plays)


def test_slices_add_up(tutorial: Exploration) -> None:
    path = FOLDER / "first-five-minutes.yaml"
    slices = begin(read_scenario(path.read_bytes(), str(path)))
    for plays in (1, 49, 150):
        slices = explore(slices, plays)
    assert (slices.plays, slices.found, slices.said) == (tutorial.plays, tutorial.found, tutorial.said)
    assert slices.first_ask == tutorial.first_ask


def test_every_way_leads_where_it_says(tutorial: Exploration) -> None:
    """Whoever makes the moves of a path with its seed has the line on the menu, or the stage before them."""
    path = FOLDER / "first-five-minutes.yaml"
    game = Game(read_scenario(path.read_bytes(), str(path)))
    lines = game.scenario.prospects[0].lines
    for part, found in tutorial.found.items():
        state = game.new_initial_state(found.path.seed)
        for move in found.path.moves:
            state = state.apply_action(move)
        if part.what == "offered" and part.of < len(lines):
            assert lines[part.of].id in [game.move_name(move) for move in state.legal_actions()]
        if part.what == "ending":
            assert state.is_terminal()
            assert state.people[0][50] in RESULT.values()


def test_no_shorter_way_was_passed_over(tutorial: Exploration) -> None:
    assert tutorial.found[Part("stage", 0, 0)].path.moves == ()
    openings = [move for part, found in tutorial.found.items() if part.what == "said" for move in found.path.moves[:1]]
    assert openings


def test_marks_change_nothing_that_the_rules_read() -> None:
    path = FOLDER / "saturday-showroom.yaml"
    scenario = read_scenario(path.read_bytes(), str(path))
    other, marks = marked(scenario)
    assert other.digest() == scenario.digest()
    texts = [text for line in other.prospects[0].lines for reply in line.replies for text in reply.says]
    assert len(set(texts)) == len(texts) <= len(marks)


def test_all_of_the_tutorial_comes_up_soon(tutorial: Exploration) -> None:
    """All but what waits for an hour that was let pass, which few plays do."""
    scenario = tutorial.rules.scenario
    never = [
        line.id for place, line in enumerate(scenario.prospects[0].lines) if not tutorial.times(Part("said", 0, place))
    ]
    assert set(never) <= {"sorry"}


def test_several_prospects_are_told_apart() -> None:
    pipeline = explored("friday-pipeline", 12)
    assert {part.who for part in pipeline.found if part.what == "spoken-to"} == {0, 1, 2, 3}
