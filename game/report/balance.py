"""How a scenario plays, and what one change would do, as advice: in words and figures, as text, JSON or a page.

JSON, the layout of `as_data`:

```text
id, title, digest, currency, seed, runs, stopped
players           one for each player, who earns the most first
  player, runs, income (mean, low, high; hundredths), orders (first, later; shares of all prospects), ends (a share for
  each outcome), first (could_ask: the share of first conversations in which the decision could be asked for with the
  price known, minutes until then, walked_out), moves, minutes, why (a share of the buyers without an order for each
  reason)
lead              schools: first, second, gap (mean, low, high), standard_errors, needed: runs that would decide it
habit             the same of the best bad habit and the best school
listening         share of what the expert earns that a script cannot, or null
unsaid            lines that no player with a plan ever said
needs             of each: id, told, met, as shares of the buyers who have it
changes           what, was, field, could_ask, first, orders (each before and after), leader, standard_errors
expectations      expected, found, verdict, needed
problems          what `check` says of the file, without hints
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from engine.authoring.balancing import (
    WHYS,
    Course,
    Lead,
    best_of,
    changed_orders,
    lead,
    school_lead,
    sigmas,
    together,
)
from engine.authoring.changes import Change
from engine.doctrines import BY_SCHOOL, FOILS, SCHOOLS
from engine.expectations import Finding
from engine.intervals import Mean
from engine.listening import LISTENER, READER, Listening, listening
from engine.rules import Rules
from engine.scenario.compiled import Scenario
from engine.scenario.problems import Problem
from engine.simulate import OUTCOMES
from engine.units import CERTAIN
from game.report.document import Bars, Heading, Paragraph, Part, Table
from game.wording import count, money, school_name, signed

SURELY: Final = 2.0
"""Standard errors from which on something is so."""
FEW: Final = 0.03
NEARLY_ALL: Final = 0.85
"""Orders as a share of the buyers, below and above which a scenario teaches little."""
SELDOM: Final = 0.1
ENOUGH: Final = 10
"""Buyers that script and expert must both have met before they are compared."""
LONG: Final = 45
"""Moves from which on a run is long."""
MOST_NAMED: Final = 12
_NONE: Final = "-"

_TERMS: Final = {
    "signal": "no sign that they were ready",
    "indecision": "how undecided they are",
    "needs": "needs met",
    "objections": "objections not settled",
    "asked-again": "asked again",
    "nothing-new": "asked again with nothing new",
    "discount": "a discount",
    "waits": "a price that had come down for nothing",
}
"""Terms of a chance, where their own names do not say it."""

_ENDS: Final = (
    ("1st visit", ("order-first-visit",)),
    ("later", ("order-later",)),
    ("a clear no", ("no-sale",)),
    ("lost", ("lost-to-rival", "lost-to-no-decision")),
    ("undecided", ("advance", "expired", "never-contacted")),
)
"""How prospects end, as the bars show it."""


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
    expectations: Sequence[Finding]
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


def parts(balance: Balance) -> Iterator[Part]:
    """The report, from what matters most."""
    scenario = balance.scenario
    yield Heading(f"{scenario.title} ({scenario.id})")
    each = ", ".join(f"{name} {course.runs:,}" for name, course in balance.courses.items() if name not in SCHOOLS)
    yield Paragraph(
        f"Played {balance.runs:,} times by each of the five schools, and by others ({each}), with seeds from "
        f"{balance.seed}. {'Stopped early: this is what was played until then.' if balance.stopped else ''}".strip()
    )
    yield Heading("What to know", 2)
    for sentence in advice(balance):
        yield Paragraph(sentence)
    if balance.changed:
        yield Heading("What one change would do", 2)
        yield Paragraph(
            "Each was tried: the five schools met the same buyers with the same luck once more. ask: first "
            "conversations in which the decision could be asked for with the price known; 1st, orders: prospects who "
            "ordered at the first visit, and in all; ahead: of the next best school, in standard errors."
        )
        yield _changes(balance)
    yield Heading("How it ends", 2)
    yield Paragraph("Orders at the first visit and later, clear noes, buyers lost to others or to nothing, the rest.")
    yield Bars(
        tuple(
            (name, tuple(sum(course.share(f"end {end}") for end in ends) for _, ends in _ENDS))
            for name, course in balance.best_first()
        ),
        tuple(name for name, _ in _ENDS),
    )
    yield Heading("Who earns what", 2)
    yield _players(balance)
    yield Heading("Why buyers did not order", 2)
    yield Paragraph("Of the buyers who would buy from somebody and did not order, by what kept them from it.")
    yield _whys(balance)
    yield Heading("Needs", 2)
    yield _needs(balance)
    if balance.expectations:
        yield Heading("What its author expects", 2)
        yield Table(
            ("verdict", "expected", "found"),
            tuple((each.verdict, each.expected, _found(each)) for each in balance.expectations),
            listed=True,
        )
    if balance.problems:
        yield Heading("What is wrong with the file", 2)
        yield Table(
            ("line", "problem", "help"),
            tuple((f"{each.code}, line {each.line}", each.message, each.help) for each in balance.problems),
            listed=True,
        )


# --- advice ----------------------------------------------------------------------------------------------------------


def advice(balance: Balance) -> list[str]:
    """What the figures say, in sentences, the most urgent first."""
    found = [*_ordering(balance), *_best_changes(balance), *_leading(balance), *_habits(balance)]
    return [*found, *_listening(balance), *_lengths(balance), *_idle(balance)]


def _ordering(balance: Balance) -> Iterator[str]:
    course = balance.all_schools
    buyers = course.count("buyers")
    ordered = sum(course.count(f"end {name}") for name in ("order-first-visit", "order-later"))
    share = ordered / buyers if buyers else 0.0
    split = f"{_share(course.first_orders)} of all prospects at the first visit, {_share(course.orders)} in all"
    if not ordered:
        yield f"Nobody orders: no school got an order from any of {buyers:,} buyers. {_mostly(course)}"
    elif share < FEW:
        yield f"Hardly anybody orders, whatever the school: {split}. {_mostly(course)}"
    elif share > NEARLY_ALL:
        yield f"Nearly everybody orders, whatever the school: {split}. There is little to do wrong here."
    else:
        yield f"With the schools, {split} order. {_mostly(course)}"
    first, could = course.count("first"), course.count("first could-ask")
    today = max(prospect.buyer.today for prospect in balance.scenario.prospects)
    if first and today:
        none = "" if course.first_orders else "Nobody orders at the first visit. "
        after = round(course.count("first minutes") / could) if could else 0
        minutes = f", after {count(after, 'minute')}" if after else ""
        out = _share(course.share("first walked-out", "first"))
        yield (
            f"{none}The ceiling says that {_share(today / CERTAIN)} could. In {_share(could / first)} of first "
            f"conversations the decision could be asked for with the price known{minutes}; in {out} the buyer's "
            f"patience was used up."
        )
    yield from _weighing(course)


def _weighing(course: Course) -> Iterator[str]:
    """What weighed most in questions that could be answered with yes."""
    asked = course.count("asked")
    weights = sorted(
        (course.count(name) / asked, name.removeprefix("term "))
        for name in course.counts
        if asked and name.startswith("term ")
    )
    told = [
        f"{_TERMS.get(term, term)} {_signed(points)}" for points, term in [*weights[:2], *weights[-1:]] if round(points)
    ]
    if told:
        yield f"What weighed most when a yes was possible, in points of chance a question: {', '.join(told)}."


def _mostly(course: Course) -> str:
    """What most often kept buyers from ordering, in a sentence."""
    whys = sorted(((course.count(f"why {name}"), name) for name in WHYS), reverse=True)
    lost = sum(times for times, _ in whys)
    if not lost:
        return ""
    said = [f"{WHYS[name]} ({_share(times / lost)})" for times, name in whys[:3] if times >= SELDOM * lost]
    return f"Most of those who did not: {'; '.join(said)}." if said else ""


def _best_changes(balance: Balance) -> Iterator[str]:
    now = balance.all_schools
    telling = []
    for change, courses in balance.changed:
        then = together(courses.values())
        clearest = max(abs(sigmas(gap)) for gap in changed_orders(balance.schools, courses))
        if clearest >= SURELY:
            telling.append((abs(then.orders - now.orders), change, then))
    for _, change, then in sorted(telling, key=lambda one: -one[0])[:3]:
        was = f" (now {change.was})" if change.was else ""
        moved = [
            f"{what} {_share(before)} to {_share(after)}"
            for what, before, after in (
                (
                    "first conversations in which one can ask go from",
                    now.share("first could-ask", "first"),
                    then.share("first could-ask", "first"),
                ),
                ("orders at the first visit go from", now.first_orders, then.first_orders),
                ("all orders go from", now.orders, then.orders),
            )
            if _share(before) != _share(after)
        ]
        yield f"With {change.what}{was}, {', '.join(moved)}."


def _leading(balance: Balance) -> Iterator[str]:
    if len(balance.schools) < 2:
        return
    ahead = school_lead(balance.courses)
    currency = balance.scenario.prospects[0].offer.currency
    gap = f"{money(round(ahead.by.value), currency)} a run, +/- {money(round(ahead.by.half), currency)}"
    if ahead.sigmas >= SURELY:
        yield (
            f"{ahead.first} is ahead of {ahead.second}, the next best school, by {ahead.sigmas:.1f} standard errors "
            f"({gap})."
        )
    else:
        runs = ahead.needed(balance.runs)
        more = f"; about {runs:,} runs may decide it (--runs {runs})" if runs else ""
        yield (
            f"No school is surely ahead: {ahead.first} leads {ahead.second} by {ahead.sigmas:.1f} standard "
            f"errors{more}."
        )
    taught = [BY_SCHOOL[school] for school in balance.scenario.teaches]
    for school in balance.scenario.teaches if ahead.first not in taught else ():
        own = BY_SCHOOL[school]
        if own != ahead.first and own in balance.courses:
            behind = lead(balance.courses, ahead.first, own)
            surely = "" if behind.sigmas >= SURELY else ", which may be luck"
            yield (
                f"It is to teach {school_name(school)}, and {own} is {behind.sigmas:.1f} standard errors behind "
                f"{ahead.first}{surely}."
            )


def _habits(balance: Balance) -> Iterator[str]:
    habits = [name for name in FOILS if name in balance.courses]
    if not habits or not balance.schools:
        return
    best, school = best_of(balance.courses, habits), best_of(balance.courses, SCHOOLS)
    behind = lead(balance.courses, school, best)
    what = "choosing at random" if best == "random" else f"a bad habit ({best})"
    if behind.sigmas <= -SURELY:
        yield f"{what[0].upper()}{what[1:]} earns more than every school: the scenario rewards what it should not."
    elif behind.sigmas < SURELY:
        yield (
            f"{what[0].upper()}{what[1:]} earns about as much as the best school, {school}: they are "
            f"{abs(behind.sigmas):.1f} standard errors apart."
        )
    else:
        yield f"The best of the bad habits, {best}, is {behind.sigmas:.1f} standard errors behind {school}."


def _listening(balance: Balance) -> Iterator[str]:
    part = balance.listening.share
    if part is not None and balance.listening.runs >= ENOUGH:
        yield (
            f"{_share(part.value)} of what the expert earns takes listening, and no fixed script has it "
            f"({_share(part.low)} to {_share(part.high)}, from {balance.listening.runs} buyers)."
        )


def _lengths(balance: Balance) -> Iterator[str]:
    course = balance.all_schools
    if course.runs:
        moves, minutes = course.count("moves") / course.runs, course.count("minutes") / course.runs
        long = " That is long for a run of five to ten minutes." if moves > LONG else ""
        yield f"A school's run takes {moves:.0f} moves and {minutes:.0f} minutes of the seller's time.{long}"


def _idle(balance: Balance) -> Iterator[str]:
    unsaid = never_said(balance)
    if unsaid:
        yield f"{count(len(unsaid), 'line')} that no school or habit ever says: {_named(unsaid)}."
    seldom = [id for id, _, told, _ in _need_shares(balance) if told < SELDOM]
    if seldom:
        yield f"Told to the schools in fewer than one run of ten, so hardly worth anything: {_named(seldom)}."


def never_said(balance: Balance) -> list[str]:
    """The author's lines that nobody with a plan has ever said."""
    planned = [course for name, course in balance.courses.items() if name != "random"]
    written = {(who, line.id) for who, one in enumerate(balance.scenario.prospects) for line in one.lines}
    return [
        balance.rules.names[move]
        for move, what in enumerate(balance.rules.moves)
        if not isinstance(what, str)
        and (what[0], what[1].line.id) in written
        and not any(course.count(f"line {move}") for course in planned)
    ]


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more


