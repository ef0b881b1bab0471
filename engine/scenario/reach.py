"""What can come about in a prospect's conversations, stage by stage, found by reading.

Buyers and luck are left out: whatever could be so for some buyer, after some moves, is taken to be possible. So what is
not found here is impossible, whoever plays. Each line is looked at once for each stage in which it stands and each
thing that it waits for.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from engine.scenario.defaults import arrival, kind_of
from engine.scenario.drafts import DECIDER, NOTHING, Draft, Place
from engine.scenario.format import Consequences, Line
from engine.scenario.vocabulary import AFRESH, ASKS, BETWEEN, REPEATABLE, SHOWS, WAYS_OUT

CLOSING: Final = frozenset({"leave", "vague-follow-up", "take-no"})
"""The kinds after which a conversation is over in any case."""
_WAITS: Final = ("knows", "met", "raised", "handled", "said", "with")
"""Conditions that wait for something to come about, a thing of that sort."""

_HERE: Final = ("asked", "meets")
"""Sorts of things that count where they are said, and do not last."""


class Thing(NamedTuple):
    """Something that comes about in a run and lasts: a fact that is known, a line that was said."""

    sort: str
    id: str = ""


class Wait(NamedTuple):
    """What a line waits for, and where in the file it says so."""

    thing: Thing
    place: Place


def repeats(line: Line) -> bool:
    """Whether a line can be said more than once in a run."""
    return kind_of(line) in REPEATABLE if line.repeat is None else line.repeat


def comes_again(line: Line) -> bool:
    """Whether a line can come up more than once in a run: because it repeats, because a buyer may keep back what it
    asks for, or in another conversation."""
    return repeats(line) or bool(line.reveals) or kind_of(line) in AFRESH


def span(line: Line, draft: Draft) -> tuple[int, int]:
    """First and last stage in which a line stands; (-1, -1) between conversations."""
    if kind_of(line) in BETWEEN:
        return -1, -1
    low, high = line.stage or (None, None)
    if low == "any":
        low = high = None
    order = draft.stage_order
    return order[low] if low else 0, order[high] if high else len(order) - 1


def waits(id: str, line: Line, draft: Draft) -> list[Wait]:
    """Everything that a line waits for."""
    place = draft.place("lines", id)
    found: list[Wait] = []
    conditions: dict[str, Any] = line.when.conditions() if line.when is not None else {}
    for word in _WAITS:
        found += [Wait(Thing(word, name), (*place, "when", word)) for name in conditions.get(word, ())]
    if "decider" in conditions:
        found.append(Wait(Thing("knows", DECIDER), (*place, "when", "decider")))
    if conditions.get("discounted") is True:
        found.append(Wait(Thing("discounted"), (*place, "when", "discounted")))
    if line.about is not None and kind_of(line) == "implication":
        found.append(Wait(Thing("knows", line.about), (*place, "about")))
    return found


def is_plain(line: Line) -> bool:
    """Whether nothing but its stage decides whether a line is offered."""
    kind = kind_of(line)
    needs = kind in ("isolate", "confirm", "press", "take-no") or (kind == "implication" and line.about is not None)
    return not (needs or kind == "bring-in" or (line.when is not None and line.when.conditions()))


class Reach:
    """What can come about with one prospect. Stages are numbered; `between` is the time between conversations."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.between = len(draft.stages)
        self.offered: dict[str, set[int]] = defaultdict(set)
        """For each line, the stages in which it can be on offer."""
        self.holds: list[set[Thing]] = [set() for _ in range(self.between + 1)]
        """What can have come about by the time of each stage."""
        self.reached = [False] * (self.between + 1)
        self.spans = {id: span(line, draft) for id, line in draft.lines.items()}
        self.waits = {id: waits(id, line, draft) for id, line in draft.lines.items()}
        self.makers = _made_by(draft)
        self._in: list[list[str]] = [[] for _ in range(self.between + 1)]
        for id, (low, high) in self.spans.items():
            for stage in range(low, high + 1) if low >= 0 else (self.between,):
                self._in[stage].append(id)
        self._waiting: dict[tuple[int, Thing], list[str]] = defaultdict(list)
        self._edges: list[set[int]] = [set() for _ in range(self.between + 1)]
        self._new: deque[tuple[int, Thing]] = deque()
        self._owners = {id: own.of for part in (draft.needs, draft.traits) for id, own in part.items() if own.of}
        self._owned: dict[str, list[str]] = defaultdict(list)
        for id, owner in self._owners.items():
            self._owned[owner].append(id)
        self._raisable = [id for id, objection in draft.objections.items() if objection.chance != 0]
        self._closing()

    def lines_in(self, stage: int) -> Iterator[tuple[str, Line]]:
        """The lines that can be on offer in a stage."""
        for id in self._in[stage]:
            if stage in self.offered[id]:
                yield id, self.draft.lines[id]

    def edges(self, stage: int) -> frozenset[int]:
        """The stages to which a conversation can go from this one."""
        return frozenset(self._edges[stage])

    def somewhere(self, thing: Thing) -> bool:
        """Whether something can come about at all."""
        return any(thing in held for held in self.holds)

    def jumps_back_to(self, stage: int) -> bool:
        """Whether a conversation can come to this stage, or to one before it, otherwise than in their order."""
        return stage == self.between - 1 or any(target <= stage for target in self._jumps)

    def _closing(self) -> None:
        draft = self.draft
        order = draft.stage_order
        self._jumps: set[int] = set()
        for line in draft.lines.values():
            self._jumps.update(order[id] for id in (line.opens, line.resume) if id is not None)
            self._jumps.update(order[reply.opens] for reply in line.replies or () if reply.opens is not None)
        self._jumps.update(order[one.opens] for one in draft.interrupts if one.opens is not None)
        if arrival(draft) != "visit":
            self._enter(self.between)
            self._edge(self.between, 0)
        else:
            self._enter(0)
        while self._new:
            stage, thing = self._new.popleft()
            for id in self._waiting.pop((stage, thing), ()):
                self._try(stage, id)
            for fact in self._owned.get(thing.id, ()) if thing.sort == "with" else (thing.id,):
                self._tell(stage, fact)
            for target in self._edges[stage]:
                if thing.sort not in _HERE:
                    self._gain(target, thing)

    def _enter(self, stage: int) -> None:
        if self.reached[stage]:
            return
        self.reached[stage] = True
        for id in self._in[stage]:
            self._try(stage, id)
        if stage == self.between:
            self._edge(stage, self.between - 1)
            return
        self._edge(stage, self.between)
        for interrupt in self.draft.interrupts:
            self._outcome(stage, interrupt)
        for texts in self.draft.outcomes.values():
            for text in texts:
                for fact in text.reveals or ():
                    self._gain(stage, Thing("asked", fact))
        if self._may_run_dry(stage):
            self._next(stage)

    def _edge(self, stage: int, target: int) -> None:
        """Lets the conversation go from one stage to another, with all that has come about by then."""
        if target in self._edges[stage]:
            return
        self._edges[stage].add(target)
        for thing in self.holds[stage]:
            if thing.sort not in _HERE:
                self._gain(target, thing)
        self._enter(target)

    def _next(self, stage: int) -> None:
        if stage < self.between - 1:
            self._edge(stage, stage + 1)

    def _tell(self, stage: int, fact: str) -> None:
        """Lets a fact come out that is asked for here, and a need be met that this is for, where whose it is can be at
        the table."""
        held, owner = self.holds[stage], self._owners.get(fact)
        if owner is not None and Thing("with", owner) not in held:
            return
        if Thing("asked", fact) in held:
            self._gain(stage, Thing("knows", fact))
        if Thing("meets", fact) in held and Thing("knows", fact) in held:
            self._gain(stage, Thing("met", fact))

    def _gain(self, stage: int, thing: Thing) -> None:
        if thing not in self.holds[stage]:
            self.holds[stage].add(thing)
            self._new.append((stage, thing))

    def _try(self, stage: int, id: str) -> None:
        """Offers a line in a stage, or notes what it still waits for there."""
        missing = next((wait.thing for wait in self.waits[id] if wait.thing not in self.holds[stage]), None)
        if missing is not None:
            self._waiting[stage, missing].append(id)
        elif stage not in self.offered[id]:
            self.offered[id].add(stage)
            self._say(stage, id, self.draft.lines[id])

    def _say(self, stage: int, id: str, line: Line) -> None:
        draft = self.draft
        kind, order = kind_of(line), draft.stage_order
        self._gain(stage, Thing("said", id))
        for fact in line.reveals or ():
            self._gain(stage, Thing("asked", fact))
        for need in line.meets or ():
            # counts only where the need is known
            self._gain(stage, Thing("meets", need))
        for name in line.handles or ():
            for objection in draft.objections_of(name):
                self._gain(stage, Thing("handled", objection))
        for role in line.brings or ():
            self._gain(stage, Thing("with", role))
        if line.discount is not None:
            self._gain(stage, Thing("discounted"))
        if kind in ASKS or kind in SHOWS:
            for objection in self._raisable:
                self._gain(stage, Thing("raised", objection))
        if kind in ("isolate", "confirm"):
            for reason in draft.reasons:
                self._gain(stage, Thing("knows", reason))
            for objection in draft.objections_of(NOTHING):
                self._gain(stage, Thing("handled", objection))
        for reply in line.replies or ():
            self._outcome(stage, reply)
        if line.resume is not None:
            self._edge(self.between, order[line.resume])
        if line.opens is not None:
            self._edge(stage, order[line.opens])
        elif stage != self.between and kind not in CLOSING:
            self._next(stage)

    def _outcome(self, stage: int, part: Consequences) -> None:
        for fact in part.reveals or ():
            self._gain(stage, Thing("asked", fact))
        for objection in part.raises or ():
            self._gain(stage, Thing("raised", objection))
        if part.opens is not None:
            self._edge(stage, self.draft.stage_order[part.opens])

    def _may_run_dry(self, stage: int) -> bool:
        """Whether a stage can have nothing left to say while nobody has said in it all that leads on from it."""
        plain = [id for id in self._in[stage] if self._carries(id) and is_plain(self.draft.lines[id])]
        if not plain:
            return True
        once = [id for id in plain if not repeats(self.draft.lines[id])]
        if len(once) < len(plain):
            return False
        elsewhere = all(self.spans[id] != (stage, stage) for id in plain)
        return elsewhere or self.jumps_back_to(stage)

    def _carries(self, id: str) -> bool:
        return kind_of(self.draft.lines[id]) not in WAYS_OUT


def _made_by(draft: Draft) -> dict[Thing, list[str]]:
    """The lines by which each thing comes about, as far as single lines do it."""
    found: dict[Thing, list[str]] = defaultdict(list)
    for id, line in draft.lines.items():
        replies = line.replies or ()
        made = [Thing("said", id)]
        made += [Thing("knows", fact) for fact in line.reveals or ()]
        made += [Thing("knows", fact) for reply in replies for fact in reply.reveals or ()]
        made += [Thing("met", need) for need in line.meets or ()]
        made += [Thing("handled", each) for name in line.handles or () for each in draft.objections_of(name)]
        made += [Thing("raised", objection) for reply in replies for objection in reply.raises or ()]
        made += [Thing("with", role) for role in line.brings or ()]
        made += [Thing("discounted")] if line.discount is not None else []
        for thing in dict.fromkeys(made):
            found[thing].append(id)
    return found


def raises_objections(draft: Draft) -> bool:
    """Whether any line brings up the objections that buyers have."""
    return any(kind_of(line) in ASKS or kind_of(line) in SHOWS for line in draft.lines.values())
