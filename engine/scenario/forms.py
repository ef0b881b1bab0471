"""Files beside scenarios, such as an event or what a pack says of itself: forms of fields, read as a scenario is, with
every problem at its place and every mend tried.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic

from engine.scenario.mends import Reading, tried
from engine.scenario.models import Place
from engine.scenario.problems import Problem, ScenarioErrors, in_order
from engine.scenario.reading import Tree, read_tree
from engine.scenario.validating import Form, validated

Checks = Callable[[Form, Tree], list[Problem]]
"""Finds what does not belong together in a form whose fields could be read."""


@dataclass(frozen=True, slots=True)
class Filled(Generic[Form]):
    """A file as a form, as far as it could be understood."""

    file: Form | None
    tree: Tree | None
    """Where its fields stand; None if the file is no map of fields."""
    broken: frozenset[Place]
    """Fields in place of which something else stands, so that the rest can be looked at."""
    problems: list[Problem]
    text: bytes
    again: Reading

    def sound(self, more: Iterable[Problem] = ()) -> Form:
        """The form, if nothing is wrong with it. Raises `ScenarioErrors` with all problems of the file, and `more` that
        were found elsewhere."""
        every = in_order(tried([*self.problems, *more], self.text, self.again))
        if self.file is None or any(each.level == "error" for each in every):
            raise ScenarioErrors(every)
        return self.file


def filled(text: bytes, path: str, form: type[Form], checks: Checks[Form] = lambda *_: []) -> Filled[Form]:
    """A file as a form; `path` only names it in problems. Raises nothing, whatever the bytes are."""

    def again(changed: bytes) -> list[Problem]:
        return filled(changed, path, form, checks).problems

    try:
        tree = read_tree(text, path)
    except ScenarioErrors as error:
        return Filled(None, None, frozenset(), list(error.problems), text, again)
    found = validated(tree, form)
    problems = tree.problems + found.problems
    if found.file is not None:
        problems += checks(found.file, tree)
    return Filled(found.file, tree, found.broken, problems, text, again)
