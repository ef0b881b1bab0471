"""What is wrong with a scenario as it plays: an exploration read as problems, each at its place in the file.

What no play came upon is only said once there were enough plays that could have, and with their number and seed.
What is so by arithmetic or by proof is called an error where it leaves nothing to sell. Importing this module imports
pydantic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.authoring.exploring import Exploration
from engine.authoring.judging import ENOUGH, OFTEN, Judge, plays_text
from engine.authoring.ordering import Ordering
from engine.authoring.parts import Part
from engine.authoring.proving import Proof
from engine.calendar import span_text
from engine.scenario.compiled import AnyOf, Clause, Line, Prospect, Reply, Scenario
from engine.scenario.conditions import VisibleWhen
from engine.scenario.drafts import drafts
from engine.scenario.format import File
from engine.scenario.problems import Level, Problem, in_order
from engine.scenario.reading import read_tree
from engine.scenario.renames import in_old_words, upgraded
from engine.scenario.report import Place, Report, percent
from engine.scenario.validating import validated
from engine.scenario.vocabulary import CHANNELS, OUTCOMES, SCHOOLS
from engine.units import CERTAIN, POINT

SURE: Final = 1_000
"""Plays in which a reply could have been given, before it is odd that it never was: replies wait for rare things."""
BEATEN: Final = 100
"""Plays in which a reply fitted and another was given, before that is odd."""
RARE: Final = 600
"""Plays that came to a line's stage, before it is odd that a line which waits for something was never offered."""
READ: Final = {"FV605": {"FV411"}, "FV606": {"FV417", "FV406"}}
"""What is not told once more when reading has found one of these reasons for it."""
_OTHERWISE: Final = "what the buyer says to a line of this kind comes from what it finds, or from `outcomes`"

_LESSONS: Final = {
    "plan-a": "nobody who could order today was ever asked for the order in the first conversation",
    "collect-decisions": "nobody ever agreed to a step or said a clear no",
    "speed-first": "nobody here has sent an enquiry that could be answered early or late (`arrives: lead`)",
    "audition": "nothing with something in it was ever sent between conversations (lines of kind touch)",
    "same-day": "nobody was ever followed up on the day of a conversation",
}


def findings(
    text: bytes,
    path: str,
    scenario: Scenario,
    exploration: Exploration,
    known: Iterable[Problem] = (),
    proof: Proof | None = None,
) -> tuple[Problem, ...]:
    """What an exploration found wrong with the scenario in a file that has no errors, and what is proved to be so.

    Nothing is said about lines of the file about which one of the `known` problems, other than a hint, says something.
    """
    tree = read_tree(text, path)
    old = upgraded(tree)
    read = validated(tree, File)
    if read.file is None:
        return ()
    report = Report(tree, read.broken)
    said = [problem for problem in known if problem.code.startswith("FV4") and problem.level != "hint"]
    doubted = frozenset(problem.line for problem in said if problem.code == "FV404")
    for who, (draft, prospect) in enumerate(zip(drafts(read.file), scenario.prospects, strict=True)):
        Ordering(who, draft, prospect, scenario, exploration, proof, report).decision()
        _Parts(who, draft, prospect, scenario, exploration, proof, report, doubted).all_else()
    if exploration.plays >= ENOUGH:
        _lessons(scenario, exploration, report)
    lines, codes = {problem.line for problem in said}, {problem.code for problem in said}
    found = [each for each in report.problems if each.line not in lines and not codes & READ.get(each.code, set())]
    return in_order(in_old_words(found, tree) if old else found)


def _lessons(scenario: Scenario, exploration: Exploration, report: Report) -> None:
    for place, school in enumerate(scenario.teaches):
        of = SCHOOLS.index(school)
        if not any(exploration.times(Part("lesson", who, of)) for who in range(len(scenario.prospects))):
            message = f"it is to teach {school}, and {_LESSONS[school]} ({plays_text(exploration)})"
            help = "give the scenario what this school needs, or name another school"
            report.warning("FV612", ("teaches", place), message, help)


