"""The one way from a scenario file to a scenario: for check, preview and play alike.

Nothing here imports pydantic before a file is validated, so that a library of scenarios can be listed at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.scenario.compiled import Scenario
from engine.scenario.problems import Problem, ScenarioErrors, Spot, in_order
from engine.scenario.reading import Tree, read_tree


@dataclass(frozen=True, slots=True)
class Summary:
    """What the library shows of a scenario. Only read, not validated."""

    id: str
    title: str
    situation: str
    school: str | None
    """The first school it teaches, or None for a tutorial."""
    difficulty: int
    path: str


def read_scenario(text: bytes, path: str) -> Scenario:
    """The scenario in a file; `path` only names the file in problems.

    Raises ScenarioErrors with all problems of the file, whatever the bytes are.
    """
    scenario, problems = check_scenario(text, path)
    if scenario is None:
        raise ScenarioErrors(problems)
    return scenario


def check_scenario(text: bytes, path: str) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """The scenario in a file, or None if there is an error; and all problems, warnings as well. Raises nothing."""
    try:
        tree = read_tree(text, path)
    except ScenarioErrors as error:
        return None, error.problems
    from engine.scenario.checks import checked
    from engine.scenario.compiling import compiled
    from engine.scenario.validating import validated

    read = validated(tree)
    problems = tree.problems + read.problems
    if read.file is not None:
        problems += checked(read.file, tree, read.broken)
    found = in_order(problems)
    if read.file is None or any(problem.level == "error" for problem in found):
        return None, found
    return compiled(read.file), found


def summary(text: bytes, path: str) -> Summary:
    """What the library shows of a file. Raises ScenarioErrors if not even id and title can be read."""
    tree = read_tree(text, path)
    return Summary(
        id=_word(tree, "id"),
        title=_word(tree, "title"),
        situation=_word(tree, "situation", ""),
        school=_school(tree),
        difficulty=_difficulty(tree),
        path=path,
    )


def _word(tree: Tree, name: str, default: str | None = None) -> str:
    data = tree.root.data
    value = data.get(name) if isinstance(data, dict) else None
    if isinstance(value, str) and value.strip():
        return value.strip()
    if default is None:
        problem = Problem("FV202", "error", tree.path, Spot(1, 1), f"`{name}` is missing", f"add `{name}: ...`")
        raise ScenarioErrors((problem,))
    return default


def _school(tree: Tree) -> str | None:
    value = tree.root.data.get("teaches")
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, str) else None


def _difficulty(tree: Tree) -> int:
    value = tree.root.data.get("difficulty")
    return int(value) if value in ("1", "2", "3") else 1
