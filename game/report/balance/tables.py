"""The figures of a balance, as tables and charts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from engine.authoring.balancing import Lead, best_of, school_lead
from engine.authoring.following import WHYS, BuyerTally, Course, together
from engine.authoring.without import Worth
from engine.doctrines import SCHOOLS
from engine.expectations import Expectation
from engine.intervals import Mean
from engine.money import amount
from engine.rules.why import NOT_READY, SOMEBODY_MISSING, UNPRICED
from game.report.balance.played import Balance, Given, share_text
from game.report.document import Bars, Intervals, Range, Table
from game.words.wording import money, signed

_NONE: Final = "-"
AIM: Final = 0.7
"""What a script may have, at most, of what the expert earns."""

_ENDS: Final = {
    "1st visit": ("order-first-visit",),
    "later": ("order-later",),
    "a clear no": ("no-sale",),
    "lost": ("lost-to-rival", "lost-to-no-decision"),
    "undecided": ("advance", "expired", "never-contacted"),
}
"""How prospects end, as the bars show it."""
_WHERE: Final = {
    "no time to ask": ("patience", "no-way"),
    "badly asked": (SOMEBODY_MISSING, NOT_READY, UNPRICED),
    "not won": ("refused", "never-asked", "no", "given-up"),
    "lost": ("rival", "no-decision"),
    "not reached": ("never-reached",),
}
"""What keeps buyers from an order, as the bars show it."""
_LENGTHS: Final = {"to 5": 5, "to 10": 10, "to 20": 20, "to 40": 40, "more": 10**9}
"""Moves of a run, as the bars show them."""


def players(balance: Balance) -> Intervals:
    """Who earns what."""
    best = balance.best_first()
    table = Table(
        ("player", "runs", f"{balance.currency} a run", "+/-", "moves", "minutes"),
        tuple(
            (
                name,
                f"{course.runs:,}",
                *_mean(course.income, balance.currency),
                f"{course.count('moves') / course.runs:.0f}",
                f"{course.count('minutes') / course.runs:.0f}",
            )
            for name, course in best
        ),
    )
    ranges = tuple(_money_range(course.income, balance.currency) for _, course in best)
    return Intervals(table, ranges, f"{balance.currency} a run")


def script(balance: Balance) -> Intervals:
    """The script's part of what the expert earns."""
    found = balance.listening
    part = found.of_expert
    assert part is not None  # it is asked for only then
    table = Table(
        ("", "of the expert's", "from", "to", "buyers"),
        (("script", *map(share_text, (part.value, part.low, part.high)), f"{found.runs:,}"),),
    )
    return Intervals(table, (_range(part, 100),), "% of what the expert earns", (100 * AIM, f"aim: {AIM:.0%} at most"))


def changes(balance: Balance) -> Intervals:
    """What each change did, the largest first."""
    now = balance.all_schools
    rows = []
    for change, courses in balance.changed:
        then = together(courses.values())
        more = balance.more_orders(courses)
        rows.append((abs(more.value), _change(change.what, then, school_lead(courses), more), _range(more, 100)))
    rows.sort(key=lambda row: -row[0])
    as_it_is = _change("nothing changed", now, school_lead(balance.courses), None)
    table = Table(
        ("with", "ask", "1st", "orders", "more", "+/-", "school", "ahead"),
        (as_it_is, *(row for _, row, _ in rows)),
    )
    return Intervals(table, (None, *(drawn for *_, drawn in rows)), "more orders, in points of all prospects")


def _change(what: str, course: Course, ahead: Lead, more: Mean | None) -> tuple[str, ...]:
    return (
        what,
        share_text(course.share("first could-ask", "first")),
        share_text(course.first_orders),
        share_text(course.orders),
        *(("", "") if more is None else (signed(round(100 * more.value)), f"{100 * more.half:.0f}")),
        ahead.first,
        f"{ahead.sigmas:.1f} SE",
    )


def ends(balance: Balance) -> Bars:
    """How prospects end, by player."""
    return Bars(
        tuple(
            (name, tuple(sum(course.share(f"end {end}") for end in of) for of in _ENDS.values()))
            for name, course in balance.best_first()
        ),
        tuple(_ENDS),
    )


def where(balance: Balance) -> Bars | None:
    """What kept buyers from an order, by school; None where all ordered."""
    rows = []
    for name, course in balance.schools.items():
        lost = sum(course.count(f"why {why}") for why in WHYS)
        if lost:
            rows.append((name, tuple(sum(course.count(f"why {why}") for why in of) / lost for of in _WHERE.values())))
    return Bars(tuple(rows), tuple(_WHERE)) if rows else None


def whys(balance: Balance) -> Table:
    """The same, reason by reason."""
    schools = balance.schools
    lost = {name: sum(course.count(f"why {why}") for why in WHYS) for name, course in schools.items()}
    rows = []
    for why, text in WHYS.items():
        times = [course.count(f"why {why}") for course in schools.values()]
        if any(times):
            shares = (share_text(n / whole) if whole else _NONE for n, whole in zip(times, lost.values(), strict=True))
            rows.append((sum(times), (text, *shares)))
    rows.sort(key=lambda row: -row[0])
    return Table(("why", *schools), tuple(row for _, row in rows))


def leader(balance: Balance) -> str:
    """The school that earns the most."""
    return best_of(balance.courses, SCHOOLS)


