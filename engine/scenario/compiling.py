"""From a checked file to what the rules read: names to indexes, defaults filled in, everything in whole numbers.

The file must have passed `checks`; a name that is not there would be a KeyError here. Importing this module imports
pydantic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.decay import PRESETS
from engine.scenario import compiled as c
from engine.scenario import format as written
from engine.scenario.conditions import VisibleWhen
from engine.scenario.defaults import (
    PATIENCE,
    TURNS,
    arrival,
    ceiling,
    channel_of,
    deadline,
    kind_of,
    language_of,
    longest_visit,
    opening_hours,
    paid_in,
    ready_span,
    said_when,
    starts_at,
    step_channel,
)
from engine.scenario.drafts import ALONE, DECIDER, Draft, drafts
from engine.scenario.notation import Ends
from engine.scenario.reach import span
from engine.scenario.vocabulary import (
    CHANNELS,
    COUNT_CONDITIONS,
    FLAG_CONDITIONS,
    HIDDEN_CONDITIONS,
    INDECISION,
    LEVEL_CONDITIONS,
    OUTCOMES,
    PRICING,
    PROMISES,
    REPEATABLE,
    STARTS,
    VISIBLE_CONDITIONS,
)
from engine.units import CERTAIN, DAY, LEVEL, POINT

FOREVER = 1_000_000
"""More turns, days or conversations than any run has."""

_FACTS = ("knows", "knows-not", "has", "lacks", "met", "met-not")
_OBJECTIONS = ("raised", "handled")
_LINES = ("said", "said-not")
_NUMBERS = (*COUNT_CONDITIONS, "quiet")
_WORDS = {"outcome": tuple(OUTCOMES), "channel": CHANNELS, "promised": PROMISES, "indecision": INDECISION}
_ORDER = {word: place for place, word in enumerate((*VISIBLE_CONDITIONS, *HIDDEN_CONDITIONS))}


def compiled(file: written.File) -> c.Scenario:
    """The scenario that a checked file describes."""
    sold = drafts(file)
    end = deadline(file, sold)
    prospects = tuple(_Compiler(draft, file, end).prospect() for draft in sold)
    expect = file.expect
    return c.Scenario(
        id=file.id,
        title=file.title,
        situation=file.situation,
        language=language_of(file),
        teaches=file.teaches or (),
        difficulty=file.difficulty or 1,
        briefing=file.briefing or sold[0].briefing or "",
        calendar=_calendar(file, end),
        prospects=prospects,
        tips=tuple(c.Tip(_Compiler(sold[0], file, end).when(tip.when), tip.says) for tip in file.tips or ()),
        expect=c.Expect(
            best_school=expect.best_school if expect else None,
            first_visit_close=tuple(
                (name, _share(share)) for name, share in ((expect.first_visit_close if expect else None) or {}).items()
            ),
            script=_share(expect.script, c.BEYOND) if expect and expect.script is not None else None,
        ),
        translation_of=file.translation_of or "",
    )


def _share(span: Ends, most: int = CERTAIN) -> c.Span:
    return c.Span(span.low or 0, most if span.high is None else span.high)


def _calendar(file: written.File, deadline: int) -> c.Calendar:
    hours = opening_hours(file)
    return c.Calendar(
        start=starts_at(file),
        open=tuple(tuple(c.Span(low, high) for of, low, high in hours if of == day) for day in range(7)),
        visit=longest_visit(file),
        deadline=deadline,
    )


def _span(ends: Ends | None, low: int, high: int, unit: int = 1) -> c.Span:
    """A range with both ends in the unit of the rules, or a default in the author's unit."""
    if ends is None or ends.low is None or ends.high is None:
        return c.Span(low * unit, high * unit)
    return c.Span(ends.low * unit, ends.high * unit)


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


