"""Same day: call back before the evening is over, while the emotion of the visit still runs."""

from __future__ import annotations

from dataclasses import replace

from engine.evidence.claims import IN_TWENTY, METER, POINTS, Claim, Effect, Matters, Shown
from engine.evidence.messages import CallAfterVisit
from engine.evidence.sellers import OneBuyer
from engine.evidence.tallies import Quantity, average, less, over, rate
from engine.evidence.trials import ALWAYS_OPEN, Fades, Playing, Trial, World
from engine.units import DAY, HOUR, POINT

SCHOOL = "same-day"

_ROOMS = {"showroom": World("saturday-showroom").but(open=ALWAYS_OPEN), "laboratory": World("auto")}
_HOURS = (4, 6, 8, 24, 48, 72)


def _calls(fades: tuple[Fades | None, ...] = (None,), hours: tuple[int, ...] = _HOURS) -> dict[str, Trial]:
    """One call this many hours after a visit without a decision, by somebody who agrees no dates."""
    return {
        f"{name}, {how}, {hour}": Playing(replace(world, fades=how), OneBuyer(after=hour * HOUR), share=100)
        for name, world in _ROOMS.items()
        for how in fades
        for hour in hours
    }


def _yield(name: str, hour: int, how: Fades | None = None) -> Quantity:
    """Orders kept after the first conversation, of a hundred visitors who had not bought in it."""
    return rate(f"{name}, {how}, {hour}", "kept_later", "unsold", 100)


# --- 4.1 and 4.2 -----------------------------------------------------------------------------------------------------


def _same_day(name: str) -> Quantity:
    """What `_yield` gives on average over calls after 4, 6 and 8 hours."""
    return average(_yield(name, hour) for hour in (4, 6, 8))


# --- 4.3 -------------------------------------------------------------------------------------------------------------

_OFF: tuple[Fades, ...] = ("emptied", "slowed")


def _lost(name: str, how: Fades | None) -> Quantity:
    """Percent of the orders of a call after 6 hours that waiting until 24 loses."""
    soon, late = _yield(name, 6, how), _yield(name, 24, how)
    return lambda sums: 100 * (1 - late(sums) / soon(sums))


# --- 4.4 -------------------------------------------------------------------------------------------------------------

_AFTER = {
    "10 minutes": 10,
    "2 hours": 2 * HOUR,
    "5 hours": 5 * HOUR,
    "8 hours": 8 * HOUR,
    "1 day": DAY,
    "3 days": 3 * DAY,
}
_WELCOME = ("2 hours", "5 hours", "8 hours")


def _irritation(words: str) -> Quantity:
    """Points of pressure that the call leaves."""
    return rate(words, "pressure", "talks", 1 / POINT)


CLAIMS = (
    Claim(
        "4.1",
        SCHOOL,
        "A call on the same day beats one a day or more later.",
        "One call 4 to 72 hours after a visit that ended without a decision or a date, at any hour of the day. "
        "Orders kept, of visitors who had not bought on the visit.",
        _calls(),
        (
            Effect(
                "orders kept of a hundred who had not bought, called after 4 to 8 hours less called later",
                {
                    f"{hour} h in the {name}": less(_same_day(name), _yield(name, hour))
                    for name in _ROOMS
                    for hour in (24, 48, 72)
                },
                POINTS,
                "points",
            ),
        ),
        tuple(
            Shown(f"{name}: orders of a call after {hour} h", _yield(name, hour), "%")
            for name in _ROOMS
            for hour in _HOURS
        ),
    ),
    Claim(
        "4.2",
        SCHOOL,
        "The loss is steep: after 72 hours a call brings about a third of what it brings after 6.",
        "The same calls; a third within a factor of 1.5.",
        _calls(),
        (
            Effect(
                "orders of a call after 72 h, as a share of those of one after 6 h",
                {name: over(_yield(name, 72), _yield(name, 6)) for name in _ROOMS},
                Matters(0.22, 0.5, "that is a third within a factor of 1.5"),
                digits=2,
            ),
        ),
    ),
    Claim(
        "4.3",
        SCHOOL,
        "Emotion is the mechanism: without the fast store of interest the same-day edge shrinks.",
        "The orders that waiting from 6 to 24 hours loses, with the fast store as it is, emptied (what is felt is gone "
        "at once) and slowed (it fades by the law of conviction).",
        _calls((None, *_OFF), (6, 24)),
        (
            Effect(
                "orders lost by waiting from 6 to 24 h, less those lost with the fast store turned off",
                {f"{how} in the {name}": less(_lost(name, None), _lost(name, how)) for name in _ROOMS for how in _OFF},
                IN_TWENTY,
                "points",
            ),
        ),
        tuple(
            Shown(f"{name}, fast store {how or 'as it is'}: orders lost by waiting", _lost(name, how), "%")
            for name in _ROOMS
            for how in (None, *_OFF)
        ),
    ),
    Claim(
        "4.4",
        SCHOOL,
        "A call 2 to 8 hours after the visit is the most welcome one.",
        "A visit in which the decision was asked for twice, then one call in which it is asked for again. Pressure "
        "after the call, by the hours between.",
        {words: CallAfterVisit(minutes) for words, minutes in _AFTER.items()},
        (
            Effect(
                "pressure after a call at another hour, less that after one 2 to 8 hours later",
                {
                    words: less(_irritation(words), average(_irritation(one) for one in _WELCOME))
                    for words in _AFTER
                    if words not in _WELCOME
                },
                METER,
                "points",
            ),
        ),
        tuple(Shown(f"pressure after a call {words} later", _irritation(words), "points") for words in _AFTER),
    ),
)
