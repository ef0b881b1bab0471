"""Plan A: the first visit is the sale, and follow-up is plan B."""

from __future__ import annotations

from dataclasses import replace

from engine.evidence.claims import Claim, Figure, Judgement, along, sign, within_all
from engine.evidence.schools import playing
from engine.evidence.sellers import Dosed, ManyBuyers, OneBuyer
from engine.evidence.tallies import Tallies, less, rate
from engine.evidence.trials import Playing, Trial, World
from engine.units import DAY, HOUR, WEEK, Span

SCHOOL = "plan-a"

# --- 0.1 -------------------------------------------------------------------------------------------------------------

_KINDS = {
    "small retail": "small_retail",
    "large retail": "large_retail",
    "in-home": "in_home",
    "auto": "auto",
    "new home": "new_home",
    "b2b": "b2b",
}
_AT_ONCE = OneBuyer(questions=3, asks=3)


def _later(pace: int) -> OneBuyer:
    return OneBuyer(questions=3, asks=1, asks_at_first=False, dated=pace, after=pace, follow_ups=6, tries=2)


def _first_or_later() -> dict[str, Trial]:
    trials: dict[str, Trial] = {}
    for name, preset in _KINDS.items():
        world = World(preset)
        trials[f"{name}, at once"] = Playing(world, _AT_ONCE)
        trials[f"{name}, later"] = Playing(world, _later(WEEK if preset == "b2b" else DAY))
    return trials


def _judge_first_or_later(found: Tallies) -> Judgement:
    places = []
    for name in _KINDS:
        at_once, later = (rate(f"{name}, {when}", "kept", "worked", 60) for when in ("at once", "later"))
        lead = found.figure(less(at_once, later))
        places.append((name, Figure(f"{name}: lead of asking at once", lead, "orders an hour", 2)))
    return along("kind of sale, by price and share who can decide today", places)


# --- 0.2 -------------------------------------------------------------------------------------------------------------

_OWN = {
    "showroom": ("saturday-showroom", "same-day"),
    "form": ("pricing-form", "speed-first"),
    "pipeline": ("friday-pipeline", "collector"),
    "roof": ("roof-before-the-rain", "plan-a"),
    "audition": ("long-audition", "audition"),
}


def _judge_late_contacts(found: Tallies) -> Judgement:
    places = []
    for name in _OWN:
        share = found.figure(rate(name, "order_at_5", "orders", 100))
        places.append((name, Figure(f"{name}: orders at the fifth contact or later", share, "%", 0)))
    judged = along("scenario (four in five are claimed; more than half would do)", places, above=50)
    ladder = tuple(
        Figure(
            f"showroom: orders at contact {number}",
            found.figure(rate("showroom", f"order_at_{number}", "orders", 100)),
            "%",
            0,
        )
        for number in range(1, 5)
    )
    return replace(judged, figures=(*judged.figures, *ladder))


# --- 0.3 -------------------------------------------------------------------------------------------------------------

_UNAIDED = OneBuyer()
_VISITS = {
    "showroom of the laboratory": "auto",
    "saturday-showroom": "saturday-showroom",
    "roof": "roof-before-the-rain",
}


def _judge_unaided(found: Tallies) -> Judgement:
    places = []
    for name in _VISITS:
        share = found.figure(rate(name, "again", "unsold", 100))
        places.append((name, Figure(f"{name}: second conversation, nobody following up", share, "%")))
    return within_all("scenario", places, 5, 10)


# --- 0.4 -------------------------------------------------------------------------------------------------------------

_KEPT = (0, 10, 25, 50, 75)
_FLOOR = World("auto", copies=16).but(
    arrives="known", quiet=0, reach=600_000, ready=Span(3 * HOUR, 7 * HOUR), deadline=8 * HOUR
)


