"""Scenarios that nobody would write: the compiled form filled in at random, so that every rule meets every other."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from engine.calendar import Calendar, Step
from engine.decay import PRESETS
from engine.scenario import vocabulary
from engine.scenario.compiled import (
    AnyOf,
    Buyer,
    Clause,
    Effects,
    Fact,
    Interrupt,
    Line,
    Objection,
    Offer,
    Prospect,
    Reason,
    Reply,
    Rival,
    Scenario,
    Span,
    Stage,
    When,
)
from engine.units import CERTAIN, DAY, HOUR, LEVEL, POINT

CONDITIONS = (*vocabulary.VISIBLE_CONDITIONS, *vocabulary.HIDDEN_CONDITIONS)


def scenario(seed: int) -> Scenario:
    """A scenario with one to three prospects. In every other one of those with people who decide beside the buyer,
    these have needs and objections of their own."""
    found = _Imagination(Random(seed)).scenario()
    luck = Random(f"{seed}/whose")
    prospects = (_theirs(one, luck) if luck.random() < 0.5 else one for one in found.prospects)
    return replace(found, prospects=tuple(prospects))


def _theirs(prospect: Prospect, luck: Random) -> Prospect:
    """The prospect with facts and objections given to those who decide, and with several who decide together."""
    roles = len(prospect.roles)
    if not roles:
        return prospect

    def whose() -> int | None:
        return luck.randrange(roles) if luck.random() < 0.6 else None

    return replace(
        prospect,
        buyer=replace(prospect.buyer, together=(0, *(luck.randrange(1, 1 << roles) for _ in range(roles)))),
        facts=tuple(replace(fact, of=whose()) if fact.sort in ("need", "trait") else fact for fact in prospect.facts),
        objections=tuple(replace(objection, of=whose()) for objection in prospect.objections),
        lines=tuple(
            replace(line, also=(luck.randrange(roles),)) if line.step is not None and line.brings is not None else line
            for line in prospect.lines
        ),
    )


class _Imagination:
    def __init__(self, luck: Random) -> None:
        self._luck = luck
        self._needs = luck.randint(0, 3)
        self._reasons = luck.randint(1, 3)
        self._facts = self._needs + luck.randint(0, 2) + self._reasons + 1
        self._objections = luck.randint(0, 3)
        self._roles = luck.randint(0, 2)
        self._stages = luck.randint(1, 4)
        self._lines = 0

    def scenario(self) -> Scenario:
        start = DAY * self._luck.randint(0, 5) + 9 * HOUR
        hours = (Span(9 * HOUR, 12 * HOUR), Span(13 * HOUR, 18 * HOUR))
        week = tuple(hours if self._often(4) else hours[: self._luck.randint(0, 1)] for _ in range(5))
        return Scenario(
            id="imagined",
            title="",
            situation="",
            language="en",
            teaches=(),
            difficulty=1,
            briefing="",
            calendar=Calendar(start, (*week, hours, ()), self._luck.randint(5, 60), DAY * self._luck.randint(2, 40)),
            prospects=tuple(self._prospect(f"p{number}") for number in range(self._luck.choice((1, 1, 2, 3)))),
        )

    def _often(self, times: int) -> bool:
        """True `times` out of `times` + 1."""
        return self._luck.randrange(times + 1) > 0

    def _some(self, of: int, least: int = 0) -> tuple[int, ...]:
        return tuple(sorted(self._luck.sample(range(of), min(of, self._luck.randint(least, 2)))))

    def _one(self, of: int) -> int | None:
        return self._luck.randrange(of) if of and self._often(1) else None

    def _span(self, high: int) -> Span:
        low, high = sorted((self._luck.randint(0, high), self._luck.randint(0, high)))
        return Span(low, high)

    def _prospect(self, name: str) -> Prospect:
        luck = self._luck
        self._lines = luck.choice((12, 30, 60))
        sorts = ["need"] * self._needs + ["trait"] * (self._facts - self._needs - self._reasons - 1)
        sorts += ["reason"] * self._reasons + ["decider"]
        facts = tuple(
            Fact(
                id=f"fact-{number}",
                sort=sort,
                chance=luck.choice((CERTAIN, 700_000, 300_000)),
                weight=luck.randint(5, 60) if sort == "need" else 0,
                guarded=luck.choice((0, 0, 20 * POINT, 60 * POINT)),
            )
            for number, sort in enumerate(sorts)
        )
        reasons = tuple(f"reason-{number}" for number in range(self._reasons))
        return Prospect(
            id=name,
            briefing="",
            sale=luck.choice(vocabulary.SALES),
            offer=Offer("it", *luck.choice(((1_000, "small"), (5_000, "medium"), (900_000, "large"))), 800, 30, "EUR"),
            buyer=self._buyer(),
            facts=facts,
            reasons=(*reasons[:-1], "nothing") if self._often(1) else reasons,
            roles=tuple(f"role-{number}" for number in range(self._roles)),
            objections=tuple(self._objection(number) for number in range(self._objections)),
            stages=tuple(
                Stage(f"stage-{number}", luck.randint(1, 20), self._when(1) if not self._often(2) else None)
                for number in range(self._stages)
            ),
            lines=tuple(self._line(number) for number in range(self._lines)),
            outcomes=tuple(self._replies(1) if not self._often(2) else () for _ in vocabulary.OUTCOMES),
            interrupts=tuple(Interrupt(self._when(2), self._reply(())) for _ in range(luck.randint(0, 3))),
        )

    def _buyer(self) -> Buyer:
        luck = self._luck
        arrives = luck.choice(("visit", "visit", "visit", "lead", "known"))
        return Buyer(
            name="Somebody",
            manner=luck.choice(vocabulary.MANNERS),
            interest=Span(luck.randint(0, 2000), luck.randint(2000, 9000)),
            trust=Span(luck.randint(0, 3000), luck.randint(3000, 8000)),
            patience=Span(luck.choice((0, 600, 1800)), 3600),
            decides=tuple(luck.randint(0, 500_000) for _ in range(self._roles + 1)),
            indecision=(200_000, 500_000, 300_000),
            real=luck.choice((CERTAIN, 800_000, 200_000)),
            today=luck.choice((0, 150_000)),
            ready=Span(0, luck.randint(0, 5 * DAY)),
            returns=luck.choice((0, 300_000)),
            fades=luck.choice(list(PRESETS.values())),
            rival=Rival("Other", luck.choice((0, 20_000, 200_000)), self._often(1)) if self._often(1) else None,
            drifts=luck.choice((0, 5_000, 100_000)),
            arrives=arrives,
            reach=luck.choice(vocabulary.REACH_PRESETS) if arrives == "lead" else luck.choice((400_000, "hbr")),
            quiet=luck.randint(0, 10 * DAY),
        )

    def _objection(self, number: int) -> Objection:
        count = self._luck.randint(1, self._reasons)
        reasons = self._luck.sample(range(self._reasons), count)
        really = tuple(Reason(reason, self._luck.randint(1, 500_000)) for reason in reasons)
        return Objection(f"objection-{number}", "", self._luck.choice((CERTAIN, 600_000)), really)

    def _line(self, number: int) -> Line:
        luck, kinds = self._luck, list(vocabulary.KINDS)
        kind = kinds[number] if number < len(kinds) and self._often(3) else luck.choice(kinds)
        between = kind in vocabulary.BETWEEN
        first = -1 if between else luck.randrange(self._stages)
        return Line(
            id=f"line-{number}",
            kind=kind,
            say=("",),
            first=first,
            last=-1 if between else luck.randint(first, self._stages - 1),
            when=self._when(2) if not self._often(3) else (),
            about=self._one(self._needs) if kind == "implication" else None,
            reveals=self._some(self._facts) if not between and self._often(1) else (),
            meets=self._some(self._needs),
            handles_objections=self._some(self._objections),
            handles_reasons=self._some(self._reasons),
            brings=self._one(self._roles) if not between else None,
            minutes=luck.choice((None, None, 1, 7, 90)),
            effects=self._effects(),
            discount=luck.randint(1, 400) if kind == "discount" else 0,
            traded=kind == "discount" and luck.random() < 0.5,
            prices=kind in vocabulary.PRICING,
            opens=self._one(self._stages) if not self._often(4) else None,
            resume=self._one(self._stages) if kind in ("vague-follow-up", "leave") else None,
            step=self._step() if kind == "propose-dated-step" else None,
            channel=luck.choice((None, 0, 1, 2, 3)) if between else None,
            repeat=kind in vocabulary.REPEATABLE or not self._often(3),
            replies=self._replies(3),
        )

    def _step(self) -> Step:
        luck, channel = self._luck, self._luck.randrange(4)
        if self._often(1):
            return Step(after=luck.randint(HOUR, 2 * DAY), channel=channel)
        timed = self._often(1)
        weekday = luck.choice((None, 0, 3, 5)) if timed else luck.randrange(6)
        return Step(
            weekday=weekday, minute=luck.randrange(9, 18) * HOUR if timed else None, channel=channel, timed=timed
        )

    def _effects(self) -> Effects:
        levels = (None, None, None, 0, -8 * POINT, 5 * POINT, 30 * POINT)
        return Effects(*(self._luck.choice(levels) for _ in range(4)))

    def _replies(self, most: int) -> tuple[Reply, ...]:
        return tuple(self._reply(self._when(1)) for _ in range(self._luck.randint(0, most)))

    def _reply(self, when: When) -> Reply:
        return Reply(
            says=("",),
            when=when,
            lands=self._often(2),
            reveals=self._some(self._facts) if not self._often(2) else (),
            raises=self._some(self._objections) if self._often(1) else (),
            effects=self._effects() if not self._often(1) else Effects(),
            opens=self._one(self._stages) if not self._often(4) else None,
            ends=not self._often(19),
        )

    def _when(self, most: int) -> When:
        return tuple(self._condition(self._luck.choice(CONDITIONS)) for _ in range(self._luck.randint(0, most)))

    def _condition(self, what: str) -> Clause | AnyOf:
        if what == "any":
            return AnyOf(tuple(self._when(2) for _ in range(self._luck.randint(1, 3))))
        return self._clause(what)

    def _clause(self, what: str) -> Clause:
        """A condition of a kind, about anything it can be about."""
        indexes = {
            **dict.fromkeys(("knows", "knows-not", "has", "lacks"), self._facts),
            **dict.fromkeys(("met", "met-not"), self._needs),
            **dict.fromkeys(("raised", "handled"), self._objections),
            **dict.fromkeys(("said", "said-not"), self._lines),
            **dict.fromkeys(("with", "without"), self._roles),
            **dict.fromkeys(("decides", "decider"), self._roles + 1),
            **dict.fromkeys(("discounted", "ready", "real"), 2),
            "outcome": len(vocabulary.OUTCOMES),
            "channel": len(vocabulary.CHANNELS),
            "promised": len(vocabulary.PROMISES),
            "indecision": len(vocabulary.INDECISION),
            "really": self._reasons,
            "weekday": 7,
        }
        if what in indexes:
            one = what in ("discounted", "ready", "real")
            return Clause(what, (self._luck.randrange(2),) if one else self._some(indexes[what], 1))
        counts = {"conversation": 3, "day": 9, "asked": 3, "unanswered": 5, "broken": 2, "absent": 2}
        few = {"stage": self._stages - 1, "time": DAY - 1, **counts}
        most = few.get(what, LEVEL)
        return Clause(what, span=self._span(most))


def reworded(scenario: Scenario, word: str) -> Scenario:
    """The same scenario with every text and name an author chooses replaced by `word` and a number."""
    return replace(
        scenario,
        id=word,
        title=word,
        briefing=word,
        prospects=tuple(_reworded(prospect, f"{word}{number}") for number, prospect in enumerate(scenario.prospects)),
    )


def _reworded(prospect: Prospect, word: str) -> Prospect:
    def reply(old: Reply) -> Reply:
        return replace(old, says=(word,), principle=word)

    return replace(
        prospect,
        id=word,
        briefing=word,
        offer=replace(prospect.offer, name=word, currency=word),
        buyer=replace(prospect.buyer, name=word),
        facts=tuple(replace(fact, id=f"{word}{n}", says=word, otherwise=word) for n, fact in enumerate(prospect.facts)),
        reasons=tuple(reason if reason == "nothing" else f"{word}{n}" for n, reason in enumerate(prospect.reasons)),
        roles=tuple(f"{word}{n}" for n, _ in enumerate(prospect.roles)),
        objections=tuple(replace(old, id=f"{word}{n}", says=word) for n, old in enumerate(prospect.objections)),
        stages=tuple(replace(stage, id=f"{word}{n}") for n, stage in enumerate(prospect.stages)),
        lines=tuple(
            replace(line, id=f"{word}{n}", say=(word,), principle=word, replies=tuple(map(reply, line.replies)))
            for n, line in enumerate(prospect.lines)
        ),
        outcomes=tuple(tuple(map(reply, replies)) for replies in prospect.outcomes),
        interrupts=tuple(replace(old, reply=reply(old.reply)) for old in prospect.interrupts),
    )