# --- tables ----------------------------------------------------------------------------------------------------------


def _changes(balance: Balance) -> Table:
    now = balance.all_schools
    rows = []
    for change, courses in balance.changed:
        then, ahead = together(courses.values()), school_lead(courses)
        rows.append((abs(then.orders - now.orders), _change(change.what, then, ahead)))
    rows.sort(key=lambda row: -row[0])
    return Table(
        ("with", "ask", "1st", "orders", "best school", "ahead"),
        (_change("nothing changed", now, school_lead(balance.courses)), *(row for _, row in rows)),
    )


def _change(what: str, course: Course, ahead: Lead) -> tuple[str, ...]:
    return (
        what,
        _share(course.share("first could-ask", "first")),
        _share(course.first_orders),
        _share(course.orders),
        ahead.first,
        f"{ahead.sigmas:.1f} SE",
    )


def _players(balance: Balance) -> Table:
    currency = balance.scenario.prospects[0].offer.currency
    return Table(
        ("player", "runs", f"{currency} a run", "+/-", "moves", "minutes"),
        tuple(
            (
                name,
                f"{course.runs:,}",
                money(round(course.income.value), currency).removesuffix(f" {currency}"),
                _error(course.income, currency),
                f"{course.count('moves') / course.runs:.0f}",
                f"{course.count('minutes') / course.runs:.0f}",
            )
            for name, course in balance.best_first()
        ),
    )


