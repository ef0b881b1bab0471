"""Same day: call back before the evening is over, while the emotion of the visit still runs."""

from __future__ import annotations

from dataclasses import replace

from engine.evidence.claims import Claim, Figure, Judgement, along, within_all
from engine.evidence.messages import CallAfterVisit
from engine.evidence.sellers import OneBuyer
from engine.evidence.tallies import Quantity, Sums, Tallies, less, over, rate
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


def _judge_same_day(found: Tallies) -> Judgement:
    figures, places = [], []
    for name in _ROOMS:
        for hour in _HOURS:
            figures.append(Figure(f"{name}: orders of a call after {hour} h", found.figure(_yield(name, hour)), "%"))
        for hour in (24, 48, 72):

            def lead(sums: Sums, name: str = name, hour: int = hour) -> float:
                return sum(_yield(name, early)(sums) for early in (4, 6, 8)) / 3 - _yield(name, hour)(sums)

            what = f"{name}: 4 to 8 h over {hour} h"
            places.append((f"{hour} h in the {name}", Figure(what, found.figure(lead), "points")))
    judged = along("delay it is compared with", places)
    return replace(judged, figures=(*figures, *judged.figures))


def _judge_steep(found: Tallies) -> Judgement:
    """About a third is within a factor of 1.5."""
    places = []
    for name in _ROOMS:
        ratio = found.figure(over(_yield(name, 72), _yield(name, 6)))
        places.append((name, Figure(f"{name}: orders of a call after 72 h, as a share of 6 h", ratio, "", 2)))
    return within_all("where", places, 0.22, 0.5)


# --- 4.3 -------------------------------------------------------------------------------------------------------------

_OFF: tuple[Fades, ...] = ("emptied", "slowed")


def _lost(name: str, how: Fades | None) -> Quantity:
    """Percent of the orders of a call after 6 hours that waiting until 24 loses."""
    soon, late = _yield(name, 6, how), _yield(name, 24, how)
    return lambda sums: 100 * (1 - late(sums) / soon(sums))


def _judge_emotion(found: Tallies) -> Judgement:
    figures, places = [], []
    for name in _ROOMS:
        for how, words in ((None, "as it is"), *((how, f"{how}") for how in _OFF)):
            what = f"{name}, fast store {words}: orders lost by waiting from 6 to 24 h"
            figures.append(Figure(what, found.figure(_lost(name, how)), "%"))
        for how in _OFF:
            shrinks = found.figure(less(_lost(name, None), _lost(name, how)))
            what = f"{name}: the loss, less that with the fast store {how}"
            places.append((f"{how} in the {name}", Figure(what, shrinks, "points")))
    judged = along("how the fast store is turned off", places)
    return replace(judged, figures=(*figures, *judged.figures))


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


def _judge_welcome(found: Tallies) -> Judgement:
    def irritation(words: str) -> Quantity:
        return rate(words, "pressure", "talks", 1 / POINT)

    def same_day(sums: Sums) -> float:
        return sum(irritation(words)(sums) for words in _WELCOME) / len(_WELCOME)

    figures = tuple(
        Figure(f"pressure after a call {words} later", found.figure(irritation(words)), "points") for words in _AFTER
    )
    places = []
    for words in _AFTER:
        if words not in _WELCOME:
            more = found.figure(less(irritation(words), same_day))
            places.append((words, Figure(f"pressure after {words}, over 2 to 8 hours", more, "points")))
    judged = along("hour it is compared with", places)
    return replace(judged, figures=(*figures, *judged.figures))


CLAIMS = (
    Claim(
        "4.1",
        SCHOOL,
        "A call on the same day beats one a day or more later.",
        "One call after a visit without a decision or a date, 4 to 72 hours later, at any hour of the day. Orders kept "
        "of those who had not bought on the visit.",
        _calls(),
        _judge_same_day,
    ),
    Claim(
        "4.2",
        SCHOOL,
        "The loss is steep: after 72 hours a call brings about a third of what it brings after 6.",
        "The same calls; a third within a factor of 1.5.",
        _calls(),
        _judge_steep,
    ),
    Claim(
        "4.3",
        SCHOOL,
        "Emotion is the mechanism: without the fast store of interest the same-day edge shrinks.",
        "The orders that waiting from 6 to 24 hours loses, with the fast store as it is, emptied (what is felt is gone "
        "at once) and slowed (it fades by the law of conviction).",
        _calls((None, *_OFF), (6, 24)),
        _judge_emotion,
    ),
    Claim(
        "4.4",
        SCHOOL,
        "A call 2 to 8 hours after the visit is the most welcome one.",
        "A visit in which the decision was asked for twice, then one call in which it is asked for again. Pressure "
        "after the call, by the hours between.",
        {words: CallAfterVisit(minutes) for words, minutes in _AFTER.items()},
        _judge_welcome,
    ),
)
