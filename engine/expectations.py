"""What an author expects of a scenario, held against computer players."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isfinite, sqrt
from typing import Literal

from engine import world as at
from engine.doctrines import BY_SCHOOL, DOCTRINES, SCHOOLS
from engine.intervals import Mean, difference
from engine.listening import Listening
from engine.play import Game
from engine.playing import play_out
from engine.rules.value import value
from engine.scenario.compiled import BEYOND, Expect, Scenario
from engine.units import CERTAIN, Span

RUNS = 400
"""Buyers that each doctrine meets."""
EXPERT_RUNS = 100
"""Buyers that script and expert meet."""
FORGIVING = (65, 45)
"""A scenario is of difficulty 1 from this percentage on, 2 from the other, and 3 below: what the five schools earn on
average, where random play earns 0 and the best of the schools 100."""
SIGMAS = 2
"""Standard errors that sampling is given before an expectation counts as not met."""


Earned = Mapping[str, Sequence[int]]
"""What players earned from the same buyers, by name."""
Verdict = Literal["met", "not met", "undecided"]
"""Undecided is what more runs would have to decide."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation, with what came out."""

    expected: str
    found: str
    verdict: Verdict
    needed: int | None = None
    """Where it is undecided: about how many runs would decide it, if what was found is how it is; None where nobody
    can tell."""
    searching: bool = False
    """Whether these are runs of those who search, which take far longer."""

    @property
    def met(self) -> bool:
        return self.verdict == "met"


PLAYERS = (*SCHOOLS, "random")
"""Those who play for whatever is expected."""


def expectations(
    game: Game, runs: int = RUNS, told: Callable[[int], None] = lambda done: None
) -> tuple[Expectation, ...]:
    """Hold what a scenario's `expect` says of schools and bad habits against `runs` (2 or more) buyers, and its
    difficulty where there is an `expect`; the same every time. What it says of the script is held by `of_script`, since
    expert and script take far longer. `told` hears of the runs of each player that is done."""
    expect = game.scenario.expect
    if expect == Expect():
        return ()
    named, ends = [doctrine for doctrine, _ in expect.first_visit_close], {}
    for name in dict.fromkeys((*PLAYERS, *named)):
        ends[name] = _ends(game, name, runs)
        if name in PLAYERS:
            told(runs)
    earned = {name: _earned(game, ends[name]) for name in PLAYERS}
    closes = {name: (_first_closes(ends[name]), runs * len(game.scenario.prospects)) for name in named}
    return judged(game.scenario, earned, closes)


def judged(scenario: Scenario, earned: Earned, closes: Mapping[str, tuple[int, int]]) -> tuple[Expectation, ...]:
    """Hold what a scenario's `expect` says of schools and bad habits against what all schools and `random` earned from
    the same buyers, and against orders in the first conversation, as (orders, prospects), of the players it names.

    An expectation is met or not met if that is so by `SIGMAS` standard errors, and undecided otherwise.
    """
    expect = scenario.expect
    if expect == Expect():
        return ()
    found = [_difficulty(scenario.difficulty, earned)]
    if expect.best_school is not None:
        found.append(_best_school(expect.best_school, earned))
    found += [_first_visit(doctrine, span, *closes[doctrine]) for doctrine, span in expect.first_visit_close]
    return tuple(found)


def _first_visit(doctrine: str, span: Span, closed: int, prospects: int) -> Expectation:
    share = closed / prospects
    spread = sqrt(max(share * (1 - share), 1 / prospects))
    error = SIGMAS * spread / sqrt(prospects)
    low, high = span.low / CERTAIN, span.high / CERTAIN
    away = min([abs(share - low)] * (low > 0) + [abs(share - high)] * (high < 1), default=1.0)
    verdict, needed = _by_margin(low <= share <= high, away, spread / sqrt(prospects), prospects)
    return Expectation(
        f"{doctrine} closes {_percent(span.low)} to {_percent(span.high)} on the first visit",
        f"{100 * share:.1f}% of {prospects}, +/- {100 * error:.1f}",
        verdict,
        needed,
    )


def _by_margin(inside: bool, away: float, error: float, runs: int) -> tuple[Verdict, int | None]:
    """The verdict on something that is so, or is not, by `away` with a standard error; and the runs that would decide
    it where these do not."""
    if away >= SIGMAS * error:
        return ("met" if inside else "not met"), None
    return "undecided", ceil(runs * (SIGMAS * error / away) ** 2) if away else None


