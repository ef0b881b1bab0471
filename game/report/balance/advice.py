"""What a balance says in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.authoring.balancing import LEADS_BY, best_of, changed_orders, lead, school_lead, sigmas
from engine.authoring.following import ORDERS, WHYS, Course, together
from engine.calendar import span_text
from engine.doctrines import BY_SCHOOL, FOILS, SCHOOLS
from engine.intervals import wilson
from engine.listening import LISTENER, READER
from engine.rules import constants
from engine.units import CERTAIN
from game.report.balance.played import SURELY, Balance, share_text
from game.words.wording import count, money, school_name, signed

FEW: Final = 0.03
NEARLY_ALL: Final = 0.85
"""Orders as a share of the buyers, below and above which a scenario teaches little."""
SELDOM: Final = 0.1
ENOUGH: Final = 10
"""Buyers that script and expert must both have met before they are compared."""
LONG: Final = 45
"""Moves from which on a run is long."""
SOME: Final = 3
"""Orders that are not nothing."""
OFTEN: Final = 0.2
"""The part of a player's orders from which on the way to them is worth a word."""
LITTLE: Final = 0.02
"""What makes no difference, as a part of what the best school earns."""
OFTEN_SAID: Final = 30
"""Runs in which a line was said before a reply to it that nobody got is worth a word."""
MOST_NAMED: Final = 12
MOST_BEGUN: Final = 6
"""Lines and replies that are named where there are more."""

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


def advice(balance: Balance) -> list[str]:
    """What the figures say, in sentences, the most urgent first."""
    found = [*_ordering(balance), *_deciding(balance), *_best_changes(balance), *_leading(balance)]
    found += [*_helping(balance), *_foils(balance), *_listening(balance), *_ringing_again(balance), *_lengths(balance)]
    return [*found, *_worth(balance), *_idle(balance)]


def _ordering(balance: Balance) -> Iterator[str]:
    course = balance.all_schools
    buyers = course.count("buyers")
    ordered = sum(course.count(f"end {name}") for name in ("order-first-visit", "order-later"))
    share = ordered / buyers if buyers else 0.0
    split = f"{share_text(course.first_orders)} of all prospects at the first visit, {share_text(course.orders)} in all"
    if not ordered:
        yield f"Nobody orders: no school got an order from any of {buyers:,} buyers. {_mostly(course)}"
    elif share < FEW:
        yield f"Hardly anybody orders, whatever the school: {split}. {_mostly(course)}"
    elif share > NEARLY_ALL:
        yield f"Nearly everybody orders, whatever the school: {split}. There is little to do wrong here."
    else:
        yield f"With the schools, {split} order. {_mostly(course)}"
        yield from _easily(balance)
    first, could = course.count("first"), course.count("first could-ask")
    today = max(prospect.buyer.today for prospect in balance.scenario.prospects)
    if first and today:
        none = "" if course.first_orders else "Nobody orders at the first visit. "
        after = round(course.count("first minutes") / could) if could else 0
        minutes = f", after {count(after, 'minute')}" if after else ""
        out = share_text(course.share("first walked-out", "first"))
        yield (
            f"{none}The ceiling says that {share_text(today / CERTAIN)} could. In {share_text(could / first)} of first "
            f"conversations the decision could be asked for with the price known{minutes}; in {out} the buyer's "
            f"patience was used up."
        )
    yield from _weighing(course)


def _easily(balance: Balance) -> Iterator[str]:
    """Whether one school sells to nearly everybody, so that whoever sells as it does can do little wrong."""
    shares = {
        name: sum(course.count(f"end {end}") for end in ORDERS) / course.count("buyers")
        for name, course in balance.schools.items()
        if course.count("buyers")
    }
    best = max(shares, key=shares.__getitem__, default=None)
    if best is not None and shares[best] > NEARLY_ALL:
        yield (
            f"With {best}, {share_text(shares[best])} of those who buy from anybody order. There is little to do wrong "
            "in selling as it does."
        )


