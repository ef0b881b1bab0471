"""Whatever is in a file, it gives a scenario or problems: no other exception, and both parsers alike."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

import scenarios
from engine.scenario import Problem, ScenarioErrors, check_scenario, read_scenario, summary
from engine.scenario.compiled import Scenario
from engine.scenario.parsing import LOADERS
from engine.scenario.problems import LEVELS
from engine.scenario.reading import read_tree
from engine.scenario.vocabulary import HIDDEN_CONDITIONS, KINDS, OUTCOMES, VISIBLE_CONDITIONS
from game.shelf.diagnostics import as_json, render
from tests.engine.scenario.shop import SHOP

BUNDLED = [path.read_text(encoding="utf-8") for path in sorted(Path(scenarios.__path__[0]).glob("*.yaml"))]
PIECES = [
    *"{}[]:,-#&*!|>'\"%@`?~ \n\t",
    "\n  ",
    ": ",
    " #",
    "- ",
    "..",
    "a",
    "yes",
    "%",
    "5%",
    "1..",
    "10m",
    "alone",
    "decider",
    "nothing",
    "between",
    "any",
    "finish",
    "\\x1b",
    "\u202e",
    "日本",
    *KINDS,
    *OUTCOMES,
    *VISIBLE_CONDITIONS,
    *HIDDEN_CONDITIONS,
]


def looked_at(text: bytes) -> Scenario | None:
    """The scenario in some bytes, if there is one; fails if anything but problems comes out otherwise."""
    scenario, problems = check_scenario(text, "any.yaml")
    errors = [problem for problem in problems if problem.level == "error"]
    assert (scenario is None) == bool(errors)
    for problem in problems:
        assert problem.level in LEVELS
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
    shown = render(problems, text)
    assert all(char.isprintable() or char == "\n" or unicodedata.category(char) == "Zs" for char in shown)
    assert len(as_json(problems)) == len(problems)
    assert _raised(read_scenario, text) == (None if scenario is not None else problems)
    assert _raised(summary, text) != ()
    return scenario


def _raised(read: Callable[[bytes, str], object], text: bytes) -> tuple[Problem, ...] | None:
    try:
        read(text, "any.yaml")
    except ScenarioErrors as error:
        return error.problems
    return None


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400))
@example(b"")
@example(b"\x00")
@example(b"\xff\xfe")
@example(b"%YAML 9.9\n---\na: b")
@example(b'a: "\\UFFFFFFFF"')
@example(b'a: "\\ud800"')
@example(b"%YAML 1." + b"9" * 5000 + b"\n---\na: b")
@example(b"lines: {? : }")
@example(b"? \n? \n")
@example(b"- - - -")
@example(b"a: \xc2\xa0b\x01")
@example(b"null: null\n~: ~\n")
def test_any_bytes_give_a_scenario_or_problems(text: bytes) -> None:
    looked_at(text)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_pieces_of_yaml_give_a_scenario_or_problems(text: str) -> None:
    looked_at(text.encode())


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A valid scenario after a few careless edits: words swapped, lines lost, doubled, indented."""
    text = draw(st.sampled_from([*[SHOP] * 24, *BUNDLED]))  # those take ten times as long to read
    rng = random.Random(draw(st.integers(0, 1 << 30)))
    lines = text.splitlines()
    words = [word for line in lines for word in line.split()] + PIECES
    for _ in range(draw(st.integers(1, 4))):
        row = rng.randrange(len(lines))
        line = lines[row]
        match rng.randrange(7):
            case 0:
                del lines[row]
            case 1:
                lines.insert(row, lines[rng.randrange(len(lines))])
            case 2:
                lines[row] = rng.choice(["  ", "    ", "\t", "- "]) + line
            case 3:
                lines[row] = line.removeprefix("  ")
            case 4:
                at = rng.randrange(len(line) + 1)
                lines[row] = line[:at] + rng.choice(words) + line[at:]
            case 5:
                old = rng.choice(line.split() or [""])
                lines[row] = line.replace(old, rng.choice(words)) if old else line
            case _:
                before, colon, _value = line.partition(": ")
                lines[row] = before + colon + rng.choice(words)
        if not lines:
            break
    return "\n".join(lines) + "\n"


@settings(deadline=None, max_examples=400)
@given(edited())
def test_any_edit_of_a_scenario_gives_a_scenario_or_problems(text: str) -> None:
    looked_at(text.encode())


def _read(text: str, loader: Any) -> Any:
    try:
        return read_tree(text.encode(), "any.yaml", loader).root.data
    except ScenarioErrors:
        return "refused"


@settings(deadline=None, max_examples=100)
@given(edited())
def test_both_parsers_read_an_edited_scenario_alike(text: str) -> None:
    assert len({repr(_read(text, loader)) for loader in LOADERS}) == 1
