"""Audition: in sales of weeks and months the buyer judges you by what you do between the meetings."""

from __future__ import annotations

from collections.abc import Iterable

from engine.doctrines import FOILS, SCHOOLS
from engine.evidence.claims import INCOME, METER, Claim, Effect, Matters, Shown
from engine.evidence.messages import Messages
from engine.evidence.schools import playing
from engine.evidence.sellers import OneBuyer, Sparing
from engine.evidence.tallies import Quantity, Sums, less, most, part, rate
from engine.evidence.trials import Playing, Trial, World
from engine.units import DAY, POINT, WEEK

SCHOOL = "audition"

# --- 3.1 -------------------------------------------------------------------------------------------------------------

_TRADES = {"large retail": "large_retail", "in-home": "in_home", "auto": "auto", "new home": "new_home", "b2b": "b2b"}
"""From short cycles to long ones: fewer can decide at first, and the others need longer."""


def _cycles() -> dict[str, Trial]:
    return {
        name: Playing(World(preset), OneBuyer(asks=1, dated=pace, after=pace, follow_ups=8, tries=2))
        for name, preset in _TRADES.items()
        for pace in (WEEK if preset == "b2b" else DAY,)
    }


_SHORTEST, *_, _LONGEST = _TRADES


def _later(name: str) -> Quantity:
    return rate(name, "later", "orders", 100)


# --- 3.2 and 3.3 -----------------------------------------------------------------------------------------------------

_NUMBERS = tuple(range(11))
_CLAIMED = (4, 5, 6)
_TRIED = (3, 6, 9)


def _useful() -> dict[str, Trial]:
    return {f"useful {number}": Messages("write", number) for number in _NUMBERS}


def _empty() -> dict[str, Trial]:
    return {f"empty {number}": Messages("anything-new", number) for number in _TRIED}


def _trust(trial: str) -> Quantity:
    return rate(trial, "trust", "runs", 1 / POINT)


def _trust_of(numbers: Iterable[int]) -> Quantity:
    """The highest trust after a quarter with one of these numbers of useful messages."""
    return most(_trust(f"useful {number}") for number in numbers)


def _pressure(kind: str, number: int) -> Quantity:
    """Points of pressure that a message leaves."""
    return rate(f"{kind} {number}", "pressure", "runs", 1 / POINT / number)


# --- 3.4 -------------------------------------------------------------------------------------------------------------

_MOST = (0, 1, 2, 3, 4, 6)
_LONG = World("long-audition")
_OTHERS = tuple(name for name in (*SCHOOLS, *FOILS) if name != "audition")


def _caution() -> dict[str, Trial]:
    trials: dict[str, Trial] = {
        f"audition, at most {most}": Playing(_LONG, Sparing("audition", most), share=25) for most in _MOST
    }
    return trials | {name: playing(_LONG.scenario, name) for name in _OTHERS}


def _income(sent: int) -> Quantity:
    """Money a run, with no more messages than this."""
    return rate(f"audition, at most {sent}", "value", "runs", 1 / 100)


def _holding_back(sums: Sums) -> float:
    """How many of the other players send fewer messages a run than the one who may send the most."""
    paying = rate(f"audition, at most {_MOST[-1]}", "touches")(sums)
    return sum(rate(name, "touches")(sums) < paying for name in _OTHERS)


CLAIMS = (
    Claim(
        "3.1",
        SCHOOL,
        "Long sales are won between the meetings: more than 80% of orders come after the first conversation.",
        "One seller, who asks once in every conversation, agrees on dates and follows up, in trades from short "
        "cycles to long ones. The share of orders after the first conversation should rise, and pass 80% in the "
        "longest.",
        _cycles(),
        (
            Effect(
                f"orders after the first conversation, {_LONGEST}",
                {_LONGEST: _later(_LONGEST)},
                Matters(80, because="as claimed"),
                "%",
                0,
            ),
            Effect(
                f"orders after the first conversation, {_LONGEST} less {_SHORTEST}",
                {f"{_LONGEST} less {_SHORTEST}": less(_later(_LONGEST), _later(_SHORTEST))},
                Matters(10, because="a rise is one order in ten at least, from one end to the other"),
                "points",
                0,
            ),
        ),
        tuple(Shown(f"{name}: orders after the first conversation", _later(name), "%", 0) for name in _TRADES),
    ),
    Claim(
        "3.2",
        SCHOOL,
        "Messages that bring something do not annoy.",
        "Three, six and nine messages over a quarter, useful or empty, to a buyer of a long sale. Trust at the end of "
        "the quarter, and pressure after each message.",
        _useful() | _empty(),
        (
            Effect(
                "trust that the last useful message adds",
                {
                    f"number {number}": less(_trust(f"useful {number}"), _trust(f"useful {number - 1}"))
                    for number in _TRIED
                },
                Matters(-METER.low, because=f"to annoy is to cost a point at least: {METER.because}"),
                "points",
            ),
            Effect(
                "pressure that a useful message leaves",
                {f"of {number}": _pressure("useful", number) for number in _TRIED},
                Matters(high=METER.low, because=METER.because),
                "points",
            ),
        ),
        tuple(
            shown
            for number in _TRIED
            for shown in (
                Shown(
                    f"trust, {number} useful messages over {number} empty ones",
                    less(_trust(f"useful {number}"), _trust(f"empty {number}")),
                    "points",
                ),
                Shown(f"pressure that an empty message leaves, of {number}", _pressure("empty", number), "points"),
            )
        ),
    ),
    Claim(
        "3.3",
        SCHOOL,
        "Steady contact builds trust, up to 4 to 6 messages a quarter; more of them cost it.",
        "None to ten useful messages, evenly over a quarter. Trust at its end.",
        _useful(),
        (
            Effect(
                "trust with 4 to 6 messages, the best of them, over the best of all other numbers",
                {"a quarter": less(_trust_of(_CLAIMED), _trust_of(n for n in _NUMBERS if n not in _CLAIMED))},
                METER,
                "points",
            ),
        ),
        tuple(
            Shown(f"trust after a quarter with {number} useful messages", _trust(f"useful {number}"), "points")
            for number in _NUMBERS
        ),
    ),
    Claim(
        "3.4",
        SCHOOL,
        "Sellers overrate how much they annoy.",
        "What sellers believe is not in the model; what holding back costs is. The long sale, with at most 0 to 6 "
        "useful messages.",
        _caution(),
        (
            Effect(
                "income that is lost with two messages at most, in percent of that with six",
                {"the long sale": part(less(_income(6), _income(2)), _income(6))},
                INCOME,
                "%",
                0,
            ),
        ),
        (
            *(Shown(f"at most {sent} useful messages: income a run", _income(sent), "", 0) for sent in _MOST),
            Shown(f"of {len(_OTHERS)} other players, those who send fewer than the one with six", _holding_back, "", 0),
        ),
    ),
)