def _weighing(course: Course) -> Iterator[str]:
    """What weighed most in questions that could be answered with yes."""
    asked = course.count("asked")
    weights = sorted(
        (course.count(name) / asked, name.removeprefix("term "))
        for name in course.counts
        if asked and name.startswith("term ")
    )
    told = [
        f"{_TERMS.get(term, term)} {signed(round(points))}"
        for points, term in [*weights[:2], *weights[-1:]]
        if round(points)
    ]
    if told:
        yield f"What weighed most when a yes was possible, in points of chance a question: {', '.join(told)}."


def _mostly(course: Course) -> str:
    """What most often kept buyers from ordering, in a sentence."""
    whys = sorted(((course.count(f"why {name}"), name) for name in WHYS), reverse=True)
    lost = sum(times for times, _ in whys)
    if not lost:
        return ""
    said = [f"{WHYS[name]} ({share_text(times / lost)})" for times, name in whys[:3] if times >= SELDOM * lost]
    return f"Most of those who did not: {'; '.join(said)}." if said else ""


def _deciding(balance: Balance) -> Iterator[str]:
    """Which buyers order more than others, by who decides with them."""
    best = best_of(balance.courses, SCHOOLS)
    for by, some in balance.kinds():
        tallies = [(kind, balance.courses[best].kinds[kind]) for kind in some]
        told = [
            (tally.orders / tally.met, *wilson(tally.orders, tally.met), kind)
            for kind, tally in tallies
            if tally.met >= ENOUGH
        ]
        if by == "decides" and len(told) > 1:
            most, least = max(told), min(told)
            if most[1] > least[2]:
                yield (
                    f"Who decides matters: with {best}, {share_text(most[0])} order where the buyer "
                    f"{balance.kind_name(most[-1])}, and {share_text(least[0])} where the buyer "
                    f"{balance.kind_name(least[-1])}."
                )


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
            f"{what} {share_text(before)} to {share_text(after)}"
            for what, before, after in (
                (
                    "first conversations in which one can ask go from",
                    now.share("first could-ask", "first"),
                    then.share("first could-ask", "first"),
                ),
                ("orders at the first visit go from", now.first_orders, then.first_orders),
                ("all orders go from", now.orders, then.orders),
            )
            if share_text(before) != share_text(after)
        ]
        if moved:
            yield f"With {change.what}{was}, {', '.join(moved)}."


def _leading(balance: Balance) -> Iterator[str]:
    if len(balance.schools) < 2:
        return
    ahead = school_lead(balance.courses)
    currency = balance.currency
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


def _helping(balance: Balance) -> Iterator[str]:
    """Which changes put the school in front that the scenario is for."""
    own = [BY_SCHOOL[school] for school in balance.scenario.teaches]
    now = school_lead(balance.courses)
    if not own or (now.first in own and now.sigmas >= SURELY):
        return
    found = []
    for change, courses in balance.changed:
        then = school_lead(courses)
        if then.first in own and then.sigmas >= SURELY:
            found.append((then.sigmas, change.what, then.first))
    found.sort(reverse=True)
    named = [f"{what} ({first} by {sigmas:.1f} standard errors)" for sigmas, what, first in found[:3]]
    if named:
        yield f"Surely ahead is a school that it is to teach with {'; with '.join(named)}."
    elif balance.changed:
        yield (
            "No single change that was tried puts a school surely ahead that it is to teach: more than one number has "
            f"to change, or the lines. {own[0]}: {LEADS_BY[own[0]]}"
        )


def _foils(balance: Balance) -> Iterator[str]:
    foils = [name for name in FOILS if name in balance.courses]
    if not foils or not balance.schools:
        return
    best, school = best_of(balance.courses, foils), best_of(balance.courses, SCHOOLS)
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
    if part is None or balance.listening.runs < ENOUGH:
        return
    if part.low <= 0:
        has, low, high = (share_text(1 - each) for each in (part.value, part.high, part.low))
        yield (
            f"It is not shown that listening is worth anything: a fixed script has {has} of what the expert earns "
            f"({low} to {high}, from {balance.listening.runs} buyers)."
        )
    else:
        yield (
            f"{share_text(part.value)} of what the expert earns takes listening, and no fixed script has it "
            f"({share_text(part.low)} to {share_text(part.high)}, from {balance.listening.runs} buyers)."
        )


