"""Collect decisions: a calendar full of follow-ups means that decisions were not collected."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from engine.doctrines import FOILS, SCHOOLS
from engine.evidence.claims import INCOME, SMALL_R, Claim, Effect, Matters, Shown
from engine.evidence.schools import OWN, playing
from engine.evidence.sellers import OneBuyer, Slipping
from engine.evidence.tallies import Quantity, Sums, average, less, part, rate, times
from engine.evidence.trials import ALWAYS_OPEN, Counts, Playing, Trial, World
from engine.units import DAY, HOUR, WEEK

SCHOOL = "collect-decisions"

_SCENARIOS = ("roof-before-the-rain", "friday-pipeline", "pricing-form", "long-audition", "saturday-showroom")
_SLIPS = (20, 50)
_PLAYERS = (*SCHOOLS, *FOILS, *(f"{school} {percent}" for school in SCHOOLS for percent in _SLIPS))


def _players() -> dict[str, Trial]:
    """Every player of every skill in every school's scenario."""
    trials: dict[str, Trial] = {}
    for scenario in _SCENARIOS:
        world = World(scenario)
        for name in (*SCHOOLS, *FOILS):
            trials[f"{scenario}/{name}"] = playing(scenario, name)
        for school in SCHOOLS:
            for percent in _SLIPS:
                trials[f"{scenario}/{school} {percent}"] = Playing(world, Slipping(school, percent), share=25)
    return trials


Reading = Callable[[Counts], float]


def _follow_ups(counts: Counts) -> float:
    """Contacts after the first, a prospect."""
    return (counts["contacts"] - counts["contacted"]) / counts["prospects"]


def _undated(counts: Counts) -> float:
    return counts["undated"] / counts["prospects"]


def _decisions(counts: Counts) -> float:
    return counts["decisions"] / counts["prospects"]


def _answers(counts: Counts) -> float:
    """Yes or no, a conversation."""
    return (counts["orders"] + counts["noes"]) / max(1, counts["talks"])


def _pipeline(counts: Counts) -> float:
    """Conversations that left the sale open, dated or not, a prospect."""
    return (counts["continuations"] + counts["advances"]) / counts["prospects"]


def _income(counts: Counts) -> float:
    return counts["value"] / counts["runs"]


def _correlation(scenario: str, one: Reading, other: Reading) -> Quantity:
    """Over the players of one scenario; Pearson's r of their ranks (Spearman), so that one odd player is only one."""

    def work_out(sums: Sums) -> float:
        players = [sums[f"{scenario}/{name}"] for name in _PLAYERS]
        return _pearson(_ranks([one(p) for p in players]), _ranks([other(p) for p in players]))

    return work_out


def _ranks(numbers: list[float]) -> list[float]:
    """Places in order, equal numbers sharing the mean of theirs."""
    return [
        (sum(other < number for other in numbers) + sum(other <= number for other in numbers) - 1) / 2
        for number in numbers
    ]


def _pearson(xs: list[float], ys: list[float]) -> float:
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    both = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return both / sqrt(sum((a - x) ** 2 for a in xs) * sum((b - y) ** 2 for b in ys))


# --- 1.1 -------------------------------------------------------------------------------------------------------------


def _over_players(one: Reading, other: Reading) -> Quantity:
    """The mean correlation over scenarios, of different players in each."""
    return average(_correlation(scenario, one, other) for scenario in _SCENARIOS)


def _over_skills(scenario: str, school: str) -> Quantity:
    """Follow-ups against decisions over the skills of one school."""
    names = (school, *(f"{school} {percent}" for percent in _SLIPS))

    def work_out(sums: Sums) -> float:
        players = [sums[f"{scenario}/{name}"] for name in names]
        return _pearson([_follow_ups(p) for p in players], [_decisions(p) for p in players])

    return work_out


# --- 1.3 -------------------------------------------------------------------------------------------------------------

_VAGUE = {"6 hours": 6 * HOUR, "3 days": 3 * DAY, "a week": WEEK}
_ROOM = {"showroom": World("saturday-showroom").but(open=ALWAYS_OPEN), "laboratory": World("auto")}


def _vague() -> dict[str, Trial]:
    trials: dict[str, Trial] = {}
    for name, world in _ROOM.items():
        trials[f"{name}, none"] = Playing(world, OneBuyer())
        trials[f"{name}, dated"] = Playing(world, OneBuyer(dated=6 * HOUR))
        for words, minutes in _VAGUE.items():
            trials[f"{name}, {words}"] = Playing(world, OneBuyer(after=minutes))
    return trials


