"""The scorecard: result and conduct kept apart, every term with its formula and its cause.

*Result* is money: what was kept of the orders, less what the seller's time cost, as a percentage of par. *Conduct* is
how the selling was done, whatever came of it. The two headlines answer the question the game is about: was it closed on
the first visit, or does it live on follow-ups?
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from engine import conduct, skills
from engine import world as at
from engine.calendar import span_text
from engine.money import money_text, number_text
from engine.par import SCALE_HOURS, Par, measures, scale
from engine.play import State
from engine.results import result
from engine.rules import value as worth
from engine.rules.constants import LIMBO
from engine.rules.tables import RESULT, ProspectRules
from engine.scenario.vocabulary import RESULTS
from engine.skills import People
from engine.term import Term
from engine.units import HOUR
from engine.words import gettext, ngettext
from engine.world import Prospect

_NO_SALE = RESULT["no-sale"]


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the two figures that the game is about."""

    name: str
    value: str
    meaning: str
    warning: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a run comes to: its result and its conduct, term by term, and the two headlines."""

    result: tuple[Term, ...]
    conduct: tuple[Term, ...]
    """Those that apply to this run, and what they come to."""
    first_visit_close: Headline
    follow_up_dependence: Headline
    value: int
    """What the run earned, in minor units."""
    par: int | None
    par_error: int | None
    """Standard error of `par`."""
    result_percent: int | None
    """The value against par: 100 is par, 0 is a par's worth below it. None without a par, and where next to nothing was
    to be had of this buyer, and the run is neither a clear no from a non-buyer nor as far below par as can be told."""
    result_error: int | None
    """Standard error of `result_percent`, in percent, rounded up."""
    conduct_percent: int
    """0 to 100, as `conduct.percent` has it."""
    par_so_far: bool = False
    """Whether `par` is not known well enough yet."""


def scorecard(state: State, par: Par | None = None) -> Scorecard:
    """The score of a run, at its end or so far."""
    people = list(zip(state.game.rules.prospects, state.people, strict=True))
    earned = state.returns()
    conducted = conduct.terms(people)
    percent = _against_par(state, earned, par)
    terms = _result(people, earned)
    if par is not None:
        terms += (_par_term(state, earned, par, percent),)
    return Scorecard(
        result=terms,
        conduct=(*conducted, conduct.total(conducted)),
        first_visit_close=_first_visit_close(people),
        follow_up_dependence=_dependence(people),
        value=earned,
        par=par.value if par is not None else None,
        par_error=par.error if par is not None else None,
        result_percent=percent,
        result_error=_error(state, par) if par is not None else None,
        conduct_percent=conduct.percent(conducted),
        par_so_far=par is not None and par.so_far,
    )


def _against_par(state: State, earned: int, par: Par | None) -> int | None:
    if par is None:
        return None
    percent = max(0, 100 + 100 * (earned - par.value) // scale(state.game, par))
    if _clean_no(state):
        return max(percent, 100)
    return percent if measures(state.game, par) or not (percent or par.so_far) else None


def _error(state: State, par: Par) -> int:
    return -(-100 * par.error // scale(state.game, par))


def _clean_no(state: State) -> bool:
    """Whether the only prospect buys from nobody, and said so: there was nothing better to be had."""
    return len(state.people) == 1 and not state.people[0][at.REAL] and state.people[0][at.RESULT] == _NO_SALE


def _par_term(state: State, earned: int, par: Par, percent: int | None) -> Term:
    whole, currency = scale(state.game, par), state.game.scenario.currency
    if percent is None and par.so_far:
        return Term(
            gettext("par so far"),
            par.value,
            "money",
            "",
            gettext("+/- {error}: that is too uncertain to tell the result as a share of it").format(
                error=money_text(par.error, currency)
            ),
        )
    if percent is None:
        return Term(
            gettext("par"),
            par.value,
            "money",
            gettext("less than {whole}, which {hours} hours of your time cost").format(
                whole=money_text(whole, currency), hours=SCALE_HOURS
            ),
            gettext("next to nothing was to be had, so the result is not told as a share of it"),
        )
    return Term(
        gettext("result as a share of par so far") if par.so_far else gettext("result as a share of par"),
        percent,
        "percent",
        (
            gettext(
                "100 + 100 x ({earned} − par {par}) / {whole}, rounded down, not below 0, and 100 or more for a clear "
                "no from somebody who buys from nobody"
            )
            if _clean_no(state)
            else gettext("100 + 100 x ({earned} − par {par}) / {whole}, rounded down, not below 0")
        ).format(
            earned=money_text(earned, currency),
            par=money_text(par.value, currency),
            whole=money_text(whole, currency),
        ),
        ngettext(
            "par is what the best of expert, schools and script earns from this very buyer, with luck averaged, "
            "+/- {error}; so the share is accurate to +/- {points}",
            "par is what the best of expert, schools and script earns from these very buyers, with luck averaged, "
            "+/- {error}; so the share is accurate to +/- {points}",
            len(state.people),
        ).format(error=money_text(par.error, currency), points=_error(state, par)),
    )


def _result(people: People, earned: int) -> tuple[Term, ...]:
    return (
        *(_sale(rules, p) for rules, p in people if p[at.RESULT]),
        *(term for rules, p in people for term in _time(rules, p)),
        Term(
            gettext("result"), earned, "money", gettext("the sum of the lines above"), gettext("what this run earned")
        ),
    )


def _sale(rules: ProspectRules, p: Prospect) -> Term:
    """What a sale that is over has brought."""
    if p[at.RESULT] == worth.ORDERED:
        return _order(rules, p)
    return Term(
        gettext("{name}: no order").format(name=rules.prospect.buyer.name),
        0,
        "money",
        gettext("nothing sold"),
        gettext(RESULTS[result(p) or ""]),
    )


def _time(rules: ProspectRules, p: Prospect) -> Iterator[Term]:
    """What a sale has cost of the seller's time, and goes on costing where it was left undecided."""
    name, hour = rules.prospect.buyer.name, rules.prospect.offer.hour
    an_hour = money_text(hour, rules.prospect.offer.currency)
    limbo, undecided = LIMBO * hour // HOUR, worth.minutes(p) > p[at.WORKED]
    if p[at.WORKED]:
        yield Term(
            gettext("{name}: your time").format(name=name),
            (limbo if undecided else 0) - worth.cost(rules, p),
            "money",
            _at_work(p[at.WORKED], an_hour),
            gettext("{time} of conversations, calls and messages").format(time=span_text(p[at.WORKED])),
        )
    if undecided:
        yield Term(
            gettext("{name}: left undecided").format(name=name),
            -limbo,
            "money",
            _at_work(LIMBO, an_hour),
            gettext("a name without a yes or a no that somebody will go on chasing"),
        )


