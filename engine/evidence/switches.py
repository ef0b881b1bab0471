"""Two switches: what is left of a school's edge when the cause that it names is turned off.

An edge is taken in the school's own scenario, by its own doctrine: what it earns, and what of its orders it keeps, over
the same doctrine that waits a day; and what it earns over the best of the other schools.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.doctrines import SCHOOLS
from engine.evidence.claims import Claim, Figure, Judgement, sign
from engine.evidence.sellers import DayLate, Late, Seller
from engine.evidence.tallies import Quantity, Tallies, less, rate
from engine.evidence.trials import Playing, Trial, World
from engine.units import CERTAIN, DAY

_SHOWROOM: Final = World("saturday-showroom")
_STORES: Final = {
    "as it is": _SHOWROOM,
    "fast store emptied": replace(_SHOWROOM, fades="emptied"),
    "fast store slowed": replace(_SHOWROOM, fades="slowed"),
    "nothing fades": replace(_SHOWROOM, fades="frozen"),
}

_FORM: Final = World("pricing-form")
_FROZEN: Final = replace(_FORM, fades="frozen")
_DECAYS: Final = {
    "as it is": _FORM,
    "interest does not fade": _FROZEN,
    "nor does reach": _FROZEN.but(reach=95 * CERTAIN // 100),
    "and nobody else sells": _FROZEN.but(reach=95 * CERTAIN // 100, rival=None, drifts=0),
}
"""Each with what went before. With the last of them a buyer who waits is worth as much as on the first minute."""


_SHARE: Final = 125


def _pairs(worlds: dict[str, World], doctrine: str, late: Seller) -> dict[str, Trial]:
    trials: dict[str, Trial] = {}
    for name, world in worlds.items():
        trials[f"{name}, soon"] = Playing(world, doctrine, share=_SHARE)
        trials[f"{name}, late"] = Playing(world, late, share=_SHARE)
        for other in SCHOOLS:
            if other != doctrine:
                trials[f"{name}, {other}"] = Playing(world, other, share=_SHARE)
    return trials


def _edge(name: str) -> Quantity:
    """Money a run."""
    soon, late = (rate(f"{name}, {when}", "value", "runs", 1 / 100) for when in ("soon", "late"))
    return less(soon, late)


def _lost(name: str, what: str) -> Quantity:
    """Percent of the orders kept that waiting loses."""
    soon, late = (rate(f"{name}, {when}", what) for when in ("soon", "late"))
    return lambda sums: 100 * (1 - late(sums) / soon(sums))


def _over_next(found: Tallies, name: str, doctrine: str) -> Figure:
    """Money a run, over the school that earns most of the other four."""
    income = {other: rate(f"{name}, {other}", "value", "runs", 1 / 100) for other in SCHOOLS if other != doctrine}
    best = max(income, key=lambda other: found.figure(income[other]).value)
    lead = found.figure(less(rate(f"{name}, soon", "value", "runs", 1 / 100), income[best]))
    return Figure(f"{name}: income over the next school, {best}", lead, "a run", 0)


def _figures(found: Tallies, worlds: dict[str, World], what: str, doctrine: str) -> list[Figure]:
    figures = []
    for name in worlds:
        figures += [
            Figure(f"{name}: income over a day later", found.figure(_edge(name)), "a run", 0),
            Figure(f"{name}: orders lost by waiting a day", found.figure(_lost(name, what)), "%"),
            _over_next(found, name, doctrine),
        ]
    return figures


def _judge_fast_store(found: Tallies) -> Judgement:
    """The edge shrinks where less of the orders is lost by waiting, emptied and slowed alike."""
    shrinks = [
        Figure(
            f"the loss, less that with the {name}",
            found.figure(less(_lost("as it is", "kept_later"), _lost(name, "kept_later"))),
            "points",
        )
        for name in ("fast store emptied", "fast store slowed")
    ]
    held = sum(sign(figure.mean) > 0 for figure in shrinks)
    why = "; ".join(f"{figure.what}: {figure.text()}" for figure in shrinks)
    figures = (*_figures(found, _STORES, "kept_later", "same-day"), *shrinks)
    leads = ", ".join(f"{_over_next(found, name, 'same-day').text()} {name}" for name in list(_STORES)[:3])
    why = f"{why}; the lead over the next school is {leads}"
    if held == len(shrinks):
        return Judgement("reproduced", f"shrinks: {why}", figures)
    if held:
        return Judgement("depends on", f"how the store is turned off: {why}", figures)
    return Judgement("not reproduced", f"not apart: {why}", figures)


def _judge_decay(found: Tallies) -> Judgement:
    """Speed's edge is removed where nothing is left of it above 0."""
    first, *_, last = _DECAYS
    figures = _figures(found, _DECAYS, "kept", "speed-first")
    before, after = found.figure(_edge(first)), found.figure(_edge(last))
    why = (
        f"income over a day later {Figure('', before, 'a run', 0).text()} as it is, "
        f"{Figure('', after, 'a run', 0).text()} without any decay; over the next school "
        f"{_over_next(found, first, 'speed-first').text()} and {_over_next(found, last, 'speed-first').text()}"
    )
    removed = sign(before) > 0 and sign(after) <= 0
    return Judgement("reproduced" if removed else "not reproduced", why, tuple(figures))


SWITCHES: Final = (
    Claim(
        "switch.fast-store",
        "same-day",
        "Turning off the fast store of interest shrinks the same-day edge.",
        "saturday-showroom, the doctrine `same-day` against itself with every call and date put off to another day, "
        "and against the other schools. Emptied: excitement is gone as soon as it is felt. Slowed: it fades by the law "
        "of conviction.",
        _pairs(_STORES, "same-day", DayLate("same-day")),
        _judge_fast_store,
    ),
    Claim(
        "switch.decay",
        "speed-first",
        "Turning off decay altogether removes the edge of speed.",
        "pricing-form, the doctrine `speed-first` against itself beginning a day later, and against the other "
        "schools. Turned off one after the other: the fading of interest, the fall of reach with the delay, and rivals "
        "and status quo.",
        _pairs(_DECAYS, "speed-first", Late("speed-first", DAY)),
        _judge_decay,
    ),
)
"""What the schools' two clocks hang on, tried by turning them off."""
