"""Speed first: interest in talking fades from the minute a form is sent, and the act matters before the art."""

from __future__ import annotations

from dataclasses import replace

from engine.evidence.claims import IN_TWENTY, Claim, Effect, Matters, Shown
from engine.evidence.sellers import Covering, OneBuyer
from engine.evidence.tallies import Quantity, average, less, part, rate
from engine.evidence.trials import ALWAYS_OPEN, Fades, Playing, Trial, World
from engine.rules.constants import RIVAL_NEVER, RIVAL_REPLY
from engine.units import CERTAIN, DAY, HOUR

SCHOOL = "speed-first"

# --- 2.1 and 2.5 -----------------------------------------------------------------------------------------------------

_LEADS = World("lead", copies=4)
_QUALITIES = (30, 50, 70)
_LOW, _HIGH, _STEP = 40, 90, 10
_CLOSE = 200
"""Percent of the runs where coverage and quality are so close to each other that fewer would leave it undecided."""


def _grid(middle: int, share: int = 100) -> dict[str, Trial]:
    """Ten points more and less of coverage, and of quality, around each middle."""
    trials: dict[str, Trial] = {}
    for quality in _QUALITIES:
        for coverage, how in (
            *((middle + step, quality) for step in (-_STEP, _STEP)),
            *((middle, quality + step) for step in (-_STEP, _STEP)),
        ):
            trials[f"{coverage}/{how}"] = Playing(_LEADS, Covering(coverage, how), share=share)
    return trials


def _orders(coverage: int, quality: int) -> Quantity:
    """Orders kept of a hundred enquiries."""
    return rate(f"{coverage}/{quality}", "kept", "prospects", 100)


def _of_coverage(middle: int, quality: int) -> Quantity:
    """Orders that twenty points more of coverage add."""
    return less(_orders(middle + _STEP, quality), _orders(middle - _STEP, quality))


def _of_quality(middle: int, quality: int) -> Quantity:
    """Orders that twenty points more of quality add."""
    return less(_orders(middle, quality + _STEP), _orders(middle, quality - _STEP))


_EFFORT = Matters(
    0.25, because="twenty points are twenty of a hundred enquiries; that is one more order for eighty of them"
)
_ACT = Effect(
    "orders of a hundred enquiries that 20 points of coverage add at 30 to 50%, less those that 20 of quality add",
    {f"quality {quality}%": less(_of_coverage(_LOW, quality), _of_quality(_LOW, quality)) for quality in _QUALITIES},
    _EFFORT,
    "points",
    2,
)
_ART = Effect(
    "orders of a hundred enquiries that 20 points of quality add at 80 to 100% coverage, less those that 20 of "
    "coverage add",
    {f"quality {quality}%": less(_of_quality(_HIGH, quality), _of_coverage(_HIGH, quality)) for quality in _QUALITIES},
    _EFFORT,
    "points",
    2,
)

# --- 2.2 -------------------------------------------------------------------------------------------------------------


def _answered(minutes: int) -> Quantity:
    """Percent of enquiries that a rival firm answers within some minutes; a table of the model, so without an error."""
    answering = (CERTAIN - RIVAL_NEVER) / CERTAIN
    return lambda _: 100 * answering * sum(reply <= minutes for reply in RIVAL_REPLY) / len(RIVAL_REPLY)


# --- 2.3 -------------------------------------------------------------------------------------------------------------

_PRESETS = ("telfer", "hbr", "classic")
_SIZED = "telfer"
"""The one whose size is claimed."""
_DELAYS = {"hour 1": (2, 5, 13, 36), "after 24 h": (27 * HOUR, 35 * HOUR, 47 * HOUR, 63 * HOUR)}
"""Minutes; the middles of quarters of the order of magnitude, as the reply times of audited firms spread."""


def _waiting_for_nobody(preset: str) -> World:
    """Enquiries that nothing but the reach of a preset takes away."""
    return World("lead").but(reach=preset, rival=None, drifts=0)


def _reaching() -> dict[str, Trial]:
    return {
        f"{preset}, {minutes}": Playing(
            _waiting_for_nobody(preset), OneBuyer(begins=minutes), share=300 if preset == _SIZED else 100
        )
        for preset in _PRESETS
        for delays in _DELAYS.values()
        for minutes in delays
    }


def _reached(preset: str, when: str) -> Quantity:
    return average(rate(f"{preset}, {minutes}", "at_first", "runs", 100) for minutes in _DELAYS[when])


