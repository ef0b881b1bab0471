"""Replies: what each reply to a line does that the others to that line do not, and what it only says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from engine.authoring.parts import Part
from engine.scenario.compiled import AnyOf, Effects, Line, Reply, Scenario, When
from engine.scenario.vocabulary import HIDDEN_CONDITIONS

_TELLING: Final = frozenset((*HIDDEN_CONDITIONS, "outcome"))
"""Conditions on what the seller learns from the reply alone: what the buyer hides, and what has come of the line."""
_WIDTH: Final = 40
"""Letters of what is said by which a reply is named."""


@dataclass(frozen=True, slots=True)
class NamedReply:
    """One of several replies to a line."""

    part: Part
    name: str
    """Its line, and how it begins: `measure: Thirty-two squares, and ...`. No other has it."""
    acts: bool
    """Whether it does something of its own: moves a level, tells or raises something, lets the line miss, opens a
    stage or ends the conversation. Where not, it differs from the others in words only, or in that they do."""
    clue: bool
    """Whether something that the seller does not know decides which of them is said, so that whoever listens learns
    something."""
    teaches: bool
    """Whether it has a `principle`, which the debrief tells."""

    @property
    def only_tells(self) -> bool:
        """Whether it does nothing, and gives something away."""
        return self.clue and not self.acts

    @property
    def words_only(self) -> bool:
        """Whether it does nothing, gives nothing away and teaches nothing."""
        return not (self.acts or self.clue or self.teaches)


def replies(scenario: Scenario) -> Iterator[NamedReply]:
    """Every reply to a line that has several."""
    for who, prospect in enumerate(scenario.prospects):
        where = f"@{prospect.id}" if len(scenario.prospects) > 1 else ""
        for place, line in enumerate(prospect.lines):
            if len(line.replies) < 2:
                continue
            clue = any(_tells(reply.when) for reply in line.replies)
            begun = [_begun(reply.says[0]) for reply in line.replies]
            for nth, reply in enumerate(line.replies):
                nths = f" ({begun[: nth + 1].count(begun[nth])})" if begun.count(begun[nth]) > 1 else ""
                yield NamedReply(
                    Part("reply", who, place, nth),
                    f"{line.id}{where}: {begun[nth]}{nths}",
                    reply != _words(reply),
                    clue,
                    bool(reply.principle),
                )


def only_words(line: Line, nth: int) -> Line:
    """A line one of whose replies does nothing any more, and says what it says."""
    return replace(
        line,
        replies=tuple(_words(reply) if place == nth else reply for place, reply in enumerate(line.replies)),
    )


def _words(reply: Reply) -> Reply:
    """A reply without what it does."""
    return replace(reply, lands=True, reveals=(), raises=(), effects=Effects(), opens=None, ends=False)


def _tells(when: When) -> bool:
    """Whether a condition is about something that the seller does not know."""
    return any(
        any(_tells(each) for each in clause.of) if isinstance(clause, AnyOf) else clause.what in _TELLING
        for clause in when
    )


def _begun(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 4].rsplit(' ', 1)[0].rstrip('.,;:-')} ..."


__all__ = ["NamedReply", "only_words", "replies"]
