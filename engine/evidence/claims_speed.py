"""Speed first: interest in talking fades from the minute a form is sent, and the act matters before the art."""

from __future__ import annotations

from dataclasses import replace

from engine.evidence.claims import Claim, Figure, Judgement, along, within_all
from engine.evidence.sellers import Covering, OneBuyer
from engine.evidence.tallies import Quantity, Tallies, less, over, rate
from engine.evidence.trials import ALWAYS_OPEN, Playing, Trial, World
from engine.intervals import Mean
from engine.rules.constants import RIVAL_NEVER, RIVAL_REPLY
from engine.units import CERTAIN, DAY, HOUR

SCHOOL = "speed-first"

# --- 2.1 and 2.5 -----------------------------------------------------------------------------------------------------

_LEADS = World("lead", copies=4)
_QUALITIES = (30, 50, 70)
_LOW, _HIGH, _STEP = 40, 90, 10


def _grid(middle: int) -> dict[str, Trial]:
    """Ten points more and less of coverage, and of quality, around each middle."""
    trials: dict[str, Trial] = {}
    for quality in _QUALITIES:
        for coverage, how in (
            *((middle + step, quality) for step in (-_STEP, _STEP)),
            *((middle, quality + step) for step in (-_STEP, _STEP)),
        ):
            trials[f"{coverage}/{how}"] = Playing(_LEADS, Covering(coverage, how), share=100)
    return trials


def _gains(middle: int, quality: int) -> tuple[Quantity, Quantity]:
    """Orders of a hundred enquiries that twenty points more of coverage add, and twenty of quality."""

    def orders(coverage: int, how: int) -> Quantity:
        return rate(f"{coverage}/{how}", "kept", "prospects", 100)

    return (
        less(orders(middle + _STEP, quality), orders(middle - _STEP, quality)),
        less(orders(middle, quality + _STEP), orders(middle, quality - _STEP)),
    )


def _lead_of_coverage(found: Tallies, middle: int) -> list[tuple[str, Figure]]:
    places = []
    for quality in _QUALITIES:
        coverage, art = _gains(middle, quality)
        what = f"coverage {middle}%, quality {quality}%: orders that 20 points of coverage add, over 20 of quality"
        places.append((f"quality {quality}%", Figure(what, found.figure(less(coverage, art)), "points", 2)))
    return places


def _judge_bottleneck(found: Tallies) -> Judgement:
    return along("quality of the conversations, at 30 to 50% coverage", _lead_of_coverage(found, _LOW))


def _judge_act_before_art(found: Tallies) -> Judgement:
    """Coverage is to pay more where it is low, and no longer where it is high."""
    low = [(f"low coverage, {place}", figure) for place, figure in _lead_of_coverage(found, _LOW)]
    high = [
        (f"high coverage, {place}", replace(figure, mean=Mean(-figure.mean.value, figure.mean.error)))
        for place, figure in _lead_of_coverage(found, _HIGH)
    ]
    turned = [(place, replace(figure, what=f"{figure.what}, the other way round")) for place, figure in high]
    return along("coverage and quality", [*low, *turned])


# --- 2.2 -------------------------------------------------------------------------------------------------------------


def _judge_coverage(found: Tallies) -> Judgement:
    answering = (CERTAIN - RIVAL_NEVER) / CERTAIN
    places = []
    for words, minutes in (("within an hour", HOUR), ("within a day", DAY), ("ever", RIVAL_REPLY[-1])):
        share = 100 * answering * sum(reply <= minutes for reply in RIVAL_REPLY) / len(RIVAL_REPLY)
        places.append((words, Figure(f"enquiries that a rival firm answers {words}", Mean(share, 0.0), "%", 0)))
    return within_all("how long one waits for an answer", places, 20, 70)


# --- 2.3 -------------------------------------------------------------------------------------------------------------

_PRESETS = ("telfer", "hbr", "classic")
_DELAYS = {"hour 1": (2, 5, 13, 36), "after 24 h": (27 * HOUR, 35 * HOUR, 47 * HOUR, 63 * HOUR)}
"""Minutes; the middles of quarters of the order of magnitude, as the reply times of audited firms spread."""


def _waiting_for_nobody(preset: str) -> World:
    """Enquiries that nothing but the reach of a preset takes away."""
    return World("lead").but(reach=preset, rival=None, drifts=0)


def _reaching() -> dict[str, Trial]:
    return {
        f"{preset}, {minutes}": Playing(_waiting_for_nobody(preset), OneBuyer(begins=minutes), share=100)
        for preset in _PRESETS
        for delays in _DELAYS.values()
        for minutes in delays
    }


