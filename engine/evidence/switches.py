"""Two switches: what is left of a school's edge when the cause that it names is turned off.

An edge is taken in the school's own scenario, by its own doctrine: what it earns, and what of its orders it keeps, over
the same doctrine that waits a day; and what it earns over the best of the other schools.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.doctrines import SCHOOLS
from engine.evidence.claims import IN_TWENTY, INCOME, Claim, Effect, Matters, Shown
from engine.evidence.schools import ROW_SHARE
from engine.evidence.sellers import DayLate, Late, Seller
from engine.evidence.tallies import Quantity, less, most, part, rate
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


_DECIDING, _SHOWN = 200, 40
"""Percent of the runs for what a switch is decided by, and for what is only shown with it."""


def _pairs(worlds: dict[str, World], doctrine: str, late: Seller) -> dict[str, Trial]:
    trials: dict[str, Trial] = {}
    for name, world in worlds.items():
        trials[f"{name}, soon"] = Playing(world, doctrine, share=_DECIDING)
        trials[f"{name}, late"] = Playing(world, late, share=_DECIDING)
        share = ROW_SHARE if world == World(world.scenario) else _SHOWN  # played for the schools' table anyway
        for other in SCHOOLS:
            if other != doctrine:
                trials[f"{name}, {other}"] = Playing(world, other, share=share)
    return trials


def _income(name: str, who: str) -> Quantity:
    """Money a run."""
    return rate(f"{name}, {who}", "value", "runs", 1 / 100)


def _edge(name: str) -> Quantity:
    """What a day's wait costs, in percent of what is earned without it where everything is as it is."""
    return part(less(_income(name, "soon"), _income(name, "late")), _income("as it is", "soon"))


def _lost(name: str, what: str) -> Quantity:
    """Percent of the orders kept that waiting loses."""
    soon, late = (rate(f"{name}, {when}", what) for when in ("soon", "late"))
    return lambda sums: 100 * (1 - late(sums) / soon(sums))


def _shown(worlds: dict[str, World], what: str, doctrine: str) -> tuple[Shown, ...]:
    others = [school for school in SCHOOLS if school != doctrine]
    return tuple(
        shown
        for name in worlds
        for shown in (
            Shown(f"{name}: income over a day later", less(_income(name, "soon"), _income(name, "late")), "a run", 0),
            Shown(f"{name}: orders lost by waiting a day", _lost(name, what), "%"),
            Shown(
                f"{name}: income over the best of the other schools",
                less(_income(name, "soon"), most(_income(name, other) for other in others)),
                "a run",
                0,
            ),
        )
    )


SWITCHES: Final = (
    Claim(
        "switch.fast-store",
        "same-day",
        "Turning off the fast store of interest shrinks the same-day edge.",
        "saturday-showroom, the doctrine `same-day` against itself with every call put off by a day and every date to "
        "another day, and against the other schools. Emptied: excitement is gone as soon as it is felt. Slowed: it "
        "fades by the law of conviction.",
        _pairs(_STORES, "same-day", DayLate("same-day")),
        (
            Effect(
                "later orders lost by waiting a day, less those lost with the fast store turned off",
                {
                    how: less(_lost("as it is", "kept_later"), _lost(how, "kept_later"))
                    for how in ("fast store emptied", "fast store slowed")
                },
                IN_TWENTY,
                "points",
            ),
        ),
        _shown(_STORES, "kept_later", "same-day"),
    ),
    Claim(
        "switch.decay",
        "speed-first",
        "Turning off decay altogether removes the edge of speed.",
        "pricing-form, the doctrine `speed-first` against itself beginning a day later, and against the other "
        "schools. Turned off one after the other: the fading of interest, the fall of reach with the delay, and rivals "
        "and status quo.",
        _pairs(_DECAYS, "speed-first", Late("speed-first", DAY)),
        (
            Effect(
                "income that a day's wait costs, in percent of what is earned",
                {"as it is": _edge("as it is")},
                INCOME,
                "%",
            ),
            Effect(
                "what is left of that without any decay, in percent of it",
                {"and nobody else sells": part(_edge("and nobody else sells"), _edge("as it is"))},
                Matters(high=10, because="removed means that a tenth is left at most"),
                "%",
            ),
        ),
        _shown(_DECAYS, "kept", "speed-first"),
    ),
)
"""What the schools' two clocks depend on, tried by turning it off."""