def _left(preset: str) -> Quantity:
    """Those reached after a day, in percent of those reached in hour 1."""
    return part(_reached(preset, "after 24 h"), _reached(preset, "hour 1"))


# --- 2.4 -------------------------------------------------------------------------------------------------------------

_FORMS = {"laboratory": World("lead"), "pricing-form": World("pricing-form").but(open=ALWAYS_OPEN)}
_FADING: dict[str, Fades | None] = {"as it is": None, "frozen": "frozen"}


def _waiting() -> dict[str, Trial]:
    trials: dict[str, Trial] = {}
    for name, world in _FORMS.items():
        for how, fades in _FADING.items():
            faded = replace(world, fades=fades)
            for words, minutes in (("at once", 0), ("a day later", DAY)):
                trials[f"{name}, {how}, {words}"] = Playing(faded, OneBuyer(begins=minutes, tries=3), share=100)
    return trials


def _lost(name: str, how: str, of: str) -> Quantity:
    """Percent of the orders kept that waiting a day loses."""
    now, later = (rate(f"{name}, {how}, {words}", "kept", of) for words in ("at once", "a day later"))
    return lambda sums: 100 * (1 - later(sums) / now(sums))


CLAIMS = (
    Claim(
        "2.1",
        SCHOOL,
        "Coverage is the bottleneck: calling more of the enquiries pays more than calling them better.",
        "Four enquiries at a time. Coverage is the share that is called at all, quality the share of conversations "
        "that are led with craft instead of being talked to death. Twenty points more of the one against twenty of "
        "the other, at 30 to 50% coverage.",
        _grid(_LOW, _CLOSE),
        (_ACT,),
    ),
    Claim(
        "2.2",
        SCHOOL,
        "Sellers answer 20 to 70% of their enquiries.",
        "The rival firms of the model, with the published reply times.",
        {},
        (
            Effect(
                "enquiries that a rival firm answers",
                {"within an hour": _answered(HOUR), "within a day": _answered(DAY), "ever": _answered(RIVAL_REPLY[-1])},
                Matters(20, 70, "as claimed"),
                "%",
                0,
            ),
        ),
    ),
    Claim(
        "2.3",
        SCHOOL,
        "The chance of reaching somebody falls with the delay: 7.6 times from the first hour to after a day.",
        "Enquiries called for the first time after 2 to 36 minutes, and after 27 to 63 hours, under each of the three "
        "published curves. The size is that of `telfer`, within a factor of 1.5.",
        _reaching(),
        (
            Effect(
                "reached after 24 h, in percent of those reached in hour 1, under `telfer`",
                {_SIZED: _left(_SIZED)},
                Matters(100 / 7.6 / 1.5, 100 / 7.6 * 1.5, "that is one in 7.6 within a factor of 1.5"),
                "%",
            ),
            Effect(
                "reached after 24 h, in percent of those reached in hour 1",
                {preset: _left(preset) for preset in _PRESETS},
                Matters(high=50, because="no published curve leaves half of them after a day"),
                "%",
            ),
        ),
        tuple(
            Shown(f"{preset}: reached at the first call, {when}", _reached(preset, when), "%", 2)
            for preset in _PRESETS
            for when in _DELAYS
        ),
    ),
    Claim(
        "2.4",
        SCHOOL,
        "Interest fades too, not only the chance of reaching somebody.",
        "Enquiries called at once and a day later. Orders lost among those spoken to, with interest as it is and "
        "with interest that does not fade.",
        _waiting(),
        (
            Effect(
                "orders of those talked to that waiting a day loses, less those lost with interest frozen",
                {name: less(_lost(name, "as it is", "talked"), _lost(name, "frozen", "talked")) for name in _FORMS},
                IN_TWENTY,
                "points",
            ),
        ),
        tuple(
            Shown(f"{name}, interest {how}: orders lost by waiting a day{words}", _lost(name, how, of), "%")
            for name in _FORMS
            for how in _FADING
            for of, words in (("runs", ""), ("talked", ", of those talked to"))
        ),
    ),
    Claim(
        "2.5",
        SCHOOL,
        "The act comes before the art, as long as many enquiries lie unanswered; then the art pays more.",
        "As 2.1, and again at 80 to 100% coverage, where quality should pay more.",
        {**_grid(_LOW, _CLOSE), **_grid(_HIGH)},
        (_ACT, _ART),
    ),
)
