"""What an author expects of a scenario, held against computer players."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from engine import world as at
from engine.doctrines import BY_SCHOOL, DOCTRINES, SCHOOLS, play_out
from engine.intervals import difference
from engine.play import Game
from engine.rules.value import value
from engine.units import CERTAIN

RUNS = 400
"""Buyers that each doctrine meets."""
SIGMAS = 2
"""Standard errors that sampling is given before an expectation counts as not met."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One expectation, with what came out."""

    expected: str
    found: str
    met: bool


def findings(game: Game, runs: int = RUNS) -> tuple[Finding, ...]:
    """Hold each line of a scenario's `expect` against `runs` (2 or more) buyers; the same every time."""
    expect = game.scenario.expect
    found: list[Finding] = []
    if expect.best_school is not None:
        found.append(_best_school(game, expect.best_school, runs))
    for doctrine, span in expect.first_visit_close:
        closes, prospects = _first_closes(game, doctrine, runs)
        share = closes / prospects
        error = SIGMAS * sqrt(max(share * (1 - share), 1 / prospects) / prospects)
        met = span.low / CERTAIN - error <= share <= span.high / CERTAIN + error
        found.append(
            Finding(
                f"{doctrine} closes {_percent(span.low)} to {_percent(span.high)} on the first visit",
                f"{100 * share:.1f}% of {prospects}, +/- {100 * error:.1f}",
                met,
            )
        )
    return tuple(found)


def earnings(game: Game, doctrine: str, runs: int) -> tuple[int, ...]:
    """What a doctrine earns from the buyers of seeds 0 to `runs` - 1, in minor units."""
    return tuple(value(game.rules, core) for core in _ends(game, doctrine, runs))


def lead(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """By how many standard errors the mean of `one` is above that of `other`, buyer by buyer."""
    gap = difference(one, other)
    return gap.value / gap.error if gap.error else 0.0


def _best_school(game: Game, school: str, runs: int) -> Finding:
    own = earnings(game, BY_SCHOOL[school], runs)
    rivals = {name: earnings(game, name, runs) for name in SCHOOLS if name != BY_SCHOOL[school]}
    best = max(rivals, key=lambda name: sum(rivals[name]))
    ahead = lead(own, rivals[best])
    return Finding(
        f"{school} earns most of the five schools",
        f"{ahead:+.1f} standard errors against {best}, the next best",
        ahead > -SIGMAS,
    )


def _first_closes(game: Game, doctrine: str, runs: int) -> tuple[int, int]:
    closes = sum(person[at.FIRST_CLOSE] for core in _ends(game, doctrine, runs) for person in core[at.FIRST :])
    return closes, runs * len(game.scenario.prospects)


def _ends(game: Game, doctrine: str, runs: int) -> tuple[at.Core, ...]:
    ends = []
    for seed in range(runs):
        state = game.new_initial_state(seed)
        ends.append(play_out(game.rules, state.core, state.luck, DOCTRINES[doctrine](game.rules, seed)))
    return tuple(ends)


def _percent(chance: int) -> str:
    return f"{100 * chance / CERTAIN:g}%"