def _reached(preset: str, when: str) -> Quantity:
    parts = [rate(f"{preset}, {minutes}", "at_first", "runs", 100) for minutes in _DELAYS[when]]
    return lambda sums: sum(part(sums) for part in parts) / len(parts)


def _judge_reach(found: Tallies) -> Judgement:
    places, figures = [], []
    for preset in _PRESETS:
        first, late = _reached(preset, "hour 1"), _reached(preset, "after 24 h")
        figures += [
            Figure(f"{preset}: reached at the first call in hour 1", found.figure(first), "%"),
            Figure(f"{preset}: ... after 24 h", found.figure(late), "%", 2),
        ]
        places.append((preset, Figure(f"{preset}: hour 1 over after 24 h, times", found.figure(over(first, late)))))
    falling = along("preset", places, above=1)
    same = within_all("size", places[:1], 5, 11.4)
    judged = falling if same.verdict == "reproduced" else same
    return replace(judged, figures=(*figures, *falling.figures))


# --- 2.4 -------------------------------------------------------------------------------------------------------------

_FORMS = {"laboratory": World("lead"), "pricing-form": World("pricing-form").but(open=ALWAYS_OPEN)}
_FADING = {"as it is": None, "frozen": "frozen"}


def _waiting() -> dict[str, Trial]:
    trials: dict[str, Trial] = {}
    for name, world in _FORMS.items():
        for how in ("as it is", "frozen"):
            faded = replace(world, fades="frozen") if how == "frozen" else world
            for words, minutes in (("at once", 0), ("a day later", DAY)):
                trials[f"{name}, {how}, {words}"] = Playing(faded, OneBuyer(begins=minutes, tries=3), share=100)
    return trials


def _lost(name: str, how: str, of: str) -> Quantity:
    """Percent of the orders kept that waiting a day loses."""
    now, later = (rate(f"{name}, {how}, {words}", "kept", of) for words in ("at once", "a day later"))
    return lambda sums: 100 * (1 - later(sums) / now(sums))


def _judge_interest(found: Tallies) -> Judgement:
    places, figures = [], []
    for name in _FORMS:
        for how in ("as it is", "frozen"):
            figures += [
                Figure(
                    f"{name}, interest {how}: orders lost by waiting a day", found.figure(_lost(name, how, "runs")), "%"
                ),
                Figure("... of those talked to", found.figure(_lost(name, how, "talked")), "%"),
            ]
        shrinks = less(_lost(name, "as it is", "talked"), _lost(name, "frozen", "talked"))
        what = f"{name}: loss among those talked to, less that with interest frozen"
        places.append((name, Figure(what, found.figure(shrinks), "points")))
    judged = along("scenario", places)
    return replace(judged, figures=(*figures, *judged.figures))


CLAIMS = (
    Claim(
        "2.1",
        SCHOOL,
        "Coverage is the bottleneck: calling more of the enquiries pays more than calling them better.",
        "Four enquiries at a time. Coverage is the share that is called at all, quality the share of conversations led "
        "with craft and not talked down. Twenty points more of the one against twenty of the other, at 30 to 50% "
        "coverage.",
        _grid(_LOW),
        _judge_bottleneck,
    ),
    Claim(
        "2.2",
        SCHOOL,
        "Sellers answer 20 to 70% of their enquiries.",
        "The rival firms of the model, whose reply times are the published ones.",
        {},
        _judge_coverage,
    ),
    Claim(
        "2.3",
        SCHOOL,
        "The chance of reaching somebody falls with the delay: 7.6 times from the first hour to after a day.",
        "Enquiries called for the first time after 2 to 36 minutes, and after 27 to 63 hours, under each of the three "
        "published curves. The size is that of `telfer`, within a factor of 1.5.",
        _reaching(),
        _judge_reach,
    ),
    Claim(
        "2.4",
        SCHOOL,
        "Interest fades too, not only the chance of reaching somebody.",
        "Enquiries called at once and a day later. The orders lost among those talked to, with interest as it is and "
        "with interest that does not fade.",
        _waiting(),
        _judge_interest,
    ),
    Claim(
        "2.5",
        SCHOOL,
        "The act comes before the art, as long as many enquiries lie unanswered; then the art pays more.",
        "As 2.1, and once more at 80 to 100% coverage, where quality is to pay more.",
        {**_grid(_LOW), **_grid(_HIGH)},
        _judge_act_before_art,
    ),
)
