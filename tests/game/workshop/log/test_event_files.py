"""An event file is checked like a scenario: every mistake at its place, with what was probably meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from engine.record import Header, move_text
from engine.replay import record_text
from engine.rules import RULES_VERSION
from engine.scenario import ScenarioErrors
from game.workshop.log.event import Prepared, read_event, reader, schema_text, simple
from game.workshop.log.plan import Board, Event, Moment, RoundPlan
from tests.game.workshop.halls import game, load

WHOLE = """\
format: 1
title: Spring contest
rounds:
  - scenario: saturday-showroom
    buyers: 4
    minutes: 15
    cues: expert
    live: yes
  - scenario: pricing-form
teams: yes
board:
  shows: top
  top: 5
  until: round
  freeze: 3
ties: equal
late: no
names: drawn
days: 7
"""


def read(text: str, folder: Path = Path()) -> Prepared:
    return read_event(text.encode(), "event.yaml", load, reader(folder))


def problems(text: str, folder: Path = Path()) -> list[tuple[str, int, int, str]]:
    with pytest.raises(ScenarioErrors) as caught:
        read(text, folder)
    return [(each.code, each.line, each.column, f"{each.message} {each.help}") for each in caught.value.problems]


def test_an_event_says_everything_about_its_rounds_board_and_rules() -> None:
    assert read(WHOLE).event == Event(
        title="Spring contest",
        rounds=(
            RoundPlan("saturday-showroom", buyers=4, minutes=15, cues="expert", live=True),
            RoundPlan("pricing-form"),
        ),
        teams=True,
        board=Board("top", 5, "round", 3),
        ties="equal",
        late=False,
        names="drawn",
        days=7,
    )


def test_the_id_of_a_scenario_is_an_event_of_one_round_with_three_buyers() -> None:
    made = simple("saturday-showroom", load)
    assert made.event == Event("Saturday in the showroom", (RoundPlan("saturday-showroom", buyers=3),))
    assert made.scenarios[0].digest() == game().digest


def test_every_mistake_is_told_at_once_and_at_its_place() -> None:
    text = WHOLE.replace("buyers: 4", "buyer: 4").replace("expert", "experts").replace("pricing-form", "princing-form")
    found = problems(text)
    assert [(code, line) for code, line, _, _ in found] == [("FV201", 5), ("FV204", 7), ("FV501", 9)]
    for (_, _, _, said), meant in zip(found, ("`buyers`", "`expert`", "pricing-form"), strict=True):
        assert meant in said


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("teams: yes", "teams: no", 12),
        ("freeze: 3", "freeze: 16", 15),
        ("buyers: 4", "buyers: 0", 5),
        ("minutes: 15", "minutes: soon", 6),
        ("days: 7", "days: never", 19),
    ],
)
def test_settings_that_make_no_sense_are_refused(old: str, new: str, line: int) -> None:
    text = WHOLE.replace(old, new)
    if new == "teams: no":
        text = text.replace("shows: top", "shows: teams")
    assert [found[1] for found in problems(text)] == [line]


@pytest.mark.parametrize("text", ["", "- a\n", "format: 1\ntitle: X\n", "format: 1\ntitle: X\nrounds: []\n", "x: {"])
def test_what_is_no_event_is_told_in_one_sentence(text: str) -> None:
    assert len(problems(text)) == 1


def test_a_scenario_with_mistakes_is_told_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("format: 1\nid: x\n")
    assert [each[:2] for each in problems(WHOLE.replace("pricing-form", str(tmp_path / "bad.yaml")))] == [("FV501", 9)]


def recorded(folder: Path) -> list[str]:
    """A run of five moves in a file, and the names of its moves."""
    state = game().new_initial_state(4)
    for _ in range(5):
        state = state.apply_action(state.legal_actions()[0])
    head = Header("saturday-showroom", game().digest, RULES_VERSION, 4, "novice", False, "2026-03-07T09:41:12Z")
    (folder / "a.run").write_text(record_text(head, state))
    return [game().move_name(action) for action, _ in state.history]


MOMENT = "format: 1\ntitle: X\nrounds:\n  - scenario: saturday-showroom\n    from:\n      run: a.run\n      move: 4\n"


def test_a_round_can_begin_at_a_move_of_a_recorded_run(tmp_path: Path) -> None:
    moves = recorded(tmp_path)
    (planned,) = read(MOMENT, tmp_path).event.rounds
    assert planned.moment == Moment(4, tuple((name, 0) for name in moves[:3]))
    assert planned.buyers == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("a.run", "b.run"), ("move: 4", "move: 6"), ("saturday-showroom", "pricing-form")],
)
def test_a_moment_that_is_not_there_is_refused(tmp_path: Path, old: str, new: str) -> None:
    recorded(tmp_path)
    (problem,) = problems(MOMENT.replace(old, new), tmp_path)
    assert problem[:2] == ("FV501", 6)


def test_a_moment_whose_record_was_changed_is_refused(tmp_path: Path) -> None:
    moves = recorded(tmp_path)
    record = (tmp_path / "a.run").read_text()
    line = next(line for line in record.splitlines() if line.startswith("2."))
    (tmp_path / "a.run").write_text(record.replace(line, move_text(2, moves[1], 9, "0" * 16).strip()))
    assert len(problems(MOMENT, tmp_path)) == 1


def test_the_schema_that_comes_along_is_that_of_the_reader() -> None:
    assert Path("scenarios/schema/event.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("text", [WHOLE, MOMENT])
def test_the_schema_for_editors_takes_what_the_reader_takes(text: str) -> None:
    schema: Any = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    assert not list(Draft202012Validator(schema).iter_errors(yaml.safe_load(text)))
    assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(text.replace("title", "titel"))))