@dataclass(frozen=True, slots=True)
class _Parts(Judge):
    """What of a scenario never comes up."""

    def all_else(self) -> None:
        """Everything else that plays can tell."""
        unreached = self._stages()
        self._lines(unreached)
        if self.found.plays < ENOUGH or not self._times("spoken-to"):
            return
        self._outcomes()
        self._untold()
        self._needs()
        self._objections()
        self._interrupts()

    def _stages(self) -> set[int]:
        """Judge the stages, and return those that no play reached."""
        prospect, last = self.prospect, len(self.prospect.stages) - 1
        played = self.found.plays >= ENOUGH and self._times("spoken-to") > 0
        unreached = {
            place
            for place in range(last + 1)
            if self._proved("stage", place) or (played and not self._times("stage", place))
        }
        for place, stage in enumerate(prospect.stages):
            where = self.draft.place("stages", place)
            if place in unreached:
                own = sum(
                    line.first >= 0 and set(range(line.first, line.last + 1)) <= unreached for line in prospect.lines
                )
                what = f", and with it {own} line{'s' * (own != 1)} of this scenario" if own else ""
                how = self._how(self._proved("stage", place))
                message = f"the stage `{stage.id}` is never reached{what} ({how})"
                help = self._why_unreached(place)
                self._at_key("FV603", where, message, help)
            if self._times("stuck", place):
                message = (
                    f"in the stage `{stage.id}` nothing may be left to say but what ends the conversation: "
                    f"{self._times('stuck', place):,} of {self.found.plays:,} plays{self._way('stuck', place)}"
                )
                self._at_key("FV610", where, message, "give it an ask, a step, or a line that can be said again")
            if self._times("circle", place):
                message = (
                    f"a conversation can come back to the stage `{stage.id}` again and again with nothing changed: "
                    f"{self._times('circle', place):,} of {self.found.plays:,} plays{self._way('circle', place)}"
                )
                self._at_key("FV611", where, message, "let what `opens` it be said once, or depend on something new")
        return unreached

    def _why_unreached(self, place: int) -> str:
        """What would have to be so for a stage to be reached."""
        before = self.prospect.stages[place - 1]
        if not self._times("stage", place - 1):
            return f"`{before.id}` before it was never reached either"
        opened = [line.id for line in self.prospect.lines if line.opens is not None and line.first == place - 1]
        if opened:
            own = self.prospect.stages[place].id
            return f"`{opened[0]}` in `{before.id}` opens another stage; give a line `opens: {own}`"
        if not self._times("left", place - 1):
            return f"no play got out of `{before.id}`: see its `turns` and `until`, and the buyer's patience"
        return f"it is passed by, as it has nothing to say when `{before.id}` is over: see what its lines wait for"

    def _lines(self, unreached: set[int]) -> None:
        lines = self.prospect.lines
        never = {place for place in range(len(lines)) if not self._times("offered", place)}
        for place, line in enumerate(lines):
            where = self.draft.place("lines", line.id)
            if place not in never:
                self._replies(place, line, (*where, "replies"))
            elif self._waits_in_vain(where, self.draft.lines[line.id].when):
                continue  # reading has said why
            elif self._could_be_offered(place, line, unreached):
                message = f"`{line.id}` is never offered ({self._how(self._proved('offered', place))})"
                self._at_key("FV601", where, message, self._why_never(place, never))

    def _waits_in_vain(self, where: Place, when: VisibleWhen | None) -> bool:
        """Whether reading has said of one of the conditions at this place that it can never hold."""
        words = when.conditions() if when is not None else {}
        return any(self.report.spot((*where, "when", word)).line in self.doubted for word in words)

    def _could_be_offered(self, place: int, line: Line, unreached: set[int]) -> bool:
        """Whether it is proved that a line is never offered, or enough plays came to where it would be; where none did,
        that has been said."""
        if line.first >= 0 and set(range(line.first, line.last + 1)) <= unreached:
            return False
        if self._proved("offered", place):
            return True
        if line.first < 0:
            return self.found.plays >= RARE
        been = sum(self._times("stage", place) for place in range(line.first, line.last + 1) if place not in unreached)
        return been >= (RARE if line.when else ENOUGH)

    def _why_never(self, place: int, never: set[int]) -> str:
        """Which of a line's conditions never held."""
        lines, line = self.prospect.lines, self.prospect.lines[place]
        circle = _circle(place, never, self.prospect)
        if circle:
            names = [f"`{lines[each].id}`" for each in circle]
            return f"they wait for each other: {' for '.join(names)} for {names[0]}"
        for clause in line.when:
            if not isinstance(clause, AnyOf) and (why := self._clause_never(clause)):
                return why
        if line.step is not None:
            return f"its day comes at the deadline or after it: the sale is over after {self._deadline}"
        if line.when:
            return "its conditions all held together in no play"
        return f"a line of kind {line.kind} makes no sense where it is offered"

    @property
    def _deadline(self) -> str:
        return span_text(self.scenario.calendar.deadline)

    def _clause_never(self, clause: Clause) -> str:
        """Why a condition never held, as far as that is known."""
        if clause.what == "channel" and not any(self._times("channel", of) for of in clause.of):
            over = _listed([name for of, name in enumerate(CHANNELS) if self._times("channel", of)], "and")
            return (
                f"no conversation ever took place over {_listed([CHANNELS[of] for of in clause.of])}, only over {over}"
            )
        if clause.what == "decider" and not self._times("known", len(self.prospect.facts) - 1):
            return "`decider`: who decides was told in no play"
        names: dict[str, tuple[str, Sequence[Any], str]] = {
            "knows": ("known", self.prospect.facts, "was told in no play"),
            "met": ("met", self.prospect.facts, "was met in no play"),
            "raised": ("raised", self.prospect.objections, "was raised in no play"),
            "handled": ("raised", self.prospect.objections, "was raised in no play"),
            "said": ("said", self.prospect.lines, "was said in no play"),
        }
        if clause.what not in names:
            return ""
        what, things, told = names[clause.what]
        return next(
            (f"`{clause.what}`: `{things[of].id}` {told}" for of in clause.of if not self._times(what, of)),
            "",
        )

    def _replies(self, place: int, line: Line, where: Place) -> None:
        said = self._times("said", place)
        written = _written(self.draft.lines[line.id].replies or ())
        for nth in range(len(line.replies)):
            if self._times("reply", place, nth):
                continue
            proved = self._proved("reply", place, nth)
            if not line.replies[nth].when and nth and not proved:  # kept in case none of the others fits
                continue
            if self._waits_in_vain(
                (*where, written[nth]), (self.draft.lines[line.id].replies or ())[written[nth]].when
            ):
                continue
            where_it_stands = (*where, written[nth], "says")
            beaten = self._times("held", place, nth)
            times, most = max((self._times("reply", place, each), each) for each in range(len(line.replies)))
            instead = f"`{_short(line.replies[most].says[0])}` was, in {times:,} plays" if 2 * times >= said else ""
            if proved:
                message = f"this reply to `{line.id}` can never be given ({self._surely})"
                help = f"instead, {instead}" if instead else "see what it waits for"
                self.report.warning("FV602", where_it_stands, message, help)
            elif beaten >= BEATEN and times and not any(clause.what == "outcome" for clause in line.replies[nth].when):
                message = (
                    f"this reply to `{line.id}` was never given, though it fitted in {beaten:,} plays: each time "
                    f"another one came before it ({self._plays})"
                )
                help = "the reply with more conditions is chosen, then the one above" + (
                    f": {instead}" if instead else ""
                )
                self.report.warning("FV602", where_it_stands, message, help)
            elif said >= SURE:
                message = f"this reply to `{line.id}` was never given, and the line was said in {said:,} plays"
                help = f"instead, {instead}" if instead else _OTHERWISE
                self.report.warning("FV602", where_it_stands, f"{message} ({self._plays})", help, level="hint")

    def _outcomes(self) -> None:
        for word, of in ((word, place) for place, word in enumerate(OUTCOMES)):
            texts: tuple[Reply, ...] = self.prospect.outcomes[of]
            given = sum(self._times("outcome", of, nth) for nth in range(len(texts)))
            written = _written(self.draft.outcomes.get(word, ()))
            for nth in range(len(texts)):
                if given >= SURE * len(texts) and not self._times("outcome", of, nth):
                    message = (
                        f"this text for `{word}` was never said, and others for it {given:,} times ({self._plays})"
                    )
                    place = (*self.draft.place("outcomes", word), written[nth], "says")
                    help = "see what it waits for, and which come before it"
                    self.report.warning("FV602", place, message, help, level="hint")

    def _untold(self) -> None:
        for place, fact in enumerate(self.prospect.facts):
            if fact.sort not in ("need", "trait") or fact.of is not None or self._times("known", place):
                continue
            asking = [n for n, line in enumerate(self.prospect.lines) if place in line.reveals]
            asked = max((self._times("said", n) for n in asking), default=0)
            if asked * fact.chance < OFTEN * CERTAIN:
                continue
            message = f"`{fact.id}` was never told, and a question for it was said in {asked:,} plays ({self._plays})"
            help = "see which replies come before it"
            if fact.guarded:
                trust = fact.guarded // POINT
                help = f"it takes a trust of {trust}: lower `guarded`, or give lines that win trust before it"
            self.report.warning("FV602", (*self.draft.place(f"{fact.sort}s", fact.id), "says"), message, help)

    def _needs(self) -> None:
        for place, fact in enumerate(self.prospect.facts):
            if fact.sort != "need" or self._times("known", place) < OFTEN or self._times("in-time", place):
                continue
            meets = [line.id for line in self.prospect.lines if place in line.meets]
            if not meets or not any(
                self._times("offered", n) for n, line in enumerate(self.prospect.lines) if place in line.meets
            ):
                continue
            message = (
                f"`{fact.id}` was told in {self._times('known', place):,} plays, and in none was a line that meets it "
                f"still on offer ({self._plays}){self._way('known', place)}"
            )
            help = f"let {_listed(meets)} be offered later, or a question bring it out earlier"
            self._at_key("FV604", self.draft.place("needs", fact.id), message, help)

    def _objections(self) -> None:
        for place, objection in enumerate(self.prospect.objections):
            present = self._times("present", place)
            where = self.draft.place("objections", objection.id)
            if present >= OFTEN and not self._times("raised", place):
                message = f"`{objection.id}` was never raised, and buyers had it in {present:,} plays ({self._plays})"
                help = "it comes up when something is presented, or a decision asked for: see when that is offered"
                self._at_key("FV608", where, message, help)
        for reason, id in enumerate(self.prospect.reasons):
            behind = self._times("behind", reason)
            if id != "nothing" and behind >= OFTEN and not self._times("settled", reason):
                message = (
                    f"`{id}` lies behind an objection of {percent(round(CERTAIN * behind / self.found.plays))} of the "
                    f"buyers, and nothing ever settled it ({self._plays})"
                )
                help = f"give a line of kind handle `handles: {id}`, and offer it where the objection is raised"
                self._at_key("FV609", self._reason_place(id), message, help)

    def _reason_place(self, id: str) -> Place:
        for objection, written in self.draft.objections.items():
            if id in (written.really or {}):
                return (*self.draft.place("objections", objection), "really", id)
        return self.draft.place("objections", id)

    def _interrupts(self) -> None:
        spoken = self._times("spoken-to")
        for place in range(len(self.prospect.interrupts)):
            where = self.draft.place("interrupts", place)
            proved = self._proved("interrupt", place)
            if proved or (spoken >= SURE and not self._times("interrupt", place)):
                message = f"this interrupt never happens ({self._how(proved)})"
                level: Level = "warning" if proved else "hint"
                self.report.warning("FV608", where, message, "see what it waits for", level=level)
            elif spoken >= OFTEN and self._times("at-once", place) == self._times("interrupt", place) >= 0.9 * spoken:
                message = (
                    f"this interrupt happens with the first line of the first conversation, whatever that is: "
                    f"{self._times('at-once', place):,} of {spoken:,} plays"
                )
                help = "give it a condition that does not hold from the start, or say it in the briefing"
                self.report.warning("FV607", where, message, help)