def _error(income: Mean, currency: str) -> str:
    return money(round(income.half), currency).removesuffix(f" {currency}") if income.error < float("inf") else "?"


def _whys(balance: Balance) -> Table:
    schools = balance.schools
    lost = {name: sum(course.count(f"why {why}") for why in WHYS) for name, course in schools.items()}
    rows = []
    for why, text in WHYS.items():
        times = [course.count(f"why {why}") for course in schools.values()]
        if any(times):
            shares = (_share(n / whole) if whole else _NONE for n, whole in zip(times, lost.values(), strict=True))
            rows.append((sum(times), (text, *shares)))
    rows.sort(key=lambda row: -row[0])
    return Table(("why", *schools), tuple(row for _, row in rows))


def _needs(balance: Balance) -> Table:
    return Table(
        ("need", "buyers who have it", "told", "met"),
        tuple((id, f"{had:,}", _share(told), _share(met)) for id, had, told, met in _need_shares(balance)),
    )


def _need_shares(balance: Balance) -> Iterator[tuple[str, int, float, float]]:
    """Each need, with how many buyers had it, and the shares of these who told it and who had it met."""
    course, place, several = balance.all_schools, 0, len(balance.scenario.prospects) > 1
    for prospect in balance.scenario.prospects:
        for fact in prospect.facts:
            if fact.sort == "need" and (had := course.count(f"had {place}")):
                name = f"{fact.id}@{prospect.id}" if several else fact.id
                yield name, had, course.count(f"told {place}") / had, course.count(f"met {place}") / had
            place += 1