def _ringing_again(balance: Balance) -> Iterator[str]:
    """Whether it pays to hang up and ring again."""
    for name in (LISTENER, READER, best_of(balance.courses, SCHOOLS)):
        course = balance.courses.get(name)
        if course is None:
            continue
        orders = sum(course.count(f"end {end}") for end in ORDERS)
        if course.count("soon orders") >= SOME and course.count("soon orders") >= OFTEN * orders:
            soon, part = share_text(course.share("soon")), share_text(course.count("soon orders") / orders)
            yield (
                f"Hanging up and ringing again pays, though patience is not back for {span_text(constants.SOON)}: "
                f"{name} does so with {soon} of its prospects after nothing was agreed, and {part} of its orders come "
                f"in such a conversation."
            )


def _lengths(balance: Balance) -> Iterator[str]:
    course = balance.all_schools
    if course.runs:
        moves, minutes = course.count("moves") / course.runs, course.count("minutes") / course.runs
        long = " That is long for a run of five to ten minutes." if moves > LONG else ""
        yield f"A school's run takes {moves:.0f} moves and {minutes:.0f} minutes of the seller's time.{long}"


def _worth(balance: Balance) -> Iterator[str]:
    """Lines that do harm, and lines, replies and needs that change nothing."""
    known = [each for each in balance.worth_of("line").values() if each.runs >= ENOUGH]
    nothing = _nothing(balance, "line")
    harm = [each for each in known if each.by.value + SURELY * each.by.error < 0 and each.name not in nothing]
    if harm:
        named = _named([each.name for each in sorted(harm, key=lambda each: each.by.value)])
        yield f"The schools earn less in the runs in which they say it than in the same runs without it: {named}."
    if nothing:
        yield (
            f"Said, and it makes no difference to what a school earns, to {share_text(LITTLE)} of the best: "
            f"{_named(nothing)}."
        )
    if idle := _nothing(balance, "reply"):
        yield (
            f"Given, and what these replies do of their own makes no difference to what a school earns, to "
            f"{share_text(LITTLE)} of the best: {_begun(idle)}"
        )
    if same := balance.idle_needs():
        yield f"Told, and whether anything meets it changes nobody's choice: {_named(same)}."


def _nothing(balance: Balance, what: str) -> list[str]:
    """Of lines or replies, those that are surely worth nothing, one way or the other."""
    most = max((abs(course.income.value) for course in balance.schools.values()), default=0.0)
    return [
        each.name
        for each in balance.worth_of(what).values()
        if each.runs >= ENOUGH and abs(each.by.value) + SURELY * each.by.error < LITTLE * most
    ]


def _idle(balance: Balance) -> Iterator[str]:
    unsaid = balance.never_said()
    if unsaid:
        yield f"{count(len(unsaid), 'line')} that no school and no bad habit ever says: {_named(unsaid)}."
    if badly := balance.said_only_badly():
        yield (
            f"Said, but by nobody who does well ({', '.join(balance.doing_well())}), so either wrong or needed by "
            f"nobody: {_named(badly)}."
        )
    yield from _replies(balance)
    seldom = [id for id, _, told, _ in balance.needs() if told < SELDOM]
    if seldom:
        yield f"Told to the schools in fewer than one run of ten, so hardly worth anything: {_named(seldom)}."


def _replies(balance: Balance) -> Iterator[str]:
    """Replies that nobody gets, and those that are nothing but words."""
    given = list(balance.replies())
    never = [each.reply.name for each in given if not each.times and each.said >= OFTEN_SAID]
    if never:
        yield f"{count(len(never), 'reply', 'replies')} that nobody ever got to a line that was said: {_begun(never)}"
    words = [each.reply.name for each in given if each.times and each.reply.words_only]
    if words:
        yield (
            f"Of {len(given)} replies {len(words)} are words only, which is no fault: they do nothing that others to "
            f"their line do not, and tell nothing that the seller did not know. {_begun(words)}"
        )


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more


def _begun(replies: Sequence[str]) -> str:
    """Replies by how they begin, to the end of the sentence."""
    more = f"; and {len(replies) - MOST_BEGUN} more" if len(replies) > MOST_BEGUN else ""
    told = "; ".join(replies[:MOST_BEGUN]) + more
    return told if told.endswith((".", "!", "?")) else f"{told}."