def _judge_split(found: Tallies) -> Judgement:
    orders = {kept: rate(str(kept), "kept") for kept in _KEPT}
    figures = [
        Figure(f"{kept}% of the day kept for follow-ups: orders", found.figure(orders[kept]), "a day", 2)
        for kept in _KEPT
    ]
    best = max(range(len(_KEPT)), key=lambda place: figures[place].mean.value)
    leads = tuple(
        Figure(f"{_KEPT[best]}% over {end}%", found.figure(less(orders[_KEPT[best]], orders[end])), "orders a day", 2)
        for end in (_KEPT[0], _KEPT[-1])
    )
    apart = 0 < best < len(_KEPT) - 1 and all(sign(lead.mean) > 0 for lead in leads)
    why = f"most at {_KEPT[best]}%: {leads[0].text()} over none, {leads[1].text()} over {_KEPT[-1]}%"
    return Judgement("reproduced" if apart else "not reproduced", why, (*figures, *leads))


# --- 0.5 -------------------------------------------------------------------------------------------------------------

_DOSES = (0, 2, 4, 6)
_DISCOVERY = {"in-home": "in_home", "auto": "auto", "roof": "roof-before-the-rain", "showroom": "saturday-showroom"}


def _judge_discovery(found: Tallies) -> Judgement:
    places, more = [], []
    for name in _DISCOVERY:
        none, two, four, six = (rate(f"{name}, {dose}", "first", "prospects", 100) for dose in _DOSES)
        gain = found.figure(less(two, none))
        shrinks = found.figure(less(less(two, none), less(six, four)))
        places.append((name, Figure(f"{name}: closes that 2 lines of discovery add", gain, "points")))
        more.append((name, Figure(f"{name}: ... less what lines 5 and 6 add", shrinks, "points")))
    rising, flattening = along("sale", places), along("sale", more)
    if rising.verdict == "reproduced" and flattening.verdict != "reproduced":
        rising = replace(flattening, why=f"whether returns shrink, on the {flattening.why}")
    return replace(rising, figures=(*rising.figures, *(figure for _, figure in more)))


CLAIMS = (
    Claim(
        "0.1",
        SCHOOL,
        "Asking for the decision on the first visit beats planning to follow up.",
        "Two sellers with the same craft meet the same buyers. One asks in the first conversation and never calls "
        "back; the other asks in a later one, with dates, up to six follow-ups. Orders kept per hour of their time.",
        _first_or_later(),
        _judge_first_or_later,
    ),
    Claim(
        "0.2",
        SCHOOL,
        "Most orders come at the fifth contact or later.",
        "Orders by number of the contact at which they come, each school's doctrine in its own scenario.",
        {name: playing(scenario, doctrine) for name, (scenario, doctrine) in _OWN.items()},
        _judge_late_contacts,
    ),
    Claim(
        "0.3",
        SCHOOL,
        "Left to themselves, 5 to 10% of those who have not bought talk with the seller again.",
        "Follow-up turned off: the seller only answers who gets in touch. Second conversations of visitors who have "
        "not bought on the first visit.",
        {name: Playing(World(scenario), _UNAIDED) for name, scenario in _VISITS.items()},
        _judge_unaided,
    ),
    Claim(
        "0.4",
        SCHOOL,
        "Attention is finite: time for follow-ups is taken from first visits.",
        "Sixteen prospects and one day of eight hours, a part of it kept for follow-ups. Orders kept are to be highest "
        "somewhere between keeping nothing and keeping most of it.",
        {str(kept): Playing(_FLOOR, ManyBuyers(kept), share=10) for kept in _KEPT},
        _judge_split,
    ),
    Claim(
        "0.5",
        SCHOOL,
        "Time spent on discovery raises the first-visit close, with diminishing returns.",
        "A seller says 0, 2, 4 or 6 lines of discovery before offering and asking. Closes on the first visit.",
        {
            f"{name}, {dose}": Playing(World(scenario), Dosed(dose))
            for name, scenario in _DISCOVERY.items()
            for dose in _DOSES
        },
        _judge_discovery,
    ),
)