def _at_work(minutes: int, an_hour: str) -> str:
    return gettext("{minutes} min at {money} an hour").format(minutes=minutes, money=an_hour)


def _order(rules: ProspectRules, p: Prospect) -> Term:
    offer, name = rules.prospect.offer, rules.prospect.buyer.name
    price, off, floor = (money_text(each, offer.currency) for each in (offer.price, p[at.OFF], offer.floor))
    formula = gettext("price {price} − discount {off} − floor {floor}").format(price=price, off=off, floor=floor)
    if p[at.CANCELLED]:
        return Term(
            gettext("{name}: order cancelled").format(name=name),
            0,
            "money",
            f"0 x ({formula})",
            gettext("the order was cancelled afterwards"),
        )
    first = gettext("ordered in the first conversation")
    later = gettext("ordered in conversation {number}").format(number=p[at.TALKS])
    return Term(
        gettext("{name}: order kept").format(name=name),
        worth.margin(rules, p),
        "money",
        formula,
        first if p[at.FIRST_CLOSE] else later,
    )


def _first_visit_close(people: People) -> Headline:
    closed, could = skills.first_visit(people)
    if could and closed >= could:
        meaning = gettext("closed on the first visit, as far as it could be")
    elif could:
        meaning = gettext("could have been closed on the first visit")
    elif len(people) == 1:
        meaning = gettext("this buyer could not have decided on the first visit, so no first-visit close was missed")
    else:
        meaning = gettext("none of these could have decided on the first visit, so no first-visit close was missed")
    value = gettext("{part} of {whole}").format(part=closed, whole=could)
    return Headline(gettext(skills.CLOSED), value, meaning, warning=closed < could)


def dependence_text(leaning: int, decisions: int) -> str:
    """How many continuations and undated follow-ups came on each decision: `1.75`."""
    if not decisions:
        return gettext("{leaning} without a decision").format(leaning=leaning)
    return number_text(Decimal(100 * leaning // decisions).scaleb(-2))


def _dependence(people: People) -> Headline:
    leaning, decisions = skills.dependence(people)
    value = dependence_text(leaning, decisions)
    warning = leaning > decisions
    leaned = ngettext(
        "{count} continuation or undated follow-up", "{count} continuations and undated follow-ups", leaning
    ).format(count=leaning)
    decided = ngettext(
        "{count} order, dated step or clear no", "{count} orders, dated steps and clear noes", decisions
    ).format(count=decisions)
    meaning = f"{leaned}; {decided}" + (f"; {gettext('above 1 is a warning')}" if warning else "")
    return Headline(gettext(skills.LEANING), value, meaning, warning)