class _Compiler:
    """Compiles one prospect; knows the place of each of its names."""

    def __init__(self, draft: Draft, file: written.File, deadline: int) -> None:
        self._draft = draft
        self._title = file.title
        self._deadline = deadline
        self._facts = _places(draft.facts)
        self._reasons = _places(draft.reasons)
        self._roles = _places(draft.roles)
        self._objections = _places(draft.objections)
        self._lines = _places(draft.lines)
        self._stages = _places(draft.stage_ids)

    def prospect(self) -> c.Prospect:
        draft = self._draft
        offer = self._offer()
        return c.Prospect(
            id=draft.id,
            briefing=draft.briefing or "",
            sale=draft.sale,
            offer=offer,
            buyer=self._buyer(),
            facts=self._all_facts(),
            reasons=draft.reasons,
            roles=draft.roles,
            objections=tuple(self._objection(id, objection) for id, objection in draft.objections.items()),
            stages=self._all_stages(),
            lines=tuple(self._line(id, line, offer.price) for id, line in draft.lines.items()),
            outcomes=tuple(self._texts(draft.outcomes.get(word, ())) for word in OUTCOMES),
            interrupts=tuple(c.Interrupt(self.when(one.when), self._reply(one)) for one in draft.interrupts),
            people=self._people(),
        )

    def _people(self) -> tuple[str, ...]:
        names = self._draft.buyer.people
        return tuple(names.get(role, role.replace("-", " ")) for role in self._roles) if names else ()

    def _offer(self) -> c.Offer:
        offer = self._draft.offer
        price = _or(offer.price, 0)
        floor = _or(offer.floor, price * 80 // 100)
        return c.Offer(
            name=offer.name or self._title,
            price=price,
            size=offer.size or "medium",
            floor=floor,
            hour=_or(offer.hour, (price - floor) * 4 // 100),
            currency=paid_in(self._draft),
            cancels=offer.cancels,
        )

    def _buyer(self) -> c.Buyer:
        draft, buyer = self._draft, self._draft.buyer
        shares = buyer.decides or {ALONE: CERTAIN}
        indecision = buyer.indecision
        fade = buyer.fades
        rival = buyer.rival
        return c.Buyer(
            name=buyer.name or "",
            manner=buyer.manner or "amiable",
            interest=_span(buyer.interest, *STARTS["interest"], POINT),
            trust=_span(buyer.trust, *STARTS["trust"], POINT),
            patience=_span(buyer.patience, *PATIENCE, 60),
            decides=(shares.get(ALONE, 0), *(shares[party] for party in draft.parties)),
            indecision=(indecision.low or 0, indecision.moderate or 0, indecision.high or 0)
            if indecision
            else (130_000, 430_000, 440_000),
            real=_or(buyer.real, 780_000),
            today=ceiling(draft),
            ready=c.Span(*ready_span(draft)),
            returns=_or(buyer.returns, 80_000),
            fades=c.Fade(fade.excitement, fade.conviction) if fade else PRESETS["after-visit"],
            rival=c.Rival(rival.name, rival.wins.per_day(self._deadline), bool(rival.enquired)) if rival else None,
            drifts=10_000 if buyer.drifts is None else buyer.drifts.per_day(self._deadline),
            arrives=arrival(draft),
            reach="telfer" if buyer.reach is None else buyer.reach,
            quiet=buyer.quiet or 0,
            varies=tuple(tuple(sorted(person.items())) for person in buyer.varies or ()),
            together=self._together(),
        )

    def _together(self) -> tuple[int, ...]:
        masks = (0, *(sum(1 << self._roles[role] for role in party) for party in self._draft.parties.values()))
        each = (0, *(1 << role for role in range(len(self._roles))))
        return masks if masks != each else ()

    def _of(self, part: written.Need | written.Trait | written.Objection) -> int | None:
        """Whose something is."""
        return None if part.of is None else self._roles[part.of]

    def _all_facts(self) -> tuple[c.Fact, ...]:
        draft = self._draft
        needs = (self._fact(id, "need", need, CERTAIN, _or(need.weight, 20)) for id, need in draft.needs.items())
        traits = (self._fact(id, "trait", trait, CERTAIN // 2, 0) for id, trait in draft.traits.items())
        reasons = (c.Fact(id, "reason", self._reason_says(id)) for id in draft.reasons)
        return (*needs, *traits, *reasons, c.Fact(DECIDER, DECIDER))

    def _fact(self, id: str, sort: str, fact: written.Need | written.Trait, chance: int, weight: int) -> c.Fact:
        return c.Fact(
            id=id,
            sort=sort,
            says=fact.says,
            chance=_or(fact.chance, chance),
            weight=weight,
            guarded=_or(fact.guarded, 0) * POINT,
            deflects=fact.deflects or (),
            otherwise=fact.otherwise or "",
            of=self._of(fact),
        )

    def _reason_says(self, id: str) -> str:
        for objection in self._draft.objections.values():
            reason = (objection.really or {}).get(id)
            if reason is not None and reason.says:
                return reason.says
        return ""

    def _objection(self, id: str, objection: written.Objection) -> c.Objection:
        really = tuple(
            c.Reason(self._reasons[name], reason.chance, reason.says or "")
            for name, reason in (objection.really or {}).items()
        )
        return c.Objection(
            id=id,
            says=objection.says,
            chance=_or(objection.chance, CERTAIN // 2),
            really=really or (c.Reason(self._reasons[id], CERTAIN),),
            again=objection.again or (),
            of=self._of(objection),
        )

    def _all_stages(self) -> tuple[c.Stage, ...]:
        stages = self._draft.stages
        return tuple(
            c.Stage(
                id=stage.id,
                turns=stage.turns or (FOREVER if stage is stages[-1] else TURNS),
                until=self.when(stage.until) if stage.until is not None else None,
            )
            for stage in stages
        )

    def _line(self, id: str, line: written.Line, price: int) -> c.Line:
        draft = self._draft
        kind = kind_of(line)
        first, last = span(line, draft)
        handles = line.handles or ()
        brought = _all(line.brings, self._roles)
        replies = [self._reply(reply, line) for reply in line.replies or ()]
        # sorting keeps the author's order among equally specific ones
        replies.sort(key=lambda reply: -len(reply.when))
        return c.Line(
            id=id,
            kind=kind,
            say=line.say,
            first=first,
            last=last,
            when=self.when(line.when),
            about=self._facts[line.about] if line.about else None,
            reveals=_all(line.reveals, self._facts),
            meets=_all(line.meets, self._facts),
            handles_objections=tuple(self._objections[name] for name in handles if name in self._objections),
            handles_reasons=tuple(self._reasons[name] for name in handles if name in self._reasons),
            brings=brought[0] if brought else None,
            also=brought[1:],
            minutes=line.takes,
            effects=_effects(line),
            discount=line.discount.money + price * line.discount.share // CERTAIN if line.discount else 0,
            traded=bool(line.traded),
            prices=kind in PRICING if line.prices is None else line.prices,
            opens=self._stages[line.opens] if line.opens else None,
            resume=self._stages[line.resume] if line.resume else None,
            step=_step(line, step_channel(draft, line)) if kind == "propose-dated-step" else None,
            channel=CHANNELS.index(by) if (by := channel_of(line)) is not None else None,
            repeat=kind in REPEATABLE if line.repeat is None else line.repeat,
            principle=line.principle or "",
            replies=tuple(replies),
        )

    def _reply(self, reply: written.Reply | written.Interrupt, line: written.Line | None = None) -> c.Reply:
        return c.Reply(
            says=(reply.says,) if isinstance(reply, written.Interrupt) else reply.says,
            when=self._when_said(reply, line),
            lands=not (isinstance(reply, written.Reply) and reply.lands is False),
            reveals=_all(reply.reveals, self._facts),
            raises=_all(reply.raises, self._objections),
            effects=_effects(reply),
            opens=self._stages[reply.opens] if reply.opens else None,
            ends=reply.ends is not None,
            principle=reply.principle or "",
            of=self._speaker(reply),
        )

    def _speaker(self, part: written.Reply | written.Interrupt | written.Texts) -> int | None:
        of = None if isinstance(part, written.Interrupt) else part.of
        return None if of is None else self._roles[of]

    def _when_said(
        self, part: written.Reply | written.Interrupt | written.Texts, line: written.Line | None = None
    ) -> c.When:
        if isinstance(part, written.Interrupt):
            return self.when(part.when)
        return self._clauses(said_when(part, line))

    def _texts(self, texts: tuple[written.Texts, ...]) -> tuple[c.Reply, ...]:
        replies = [
            c.Reply(
                says=text.says,
                when=self._when_said(text),
                reveals=_all(text.reveals, self._facts),
                of=self._speaker(text),
            )
            for text in texts
        ]
        replies.sort(key=lambda reply: -len(reply.when))
        return tuple(replies)

    def when(self, when: VisibleWhen | None) -> c.When:
        """The conditions, compiled."""
        return self._clauses(when.conditions()) if when is not None else ()

    def _clauses(self, conditions: Mapping[str, Any]) -> c.When:
        """Conditions in the vocabulary's order, so that the order in the file makes no difference."""
        return tuple(self._clause(word, conditions[word]) for word in sorted(conditions, key=_ORDER.__getitem__))

    def _clause(self, word: str, value: Any) -> c.Clause | c.AnyOf:
        if word == "any":
            return c.AnyOf(tuple(self.when(each) for each in value))
        if word in LEVEL_CONDITIONS:
            return c.Clause(word, span=_level_span(value))
        if word in FLAG_CONDITIONS:
            return c.Clause(word, (int(value),))
        if word in _FACTS:
            return c.Clause(word, _all(value, self._facts))
        if word in _OBJECTIONS:
            return c.Clause(word, _all(value, self._objections))
        if word in _LINES:
            return c.Clause(word, _all(value, self._lines))
        if word in _WORDS:
            return c.Clause(word, tuple(_WORDS[word].index(name) for name in value))
        if word in _NUMBERS:
            return c.Clause(word, span=c.Span(value.low or 0, FOREVER if value.high is None else value.high))
        if word == "time":
            return c.Clause(word, span=c.Span(value.low or 0, DAY - 1 if value.high is None else value.high - 1))
        if word == "weekday":
            return c.Clause(word, tuple(sorted(set(value))))
        if word == "stage":
            low, high = value
            last = len(self._stages) - 1
            return c.Clause(word, span=c.Span(self._stages[low] if low else 0, self._stages[high] if high else last))
        if word in ("decides", "decider"):
            return c.Clause(word, tuple(0 if name == ALONE else self._roles[name] + 1 for name in value))
        if word == "really":
            return c.Clause(word, _all(value, self._reasons))
        return c.Clause(word, _all(value, self._roles))


def _level_span(ends: Ends) -> c.Span:
    """Whole points as levels: a level counts as the points it is shown as, so that 24 and 25 leave no gap."""
    low = 0 if ends.low is None else max(ends.low * POINT - POINT // 2, 0)
    high = LEVEL if ends.high is None else min(ends.high * POINT + POINT // 2 - 1, LEVEL)
    return c.Span(low, high)


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _all(names: tuple[str, ...] | None, places: dict[str, int]) -> tuple[int, ...]:
    return tuple(places[name] for name in dict.fromkeys(names or ()))


def _effects(part: written.Line | written.Consequences) -> c.Effects:
    return c.Effects(part.excitement, part.conviction, part.trust, part.pressure)


def _step(line: written.Line, by: str) -> c.Step:
    channel = CHANNELS.index(by)
    if line.in_ is not None:
        return c.Step(after=line.in_, channel=channel)
    if line.at is not None:
        return c.Step(weekday=line.at.weekday, minute=line.at.minute, channel=channel, days=line.at.days)
    assert line.on is not None
    return c.Step(weekday=line.on.weekday, channel=channel, timed=False, days=line.on.days)