def kinds(balance: Balance) -> Intervals:
    """Orders and earnings by what was drawn of the buyer."""
    schools, best = balance.schools, balance.schools[leader(balance)]
    rows, ranges = [], []
    for _, some in balance.kinds():
        for kind in some:
            whole = balance.tally(kind)
            own = [course.kinds.get(kind, BuyerTally()) for course in schools.values()]
            earned = (_amount(each.earned / each.met, balance.currency) if each.met else _NONE for each in own)
            met = max(each.met for each in own)
            rows.append((balance.kind_name(kind), f"{met:,}", share_text(whole.orders / whole.met), *earned))
            led = best.kinds.get(kind)
            ranges.append(_money_range(led.income, balance.currency) if led is not None else None)
    return Intervals(
        Table(("buyers", "met", "order", *schools), tuple(rows)), tuple(ranges), f"{balance.currency} each"
    )


def lengths(balance: Balance) -> Bars:
    """How many moves runs take, by player."""

    def shares(course: Course) -> Iterable[float]:
        least = 0
        for most in _LENGTHS.values():
            yield sum(runs for moves, runs in course.lengths.items() if least < moves <= most) / course.runs
            least = most

    rows = ((name, tuple(shares(course))) for name, course in balance.best_first())
    return Bars(tuple(rows), tuple(_LENGTHS))


def lines(balance: Balance) -> Intervals:
    """What each line that schools say is worth to them."""
    said = {balance.rules.names[move]: len(seeds) for move, seeds in balance.all_schools.said.items()}
    of = sorted(balance.worth_of("line").values(), key=lambda each: (-each.by.value, each.name))
    rows = (
        (each.name, share_text(said[each.name] / balance.all_schools.runs), *_mean(each.by, balance.currency))
        for each in of
    )
    table = Table(("line", "said", f"worth, {balance.currency}", "+/-"), tuple(rows))
    return Intervals(table, _ranges(of, balance.currency), f"{balance.currency} a run in which it is said")


def replies(balance: Balance) -> Intervals:
    """What each reply does that is one of several, and what that is worth to the schools; first those that were tried.
    Those that are given and only tell something are left out."""
    worth = balance.worth_of("reply")
    given = sorted(
        (each for each in balance.replies() if not each.times or not each.reply.only_tells),
        key=lambda each: (_value(worth.get(each.reply.name)), each.reply.words_only, each.reply.name),
    )
    tried = [worth.get(each.reply.name) for each in given]
    rows = (
        (
            each.reply.name,
            share_text(each.times / each.said) if each.said else _NONE,
            _does(each),
            *(_mean(found.by, balance.currency) if found is not None else (_NONE, _NONE)),
        )
        for each, found in zip(given, tried, strict=True)
    )
    table = Table(("reply", "given", "does", f"worth, {balance.currency}", "+/-"), tuple(rows))
    return Intervals(table, _ranges(tried, balance.currency), f"{balance.currency} a run in which it is given")


def _value(worth: Worth | None) -> float:
    return -worth.by.value if worth is not None else float("inf")


def _does(given: Given) -> str:
    """What a reply is good for, in a word or two."""
    if not given.times:
        return "never given" if given.said else "line never said"
    reply = given.reply
    return "acts" if reply.acts else "teaches" if reply.teaches else "words only"


def needs(balance: Balance) -> Intervals:
    """What of each need comes out, and what it is worth to the schools to have heard of it."""
    worth = balance.worth_of("need")
    found = list(balance.needs())
    table = Table(
        ("need", "buyers who have it", "told", "met", "choices", f"worth, {balance.currency}", "+/-"),
        tuple(
            (
                id,
                f"{had:,}",
                share_text(told),
                share_text(met),
                share_text(worth[id].otherwise / worth[id].runs) if id in worth else _NONE,
                *(_mean(worth[id].by, balance.currency) if id in worth else (_NONE, _NONE)),
            )
            for id, had, told, met in found
        ),
    )
    ranges = _ranges([worth.get(id) for id, *_ in found], balance.currency)
    return Intervals(table, ranges, f"{balance.currency} a run in which it is told")


def expectations(balance: Balance) -> Table:
    """What the author expects, and what was found."""
    rows = ((each.verdict, each.expected, _found(each)) for each in balance.expectations)
    return Table(("verdict", "expected", "found"), tuple(rows), listed=True)


def problems(balance: Balance) -> Table:
    """What `check` says of the file."""
    rows = ((f"{each.code}, line {each.line}", each.message, each.help) for each in balance.problems)
    return Table(("line", "problem", "help"), tuple(rows), listed=True)


def _found(one: Expectation) -> str:
    return one.found + (f"; about {one.needed:,} runs may decide it" if one.needed else "")


def _mean(of: Mean, currency: str) -> tuple[str, str]:
    """An amount and its error, without the currency's name."""
    return _amount(of.value, currency), _amount(of.half, currency) if of.error < float("inf") else "?"


def _amount(hundredths: float, currency: str) -> str:
    return money(round(hundredths), currency).removesuffix(f" {currency}")


def _range(of: Mean, by: float) -> Range:
    return Range(by * of.value, by * of.low, by * of.high)


def _money_range(of: Mean, currency: str) -> Range:
    return Range(
        *(float(amount(each, currency)) if abs(each) < float("inf") else each for each in (of.value, of.low, of.high))
    )


def _ranges(of: Iterable[Worth | None], currency: str) -> tuple[Range | None, ...]:
    return tuple(_money_range(each.by, currency) if each is not None else None for each in of)
