"""What came of the published figures: each beside what its experiment gives, and whether that is near enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from engine.evidence.measurement import Measurement
from engine.evidence.targets import Target, targets

Verdict = Literal["inside", "outside", "not-modelled"]

LEAST: Final = 20
"""Runs below which no experiment says anything."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A published figure beside the simulated one."""

    target: Target
    measurement: Measurement | None
    """None where the model does not have the quantity."""
    verdict: Verdict
    doubtful: bool
    """Whether the sampling error could turn the verdict round."""

    @property
    def published(self) -> tuple[float, ...]:
        """The part of the published figure that was measured; all of it where nothing was."""
        return self.target.measured


def measure(id: str, runs: int) -> Measurement:
    """What the simulation gives for a target. An experiment takes `runs` as its unit, and plays several times as many
    where outcomes are rare.

    Raises ValueError for a target that does not exist, with the nearest one, for one that the model does not have, with
    the reason, and for fewer than 20 runs.
    """
    target = targets().named(id)
    if target.asked is None:
        raise ValueError(f"the target {id!r} is not modelled: {target.not_modelled}")
    if runs < LEAST:
        raise ValueError(f"an experiment takes at least {LEAST} runs, not {runs}")
    return target.asked.measure(runs)


def modelled() -> tuple[str, ...]:
    """The ids of the figures that the model has."""
    return tuple(id for id, target in targets().by_id.items() if target.asked is not None)


def finding(id: str, measurement: Measurement | None) -> Finding:
    """The verdict on a target, from its measurement; None for one that the model does not have."""
    target = targets().named(id)
    if measurement is None:
        return Finding(target, None, "not-modelled", False)
    published = target.measured
    inside = target.tolerance.inside(published, measurement.values)
    doubtful = target.tolerance.doubtful(published, measurement.values, measurement.errors)
    return Finding(target, measurement, "inside" if inside else "outside", doubtful)
