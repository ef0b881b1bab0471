"""What can be wrong with a scenario file, as data: a code, a place, a sentence, and how to mend it.

Every code has a page, `scenarios/problems/FVnnn.md`, which says what it is about and shows it. FV1 is about the file,
FV2 about fields, FV3 about what belongs together, FV4 about what plays but hardly as meant, FV5 about event files, and
FV6 about what is only found by playing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["error", "warning", "hint"]
"""An error must be mended before the file can be played. With a warning it plays, but probably not as meant. A hint is
advice that may be left alone."""

LEVELS: Final[tuple[Level, ...]] = ("error", "warning", "hint")


LINE_BREAK: Final = re.compile("\r\n|\n|\r")
"""Where a line ends, for whoever counts them as `Spot` does."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of one line of the file. Line and column count from 1, `length` is in characters and at least 1."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of one line of the file, and what to write there instead."""

    spot: Spot
    text: str


@dataclass(frozen=True, slots=True)
class Mend:
    """What could be written instead, to be tried before anybody is told (see `mends.tried`)."""

    ways: tuple[tuple[Edit, ...], ...]
    """Each way is a set of edits that belong together. The first way that reads well is offered."""
    says: str = "write `{}`"
    """The sentence in which it is offered, with {} where the text of its first edit stands."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or doubtful, at one place of a file."""

    code: str
    level: Level
    path: str
    spot: Spot
    message: str
    """A plain sentence. May quote the author's text as it stands; whoever prints it escapes it."""
    help: str = ""
    """How to mend it, in words, or empty."""
    related: Spot | None = None
    """Another place that matters, such as the first of two equal keys."""
    mend: Mend | None = None
    """What to write instead. Once tried it has one way, and `help` says it; what does not help is not offered."""

    @property
    def line(self) -> int:
        return self.spot.line

    @property
    def column(self) -> int:
        return self.spot.column


class ScenarioErrors(Exception):
    """A file that is not a scenario. Carries every problem found, errors and warnings, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        errors = [problem for problem in problems if problem.level == "error"]
        first = errors[0] if errors else problems[0]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"{first.path}:{first.line}:{first.column}: {first.message}{more}")
        self.problems = problems

    def __reduce__(self) -> tuple[type[ScenarioErrors], tuple[tuple[Problem, ...]]]:
        return ScenarioErrors, (self.problems,)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """The same problems from the top of the file to its end, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.line, problem.column, problem.code)))
