"""The scorecard: result and conduct kept apart, every term with its formula and its cause.

*Result* is money: what was kept of the orders, less what the seller's time cost, as a percentage of par. *Conduct* is
how the selling was done, whatever came of it. The two headlines answer the question the game is about: was it closed on
the first visit, or does it live on follow-ups?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from engine import skills
from engine import world as at
from engine.calendar import span_text
from engine.money import money_text
from engine.par import Par
from engine.play import State
from engine.rules import value as worth
from engine.rules.constants import LIMBO, NUISANCE_SPAN
from engine.rules.contact import lead_reach
from engine.rules.tables import RESULT, ProspectRules
from engine.scenario.vocabulary import RESULTS
from engine.skills import People
from engine.units import HOUR, points
from engine.world import Prospect

Unit = Literal["money", "percent", "minutes", "count"]

_RESULTS = tuple(RESULTS.values())
_NO_SALE = RESULT["no-sale"]
RESTRAINT, PEACE = "no pressure", "left in peace"
"""The terms of conduct that say how the buyer was treated."""
SCALE_HOURS = 2
"""A result is measured against par, or against this many hours of the seller's time where par is smaller."""


@dataclass(frozen=True, slots=True)
class Term:
    """One printed line of the scorecard."""

    name: str
    value: int
    unit: Unit
    """`money` is in minor units."""
    formula: str
    """How the value was worked out, with the numbers in it."""
    cause: str
    """What happened in this run to make it so."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the two figures that the game is about."""

    name: str
    value: str
    meaning: str
    warning: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    result: tuple[Term, ...]
    conduct: tuple[Term, ...]
    first_visit_close: Headline
    follow_up_dependence: Headline
    value: int
    """What the run earned, in minor units."""
    par: int | None
    par_error: int | None
    """Standard error of `par`."""
    result_percent: int | None
    """The value against par: 100 is par, 0 is a par's worth below it. None without a par."""
    result_error: int | None
    """Standard error of `result_percent`, in percent, rounded up."""
    conduct_percent: int
    """The mean of the conduct terms that apply, and at most twice the worst of the two that say how the buyer was
    treated; 0 to 100."""


def scorecard(state: State, par: Par | None = None) -> Scorecard:
    """The score of a run, at its end or so far."""
    people = list(zip(state.game.rules.prospects, state.people, strict=True))
    earned = state.returns()
    conduct = _conduct(people)
    percent = _against_par(state, earned, par)
    result = _result(state, people, earned)
    if par is not None and percent is not None:
        result += (_par_term(state, earned, par, percent),)
    return Scorecard(
        result=result,
        conduct=conduct,
        first_visit_close=_first_visit_close(people),
        follow_up_dependence=_dependence(people),
        value=earned,
        par=par.value if par is not None else None,
        par_error=par.error if par is not None else None,
        result_percent=percent,
        result_error=_error(state, par) if par is not None else None,
        conduct_percent=_conducted(conduct),
    )


def conduct_percent(people: People) -> int:
    """What the conduct terms come to, 0 to 100."""
    return _conducted(_conduct(people))


def _conducted(conduct: Sequence[Term]) -> int:
    """The mean of the terms, and never more than twice the worst of those that say how the buyer was treated: no number
    of kept promises makes up for having been a nuisance."""
    if not conduct:
        return 100
    mean = sum(term.value for term in conduct) // len(conduct)
    return min([mean, *(2 * term.value for term in conduct if term.name in (RESTRAINT, PEACE))])


def _hour(state: State) -> int:
    return max(rules.prospect.offer.hour for rules in state.game.rules.prospects)


def scale(state: State, par: Par) -> int:
    """What a result is measured against, in minor units: par, or some hours of the seller's time where par is smaller.
    A hundredth of it is a point."""
    return max(par.value, SCALE_HOURS * _hour(state), 1)


