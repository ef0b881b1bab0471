"""A scenario as a graph: its stages with their lines, what leads from one to another, and how it can end.

The picture is that of the file as it is written. An exploration adds in how many plays each part came up, so that what
is never reached can be marked; it is proof of what can be, and none of what cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.authoring.exploring import Exploration
from engine.authoring.lacking import written
from engine.authoring.parts import Part
from engine.scenario.compiled import Line, Prospect, Scenario
from engine.scenario.vocabulary import ASKS
from engine.simulate import ENDS

BETWEEN = "between"
"""The id of the box for what is done between conversations."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a scenario."""

    id: str
    kind: str
    say: str
    last: str | None
    """The last stage in which it is on offer, where that is a later one."""
    when: str
    """Its condition as it is written."""
    ends: tuple[str, ...]
    """How a conversation may end with it, as ids of endings."""
    plays: int | None
    """In how many plays it was on offer; None where nothing was played."""


@dataclass(frozen=True, slots=True)
class Box:
    """A stage, or what is done between conversations."""

    id: str
    rows: tuple[Row, ...]
    """The lines that are on offer from here on."""
    plays: int | None


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one box to another."""

    start: str
    end: str
    label: str
    straight: bool
    """Whether it is the way that a conversation takes by itself."""


@dataclass(frozen=True, slots=True)
class End:
    """A way in which it can end with a buyer."""

    id: str
    says: str
    plays: int | None


@dataclass(frozen=True, slots=True)
class Graph:
    """One prospect."""

    prospect: str
    name: str
    boxes: tuple[Box, ...]
    """The stages in order; then what is done between conversations, if there is anything."""
    arrows: tuple[Arrow, ...]
    ends: tuple[End, ...]
    plays: int
    """How many plays it was looked for in what is reached; 0 where nothing was played."""
    seed: int


def graphs(scenario: Scenario, exploration: Exploration | None = None) -> tuple[Graph, ...]:
    """The graph of each prospect of a scenario; `exploration` is one of it."""
    return tuple(_Drawn(scenario, who, exploration).graph() for who in range(len(scenario.prospects)))


def never(plays: int | None) -> bool:
    """Whether something was looked for, and never came up."""
    return plays == 0


class _Drawn:
    def __init__(self, scenario: Scenario, who: int, exploration: Exploration | None) -> None:
        self._who = who
        self._prospect: Prospect = scenario.prospects[who]
        self._found = exploration if exploration is not None and exploration.plays else None

    def graph(self) -> Graph:
        prospect, found = self._prospect, self._found
        stages = tuple(
            Box(stage.id, self._rows(place), self._times("stage", place)) for place, stage in enumerate(prospect.stages)
        )
        between = self._rows(-1)
        boxes = (*stages, Box(BETWEEN, between, None)) if between else stages
        ends = tuple(
            End(name, says.rstrip("."), self._times("ending", place))
            for place, (name, says) in enumerate(ENDS.items())
            if name not in self._impossible()
        )
        return Graph(
            prospect.id,
            prospect.buyer.name,
            boxes,
            tuple(dict.fromkeys(self._arrows(bool(between)))),
            ends,
            found.plays if found else 0,
            found.seed if found else 0,
        )

    def _impossible(self) -> set[str]:
        """The endings that these buyers cannot come to, whatever is said."""
        buyer = self._prospect.buyer
        without_rival = {"lost-to-rival"} if buyer.rival is None else set()
        return without_rival | ({"never-contacted"} if buyer.arrives == "visit" else set())

    def _times(self, what: str, of: int) -> int | None:
        return None if self._found is None else self._found.times(Part(what, self._who, of))

    def _rows(self, stage: int) -> tuple[Row, ...]:
        return tuple(self._row(place, line) for place, line in enumerate(self._prospect.lines) if line.first == stage)

    def _row(self, place: int, line: Line) -> Row:
        stages = self._prospect.stages
        return Row(
            line.id,
            line.kind,
            line.words(),
            stages[line.last].id if line.last > line.first else None,
            written(self._prospect, line.when),
            tuple(_ends(line)),
            self._times("offered", place),
        )

    def _arrows(self, between: bool) -> Iterator[Arrow]:
        stages = self._prospect.stages
        for place, stage in enumerate(stages[:-1]):
            until = f", or when {written(self._prospect, stage.until)}" if stage.until is not None else ""
            lines = f"after {stage.turns} {'line' if stage.turns == 1 else 'lines'}"
            yield Arrow(stage.id, stages[place + 1].id, lines + until, True)
        for line in self._prospect.lines:
            start = BETWEEN if line.first < 0 else stages[line.first].id
            for opened in (line.opens, *(reply.opens for reply in line.replies)):
                if opened is not None and stages[opened].id != start:
                    yield Arrow(start, stages[opened].id, line.id, False)
            if line.kind == "call" and line.opens is None:
                if self._prospect.buyer.arrives != "visit" and len(stages) > 1:
                    yield Arrow(start, stages[0].id, f"{line.id}, the first time", False)
                yield Arrow(start, stages[-1].id, line.id, False)
        if between:
            yield Arrow(stages[-1].id, BETWEEN, "the conversation ends", True)


def _ends(line: Line) -> Iterator[str]:
    """Yield how a conversation may end with a line."""
    if line.kind in ASKS:
        yield from ("order", "no")
    elif line.kind in ("take-no", "invite-no"):
        yield "no"
    elif line.kind == "propose-dated-step":
        yield "date"
    elif line.kind in ("vague-follow-up", "leave") or any(reply.ends for reply in line.replies):
        yield "nothing"