def _circle(place: int, never: set[int], prospect: Prospect) -> tuple[int, ...]:
    """The lines that wait for each other, beginning with this one; none if it does not wait for itself in the end."""
    ways: list[tuple[int, ...]] = [(place,)]
    seen = {place}
    while ways:
        way = ways.pop(0)
        for other in _waits_for(prospect.lines[way[-1]], prospect):
            if other == place and len(way) > 1:
                return way
            if other in never and other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def _waits_for(line: Line, prospect: Prospect) -> Iterator[int]:
    """The lines without which this one is not offered: those it names, and those that alone bring out what it names."""
    for clause in line.when:
        if isinstance(clause, AnyOf):
            continue
        if clause.what == "said":
            yield from clause.of
        elif clause.what == "knows":
            for fact in clause.of:
                asking = [n for n, other in enumerate(prospect.lines) if fact in other.reveals]
                if len(asking) == 1:
                    yield asking[0]


def _written(replies: Sequence[Any]) -> list[int]:
    """For each compiled reply, which stand most specific first, its place in the file."""
    weight = [len(reply.when.conditions()) if reply.when is not None else 0 for reply in replies]
    return sorted(range(len(replies)), key=lambda place: -weight[place])


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _listed(ids: Sequence[str], between: str = "or") -> str:
    return f" {between} ".join(f"`{id}`" for id in ids)


__all__ = ["findings"]