def of_script(span: Span, found: Listening) -> Expectation:
    """Hold what a script should earn of what the expert earns against what both earned from the same buyers.

    It is met or not met if the whole interval says so, and undecided otherwise.
    """
    expected = f"the best script earns {_between(span)} of what the expert earns"
    if not found.runs:
        return Expectation(
            expected, "they have met nobody in the time that they were given", "undecided", searching=True
        )
    part, buyers = found.of_expert, f"from {found.runs} buyers"
    if part is None:
        nothing = f"nothing to compare with: the expert earns nothing {buyers}"
        return Expectation(expected, nothing, "undecided", searching=True)
    low, high = span.low / CERTAIN, span.high / CERTAIN
    verdict: Verdict = "undecided"
    if (not span.low or low <= part.low) and part.high <= high:  # a script may lose money: no lower bound is none
        verdict = "met"
    elif part.high < low or part.low > high:
        verdict = "not met"
    bounds = [low] * (span.low > 0) + [high] * (span.high < BEYOND)
    away = min((abs(part.value - bound) for bound in bounds), default=0.0)
    undecided = verdict == "undecided" and away and isfinite(part.error)
    needed = ceil(found.runs * (part.half / away) ** 2) if undecided else None
    told = f"{100 * part.value:.0f}% {buyers}, {_interval(part)} with 95% confidence"
    return Expectation(expected, told, verdict, needed, searching=True)


def _interval(part: Mean) -> str:
    return f"{100 * part.low:.0f}% to {100 * part.high:.0f}%" if isfinite(part.error) else "anything"


def _between(span: Span) -> str:
    if not span.low:
        return f"at most {_percent(span.high)}"
    return f"at least {_percent(span.low)}" if span.high >= BEYOND else f"{_percent(span.low)} to {_percent(span.high)}"


def earnings(game: Game, doctrine: str, runs: int) -> tuple[int, ...]:
    """What a doctrine earns from the buyers of seeds 0 to `runs` - 1, in minor units."""
    return _earned(game, _ends(game, doctrine, runs))


def lead(one: Sequence[int], other: Sequence[int]) -> float:
    """By how many standard errors the mean of `one` is above that of `other`, buyer by buyer."""
    gap = difference(one, other)
    return gap.value / gap.error if gap.error else 0.0


def forgiveness(earned: Earned) -> float:
    """What the five schools earn on average, in percent of the way from what random play earns to what the best of them
    earns: how much of it can be had whatever one believes in. 0 where no school earns more than random play."""
    nothing = sum(earned["random"])
    gains = [sum(earned[name]) - nothing for name in SCHOOLS]
    return 100 * sum(gains) / len(gains) / max(gains) if max(gains) > 0 else 0.0


def difficulty(earned: Earned) -> int:
    """How hard a scenario is, 1 to 3, by what the schools and random play earn from the same buyers."""
    return 1 + sum(forgiveness(earned) < limit for limit in FORGIVING)


def _difficulty(written: int, earned: Earned) -> Expectation:
    easy, middling = FORGIVING
    return Expectation(
        f"it is of difficulty {written}",
        f"difficulty {difficulty(earned)}: on average the schools earn {forgiveness(earned):.0f}% of what the best of "
        f"them earns, counted from random play (1 from {easy}% on, 3 below {middling}%)",
        "met" if difficulty(earned) == written else "not met",
    )


def _best_school(school: str, earned: Earned) -> Expectation:
    own = earned[BY_SCHOOL[school]]
    rivals = {name: earned[name] for name in SCHOOLS if name != BY_SCHOOL[school]}
    best = max(rivals, key=lambda name: sum(rivals[name]))
    ahead = lead(own, rivals[best])
    verdict, needed = _by_margin(ahead > 0, abs(ahead), 1.0, len(own))
    return Expectation(
        f"{school} earns the most of the five schools",
        f"{ahead:+.1f} standard errors against {best}, the best of the others, from {len(own):,} buyers",
        verdict,
        needed,
    )


def _earned(game: Game, ends: Sequence[at.Core]) -> tuple[int, ...]:
    return tuple(value(game.rules, core) for core in ends)


def _first_closes(ends: Sequence[at.Core]) -> int:
    return sum(person[at.FIRST_CLOSE] for core in ends for person in core[at.FIRST :])


def _ends(game: Game, doctrine: str, runs: int) -> tuple[at.Core, ...]:
    ends = []
    for seed in range(runs):
        state = game.new_initial_state(seed)
        ends.append(play_out(game.rules, state.core, state.luck, DOCTRINES[doctrine](game.rules, seed)))
    return tuple(ends)


def _percent(chance: int) -> str:
    return f"{100 * chance / CERTAIN:g}%"