def _added(name: str, how: str) -> Quantity:
    """Orders kept of a hundred visitors, over those of a seller who never calls back."""
    kept, none = (rate(f"{name}, {which}", "kept", "prospects", 100) for which in (how, "none"))
    return less(kept, none)


# --- 1.4 -------------------------------------------------------------------------------------------------------------


def _loss(scenario: str) -> Quantity:
    """Money a run that those with more than 1 are behind the others, in minor units."""

    def work_out(sums: Sums) -> float:
        players = [sums[f"{scenario}/{name}"] for name in _PLAYERS]
        leaning = sum(p["leaning_runs"] for p in players)
        upright = sum(p["runs"] for p in players) - leaning
        return sum(p["upright_value"] for p in players) / upright - sum(p["leaning_value"] for p in players) / leaning

    return work_out


def _own(scenario: str) -> Quantity:
    """Money a run that the scenario's own school earns, in minor units."""
    return rate(f"{scenario}/{OWN[scenario]}", "value")


CLAIMS = (
    Claim(
        "1.1",
        SCHOOL,
        "Many follow-ups are a mark of weak closing.",
        "Over players of all kinds and skills (five schools, six bad habits, and the schools with 20% and 50% of their "
        "lines at random): rank correlation of follow-ups with decisions, a prospect, mean of five scenarios.",
        _players(),
        (
            Effect(
                "rank correlation with decisions",
                {
                    "all follow-ups": _over_players(_follow_ups, _decisions),
                    "undated follow-ups": _over_players(_undated, _decisions),
                    "undated follow-ups, counting only yes and no as decisions": _over_players(_undated, _answers),
                    "all follow-ups of one school with more and less skill": average(
                        _over_skills(scenario, school) for scenario in _SCENARIOS for school in SCHOOLS
                    ),
                },
                Matters(high=-SMALL_R.low, because=SMALL_R.because),
                digits=2,
            ),
        ),
    ),
    Claim(
        "1.2",
        SCHOOL,
        "Yes or no beats maybe: the rate of decisions predicts income better than the size of the pipeline.",
        "The same players: rank correlation with income of answers (orders and clear noes) a conversation, against "
        "that of sales kept open a prospect.",
        _players(),
        (
            Effect(
                "correlation of answers with income, less that of sales kept open",
                {
                    scenario: less(
                        _correlation(scenario, _answers, _income), _correlation(scenario, _pipeline, _income)
                    )
                    for scenario in _SCENARIOS
                },
                SMALL_R,
                digits=2,
            ),
        ),
        (
            Shown("yes or no a conversation against income, mean r", _over_players(_answers, _income), digits=2),
            Shown("sales kept open against income, mean r", _over_players(_pipeline, _income), digits=2),
        ),
    ),
    Claim(
        "1.3",
        SCHOOL,
        "'I'll be in touch' returns little.",
        "One seller never calls back, one calls once without a date, one agrees on a day and time. Orders kept. "
        "Little is less than half of what the dated step adds.",
        _vague(),
        (
            Effect(
                "half of the orders that a dated step adds, less those that a call without a date adds",
                {
                    f"{words} later in the {name}": less(times(0.5, _added(name, "dated")), _added(name, words))
                    for name in _ROOM
                    for words in _VAGUE
                },
                Matters(0, because="little is less than half"),
                "points",
            ),
        ),
        tuple(
            Shown(
                f"{name}: orders that a {'dated step' if how == 'dated' else f'call {how} later'} adds",
                _added(name, how),
                "points",
            )
            for name in _ROOM
            for how in ("dated", *_VAGUE)
        ),
    ),
    Claim(
        "1.4",
        SCHOOL,
        "Follow-up dependence above 1 is a warning: it goes with a lower income.",
        "The runs of the same players, divided by their dependence. Mean income of the runs at 1 or less over that "
        "of the others.",
        _players(),
        (
            Effect(
                "a run's income at a dependence of 1 or less, over that above 1, in percent of what the scenario's own "
                "school earns",
                {scenario: part(_loss(scenario), _own(scenario)) for scenario in _SCENARIOS},
                INCOME,
                "%",
                0,
            ),
        ),
        tuple(Shown(f"{scenario}: the same in money", times(0.01, _loss(scenario)), "", 0) for scenario in _SCENARIOS),
    ),
)
