"""Plan A: the first visit is the sale, and follow-up is plan B."""

from __future__ import annotations

from engine.evidence.claims import CLOSES, IN_TWENTY, POINTS, Claim, Effect, Matters, Shown
from engine.evidence.schools import playing
from engine.evidence.sellers import Dosed, ManyBuyers, OneBuyer
from engine.evidence.tallies import Quantity, lead, less, most, rate
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


def _an_hour(name: str, when: str) -> Quantity:
    """Orders kept an hour of the seller's time."""
    return rate(f"{name}, {when}", "kept", "worked", 60)


# --- 0.2 -------------------------------------------------------------------------------------------------------------

_OWN = {
    "showroom": ("saturday-showroom", "same-day"),
    "form": ("pricing-form", "speed-first"),
    "pipeline": ("friday-pipeline", "collector"),
    "roof": ("roof-before-the-rain", "plan-a"),
    "audition": ("long-audition", "audition"),
}

# --- 0.3 -------------------------------------------------------------------------------------------------------------

_UNAIDED = OneBuyer()
_LABORATORY = "showroom of the laboratory"
_VISITS = {
    _LABORATORY: "auto",
    "saturday-showroom": "saturday-showroom",
    "roof": "roof-before-the-rain",
}

# --- 0.4 -------------------------------------------------------------------------------------------------------------

_KEPT = (0, 10, 25, 50, 75)
_FLOOR = World("auto", copies=16).but(
    arrives="known", quiet=0, reach=600_000, ready=Span(3 * HOUR, 7 * HOUR), deadline=8 * HOUR
)


def _orders(*kept: int) -> Quantity:
    """Orders kept a day, with the best of these parts of it set aside."""
    return most(rate(str(percent), "kept") for percent in kept)


# --- 0.5 -------------------------------------------------------------------------------------------------------------

_DOSES = (0, 2, 4, 6)
_DISCOVERY = {"in-home": "in_home", "auto": "auto", "roof": "roof-before-the-rain", "showroom": "saturday-showroom"}


def _added(name: str, less_of: int, more: int) -> Quantity:
    """Closes of a hundred visitors that lines of discovery add."""
    return less(_closes(name, more), _closes(name, less_of))


def _closes(name: str, dose: int) -> Quantity:
    return rate(f"{name}, {dose}", "first", "prospects", 100)


CLAIMS = (
    Claim(
        "0.1",
        SCHOOL,
        "Asking for the decision on the first visit beats planning to follow up.",
        "Two sellers with the same craft meet the same buyers. One asks in the first conversation and never calls "
        "back; the other asks in a later one, with dates, up to six follow-ups. Orders kept per hour of their time.",
        _first_or_later(),
        (
            Effect(
                "orders kept an hour, asking at once over asking later, in percent of the mean of both",
                {name: lead(_an_hour(name, "at once"), _an_hour(name, "later")) for name in _KINDS},
                IN_TWENTY,
                "%",
            ),
        ),
        tuple(
            Shown(f"{name}, asking {when}: orders kept", _an_hour(name, when), "an hour", 2)
            for name in _KINDS
            for when in ("at once", "later")
        ),
    ),
    Claim(
        "0.2",
        SCHOOL,
        "Most orders come at the fifth contact or later.",
        "Orders by number of the contact at which they come, each school's doctrine in its own scenario.",
        {name: playing(scenario, doctrine) for name, (scenario, doctrine) in _OWN.items()},
        (
            Effect(
                "orders that come at the fifth contact or later",
                {name: rate(name, "order_at_5", "orders", 100) for name in _OWN},
                Matters(50, because="most is more than half; four in five are claimed"),
                "%",
                0,
            ),
        ),
        tuple(
            Shown(
                f"showroom: orders at contact {number}", rate("showroom", f"order_at_{number}", "orders", 100), "%", 0
            )
            for number in range(1, 5)
        ),
    ),
    Claim(
        "0.3",
        SCHOOL,
        "Left to themselves, 5 to 10% of those who have not bought talk with the seller again.",
        "With follow-up turned off, the seller only answers whoever gets in touch. Second conversations of visitors "
        "who have not bought on the first visit.",
        {
            name: Playing(World(scenario), _UNAIDED, share=600 if name == _LABORATORY else 50)
            for name, scenario in _VISITS.items()
        },
        (
            Effect(
                "second conversations where nobody follows up",
                {name: rate(name, "again", "unsold", 100) for name in _VISITS},
                Matters(5, 10, "as claimed"),
                "%",
            ),
        ),
    ),
    Claim(
        "0.4",
        SCHOOL,
        "Attention is finite: time for follow-ups is taken from first visits.",
        "Sixteen prospects and one day of eight hours, a part of it kept for follow-ups. Orders kept should peak "
        "somewhere between keeping nothing and keeping most of it.",
        {str(kept): Playing(_FLOOR, ManyBuyers(kept), share=10) for kept in _KEPT},
        (
            Effect(
                "orders kept, with the best part of the day in between set aside, less those with the better extreme",
                {"a day": less(_orders(*_KEPT[1:-1]), _orders(_KEPT[0], _KEPT[-1]))},
                Matters(0.1, because="that is one more order in two working weeks"),
                "a day",
                2,
            ),
        ),
        tuple(
            Shown(f"{kept}% of the day set aside for follow-ups: orders kept", _orders(kept), "a day", 2)
            for kept in _KEPT
        ),
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
        (
            Effect(
                "closes that the first two lines of discovery add",
                {name: _added(name, 0, 2) for name in _DISCOVERY},
                CLOSES,
                "points",
            ),
            Effect(
                "closes that the first two add, less those that the fifth and sixth add",
                {name: less(_added(name, 0, 2), _added(name, 4, 6)) for name in _DISCOVERY},
                POINTS,
                "points",
            ),
        ),
    ),
)