def _against_par(state: State, earned: int, par: Par | None) -> int | None:
    if par is None:
        return None
    percent = max(0, 100 + 100 * (earned - par.value) // scale(state, par))
    return max(percent, 100) if _clean_no(state) else percent


def _error(state: State, par: Par) -> int:
    return -(-100 * par.error // scale(state, par))


def _clean_no(state: State) -> bool:
    """Whether the only prospect buys from nobody, and said so: there was nothing better to be had."""
    return len(state.people) == 1 and not state.people[0][at.REAL] and state.people[0][at.RESULT] == _NO_SALE


def _par_term(state: State, earned: int, par: Par, percent: int) -> Term:
    whole, currency = scale(state, par), state.game.rules.prospects[0].prospect.offer.currency
    return Term(
        "result as a share of par",
        percent,
        "percent",
        f"100 + 100 x ({money_text(earned, currency)} − par {money_text(par.value, currency)}) / "
        f"{money_text(whole, currency)}, not below 0"
        + (", and 100 or more for a clear no from somebody who buys from nobody" if _clean_no(state) else ""),
        f"par is what the best of expert, schools and script earns from this very buyer, with luck averaged, "
        f"+/- {money_text(par.error, currency)}; "
        f"so the share is accurate to +/- {_error(state, par)}",
    )


def _result(state: State, people: People, earned: int) -> tuple[Term, ...]:
    terms: list[Term] = []
    for rules, p in people:
        name = rules.prospect.buyer.name
        if p[at.RESULT] == worth.ORDER:
            terms.append(_order(rules, p))
        elif p[at.RESULT]:
            terms.append(Term(f"{name}: no order", 0, "money", "nothing sold", _RESULTS[p[at.RESULT] - 1]))
    for rules, p in people:
        name, hour = rules.prospect.buyer.name, rules.prospect.offer.hour
        an_hour = money_text(hour, rules.prospect.offer.currency)
        limbo = worth.minutes(p) - p[at.WORKED]
        if p[at.WORKED]:
            terms.append(
                Term(
                    f"{name}: your time",
                    worth.cost(rules, p) * -1 + (LIMBO * hour // HOUR if limbo else 0),
                    "money",
                    f"{p[at.WORKED]} min at {an_hour} an hour",
                    f"{span_text(p[at.WORKED])} of conversations, calls and messages",
                )
            )
        if limbo:
            terms.append(
                Term(
                    f"{name}: left undecided",
                    -(LIMBO * hour // HOUR),
                    "money",
                    f"{LIMBO} min at {an_hour} an hour",
                    "a name without a yes or a no that somebody will go on chasing",
                )
            )
    terms.append(Term("result", earned, "money", "the sum of the lines above", "what this run earned"))
    return tuple(terms)


def _order(rules: ProspectRules, p: Prospect) -> Term:
    offer, name = rules.prospect.offer, rules.prospect.buyer.name
    price, off, floor = (money_text(each, offer.currency) for each in (offer.price, p[at.OFF], offer.floor))
    formula = f"price {price} − discount {off} − floor {floor}"
    if p[at.CANCELLED]:
        return Term(f"{name}: order cancelled", 0, "money", f"0 x ({formula})", "the order was cancelled afterwards")
    first = "in the first conversation" if p[at.FIRST_CLOSE] else f"in conversation {p[at.TALKS]}"
    return Term(f"{name}: order kept", worth.margin(rules, p), "money", formula, f"ordered {first}")


def _conduct(people: People) -> tuple[Term, ...]:
    """The terms of conduct that apply to this run, each 0 to 100."""
    ps = [p for _, p in people]
    talked = [(rules, p) for rules, p in people if p[at.TALKS]]
    decided = sum(p[at.DECISIONS] - (p[at.GIVEN_UP] & p[at.REAL]) for p in ps)
    ended = sum(p[at.DECISIONS] + p[at.CONTINUATIONS] for p in ps)
    touches = sum(p[at.TOUCHES] for p in ps)
    useful = touches - sum(p[at.EMPTY] for p in ps)
    silent = () if talked else (Term("decisions", 0, "percent", "0 without a conversation", "nobody was spoken to"),)
    terms = (
        *silent,
        _share("decisions", decided, ended, "conversations ended in an order, a dated step or a genuine no"),
        _share(skills.NEEDS, *skills.needs(people), "points of need in this buyer were told to you"),
        _share(skills.ASKED, *skills.asked(people), "buyers who could decide were asked to"),
        *_restraint(talked),
        *_peace(ps),
        _share(skills.PROMISES, *skills.promises(people), "agreed times were kept by you"),
        *_speed(people),
        _share(
            skills.SAME_DAY,
            *skills.same_day(people),
            "conversations that left something open were followed up that day",
        ),
        _share("value per touch", useful, touches, "messages brought the buyer something"),
    )
    return tuple(term for term in terms if term is not None)


@lru_cache(maxsize=1 << 12)  # simulations come to the same few terms again and again
def _share(name: str, part: int, whole: int, what: str) -> Term | None:
    """A share as a term; None where there was nothing to share."""
    if not whole:
        return None
    return Term(name, 100 * part // whole, "percent", f"100 x {part} / {whole}", f"{part} of {whole} {what}")


def _restraint(talked: People) -> list[Term]:
    if not talked:
        return []
    felt = [points(p[at.MOST_PRESSURE]) for _, p in talked]
    return [_pressed(-(-sum(felt) // len(felt)), max(felt), len(felt))]


@lru_cache(maxsize=1 << 12)
def _pressed(mean: int, most: int, buyers: int) -> Term:
    who = "it reached" if buyers == 1 else f"of {buyers} buyers, it reached at most"
    return Term(
        RESTRAINT,
        100 - mean,
        "percent",
        f"100 − {mean}, the highest pressure on each buyer, averaged",
        f"{who} {most} of 100 at its highest",
    )


def _peace(ps: Sequence[Prospect]) -> list[Term]:
    """How far contact between conversations was a nuisance: 0 for somebody who had to ask to be left alone, unless it
    took next to nothing and was the last they heard."""
    contacted = [p for p in ps if p[at.TRIED] or p[at.TOUCHES]]
    if not contacted:
        return []
    most = NUISANCE_SPAN[0]
    felt = [
        100
        if p[at.HARASSED] or (p[at.OPTED_OUT] and p[at.MOST_NUISANCE] >= most)
        else 100 * min(p[at.MOST_NUISANCE], most) // (most + 1)
        for p in contacted
    ]
    left = sum(p[at.OPTED_OUT] for p in contacted)
    after = sum(p[at.HARASSED] for p in contacted)
    return [_bothered(-(-sum(felt) // len(felt)), left, after)]


@lru_cache(maxsize=1 << 12)
def _bothered(mean: int, left: int, after: int) -> Term:
    cause = "calls and messages were welcome, or few" if not mean else "calls in vain and empty messages added up"
    if left:
        cause = f"{left} asked to be left alone" + (f", and {after} contacts came after that" if after else "")
    return Term(PEACE, 100 - mean, "percent", f"100 − {mean}, how bothersome contact was, averaged", cause)


def _speed(people: People) -> list[Term]:
    terms = []
    for rules, p in people:
        if rules.prospect.buyer.arrives != "lead":
            continue
        name = rules.prospect.buyer.name
        waited, left = skills.first_contact(rules, p)
        if waited is None:
            terms.append(Term(skills.SPEED, 0, "percent", "0 without an attempt", f"{name} was never called"))
            continue
        quick, real = lead_reach("telfer", 5), lead_reach("telfer", waited)
        terms.append(
            Term(
                skills.SPEED,
                left,
                "percent",
                f"100 x reach after {waited} min {real // 10_000}% / reach after 5 min {quick // 10_000}%, at most 100",
                f"{span_text(waited)} from the enquiry to your first attempt",
            )
        )
    return terms


def _first_visit_close(people: People) -> Headline:
    closed, could = skills.first_visit(people)
    value = f"{closed} of {could}"
    if could and closed >= could:
        meaning = "closed on the first visit, as far as it could be"
    elif could:
        meaning = "could have been closed on the first visit"
    elif len(people) == 1:
        value, meaning = "0 of 0", "this buyer could not have decided on the first visit, so nothing was missed"
    else:
        value, meaning = "0 of 0", "none of these could have decided on the first visit, so nothing was missed"
    return Headline(skills.CLOSED, value, meaning, warning=closed < could)


def _dependence(people: People) -> Headline:
    leaning, decisions = skills.dependence(people)
    if decisions:
        hundredths = 100 * leaning // decisions
        value = f"{hundredths // 100}.{hundredths % 100:02}"
    else:
        value = f"{leaning} for none"
    warning = leaning > decisions
    leaned = "continuation or undated follow-up" if leaning == 1 else "continuations and undated follow-ups"
    decided = "order, dated step or clear no" if decisions == 1 else "orders, dated steps and clear noes"
    meaning = f"{leaning} {leaned}; {decisions} {decided}{'; above 1 is a warning' if warning else ''}"
    return Headline(skills.LEANING, value, meaning, warning)