def _found(finding: Finding) -> str:
    return finding.found + (f"; about {finding.needed:,} runs may decide it" if finding.needed else "")


def _share(share: float) -> str:
    percent = f"{100 * share:.0f}"
    return "<1%" if percent == "0" and share > 0 else f"{percent}%"


def _signed(points: float) -> str:
    return signed(round(points))


# --- JSON ------------------------------------------------------------------------------------------------------------


def as_data(balance: Balance) -> dict[str, Any]:
    """Everything, as the module's docstring describes it."""
    scenario, now = balance.scenario, balance.all_schools
    habits = [name for name in FOILS if name in balance.courses]
    best = best_of(balance.courses, SCHOOLS) if balance.schools else None
    share = balance.listening.share
    return {
        "id": scenario.id,
        "title": scenario.title,
        "digest": balance.rules.digest,
        "currency": scenario.prospects[0].offer.currency,
        "seed": balance.seed,
        "runs": balance.runs,
        "stopped": balance.stopped,
        "advice": advice(balance),
        "players": [_player(name, course) for name, course in balance.best_first()],
        "lead": _lead(school_lead(balance.courses), balance.runs) if len(balance.schools) > 1 else None,
        "habit": _lead(lead(balance.courses, best, best_of(balance.courses, habits)), balance.runs)
        if habits and best
        else None,
        "listening": _mean(share) if share is not None else None,
        "unsaid": never_said(balance),
        "needs": [
            {"id": id, "told": round(told, 6), "met": round(met, 6)} for id, _, told, met in _need_shares(balance)
        ],
        "changes": [_change_data(change, courses, now) for change, courses in balance.changed],
        "expectations": [asdict(each) for each in balance.expectations],
        "problems": [
            {"code": each.code, "level": each.level, "line": each.line, "message": each.message, "help": each.help}
            for each in balance.problems
        ],
    }


