"""How much the published figures can say about the design constants: `python -m engine.evidence.sensitivity`.

A figure that stays inside whatever the constants that nobody published are set to says nothing about them. So they are
all drawn at random at once, each from half to double its value, and it is counted which figures stay inside. Then they
are set to half and to double; one that changes no measurement at all is a choice of teaching, and no figure speaks for
or against it. Buyers and luck are the same throughout. A report is printed; no file is written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.evidence.findings import LEAST, finding, measure, modelled
from engine.evidence.fit import Value, setting
from engine.evidence.measurement import Measurement
from engine.evidence.standing import STANDINGS, standing
from engine.evidence.targets import targets
from engine.luck import Luck
from engine.rules.constants import DESIGN, TABLE
from engine.units import CERTAIN

STEPS: Final = 1000
"""Places between half and double, evenly spaced in logarithm."""


def design() -> tuple[str, ...]:
    """The names of the constants that no published figure holds."""
    return tuple(name for name, one in TABLE.items() if one.confidence == DESIGN)


def held() -> tuple[str, ...]:
    """The ids of the figures that the model has and is held to."""
    return tuple(id for id in modelled() if targets().named(id).held)


def scaled(name: str, factor: float) -> Value:
    """A constant times a factor, in whole numbers. None becomes nothing, and no share more than all."""
    one = TABLE[name]
    most = CERTAIN if one.unit.startswith("millionths") else 100 if one.unit.startswith("percent of") else None

    def times(value: int) -> int:
        new = round(value * factor) or value
        return new if most is None or value > most else min(most, new)

    return tuple(times(value) for value in one.value) if isinstance(one.value, tuple) else times(one.value)


def drawn(seed: int, number: int, names: Iterable[str]) -> dict[str, Value]:
    """Values for constants: the `number`th draw of a seed, the same whenever it is asked for."""
    luck = Luck(seed, "sensitivity")
    return {name: scaled(name, 2 ** (luck.between(-STEPS, STEPS, name, number) / STEPS)) for name in names}


def measured(ids: Iterable[str], values: Mapping[str, Value], runs: int) -> dict[str, Measurement]:
    """What the experiments about some figures give with these values of constants."""
    with setting(values):
        return {id: measure(id, runs) for id in ids}


@dataclass(frozen=True, slots=True)
class Shaken:
    """Which figures were inside, as the model is and in each draw."""

    base: frozenset[str]
    draws: tuple[frozenset[str], ...]

    def stays(self, id: str) -> int:
        """In how many draws a figure was inside."""
        return sum(id in draw for draw in self.draws)


def shaken(ids: Sequence[str], names: Sequence[str], draws: int, runs: int, seed: int) -> Shaken:
    """Draw the constants this many times, all of them at once, and see which figures are inside."""

    def inside(values: Mapping[str, Value]) -> frozenset[str]:
        return frozenset(
            id for id, found in measured(ids, values, runs).items() if finding(id, found).verdict == "inside"
        )

    return Shaken(inside({}), tuple(inside(drawn(seed, number, names)) for number in range(draws)))


FACTORS: Final = (0.5, 2)
"""What each constant is multiplied by."""

GLANCE: Final = 40
"""Runs with which constants are first tried one by one."""


def idle(ids: Sequence[str], names: Iterable[str], runs: int) -> tuple[str, ...]:
    """The constants that change no measurement, neither halved nor doubled.

    Most move something in a few runs, and are found one by one. The others are set all at once, with all the runs, and
    in halves of halves where something moves: few are left then, so that takes a few passes and not one for each.
    """
    order = list(ids)

    def move(group: Sequence[str], factor: float, base: Mapping[str, Measurement], runs: int) -> bool:
        with setting({name: scaled(name, factor) for name in group}):
            for id in order:
                if measure(id, runs) != base[id]:
                    order.remove(id)
                    order.insert(0, id)  # what one constant moves the next one is likely to move as well
                    return True
        return False

    def still(group: tuple[str, ...], factor: float, base: Mapping[str, Measurement]) -> tuple[str, ...]:
        if not group or not move(group, factor, base, runs):
            return group
        half = len(group) // 2
        return (*still(group[:half], factor, base), *still(group[half:], factor, base)) if half else ()

    left = tuple(names)
    glance = min(runs, GLANCE)
    base = measured(ids, {}, glance)
    for factor in FACTORS:
        left = tuple(name for name in left if not move((name,), factor, base, glance))
    base = measured(ids, {}, runs)
    for factor in FACTORS:
        left = still(left, factor, base)
    return left


def report(
    ids: Sequence[str], found: Shaken, names: Sequence[str], moving_nothing: Sequence[str], runs: int
) -> Iterator[str]:
    """The lines of the report, in Markdown."""
    counts = [len(draw) for draw in found.draws]
    mean = sum(counts) / len(counts)
    spread = (sum((count - mean) ** 2 for count in counts) / max(1, len(counts) - 1)) ** 0.5
    yield (
        f"Of {len(ids)} figures {len(found.base)} are inside with the constants as they are, and {mean:.1f} "
        f"(SD {spread:.1f}, {min(counts)} to {max(counts)}) in {len(counts)} draws of the {len(names)} design choices "
        "among the constants, each from half to double."
    )
    yield ""
    yield "| figures | number | inside as the model is | inside in a draw, mean | inside in every draw |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for each in STANDINGS:
        of = [id for id in ids if standing(targets().named(id)) == each]
        always = [id for id in of if found.stays(id) == len(counts)]
        usual = sum(found.stays(id) for id in of) / len(counts)
        yield (
            f"| {each} | {len(of)} | {sum(id in found.base for id in of)} | {usual:.1f} | "
            f"{': '.join((str(len(always)), ', '.join(always))) if always else 0} |"
        )
    yield ""
    yield "A figure that is inside in every draw cannot fail by any of these choices, and says nothing about them."
    yield ""
    yield (
        f"{len(moving_nothing)} of the {len(names)} change no measurement at all, neither halved nor doubled, with "
        f"{runs} runs of each experiment as its unit. No figure speaks for or against them: they are choices of "
        f"teaching, {', '.join(f'`{name}`' for name in moving_nothing) or 'none'}."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(
        prog="python -m engine.evidence.sensitivity", description="See how much the published figures can say."
    )
    parser.add_argument("--draws", type=int, default=12, help="times that all design choices are drawn anew")
    parser.add_argument("--runs", type=int, default=200, help="runs that each experiment takes as its unit")
    parser.add_argument("--seed", type=int, default=0, help="of the draws")
    asked = parser.parse_args(arguments)
    if asked.runs < 2 * LEAST or asked.draws < 1:
        parser.error(f"at least one draw and {2 * LEAST} runs, please")
    ids, names = held(), design()
    found = shaken(ids, names, asked.draws, asked.runs, asked.seed)
    for line in report(ids, found, names, idle(ids, names, asked.runs), asked.runs):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
