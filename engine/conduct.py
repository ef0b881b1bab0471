"""Conduct: how the selling was done, whatever came of it, as terms of 0 to 100 with their formulas and causes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from engine import skills
from engine import world as at
from engine.calendar import span_text
from engine.rules.constants import NUISANCE_SPAN
from engine.rules.contact import lead_reach
from engine.skills import People
from engine.term import Term
from engine.units import points
from engine.words import gettext, marked, ngettext, spoken
from engine.world import Prospect

_DECISIONS: Final = marked("decisions")


def terms(people: People) -> tuple[Term, ...]:
    """The terms of conduct that apply to this run, each 0 to 100."""
    ps = [p for _, p in people]
    talked = [(rules, p) for rules, p in people if p[at.TALKS]]
    decided = sum(p[at.DECISIONS] - (p[at.GIVEN_UP] & p[at.REAL]) for p in ps)
    ended = sum(p[at.DECISIONS] + p[at.CONTINUATIONS] for p in ps)
    touches = sum(p[at.TOUCHES] for p in ps)
    useful = touches - sum(p[at.EMPTY] for p in ps)
    found = (
        *(() if talked else (_nobody(spoken()),)),
        _share(
            _DECISIONS,
            decided,
            ended,
            marked("{part} of {whole} conversations ended in an order, a dated step or a no that the buyer meant"),
        ),
        _share(
            skills.NEEDS,
            *skills.needs(people),
            marked("{part} of {whole} points of need were told to you"),
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
    return tuple(term for term in found if term is not None)


@lru_cache
def _nobody(language: str) -> Term:
    return Term(gettext(_DECISIONS), 0, "percent", gettext("0 without a conversation"), gettext("nobody was spoken to"))


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


def conduct_percent(people: People) -> int:
    """What the terms of a run come to, 0 to 100."""
    return percent(terms(people))


def percent(terms: Sequence[Term]) -> int:
    """What these terms come to, 0 to 100: their mean, and never more than twice the worst of those that say how the
    buyer was treated. No number of kept promises makes up for having been a nuisance."""
    if not terms:
        return 100
    mean = sum(term.value for term in terms) // len(terms)
    return min([mean, *(2 * term.value for term in terms if term.treatment)])


def total(terms: Sequence[Term]) -> Term:
    """What these terms come to, as the line below them."""
    worst = min((term for term in terms if term.treatment), key=lambda term: term.value, default=None)
    limit = (worst.value, worst.name) if worst is not None else None
    return _come_to(percent(terms), limit, spoken())


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
