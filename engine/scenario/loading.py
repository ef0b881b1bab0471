"""The one way from a scenario file to a scenario: for check, preview and play alike.

Nothing here imports pydantic before a file is validated, so that a library of scenarios can be listed at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.scenario.compiled import Scenario
from engine.scenario.ignoring import heeded
from engine.scenario.mends import tried
from engine.scenario.problems import Problem, ScenarioErrors, in_order
from engine.scenario.reading import read_tree

if TYPE_CHECKING:
    from engine.scenario.format import File


def read_scenario(text: bytes, path: str) -> Scenario:
    """The scenario in a file; `path` only names the file in problems.

    Raises ScenarioErrors with all problems of the file, whatever the bytes are.
    """
    scenario, problems = check_scenario(text, path)
    if scenario is None:
        raise ScenarioErrors(problems)
    return scenario


def check_scenario(text: bytes, path: str) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """The scenario in a file, or None if there is an error; and all problems, whatever their level. Raises nothing.

    What a problem says can be written instead has been tried, and what the file's comments ignore is left out.
    """
    file, problems = _found(text, path)
    found = in_order(tried(problems, text, lambda changed: _found(changed, path)[1]))
    if file is None or any(problem.level == "error" for problem in found):
        return None, found
    from engine.scenario.compiling import compiled

    return compiled(file), found


def _found(text: bytes, path: str) -> tuple[File | None, list[Problem]]:
    """The file as far as it could be understood, and what is wrong with it before any mend was tried."""
    try:
        tree = read_tree(text, path)
    except ScenarioErrors as error:
        return None, list(error.problems)
    from engine.scenario.checks import checked
    from engine.scenario.format import File
    from engine.scenario.renames import in_old_words, upgraded
    from engine.scenario.validating import validated

    old = upgraded(tree)
    read = validated(tree, File)
    problems = tree.problems + read.problems
    if read.file is not None:
        faulty = any(problem.level == "error" for problem in problems)
        problems += checked(read.file, tree, read.broken, faulty=faulty)
    if old:
        problems = in_old_words(problems, tree)
    return read.file, heeded(problems, tree.lines, path)
