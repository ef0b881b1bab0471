"""What can be wrong with a scenario file, as data: a code, a place, a sentence, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Level = Literal["error", "warning"]

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # reading the file
        "FV101": "The file is not UTF-8 text. Save it as UTF-8 in your editor.",
        "FV102": "The file holds a character that cannot be seen or that turns text around. Delete it.",
        "FV103": "The file is larger than a scenario may be.",
        "FV104": "Sections are nested deeper than any scenario needs.",
        "FV105": "One text is longer than a text may be.",
        "FV106": "The file has more entries than a scenario may have.",
        "FV107": "The file is empty.",
        "FV110": "The file cannot be read as YAML from here on: a colon, quote, bracket or indentation is not right.",
        "FV111": "A key is set twice in the same place, so one of the two would be lost.",
        "FV112": "Anchors (&) and aliases (*) are not part of the format. Write the text out, or put it in quotes.",
        "FV113": "Tags (!) are not part of the format. Put text that begins with ! in quotes.",
        "FV114": "Merge keys (<<) are not part of the format.",
        "FV115": "A key is one word of plain text, not a list or a map.",
        "FV116": "A file holds one scenario; --- starts a second one.",
        "FV117": "The indentation holds something that only looks like a space. Use spaces.",
        "FV118": "Text without quotes ends at a space and #: the rest is taken for a comment.",
        "FV119": "Text without quotes ends at a comma inside { }.",
        # the fields
        "FV201": "The format has no such field here.",
        "FV202": "A required field is missing.",
        "FV203": "The field has the wrong shape: a text, a list, or a map of fields was expected.",
        "FV204": "The value is not one of the words that are allowed here.",
        "FV205": "The value is not written in the notation of this field.",
        "FV206": "The value is too small, too large, or too long.",
        "FV207": "An id is a word of small letters, digits and hyphens that begins with a letter.",
        "FV208": "The file is written in a format that this program does not know.",
        # what belongs together
        "FV301": "Something is named that is not in this file.",
        "FV302": "What a seller can say must not depend on what the seller cannot know.",
        "FV303": "Shares of one whole must add up to 100%.",
        "FV304": "Two things have the same id where they could be taken for each other.",
        "FV305": "A line of this kind needs another field.",
        "FV306": "A line of this kind does not belong in this stage.",
        "FV307": "The prices, the floor, the discounts or the currencies do not fit together.",
        "FV308": "Stages are named from the earlier to the later.",
        # what plays, but probably not as meant
        "FV401": "No line is offered in this stage, or nothing but ways out.",
        "FV402": "Two lines have the same text, so a player cannot tell them apart.",
        "FV403": "A field has no effect on a line of this kind, or on any buyer of this scenario.",
        "FV404": "A condition can never hold.",
        "FV405": "Something is written that no line uses.",
        "FV406": "Nothing in the file asks for the decision, so nothing can ever be sold.",
        "FV407": "A reply can never be chosen, because one before it always is.",
        "FV408": "The run starts outside the opening hours.",
        # what plays found
        "FV601": "A line is never offered.",
        "FV602": "A reply or a text is never said.",
        "FV603": "A stage is never reached.",
        "FV604": "A need is found only after the lines that meet it.",
        "FV605": "Nobody can order in the first conversation, though the ceiling says that some could.",
        "FV606": "Nobody can ever order.",
        "FV607": "An interrupt happens with the first line, whatever that is.",
        "FV608": "An objection or an interrupt never comes.",
        "FV609": "A reason behind an objection is never settled.",
        "FV610": "Nothing is left to say but what ends the conversation.",
        "FV611": "A conversation can go round in a circle.",
        "FV612": "Nothing is ever done of what a school in `teaches` says.",
        # events
        "FV501": "An event names a scenario or a run that cannot be played.",
        "FV502": "The settings of an event do not fit together.",
    }
)
"""Every code with its explanation. FV1 is about the file, FV2 about fields, FV3 about what belongs together,
FV4 are warnings: the file plays. FV5 is about event files, FV6 about what plays found."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of one line of the file. Line and column count from 1, `length` is in characters and at least 1."""

    line: int
    column: int
    length: int = 1


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
    """How to mend it, or empty."""
    related: Spot | None = None
    """Another place that matters, such as the first of two equal keys."""

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
