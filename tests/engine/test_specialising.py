"""Claims about functions made for arguments that are known: they do what the function does, with less."""

from __future__ import annotations

import inspect
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from engine.remembered import Remembered
from engine.specialising import Specialiser
from tests.engine import specialised_samples as samples

HOSTILE = "'\"\"\"\n)]}; __import__('os').system('true')  # {p[TRUST]}\\ %s "


@dataclass(frozen=True)
class Line:
    """What a sample knows."""

    gain: int = 3
    mask: int = 0b1010
    steps: tuple[int, ...] = (4, 0, 7)
    words: str = HOSTILE
    asks: bool = True
    does: Callable[[list[int], int], int] = samples.twice
    squares: Remembered[int, int] = field(default_factory=lambda: Remembered(lambda number: number * number))


SAMPLES = [function for name, function in inspect.getmembers(samples, inspect.isfunction) if name.startswith("sample_")]
LINES = [Line(), Line(gain=0, mask=0, asks=False), Line(gain=-5, mask=-1, steps=(), does=samples.first_above)]


def outcome(function: Callable[..., Any], numbers: list[int], **more: Any) -> tuple[Any, list[int]]:
    """What a function returns, and what it has made of the numbers."""
    own = list(numbers)
    return function(own, **more), own


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("function", SAMPLES, ids=lambda function: function.__name__[7:])
def test_what_is_made_does_what_the_function_does(function: Callable[..., Any], line: Line) -> None:
    made = Specialiser({})(function, line=line)
    for numbers in ([0, 0, 0], [1, 2, 3], [5, -1, 8], [-7, 9, 2], [2, 2, 2], [10, 4, 1]):
        assert outcome(made, numbers) == outcome(function, numbers, line=line)


def test_what_is_known_is_not_asked_again() -> None:
    made = Specialiser({})(samples.sample_branches, line=Line(asks=True, gain=0))
    asked = made.__code__.co_names
    assert not {"asks", "gain", "mask", "steps"} & set(asked)


def test_what_is_remembered_is_asked_for_once_and_then_found_without_a_call() -> None:
    asked: list[int] = []

    def square(number: int) -> int:
        asked.append(number)
        return number * number

    class Watched(Remembered[int, int]):
        __slots__ = ()

        def __getitem__(self, key: int) -> int:
            asked.append(-1)
            return super().__getitem__(key)

    made = Specialiser({})(samples.sample_what_is_remembered, line=Line(squares=Watched(square)))
    made([1, 2, 3])
    assert asked
    asked.clear()
    made([1, 2, 3])
    assert not asked


def test_variables_that_are_never_in_use_at_once_share_a_name() -> None:
    function = samples.sample_many_variables
    made = Specialiser({})(function, line=Line())
    assert made.__code__.co_nlocals + 2 < function.__code__.co_nlocals


def test_quiet_calls_are_left_out_with_what_they_would_be_told() -> None:
    told: list[str] = []
    made = Specialiser({}, quiet=["tell"])(samples.telling, line=Line())
    assert made([1, 2, 3], told) == samples.telling([1, 2, 3], told, Line())
    assert told == ["told"]


def test_a_function_apart_is_called_as_it_is() -> None:
    made = Specialiser({}, apart=[samples.twice])(samples.sample_calls, line=Line())
    assert samples.twice in made.__globals__.values()


def test_text_is_handed_over_and_never_written() -> None:
    made = Specialiser({})(samples.sample_words, line=Line())
    assert made([1, 2, 3]) == samples.sample_words([1, 2, 3], Line())
    assert not any(isinstance(each, str) for each in made.__code__.co_consts)


def test_a_function_without_a_source_is_left_as_it_is() -> None:
    names: dict[str, Any] = {"__name__": "nowhere"}
    exec("def added(one, line, other): return one + line * other", names)
    assert Specialiser({})(names["added"], line=10)(1, 2) == 21


UPDATED = """
import pathlib
from engine.rules import begun, make, possible, prepare
from engine.scenario import read_scenario
from engine.specialising import often

path = pathlib.Path("scenarios/first-five-minutes.yaml")
rules = prepare(read_scenario(path.read_bytes(), str(path)))
for module in pathlib.Path("engine").rglob("*.py"):
    module.write_text("def other(one, two): return one\\n" * 7 + module.read_text())
often.OFTEN = 3
for seed in range(40):
    turn = begun(rules, rules.luck(seed))
    while moves := possible(turn):
        make(turn, moves[seed % len(moves)])
    print(turn.close())
assert rules.quick.moves
print(sorted({play.__name__.partition("__")[0] for play in rules.quick.moves}))
"""


def test_an_update_of_the_program_while_it_runs_changes_nothing_about_what_runs(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    for folder in ("engine", "scenarios"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-B", "-c", UPDATED]
    updated = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert updated.stderr == ""
    untouched = UPDATED.replace("module.write_text(", "str(")
    shutil.rmtree(tmp_path / "engine")
    shutil.copytree(root / "engine", tmp_path / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    as_ever = subprocess.run([*command[:-1], untouched], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert updated.stdout == as_ever.stdout
    assert "carry_out" in updated.stdout.splitlines()[-1]
