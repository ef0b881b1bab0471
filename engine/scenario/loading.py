"""The one way from a scenario file to a scenario: for check, preview and play alike.

Nothing here imports pydantic before a file is validated, so that a library of scenarios can be listed at once.
"""

from __future__ import annotations

from engine.scenario.compiled import Scenario
from engine.scenario.problems import Problem, ScenarioErrors, in_order
from engine.scenario.reading import read_tree


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
    from engine.scenario.format import File
    from engine.scenario.validating import validated

    read = validated(tree, File)
    problems = tree.problems + read.problems
    if read.file is not None:
        faulty = any(problem.level == "error" for problem in problems)
        problems += checked(read.file, tree, read.broken, faulty=faulty)
    found = in_order(problems)
    if read.file is None or any(problem.level == "error" for problem in found):
        return None, found
    return compiled(read.file), found
