"""What pydantic cannot see: names that must exist, shares that must add up, fields that belong together.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

from engine.money import DECIMALS
from engine.scenario.conditions import VisibleWhen
from engine.scenario.defaults import paid_in
from engine.scenario.doubts import doubts
from engine.scenario.drafts import ALONE, DECIDER, NOTHING, Draft, Place, drafts
from engine.scenario.format import Consequences, File, Line
from engine.scenario.line_checks import line_problems
from engine.scenario.mending import PLACEHOLDERS
from engine.scenario.naming import MAY_BE, OF_CONDITIONS, OF_CONSEQUENCES, OF_LINES, PERSON, WORDS, Name, names
from engine.scenario.nearest import did_you_mean, listed, nearest
from engine.scenario.people_checks import people_problems
from engine.scenario.problems import Problem
from engine.scenario.reading import Tree
from engine.scenario.report import Report

MOST_LINES_IN_ALL: Final = 4_000

MOST_REASONS: Final = 200
"""Behind all objections of a prospect together."""


def checked(file: File, tree: Tree, broken: frozenset[Place], *, faulty: bool = False) -> list[Problem]:
    """All problems of a file whose fields are valid, or have been mended at the broken places.

    In a file that is `faulty` already, nothing is doubted that may only follow from its faults.
    """
    report = Report(tree, broken)
    sold = drafts(file)
    number = sum(len(draft.lines) for draft in sold)
    if number > MOST_LINES_IN_ALL:
        message = f"all prospects together have {number} lines; at most {MOST_LINES_IN_ALL} are allowed"
        report.at_key("FV106", "error", ("prospects",), message, "share fewer lines, or write several scenarios")
        return report.problems
    given = cache(lambda: names(tree) if broken else ())
    for draft in sold:
        if len(draft.reasons) > MOST_REASONS:
            message = f"all objections together have {len(draft.reasons)} reasons; at most {MOST_REASONS} are allowed"
            report.at_key("FV106", "error", draft.place("objections"), message, "let objections share reasons")
            return report.problems
        _required(draft, report)
        _shares(draft, report)
        _collisions(draft, report)
        Names(draft, report, given, several=len(sold) > 1).check()
        for id, line in draft.lines.items():
            line_problems(draft, id, line, report)
        _money(draft, report)
    _currencies(sold, report)
    _tips(file, sold, report, given)
    people_problems(file, sold, report)
    if not (faulty or broken or any(problem.level == "error" for problem in report.problems)):
        doubts(file, sold, report)
    return report.problems


def _required(draft: Draft, report: Report) -> None:
    if draft.briefing is None:
        report.missing(draft.prefix, "briefing", "tell the player what can be known before the first word")
    if not draft.lines:
        report.missing((*draft.prefix, "lines") if draft.own.lines is not None else draft.prefix, "lines", "")
    for section, field, why in (("offer", "price", "write the price as a number"), ("buyer", "name", "")):
        if getattr(getattr(draft, section), field) is None:
            place = draft.place(section)
            if report.sound((*place, field)):
                report.missing(place if report.exists(place) else draft.prefix, f"{section}.{field}", why)


def _shares(draft: Draft, report: Report) -> None:
    if draft.buyer.decides:
        report.shares(draft.place("buyer", "decides"), draft.buyer.decides)
    indecision = draft.buyer.indecision
    if indecision is not None:
        given = {name: getattr(indecision, name) or 0 for name in ("low", "moderate", "high")}
        report.shares(draft.place("buyer", "indecision"), given)
    for id, objection in draft.objections.items():
        if objection.really:
            given = {name: reason.chance for name, reason in objection.really.items()}
            report.shares(draft.place("objections", id, "really"), given)


def _collisions(draft: Draft, report: Report) -> None:
    taken = {DECIDER: "a word of the format: who decides", NOTHING: "a word of the format: nothing behind an objection"}
    for section, sort in (("needs", "a need"), ("traits", "a trait")):
        for id in getattr(draft, section):
            if id in taken:
                report.collision(draft.place(section, id), id, taken[id])
            taken.setdefault(id, sort)
    for id, objection in draft.objections.items():
        if id == NOTHING:
            report.collision(draft.place("objections", id), id, taken[id])
        for reason in objection.really or (id,):
            if reason in taken and reason != NOTHING:
                place = draft.place("objections", id, *(("really", reason) if objection.really else ()))
                report.collision(place, reason, taken[reason], as_="a reason behind an objection")
    seen: set[str] = set()
    for place_, stage in enumerate(draft.stages):
        if stage.id in seen:
            report.collision(draft.place("stages", place_), stage.id, "another stage")
        elif stage.id in WORDS["stage"]:
            report.collision(draft.place("stages", place_), stage.id, "a word of the format")
        seen.add(stage.id)
    calls = any(line.kind == "call" for line in draft.lines.values())
    for id in draft.lines:
        # the game adds moves of its own under these names, each with a second name for when the first is taken
        if (
            id == "finish"
            or (id == "walk-away" and "leave" in draft.lines)
            or (id == "ring" and "call" in draft.lines and not calls)
        ):
            report.collision(draft.place("lines", id), id, "a move of the game itself", as_="a line")
    for role in draft.roles:
        if role in (DECIDER, NOTHING):
            report.collision(draft.place_of(role), role, "a word of the format")
    parties: dict[frozenset[str], str] = {}
    for party, roles in draft.parties.items():
        other = parties.setdefault(frozenset(roles), party)
        if other != party:
            report.collision(draft.place("buyer", "decides", party), party, f"the same people as `{other}`")


def _currencies(sold: tuple[Draft, ...], report: Report) -> None:
    """One run has one result, so its prospects are paid for in one currency."""
    first = paid_in(sold[0])
    for draft in sold[1:]:
        other = paid_in(draft)
        if other != first:
            message = f"this prospect pays in {other}, and the first one in {first}"
            meant = (first, "write `{}`: a run has one result")
            report.error("FV307", draft.place("offer", "currency"), message, "a run has one result", meant=meant)
            return


def _money(draft: Draft, report: Report) -> None:
    price, floor = draft.offer.price, draft.offer.floor
    if price is None:
        return
    if price == 0:
        report.error("FV307", draft.place("offer", "price"), "the price is 0", "write the price that is asked")
    _decimals(draft, report)
    if floor is not None and floor > price:
        message = "the floor is above the price, so every order would lose money"
        report.error("FV307", draft.place("offer", "floor"), message, "the floor is what the offer costs you")
    for id, line in draft.lines.items():
        off = line.discount
        if off is not None and (off.money > price or (off.money == 0 and off.share == 0)):
            message = "this takes more off than the price" if off.money > price else "this takes nothing off the price"
            report.error("FV307", draft.place("lines", id, "discount"), message, "write an amount below the price")


def _decimals(draft: Draft, report: Report) -> None:
    """Doubts amounts with decimals in a currency that has none: nobody would see them."""
    currency = paid_in(draft)
    if DECIMALS.get(currency, 2):
        return
    for field in ("price", "floor", "hour"):
        amount = getattr(draft.offer, field)
        if amount is not None and amount % 100 and not report.full("warning"):
            message = f"{currency} has no decimals, so what is shown is not what is counted"
            place, whole = draft.place("offer", field), str(amount // 100)
            report.warning("FV307", place, message, "write a whole amount", meant=whole)


def _tips(file: File, sold: tuple[Draft, ...], report: Report, given: Callable[[], tuple[Name, ...]]) -> None:
    for place, tip in enumerate(file.tips or ()):
        for draft in sold:
            Names(draft, report, given, several=len(sold) > 1).when(tip.when, ("tips", place, "when"))


class Names:
    """Looks up every name that one prospect uses among the names that it defines.

    `given` finds the ids that the file gives, those among them of which the rest could not be read.
    """

    def __init__(self, draft: Draft, report: Report, given: Callable[[], tuple[Name, ...]], *, several: bool) -> None:
        self._draft = draft
        self._report = report
        self._given = given
        self._whose = f" of prospect `{draft.id}`" if several else ""
        needs, traits, reasons = set(draft.needs), set(draft.traits), set(draft.reasons)
        self._known: dict[str, Mapping[str, str] | tuple[str, ...]] = {
            "fact": draft.facts,
            "need": tuple(draft.needs),
            "need or trait": (*draft.needs, *draft.traits),
            "objection": tuple(draft.objections),
            "objection or reason": (*draft.objections, *draft.reasons),
            "reason": draft.reasons,
            "line": tuple(draft.lines),
            "stage": draft.stage_ids,
            "person who decides": draft.roles,
            "person who decides, or `alone`": (ALONE, *draft.roles),
        }
        self._sorts = (
            (needs, "a need"),
            (traits, "a trait"),
            (set(draft.objections), "an objection"),
            (reasons, "a reason behind an objection"),
            (set(draft.roles), "somebody who decides"),
            (set(draft.stage_ids), "a stage"),
            (set(draft.lines), "a line"),
        )

    def check(self) -> None:
        draft = self._draft
        for section in ("needs", "traits", "objections"):
            for id, own in getattr(draft, section).items():
                self._one(own.of, PERSON, (*draft.place(section, id), "of"))
        for role in draft.buyer.people or ():
            self._one(role, PERSON, (*draft.place("buyer", "people"), role), at_key=True)
        for id, line in draft.lines.items():
            self._line(line, draft.place("lines", id))
        for word, texts in draft.outcomes.items():
            for index, text in enumerate(texts):
                here = (*draft.place("outcomes", word), index)
                self.when(text.when, (*here, "when"))
                self._all(text.reveals, "fact", (*here, "reveals"))
                self._one(text.of, PERSON, (*here, "of"))
        for index, interrupt in enumerate(draft.interrupts):
            place = draft.place("interrupts", index)
            self.when(interrupt.when, (*place, "when"))
            self._named(interrupt, OF_CONSEQUENCES, place)
        for index, stage in enumerate(draft.stages):
            self.when(stage.until, (*draft.place("stages", index), "until"))

    def _line(self, line: Line, place: Place) -> None:
        self.when(line.when, (*place, "when"))
        self._named(line, OF_LINES, place)
        if line.stage is not None and line.stage[0] not in WORDS["stage"]:
            self._stages(line.stage, (*place, "stage"))
        for index, reply in enumerate(line.replies or ()):
            here = (*place, "replies", index)
            self.when(reply.when, (*here, "when"))
            self._named(reply, OF_CONSEQUENCES, here)
            self._one(reply.of, PERSON, (*here, "of"))

    def _named(self, part: Line | Consequences, of: Mapping[str, str], place: Place) -> None:
        """Looks up the names under the fields of a line, a reply or an interrupt, but for the stages of a line."""
        for field, what in of.items():
            value = getattr(part, field)
            if isinstance(value, str):
                self._one(value, what, (*place, field))
            elif field != "stage":
                self._all(value, what, (*place, field))

    def _stages(self, span: tuple[str | None, str | None], place: Place) -> None:
        for name in dict.fromkeys(span):
            self._one(name, "stage", place)
        ids = self._draft.stage_ids
        low, high = span
        if low in ids and high in ids and ids.index(low) > ids.index(high):
            message, meant = f"stage `{low}` comes after `{high}`", (f"{high}..{low}", "write `{}`")
            self._report.error("FV308", place, message, "name the earlier stage first", meant=meant)

    def when(self, when: VisibleWhen | None, place: Place) -> None:
        """Looks up the names of one map of conditions."""
        if when is None:
            return
        for word, value in when.conditions().items():
            here = (*place, word)
            if word == "any":
                assert isinstance(value, tuple)
                for index, each in enumerate(value):
                    self.when(each, (*here, index))
            elif word == "stage":
                assert isinstance(value, tuple)
                self._stages(value, here)
            elif word in OF_CONDITIONS:
                assert isinstance(value, tuple)
                self._all(value, OF_CONDITIONS[word], here)

    def _all(self, names: Iterable[str] | None, what: str, place: Place) -> None:
        for index, name in enumerate(names or ()):
            self._one(name, what, (*place, index))

    def _one(self, name: str | None, what: str, place: Place, *, at_key: bool = False) -> None:
        known = self._known[what]
        if name is None or name in known or self._report.full("error") or self._half_read(name, what):
            return
        other = next((sort for ids, sort in self._sorts if name in ids), None)
        sort = what.partition(",")[0]
        if other is not None:
            message = f"`{name}` is {other}; a {sort} is needed here"
        else:
            message = f"there is no {sort} `{name}`{self._whose}"
        help, close = "" if known else f"this file has none; {WHERE[what]}", None
        if known and self._report.patient:
            help, close = self._meant(name, known, what)
        message = message.replace("a objection", "an objection")
        if at_key:
            self._report.at_key("FV301", "error", place, message, help)
        else:
            self._report.error("FV301", place, message, help, part=name, meant=close)

    def _half_read(self, name: str, what: str) -> bool:
        """Whether something has this id of which no more could be read; or may have it, as its id could not be."""
        draft = self._draft
        if what == "stage" and PLACEHOLDERS["id"] in draft.stage_ids:
            return True
        whose = (None, draft.id) if draft.prefix else (None,)
        return any(
            each.id == name and each.given and each.sorts & MAY_BE[what] and each.prospect in whose
            for each in self._given()
        )

    def _meant(self, name: str, known: Iterable[str], what: str) -> tuple[str, tuple[str, str] | None]:
        """What there is, and what a name may have been meant for. Nobody means to ask for `nothing`, or for an
        objection by its own id."""
        unlikely = (
            {NOTHING, *(self._draft.objections if what == "fact" else ())} if "fact" in what or "or" in what else ()
        )
        likely = [id for id in known if id not in unlikely]
        close = nearest(name, known)
        if close is None or close == NOTHING:
            close = nearest(name, likely)
        if close is None:
            return listed(likely), None
        return listed(likely), (close, did_you_mean(likely if close in likely else [close]))


WHERE: Final[Mapping[str, str]] = {
    "fact": "write it under `needs:` or `traits:`",
    "need": "write it under `needs:`",
    "need or trait": "write it under `needs:` or `traits:`",
    "objection": "write it under `objections:`",
    "objection or reason": "write it under `objections:`",
    "reason": "write it under `really:` of an objection",
    "line": "write it under `lines:`",
    "stage": "write it under `stages:`",
    "person who decides": "write it under `decides:` of the buyer, with a share",
    "person who decides, or `alone`": "write it under `decides:` of the buyer, with a share",
}