def _player(name: str, course: Course) -> dict[str, Any]:
    could, lost = course.count("first could-ask"), sum(course.count(f"why {why}") for why in WHYS)
    return {
        "player": name,
        "runs": course.runs,
        "income": _mean(course.income),
        "orders": {"first": round(course.first_orders, 6), "later": round(course.share("end order-later"), 6)},
        "ends": {end: round(course.share(f"end {end}"), 6) for end in OUTCOMES},
        "first": {
            "could_ask": round(course.share("first could-ask", "first"), 6),
            "minutes": round(course.count("first minutes") / could, 2) if could else None,
            "walked_out": round(course.share("first walked-out", "first"), 6),
        },
        "moves": round(course.count("moves") / course.runs, 2),
        "minutes": round(course.count("minutes") / course.runs, 2),
        "why": {why: round(course.count(f"why {why}") / lost, 6) if lost else 0.0 for why in WHYS},
    }


def _mean(found: Mean) -> dict[str, float | None]:
    whole = found.error < float("inf")
    low, high = (round(found.low, 2), round(found.high, 2)) if whole else (None, None)
    return {"mean": round(found.value, 4), "low": low, "high": high}


def _lead(found: Lead, runs: int) -> dict[str, Any]:
    return {
        "first": found.first,
        "second": found.second,
        "gap": _mean(found.by),
        "standard_errors": round(found.sigmas, 2),
        "needed": None if abs(found.sigmas) >= SURELY else found.needed(runs),
    }


def _change_data(change: Change, courses: Mapping[str, Course], now: Course) -> dict[str, Any]:
    then, ahead = together(courses.values()), school_lead(courses)
    return {
        "what": change.what,
        "was": change.was,
        "field": change.field,
        "could_ask": [round(each.share("first could-ask", "first"), 6) for each in (now, then)],
        "first": [round(each.first_orders, 6) for each in (now, then)],
        "orders": [round(each.orders, 6) for each in (now, then)],
        "leader": ahead.first,
        "standard_errors": round(ahead.sigmas, 2),
    }
