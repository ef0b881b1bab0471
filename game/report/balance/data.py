"""A balance as data: the JSON of `firstvisit balance`.

The layout of `as_data`:

```text
id, title, digest, currency, seed, runs, stopped
advice            what the figures say, in sentences
players           one for each player, who earns the most first
  player, runs, income (mean, low, high; hundredths), orders (first, later; shares of all prospects), ends (a share for
  each outcome), first (could_ask: the share of first conversations in which the decision could be asked for with the
  price known, minutes until then, walked_out), lengths (pairs of moves and how many runs took so many), soon (counts:
  prospects who were rung again before their patience was back, with nothing agreed, and orders that came so),
  moves, minutes, why (a share of the buyers without an order for each reason)
lead              schools: first, second, gap (mean, low, high), standard_errors, needed: runs that would decide it
habit             the same of the best bad habit and the best school
listening         share of what the expert earns that a script cannot, or null
script            share of what the expert earns that a script has, or null
unsaid            lines that no player with a plan ever said
lines             of each that a school said: id, said (a share of the schools' runs), runs (played again without it),
  worth (what they earned more with it)
said_only_badly   lines without a principle that somebody with a plan said, and none of those in doing_well
doing_well        the best school and those not surely behind it, and expert and script if they met buyers enough
replies           of each reply to a line that has several: id (its line, and how it begins), said, given (runs of all
  players in which the line was said, and in which this was the reply), acts, tells, teaches (whether it does something
  of its own, depends on something that the seller does not know, has a principle), runs (played again without what it
  does), worth (what schools earned more with it), or null
needs             of each: id, told, met, as shares of the buyers who have it; runs (in which it was told, played again
  with nothing that meets it), otherwise (in how many of these anything else was chosen), worth, or null
kinds             of buyers, by prospect, by who decides, real or not, and the need that weighs most, where there are
  several: by, name, met, orders (a share of them, all schools together), earned (from each, by school)
changes           what, was, field, could_ask, first, orders (each before and after), more (orders of a prospect; mean,
  low, high), leader, standard_errors
expectations      expected, found, verdict, needed
problems          what `check` says of the file, without hints
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engine.authoring.balancing import Lead, best_of, lead, school_lead
from engine.authoring.changes import Change
from engine.authoring.following import WHYS, BuyerKind, Course, together
from engine.authoring.without import Worth
from engine.doctrines import FOILS, SCHOOLS
from engine.intervals import Mean
from engine.simulate import ENDS
from game.report.balance.advice import advice
from game.report.balance.played import SURELY, Balance, Given


def as_data(balance: Balance) -> dict[str, Any]:
    """Everything, as the module's docstring describes it."""
    scenario, now = balance.scenario, balance.all_schools
    foils = [name for name in FOILS if name in balance.courses]
    best = best_of(balance.courses, SCHOOLS) if balance.schools else None
    share = balance.listening.share
    said = {balance.rules.names[move]: len(seeds) for move, seeds in now.said.items()}
    needs, replies = balance.worth_of("need"), balance.worth_of("reply")
    return {
        "id": scenario.id,
        "title": scenario.title,
        "digest": balance.rules.digest,
        "currency": balance.currency,
        "seed": balance.seed,
        "runs": balance.runs,
        "stopped": balance.stopped,
        "advice": advice(balance),
        "players": [_player(name, course) for name, course in balance.best_first()],
        "lead": _lead(school_lead(balance.courses), balance.runs) if len(balance.schools) > 1 else None,
        "habit": _lead(lead(balance.courses, best, best_of(balance.courses, foils)), balance.runs)
        if foils and best
        else None,
        "listening": _mean(share) if share is not None else None,
        "script": _mean(balance.listening.of_expert) if balance.listening.of_expert is not None else None,
        "unsaid": balance.never_said(),
        "lines": [
            {
                "id": each.name,
                "said": round(said[each.name] / now.runs, 6),
                "runs": each.runs,
                "worth": _mean(each.by),
            }
            for each in balance.worth_of("line").values()
        ],
        "said_only_badly": balance.said_only_badly(),
        "doing_well": balance.doing_well(),
        "replies": [_reply(given, replies.get(given.reply.name)) for given in balance.replies()],
        "needs": [
            {
                "id": id,
                "told": round(told, 6),
                "met": round(met, 6),
                "runs": needs[id].runs if id in needs else 0,
                "otherwise": needs[id].otherwise if id in needs else 0,
                "worth": _mean(needs[id].by) if id in needs else None,
            }
            for id, _, told, met in balance.needs()
        ],
        "kinds": [_kind(balance, kind) for _, some in balance.kinds() for kind in some],
        "changes": [_change(balance, change, courses) for change, courses in balance.changed],
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
        "ends": {end: round(course.share(f"end {end}"), 6) for end in ENDS},
        "first": {
            "could_ask": round(course.share("first could-ask", "first"), 6),
            "minutes": round(course.count("first minutes") / could, 2) if could else None,
            "walked_out": round(course.share("first walked-out", "first"), 6),
        },
        "lengths": sorted(course.lengths.items()),
        "soon": {"prospects": course.count("soon"), "orders": course.count("soon orders")},
        "moves": round(course.count("moves") / course.runs, 2),
        "minutes": round(course.count("minutes") / course.runs, 2),
        "why": {why: round(course.count(f"why {why}") / lost, 6) if lost else 0.0 for why in WHYS},
    }


def _reply(given: Given, worth: Worth | None) -> dict[str, Any]:
    reply = given.reply
    return {
        "id": reply.name,
        "said": given.said,
        "given": given.times,
        "acts": reply.acts,
        "tells": reply.clue,
        "teaches": reply.teaches,
        "runs": worth.runs if worth is not None else 0,
        "worth": _mean(worth.by) if worth is not None else None,
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


def _kind(balance: Balance, kind: BuyerKind) -> dict[str, Any]:
    whole = balance.tally(kind)
    own = {name: course.kinds[kind] for name, course in balance.schools.items() if kind in course.kinds}
    return {
        "by": kind.by,
        "name": balance.kind_name(kind),
        "met": max(tally.met for tally in own.values()),
        "orders": round(whole.orders / whole.met, 6),
        "earned": {name: _mean(tally.income) for name, tally in own.items()},
    }


def _change(balance: Balance, change: Change, courses: Mapping[str, Course]) -> dict[str, Any]:
    now, then, ahead = balance.all_schools, together(courses.values()), school_lead(courses)
    return {
        "what": change.what,
        "was": change.was,
        "field": change.field,
        "could_ask": [round(each.share("first could-ask", "first"), 6) for each in (now, then)],
        "first": [round(each.first_orders, 6) for each in (now, then)],
        "orders": [round(each.orders, 6) for each in (now, then)],
        "more": _mean(balance.more_orders(courses)),
        "leader": ahead.first,
        "standard_errors": round(ahead.sigmas, 2),
    }
