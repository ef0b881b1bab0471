"""The scorecard: result and conduct kept apart, every term with its formula and its cause.

*Result* is money: what was kept of the orders, less what the seller's time cost, as a percentage of par. *Conduct* is
how the selling was done, whatever came of it. The two headlines answer the question the game is about: was it closed on
the first visit, or does it live on follow-ups?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from engine import skills
from engine import world as at
from engine.calendar import span_text
from engine.money import money_text, number_text
from engine.par import SCALE_HOURS, Par, measures, scale
from engine.play import State
from engine.rules import value as worth
from engine.rules.constants import LIMBO, NUISANCE_SPAN
from engine.rules.contact import lead_reach
from engine.rules.tables import RESULT, ProspectRules
from engine.scenario.vocabulary import RESULTS
from engine.skills import People
from engine.units import HOUR, points
from engine.words import gettext, marked, ngettext, spoken
from engine.world import Prospect

Unit = Literal["money", "percent", "minutes", "count"]

_RESULTS = tuple(RESULTS.values())
_NO_SALE = RESULT["no-sale"]
DECISIONS = marked("decisions")


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
    treatment: bool = False
    """Whether it says how the buyer was treated."""


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
    """The mean of the conduct terms that apply, and at most twice the worst of the two that say how the buyer was
    treated; 0 to 100."""
    par_so_far: bool = False
    """Whether `par` is not known well enough yet."""


def scorecard(state: State, par: Par | None = None) -> Scorecard:
    """The score of a run, at its end or so far."""
    people = list(zip(state.game.rules.prospects, state.people, strict=True))
    earned = state.returns()
    conduct = _conduct(people)
    percent = _against_par(state, earned, par)
    result = _result(state, people, earned)
    if par is not None:
        result += (_par_term(state, earned, par, percent),)
    return Scorecard(
        result=result,
        conduct=(*conduct, _conduct_term(conduct)),
        first_visit_close=_first_visit_close(people),
        follow_up_dependence=_dependence(people),
        value=earned,
        par=par.value if par is not None else None,
        par_error=par.error if par is not None else None,
        result_percent=percent,
        result_error=_error(state, par) if par is not None else None,
        conduct_percent=_conducted(conduct),
        par_so_far=par is not None and par.so_far,
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
    return min([mean, *(2 * term.value for term in conduct if term.treatment)])


def _conduct_term(terms: Sequence[Term]) -> Term:
    worst = min((term for term in terms if term.treatment), key=lambda term: term.value, default=None)
    limit = (worst.value, worst.name) if worst is not None else None
    return _come_to(_conducted(terms), limit, spoken())


@lru_cache(maxsize=1 << 12)
def _come_to(percent: int, limit: tuple[int, str] | None, language: str) -> Term:
    formula = gettext("the mean of the lines above")
    cause = gettext("how the selling was done, whatever came of it")
    if limit is not None:
        formula = gettext("the mean of the lines above, but at most 2 x {value} ({name})").format(
            value=limit[0], name=limit[1]
        )
        cause = gettext("no number of kept promises makes up for having pressed or pestered somebody")
    return Term(gettext("conduct"), percent, "percent", formula, cause)


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


def _result(state: State, people: People, earned: int) -> tuple[Term, ...]:
    terms: list[Term] = []
    for rules, p in people:
        name = rules.prospect.buyer.name
        if p[at.RESULT] == worth.ORDER:
            terms.append(_order(rules, p))
        elif p[at.RESULT]:
            terms.append(
                Term(
                    gettext("{name}: no order").format(name=name),
                    0,
                    "money",
                    gettext("nothing sold"),
                    gettext(_RESULTS[p[at.RESULT] - 1]),
                )
            )
    for rules, p in people:
        name, hour = rules.prospect.buyer.name, rules.prospect.offer.hour
        an_hour = money_text(hour, rules.prospect.offer.currency)
        limbo = worth.minutes(p) - p[at.WORKED]
        if p[at.WORKED]:
            terms.append(
                Term(
                    gettext("{name}: your time").format(name=name),
                    worth.cost(rules, p) * -1 + (LIMBO * hour // HOUR if limbo else 0),
                    "money",
                    _at_work(p[at.WORKED], an_hour),
                    gettext("{time} of conversations, calls and messages").format(time=span_text(p[at.WORKED])),
                )
            )
        if limbo:
            terms.append(
                Term(
                    gettext("{name}: left undecided").format(name=name),
                    -(LIMBO * hour // HOUR),
                    "money",
                    _at_work(LIMBO, an_hour),
                    gettext("a name without a yes or a no that somebody will go on chasing"),
                )
            )
    terms.append(
        Term(gettext("result"), earned, "money", gettext("the sum of the lines above"), gettext("what this run earned"))
    )
    return tuple(terms)


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


def _conduct(people: People) -> tuple[Term, ...]:
    """The terms of conduct that apply to this run, each 0 to 100."""
    ps = [p for _, p in people]
    talked = [(rules, p) for rules, p in people if p[at.TALKS]]
    decided = sum(p[at.DECISIONS] - (p[at.GIVEN_UP] & p[at.REAL]) for p in ps)
    ended = sum(p[at.DECISIONS] + p[at.CONTINUATIONS] for p in ps)
    touches = sum(p[at.TOUCHES] for p in ps)
    useful = touches - sum(p[at.EMPTY] for p in ps)
    terms = (
        *(() if talked else (_nobody(spoken()),)),
        _share(
            DECISIONS,
            decided,
            ended,
            marked("{part} of {whole} conversations ended in an order, a dated step or a no that the buyer meant"),
        ),
        _share(
            skills.NEEDS,
            *skills.needs(people),
            marked("{part} of {whole} points of need in this buyer were told to you"),
        ),
        _share(skills.ASKED, *skills.asked(people), marked("{part} of {whole} buyers who could decide were asked to")),
        *_restraint(talked),
        *_peace(ps),
        _share(skills.PROMISES, *skills.promises(people), marked("{part} of {whole} agreed times were kept by you")),
        *_speed(people),
        _share(
            skills.SAME_DAY,
            *skills.same_day(people),
            marked(
                "{part} of {whole} conversations that left something open were followed up that day; a call or "
                "something useful in writing needs no date"
            ),
        ),
        _share(
            marked("value per touch"), useful, touches, marked("{part} of {whole} messages brought the buyer something")
        ),
    )
    return tuple(term for term in terms if term is not None)


@lru_cache
def _nobody(language: str) -> Term:
    return Term(gettext(DECISIONS), 0, "percent", gettext("0 without a conversation"), gettext("nobody was spoken to"))


def _share(name: str, part: int, whole: int, what: str) -> Term | None:
    """A share as a term; None where there was nothing to share."""
    return _shared(name, part, whole, what, spoken()) if whole else None


@lru_cache(maxsize=1 << 12)  # simulations come to the same few terms again and again
def _shared(name: str, part: int, whole: int, what: str, language: str) -> Term:
    return Term(
        gettext(name),
        100 * part // whole,
        "percent",
        f"100 x {part} / {whole}",
        gettext(what).format(part=part, whole=whole),
    )


def _restraint(talked: People) -> list[Term]:
    if not talked:
        return []
    felt = [points(p[at.MOST_PRESSURE]) for _, p in talked]
    return [_pressed(-(-sum(felt) // len(felt)), max(felt), len(felt), spoken())]


@lru_cache(maxsize=1 << 12)
def _pressed(mean: int, most: int, buyers: int, language: str) -> Term:
    one = gettext("it reached {most} of 100 at its highest")
    several = gettext("of {buyers} buyers, it reached at most {most} of 100 at its highest")
    return Term(
        gettext("no pressure"),
        100 - mean,
        "percent",
        gettext("100 − {mean}, the highest pressure on each buyer, averaged").format(mean=mean),
        (one if buyers == 1 else several).format(buyers=buyers, most=most),
        treatment=True,
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
    return [_bothered(-(-sum(felt) // len(felt)), left, after, spoken())]


@lru_cache(maxsize=1 << 12)
def _bothered(mean: int, left: int, after: int, language: str) -> Term:
    if left and after:
        cause = ngettext(
            "{left} asked to be left alone, and {after} contact came after that",
            "{left} asked to be left alone, and {after} contacts came after that",
            after,
        )
    elif left:
        cause = gettext("{left} asked to be left alone")
    elif mean:
        cause = gettext("calls in vain and empty messages added up")
    else:
        cause = gettext("calls and messages were welcome, or few")
    return Term(
        gettext("left in peace"),
        100 - mean,
        "percent",
        gettext("100 − {mean}, how bothersome contact was, averaged").format(mean=mean),
        cause.format(left=left, after=after),
        treatment=True,
    )


def _speed(people: People) -> list[Term]:
    return [
        _sped(rules.prospect.buyer.name, *skills.first_contact(rules, p), spoken())
        for rules, p in people
        if rules.prospect.buyer.arrives == "lead"
    ]


@lru_cache(maxsize=1 << 12)
def _sped(name: str, waited: int | None, left: int, language: str) -> Term:
    if waited is None:
        formula, cause = gettext("0 without an attempt"), gettext("{name} was never called").format(name=name)
        return Term(gettext(skills.SPEED), 0, "percent", formula, cause)
    quick, real = lead_reach("telfer", 5), lead_reach("telfer", waited)
    return Term(
        gettext(skills.SPEED),
        left,
        "percent",
        gettext("100 x reach after {minutes} min {reach}% / reach after 5 min {quick}%, at most 100").format(
            minutes=waited, reach=real // 10_000, quick=quick // 10_000
        ),
        gettext("{time} from the enquiry to your first attempt").format(time=span_text(waited)),
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
