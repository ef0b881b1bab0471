"""Estimates the constants that published figures hold, again: `python -m engine.evidence.fit`.

A search along one constant after the other, in measured experiments with the same buyers and luck for every value that
is tried. What is made small is the squared distance of every simulated number from the published one, in units of the
tolerance. A constant is left alone while its figures are within half of their tolerances, and moves only where that
gains more than the sampling error could, so a second run changes nothing. Values are printed, with the lines for
`engine/rules/constants.py`; no file is written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf, isfinite
from typing import Final

from engine.evidence.findings import finding, measure
from engine.evidence.lab import lab
from engine.evidence.measurement import Measurement
from engine.evidence.targets import Target, Tolerance, targets
from engine.rules import constants, contact
from engine.rules.constants import TABLE

Value = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Free:
    """A number that is estimated: a constant or one place of it, by the figures that hold it."""

    name: str
    """Its name in the table of constants."""
    by: tuple[str, ...]
    step: float
    """The first step, as a share of the value."""
    place: int | None = None
    """The place in a constant with several numbers; None for the only one, or for all of them at once."""

    def read(self, held: Mapping[str, Value]) -> int:
        """The number, or the largest of all."""
        value = held[self.name]
        if isinstance(value, int):
            return value
        return max(value) if self.place is None else value[self.place]

    def times(self, held: Mapping[str, Value], factor: float) -> dict[str, Value]:
        """The same values with this number, or these numbers, multiplied and rounded; none is rounded to zero."""
        value = held[self.name]
        if isinstance(value, int):
            return {**held, self.name: round(value * factor)}
        places = range(len(value)) if self.place is None else (self.place,)
        scaled = (round(one * factor) if i in places else one for i, one in enumerate(value))
        return {**held, self.name: tuple(new or one for new, one in zip(scaled, value, strict=True))}

    def __str__(self) -> str:
        return self.name if self.place is None else f"{self.name}[{self.place}]"


FREE: Final = (
    Free("callback", ("trackback.callback_share",), 0.15),
    Free("callback_minutes", ("trackback.latency",), 0.3),
    Free("rival_never", ("hbr.audit_never", "hbr.audit_1h", "hbr.audit_1_24h", "hbr.audit_late"), 0.1),
    Free("rival_reply", ("hbr.audit_1h", "hbr.audit_1_24h", "hbr.audit_late"), 0.3),
    Free("connect", ("leads360.contactable",), 0.1, 1),
    Free("connect", ("leads360.contactable",), 0.15, 2),
    Free("cancel", ("cancel.by_price",), 0.25, 0),
    Free("cancel", ("cancel.by_price",), 0.25, 1),
    Free("cancel", ("cancel.by_price",), 0.15, 3),
    Free("reach_after", ("auto.return_called_24h",), 0.1, 1),
    Free("touch_trust", ("velocify.emails_over5", "godfrey.ideal_contacts"), 0.3, 8),
    Free("kept_base", ("foureyes.funnel_internet",), 0.5),
    Free("dated_odds", ("plan.date_only",), 0.5),
    Free("pitch_objection", ("rackham.objections",), 0.15),
    Free("decide_again_small", ("rackham.close_low",), 0.5),
    Free("decide_pressure_large", ("rackham.close_high",), 0.2),
    Free("decide_again_large", ("rackham.close_high",), 0.3),
    Free("decide_indecision", ("jolt.win_by_level", "jolt.no_decision"), 0.15, 1),
    Free("decide_indecision", ("jolt.win_by_level", "jolt.no_decision"), 0.15, 2),
)
"""What is estimated. The reach presets are not: each was fitted to the curve of its own study. Constants without a
figure of their own are design choices, and stay."""

HALVINGS: Final = 3
"""Times that a step is halved."""


@contextmanager
def setting(held: Mapping[str, Value]) -> Iterator[None]:
    """Let the rules use other values of constants. For experiments only: runs are not comparable across it."""
    before = {name: TABLE[name].value for name in held}
    _put(held)
    try:
        yield
    finally:
        _put(before)


def _put(held: Mapping[str, Value]) -> None:
    for name, value in held.items():
        if hasattr(constants, name.upper()):
            setattr(constants, name.upper(), value)
    contact.visitor_reach.cache_clear()
    contact.lead_reach.cache_clear()
    lab.cache_clear()


@dataclass(frozen=True, slots=True)
class Distance:
    """How far figures are missed, in units of their tolerances."""

    squared: float
    error: float
    """Of `squared`, from sampling."""
    near: bool
    """Whether every number is within half of its tolerance, as far as sampling can tell."""


def distance(target: Target, measurement: Measurement) -> Distance:
    """How far a measurement is from its figure."""
    total = error = 0.0
    near = True
    for published, value, own in zip(
        finding(target.id, measurement).published, measurement.values, measurement.errors, strict=True
    ):
        if not isfinite(value) or not isfinite(own):
            return Distance(inf, inf, False)
        unit = _unit(target.tolerance, published)
        off = abs(value - published) / unit
        total += off**2
        error += (2 * off * own / unit) ** 2
        near = near and off - own / unit <= 0.5
    return Distance(total, error**0.5, near)


def _unit(tolerance: Tolerance, published: float) -> float:
    """Half the width of what counts as inside; for a range, which may lie to one side, the longer way to its end."""
    low, high = tolerance.bounds(published)
    return max(high - published, published - low) if tolerance.kind == "range" else (high - low) / 2


def missed(ids: Sequence[str], held: Mapping[str, Value], runs: int) -> Distance:
    """The distance of several figures together with these values of constants."""
    with setting(held):
        each = [distance(targets().named(id), measure(id, runs)) for id in ids]
    error = sum(one.error**2 for one in each) ** 0.5
    return Distance(sum(one.squared for one in each), error, all(one.near for one in each))


def fitted(runs: int, say: Callable[[str], None]) -> dict[str, Value]:
    """The constants after one search along each of them; `say` hears how it goes."""
    held: dict[str, Value] = {free.name: TABLE[free.name].value for free in FREE}
    for free in FREE:
        old = free.read(held)
        begun = missed(free.by, held, runs)
        held, best = (held, begun) if begun.near else _search(free, held, begun, runs)
        say(f"{free!s:26} {old:>8} -> {free.read(held):<8} {begun.squared:6.2f} -> {best.squared:<6.2f} ")
        say(f"{'near enough  ' if begun.near else 'searched     '}{', '.join(free.by)}\n")
    return held


def _search(free: Free, held: dict[str, Value], best: Distance, runs: int) -> tuple[dict[str, Value], Distance]:
    """The best value along one constant, by steps that are halved where neither direction gains."""
    step, least = free.step, max(0.05, best.error / 2)  # the buyers are the same: half an error is more than luck gives
    for _ in range(HALVINGS):
        for factor in (1 + step, 1 - step):
            trial = free.times(held, factor)
            there = missed(free.by, trial, runs)
            if there.squared < best.squared - least:
                held, best = trial, there
                break
        else:
            step /= 2
    return held, best


def main(arguments: Sequence[str] | None = None) -> int:
    """Estimate, and print old and new values and the figures before and after."""
    parser = argparse.ArgumentParser(prog="python -m engine.evidence.fit", description="Estimate constants again.")
    parser.add_argument("--runs", type=int, default=1000, help="runs that each experiment takes as its unit")
    asked = parser.parse_args(arguments)
    if asked.runs < 100:
        parser.error(f"an estimate takes at least 100 runs, not {asked.runs}")
    held = fitted(asked.runs, _say)
    moved = {name: value for name, value in held.items() if value != TABLE[name].value}
    ids = sorted({id for free in FREE for id in free.by})
    _say("\nfigure                       published -> before | after\n")
    for id in ids:
        before, after = _figures(id, {}, asked.runs), _figures(id, moved, asked.runs)
        published = "/".join(f"{number:.3g}" for number in targets().named(id).value)
        _say(f"{id:28} {published} -> {before} | {after}\n")
    _say("\nNothing moved.\n" if not moved else "\nFor engine/rules/constants.py:\n")
    for name, value in moved.items():
        _say(f"  {name}: {TABLE[name].value} -> {value}\n")
    return 0


def _figures(id: str, held: Mapping[str, Value], runs: int) -> str:
    with setting(held):
        measurement = measure(id, runs)
    return "/".join(f"{number:.3g}" for number in measurement.values) + " " + finding(id, measurement).verdict


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
