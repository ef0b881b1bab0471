"""Listening: the part of what the expert earns that a script cannot.

A script is the best fixed list of moves: it follows the menu and the calendar, and reads no reply. Both meet the same
buyers with the same luck, and are compared buyer by buyer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.intervals import Mean, ratio

READER, LISTENER = "script", "expert"
"""The two players that are compared: one who reads from a list, and one who listens."""


@dataclass(frozen=True, slots=True)
class Listening:
    """What a script earns of what the expert earns, from the same buyers."""

    script: int
    """What the script earned from all of them, in minor units."""
    expert: int
    runs: int
    of_expert: Mean | None
    """The first divided by the second; None where the expert earns nothing, so there is nothing to divide by."""

    @property
    def share(self) -> Mean | None:
        """The listening share: the part of what the expert earns that takes listening."""
        part = self.of_expert
        return Mean(1 - part.value, part.error) if part is not None else None


def listening(script: Mapping[int, int], expert: Mapping[int, int]) -> Listening:
    """Compare what both earned, by seed, over the seeds that both have played."""
    seeds = sorted(script.keys() & expert.keys())
    part, whole = sum(script[seed] for seed in seeds), sum(expert[seed] for seed in seeds)
    if whole <= 0:
        return Listening(part, whole, len(seeds), None)
    squares, squared = sum(script[seed] ** 2 for seed in seeds), sum(expert[seed] ** 2 for seed in seeds)
    products = sum(script[seed] * expert[seed] for seed in seeds)
    return Listening(part, whole, len(seeds), ratio(part, squares, whole, squared, products, len(seeds)))
