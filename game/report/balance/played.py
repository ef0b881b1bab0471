"""Everything that was played of one scenario, and readings of it that advice, tables and data share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.authoring.balancing import best_of, changed_orders, lead
from engine.authoring.changes import Change
from engine.authoring.following import BuyerKind, BuyerTally, Course, together
from engine.authoring.parts import Part
from engine.authoring.replies import NamedReply, replies
from engine.authoring.without import Worth, need_name, needs, opens_lines
from engine.doctrines import SCHOOLS
from engine.expectations import Expectation
from engine.intervals import Mean
from engine.listening import LISTENER, READER, Listening, listening
from engine.rules import Move, Rules
from engine.scenario.compiled import Line, Scenario
from engine.scenario.problems import Problem

SURELY: Final = 2.0
"""Standard errors from which on something is so."""
WELL: Final = 10
"""Runs from which on what somebody has never done says something of them."""


@dataclass(frozen=True, slots=True)
class Given:
    """A reply, and how often it was given."""

    reply: NamedReply
    times: int
    """The runs in which it was given, whoever played."""
    said: int
    """The runs in which its line was said."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Everything that was played of one scenario."""

    scenario: Scenario
    rules: Rules
    seed: int
    runs: int
    stopped: bool
    """Whether not everything was played that was to be."""
    interrupted: bool
    """Whether that was because somebody stopped it."""
    courses: Mapping[str, Course]
    changed: Sequence[tuple[Change, Mapping[str, Course]]]
    """Changes with the schools' courses in the scenario that each makes, where all schools have played."""
    worth: Sequence[Worth]
    """What lines, replies and needs are worth to the schools, where they have played without them."""
    expectations: Sequence[Expectation]
    problems: Sequence[Problem]
    plays: int
    """Plays in which it was looked for what never comes up."""

    @property
    def schools(self) -> dict[str, Course]:
        return {name: course for name, course in self.courses.items() if name in SCHOOLS}

    @property
    def all_schools(self) -> Course:
        """The five schools' runs together."""
        return together(self.schools.values())

    @property
    def listening(self) -> Listening:
        script, expert = (
            dict(self.courses[name].earned) if name in self.courses else {} for name in (READER, LISTENER)
        )
        return listening(script, expert)

    def best_first(self) -> list[tuple[str, Course]]:
        return sorted(self.courses.items(), key=lambda one: (-one[1].income.value, one[0]))

    @property
    def currency(self) -> str:
        return self.scenario.currency

    def kinds(self) -> Iterator[tuple[str, list[BuyerKind]]]:
        """What tells buyers apart, with the kinds that have been met, where there are several."""
        met = {kind for course in self.schools.values() for kind in course.kinds}
        if len(self.scenario.prospects) > 1:
            yield "prospect", sorted(kind for kind in met if kind.by == "prospect")
        for by in ("decides", "real", "need"):
            for who in range(len(self.scenario.prospects)):
                kinds = sorted(kind for kind in met if (kind.by, kind.who) == (by, who))
                if len(kinds) > 1:
                    yield by, kinds

    def kind_name(self, kind: BuyerKind) -> str:
        """A kind of buyer in words."""
        prospect = self.scenario.prospects[kind.who]
        where = f"@{prospect.id}" if len(self.scenario.prospects) > 1 else ""
        if kind.by == "prospect":
            return prospect.id
        if kind.by == "real":
            return ("buys from somebody" if kind.of else "buys from nobody") + where
        if kind.by == "need":
            return f"needs most: {prospect.facts[kind.of].id if kind.of >= 0 else 'nothing'}{where}"
        names = [name for role, name in enumerate(prospect.names) if kind.of >> role & 1]
        return (f"decides with {' and '.join(names)}" if names else "decides alone") + where

    def tally(self, kind: BuyerKind) -> BuyerTally:
        """What buyers of a kind came to with all schools together."""
        return sum((course.kinds.get(kind, BuyerTally()) for course in self.schools.values()), BuyerTally())

    def more_orders(self, changed: Mapping[str, Course]) -> Mean:
        """By what part of all prospects the schools' orders are more with a change."""
        _, every = changed_orders(self.schools, changed)
        prospects = len(self.scenario.prospects)
        return Mean(every.value / prospects, every.error / prospects)

    def never_said(self) -> list[str]:
        """The author's lines that nobody with a plan has ever said."""
        return [self.rules.names[move] for move, _ in self._lines() if not self._says(move, self._planned())]

    def said_only_badly(self) -> list[str]:
        """The author's lines, but for those marked as wrong by a principle, that somebody with a plan said, and nobody
        who does well."""
        well = self.doing_well()
        return [
            self.rules.names[move]
            for move, line in self._lines()
            if not line.principle and self._says(move, self._planned()) and not self._says(move, well)
        ]

    def doing_well(self) -> list[str]:
        """The best school and those that are not surely behind it, and who searches or reads from the best list, where
        they have met buyers enough."""
        schools = self.schools
        best = best_of(schools, schools) if schools else ""
        level = [name for name in schools if name == best or lead(schools, best, name).sigmas < SURELY]
        return level + [name for name in (LISTENER, READER) if name in self.courses and self.courses[name].runs >= WELL]

    def _lines(self) -> Iterator[tuple[Move, Line]]:
        """The author's lines, by the move in which each is said."""
        for move, what in enumerate(self.rules.moves):
            if not isinstance(what, str):
                who, rule = what
                line = next((one for one in self.scenario.prospects[who].lines if one.id == rule.line.id), None)
                if line is not None:
                    yield move, line

    def _planned(self) -> list[str]:
        return [name for name in self.courses if name != "random"]

    def _says(self, move: Move, players: Iterable[str]) -> bool:
        return any(move in self.courses[name].said for name in players)

    def replies(self) -> Iterator[Given]:
        """Each reply to a line that has several, and how often it was given."""
        heard: Counter[Part] = Counter()
        said: Counter[tuple[int, int]] = Counter()
        for course in self.courses.values():
            heard.update({part: len(seeds) for part, seeds in course.heard.items()})
            for move, seeds in course.said.items():
                what = self.rules.moves[move]
                if not isinstance(what, str):
                    said[what[0], what[1].bit.bit_length() - 1] += len(seeds)
        for reply in replies(self.scenario):
            part = reply.part
            yield Given(reply, heard[part], said[part.who, part.of])

    def idle_needs(self) -> list[str]:
        """The needs that changed nobody's choice, in runs enough, and for which no line waits."""
        worth = self.worth_of("need")
        return [
            name
            for who, fact, _ in needs(self.scenario)
            if (name := need_name(self.scenario, who, fact)) in worth
            and worth[name].runs >= WELL
            and not worth[name].otherwise
            and not opens_lines(self.scenario, who, fact)
        ]

    def needs(self) -> Iterator[tuple[str, int, float, float]]:
        """Each need, with how many buyers had it, and the shares of these who told it and who had it met."""
        course = self.all_schools
        for who, fact, place in needs(self.scenario):
            if had := course.count(f"had {place}"):
                name = need_name(self.scenario, who, fact)
                yield name, had, course.count(f"told {place}") / had, course.count(f"met {place}") / had

    def worth_of(self, what: str) -> dict[str, Worth]:
        """What each `line`, `reply` or `need` is worth, by its name."""
        return {each.name: each for each in self.worth if each.what == what}


def share_text(share: float) -> str:
    """A share of 0 to 1 in percent; one below 0 with a real minus."""
    percent = round(100 * share)
    return "<1%" if not percent and share > 0 else f"{'−' if percent < 0 else ''}{abs(percent)}%"
