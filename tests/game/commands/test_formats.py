"""`check` says the same to people, to programs, to GitHub and as SARIF, and `--strict` lets warnings fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.game.conftest import Run

GATE = """\
format: 1
id: oak-gate
title: The garden gate
situation: Somebody stops at the oak gate.
briefing: Saturday in the yard. Rui stops at the oak gate.
offer: {price: 640, floor: 480}
buyer: {name: Rui}
needs:
  dog: {says: The dog gets out.}
lines:
  what-for: {kind: open-question, say: What should it keep in?, reveals: dog}
  latch: {kind: demonstrate, say: Push here. It shuts by itself., meets: dog}
  price: {kind: quote, say: Six hundred and forty.}
  ask: {kind: ask-for-decision, say: Shall we fit it on Monday?}
"""
STEP = "  step: {kind: propose-dated-step, say: Come by tomorrow at ten., at: 10:00}\n"
HURRY = "  now: {kind: urgency, say: Only today.}\n"


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    path = tmp_path / "a gate, 50%.yaml"
    path.write_text(GATE + STEP + HURRY)
    return path


def check(run: Run, path: Path, *options: str) -> tuple[int, str]:
    code, out, _ = run("check", str(path), "--no-explore", *options)
    return code, out


def test_warnings_fail_only_where_that_is_asked_for_and_hints_never(run: Run, gate: Path) -> None:
    assert check(run, gate)[0] == 0
    assert check(run, gate, "--strict")[0] == 1
    gate.write_text(GATE + HURRY)
    assert check(run, gate, "--strict")[0] == 0


def test_the_id_of_another_file_and_what_plays_find_are_let_pass_by_a_comment_too(run: Run, gate: Path) -> None:
    twin = "first-five-minutes"
    gate.write_text(GATE.replace("id: oak-gate", f"id: {twin}"))
    assert "FV304" in check(run, gate)[1]
    gate.write_text(GATE.replace("id: oak-gate", f"id: {twin}  # check: ignore FV304"))
    assert check(run, gate)[1].endswith(": no problems\n")


def test_the_levels_are_counted_and_the_page_of_each_code_is_named(run: Run, gate: Path) -> None:
    _, out = check(run, gate)
    assert out.endswith(": 1 warning, 1 hint\n  more about them: firstvisit explain FV416 FV421\n")
    gate.write_text(GATE)
    assert check(run, gate)[1].endswith(": no problems\n")


def test_json_has_a_short_form(run: Run, gate: Path) -> None:
    assert check(run, gate, "--json") == check(run, gate, "--format", "json")
    assert [each["level"] for each in json.loads(check(run, gate, "--json")[1])] == ["warning", "hint"]


def test_github_gets_a_line_a_problem_with_its_place(run: Run, gate: Path) -> None:
    warning, hint = check(run, gate, "--format", "github")[1].splitlines()
    path = str(gate).replace("%", "%25").replace(",", "%2C")
    column = STEP.index("10:00") + 1
    assert warning.startswith(f"::warning file={path},line=15,col={column},endColumn={column + 5},title=FV416::")
    assert warning.endswith(" - write `tomorrow 10:00`")
    assert hint.startswith(f"::notice file={path},line=16,")


def test_github_gets_nothing_where_nothing_is_wrong(run: Run, gate: Path) -> None:
    gate.write_text(GATE)
    assert check(run, gate, "--format", "github") == (0, "")


def test_sarif_holds_every_problem_with_its_rule_its_place_and_its_mend(run: Run, gate: Path) -> None:
    log = json.loads(check(run, gate, "--format", "sarif")[1])
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (found,) = log["runs"]
    rules = found["tool"]["driver"]["rules"]
    warning, hint = found["results"]
    assert [rules[each["ruleIndex"]]["id"] for each in (warning, hint)] == ["FV416", "FV421"]
    assert [each["ruleId"] for each in (warning, hint)] == ["FV416", "FV421"]
    assert [each["level"] for each in (warning, hint)] == ["warning", "note"]
    place = warning["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == gate.as_uri()
    column = STEP.index("10:00") + 1
    assert place["region"] == {"startLine": 15, "startColumn": column, "endColumn": column + 5}
    (change,) = warning["fixes"][0]["artifactChanges"][0]["replacements"]
    assert (change["deletedRegion"], change["insertedContent"]) == (place["region"], {"text": "tomorrow 10:00"})


def test_sarif_has_the_shape_that_the_standard_asks_for(run: Run, gate: Path) -> None:
    gate.write_text(GATE.replace("  ask: {", "  price: {kind: quote, say: Twice.}\n  ask: {"))
    log = json.loads(check(run, gate, "--format", "sarif")[1])
    shaped(log, SARIF)
    assert log["runs"][0]["results"][0]["relatedLocations"]


SPOT = {"startLine": int, "startColumn": int, "endColumn": int}
PLACE = {"physicalLocation": {"artifactLocation": {"uri": str}, "region": SPOT}}
SARIF = {
    "$schema": str,
    "version": str,
    "runs": [
        {
            "tool": {
                "driver": {"name": str, "version": str, "rules": [{"id": str, "shortDescription": {"text": str}}]}
            },
            "columnKind": str,
            "results": [
                {
                    "ruleId": str,
                    "ruleIndex": int,
                    "level": str,
                    "message": {"text": str},
                    "locations": [PLACE],
                    "relatedLocations": [PLACE],
                }
            ],
        }
    ],
}
"""The part of SARIF 2.1.0 that is written, with its required properties (section 3 of the standard)."""


def shaped(value: Any, shape: Any) -> None:
    """Fails unless a value has just the properties of a shape, each of its type."""
    if isinstance(shape, dict):
        assert set(value) == set(shape)
        for name, part in shape.items():
            shaped(value[name], part)
    elif isinstance(shape, list):
        assert value
        for item in value:
            shaped(item, shape[0])
    else:
        assert isinstance(value, shape)


def test_two_forms_at_once_are_refused(run: Run, gate: Path) -> None:
    assert check(run, gate, "--json", "--format", "sarif") == (2, "")
